package model_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Newcombe, R. G. (1998), Two-sided confidence intervals for the single
// proportion: comparison of seven methods, Statistics in Medicine 17, 857-872,
// table I, method 3.
func TestWilsonAsPublished(t *testing.T) {
	for _, c := range []struct{ count, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := model.Wilson(c.count/c.n, c.n)
		if !near(low, c.low) || !near(high, c.high) {
			t.Errorf("%v of %v: got %.4f to %.4f, published %.4f to %.4f", c.count, c.n, low, high, c.low, c.high)
		}
	}
}

// Newcombe, R. G. (1998), Interval estimation for the difference between
// independent proportions: comparison of eleven methods, Statistics in Medicine
// 17, 873-890, table II, method 10.
func TestNewcombeAsPublished(t *testing.T) {
	for _, c := range []struct{ a, na, b, nb, low, high float64 }{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1.0000},
		{10, 10, 0, 10, 0.6075, 1.0000},
	} {
		low, high := model.Newcombe(c.a/c.na, c.na, c.b/c.nb, c.nb)
		if !near(low, c.low) || !near(high, c.high) {
			t.Errorf("%v of %v less %v of %v: got %.4f to %.4f, published %.4f to %.4f",
				c.a, c.na, c.b, c.nb, low, high, c.low, c.high)
		}
	}
}

// near tells whether x rounds to the published figure of four decimals.
func near(x, published float64) bool { return math.Abs(x-published) <= 0.00005 }

func TestIntervalsOfNothing(t *testing.T) {
	if got := model.EffectiveSize(0, 0); got != 0 {
		t.Errorf("effective size without weights: %v", got)
	}
	if low, high := model.Wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("Wilson without observations: %v to %v", low, high)
	}
	if low, high := model.Newcombe(0.5, 100, 0, 0); low > -0.5 || high < 0.5 {
		t.Errorf("Newcombe against no observation is too sure: %v to %v", low, high)
	}
}

func TestWilsonHoldsTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		n := rapid.Float64Range(1e-3, 1e9).Draw(t, "n")
		low, high := model.Wilson(share, n)
		if !(0 <= low && low <= share && share <= high && high <= 1) {
			t.Fatalf("got %v to %v", low, high)
		}
		if l, h := model.Wilson(share, 2*n); h-l > high-low+1e-12 {
			t.Fatalf("twice the observations widen %v to %v: %v to %v", low, high, l, h)
		}
	})
}

func TestNewcombeIsAntisymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 1).Draw(t, "a"), rapid.Float64Range(0, 1).Draw(t, "b")
		na, nb := rapid.Float64Range(0, 1e6).Draw(t, "na"), rapid.Float64Range(0, 1e6).Draw(t, "nb")
		low, high := model.Newcombe(a, na, b, nb)
		mirroredLow, mirroredHigh := model.Newcombe(b, nb, a, na)
		if low != -mirroredHigh || high != -mirroredLow {
			t.Fatalf("%v to %v, exchanged %v to %v", low, high, mirroredLow, mirroredHigh)
		}
		if !(-1 <= low && low <= a-b && a-b <= high && high <= 1) {
			t.Fatalf("%v is outside %v to %v", a-b, low, high)
		}
	})
}
