package outcome

import (
	"cmp"
	"context"
	"math"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// spread is how sure an estimate is: the 95 % interval of the difference, and
// that of the ratio of the two means.
type spread struct {
	standardError, low, high, ratioLow, ratioHigh float64
	draws                                         int
}

// spread draws, or computes, the spread of an estimate.
func (q *problem) spread(ctx context.Context, persons []*Person, m means, weights []float64, f fits, o Options) (spread, error) {
	if q.n > cmp.Or(o.MostDrawn, MostDrawn) {
		return q.influence(persons, m, weights, f), nil
	}
	return q.bootstrap(ctx, persons, f, o)
}

// influence adds up, over persons or clusters of them, the squared influence
// of each on the estimate.
//
// Source: Robins, Rotnitzky and Zhao (1994), as for [problem.att]; clustered as in
// Liang, K.-Y. and Zeger, S. L. (1986), Biometrika 73, 13-22.
func (q *problem) influence(persons []*Person, m means, weights []float64, f fits) (s spread) {
	expected, n1 := 0.0, float64(q.n-q.untreated)
	for i := q.untreated; i < q.n; i++ {
		expected += q.expected(i, f.outcome) / n1
	}
	difference, ratio := 0.0, 0.0
	for _, units := range stratify(persons) {
		for _, unit := range units {
			treated, untreated := 0.0, 0.0
			for _, i := range unit {
				e := q.expected(i, f.outcome)
				if i < q.untreated {
					untreated += weights[i] * (q.y[i] - e)
					continue
				}
				treated += (q.y[i] - m.treated) / n1
				untreated += (e - expected) / n1
			}
			difference += (treated - untreated) * (treated - untreated)
			r := treated/m.treated - untreated/m.untreated
			ratio += r * r
		}
	}
	s.standardError = math.Sqrt(difference)
	s.low, s.high = m.difference()-model.Z95*s.standardError, m.difference()+model.Z95*s.standardError
	factor := math.Exp(model.Z95 * math.Sqrt(ratio))
	s.ratioLow, s.ratioHigh = m.treated/m.untreated/factor, m.treated/m.untreated*factor
	return s
}
