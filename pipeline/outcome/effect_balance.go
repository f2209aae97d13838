package outcome

import (
	"math"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// MaxSMD is the greatest standardised mean difference that weighting leaves,
// without its sign. Unit: standard deviations.
func (c *Comparison) MaxSMD() float64 { return maxSMD(c.Balance) }

func maxSMD(rows []Balance) float64 {
	greatest := 0.0
	for _, b := range rows {
		greatest = max(greatest, math.Abs(b.After))
	}
	return greatest
}

// smd is the difference of the weighted means of a main column, whose unit is
// the pooled standard deviation of all persons before weighting.
//
// Source: Austin, P. C. (2009), Balance diagnostics for comparing the
// distribution of baseline covariates between treatment groups in
// propensity-score matched samples, Statistics in Medicine 28, 3083-3107.
func (d *design) smd(t *term, weight []float64) float64 {
	var sum, size [2]float64
	for i, v := range t.values {
		side := int(d.treated(i))
		sum[side] += weight[i] * v
		size[side] += weight[i]
	}
	if size[0] == 0 || size[1] == 0 {
		return math.NaN()
	}
	return sum[1]/size[1] - sum[0]/size[0]
}

// effectiveSize is that of Kish ([model.EffectiveSize]) and the share of the
// largest in all weights.
func effectiveSize(weights []float64) (size, largest float64) {
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum += w
		squares += w * w
		largest = max(largest, w)
	}
	return model.EffectiveSize(sum, squares), largest / sum
}
