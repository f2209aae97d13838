package linker

import "math"

// likelihood is the probability, by a logistic function of a few cues, that a
// sentence asks for a skill at all.
func likelihood(c *context, length int) float32 {
	z := 0.0
	for _, f := range c.features(length) {
		z += f
	}
	return float32(1 / (1 + math.Exp(-z)))
}

func (c *context) features(length int) [1]float64 { return [1]float64{} }
