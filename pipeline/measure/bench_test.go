package measure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/measure"
)

// size is that of a synthetic input; asks and taught are skills per posting
// and per offer, regions those of NUTS 2.
type size struct{ postings, occupations, offers, skills, asks, taught, regions int }

var (
	starter  = size{postings: 16_000, occupations: 40, offers: 600, skills: 330, asks: 8, taught: 8, regions: 6}
	realESCO = size{postings: 9_700, occupations: 400, offers: 3_766, skills: 13_896, asks: 30, taught: 12, regions: 12}
	large    = size{postings: 100_000, occupations: 400, offers: 5_000, skills: 13_896, asks: 25, taught: 12, regions: 100}
)

// A night measures thirteen months, both periods of each.
func BenchmarkNight(b *testing.B) {
	night := func(m *measure.Measurer) (gaps int) {
		for ago := range 13 {
			gaps += len(m.Month(month.AddMonths(-ago), periods...).Gaps)
		}
		return gaps
	}
	b.Run("starter", func(b *testing.B) { benchmark(b, starter, night) })
	b.Run("esco", func(b *testing.B) { benchmark(b, realESCO, night) })
}

// One month, both periods, region by region, as more rows than memory holds.
func BenchmarkRegions(b *testing.B) {
	benchmark(b, large, func(m *measure.Measurer) (gaps int) {
		for _, name := range periods {
			p := m.Period(month, name)
			for level := range measure.RegionLevels {
				for region := range p.Regions(level) {
					for r := range p.Region(level, region) {
						gaps += len(r.Gaps)
					}
				}
			}
		}
		return gaps
	})
}

// BenchmarkNew numbers the postings and aligns the offers.
func BenchmarkNew(b *testing.B) {
	benchmark(b, large, func(*measure.Measurer) int { return 0 })
}

// benchmark times New and what is done with it.
func benchmark(b *testing.B, s size, do func(*measure.Measurer) (gaps int)) {
	in := synthetic(rand.New(rand.NewPCG(1, 2)), s)
	b.ReportAllocs()
	gaps := 0
	for b.Loop() {
		m, err := measure.New(in, measure.Options{})
		if err != nil {
			b.Fatal(err)
		}
		gaps += do(m)
	}
	b.ReportMetric(float64(gaps)/float64(b.N), "gaps/op")
}

// synthetic draws an input over 24 months, the first occupations far more
// frequent than the last. Each occupation has 40 skills of its own, which its
// vacancies and offers name, and shares as many with all others.
func synthetic(random *rand.Rand, s size) *measure.Input {
	skewed := func(n int) int { return int(float64(n) * random.Float64() * random.Float64()) }
	isco := func(occupation int) string { return fmt.Sprint(1000 + occupation*8800/s.occupations) }
	skills := func(occupation, n int) []int32 {
		seen, list := map[int32]bool{}, []int32(nil)
		for range n {
			skill := int32((occupation*40 + random.IntN(40)) % s.skills)
			if random.IntN(4) == 0 {
				skill = int32(skewed(40))
			}
			if !seen[skill] {
				seen[skill] = true
				list = append(list, skill)
			}
		}
		return list
	}
	place := func() [measure.RegionLevels]string {
		r := random.IntN(s.regions)
		return [measure.RegionLevels]string{fmt.Sprint("C", r/12), fmt.Sprint("C", r/12, "N", r/3), fmt.Sprint("C", r/12, "N", r/3, "R", r)}
	}
	in := &measure.Input{Profiles: map[string][]int32{}}
	for i := range s.skills {
		in.Skills = append(in.Skills, measure.Skill{URI: fmt.Sprintf("http://data.europa.eu/esco/skill/%08d", i), Digital: i%9 == 0, Green: i%20 == 0, Transversal: i < 10})
	}
	for range s.postings {
		o := skewed(s.occupations)
		p := measure.Posting{
			Month: month.AddMonths(-random.IntN(24)), Regions: place(), ISCO: isco(o), Occupation: fmt.Sprint("occupation", o),
			Section: string(rune('A' + o%21)), Openings: 1 + int32(skewed(4)), Employer: fmt.Sprint("employer", skewed(s.postings/3)),
		}
		for _, k := range skills(o, s.asks) {
			p.Skills = append(p.Skills, measure.Ask{Skill: k, Probability: int16(2500 + random.IntN(7501)), Linked: true})
		}
		in.Postings = append(in.Postings, p)
	}
	for i := range s.offers {
		o := skewed(s.occupations)
		var taught []measure.Ask
		for _, k := range skills(o, s.taught) {
			taught = append(taught, measure.Ask{Skill: k, Probability: measure.Certain})
		}
		in.Offers = append(in.Offers, measure.Offer{ID: fmt.Sprint(i), Regions: place(), Online: i%5 == 0, Places: int32(10 + i%20), Skills: taught})
	}
	for o := range s.occupations {
		own := skills(o, 60)
		for _, group := range []string{fmt.Sprint("occupation", o), isco(o), isco(o)[:2], isco(o)[:1]} {
			list := append(slices.Clone(in.Profiles[group]), own...)
			slices.Sort(list)
			in.Profiles[group] = slices.Compact(list)
		}
	}
	return in
}
