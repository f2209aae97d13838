package outcome

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

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

// treatedMean and untreatedMean are weighted means of a main column. Its unit is
// the pooled standard deviation of all persons before weighting, and so their
// difference is the standardised one.
//
// Source: Austin, P. C. (2009), Balance diagnostics for comparing the
// distribution of baseline covariates between treatment groups in
// propensity-score matched samples, Statistics in Medicine 28, 3083-3107.
func (d *design) treatedMean(t *term, weight []float64) float64 {
	return stat.Mean(t.values[d.untreated:], weight[d.untreated:])
}

func (d *design) untreatedMean(t *term, weight []float64) float64 {
	return stat.Mean(t.values[:d.untreated], weight[:d.untreated])
}

// effectiveSize is that of Kish ([model.EffectiveSize]) and the share of the
// largest in all weights.
func effectiveSize(weights []float64) (size, largest float64) {
	sum := floats.Sum(weights)
	return model.EffectiveSize(sum, floats.Dot(weights, weights)), floats.Max(weights) / sum
}
