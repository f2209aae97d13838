package evaluation

import (
	"math/rand/v2"
	"slices"
)

// Bootstrap draws items with replacement.
type Bootstrap struct {
	Draws int    // at least 1
	Seed  uint64 // the same seed gives the same draws
}

// Estimate is a value with the bounds between which 95 in 100 draws of it lie.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Difference is how much more one ranker gets than another on the same items.
type Difference struct {
	Estimate
	Better float64 `json:"better"` // share of the draws in which it is above 0
}

// Estimate returns a statistic of n items, at least one, with its interval. The
// statistic is given the places of the items drawn and must not keep them.
// Source: Efron 1979, percentile interval.
func (b Bootstrap) Estimate(n int, statistic func(sample []int) float64) Estimate {
	value, drawn := b.draw(n, statistic)
	return estimateOf(value, drawn)
}

// Difference returns the mean of n paired differences, at least one, with its
// interval.
func (b Bootstrap) Difference(differences []float64) Difference {
	value, drawn := b.draw(len(differences), meanOf(differences))
	better := 0
	for _, d := range drawn {
		if d > 0 {
			better++
		}
	}
	return Difference{Estimate: estimateOf(value, drawn), Better: float64(better) / float64(len(drawn))}
}

// draw returns the statistic of all items, and of each draw.
func (b Bootstrap) draw(n int, statistic func(sample []int) float64) (value float64, drawn []float64) {
	random := rand.New(rand.NewPCG(b.Seed, 0))
	sample := make([]int, n)
	for i := range sample {
		sample[i] = i
	}
	value = statistic(sample)
	drawn = make([]float64, b.Draws)
	for d := range drawn {
		for i := range sample {
			sample[i] = random.IntN(n)
		}
		drawn[d] = statistic(sample)
	}
	return value, drawn
}

func estimateOf(value float64, drawn []float64) Estimate {
	slices.Sort(drawn)
	at := func(share float64) float64 { return drawn[int(share*float64(len(drawn)-1)+0.5)] }
	return Estimate{Value: value, Low: at(0.025), High: at(0.975)}
}

// meanOf returns the statistic that is the mean of values.
func meanOf(values []float64) func(sample []int) float64 {
	return func(sample []int) float64 {
		sum := 0.0
		for _, i := range sample {
			sum += values[i]
		}
		return sum / float64(len(sample))
	}
}
