package measure_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
)

func TestZeroDenominators(t *testing.T) {
	if got := measure.Share(3, 0); got != 0 {
		t.Errorf("share of nothing: %v", got)
	}
	if _, ok := measure.PerOpening(5, 0); ok {
		t.Error("places per opening without openings")
	}
	if got, ok := measure.PerOpening(0, 5); got != 0 || !ok {
		t.Errorf("no place for 5 openings: %v %v", got, ok)
	}
	if _, ok := measure.Coverage([]float64{0}, []float64{1}); ok {
		t.Error("coverage of no demand")
	}
	if got := measure.LogRatio(0, 0); got != 0 {
		t.Errorf("log ratio of two zeros: %v", got)
	}
}

func TestLogRatioIsAntisymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 1).Draw(t, "a"), rapid.Float64Range(0, 1).Draw(t, "b")
		if sum := measure.LogRatio(a, b) + measure.LogRatio(b, a); math.Abs(sum) > 1e-12 {
			t.Fatalf("log ratios add up to %v", sum)
		}
	})
}

func TestShrunk(t *testing.T) {
	for _, c := range []struct{ share, n, wider, prior, want float64 }{
		{0.5, 40, 0.4, 30, 32.0 / 70},
		{0.5, 0, 0.4, 30, 0.4},
		{0.5, 30, 0.4, 0, 0.5},
		{0.5, 0, 0.4, 0, 0.4},
	} {
		if got := measure.Shrunk(c.share, c.n, c.wider, c.prior); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

func TestNothingToDivideBy(t *testing.T) {
	if got, ok := measure.LocationQuotient(0, 0); ok {
		t.Errorf("location quotient %v where the country does not ask", got)
	}
	if got := measure.Specificity(0, 4, 0); got != 0 {
		t.Errorf("specificity %v of what no cell asks for", got)
	}
}
