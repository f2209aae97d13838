package measure_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
)

// The expected values were computed apart from this code, with the equations 2, 4,
// 6, 7, 16 and 17 of Lang and Reiczigel (2014) for a specificity known to be 1; of
// what is stated alone, with those of Agresti and Coull.
func TestCorrectedDemand(t *testing.T) {
	for _, c := range []struct {
		name                  string
		stated, linked, whole int64
		n                     float64
		recall                measure.Recall
		share, low, high      float64
	}{
		{"a fifth missed", 0, 80, 400, 400, measure.Recall{Found: 80, Of: 100}, 0.25, 0.2031, 0.3141},
		{"half missed, few texts", 0, 1, 50, 50, measure.Recall{Found: 10, Of: 20}, 0.04, 0, 0.2472},
		{"at most 1", 0, 900, 1000, 1000, measure.Recall{Found: 1900, Of: 2000}, 0.9474, 0.9245, 0.9683},
		{"none found", 0, 0, 100, 100, measure.Recall{Found: 80, Of: 100}, 0, 0, 0.0563},
		{"all stated", 20, 0, 80, 80, measure.Recall{Found: 80, Of: 100}, 0.25, 0.1674, 0.3555},
		{"more than all", 0, 90, 100, 100, measure.Recall{Found: 1, Of: 2}, 1, 0.8812, 1},
		{"nothing", 0, 0, 0, 0, measure.Recall{Found: 80, Of: 100}, 0, 0, 1},
		{"no recall", 0, 10, 100, 100, measure.Recall{}, 0, 0, 1},
	} {
		share, low, high := measure.Corrected(c.stated, c.linked, c.whole, c.n, c.recall)
		for what, v := range map[string][2]float64{"share": {share, c.share}, "low": {low, c.low}, "high": {high, c.high}} {
			if math.Abs(v[0]-v[1]) > 0.00005 {
				t.Errorf("%s: %s %.6f, want %.4f", c.name, what, v[0], v[1])
			}
		}
	}
}

func TestCorrectionStaysInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stated, linked := rapid.Int64Range(0, 500).Draw(t, "stated"), rapid.Int64Range(0, 500).Draw(t, "linked")
		whole := stated + linked + rapid.Int64Range(0, 500).Draw(t, "others")
		r := measure.Recall{Found: rapid.IntRange(1, 300).Draw(t, "found")}
		r.Of = r.Found + rapid.IntRange(0, 300).Draw(t, "missed")
		share, low, high := measure.Corrected(stated, linked, whole, float64(whole), r)
		if !(0 <= low && low <= share && share <= high && high <= 1) {
			t.Fatalf("%v, %v to %v", share, low, high)
		}
		if plain := measure.Share(stated+linked, whole); share < plain-1e-12 {
			t.Fatalf("corrected %v, plain %v", share, plain)
		}
	})
}

// Of the cells and texts drawn from a known truth, the interval holds that truth
// as often as it says, also where a part is stated.
func TestCorrectionCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 7))
	draw := func(n int, p float64) (hits int64) {
		for range n {
			if random.Float64() < p {
				hits++
			}
		}
		return hits
	}
	const draws, n, texts = 5000, 300, 150
	for _, c := range []struct{ stated, inTexts, recall float64 }{{0, 0.3, 0.8}, {0, 0.1, 0.6}, {0.15, 0.15, 0.7}, {0.3, 0.05, 0.9}} {
		covered := 0
		for range draws {
			stated := draw(n, c.stated)
			linked := draw(n-int(stated), c.inTexts/(1-c.stated)*c.recall)
			r := measure.Recall{Found: int(draw(texts, c.recall)), Of: texts}
			_, low, high := measure.Corrected(stated, linked, n, n, r)
			if truth := c.stated + c.inTexts; low <= truth && truth <= high {
				covered++
			}
		}
		if rate := float64(covered) / draws; rate < 0.93 || rate > 0.98 {
			t.Errorf("%+v: %.1f %% covered", c, 100*rate)
		} else {
			t.Logf("%+v: %.1f %% covered", c, 100*rate)
		}
	}
}
