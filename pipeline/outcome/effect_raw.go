package outcome

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// rawDifference is the plain difference of means, with the interval of Welch;
// of shares with that of Newcombe ([model.Newcombe]). Persons come untreated
// first. With fewer than two persons on a side there is none: nil.
//
// Source: Welch, B. L. (1947), Biometrika 34, 28-35.
func rawDifference(persons []*Person, share bool) *Estimate {
	untreated := untreatedOf(persons)
	if min(untreated, len(persons)-untreated) < 2 {
		return nil
	}
	y := make([]float64, len(persons))
	for i, p := range persons {
		y[i] = p.Outcome
	}
	e := &Estimate{UntreatedPersons: untreated, TreatedPersons: len(persons) - untreated}
	n0, n1 := float64(e.UntreatedPersons), float64(e.TreatedPersons)
	var v0, v1 float64
	e.Untreated, v0 = stat.MeanVariance(y[:untreated], nil)
	e.Treated, v1 = stat.MeanVariance(y[untreated:], nil)
	e.Value = e.Treated - e.Untreated
	v0, v1 = v0/n0, v1/n1
	e.StandardError = math.Sqrt(v0 + v1)
	e.Low, e.High = e.Value, e.Value
	switch {
	case share:
		e.Low, e.High = model.Newcombe(e.Treated, n1, e.Untreated, n0)
	case v0+v1 > 0:
		freedom := (v0 + v1) * (v0 + v1) / (v0*v0/(n0-1) + v1*v1/(n1-1))
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}.Quantile(0.975)
		e.Low, e.High = e.Value-t*e.StandardError, e.Value+t*e.StandardError
	}
	return e
}
