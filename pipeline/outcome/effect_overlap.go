package outcome

import "gonum.org/v1/gonum/floats"

// maxPropensity is the propensity beyond which nobody is compared: one
// untreated person would stand for more than nine treated ones.
//
// Source: Crump, R. K., Hotz, V. J., Imbens, G. W. and Mitnik, O. A. (2009),
// Dealing with limited overlap in estimation of average treatment effects,
// Biometrika 96, 187-199, whose rule of thumb is 0.1 to 0.9. For the treated
// only the upper end matters.
const maxPropensity = 0.9

// trim returns who is compared: persons whose propensity lies between the
// least of the treated and the greatest of the untreated, or [maxPropensity].
// Below, untreated persons are unlike all treated and would weigh next to
// nothing; above, treated persons have no like.
//
// Source of the lower end: Dehejia, R. H. and Wahba, S. (1999), Causal effects in
// nonexperimental studies, JASA 94, 1053-1062.
func (d *design) trim() (kept []bool, o Overlap) {
	b := d.fitLogistic(0, d.n, d.treated, ones(d.n), make([]float64, d.p), exact)
	propensity, low, high := make([]float64, d.n), 1.0, 0.0
	for i := range propensity {
		propensity[i] = logistic(floats.Dot(d.row(i), b))
		if i < d.untreated {
			high = max(high, propensity[i])
		} else {
			low = min(low, propensity[i])
		}
	}
	o.Limit = min(high, maxPropensity)
	kept = make([]bool, d.n)
	for i, e := range propensity {
		kept[i] = low <= e && e <= o.Limit
		switch {
		case kept[i]:
		case i < d.untreated:
			o.UntreatedDropped++
		default:
			o.TreatedDropped++
		}
	}
	return kept, o
}

func ones(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = 1
	}
	return all
}
