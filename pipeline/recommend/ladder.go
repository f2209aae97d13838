package recommend

import (
	"math"
	"slices"
)

// rung is a combination of steps of the ladder: by how much each candidate may cost.
type rung [budgets + 1]float64

// weekly is the place of hours per week in a rung, after the budgets.
const weekly = budgets

// of returns what a candidate costs, for the ladder: NaN where not known. Weeks are
// those of full time, which no pace undercuts.
func (c *candidate) of(dimension int) float64 {
	return [...]float64{c.price, c.hours, c.atFullTime, c.weekly}[dimension]
}

// shortlists returns the lists of candidates that are looked at exactly. Each depends
// on the candidates alone; the limits only decide how many lists there are, and the
// higher they are the more.
func (b *problem) shortlists() [][]int32 {
	limits := b.purse()
	reach := rung{limits.left[money], limits.left[hours], limits.left[weeks], math.Inf(1)}
	if h := b.pool.request.HoursPerWeek; h != nil {
		reach[weekly] = *h
	}
	rungs := []rung{{}}
	for d := range reach {
		var next []rung
		for _, step := range b.steps(d, reach[d]) {
			for _, r := range rungs {
				r[d] = step
				next = append(next, r)
			}
		}
		rungs = next
	}
	var lists, seen [][]int32
	for _, r := range rungs {
		among := b.within(r)
		if slices.ContainsFunc(seen, func(s []int32) bool { return slices.Equal(s, among) }) {
			continue
		}
		seen = append(seen, among)
		lists = append(lists, b.shortlist(among))
	}
	return lists
}

// steps returns the rungs of one dimension that a limit reaches, the last one at or
// above it: quantiles of what the candidates cost, then "any", which is +Inf.
func (b *problem) steps(dimension int, limit float64) []float64 {
	var all []float64
	for k := range b.candidates {
		if v := b.candidates[k].of(dimension); !math.IsNaN(v) {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	var steps []float64
	n := b.pool.request.Rungs
	for i := 1; i <= n && len(all) > 0; i++ {
		steps = append(steps, all[(len(all)-1)*i/(n+1)])
	}
	steps = append(slices.Compact(steps), math.Inf(1))
	for i, step := range steps {
		if step >= limit {
			return steps[:i+1]
		}
	}
	return steps
}

// within lists the candidates that cost no more than a rung; where it has a limit,
// their cost must be known.
func (b *problem) within(r rung) []int32 {
	var among []int32
	for k := range b.candidates {
		fits := true
		for d, step := range r {
			fits = fits && (math.IsInf(step, 1) || b.candidates[k].of(d) <= step)
		}
		if fits {
			among = append(among, int32(k))
		}
	}
	return among
}

// shortlist takes up to [ExactLimit] of some candidates, with what they need: those
// that greedy takes first by each rule, in turn.
func (b *problem) shortlist(among []int32) []int32 {
	if len(among) <= ExactLimit {
		return among
	}
	start := b.empty()
	start.standard = true
	start.purse = purse{[budgets]float64{math.Inf(1), math.Inf(1), math.Inf(1)}, ExactLimit}
	var orders [][]int32
	for _, r := range []rule{byGain, per(money), per(hours), per(weeks)} {
		steps := b.greedy(among, r, start)
		orders = append(orders, steps[len(steps)-1].chosen)
	}
	var list []int32
	for turn := 0; turn < ExactLimit && len(list) < ExactLimit; turn++ {
		for _, order := range orders {
			if turn < len(order) && len(list) < ExactLimit && !slices.Contains(list, order[turn]) {
				list = append(list, order[turn])
			}
		}
	}
	slices.Sort(list)
	return list
}
