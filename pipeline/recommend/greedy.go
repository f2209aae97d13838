package recommend

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// rule says by what greedy prefers: the gain over the cost in one unit, or the gain
// alone.
type rule func(gain float64, cost [budgets]float64) float64

func byGain(gain float64, _ [budgets]float64) float64 { return gain }

// perCost prefers the gain per cost, where costs are parts of what may be spent at
// most.
func perCost(limits purse) rule {
	return func(gain float64, cost [budgets]float64) float64 {
		share := 1 / float64(limits.count)
		for i, left := range limits.left {
			if limited(left) && left > 0 {
				share += cost[i] / left
			}
		}
		return gain / share
	}
}

// per prefers the gain per unit of one budget. Offers that cost none of it come first,
// by gain.
func per(budget int) rule {
	return func(gain float64, cost [budgets]float64) float64 {
		return gain / (cost[budget] + 1e-3)
	}
}

// entry is a candidate in the heap with a key that is never less than its worth.
type entry struct {
	key       float64
	candidate int32
}

type queue []entry

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[j].key, q[i].key), cmp.Compare(q[i].candidate, q[j].candidate)) < 0
}
func (q *queue) Push(e any) { *q = append(*q, e.(entry)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	*q = (*q)[:last]
	return e
}

// greedy adds candidates, each with what it needs, the worthiest first, while they
// fit. It is lazy (Leskovec et al. 2007): the worth of a candidate by the least that
// it can cost and what it added at an earlier step is never less than its worth now,
// so most need not be looked at again. The states are those after each step.
func (b *problem) greedy(among []int32, worth rule, start *state) []*state {
	steps := []*state{start}
	q := make(queue, 0, len(among))
	for _, k := range among {
		q = append(q, entry{math.Inf(1), k})
	}
	for s := start; s.purse.count > 0 && len(q) > 0; {
		best, bestWorth, bestNext := entry{candidate: -1}, 0.0, (*state)(nil)
		var looked queue
		for len(q) > 0 && (best.candidate < 0 || q[0].key >= bestWorth) {
			k := heap.Pop(&q).(entry).candidate
			if slices.Contains(s.chosen, k) || !s.fits(k) {
				continue // what does not fit now will not fit later
			}
			gain, cost, next := s.step(k)
			if gain <= 0 {
				continue
			}
			looked = append(looked, entry{worth(gain, b.candidates[k].least), k})
			if w := worth(gain, cost); best.candidate < 0 || w > bestWorth || w == bestWorth && k < best.candidate {
				best, bestWorth, bestNext = entry{candidate: k}, w, next
			}
		}
		if best.candidate < 0 {
			break
		}
		if bestNext == nil {
			bestNext = s.after(best.candidate)
		}
		s = bestNext
		steps = append(steps, s)
		for _, e := range looked {
			if e.candidate != best.candidate {
				heap.Push(&q, e)
			}
		}
	}
	return steps
}

// step returns what a candidate, with what it needs, would add and cost. The state
// after it is given where it had to be made.
func (s *state) step(k int32) (gain float64, cost [budgets]float64, next *state) {
	if missing := s.missing(k); len(missing) == 1 {
		return s.adds(k), s.cost(k), nil
	}
	next = s.after(k)
	cost = [budgets]float64{}
	for _, n := range s.missing(k) {
		own := s.cost(n)
		for i := range cost {
			cost[i] += own[i]
		}
	}
	return next.gain - s.gain, cost, next
}

// lazyGreedy returns the best of greedy by gain, greedy by gain per cost and the best
// single offer, and the states on the way, from which a bound follows.
func (b *problem) lazyGreedy() (best *state, steps []*state) {
	among := b.affordable()
	byGain := b.greedy(among, byGain, b.empty())
	perCost := b.greedy(among, perCost(b.purse()), b.empty())
	best, last := byGain[len(byGain)-1], perCost[len(perCost)-1]
	if last.gain > best.gain {
		best = last
	}
	if alone := b.bestAlone(); alone.gain > best.gain {
		best = alone
	}
	return best, append(byGain, perCost[1:]...)
}

// bestAlone returns the best single candidate, with what it needs.
func (b *problem) bestAlone() *state {
	start := b.empty()
	best := start
	for _, k := range b.affordable() {
		if !start.fits(k) {
			continue
		}
		if gain, _, next := start.step(k); gain > best.gain {
			if best = next; next == nil {
				best = start.after(k)
			}
		}
	}
	return best
}

// affordable lists the candidates that are each within the limits.
func (b *problem) affordable() []int32 {
	var among []int32
	for k := range b.candidates {
		if b.candidates[k].beyond == "" {
			among = append(among, int32(k))
		}
	}
	return among
}
