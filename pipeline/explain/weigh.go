package explain

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// noteCalibrated is the note of figures whose vacancies are weighted to totals.
const noteCalibrated = "Vacancies are weighted to official totals: w is the posts times the weight of the group in which the vacancy counts, as the dataset calibration has it."

// totalsSQL selects the official totals, those of the feed configured first before
// the others; days as [model.Date] counts them.
const totalsSQL = `
SELECT region_code AS RegionCode, occupation_code AS OccupationCode, vacancies AS Vacancies,
  period_from - DATE '1970-01-01' AS PeriodFrom, period_to - DATE '1970-01-01' AS PeriodTo
FROM vacancy_totals
ORDER BY list_position(from_json($feeds, '["VARCHAR"]'), source), region_code, occupation_code, period_from, period_to`

// groupsSQL adds up the posts of all vacancies that count, as far as the totals can
// tell them apart.
const groupsSQL = `
WITH newest AS (FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id))
SELECT posted_month - DATE '1970-01-01' AS Month, coalesce(region_code, '') AS Region, coalesce(country, '') AS Country, coalesce(isco08, '') AS ISCO,
  sum(greatest(openings, 1))::BIGINT AS Openings
FROM newest WHERE duplicate_of IS NULL GROUP BY ALL ORDER BY ALL`

// weigh gives the vacancies what their posts count for demand: one each or, where
// there are official totals, the weight by which the vacancies add up to these.
func (e *Explainer) weigh(ctx context.Context, x *Explanation) error {
	if !slices.ContainsFunc(x.Populations, func(p Population) bool { return len(p.Vacancies) > 0 }) {
		return nil
	}
	c, err := e.calibration(ctx)
	if err != nil {
		return fmt.Errorf("weigh vacancies: %w", err)
	}
	if c != nil {
		x.Note = noteCalibrated
	}
	for i := range x.Populations {
		for j := range x.Populations[i].Vacancies {
			v := &x.Populations[i].Vacancies[j]
			v.Weight = float64(v.Openings)
			if c == nil {
				continue
			}
			month, err := model.ParseDate(v.Month)
			if err != nil {
				return fmt.Errorf("weigh vacancy %s: %w", v.VacancyID, err)
			}
			weight, official := c.Of(&measure.Posting{Month: month, Regions: e.Regions.Levels(v.Region, v.Country), ISCO: v.ISCO08})
			v.Weight, v.Official = float64(v.Openings*int64(weight))/measure.WeightUnit, &official
		}
	}
	return nil
}

// calibration sets the official totals of the snapshot against all its vacancies, as
// the night did that made it; nil where there are none.
func (e *Explainer) calibration(ctx context.Context) (*measure.Calibration, error) {
	feeds := []string{}
	for _, f := range e.DB.Manifest().Feeds {
		feeds = append(feeds, f.Name)
	}
	order, err := json.Marshal(feeds)
	if err != nil {
		return nil, err
	}
	rows, err := warehouse.Select[model.VacancyTotal](ctx, e.DB, totalsSQL, sql.Named("feeds", string(order)))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	type group struct {
		Month                 model.Date
		Region, Country, ISCO string
		Openings              int32
	}
	groups, err := warehouse.Select[group](ctx, e.DB, groupsSQL)
	if err != nil {
		return nil, err
	}
	return measure.Calibrate(measure.TotalsOf(rows, e.Regions.Levels), func(yield func(*measure.Posting) bool) {
		for _, g := range groups {
			if !yield(&measure.Posting{Month: g.Month, Regions: e.Regions.Levels(g.Region, g.Country), ISCO: g.ISCO, Openings: g.Openings}) {
				return
			}
		}
	})
}
