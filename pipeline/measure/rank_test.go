package measure_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
)

func TestRankSets(t *testing.T) {
	for name, c := range map[string]struct {
		spans []measure.Span
		want  []measure.RankSet
	}{
		"none":          {nil, []measure.RankSet{}},
		"one":           {[]measure.Span{{0, 1}}, []measure.RankSet{{1, 1, 1}}},
		"apart":         {[]measure.Span{{1, 2}, {5, 6}, {3, 4}}, []measure.RankSet{{3, 3, 3}, {1, 1, 1}, {2, 2, 2}}},
		"ends meet":     {[]measure.Span{{1, 2}, {2, 3}}, []measure.RankSet{{1, 2, 1}, {1, 2, 1}}},
		"equal":         {[]measure.Span{{1, 2}, {1, 2}, {1, 2}}, []measure.RankSet{{1, 3, 1}, {1, 3, 1}, {1, 3, 1}}},
		"a wide one":    {[]measure.Span{{0, 9}, {7, 8}, {1, 2}, {1.5, 3}}, []measure.RankSet{{1, 4, 1}, {1, 2, 1}, {2, 4, 2}, {2, 4, 2}}},
		"a chain of it": {[]measure.Span{{6, 9}, {5, 7}, {3, 5.5}}, []measure.RankSet{{1, 2, 1}, {1, 3, 1}, {2, 3, 2}}},
	} {
		if got := measure.RankSets(c.spans); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// Where each figure lies in its interval, its rank lies in its set.
func TestRankSetsHoldTheRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		figures := rapid.SliceOfDistinct(rapid.IntRange(0, 50), rapid.ID).Draw(t, "figures")
		spans := make([]measure.Span, len(figures))
		for i, f := range figures {
			spans[i] = measure.Span{Low: float64(f - rapid.IntRange(0, 20).Draw(t, "below")), High: float64(f + rapid.IntRange(0, 20).Draw(t, "above"))}
		}
		first := slices.Index(figures, slices.Max(append(figures, 0)))
		for i, s := range measure.RankSets(spans) {
			rank := int32(1)
			for _, f := range figures {
				if f > figures[i] {
					rank++
				}
			}
			if s.Low > rank || rank > s.High || s.Low < 1 || int(s.High) > len(figures) {
				t.Fatalf("figure %d of rank %d has set %+v", figures[i], rank, s)
			}
			if i == first && s.Tier != 1 {
				t.Fatalf("the largest is in tier %d", s.Tier)
			}
			if (s.Tier == 1) != (s.Low == 1) {
				t.Fatalf("what may be the largest is the first tier: %+v", s)
			}
		}
	})
}

// Benjamini and Hochberg (1995), section 3.2: fifteen comparisons of treatments of
// myocardial infarction, of which the procedure rejects the first four at 5 % and
// Bonferroni's three.
func TestBenjaminiHochbergAsPublished(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000}
	for i, rejected := range measure.BenjaminiHochberg(p, 0.05) {
		if rejected != (i < 4) {
			t.Errorf("hypothesis %d with probability %v: rejected is %v", i+1, p[i], rejected)
		}
	}
	if got := measure.BenjaminiHochberg(nil, 0.05); len(got) != 0 {
		t.Errorf("of no hypothesis %v", got)
	}
}
