package generate

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// workforceColumns are the columns of the workforce table: our field, their name.
// Its quarter is both ends of the period.
var workforceColumns = [][2]string{
	{"region_code", "territory"}, {"isco08", "isco"}, {"period_from", "quarter"}, {"period_to", "quarter"},
	{"employed", "employed"}, {"unemployed", "unemployed"}, {"vacancies", "vacant_posts"}, {"wage", "median_pay"}, {"wage_earlier", "median_pay_year_before"},
	{"hours", "weekly_hours"}, {"hours_earlier", "weekly_hours_year_before"}, {"under_qualified", "below_level"},
}

const workforceSeparator = ';'

// employedPerWeight is how many persons a group of usual size employs in a region
// of weight 1.
const employedPerWeight = 12_000

// workers are the figures of a unit group in a territory.
type workers struct {
	employed, unemployed, vacant int
	pay, payBefore               int // a month
	hours, hoursBefore           float64
	below                        float64
}

// writeWorkforce writes an official table of the quarter before that of the as-of
// date: every unit group in each country and region.
func (w *world) writeWorkforce(to io.Writer) error {
	rows := csv.NewWriter(to)
	rows.Comma = workforceSeparator
	header := slices.DeleteFunc(theirs(workforceColumns), func(name string) bool { return name == "quarter" })
	if err := rows.Write(append([]string{"quarter"}, header...)); err != nil {
		return err
	}
	quarter := w.options.AsOf.AddMonths(-3).Time()
	period := fmt.Sprintf("%d-Q%d", quarter.Year(), (int(quarter.Month())+2)/3)
	for _, g := range w.groups {
		countries := map[string]workers{}
		var order []string
		for i := range w.regions {
			r := &w.regions[i]
			here := w.workersOf(g.isco, r)
			if _, known := countries[r.country]; !known {
				order = append(order, r.country)
			}
			all, sum := countries[r.country], here // rates of pay and hours are those of its last region
			sum.employed, sum.unemployed, sum.vacant = all.employed+here.employed, all.unemployed+here.unemployed, all.vacant+here.vacant
			countries[r.country] = sum
			if err := rows.Write(here.cells(period, r.code, g.isco)); err != nil {
				return err
			}
		}
		for _, country := range order {
			if err := rows.Write(countries[country].cells(period, country, g.isco)); err != nil {
				return err
			}
		}
	}
	rows.Flush()
	return rows.Error()
}

// workersOf makes up a unit group's figures in a region. A group whose shortage the
// story plants has every signal of one.
func (w *world) workersOf(isco string, r *region) workers {
	at := func(what string, least, most float64) float64 {
		return least + (most-least)*fixed("workforce", what, isco, r.code)
	}
	vacant, jobless, rise, longer, below := at("vacant", 0.015, 0.035), at("jobless", 0.03, 0.08), at("rise", 0.01, 0.04), at("longer", -0.01, 0.01), at("below", 0.05, 0.12)
	if w.isShort(isco, r.code) {
		vacant, jobless, rise, longer, below = at("vacant", 0.09, 0.12), at("jobless", 0.008, 0.015), at("rise", 0.08, 0.1), at("longer", 0.025, 0.035), at("below", 0.2, 0.28)
	}
	employed := at("size", 0.5, 1.5) * r.weight * employedPerWeight
	pay := 2000 + 2200*fixed("pay", isco) + at("pay", -100, 100)
	hours := 35 + 5*fixed("hours", isco)
	return workers{
		employed: int(employed), unemployed: int(employed * jobless), vacant: int(employed * vacant / (1 - vacant)),
		pay: int(pay), payBefore: int(pay / (1 + rise)), hours: hours, hoursBefore: hours / (1 + longer), below: below,
	}
}

func (w *world) isShort(isco, region string) bool {
	return slices.ContainsFunc(w.story, func(t Truth) bool {
		return t.Name == truthShortage && t.ISCO08 == isco && (t.Region == "" || t.Region == region)
	})
}

func (p workers) cells(quarter, territory, isco string) []string {
	short := func(n float64, digits int) string { return strconv.FormatFloat(n, 'f', digits, 64) }
	return []string{
		quarter, territory, isco, strconv.Itoa(p.employed), strconv.Itoa(p.unemployed), strconv.Itoa(p.vacant),
		strconv.Itoa(p.pay), strconv.Itoa(p.payBefore), short(p.hours, 1), short(p.hoursBefore, 1), short(100*p.below, 1) + " %",
	}
}
