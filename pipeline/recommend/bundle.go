package recommend

import (
	"cmp"
	"maps"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// The kinds of bundles.
const (
	KindStack  = "stack"
	KindBundle = "bundle"
)

// ClosedFrom is the part of a skill that must be credited for it to count as closed:
// it is then more likely taught than not.
const ClosedFrom = 0.5

// Bundle is the answer for a target.
type Bundle struct {
	Kind  string
	Steps []Step // in the order in which to take them

	Wanted     float64 // all weights of the target
	Gain       float64 // F, in the unit of the weights
	UpperBound float64 // no choice within the limits gains more
	Exact      bool    // none gains more than this one

	Price    *model.Money // of all; nil where one is not stated or currencies differ
	Currency string       // "" where all are free
	Hours    *float64     // of all, a shared part once; nil where one is not stated
	Weeks    *float64     // of all, one after the other; nil where one is not stated

	NotClosed  []int32 // wanted skills that stay open, the weightiest first
	Considered int     // credentials that suit and teach something wanted
	Left       []Left  // those that teach something wanted but do not suit
}

// Left says how many offers were left out for a reason.
type Left struct {
	Why    Why
	Offers int
}

// Step is a credential of a bundle.
type Step struct {
	Offer      *Offer
	Marginal   float64 // what it adds to those before it
	Cumulative float64 // gain of it and those before it
	Closed     []int32 // wanted skills that it closes, the weightiest first
	Open       []int32 // those open after it
	Scale      float64 // by which its hours cap its credits, at most 1
	RunnerUp   *Offer  // the best other choice in its place; nil where none is within the limits
	Loss       float64 // what the whole would lose by that
	Reasons    []string
}

// bundle orders a set and says what can be said of it.
func (b *problem) bundle(set []int32) Bundle {
	r := Bundle{Kind: KindBundle, Wanted: b.wanted(), Gain: b.gainOf(set)}
	if b.isStack(set) {
		r.Kind = KindStack
	}
	r.Considered = len(b.affordable())
	r.Left = b.leftOut()
	if price, currency, known := b.priceOf(set); known {
		r.Price, r.Currency = &price, currency
	}
	if h, known := b.hoursOf(set); known {
		r.Hours = &h
	}
	if w, known := b.weeksSum(set); known {
		r.Weeks = &w
	}
	s := b.empty()
	r.NotClosed = b.openIn(s)
	for _, k := range b.order(set) {
		step := b.step(s, k, set)
		s = s.clone()
		s.add(k)
		step.Cumulative = s.gain
		step.Open = b.openIn(s)
		r.NotClosed = step.Open
		step.Closed = slices.DeleteFunc(b.openIn(b.before(s)), func(skill int32) bool { return slices.Contains(step.Open, skill) })
		r.Steps = append(r.Steps, step)
	}
	for i := range r.Steps {
		r.Steps[i].Reasons = b.reasons(&r, i)
	}
	return r
}

// wanted is the sum of all weights.
func (b *problem) wanted() float64 {
	total := 0.0
	for _, w := range b.wants {
		total += w.Weight
	}
	return total
}

// before returns the state before its last step.
func (b *problem) before(s *state) *state {
	t := b.empty()
	for _, k := range s.chosen[:len(s.chosen)-1] {
		t.add(k)
	}
	return t
}

// order puts first what others need, then what adds most.
func (b *problem) order(set []int32) []int32 {
	s := b.empty()
	left := slices.Sorted(slices.Values(set))
	for len(left) > 0 {
		best, most := -1, 0.0
		for i, k := range left {
			ready := !slices.ContainsFunc(b.candidates[k].closure, func(n int32) bool { return n != k && slices.Contains(left, n) && !b.needsEachOther(k, n) })
			if adds := s.adds(k); ready && (best < 0 || adds > most) {
				best, most = i, adds
			}
		}
		s.add(left[best])
		left = slices.Delete(left, best, best+1)
	}
	return s.chosen
}

// needsEachOther tells whether two candidates are declared to need one another: then
// either may come first.
func (b *problem) needsEachOther(a, c int32) bool {
	return slices.Contains(b.candidates[c].closure, a)
}

// step says what a candidate does after those of a state, in a set.
func (b *problem) step(s *state, k int32, set []int32) Step {
	c := &b.candidates[k]
	step := Step{Offer: b.offer(k), Marginal: s.adds(k), Scale: c.scale}
	at := slices.Index(set, k)
	rest := slices.Delete(slices.Clone(set), at, at+1)
	without := b.empty()
	for _, n := range slices.Sorted(slices.Values(rest)) {
		without.add(n)
	}
	whole, best := b.gainOf(set), 0.0
	for other := range b.candidates {
		if slices.Contains(set, int32(other)) {
			continue
		}
		gain := without.adds(int32(other))
		if gain > best+equal && b.feasible(append(slices.Clone(rest), int32(other))) {
			best, step.RunnerUp = gain, b.offer(int32(other))
		}
	}
	if step.RunnerUp != nil {
		step.Loss = max(0, whole-without.gain-best)
	}
	return step
}

func (b *problem) offer(k int32) *Offer {
	return &b.pool.catalogue.offers[b.candidates[k].offer]
}

// openIn lists the wanted skills that are not closed in a state, the weightiest first.
func (b *problem) openIn(s *state) []int32 {
	var places []int
	for i, open := range s.open {
		if 1-open < ClosedFrom {
			places = append(places, i)
		}
	}
	slices.SortStableFunc(places, func(x, y int) int { return cmp.Compare(b.wants[y].Weight, b.wants[x].Weight) })
	skills := make([]int32, len(places))
	for i, p := range places {
		skills[i] = b.wants[p].Skill
	}
	return skills
}

// leftOut counts what does not suit, by reason.
func (b *problem) leftOut() []Left {
	counts := maps.Clone(b.left)
	for k := range b.candidates {
		if c := &b.candidates[k]; c.beyond != "" && len(c.credits) > 0 {
			counts[c.beyond]++
		}
	}
	var left []Left
	for _, why := range slices.Sorted(maps.Keys(counts)) {
		left = append(left, Left{why, counts[why]})
	}
	slices.SortStableFunc(left, func(x, y Left) int { return cmp.Compare(y.Offers, x.Offers) })
	return left
}

// priceOf adds up prices; known is false where one is not stated or they are in
// several currencies.
func (b *problem) priceOf(set []int32) (total model.Money, currency string, known bool) {
	for _, k := range set {
		o := b.offer(k)
		switch {
		case o.Price == nil, *o.Price > 0 && currency != "" && o.Currency != currency:
			return 0, "", false
		case *o.Price > 0:
			currency = o.Currency
		}
		total += *o.Price
	}
	return total, currency, true
}

// hoursOf adds up hours, a shared part once.
func (b *problem) hoursOf(set []int32) (total float64, known bool) {
	s := b.empty()
	for _, k := range slices.Sorted(slices.Values(set)) {
		if b.offer(k).Hours == nil {
			return 0, false
		}
		total += s.cost(k)[hours]
		s.add(k)
	}
	return total, true
}

func (b *problem) weeksSum(set []int32) (total float64, known bool) {
	for _, k := range slices.Sorted(slices.Values(set)) {
		w, known := b.offer(k).weeks(0)
		if !known {
			if w = b.candidates[k].weeks; b.pool.request.HoursPerWeek == nil || w != w {
				return 0, false
			}
		}
		total += w
	}
	return total, true
}
