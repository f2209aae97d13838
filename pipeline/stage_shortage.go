package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runShortage writes what official figures tell: how vacancies were calibrated to
// totals, which occupations are short, and which skills. Without such figures the
// datasets have no rows.
func runShortage(_ context.Context, n *Night) error {
	c, err := n.calibrated()
	if err != nil {
		return err
	}
	n.warnOfCalibration(c)
	workforce, err := warehouse.ReadDraftMonth[model.Workforce](n.draft, model.Workforces.Info, 0)
	if err != nil {
		return err
	}
	var short []model.Shortage
	for _, rows := range byMarket(mergedWorkforce(workforce, n.Config.Feeds)) {
		short = append(short, measure.Shortage(rows)...)
	}
	if err := errors.Join(
		warehouse.Write(n.draft, model.Calibrations, calibrationRows(c)),
		warehouse.Write(n.draft, model.Shortages, short),
	); err != nil {
		return err
	}
	return n.writeSkillShortage(short)
}

// warnOfCalibration says how much of the vacancies no total covers.
func (n *Night) warnOfCalibration(c *measure.Calibration) {
	if c == nil {
		return
	}
	var covered, all int64
	lost, cut := 0, 0
	for i := range c.Periods {
		p := &c.Periods[i]
		covered, all = covered+p.Covered, all+p.Covered+p.Uncovered
		for k := range p.Groups {
			switch p.Groups[k].Use {
			case measure.UseNotRepresented:
				lost++
			case measure.UseBounded:
				cut++
			}
		}
	}
	n.Log.Info(fmt.Sprintf("vacancies calibrated to official totals: %.1f %% of openings covered", 100*measure.Share(covered, all)))
	if lost > 0 || cut > 0 {
		n.Log.Warn(fmt.Sprintf("official totals: %d groups have no vacancy in the feeds, in %d more than %d posts stand behind an opening: see the dataset calibration", lost, cut, measure.MaxWeight))
	}
}

// mergedWorkforce makes one row of those of several feeds for a group: each figure
// is that of the feed configured first that states it; pay and hours come with
// their earlier value from one feed. Rows are ordered by key.
func mergedWorkforce(rows []model.Workforce, feeds []config.Feed) []model.Workforce {
	inOrderOfFeeds(rows, feeds)
	places := map[model.TableKey]int{}
	var merged []model.Workforce
	for i := range rows {
		from := &rows[i]
		at, known := places[from.TableKey]
		if !known {
			places[from.TableKey] = len(merged)
			merged = append(merged, *from)
			continue
		}
		to := &merged[at]
		setMissing(&to.Employed, from.Employed)
		setMissing(&to.Unemployed, from.Unemployed)
		setMissing(&to.Vacancies, from.Vacancies)
		setMissing(&to.UnderQualified, from.UnderQualified)
		if to.Wage == nil && to.WageEarlier == nil {
			to.Wage, to.WageEarlier, to.Currency, to.WagePeriod = from.Wage, from.WageEarlier, from.Currency, from.WagePeriod
		}
		if to.Hours == nil && to.HoursEarlier == nil {
			to.Hours, to.HoursEarlier = from.Hours, from.HoursEarlier
		}
	}
	slices.SortFunc(merged, func(a, b model.Workforce) int { return a.Compare(&b.TableKey) })
	return merged
}

func setMissing[T any](to **T, from *T) {
	if *to == nil {
		*to = from
	}
}

// market is a region and period: what occupations are compared within.
type market struct {
	region   string
	from, to model.Date
}

func marketOf(k *model.TableKey) market { return market{k.RegionCode, k.PeriodFrom, k.PeriodTo} }

// byMarket parts rows, which are ordered by key, by region and period.
func byMarket(rows []model.Workforce) [][]model.Workforce {
	var parts [][]model.Workforce
	for i := range rows {
		if i == 0 || marketOf(&rows[i].TableKey) != marketOf(&rows[i-1].TableKey) {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], rows[i])
	}
	return parts
}

