package outcome_test

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// samples draws samples of any kind: with unknown values, rare levels, zeros,
// strata and clusters.
func samples(t *rapid.T) *outcome.Sample {
	s := &outcome.Sample{
		Contrast:    rapid.SampledFrom([]outcome.Contrast{outcome.Participants, outcome.Completers}).Draw(t, "contrast"),
		Measured:    outcome.Measured{Name: "income", Unit: "EUR", Share: rapid.Bool().Draw(t, "share")},
		Numeric:     []string{"age", "hours"},
		Categorical: []string{"gender"},
	}
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	unknown := rapid.SampledFrom([]float64{0, 0.1, 0.5}).Draw(t, "unknown")
	clustered := rapid.Bool().Draw(t, "clustered")
	known := func(v float64) float64 {
		if random.Float64() < unknown {
			return math.NaN()
		}
		return v
	}
	for range rapid.IntRange(0, 150).Draw(t, "persons") {
		age := float64(20 + random.IntN(40))
		p := outcome.Person{
			Treated:    random.Float64() < 0.6-0.005*age,
			Numeric:    []float64{known(age), known(float64(max(0, random.IntN(60)-20)))},
			Categories: []string{[]string{"", "f", "m", "m", "f", "x"}[random.IntN(6)]},
			Before:     known(random.NormFloat64()),
			Stratum:    []string{"", "a"}[random.IntN(2)],
		}
		if clustered {
			p.Cluster = []string{"", "c1", "c2", "c3", "c4"}[random.IntN(5)]
		}
		p.Outcome = age/10 + random.NormFloat64()
		if s.Measured.Share {
			p.Outcome = float64(random.IntN(2))
			p.Before = known(float64(random.IntN(2)))
		}
		s.Persons = append(s.Persons, p)
	}
	return s
}

func compare(t interface{ Fatal(...any) }, s *outcome.Sample, workers int) outcome.Comparison {
	c, err := outcome.Compare(context.Background(), s, outcome.Options{Draws: 20, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOrderOfPersonsAndWorkersDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := samples(t)
		before := compare(t, s, 1)
		s.Persons = rapid.Permutation(s.Persons).Draw(t, "again")
		if after := compare(t, s, 3); !reflect.DeepEqual(before, after) {
			t.Fatalf("before %+v\nafter %+v", before, after)
		}
	})
}

// The scale and origin of a covariate say nothing (but where 0 counts), and the
// outcome's unit is that of the estimate.
func TestUnitsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := samples(t)
		before := compare(t, s, 1)
		scale := rapid.Float64Range(0.001, 1000).Draw(t, "scale")
		unit := 1.0
		if !s.Measured.Share {
			unit = rapid.Float64Range(0.01, 100).Draw(t, "unit")
		}
		for i := range s.Persons {
			p := &s.Persons[i]
			p.Numeric = []float64{p.Numeric[0]*scale + 1000*scale, p.Numeric[1] * scale}
			p.Outcome *= unit
			p.Before *= unit
		}
		after := compare(t, s, 1)
		same(t, before.Raw, after.Raw, unit)
		same(t, before.Adjusted, after.Adjusted, unit)
		same(t, before.Change, after.Change, unit)
	})
}

func same(t *rapid.T, a, b *outcome.Estimate, unit float64) {
	switch {
	case a == nil && b == nil:
	case a == nil || b == nil:
		t.Fatalf("%+v, in other units %+v", a, b)
	case math.Abs(a.Value*unit-b.Value) > 1e-6*unit*(1+math.Abs(a.Treated)):
		t.Fatalf("%v, in other units %v", a.Value, b.Value/unit)
	}
}

// If the untreated are copies of the treated, nothing helped and nothing harmed.
func TestCopiesDifferByNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := samples(t)
		for i := range s.Persons {
			s.Persons[i].Treated = true
		}
		for _, p := range s.Persons[:len(s.Persons):len(s.Persons)] {
			p.Treated = false
			s.Persons = append(s.Persons, p)
		}
		c := compare(t, s, 1)
		for _, e := range []*outcome.Estimate{c.Raw, c.Adjusted, c.Change} {
			if e != nil && math.Abs(e.Value) > 1e-9 {
				t.Fatalf("difference %v", e.Value)
			}
		}
		for _, b := range c.Balance {
			if math.Abs(b.Before) > 1e-9 || math.Abs(b.After) > 1e-9 {
				t.Fatalf("%+v", b)
			}
		}
		if len(s.Persons) > 2*outcome.MinPersons && !s.Measured.Share && c.Adjusted == nil {
			t.Fatalf("no estimate: %s", c.Verdict.Text)
		}
	})
}

// Whatever the data, figures are numbers, intervals hold their estimates' side
// of the verdict, and words keep to what is known.
func TestVerdictsKeepToTheFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := compare(t, samples(t), 1)
		for _, e := range []*outcome.Estimate{c.Raw, c.Adjusted, c.Change} {
			if e == nil {
				continue
			}
			for _, v := range []float64{e.Treated, e.Untreated, e.Value, e.Low, e.High, e.StandardError} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%+v", *e)
				}
			}
			if e.Low > e.High {
				t.Fatalf("%+v", *e)
			}
		}
		code := c.Verdict.Code
		if code.Comparable() && (c.MaxSMD() >= outcome.MaxSMD || c.Overlap.EffectiveSize < outcome.MinPersons || c.Adjusted == nil) {
			t.Fatalf("%s of what is not comparable: %+v", code, c)
		}
		if c.Verdict.Text == "" || code == "" {
			t.Fatalf("no verdict: %+v", c)
		}
		switch {
		case code == outcome.More && c.Adjusted.Low <= 0, code == outcome.Less && c.Adjusted.High >= 0:
			t.Fatalf("%s: %+v", code, *c.Adjusted)
		case code == outcome.NoDifference && (c.Adjusted.Low > 0 || c.Adjusted.High < 0):
			t.Fatalf("%s: %+v", code, *c.Adjusted)
		}
	})
}
