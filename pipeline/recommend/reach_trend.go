package recommend

import "math"

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
// studies, Biometrics 34, 469-474) with effective numbers of vacancies. Where a
// skill's own growth has a wider interval, since employers advertise in bursts, its
// variance is as much larger. The variances of the shares of one year are added, as
// if skills were asked for independently of one another.
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
		wider := a.bursts(now.NEffective, b.Share, before.NEffective)
		varNow += wider * a.Share * (1 - a.Share) / now.NEffective
		varBefore += wider * b.Share * (1 - b.Share) / before.NEffective
	}
	if sumNow == 0 || sumBefore == 0 {
		return t, false
	}
	t.Ratio = sumNow / sumBefore
	se := math.Sqrt(varNow/(sumNow*sumNow) + varBefore/(sumBefore*sumBefore))
	t.Low, t.High = t.Ratio*math.Exp(-z*se), t.Ratio*math.Exp(z*se)
	return t, true
}

// bursts returns by how much the variance of the logarithm of the skill's growth is
// larger than that of independent vacancies, at least 1.
func (a Asked) bursts(n, before, m float64) float64 {
	if a.GrowthLow == nil || a.GrowthHigh == nil || a.Share == 0 || before == 0 {
		return 1
	}
	alone := (1-a.Share)/(n*a.Share) + (1-before)/(m*before)
	clustered := math.Log(*a.GrowthHigh / *a.GrowthLow) / (2 * z)
	return max(1, clustered*clustered/alone)
}
