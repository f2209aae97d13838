package generate

import (
	"io"
	"strconv"
)

// referenceSheet is an official table of the population, a quarter of a year and
// territory a row.
var referenceSheet = sheet{
	separator: ';',
	columns: [][2]string{
		{"region_code", "territory"}, {"period_from", "year_from"}, {"period_to", "year_to"}, {"breakdown", "dimension"}, {"category", "class"}, {"persons", "population"},
	},
	words: map[string][][2]string{"breakdown": {{"age_band", "AGE"}, {"gender", "SEX"}, {"education", "ISCED11"}, {"employment", "WSTATUS"}, {"TOTAL", "ALL"}}},
}

// referenceShares are the shares of the population of each group: of those who are
// 55 or older four times their share of the learners, see usualProfile.
var referenceShares = []struct {
	breakdown  string
	categories []string
	shares     []float64
}{
	{"age_band", ageBands, []float64{0.03, 0.2, 0.47, 0.3}},
	{"gender", genders, []float64{0.505, 0.492, 0.003}},
	{"education", educations, []float64{0.24, 0.45, 0.31}},
	{"employment", works, []float64{0.66, 0.05, 0.03, 0.26}},
}

// personsPerWeight is the population of working age of a region of weight 1.
const personsPerWeight = 600_000

// writeReference writes the population of each region and country, by groups.
func (w *world) writeReference(to io.Writer) error {
	rows, err := referenceSheet.start(to)
	if err != nil {
		return err
	}
	first, last := w.firstStart().Time().Year(), w.options.AsOf.Time().Year()
	write := func(territory, breakdown, category string, persons int) error {
		return rows.write(map[string]string{
			"region_code": territory, "period_from": strconv.Itoa(first), "period_to": strconv.Itoa(last),
			"breakdown": breakdown, "category": category, "persons": strconv.Itoa(persons),
		}, nil)
	}
	var territories []string
	persons := map[string]int{}
	for i := range w.regions {
		r := &w.regions[i]
		for _, code := range []string{r.country, r.code} {
			if persons[code] == 0 {
				territories = append(territories, code)
			}
			persons[code] += int(r.weight * personsPerWeight)
		}
	}
	for _, territory := range territories {
		n := persons[territory]
		if err := write(territory, "TOTAL", "TOTAL", n); err != nil {
			return err
		}
		for _, g := range referenceShares {
			left := n
			for i, category := range g.categories {
				here := int(float64(n)*g.shares[i] + 0.5)
				if i == len(g.categories)-1 {
					here = left
				}
				left -= here
				if err := write(territory, g.breakdown, category, here); err != nil {
					return err
				}
			}
		}
	}
	return rows.close()
}
