package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// LabourMarket is what the current snapshot knows of the occupations in a region.
type LabourMarket struct {
	Month   model.Date // that ends the twelve months
	Partial bool       // the month was not over: openings are not compared with those before
	Region  string     // asked for
	Around  []string   // the country of the region and the regions down to it
	Markets []recommend.Market
}

// RegionError says that a region is none, or none that the snapshot knows anything
// of.
type RegionError struct {
	Region  string
	Message string
}

func (e *RegionError) Error() string { return fmt.Sprintf("region %q: %s", e.Region, e.Message) }

// ReadLabourMarket reads what vacancies of the current snapshot show of each
// ISCO-08 unit group in the region or, where that has no published cell, in the
// narrowest region around it that has one. Region "" is the only country with cells.
// The error is a [*RegionError] for a region without any.
func ReadLabourMarket(workspace string, t *taxonomy.Taxonomy, region string) (*LabourMarket, error) {
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		return nil, fmt.Errorf("load regions: %w", err)
	}
	m, err := warehouse.CurrentManifest(workspace)
	if err != nil {
		return nil, err
	}
	if err := m.CheckReadable(); err != nil {
		return nil, err
	}
	asOf, err := model.ParseDate(m.AsOf)
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	l := &LabourMarket{Month: asOf.Month(), Partial: !lastOfMonth(asOf), Region: strings.ToUpper(region)}
	now, err := currentMarkets(workspace, t, l.Month)
	if err != nil {
		return nil, err
	}
	var before []recommend.Market
	if !l.Partial {
		if before, err = currentMarkets(workspace, t, yearBefore(l.Month)); err != nil {
			return nil, err
		}
	}
	if err := l.locate(regions, now); err != nil {
		return nil, err
	}
	l.choose(now, before)
	return l, l.readWages(workspace, regions)
}

// lastOfMonth tells whether a month is over at the end of the day. Until then its
// twelve months hold fewer days than the twelve before.
func lastOfMonth(day model.Date) bool { return (day + 1).Month() != day.Month() }

// currentMarkets reads the markets of a month; none where it is not published.
func currentMarkets(workspace string, t *taxonomy.Taxonomy, month model.Date) ([]recommend.Market, error) {
	cells, err := warehouse.ReadCurrentMonth[marketCell](workspace, model.Cells.Info, month)
	if err != nil {
		return nil, err
	}
	demand, err := warehouse.ReadCurrentMonth[marketDemand](workspace, model.SkillDemands.Info, month)
	if err != nil {
		return nil, err
	}
	return markets(t, cells, demand, nil), nil
}

// locate finds the regions around the one asked for.
func (l *LabourMarket) locate(regions *prepare.Regions, now []recommend.Market) error {
	var countries, known []string
	for i := range now {
		known = append(known, now[i].Region)
		if now[i].Level == 0 {
			countries = append(countries, now[i].Region)
		}
	}
	slices.Sort(countries)
	countries = slices.Compact(countries)
	if l.Region == "" {
		if len(countries) != 1 {
			return &RegionError{l.Region, fmt.Sprintf("name one: the snapshot has figures of occupations for %s", orNone(countries))}
		}
		l.Region = countries[0]
	}
	l.Around = regions.Ancestors(l.Region)
	switch {
	case len(l.Around) == 0:
		return &RegionError{l.Region, fmt.Sprintf("no such region is known; the nearest with figures is %q", config.Nearest(l.Region, known))}
	case !slices.ContainsFunc(l.Around, func(r string) bool { return slices.Contains(known, r) }):
		return &RegionError{l.Region, fmt.Sprintf("the snapshot has no figures of occupations for it or the regions around it, but for %s", orNone(countries))}
	}
	return nil
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "no country"
	}
	return strings.Join(names, ", ")
}

// choose keeps, for each unit group, the market of the narrowest region.
func (l *LabourMarket) choose(now, before []recommend.Market) {
	openings := map[[2]string]int64{}
	for i := range before {
		openings[[2]string{before[i].ISCO, before[i].Region}] = before[i].Openings
	}
	chosen := map[string]int{}
	for i := range now {
		m := now[i]
		if !slices.Contains(l.Around, m.Region) {
			continue
		}
		if n, known := openings[[2]string{m.ISCO, m.Region}]; known {
			m.OpeningsBefore = &n
		}
		at, known := chosen[m.ISCO]
		switch {
		case !known:
			chosen[m.ISCO] = len(l.Markets)
			l.Markets = append(l.Markets, m)
		case m.Level > l.Markets[at].Level:
			l.Markets[at] = m
		}
	}
	slices.SortFunc(l.Markets, func(a, b recommend.Market) int { return strings.Compare(a.ISCO, b.ISCO) })
}

// paidVacancy is what a vacancy says of its pay and place.
type paidVacancy struct {
	VacancyID    string       `parquet:"vacancy_id"`
	Version      int32        `parquet:"version"`
	ISCO08       string       `parquet:"isco08,optional,dict"`
	RegionCode   string       `parquet:"region_code,optional,dict"`
	Country      string       `parquet:"country,optional,dict"`
	SalaryMin    *model.Money `parquet:"salary_min,optional,decimal(2:18)"`
	SalaryMax    *model.Money `parquet:"salary_max,optional,decimal(2:18)"`
	Currency     string       `parquet:"currency,optional,dict"`
	SalaryPeriod string       `parquet:"salary_period,optional,dict"`
	DuplicateOf  string       `parquet:"duplicate_of,optional"`
	month        model.Date
}

// readWages adds to each market the pay that its vacancies of the twelve months
// state.
func (l *LabourMarket) readWages(workspace string, regions *prepare.Regions) error {
	var all []paidVacancy
	err := warehouse.ReadCurrent(workspace, model.Vacancies.Info, func(month model.Date, rows []paidVacancy) error {
		for i := range rows {
			rows[i].month = month
		}
		all = append(all, rows...)
		return nil
	})
	if err != nil {
		return err
	}
	newest := newestVersions(all, func(v *paidVacancy) (string, int32) { return v.VacancyID, v.Version })
	at := map[string]int{}
	for i := range l.Markets {
		at[l.Markets[i].ISCO] = i
	}
	pays := make([][]recommend.Pay, len(l.Markets))
	first := yearBefore(l.Month).AddMonths(1)
	for i := range all {
		v := &all[i]
		m, wanted := at[v.ISCO08]
		if !wanted || v.DuplicateOf != "" || v.Version < newest[v.VacancyID] || v.month < first || v.month > l.Month {
			continue
		}
		around := slices.Concat(regions.Ancestors(v.RegionCode), []string{v.Country})
		if p, stated := recommend.PayOf(v.SalaryMin, v.SalaryMax, v.Currency, v.SalaryPeriod); stated && slices.Contains(around, l.Markets[m].Region) {
			pays[m] = append(pays[m], p)
		}
	}
	for i := range l.Markets {
		l.Markets[i].Wages = recommend.Wages(pays[i])
	}
	return nil
}
