package measure_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/measure"
)

// world is what samples of vacancies and credentials are drawn from: one region,
// all occupations.
type world struct {
	vacancies int
	openings  int       // 1 to so many posts a vacancy
	asked     []float64 // share of posts that ask for each skill
	before    []float64 // the same in the twelve months before; nil draws none
	offers    int
	taught    []float64
	employers int     // 0 is one for each vacancy
	alike     float64 // correlation of what the vacancies of one employer ask
}

func skillNames(n int) (all []measure.Skill) {
	for i := range n {
		all = append(all, measure.Skill{URI: fmt.Sprintf("skill %03d", i)})
	}
	return all
}

// draw draws a sample. Employers differ in size (Zipf) and in how often they ask for
// a skill (beta distribution with mean share and correlation alike), anew in each
// window, since what an employer asks for changes too.
func (w *world) draw(random *rand.Rand) *measure.Input {
	in := &measure.Input{Skills: skillNames(len(w.asked))}
	windows := []struct {
		ago    int
		shares []float64
	}{{0, w.asked}, {12, w.before}}
	for _, window := range windows {
		rates := make([][]float64, max(w.employers, 1))
		for e := range rates {
			for _, share := range window.shares {
				rates[e] = append(rates[e], beta(random, share, w.alike))
			}
		}
		for v := range w.vacancies {
			if window.shares == nil {
				continue
			}
			p := measure.Posting{Month: month.AddMonths(-window.ago), Regions: [measure.RegionLevels]string{"AT"}, Openings: 1 + random.Int32N(int32(max(w.openings, 1)))}
			rate := window.shares
			p.Employer = fmt.Sprint("alone ", window.ago, v)
			if w.employers > 0 {
				e := int(float64(w.employers) * math.Pow(random.Float64(), 2))
				p.Employer, rate = fmt.Sprint("employer ", e), rates[e]
			}
			p.Skills = picks(random, rate)
			in.Postings = append(in.Postings, p)
		}
	}
	for range w.offers {
		in.Offers = append(in.Offers, measure.Offer{Regions: [measure.RegionLevels]string{"AT"}, Skills: append(picks(random, w.taught), measure.Ask{Skill: int32(len(w.asked)), Probability: 1})})
	}
	in.Skills = append(in.Skills, measure.Skill{URI: "taught by all"})
	return in
}

func picks(random *rand.Rand, rates []float64) (asks []measure.Ask) {
	for s, rate := range rates {
		if random.Float64() < rate {
			asks = append(asks, measure.Ask{Skill: int32(s), Probability: measure.Certain})
		}
	}
	return asks
}

// beta draws from the beta distribution with a mean and a correlation of two draws
// at one rate, 1/(a+b+1), as the ratio of gamma variates (Jöhnk 1964 for small
// parameters, summed exponentials are too slow for large ones).
func beta(random *rand.Rand, mean, correlation float64) float64 {
	if correlation == 0 || mean == 0 || mean == 1 {
		return mean
	}
	size := 1/correlation - 1
	x, y := gamma(random, mean*size), gamma(random, (1-mean)*size)
	return x / (x + y)
}

