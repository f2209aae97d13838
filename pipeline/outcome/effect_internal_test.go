package outcome

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// crowd draws persons whose covariate moves both treatment and outcome; those of
// a cluster, of so many, share part of their outcome.
func crowd(random *rand.Rand, n, together int, share bool) *Sample {
	s := &Sample{Contrast: Participants, Measured: Measured{Name: "income", Unit: "EUR", Share: share}, Numeric: []string{"x"}}
	shared := 0.0
	for i := range n {
		x := random.NormFloat64()
		p := Person{Numeric: []float64{x}, Before: math.NaN(), Treated: random.Float64() < logistic(x/2)}
		if together > 1 {
			if i%together == 0 {
				shared = random.NormFloat64()
			}
			p.Treated = i/together%2 == 0
			p.Cluster = string(rune('a' + i/together))
		}
		p.Outcome = x + shared + random.NormFloat64()
		if share {
			p.Outcome = 0
			if random.Float64() < logistic(x-0.5) {
				p.Outcome = 1
			}
		}
		if p.Treated && !share {
			p.Outcome += 0.5
		}
		s.Persons = append(s.Persons, p)
	}
	return s
}

// fitted is the estimate of a sample with nobody trimmed.
func fitted(s *Sample) (q *problem, persons []*Person, m means, weights []float64, f fits) {
	persons = s.ordered()
	q = &problem{design: newDesign(s, persons, false), share: s.Measured.Share}
	for _, p := range persons {
		q.y = append(q.y, p.Outcome)
	}
	m, weights, f = q.att(ones(q.n), q.start(), exact)
	return q, persons, m, weights, f
}

// The formula of large samples holds a planted effect, and the ratio of shares
// where there is none, as often as it promises.
func TestInfluenceCovers(t *testing.T) {
	for _, share := range []bool{false, true} {
		random := rand.New(rand.NewPCG(21, 22))
		held, ratios := 0, 0
		const samples = 500
		for range samples {
			q, persons, m, weights, f := fitted(crowd(random, 500, 1, share))
			s := q.influence(persons, m, weights, f)
			truth := 0.5
			if share {
				truth = 0
			}
			if s.low <= truth && truth <= s.high {
				held++
			}
			if s.ratioLow <= 1 && 1 <= s.ratioHigh {
				ratios++
			}
		}
		t.Logf("share %v: difference %.1f %%, ratio %.1f %%", share, float64(held)*100/samples, float64(ratios)*100/samples)
		if rate := float64(held) / samples; rate < 0.92 || rate > 0.98 {
			t.Errorf("share %v: intervals of the difference cover %.3f", share, rate)
		}
		if rate := float64(ratios) / samples; share && (rate < 0.92 || rate > 0.98) {
			t.Errorf("intervals of the ratio cover %.3f", rate)
		}
	}
}

