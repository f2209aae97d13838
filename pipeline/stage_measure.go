package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runMeasure reads the facts of the draft and writes the measures of the last
// months, one partition a month.
func runMeasure(ctx context.Context, n *Night) error {
	in, err := n.facts()
	if err != nil {
		return err
	}
	m, err := measure.New(in, measure.Options{MinCell: n.Config.Thresholds.CellVacancies, MinLinks: n.Config.Thresholds.SkillLinks})
	if err != nil {
		return fmt.Errorf("index facts: %w", err)
	}
	w := newMeasureWriter(n.draft)
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithCancelOnError()
	for back := range n.Config.Measures.Months {
		month := n.AsOf.AddMonths(-back)
		p.Go(func(ctx context.Context) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return w.month(m, month)
		})
	}
	return errors.Join(p.Wait(), w.close())
}

// measureWriter writes the four datasets of the measures.
type measureWriter struct {
	cells  *warehouse.Writer[model.Cell]
	demand *warehouse.Writer[model.SkillDemand]
	supply *warehouse.Writer[model.SkillSupply]
	gaps   *warehouse.Writer[model.SkillGap]
}

func newMeasureWriter(d *warehouse.Draft) *measureWriter {
	return &measureWriter{
		warehouse.NewWriter(d, model.Cells), warehouse.NewWriter(d, model.SkillDemands),
		warehouse.NewWriter(d, model.SkillSupplies), warehouse.NewWriter(d, model.SkillGaps),
	}
}

// month computes both periods that end with a month and writes its partition.
func (w *measureWriter) month(m *measure.Measurer, month model.Date) error {
	r := m.Month(month, measure.TwelveMonths, measure.OneMonth)
	err := errors.Join(
		w.cells.Partition(month, r.Cells), w.demand.Partition(month, r.Demand),
		w.supply.Partition(month, r.Supply), w.gaps.Partition(month, r.Gaps),
	)
	if err != nil {
		return fmt.Errorf("write measures of %s: %w", month, err)
	}
	return nil
}

func (w *measureWriter) close() error {
	return errors.Join(w.cells.Close(), w.demand.Close(), w.supply.Close(), w.gaps.Close())
}

// facts reads the draft's facts in the form that the measures take.
func (n *Night) facts() (*measure.Input, error) {
	in := &measure.Input{Profiles: profiles(n.Taxonomy)}
	for _, r := range skillRows(n.Taxonomy)[:len(n.Taxonomy.Skills)] {
		in.Skills = append(in.Skills, measure.Skill{URI: r.SkillURI, Green: r.Green, Digital: r.Digital, Transversal: r.Transversal, LanguageSkill: r.LanguageSkill})
	}
	var err error
	if in.Postings, err = n.postings(); err != nil {
		return nil, err
	}
	in.Offers, err = n.offers()
	return in, err
}

// postings reads the vacancies that count: the last version, not duplicates.
func (n *Night) postings() ([]measure.Posting, error) {
	var vacancies []model.Vacancy
	err := warehouse.ReadDraft(n.draft, model.Vacancies, func(month model.Date, rows []model.Vacancy) error {
		for i := range rows {
			rows[i].PostedMonth = month
		}
		vacancies = append(vacancies, rows...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	newest := newestVersions(vacancies, vacancyIdentity)
	index := make(map[string]int, len(vacancies))
	var ps []measure.Posting
	for i := range vacancies {
		v := &vacancies[i]
		if v.DuplicateOf != "" || v.Version < newest[v.VacancyID] {
			continue
		}
		index[v.VacancyID] = len(ps)
		ps = append(ps, measure.Posting{
			Month: v.PostedMonth, Regions: n.levels(v.RegionCode, v.Country), ISCO: v.ISCO08, Occupation: v.OccupationURI,
			Section: n.regions.NACESection(v.NACE), Openings: v.Openings, Employer: v.Employer,
			PostedOn: v.PostedOn, OpenUntil: earlier(v.ExpiresOn, v.WithdrawnOn-1),
		})
	}
	err = warehouse.ReadDraft(n.draft, model.VacancySkills, func(_ model.Date, links []model.VacancySkill) error {
		for i := range links {
			p, known := index[links[i].VacancyID]
			skill, ok := n.Taxonomy.SkillIndex(links[i].SkillURI)
			if known && ok { // until the linker is calibrated, a link above its threshold counts whole
				ps[p].Skills = append(ps[p].Skills, measure.Ask{Skill: skill, Probability: 1})
			}
		}
		return nil
	})
	return ps, err
}

// offers reads the credentials that count: the last version, not duplicates, not
// withdrawn already when first seen.
func (n *Night) offers() ([]measure.Offer, error) {
	var credentials []model.Credential
	err := warehouse.ReadDraft(n.draft, model.Credentials, func(_ model.Date, rows []model.Credential) error {
		credentials = append(credentials, rows...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	newest := newestVersions(credentials, credentialIdentity)
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
	err = warehouse.ReadDraft(n.draft, model.CredSkills, func(_ model.Date, links []model.CredentialSkill) error {
		for i := range links {
			o, known := index[links[i].CredentialID]
			skill, ok := n.Taxonomy.SkillIndex(links[i].SkillURI)
			if known && ok && links[i].Relation != "requires" && !slices.Contains(offers[o].Skills, skill) {
				offers[o].Skills = append(offers[o].Skills, skill)
			}
		}
		return nil
	})
	return offers, err
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
