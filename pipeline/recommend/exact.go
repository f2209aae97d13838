package recommend

import (
	"slices"
)

// ExactLimit is the number of candidates up to which a choice is exact.
const ExactLimit = 25

// equal is the difference of gains below which they are taken to be equal: that of
// sums in another order is far smaller.
const equal = 1e-12

// exact finds the best choice among some candidates by branch and bound, where it is
// better than a choice known before.
func (b *problem) exact(among []int32, best *state) *state {
	search := &search{b: b, best: best, allowed: make([]bool, len(b.candidates))}
	var fitting []int32
	for _, k := range among {
		search.allowed[k] = b.candidates[k].beyond == ""
	}
	for _, k := range among {
		if search.allows(k) {
			fitting = append(fitting, k)
		}
	}
	search.visit(b.empty(), fitting)
	return search.best
}

type search struct {
	b       *problem
	best    *state
	allowed []bool
}

// allows tells whether a candidate and all that it needs may be chosen.
func (x *search) allows(k int32) bool {
	for _, n := range x.b.candidates[k].closure {
		if !x.allowed[n] {
			return false
		}
	}
	return true
}

// visit looks for something better than the best among the choices that hold what is
// chosen and otherwise only what is open.
func (x *search) visit(s *state, open []int32) {
	if s.gain > x.best.gain+equal {
		x.best = s
	}
	if s.purse.count == 0 {
		return
	}
	open = slices.DeleteFunc(slices.Clone(open), func(k int32) bool { return slices.Contains(s.chosen, k) || !x.allows(k) })
	var excluded []int32
	items := s.items(open)
	for at, it := range items {
		if s.gain+atMost(x.reachable(items[at:], s), s.purse) <= x.best.gain+equal {
			break
		}
		if !x.allows(it.candidate) {
			continue
		}
		if s.fits(it.candidate) {
			x.visit(s.after(it.candidate), open)
		}
		x.allowed[it.candidate] = false
		excluded = append(excluded, it.candidate)
	}
	for _, k := range excluded {
		x.allowed[k] = true
	}
}

// reachable leaves out items that may not be chosen any more, and lowers the costs of
// those whose parts are counted already.
func (x *search) reachable(items []item, s *state) []item {
	left := make([]item, 0, len(items))
	for _, it := range items {
		it.cost[hours] = s.leastHours(it.candidate)
		if x.allows(it.candidate) && s.affords(it.cost) {
			left = append(left, it)
		}
	}
	return left
}

// leastHours is the least that a candidate adds to the hours of a state, whatever else
// is chosen.
func (s *state) leastHours(k int32) float64 {
	c := &s.b.candidates[k]
	if len(s.parts) == 0 {
		return c.least[hours]
	}
	least := c.rest
	for _, u := range c.units {
		if !slices.Contains(s.parts, u.part) {
			least += u.least
		}
	}
	return least
}
