package recommend

import (
	"cmp"
	"slices"
)

// item is a candidate as a bound sees it: what it adds, what it costs at least.
type item struct {
	candidate int32
	adds      float64
	cost      [budgets]float64
}

// items lists what each open candidate would add to a state alone, the most first.
// Those that add nothing are left out.
func (s *state) items(among []int32) []item {
	items := make([]item, 0, len(among))
	for _, k := range among {
		if slices.Contains(s.chosen, k) {
			continue
		}
		if adds := s.adds(k); adds > 0 {
			items = append(items, item{k, adds, s.b.candidates[k].least})
		}
	}
	slices.SortFunc(items, func(a, b item) int {
		return cmp.Or(cmp.Compare(b.adds, a.adds), cmp.Compare(a.candidate, b.candidate))
	})
	return items
}

// atMost bounds what a choice among items adds within what a purse holds. By
// submodularity that is no more than they add one by one; with a limit for the number
// alone the sum of those that add most, with a budget alone the fractional knapsack.
// The least of these bounds holds.
func atMost(items []item, p purse) float64 {
	bound := 0.0
	for _, it := range items[:min(len(items), p.count)] {
		bound += it.adds
	}
	for budget, left := range p.left {
		if limited(left) {
			bound = min(bound, knapsack(items, budget, left))
		}
	}
	return bound
}

// knapsack fills a budget with the items that add most for it, the last one in part.
func knapsack(items []item, budget int, left float64) float64 {
	left += slack
	total := 0.0
	ordered := slices.Clone(items)
	slices.SortStableFunc(ordered, func(a, b item) int {
		return cmp.Compare(b.adds*a.cost[budget], a.adds*b.cost[budget])
	})
	for _, it := range ordered {
		if it.cost[budget] > left {
			return total + it.adds*left/it.cost[budget]
		}
		left -= it.cost[budget]
		total += it.adds
	}
	return total
}

// bound returns a gain that no choice within the limits exceeds: for each state, its
// gain and what the others would add to it at most, the least of all.
func (b *problem) bound(states []*state) float64 {
	among := b.affordable()
	limits := b.purse()
	bound := 0.0
	for _, w := range b.wants {
		bound += w.Weight
	}
	for _, s := range states {
		bound = min(bound, s.gain+atMost(s.items(among), limits))
	}
	return bound
}
