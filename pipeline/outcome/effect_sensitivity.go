package outcome

import (
	"math"
)

// EValue returns the least strength, as a risk ratio, that an unobserved cause
// would need with both treatment and outcome to explain a risk ratio away:
// RR + sqrt(RR (RR - 1)), of 1/RR where RR is below 1. Unit: risk ratio, at
// least 1; that of a ratio of 0 is infinite.
//
// Source: VanderWeele, T. J. and Ding, P. (2017), Sensitivity analysis in
// observational research: introducing the E-value, Annals of Internal Medicine
// 167, 268-274.
func EValue(ratio float64) float64 {
	if ratio < 1 {
		ratio = 1 / ratio
	}
	return ratio + math.Sqrt(ratio*(ratio-1))
}

// EValueOfLimit returns the [EValue] of the limit of the interval of a risk
// ratio that is nearer to 1; 1 where the interval holds 1.
func EValueOfLimit(low, high float64) float64 {
	switch {
	case low > 1:
		return EValue(low)
	case high < 1:
		return EValue(high)
	}
	return 1
}

// sensitivity turns an estimate into a risk ratio: of shares it is theirs; a
// difference of means is divided by the standard deviation of the outcome (d),
// and made exp(0.91 d), as are the limits of its interval. nil where that is no
// finite number.
//
// Source of the conversion: Chinn, S. (2000), Statistics in Medicine 19,
// 3127-3131, and Hasselblad, V. and Hedges, L. V. (1995), Psychological Bulletin
// 117, 167-178, as in VanderWeele and Ding (2017), table 2.
func (q *problem) sensitivity(m means, s spread) *Sensitivity {
	r := &Sensitivity{RiskRatio: m.treated / m.untreated, RiskRatioLow: s.ratioLow, RiskRatioHigh: s.ratioHigh}
	if !q.share {
		deviation := math.Sqrt((variance(q.y[:q.untreated]) + variance(q.y[q.untreated:])) / 2)
		ratio := func(difference float64) float64 { return math.Exp(0.91 * difference / deviation) }
		r.RiskRatio, r.RiskRatioLow, r.RiskRatioHigh = ratio(m.difference()), ratio(s.low), ratio(s.high)
	}
	r.EValue, r.EValueLimit = EValue(r.RiskRatio), EValueOfLimit(r.RiskRatioLow, r.RiskRatioHigh)
	for _, v := range []float64{r.EValue, r.EValueLimit, r.RiskRatioLow, r.RiskRatioHigh} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	return r
}
