package recommend

import (
	"cmp"
	"slices"
)

// state is a choice in the making: what is chosen, what is open, what is left to
// spend.
type state struct {
	b      *problem
	chosen []int32   // candidates in the order in which they came
	open   []float64 // by place in the target: product of 1 - credit
	gain   float64
	purse  purse
	parts  []int32 // whose hours are counted

	standard bool // weeks are those of a learner in full time
}

func (b *problem) empty() *state {
	s := &state{b: b, open: make([]float64, len(b.wants)), purse: b.purse()}
	for i := range s.open {
		s.open[i] = 1
	}
	return s
}

func (s *state) clone() *state {
	return &state{s.b, slices.Clone(s.chosen), slices.Clone(s.open), s.gain, s.purse, slices.Clone(s.parts), s.standard}
}

// held is the credit that a place in the target already has from the group of a
// candidate: only what goes beyond it counts.
func (s *state) held(c *candidate, place int32) float64 {
	held := 0.0
	if c.group < 0 {
		return held
	}
	for _, k := range s.chosen {
		if o := &s.b.candidates[k]; o.group == c.group {
			held = max(held, o.credit(place))
		}
	}
	return held
}

func (c *candidate) credit(place int32) float64 {
	at, found := slices.BinarySearchFunc(c.credits, place, func(c Credit, p int32) int { return cmp.Compare(c.Skill, p) })
	if !found {
		return 0
	}
	return c.credits[at].P
}

// adds returns what a candidate alone would add to the gain.
func (s *state) adds(k int32) float64 {
	c := &s.b.candidates[k]
	total := 0.0
	for _, t := range c.credits {
		total += s.b.wants[t.Skill].Weight * s.open[t.Skill] * (1 - s.factor(c, t))
	}
	return total
}

// factor is what the open part of a skill is multiplied by once a candidate is chosen.
func (s *state) factor(c *candidate, t Credit) float64 {
	held := s.held(c, t.Skill)
	switch {
	case t.P <= held:
		return 1
	case held == 0:
		return 1 - t.P
	}
	return (1 - t.P) / (1 - held)
}

// cost returns what a candidate adds to each budget; what is not known adds nothing,
// for it is let in only where that budget has no limit.
func (s *state) cost(k int32) [budgets]float64 {
	c := &s.b.candidates[k]
	cost := [budgets]float64{orZero(c.price), c.rest, orZero(c.weeks)}
	if s.standard {
		cost[weeks] = orZero(c.atFullTime)
	}
	for _, u := range c.units {
		if !slices.Contains(s.parts, u.part) {
			cost[hours] += u.hours
		}
	}
	return cost
}

// add chooses one candidate.
func (s *state) add(k int32) {
	c := &s.b.candidates[k]
	s.gain += s.adds(k)
	cost := s.cost(k)
	for i := range cost {
		s.purse.left[i] -= cost[i]
	}
	for _, t := range c.credits {
		s.open[t.Skill] *= s.factor(c, t)
	}
	for _, u := range c.units {
		if !slices.Contains(s.parts, u.part) {
			s.parts = append(s.parts, u.part)
		}
	}
	s.purse.count--
	s.chosen = append(s.chosen, k)
}

// missing lists what has to be chosen along with a candidate, and itself.
func (s *state) missing(k int32) []int32 {
	closure := s.b.candidates[k].closure
	if len(closure) == 1 {
		return closure
	}
	return slices.DeleteFunc(slices.Clone(closure), func(n int32) bool { return slices.Contains(s.chosen, n) })
}

// fits tells whether what has to be chosen for a candidate fits into what is left.
func (s *state) fits(k int32) bool {
	missing := s.missing(k)
	if len(missing) > s.purse.count {
		return false
	}
	if len(missing) == 1 {
		return s.affords(s.cost(missing[0]))
	}
	after := s.after(k)
	return after.affords([budgets]float64{})
}

func (s *state) affords(cost [budgets]float64) bool {
	for i := range cost {
		if left := s.purse.left[i]; limited(left) && cost[i] > left+slack {
			return false
		}
	}
	return true
}

// after returns the state with a candidate and all that it needs.
func (s *state) after(k int32) *state {
	next := s.clone()
	for _, n := range s.missing(k) {
		next.add(n)
	}
	return next
}

// gainOf returns F of a set of candidates, computed in their order, so that equal
// sets have equal gains.
func (b *problem) gainOf(set []int32) float64 {
	s := b.empty()
	for _, k := range slices.Sorted(slices.Values(set)) {
		s.add(k)
	}
	return s.gain
}

// feasible tells whether a set of candidates is within the limits and holds all that
// its members need.
func (b *problem) feasible(set []int32) bool {
	s := b.empty()
	if len(set) > s.purse.count {
		return false
	}
	for _, k := range slices.Sorted(slices.Values(set)) {
		if b.candidates[k].beyond != "" || slices.ContainsFunc(b.candidates[k].closure, func(n int32) bool { return !slices.Contains(set, n) }) {
			return false
		}
		s.add(k)
	}
	return s.affords([budgets]float64{})
}