// Drawn or computed, the spread is one; and clusters widen it.
func TestFormulaAgreesWithBootstrap(t *testing.T) {
	var spreads []float64
	for _, together := range []int{1, 40} {
		q, persons, m, weights, f := fitted(crowd(rand.New(rand.NewPCG(23, 24)), 1000, together, false))
		drawn, err := q.bootstrap(context.Background(), persons, f, Options{Draws: 300, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		computed := q.influence(persons, m, weights, f)
		t.Logf("clusters of %d: drawn %.4f, computed %.4f", together, drawn.standardError, computed.standardError)
		if math.Abs(drawn.standardError/computed.standardError-1) > 0.2 {
			t.Errorf("clusters of %d: standard error %v drawn, %v computed", together, drawn.standardError, computed.standardError)
		}
		spreads = append(spreads, drawn.standardError)
	}
	if spreads[1] < 2*spreads[0] {
		t.Errorf("clusters of 40 that share half of their variance widen %v only to %v", spreads[0], spreads[1])
	}
}

func TestStrata(t *testing.T) {
	persons := []*Person{
		{Stratum: "a"}, {Stratum: "a"}, {Stratum: "b"}, {Cluster: "x"}, {Cluster: "both"},
		{Treated: true, Stratum: "a"}, {Treated: true, Cluster: "both"},
	}
	got := stratify(persons)
	want := strata{{{0}, {1}}, {{2}}, {{3}}, {{4, 6}}, {{5}}}
	if !slices.EqualFunc(got, want, func(a, b [][]int) bool {
		return slices.EqualFunc(a, b, slices.Equal[[]int])
	}) {
		t.Fatalf("got %v, want %v", got, want)
	}
	count := make([]float64, len(persons))
	for k := range 50 {
		got.draw(count, rand.New(rand.NewPCG(1, uint64(k))))
		if count[0]+count[1] != 2 || count[2] != 1 || count[5] != 1 || count[4] != count[6] {
			t.Fatalf("drawn %v", count)
		}
	}
}

// Every reason not to compare comes before what the interval shows.
func TestNotComparable(t *testing.T) {
	good := answer{
		estimate: &Estimate{TreatedPersons: 60, Low: 1, High: 2, Value: 1.5},
		balance:  []Balance{{Covariate: "age", After: -0.05}},
		overlap:  Overlap{TreatedDropped: 40, EffectiveSize: 25},
	}
	for _, c := range []struct {
		change func(*answer)
		want   VerdictCode
		says   string
	}{
		{func(*answer) {}, More, "effect"},
		{func(a *answer) { a.overlap.TreatedDropped = 61 }, NoOverlap, "of 121 participants only 60"},
		{func(a *answer) { a.overlap.EffectiveSize = 19.9 }, NoOverlap, "worth 19"},
		{func(a *answer) { a.balance = []Balance{{Covariate: "age", After: -0.1}} }, NotBalanced, "age (-0.10)"},
		{func(a *answer) { a.estimate = &Estimate{TreatedPersons: 60, Low: -1, High: 2} }, NoDifference, "no difference found"},
		{func(a *answer) { a.estimate = &Estimate{TreatedPersons: 60, Low: -2, High: -1, Value: -1.5} }, Less, "less among"},
	} {
		a := good
		c.change(&a)
		if got := a.shows(); got != c.want {
			t.Errorf("%+v shows %s, want %s", a, got, c.want)
			continue
		}
		compared := Comparison{Treated: a.estimate.TreatedPersons + a.overlap.TreatedDropped, Untreated: 500, Adjusted: a.estimate, Balance: a.balance, Overlap: a.overlap}
		for _, contrast := range []Contrast{Participants, Completers} {
			text := compared.judge(&Sample{Contrast: contrast, Numeric: []string{"age"}, Measured: Measured{Name: "income", Unit: "EUR"}}, c.want).Text
			if contrast == Participants && !strings.Contains(text, c.says) {
				t.Errorf("does not say %q: %s", c.says, text)
			}
			if (contrast == Completers || c.want != More && c.want != Less) && strings.Contains(text, "effect") {
				t.Errorf("says effect: %s", text)
			}
		}
	}
}

func TestMalformedSamples(t *testing.T) {
	for want, spoil := range map[string]func(*Sample){
		"contrast":                   func(s *Sample) { s.Contrast = "" },
		"named twice":                func(s *Sample) { s.Numeric = []string{"x", "x"} },
		"numeric covariates, want 1": func(s *Sample) { s.Persons[3].Numeric = nil },
		"categorical covariates":     func(s *Sample) { s.Persons[3].Categories = []string{"f"} },
		"not a number":               func(s *Sample) { s.Persons[3].Outcome = math.NaN() },
		"infinite":                   func(s *Sample) { s.Persons[3].Numeric = []float64{math.Inf(1)} },
		"neither 0 nor 1":            func(s *Sample) { s.Measured.Share = true },
	} {
		s := crowd(rand.New(rand.NewPCG(1, 2)), 50, 1, false)
		spoil(s)
		if _, err := Compare(context.Background(), s, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestCompareEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compare(ctx, crowd(rand.New(rand.NewPCG(1, 2)), 100, 1, false), Options{}); err == nil {
		t.Error("a cancelled comparison ends without error")
	}
}
