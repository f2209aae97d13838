package disclosure

import (
	"cmp"
	"slices"
)

// showAgain shows cells again that turn out not to be needed, those that cost most
// first, where few enough cells are connected that this can be proved at once.
func (g *protector) showAgain() {
	var order []int32
	for i := range g.cells {
		if g.withheld[i] && !g.first[i] && !g.cells[i].virtual && !g.isGone(int32(i)) {
			order = append(order, int32(i))
		}
	}
	slices.SortStableFunc(order, func(i, j int32) int {
		return cmp.Compare(g.cells[j].Value, g.cells[i].Value)
	})
	tries := showAgainTries
	for _, i := range order {
		if tries <= 0 {
			return
		}
		tries -= g.tryShow(i)
	}
}

// The bounds of showAgain: cells that are connected, and pieces explored.
const (
	showAgainCells = 400
	showAgainTries = 1000
)

// tryShow shows cell i if all others remain protected, and returns how many regions it
// explored to know.
func (g *protector) tryShow(i int32) (explored int) {
	g.withheld[i] = false
	for _, l := range g.layers {
		for _, at := range g.of[i] {
			if l.holds[at] {
				if _, short := g.shortfall(l, at); short {
					g.withheld[i] = true
					return 0
				}
			}
		}
	}
	g.withheld[i] = true
	type saved struct {
		v           int32
		least, most float64
	}
	before := make([][]saved, len(g.layers))
	for k, l := range g.layers {
		if !g.unknown(l, i) {
			continue
		}
		r, whole := g.region(l, i, showAgainCells, false)
		if !whole {
			return 1
		}
		for _, v := range r.variables {
			before[k] = append(before[k], saved{v, g.seen[k].least[v], g.seen[k].most[v]})
		}
	}
	g.withheld[i] = false
	proved := true
	for k, l := range g.layers {
		p := &g.seen[k]
		for _, s := range before[k] {
			p.least[s.v], p.most[s.v] = l.x[s.v], l.x[s.v]
		}
		for _, s := range before[k] {
			if v := s.v; proved && int(v) < len(g.cells) && g.unknown(l, v) && !l.need[v].done(p, v) {
				r, _ := g.region(l, v, showAgainCells, false)
				r.explore(l, p)
				explored++
				proved = l.need[v].done(p, v)
			}
		}
	}
	if proved {
		return explored
	}
	g.withheld[i] = true
	for k := range g.layers {
		for _, s := range before[k] {
			g.seen[k].least[s.v], g.seen[k].most[s.v] = s.least, s.most
		}
	}
	return explored
}
