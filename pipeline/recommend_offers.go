package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// offerFacts are the datasets from which credentials are recommended.
type offerFacts struct {
	credentials []model.Credential
	skills      []model.CredentialSkill
	links       []model.CredentialLink
}

// OpenCatalogue reads the credentials of the current snapshot, withdrawn ones too, in
// the form that choosing takes, and returns their rows by id beside it.
func OpenCatalogue(workspace string, t *taxonomy.Taxonomy) (*recommend.Catalogue, map[string]*model.Credential, error) {
	var f offerFacts
	var errs [3]error
	f.credentials, errs[0] = warehouse.ReadCurrentMonth[model.Credential](workspace, model.Credentials.Info, 0)
	f.skills, errs[1] = warehouse.ReadCurrentMonth[model.CredentialSkill](workspace, model.CredSkills.Info, 0)
	f.links, errs[2] = warehouse.ReadCurrentMonth[model.CredentialLink](workspace, model.CredLinks.Info, 0)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, nil, err
	}
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		return nil, nil, fmt.Errorf("load regions: %w", err)
	}
	newest := f.newest()
	c, err := f.catalogue(t, regions, newest)
	return c, newest, err
}

// catalogue puts the facts into the form that choosing takes.
func (f *offerFacts) catalogue(t *taxonomy.Taxonomy, regions *prepare.Regions, newest map[string]*model.Credential) (*recommend.Catalogue, error) {
	index := make(map[string]int, len(newest))
	var offers []recommend.Offer
	for i := range f.credentials {
		if c := &f.credentials[i]; newest[c.CredentialID] == c {
			index[c.CredentialID] = len(offers)
			offers = append(offers, offerOf(c, regions))
		}
	}
	general := recommend.General(t)
	for i := range f.skills {
		s := &f.skills[i]
		o, known := index[s.CredentialID]
		skill, ok := t.SkillIndex(s.SkillURI)
		if known && ok {
			addTaught(&offers[o], skill, general[skill], s)
		}
	}
	for i := range offers {
		slices.SortFunc(offers[i].Teaches, func(a, b recommend.Credit) int { return cmp.Compare(a.Skill, b.Skill) })
	}
	links := make([]recommend.Link, len(f.links))
	for i, l := range f.links {
		links[i] = recommend.Link{From: l.FromID, To: l.ToID, Kind: l.Kind}
	}
	links = slices.DeleteFunc(links, func(l recommend.Link) bool { return l.From == l.To })
	c, err := recommend.NewCatalogue(offers, links, t.Closeness().Asked)
	if err != nil {
		return nil, fmt.Errorf("index credentials: %w", err)
	}
	return c, nil
}

// newest returns the last version of each credential that repeats no other one.
func (f *offerFacts) newest() map[string]*model.Credential {
	newest := map[string]*model.Credential{}
	for i := range f.credentials {
		c := &f.credentials[i]
		if before := newest[c.CredentialID]; before == nil || before.Version < c.Version {
			newest[c.CredentialID] = c
		}
	}
	for id, c := range newest {
		if c.DuplicateOf != "" {
			delete(newest, id)
		}
	}
	return newest
}

// addTaught adds a skill to an offer; of several mentions the surest counts.
func addTaught(o *recommend.Offer, skill int32, general bool, s *model.CredentialSkill) {
	if s.Relation == "requires" {
		if !slices.Contains(o.Requires, skill) {
			o.Requires = append(o.Requires, skill)
		}
		return
	}
	at := slices.IndexFunc(o.Teaches, func(c recommend.Credit) bool { return c.Skill == skill })
	switch {
	case s.Score == 0: // too small to be stored
	case at < 0:
		o.Teaches = append(o.Teaches, recommend.Credit{Skill: skill, P: s.Score.Float(), General: general})
	default:
		o.Teaches[at].P = max(o.Teaches[at].P, s.Score.Float())
	}
}

// offerOf takes over what decides whether a credential suits.
func offerOf(c *model.Credential, regions *prepare.Regions) recommend.Offer {
	o := recommend.Offer{
		ID: c.CredentialID, Title: c.Title, Regions: regions.Levels(c.RegionCode, c.Country), Online: c.DeliveryMode == "online",
		Languages: c.Language, Mode: c.DeliveryMode, Schedule: c.Schedule, EQF: c.EQFLevel, CreditScheme: c.CreditScheme,
		Conformity: c.Conformity, ISCOs: c.ISCO08s, Accredited: c.QAStatus == "valid", Price: c.Price, Currency: c.Currency, HoursPerWeek: c.HoursPerWeek,
		StartsOn: c.StartsOn, EndsOn: c.EndsOn, Deadline: c.ApplicationDeadline, WithdrawnOn: c.WithdrawnOn,
	}
	if provider := cmp.Or(c.ProviderID, c.Provider); provider != "" {
		o.Course = provider + "\n" + strings.ToLower(c.Title)
	}
	switch {
	case c.Hours != nil && *c.Hours > 0:
		o.Hours = c.Hours
	case c.ECTS != nil && *c.ECTS > 0:
		hours := *c.ECTS * recommend.HoursPerECTS
		o.Hours, o.Reckoned = &hours, true
	}
	if c.DurationDays != nil && *c.DurationDays > 0 {
		weeks := float64(*c.DurationDays) / 7
		o.Weeks = &weeks
	}
	return o
}
