package measure

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Span is an interval of a figure.
type Span struct{ Low, High float64 }

// RankSet is what intervals allow to be said of a figure's place among others, 1 for
// the largest.
type RankSet struct {
	Low, High int32 // best and worst rank
	// Tier 1 holds what may be the largest; tier 2 what may be the largest of the
	// others; and so on.
	Tier int32
}

// RankSets returns the rank sets of figures with the given intervals. Where the
// intervals hold all true figures together with 95 % confidence, so do the sets all
// ranks: a rank is no better than one more than the number of intervals wholly above,
// and no worse than the number of those not wholly below.
//
// Source: Klein, M., Wright, T. and Wieczorek, J. (2020), A joint confidence region
// for an overall ranking of populations, Journal of the Royal Statistical Society C
// 69, 589-606.
func RankSets(spans []Span) []RankSet {
	sets := make([]RankSet, len(spans))
	lows, highs := make([]float64, len(spans)), make([]float64, len(spans))
	for i, s := range spans {
		lows[i], highs[i] = s.Low, s.High
	}
	slices.Sort(lows)
	slices.Sort(highs)
	for i, s := range spans {
		notAbove, _ := slices.BinarySearchFunc(lows, s.High, after)
		below, _ := slices.BinarySearch(highs, s.Low)
		sets[i].Low = int32(len(spans) - notAbove + 1)
		sets[i].High = int32(len(spans) - below)
	}
	tiers(spans, sets)
	return sets
}

// after orders equal values before the one looked for, so that the search ends
// behind them.
func after(value, target float64) int {
	if value <= target {
		return -1
	}
	return 1
}

// tiers divides the figures in order of the lower ends: a tier begins with the
// highest that is left, and holds all that reach it.
func tiers(spans []Span, sets []RankSet) {
	byHigh := make([]int32, len(spans))
	for i := range spans {
		byHigh[i] = int32(i)
	}
	slices.SortFunc(byHigh, func(a, b int32) int { return cmp.Compare(spans[b].High, spans[a].High) })
	// The highest lower end of the figures from here on, in that order.
	left := make([]float64, len(spans))
	for i := len(byHigh) - 1; i >= 0; i-- {
		left[i] = spans[byHigh[i]].Low
		if i+1 < len(left) {
			left[i] = max(left[i], left[i+1])
		}
	}
	tier := int32(0)
	for next := 0; next < len(byHigh); {
		first := left[next]
		tier++
		sets[byHigh[next]].Tier = tier
		for next++; next < len(byHigh) && spans[byHigh[next]].High >= first; next++ {
			sets[byHigh[next]].Tier = tier
		}
	}
}

// together returns the quantile with which n two-sided intervals hold all n figures
// at once with 95 % confidence (Bonferroni).
func together(n int) float64 { return distuv.UnitNormal.Quantile(1 - 0.025/float64(max(n, 1))) }
