package pipeline

import (
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// calibrate gives the postings the weights that official totals of vacancies ask
// for; without totals it leaves them as they are.
func (n *Night) calibrate(in *measure.Input) error {
	c, err := n.calibrated()
	if err != nil || c == nil {
		return err
	}
	in.Calibrated = true
	for i := range in.Postings {
		p := &in.Postings[i]
		p.Weight, p.Official = c.Of(p)
	}
	return nil
}

// calibrationInputs is a fingerprint of the weights that postings of the months
// from first to last can have; "" where there are no totals.
func (n *Night) calibrationInputs(first, last model.Date) (string, error) {
	c, err := n.calibrated()
	if err != nil || c == nil {
		return "", err
	}
	var parts []any
	outside := false
	held := map[int]bool{}
	for m := first.Month(); m <= last; m = m.AddMonths(1) {
		in := false
		for i := range c.Periods {
			if c.Periods[i].Holds(m) {
				in, held[i] = true, true
			}
		}
		outside = outside || !in
	}
	for i := range c.Periods {
		if p := &c.Periods[i]; held[i] {
			parts = append(parts, p.From, p.To, p.Weight)
			for k := range p.Groups {
				g := &p.Groups[k]
				parts = append(parts, g.Regions, g.ISCO, g.Weight, g.Use)
			}
		}
	}
	if outside {
		parts = append(parts, c.Weight)
	}
	return fingerprint(parts...), nil
}

// calibrated sets the official totals of the night against all its vacancies, once;
// nil where there are none.
func (n *Night) calibrated() (*measure.Calibration, error) {
	if n.calibration != nil {
		return n.calibration, nil
	}
	totals, err := n.officialTotals()
	if err != nil || len(totals) == 0 {
		return nil, err
	}
	postings, err := n.countedPostings()
	if err != nil {
		return nil, err
	}
	n.calibration, err = measure.Calibrate(totals, func(yield func(*measure.Posting) bool) {
		for i := range postings {
			if !yield(&postings[i]) {
				return
			}
		}
	})
	if err != nil {
		return nil, &InputError{fmt.Errorf("official totals of vacancies: %w", err)}
	}
	return n.calibration, nil
}

// officialTotals reads the totals of the draft; of several feeds, that of the one
// that is configured first.
func (n *Night) officialTotals() ([]measure.Total, error) {
	rows, err := warehouse.ReadDraftMonth[model.VacancyTotal](n.draft, model.VacancyTotals.Info, 0)
	if err != nil {
		return nil, err
	}
	inOrderOfFeeds(rows, n.Config.Feeds)
	return measure.TotalsOf(rows, n.levels), nil
}

// inOrderOfFeeds orders rows as their feeds are configured, those of one feed as
// they are.
func inOrderOfFeeds[R any, P officialRow[R]](rows []R, feeds []config.Feed) {
	place := map[string]int{}
	for i, f := range feeds {
		place[f.Name] = i
	}
	slices.SortStableFunc(rows, func(a, b R) int {
		feedA, _ := P(&a).Of()
		feedB, _ := P(&b).Of()
		return place[feedA] - place[feedB]
	})
}

// countedVacancy are the columns of vacancies that decide in which groups of
// totals they count.
type countedVacancy struct {
	month       model.Date
	VacancyID   string `parquet:"vacancy_id"`
	Version     int32  `parquet:"version"`
	ISCO08      string `parquet:"isco08,optional,dict"`
	RegionCode  string `parquet:"region_code,optional,dict"`
	Country     string `parquet:"country,optional,dict"`
	Openings    int32  `parquet:"openings"`
	DuplicateOf string `parquet:"duplicate_of,optional"`
}

// countedPostings reads the vacancies of all months that count, without skills.
func (n *Night) countedPostings() ([]measure.Posting, error) {
	var vacancies []countedVacancy
	err := warehouse.ReadDraft(n.draft, model.Vacancies.Info, func(month model.Date, rows []countedVacancy) error {
		for i := range rows {
			rows[i].month = month
		}
		vacancies = append(vacancies, rows...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	newest := newestVersions(vacancies, func(v *countedVacancy) (string, int32) { return v.VacancyID, v.Version })
	var postings []measure.Posting
	for i := range vacancies {
		if v := &vacancies[i]; v.DuplicateOf == "" && v.Version == newest[v.VacancyID] {
			postings = append(postings, measure.Posting{Month: v.month, Regions: n.levels(v.RegionCode, v.Country), ISCO: v.ISCO08, Openings: v.Openings})
		}
	}
	return postings, nil
}

// calibrationRows are the rows of the dataset calibration.
func calibrationRows(c *measure.Calibration) []model.Calibration {
	var rows []model.Calibration
	if c == nil {
		return rows
	}
	weight := func(w int32) *float64 {
		if w == 0 {
			return nil
		}
		f := float64(w) / measure.WeightUnit
		return &f
	}
	for i := range c.Periods {
		p := &c.Periods[i]
		for k := range p.Groups {
			g := &p.Groups[k]
			key := model.TableKey{OccupationCode: g.ISCO, OccupationLevel: fmt.Sprint("isco", len(g.ISCO)), PeriodFrom: p.From, PeriodTo: p.To}
			if g.ISCO == "" {
				key.OccupationCode, key.OccupationLevel = model.Total, "all"
			}
			for level, code := range g.Regions {
				if code != "" {
					key.RegionCode, key.RegionLevel = code, int32(level)
				}
			}
			rows = append(rows, model.Calibration{TableKey: key, Official: &g.Posts, Openings: g.Openings, Weight: weight(g.Weight), Use: g.Use})
		}
		rows = append(rows, model.Calibration{
			TableKey: model.TableKey{RegionCode: model.Total, OccupationCode: model.Total, OccupationLevel: "all", PeriodFrom: p.From, PeriodTo: p.To},
			Openings: p.Uncovered, Weight: weight(p.Weight), Use: "uncovered",
		})
	}
	return rows
}
