package pipeline

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// facts reads the draft's facts in the form that the measures take: postings of
// the months for which within is true.
func (n *Night) facts(within func(model.Date) bool) (*measure.Input, error) {
	in := &measure.Input{Profiles: n.Taxonomy.Profiles(), Skills: measuredSkills(n.Taxonomy)}
	var err error
	if in.Postings, err = n.postings(within); err != nil {
		return nil, err
	}
	if in.Offers, _, err = n.offers(n.draft.Written()); err != nil {
		return nil, err
	}
	return in, n.calibrate(in)
}

// measuredSkills returns the skills of a taxonomy, in order of URI.
func measuredSkills(t *taxonomy.Taxonomy) []measure.Skill {
	var skills []measure.Skill
	widespread := t.Widespread()
	for i, r := range skillRows(t)[:len(t.Skills)] {
		skills = append(skills, measure.Skill{URI: r.SkillURI, Green: r.Green, Digital: r.Digital, Transversal: r.Transversal, LanguageSkill: r.LanguageSkill, Widespread: widespread[i]})
	}
	return skills
}

// postedVacancy and askedSkill are the columns of vacancies and their skills that
// decide a measure: the others, texts among them, are most of the bytes.
type postedVacancy struct {
	month         model.Date
	VacancyID     string     `parquet:"vacancy_id"`
	Version       int32      `parquet:"version"`
	Employer      string     `parquet:"employer,optional,dict"`
	NACE          string     `parquet:"nace,optional,dict"`
	OccupationURI string     `parquet:"occupation_uri,optional,dict"`
	ISCO08        string     `parquet:"isco08,optional,dict"`
	RegionCode    string     `parquet:"region_code,optional,dict"`
	Country       string     `parquet:"country,optional,dict"`
	PostedOn      model.Date `parquet:"posted_on,optional,date"`
	ExpiresOn     model.Date `parquet:"expires_on,optional,date"`
	WithdrawnOn   model.Date `parquet:"withdrawn_on,optional,date"`
	Openings      int32      `parquet:"openings"`
	DuplicateOf   string     `parquet:"duplicate_of,optional"`
}

type askedSkill struct {
	VacancyID string `parquet:"vacancy_id"`
	SkillURI  string `parquet:"skill_uri,dict"`
	// Score is the calibrated probability that the vacancy asks for the skill.
	Score  model.Score `parquet:"score,decimal(4:5)"`
	Method string      `parquet:"method,dict"`
	// Requirement tells what is asked for from what the employer teaches.
	Requirement string `parquet:"requirement,optional,dict"`
}

// posting returns a vacancy in the form that the measures take, without its skills.
func (n *Night) posting(v *postedVacancy) measure.Posting {
	return measure.Posting{
		Month: v.month, Regions: n.levels(v.RegionCode, v.Country), ISCO: v.ISCO08, Occupation: v.OccupationURI,
		Section: n.regions.NACESection(v.NACE), Openings: v.Openings, Employer: v.Employer,
		PostedOn: v.PostedOn, OpenUntil: earlier(v.ExpiresOn, v.WithdrawnOn-1),
	}
}

// asks tells whether a link counts as demand: the posting asks for the skill, with a
// probability above 0, and does not offer to teach it.
func (n *Night) asks(link *askedSkill) (measure.Ask, bool) {
	skill, known := n.Taxonomy.SkillIndex(link.SkillURI)
	ask := measure.Ask{Skill: skill, Probability: int16(link.Score), Linked: link.Method == methodLinked}
	return ask, known && link.Requirement != linker.RequirementOffered && link.Score > 0
}

// offers reads the credentials of a snapshot that count: the last version, not
// duplicates, not withdrawn already when first seen. versions holds the last version
// of each id.
func (n *Night) offers(s *warehouse.Snapshot) (offers []measure.Offer, versions map[string]int32, err error) {
	var credentials []model.Credential
	err = warehouse.Read(s, model.Credentials.Info, func(_ model.Date, rows []model.Credential) error {
		credentials = append(credentials, rows...)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	newest := newestVersions(credentials, func(c *model.Credential) (string, int32) { return c.CredentialID, c.Version })
	index := make(map[string]int, len(credentials))
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
	err = warehouse.Read(s, model.CredSkills.Info, func(_ model.Date, links []model.CredentialSkill) error {
		for i := range links {
			o, known := index[links[i].CredentialID]
			skill, ok := n.Taxonomy.SkillIndex(links[i].SkillURI)
			if known && ok && links[i].Relation != "requires" {
				offers[o].Skills = teach(offers[o].Skills, measure.Ask{Skill: skill, Probability: int16(links[i].Score), Linked: links[i].Method == methodLinked})
			}
		}
		return nil
	})
	return offers, newest, err
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
	return n.regions.Levels(region, country)
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
