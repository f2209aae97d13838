package outcome

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// penalty is that of every fit, on the square of each coefficient of a
// standardised column: a normal prior with mean 0 and standard deviation 2.5,
// for a change of one standard deviation seldom moves log odds by 5 (Gelman,
// Jakulin, Pittau and Su 2008). It is worth less than one person, so that it
// vanishes as the sample grows, and it keeps every fit finite.
const penalty = 1 / (2.5 * 2.5)

// Newton's method ends at a greatest gradient, in standard deviations of a
// column per person: exact is that of an estimate, rough that of one bootstrap
// draw among hundreds, far below how much draws differ.
const (
	exact    = 1e-8
	rough    = 1e-3
	maxSteps = 50
	halvings = 30
)

// objective returns the value of a convex function at b and fills gradient and
// Hessian, of which the upper triangle counts.
type objective func(b, gradient, hessian []float64) float64

// newton minimises a convex function from start to a greatest gradient,
// halving steps that do not lower it.
func newton(start []float64, enough float64, f objective) []float64 {
	p := len(start)
	if p == 0 {
		return nil
	}
	b, next := slices.Clone(start), make([]float64, p)
	gradient, hessian := make([]float64, p), make([]float64, p*p)
	value := f(b, gradient, hessian)
	for range maxSteps {
		if greatest(gradient) <= enough {
			break
		}
		step, ok := solve(hessian, gradient)
		if !ok {
			break
		}
		before := value
		for t, tries := 1.0, 0; tries < halvings; t, tries = t/2, tries+1 {
			floats.AddScaledTo(next, b, -t, step)
			if value = f(next, gradient, hessian); value <= before {
				break
			}
		}
		if !(value <= before) {
			break // b is as low as rounding lets us go
		}
		b, next = next, b
		if before-value <= 1e-14*math.Abs(before) {
			break
		}
	}
	return b
}

func greatest(v []float64) float64 {
	m := 0.0
	for _, x := range v {
		m = max(m, math.Abs(x))
	}
	return m
}

// solve solves the symmetric system of the upper triangle a.
func solve(a, v []float64) ([]float64, bool) {
	p := len(v)
	var c mat.Cholesky
	if !c.Factorize(mat.NewSymDense(p, a)) {
		return nil, false
	}
	var x mat.VecDense
	if err := c.SolveVecTo(&x, mat.NewVecDense(p, v)); err != nil {
		return nil, false
	}
	return x.RawVector().Data, true
}

// addOuter adds w·row·row' to the upper triangle of a.
func addOuter(a []float64, w float64, row []float64) {
	p := len(row)
	for j, v := range row {
		s := w * v
		if s == 0 {
			continue
		}
		floats.AddScaled(a[j*p+j:(j+1)*p], s, row[j:])
	}
}

// logistic returns 1 / (1 + exp(-z)).
func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// logisticLoss returns logistic(z) and ln(1 + exp(z)), without overflow, from
// one exponential.
func logisticLoss(z float64) (e, loss float64) {
	t := math.Exp(-math.Abs(z))
	if e = 1 / (1 + t); z < 0 {
		e = t / (1 + t)
	}
	return e, max(z, 0) + math.Log1p(t)
}

// fitLogistic returns the coefficients of a ridge logistic regression of y (0
// or 1) on rows from..to of d, each counted weight times; the constant is not
// penalised.
//
// Source: le Cessie, S. and van Houwelingen, J. C. (1992), Ridge estimators in
// logistic regression, Applied Statistics 41, 191-201.
func (d *design) fitLogistic(from, to int, y func(i int) float64, weight, start []float64, tolerance float64) []float64 {
	size := 0.0
	for i := from; i < to; i++ {
		size += weight[i]
	}
	return newton(start, tolerance*size, func(b, gradient, hessian []float64) float64 {
		clear(gradient)
		clear(hessian)
		value := 0.0
		for i := from; i < to; i++ {
			w := weight[i]
			if w == 0 {
				continue
			}
			row := d.row(i)
			z := floats.Dot(row, b)
			e, loss := logisticLoss(z)
			value += w * (loss - y(i)*z)
			r := w * (e - y(i))
			for j, v := range row {
				gradient[j] += r * v
			}
			addOuter(hessian, w*e*(1-e), row)
		}
		return value + ridge(b, gradient, hessian, 1)
	})
}

// ridge adds the penalty on b[from:] to gradient and Hessian and returns it.
func ridge(b, gradient, hessian []float64, from int) float64 {
	value := 0.0
	for j := from; j < len(b); j++ {
		value += penalty / 2 * b[j] * b[j]
		gradient[j] += penalty * b[j]
		hessian[j*len(b)+j] += penalty
	}
	return value
}

// fitLinear returns the coefficients of a ridge linear regression of y on rows
// from..to of d, each counted weight times; the constant is not penalised.
//
// Source: Hoerl, A. E. and Kennard, R. W. (1970), Ridge regression: biased
// estimation for nonorthogonal problems, Technometrics 12, 55-67.
func (d *design) fitLinear(from, to int, y func(i int) float64, weight []float64) []float64 {
	gram, right := make([]float64, d.p*d.p), make([]float64, d.p)
	for i := from; i < to; i++ {
		w := weight[i]
		if w == 0 {
			continue
		}
		row := d.row(i)
		addOuter(gram, w, row)
		wy := w * y(i)
		for j, v := range row {
			right[j] += wy * v
		}
	}
	ridge(make([]float64, d.p), make([]float64, d.p), gram, 1)
	b, ok := solve(gram, right)
	if !ok {
		return make([]float64, d.p)
	}
	return b
}
