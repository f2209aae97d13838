package outcome

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// calibrate returns weights of the untreated, which sum to 1, that give them
// the means of the treated in the columns of the covariates, and lie as near as they can to
// the odds of the propensity (log odds in logOdds), in the sense of
// Kullback-Leibler. Means that no weights can reach are approached as far as
// the penalty allows. tilt is where to start.
//
// Sources: Deville, J.-C. and Särndal, C.-E. (1992), Calibration estimators in
// survey sampling, JASA 87, 376-382; Hainmueller, J. (2012), Entropy
// balancing for causal effects, Political Analysis 20, 25-46; Imai, K. and
// Ratkovic, M. (2014), Covariate balancing propensity score, JRSS B 76,
// 243-263; Zhao, Q. and Percival, D. (2017), Entropy balancing is doubly
// robust, Journal of Causal Inference 5. With a penalty: Wang, Y. and
// Zubizarreta, J. R. (2020), Minimal dispersion approximately balancing
// weights, Biometrika 107, 93-105.
func (d *design) calibrate(logOdds, count, tilt []float64, tolerance float64) (weights, solution []float64) {
	target, treated := make([]float64, d.balanced), 0.0
	for i := d.untreated; i < d.n; i++ {
		treated += count[i]
		for j, v := range d.row(i)[1 : 1+d.balanced] {
			target[j] += count[i] * v
		}
	}
	for j := range target {
		target[j] /= treated
	}
	weights = make([]float64, d.untreated)
	solution = newton(tilt, tolerance*treated, func(b, gradient, hessian []float64) float64 {
		sum, top := d.tilt(weights, logOdds, count, b)
		clear(gradient)
		clear(hessian)
		for i, w := range weights {
			if w == 0 {
				continue
			}
			row := d.row(i)[1 : 1+d.balanced]
			for j, v := range row {
				gradient[j] += w / sum * v
			}
			addOuter(hessian, treated*w/sum, row)
		}
		addOuter(hessian, -treated, gradient)
		for j := range gradient {
			gradient[j] = treated * (gradient[j] - target[j])
		}
		return treated*(top+math.Log(sum)-floats.Dot(target, b)) + ridge(b, gradient, hessian, 0)
	})
	sum, _ := d.tilt(weights, logOdds, count, solution)
	for i := range weights {
		weights[i] /= sum
	}
	return weights, solution
}

// tilt fills weights with count·exp(logOdds + row·b - top), top being the
// greatest exponent, and returns their sum and top.
func (d *design) tilt(weights, logOdds, count, b []float64) (sum, top float64) {
	top = math.Inf(-1)
	for i := range weights {
		weights[i] = math.Inf(-1)
		if count[i] > 0 {
			weights[i] = logOdds[i] + floats.Dot(d.row(i)[1:1+d.balanced], b)
			top = max(top, weights[i])
		}
	}
	for i, z := range weights {
		weights[i] = 0
		if count[i] > 0 {
			weights[i] = count[i] * math.Exp(z-top)
			sum += weights[i]
		}
	}
	return sum, top
}
