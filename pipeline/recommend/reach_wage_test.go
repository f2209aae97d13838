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
	for range 13 {
		pays = append(pays, Pay{1662500, "SEK", "hour"}, Pay{3000000, "SEK", "month"}) // the hour is no hour
	}
	pays = append(pays, Pay{3000000, "SEK", "month"})
	if got, want := fmt.Sprint(Wages(pays)), "[{SEK month 3000000 14} {EUR month 650 12} {GBP month 700 11}]"; got != want {
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

// TestTrendOfBursts: where the growth of the one skill has an interval twice as wide
// (in logarithms), so has the trend; a narrower one does not make it narrower.
func TestTrendOfBursts(t *testing.T) {
	before := Market{NEffective: 40, Asked: []Asked{{Skill: 1, Share: 0.5}}}
	for _, test := range []struct{ times, want float64 }{{2, 2}, {0.5, 1}} {
		low, high := 0.5*math.Exp(-test.times*z*math.Sqrt(0.1)), 0.5*math.Exp(test.times*z*math.Sqrt(0.1))
		now := Market{NEffective: 40, Asked: []Asked{{Skill: 1, Share: 0.25, GrowthLow: &low, GrowthHigh: &high}}}
		trend, _ := TrendOf([]int32{1}, &now, &before)
		if got := math.Log(trend.High/trend.Low) / (2 * z * math.Sqrt(0.1)); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%v times as wide: %v", test.times, got)
		}
	}
}
