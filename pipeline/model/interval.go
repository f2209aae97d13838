package model

import "math"

// Z95 is the 97.5 % quantile of the standard normal distribution: published
// intervals are two-sided at 95 %.
const Z95 = 1.959963984540054

// EffectiveSize returns the number of equally weighted observations that are
// worth as much as those with the given sum of weights and sum of squared
// weights: (Σw)² / Σw². Unit: observations. Without weights it is 0.
//
// Source: Kish, L. (1965), Survey Sampling, Wiley: the effective sample size
// under weighting.
func EffectiveSize(sum, sumOfSquares float64) float64 {
	if sumOfSquares == 0 {
		return 0
	}
	return sum * sum / sumOfSquares
}

// Wilson returns the 95 % score interval of a share seen among n observations;
// n may be an [EffectiveSize]. Unit: 0..1, and low <= share <= high. With no
// observation nothing is known: 0 to 1.
//
// Source: Wilson, E. B. (1927), Probable inference, the law of succession, and
// statistical inference, Journal of the American Statistical Association 22,
// 209-212; method 3, without continuity correction, of Newcombe, R. G. (1998),
// Statistics in Medicine 17, 857-872.
func Wilson(share, n float64) (low, high float64) { return wilson(share, n, Z95) }

// wilson is [Wilson] for another quantile z than that of 95 %.
func wilson(share, n, z float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	centre := n*share + z*z/2
	half := z * math.Sqrt(n*share*(1-share)+z*z/4)
	// Rounding may carry an end past the share, 0 or 1 where they meet.
	low = min(max((centre-half)/(n+z*z), 0), share)
	high = max(min((centre+half)/(n+z*z), 1), share)
	return low, high
}

// Newcombe returns the 95 % interval of the difference a - b of two
// independent shares, each with its number of observations. Unit: -1..1. A
// share without observations contributes its whole range, as in [Wilson].
//
// Source: method 10 (hybrid score, without continuity correction) of Newcombe,
// R. G. (1998), Interval estimation for the difference between independent
// proportions: comparison of eleven methods, Statistics in Medicine 17,
// 873-890.
func Newcombe(a, na, b, nb float64) (low, high float64) { return NewcombeAt(a, na, b, nb, Z95) }

// NewcombeAt is [Newcombe] for another quantile z than that of 95 %.
func NewcombeAt(a, na, b, nb, z float64) (low, high float64) {
	aLow, aHigh := wilson(a, na, z)
	bLow, bHigh := wilson(b, nb, z)
	low = a - b - math.Hypot(a-aLow, bHigh-b)
	high = a - b + math.Hypot(aHigh-a, b-bLow)
	return max(low, -1), min(high, 1)
}
