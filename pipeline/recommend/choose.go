package recommend

import (
	"math"
	"slices"
)

// Choose returns the bundle for a target.
func (p *Pool) Choose(target Target) Bundle {
	b := p.problem(target)
	greedy, states := b.lazyGreedy()
	best := b.bestAlone()
	exact := len(b.candidates) <= ExactLimit
	if exact {
		best = b.exact(b.affordable(), greedy)
	} else {
		for _, list := range b.shortlists() {
			best = b.exact(list, best)
		}
	}
	set := b.preferred(best.chosen)
	kept := b.trimmed(set)
	bundle := b.bundle(kept)
	bundle.Exact = exact && len(kept) == len(set)
	bundle.UpperBound = b.gainOf(set)
	if !exact {
		bundle.UpperBound = max(bundle.UpperBound, b.bound(append(states, best)))
	}
	return bundle
}

// trimmed cuts the last steps that add less than [Request.LeastStep]. What a step that
// stays needs, stays.
func (b *problem) trimmed(set []int32) []int32 {
	least := b.pool.request.LeastStep * b.wanted()
	order := b.order(set)
	kept := 0
	s := b.empty()
	for i, k := range order {
		if s.adds(k) >= least {
			kept = i + 1
		}
		s.add(k)
	}
	for kept < len(order) && !b.feasible(order[:kept]) {
		kept++
	}
	return order[:kept]
}

// preferred exchanges members for others of equal gain while that makes a stack, or
// else lowers price or hours. What is not stated counts as more than what is.
func (b *problem) preferred(set []int32) []int32 {
	set = slices.Sorted(slices.Values(set))
	gain := b.gainOf(set)
	for {
		other, found := b.exchange(set, gain)
		if !found {
			return set
		}
		set = other
	}
}

// exchange finds a set that differs in one member and is to be preferred. One of more
// gain is left alone: what is found by chance under one limit may not be under a
// higher one.
func (b *problem) exchange(set []int32, gain float64) (other []int32, found bool) {
	best := b.merits(set)
	for at := range set {
		rest := slices.Delete(slices.Clone(set), at, at+1)
		without := b.empty()
		for _, k := range rest {
			without.add(k)
		}
		for k := range b.candidates {
			if slices.Contains(set, int32(k)) || math.Abs(without.gain+without.adds(int32(k))-gain) > equal {
				continue
			}
			other = slices.Sorted(slices.Values(append(slices.Clone(rest), int32(k))))
			if b.merits(other).beats(best) && b.feasible(other) {
				return other, true
			}
		}
	}
	return nil, false
}

// merits is by what sets of equal gain are told apart.
type merits struct {
	stack        bool
	price, hours float64 // +Inf where one is not stated
}

func (b *problem) merits(set []int32) merits {
	price, _, priced := b.priceOf(set)
	m := merits{stack: b.isStack(set), price: math.Inf(1), hours: math.Inf(1)}
	if priced {
		m.price = float64(price)
	}
	if h, known := b.hoursOf(set); known {
		m.hours = h
	}
	return m
}

// beats tells whether a set is to be preferred at equal gain. Each exchange betters
// the first of these that differs, so there is an end.
func (m merits) beats(o merits) bool {
	switch {
	case m.stack != o.stack:
		return m.stack
	case m.price != o.price:
		return m.price < o.price
	}
	return m.hours < o.hours
}

// isStack tells whether each of two or more members is joined, by way of others, to
// each other one.
func (b *problem) isStack(set []int32) bool {
	if len(set) < 2 {
		return false
	}
	joined := []int32{set[0]}
	for i := 0; i < len(joined); i++ {
		for _, k := range set {
			if !slices.Contains(joined, k) && b.pool.catalogue.stackable(b.candidates[joined[i]].offer, b.candidates[k].offer) {
				joined = append(joined, k)
			}
		}
	}
	return len(joined) == len(set)
}
