package pipeline

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// facts reads the draft's facts in the form that the measures take: postings of
// the months for which within is true.
func (n *Night) facts(within func(model.Date) bool) (*measure.Input, error) {
	in := &measure.Input{Profiles: profiles(n.Taxonomy)}
	for _, r := range skillRows(n.Taxonomy)[:len(n.Taxonomy.Skills)] {
		in.Skills = append(in.Skills, measure.Skill{URI: r.SkillURI, Green: r.Green, Digital: r.Digital, Transversal: r.Transversal, LanguageSkill: r.LanguageSkill})
	}
	var err error
	if in.Postings, err = n.postings(within); err != nil {
		return nil, err
	}
	in.Offers, err = n.offers()
	return in, err
}

// offers reads the credentials that count: the last version, not duplicates, not
// withdrawn already when first seen.
func (n *Night) offers() ([]measure.Offer, error) {
	var credentials []model.Credential
	err := warehouse.ReadDraft(n.draft, model.Credentials.Info, func(_ model.Date, rows []model.Credential) error {
		credentials = append(credentials, rows...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	newest := newestVersions(credentials, func(c *model.Credential) (string, int32) { return c.CredentialID, c.Version })
	index := make(map[string]int, len(credentials))
	var offers []measure.Offer
	for i := range credentials {
		c := &credentials[i]
		neverOnOffer := c.WithdrawnOn != 0 && c.WithdrawnOn <= c.FirstSeenOn
		if c.DuplicateOf != "" || neverOnOffer || c.Version < newest[c.CredentialID] {
			continue
		}
		index[c.CredentialID] = len(offers)
		offers = append(offers, measure.Offer{
			ID: c.CredentialID, Regions: n.levels(c.RegionCode, c.Country), Online: c.DeliveryMode == "online",
			Places: c.Places, From: c.StartsOn, To: earlier(c.EndsOn, c.WithdrawnOn-1), ISCOs: c.ISCO08s, Occupations: c.OccupationURIs,
		})
	}
	err = warehouse.ReadDraft(n.draft, model.CredSkills.Info, func(_ model.Date, links []model.CredentialSkill) error {
		for i := range links {
			o, known := index[links[i].CredentialID]
			skill, ok := n.Taxonomy.SkillIndex(links[i].SkillURI)
			if known && ok && links[i].Relation != "requires" {
				offers[o].Skills = teach(offers[o].Skills, measure.Ask{Skill: skill, Probability: int16(links[i].Score), Linked: links[i].Method == methodLinked})
			}
		}
		return nil
	})
	return offers, err
}

// teach adds a skill to those that a credential teaches; of one that it teaches and
// assesses, the surer link counts.
func teach(taught []measure.Ask, skill measure.Ask) []measure.Ask {
	at := slices.IndexFunc(taught, func(a measure.Ask) bool { return a.Skill == skill.Skill })
	switch {
	case skill.Probability == 0:
		return taught
	case at < 0:
		return append(taught, skill)
	case taught[at].Probability < skill.Probability:
		taught[at] = skill
	}
	return taught
}

// earlier returns the earlier of two last days, where one that is not known (0,
// or the day before an unknown one) does not limit.
func earlier(a, b model.Date) model.Date {
	switch {
	case b <= 0:
		return a
	case a <= 0:
		return b
	}
	return min(a, b)
}

// levels returns country, NUTS 1 and NUTS 2 of a region, "" where not known.
func (n *Night) levels(region, country string) [3]string {
	levels := [3]string{country}
	copy(levels[:], n.regions.Ancestors(region))
	return levels
}

// newestVersions returns, for each id, the highest version.
func newestVersions[T any](rows []T, identity func(*T) (id string, version int32)) map[string]int32 {
	newest := make(map[string]int32, len(rows))
	for i := range rows {
		id, version := identity(&rows[i])
		newest[id] = max(newest[id], version)
	}
	return newest
}