// gamma draws from the gamma distribution (Marsaglia, G. and Tsang, W. W. (2000), A
// simple method for generating gamma variables, ACM Transactions on Mathematical
// Software 26, 363-372).
func gamma(random *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(random, shape+1) * math.Pow(random.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		x := random.NormFloat64()
		v := math.Pow(1+x/math.Sqrt(9*d), 3)
		if v > 0 && math.Log(random.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

func (w *world) measure(t *testing.T, random *rand.Rand) measure.Result {
	m, err := measure.New(w.draw(random), measure.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m.Month(month, measure.TwelveMonths)
}

// covered counts how often intervals hold the true figure.
type covered map[string]*struct{ held, drawn int }

func (c covered) count(figure string, low, truth, high float64) {
	if c[figure] == nil {
		c[figure] = &struct{ held, drawn int }{}
	}
	c[figure].drawn++
	if low <= truth && truth <= high {
		c[figure].held++
	}
}

func (c covered) rate(figure string) float64 {
	return float64(c[figure].held) / float64(c[figure].drawn)
}

// Intervals at 95 % cover 93 to 97 % where a cell has at least 100 effective
// vacancies (and credentials) and a share is at least .05. Elsewhere the coverage is
// logged: go test -run Coverage -v.
func TestCoverage(t *testing.T) {
	const draws = 5000
	shares := []float64{0.05, 0.1, 0.3, 0.5}
	for name, c := range map[string]struct {
		world
		promised bool
	}{
		"vacancies of one post":    {world{vacancies: 120, asked: shares, offers: 100, taught: []float64{0.1, 0.1, 0.1, 0.5}}, true},
		"vacancies of many posts":  {world{vacancies: 300, openings: 5, asked: shares, offers: 150, taught: []float64{0.2, 0.05, 0.3, 0.3}}, true},
		"few credentials":          {world{vacancies: 120, asked: shares, offers: 20, taught: []float64{0.1, 0.1, 0.1, 0.5}}, false},
		"a rare skill":             {world{vacancies: 120, asked: []float64{0.01, 0.02}, offers: 100, taught: []float64{0.1, 0.1}}, false},
		"employers that ask alike": {world{vacancies: 300, asked: shares, offers: 100, taught: []float64{0.1, 0.1, 0.1, 0.5}, employers: 60, alike: 0.1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(4, 5))
			seen := covered{}
			for range draws {
				r := c.measure(t, random)
				if c.promised && r.Cells[0].NEffective < 100 {
					t.Fatalf("%v effective vacancies", r.Cells[0].NEffective)
				}
				for i := range r.Demand {
					d, g := &r.Demand[i], &r.Gaps[i]
					if s := number(d.SkillURI); s < len(c.asked) {
						seen.count(fmt.Sprintf("share %.2f", c.asked[s]), d.ShareLow, c.asked[s], d.ShareHigh)
						seen.count(fmt.Sprintf("gap %.2f - %.2f", c.asked[s], c.taught[s]), *g.GapLow, c.asked[s]-c.taught[s], *g.GapHigh)
					}
				}
			}
			for _, figure := range slices.Sorted(maps.Keys(seen)) {
				rate := seen.rate(figure)
				t.Logf("%s: %.1f %% of %d", figure, 100*rate, seen[figure].drawn)
				if c.promised && (rate < 0.93 || rate > 0.97) {
					t.Errorf("%s: intervals cover %.1f %%, want 93 to 97", figure, 100*rate)
				}
			}
		})
	}
}

// The interval of growth, clustered by employer.
func TestCoverageOfGrowth(t *testing.T) {
	for name, w := range map[string]world{
		"independent vacancies":    {vacancies: 300, asked: []float64{0.1, 0.3, 0.45}, before: []float64{0.1, 0.2, 0.3}},
		"employers that ask alike": {vacancies: 300, asked: []float64{0.1, 0.3, 0.45}, before: []float64{0.1, 0.2, 0.3}, employers: 60, alike: 0.1},
		"employers much alike":     {vacancies: 300, asked: []float64{0.1, 0.3, 0.45}, before: []float64{0.1, 0.2, 0.3}, employers: 60, alike: 0.3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(6, 7))
			seen := covered{}
			for range 5000 {
				r := w.measure(t, random)
				for i := range r.Demand {
					if d := &r.Demand[i]; d.Growth12m != nil {
						s := number(d.SkillURI)
						seen.count(fmt.Sprintf("growth %.2f / %.2f", w.asked[s], w.before[s]), *d.GrowthLow, w.asked[s]/w.before[s], *d.GrowthHigh)
					}
				}
			}
			for _, figure := range slices.Sorted(maps.Keys(seen)) {
				rate := seen.rate(figure)
				t.Logf("%s: %.1f %% of %d", figure, 100*rate, seen[figure].drawn)
				if rate < 0.93 || rate > 0.98 {
					t.Errorf("%s: intervals cover %.1f %%", figure, 100*rate)
				}
			}
		})
	}
}

// Of the skills called emerging or declining at most one in twenty is neither, on
// average over 1,000 samples whose vacancies are clustered by employer.
func TestFalseDiscoveries(t *testing.T) {
	const skills, simulations = 40, 1000
	for name, c := range map[string]struct {
		world
		changed int // so many of the skills grow or fall
	}{
		"nothing changes":           {world{vacancies: 400, employers: 80, alike: 0.1}, 0},
		"a quarter changes":         {world{vacancies: 400, employers: 80, alike: 0.1}, 10},
		"few employers, much alike": {world{vacancies: 300, employers: 25, alike: 0.2}, 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(8, 9))
			for s := range skills {
				share := 0.05 + 0.01*float64(s)
				c.before = append(c.before, share)
				switch {
				case s >= c.changed:
				case s%2 == 0:
					share *= 2.5
				default:
					share /= 2.5
				}
				c.asked = append(c.asked, share)
			}
			sum, found := 0.0, 0
			for range simulations {
				wrong, all := 0, 0
				for _, g := range c.measure(t, random).Gaps {
					if g.Emerging == nil || !*g.Emerging && !*g.Declining {
						continue
					}
					all++
					if s := number(g.SkillURI); s >= c.changed || *g.Emerging != (s%2 == 0) {
						wrong++
					}
				}
				found += all - wrong
				sum += float64(wrong) / float64(max(all, 1))
			}
			t.Logf("false-discovery proportion %.2f %%, %.1f of %d changes found", 100*sum/simulations, float64(found)/simulations, c.changed)
			if proportion := sum / simulations; proportion > 0.055 {
				t.Errorf("false-discovery proportion %.3f, want 0.055 at most", proportion)
			}
			if c.changed > 0 && found == 0 {
				t.Error("no change is found")
			}
		})
	}
}

func number(skill string) int {
	var n int
	if _, err := fmt.Sscanf(skill, "skill %d", &n); err != nil {
		return math.MaxInt
	}
	return n
}
