package outcome

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat"
)

// bootstrap draws persons with replacement, or clusters of them, within each
// side and stratum, and repeats the whole estimate on each draw; who was
// trimmed stays so, for the estimate is one for those who are left. Draw k is
// seeded from the content and k alone.
//
// Source: Efron, B. and Tibshirani, R. J. (1993), An Introduction to the
// Bootstrap, Chapman and Hall, chapters 6, 8 and 13.
func (q *problem) bootstrap(ctx context.Context, persons []*Person, from fits, o Options) (spread, error) {
	strata := stratify(persons)
	high, low := seed(persons)
	draws := make([]means, o.Draws)
	var workers sync.WaitGroup
	for w := range max(o.Workers, 1) {
		workers.Go(func() {
			count := make([]float64, q.n)
			for k := w; k < o.Draws && ctx.Err() == nil; k += max(o.Workers, 1) {
				strata.draw(count, rand.New(rand.NewPCG(high, low+uint64(k))))
				draws[k], _, _ = q.att(count, from, rough)
			}
		})
	}
	workers.Wait()
	if ctx.Err() != nil {
		return spread{}, ctx.Err()
	}
	s := spread{draws: len(draws)}
	differences, ratios := make([]float64, len(draws)), make([]float64, len(draws))
	for k, m := range draws {
		differences[k], ratios[k] = m.difference(), 1
		if m.treated != m.untreated {
			ratios[k] = m.treated / m.untreated
		}
	}
	s.standardError = stat.StdDev(differences, nil)
	s.low, s.high = percentiles(differences)
	s.ratioLow, s.ratioHigh = percentiles(ratios)
	return s, nil
}

// strata are groups of units that are drawn together; a unit is the persons of
// a cluster, by number.
type strata [][][]int

// stratify puts persons into units and units into strata, so that no draw
// leaves a side empty: clusters with persons of both sides are a stratum of their
// own. One with persons of several strata belongs to that of the first.
func stratify(persons []*Person) (all strata) {
	type key struct {
		stratum, cluster string
		treated          bool
	}
	sides := map[string][2]bool{}
	for _, p := range persons {
		s := sides[p.Cluster]
		if p.Treated {
			s[1] = true
		} else {
			s[0] = true
		}
		sides[p.Cluster] = s
	}
	stratumOf, unitOf := map[key]int{}, map[string][2]int{}
	for i, p := range persons {
		if at, known := unitOf[p.Cluster]; known && p.Cluster != "" {
			all[at[0]][at[1]] = append(all[at[0]][at[1]], i)
			continue
		}
		k := key{stratum: p.Stratum, treated: p.Treated}
		if p.Cluster != "" && sides[p.Cluster] == [2]bool{true, true} {
			k = key{stratum: p.Stratum, cluster: "of both sides"}
		}
		at, known := stratumOf[k]
		if !known {
			at = len(all)
			stratumOf[k] = at
			all = append(all, nil)
		}
		unitOf[p.Cluster] = [2]int{at, len(all[at])}
		all[at] = append(all[at], []int{i})
	}
	return all
}

// draw counts how often each person is drawn.
func (s strata) draw(count []float64, random *rand.Rand) {
	clear(count)
	for _, units := range s {
		for range units {
			for _, i := range units[random.IntN(len(units))] {
				count[i]++
			}
		}
	}
}

// percentiles returns the 2.5 % and 97.5 % quantiles.
func percentiles(values []float64) (low, high float64) {
	slices.Sort(values)
	return stat.Quantile(0.025, stat.LinInterp, values, nil), stat.Quantile(0.975, stat.LinInterp, values, nil)
}
