package outcome

import "gonum.org/v1/gonum/floats"

// problem is a doubly robust estimate to be made: persons as a design, and the
// outcome of each.
type problem struct {
	*design
	y     []float64
	share bool // the outcome is 0 or 1
}

// fits are the coefficients of an estimate, from which the next one starts.
type fits struct{ propensity, tilt, outcome []float64 }

func (q *problem) start() fits {
	return fits{make([]float64, q.p), make([]float64, q.balanced), make([]float64, q.p)}
}

// expected is the outcome of a person without treatment, by the outcome regression.
func (q *problem) expected(i int, outcome []float64) float64 {
	z := floats.Dot(q.row(i), outcome)
	if q.share {
		return logistic(z)
	}
	return z
}

// means are the mean outcome of the treated, and what it would have been
// without treatment.
type means struct{ treated, untreated float64 }

func (m means) difference() float64 { return m.treated - m.untreated }

// att estimates the means with each person counted count times:
//
//	treated   = mean of y over the treated
//	untreated = mean of m(x) over the treated + Σ w (y - m(x)) over the untreated
//
// with the outcome regression m among the untreated, and the weights w of
// [design.calibrate], which sum to 1. The difference is right if either the
// propensity or the outcome regression is.
//
// Sources: Robins, J. M., Rotnitzky, A. and Zhao, L. P. (1994), JASA 89, 846-866;
// Bang, H. and Robins, J. M. (2005), Biometrics 61, 962-973; weights normalised as
// in Hirano, K., Imbens, G. W. and Ridder, G. (2003), Econometrica 71, 1161-1189.
func (q *problem) att(count []float64, from fits, tolerance float64) (m means, weights []float64, to fits) {
	to.propensity = q.fitLogistic(0, q.n, q.treated, count, from.propensity, tolerance)
	logOdds := make([]float64, q.untreated)
	for i := range logOdds {
		logOdds[i] = floats.Dot(q.row(i), to.propensity)
	}
	weights, to.tilt = q.calibrate(logOdds, count, from.tilt, tolerance)
	y := func(i int) float64 { return q.y[i] }
	if q.share {
		to.outcome = q.fitLogistic(0, q.untreated, y, count, from.outcome, tolerance)
	} else {
		to.outcome = q.fitLinear(0, q.untreated, y, count)
	}
	size := 0.0
	for i := q.untreated; i < q.n; i++ {
		if c := count[i]; c > 0 {
			size += c
			m.treated += c * q.y[i]
			m.untreated += c * q.expected(i, to.outcome)
		}
	}
	m.treated /= size
	m.untreated /= size
	for i, w := range weights {
		if w > 0 {
			m.untreated += w * (q.y[i] - q.expected(i, to.outcome))
		}
	}
	if q.share {
		m.untreated = min(max(m.untreated, 0), 1)
	}
	return m, weights, to
}

// treated is 1 for the treated, 0 for the untreated.
func (d *design) treated(i int) float64 {
	if i < d.untreated {
		return 0
	}
	return 1
}