// writeSkillShortage carries the shortage of occupations to skills, or takes the
// rows over where occupations and demand are as before.
func (n *Night) writeSkillShortage(short []model.Shortage) error {
	months := map[model.Date]bool{}
	for i := range short {
		months[n.monthOf(short[i].PeriodTo)] = true
	}
	occupations, err := n.draft.Digest(model.Shortages.Info, nil)
	if err != nil {
		return fmt.Errorf("fingerprint shortage: %w", err)
	}
	demand, err := n.draft.Digest(model.SkillDemands.Info, func(m model.Date) bool { return months[m] })
	if err != nil {
		return fmt.Errorf("fingerprint demand: %w", err)
	}
	w := warehouse.NewWriter(n.draft, model.SkillShortages)
	reused, err := w.Reuse(0, fingerprint(n.Program, n.AsOf, n.Config.Measures.Months, occupations, demand))
	if err == nil && !reused {
		var rows []model.SkillShortage
		if rows, err = n.skillShortage(short, months); err == nil {
			err = w.Partition(0, rows)
		}
	}
	return errors.Join(err, w.Close())
}

// monthOf returns the month whose cells stand for a period that ends with a month:
// the nearest that is published.
func (n *Night) monthOf(to model.Date) model.Date {
	last := n.AsOf.Month()
	if to == 0 {
		return last
	}
	return min(max(to, last.AddMonths(1-n.Config.Measures.Months)), last)
}

// demandShare are the columns of skill_demand that say how far an occupation asks
// for a skill.
type demandShare struct {
	Period         string  `parquet:"period,dict"`
	RegionCode     string  `parquet:"region_code,dict"`
	OccupationCode string  `parquet:"occupation_code,dict"`
	NACESection    string  `parquet:"nace_section,dict"`
	SkillURI       string  `parquet:"skill_uri,dict"`
	Share          float64 `parquet:"share"`
}

type occupationCell struct {
	month              model.Date
	region, occupation string
}

func (n *Night) skillShortage(short []model.Shortage, months map[model.Date]bool) ([]model.SkillShortage, error) {
	importance := map[occupationCell]map[string]float64{}
	byMarket := map[market][]*model.Shortage{}
	for i := range short {
		if s := &short[i]; s.Index != nil {
			importance[occupationCell{n.monthOf(s.PeriodTo), s.RegionCode, s.OccupationCode}] = map[string]float64{}
			byMarket[marketOf(&s.TableKey)] = append(byMarket[marketOf(&s.TableKey)], s)
		}
	}
	for month := range months {
		err := warehouse.EachDraftMonth(n.draft, model.SkillDemands.Info, month, func(rows []demandShare) error {
			for i := range rows {
				r := &rows[i]
				if of, wanted := importance[occupationCell{month, r.RegionCode, r.OccupationCode}]; wanted && r.Period == measure.TwelveMonths && r.NACESection == model.Total {
					of[r.SkillURI] = r.Share
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var all []model.SkillShortage
	for _, in := range byMarket {
		key, month := in[0].TableKey, n.monthOf(in[0].PeriodTo)
		for _, level := range []string{"isco4", "isco2", "isco1"} { // the finest with cells
			var occupations []measure.ShortOccupation
			for _, s := range in {
				if of := importance[occupationCell{month, s.RegionCode, s.OccupationCode}]; s.OccupationLevel == level && len(of) > 0 {
					occupations = append(occupations, measure.ShortOccupation{Code: s.OccupationCode, Index: *s.Index, InShortage: s.InShortage, Importance: of})
				}
			}
			if len(occupations) == 0 {
				continue
			}
			for _, row := range measure.SkillShortage(occupations) {
				row.RegionCode, row.RegionLevel, row.PeriodFrom, row.PeriodTo = key.RegionCode, key.RegionLevel, key.PeriodFrom, key.PeriodTo
				row.Month, row.OccupationLevel = month, level
				all = append(all, row)
			}
			break
		}
	}
	slices.SortFunc(all, func(a, b model.SkillShortage) int { return model.SkillShortages.Compare(&a, &b) })
	return all, nil
}
