package recommend

import (
	"fmt"
	"math"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestPayOf(t *testing.T) {
	m := func(x model.Money) *model.Money { return &x }
	for _, test := range []struct {
		name             string
		low, high        *model.Money
		currency, period string
		want             model.Money
		ok               bool
	}{
		{"the middle of a range", m(200000), m(300000), "EUR", "month", 250000, true},
		{"the one end stated", nil, m(300000), "EUR", "month", 300000, true},
		{"the other", m(200000), nil, "EUR", "month", 200000, true},
		{"nothing stated", nil, nil, "EUR", "month", 0, false},
		{"no currency", m(1), m(1), "", "month", 0, false},
		{"no period", m(1), m(1), "EUR", "", 0, false},
		{"zero is no pay", m(0), m(0), "EUR", "month", 0, false},
	} {
		if p, ok := PayOf(test.low, test.high, test.currency, test.period); ok != test.ok || ok && p.Amount != test.want {
			t.Errorf("%s: %+v, %v", test.name, p, ok)
		}
	}
}

// TestWages: 12 monthly amounts of 1..12 have the median 6.5; nine yearly ones are
// too few; currencies and periods are kept apart.
func TestWages(t *testing.T) {
	var pays []Pay
	for i := range 12 {
		pays = append(pays, Pay{model.Money(1200 - 100*i), "EUR", "month"})
	}
	for range 9 {
		pays = append(pays, Pay{5000000, "EUR", "year"})
	}
	for range 11 {
		pays = append(pays, Pay{700, "GBP", "month"})
	}
	if got, want := fmt.Sprint(Wages(pays)), "[{EUR month 650 12} {GBP month 700 11}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestTrendInterval: 10 of 40 against 20 of 40 is a ratio of .5. The standard error
// of its logarithm is sqrt(1/10 - 1/40 + 1/20 - 1/40) = .3162, the interval .2690 to
// .9293.
func TestTrendInterval(t *testing.T) {
	now := Market{NEffective: 40, Asked: []Asked{{Skill: 1, Share: 0.25}}}
	before := Market{NEffective: 40, Asked: []Asked{{Skill: 1, Share: 0.5}, {Skill: 2, Share: 0.5}}}
	trend, ok := TrendOf([]int32{1, 2, 3}, &now, &before)
	if !ok || trend.Skills != 1 || math.Abs(trend.Ratio-0.5) > 1e-12 || math.Abs(trend.Low-0.2690) > 5e-5 || math.Abs(trend.High-0.9293) > 5e-5 {
		t.Errorf("%+v, %v", trend, ok)
	}
	if _, ok := TrendOf([]int32{2}, &now, &before); ok {
		t.Error("a skill that only one year publishes has a trend")
	}
}

// TestDiscoveries is the example of Benjamini and Hochberg (1995), section 4: of
// fifteen probabilities the four smallest are rejected at 5 %.
func TestDiscoveries(t *testing.T) {
	ps := []float64{0.0201, 0.0001, 0.0004, 0.0019, 0.0095, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1}
	for i, found := range discoveries(ps, 0.05) {
		if want := ps[i] <= 0.0095; found != want {
			t.Errorf("p = %v: %v", ps[i], found)
		}
	}
	if len(discoveries(nil, 0.05)) != 0 {
		t.Error("nothing tested, something found")
	}
}
