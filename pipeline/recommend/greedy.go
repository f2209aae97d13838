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
// so most need not be looked at again. start is empty; the states are those after each
// step.
func (b *problem) greedy(among []int32, worth rule, start *state) []*state {
	steps := []*state{start}
	q := make(queue, 0, len(among))
	for _, k := range among {
		if len(b.candidates[k].closure) > 1 {
			q = append(q, entry{math.Inf(1), k})
		} else if b.alone[k] > 0 {
			q = append(q, entry{worth(b.alone[k], start.least(k)), k})
		}
	}
	heap.Init(&q)
	for s := start; s.purse.count > 0; {
		next, looked := b.worthiest(&q, worth, s)
		if next == nil {
			break
		}
		s = next
		steps = append(steps, s)
		for _, e := range looked {
			heap.Push(&q, e)
		}
	}
	return steps
}

// worthiest returns the state after the worthiest candidate, nil where none fits, and
// the others that were looked at on the way, with their new keys.
func (b *problem) worthiest(q *queue, worth rule, s *state) (next *state, looked []entry) {
	best, most := int32(-1), 0.0
	for q.Len() > 0 && (best < 0 || (*q)[0].key >= most) {
		k := heap.Pop(q).(entry).candidate
		if slices.Contains(s.chosen, k) || !s.fits(k) {
			continue // what does not fit now will not fit later
		}
		gain, cost := s.step(k)
		if gain <= 0 {
			continue
		}
		looked = append(looked, entry{worth(gain, s.least(k)), k})
		if w := worth(gain, cost); best < 0 || w > most || w == most && k < best {
			best, most = k, w
		}
	}
	if best < 0 {
		return nil, nil
	}
	return s.after(best), slices.DeleteFunc(looked, func(e entry) bool { return e.candidate == best })
}

// step returns what a candidate, with what it needs, would add and cost.
func (s *state) step(k int32) (gain float64, cost [budgets]float64) {
	missing := s.missing(k)
	if len(missing) == 1 {
		return s.adds(k), s.cost(k)
	}
	after := s.clone()
	for _, n := range missing {
		own := after.cost(n)
		for i := range cost {
			cost[i] += own[i]
		}
		after.add(n)
	}
	return after.gain - s.gain, cost
}

// least returns what a candidate adds at least to the budgets, whatever is chosen
// before it: no hours of a part that another may bring.
func (s *state) least(k int32) [budgets]float64 {
	c := &s.b.candidates[k]
	least := c.least
	for _, u := range c.units {
		if u.least < u.hours {
			least[hours] -= u.least
		}
	}
	if s.standard {
		least[weeks] = orZero(c.atFullTime)
	}
	return least
}

// lazyGreedy returns the best of greedy by gain, greedy by gain per cost and the best
// single offer, and the states on the way, from which a bound follows.
func (b *problem) lazyGreedy() (best *state, steps []*state) {
	among := b.affordable()
	steps = b.greedy(among, byGain, b.empty())
	best = steps[len(steps)-1]
	if limits := b.purse(); limits.budgeted() {
		perCost := b.greedy(among, perCost(limits), b.empty())
		if last := perCost[len(perCost)-1]; last.gain > best.gain {
			best = last
		}
		steps = append(steps, perCost[1:]...)
	}
	if alone := b.bestAlone(); alone.gain > best.gain {
		best = alone
	}
	return best, steps
}

// bestAlone returns the best single candidate, with what it needs.
func (b *problem) bestAlone() *state {
	start := b.empty()
	best := start
	for _, k := range b.affordable() {
		if !start.fits(k) {
			continue
		}
		if gain, _ := start.step(k); gain > best.gain {
			best = start.after(k)
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
