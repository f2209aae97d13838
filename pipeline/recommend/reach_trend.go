package recommend

import (
	"cmp"
	"math"
	"slices"
)

// z is the 97.5 % quantile of the standard normal distribution: intervals are
// two-sided at 95 %.
const z = 1.959963984540054

// Trend says how the demand for several skills together has moved within a year.
type Trend struct {
	Skills           int     // with a share in both years
	Ratio, Low, High float64 // 1 is no change
}

// TrendOf returns the sum of the demand shares of the skills in the newest twelve
// months over their sum in the twelve months before, with a 95 % interval. A skill
// that one of the years does not publish is left out of both: unknown is not
// zero. ok is false where none remains, or one of the sums is 0. Unit: ratio.
//
// The interval is the log interval of a ratio of two independent proportions (Katz,
// D. et al. (1978), Obtaining confidence intervals for the risk ratio in cohort
// studies, Biometrics 34, 469-474) with effective numbers of vacancies; the
// variances of the shares of one year are added, as if skills were asked for
// independently of one another.
func TrendOf(skills []int32, now, before *Market) (t Trend, ok bool) {
	var sumNow, sumBefore, varNow, varBefore float64
	for _, s := range skills {
		a, here := now.find(s)
		b, there := before.find(s)
		if !here || !there {
			continue
		}
		t.Skills++
		sumNow += a.Share
		sumBefore += b.Share
		varNow += a.Share * (1 - a.Share) / now.NEffective
		varBefore += b.Share * (1 - b.Share) / before.NEffective
	}
	if sumNow == 0 || sumBefore == 0 {
		return t, false
	}
	t.Ratio = sumNow / sumBefore
	se := math.Sqrt(varNow/(sumNow*sumNow) + varBefore/(sumBefore*sumBefore))
	t.Low, t.High = t.Ratio*math.Exp(-z*se), t.Ratio*math.Exp(z*se)
	return t, true
}

// falls returns the probability of a ratio at least as low, were there no change:
// one-sided, by the normal distribution of its logarithm, whose standard error is
// read off its 95 % interval. A ratio without width that is below 1 is no chance.
func falls(ratio, low, high float64) float64 {
	se := math.Log(high/low) / (2 * z)
	switch {
	case se > 0:
		return 0.5 * math.Erfc(-math.Log(ratio)/se/math.Sqrt2)
	case ratio < 1:
		return 0
	}
	return 1
}

// discoveries tells which of the hypotheses with these probabilities are rejected
// while of those rejected at most the part q is expected to be so falsely.
//
// Source: Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery
// rate, Journal of the Royal Statistical Society B 57, 289-300.
func discoveries(ps []float64, q float64) []bool {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	found := make([]bool, len(ps))
	last := -1
	for rank, i := range order {
		if ps[i] <= q*float64(rank+1)/float64(len(ps)) {
			last = rank
		}
	}
	for _, i := range order[:last+1] {
		found[i] = true
	}
	return found
}
