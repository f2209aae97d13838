package disclosure

import "math"

// How many connected unknown cells are looked at together: the nearest, which are enough
// for most, and else as many as can be.
const (
	nearCells   = 300
	wideCells   = 600
	regionCells = 3000 // of an audit
)

// proved tells whether a cell has the room that it needs in a layer. Where it cannot be
// shown to have it, it withholds another cell.
func (g *protector) proved(k int, i int32) bool {
	l, p := g.layers[k], &g.seen[k]
	n := &l.need[i]
	if g.isGone(i) || !g.unknown(l, i) || n.done(p, i) {
		return true
	}
	if k == 0 {
		if g.swapper.giveRoom(p, i, swapLoss); n.done(p, i) {
			return true
		}
	}
	for _, size := range [...]int{nearCells, wideCells} {
		r, whole := g.region(l, i, size, false)
		if r.explore(l, p); n.done(p, i) {
			return true
		}
		if whole {
			break
		}
	}
	if g.path(l, p, i) {
		return false
	}
	if k == 0 {
		if g.swapper.giveRoom(p, i, math.Inf(1)); n.done(p, i) {
			return true
		}
	}
	r, _ := g.region(l, i, wideCells, true)
	if helper := r.helper(g, l, p, i); helper >= 0 {
		g.withhold(helper)
		return false
	}
	if helper := g.anyHelper(l, i); helper >= 0 {
		g.withhold(helper)
		return false
	}
	return true // all that can be withheld is
}

// anyHelper returns the smallest shown cell that shares a line with one that is
// connected to cell i, -1 where there is none.
func (g *protector) anyHelper(l *layer, i int32) int32 {
	r, _ := g.region(l, i, math.MaxInt, true)
	best := int32(-1)
	for _, v := range r.variables[r.known:] {
		if best < 0 || l.x[v] < l.x[best] {
			best = v
		}
	}
	return best
}

// polytope returns what an intruder knows of the region.
func (r *region) polytope(l *layer, low []float64) *polytope {
	x, least := make([]float64, len(r.of), len(r.of)+1), make([]float64, len(r.of), len(r.of)+1)
	for n, j := range r.of {
		x[n], least[n] = l.x[r.variables[j]], low[r.variables[j]]
	}
	var equations [][]float64
	for _, e := range r.equations {
		row := make([]float64, len(x))
		some := false
		for _, t := range r.expand(e) {
			row[r.number[t.variable]] = t.a
			some = true
		}
		if some {
			equations = append(equations, row)
		}
	}
	return newPolytope(equations, x, least, r.leading)
}

// explore moves all cells of the region that need it up and down as far as they need.
// Rounding errors prove nothing: a point that fails the equations is dropped, and the
// tableau is made anew.
func (r *region) explore(l *layer, p *progress) {
	now := make([]float64, len(r.variables))
	t := r.polytope(l, l.base)
	r.values(l, t, now)
	for _, up := range [...]bool{true, false} {
		for j, v := range r.variables {
			if int(v) >= len(l.need) || l.need[v].covers(p, v, up) {
				continue
			}
			form := r.form(int32(j))
			for range 2 {
				t.drive(form, now[j], l.need[v].target(p, v, up))
				r.values(l, t, now)
				if r.holds(l, now) {
					break
				}
				t = r.polytope(l, l.base)
				r.values(l, t, now)
			}
			for k, w := range r.variables {
				p.least[w], p.most[w] = min(p.least[w], now[k]), max(p.most[w], now[k])
			}
		}
	}
}

// holds tells whether a point fulfils all equations of the region, and its bounds.
func (r *region) holds(l *layer, now []float64) bool {
	for _, e := range r.equations {
		rest, size := 0.0, 1.0
		for _, t := range e {
			rest += t.a * (now[t.variable] - l.x[r.variables[t.variable]])
			size = max(size, math.Abs(now[t.variable]))
		}
		if math.Abs(rest) > 1e-6*size {
			return false
		}
	}
	for j, v := range r.variables[:r.known] {
		if now[j] < l.base[v]-slackOf(now[j]) {
			return false
		}
	}
	return true
}

// values works out all variables of the region at the point of its polytope.
func (r *region) values(l *layer, t *polytope, now []float64) {
	for n, j := range r.of {
		now[j] = t.x[n]
	}
	for _, j := range r.ranked {
		v := l.x[r.variables[j]]
		for _, u := range r.sums[j] {
			v += u.a * (now[u.variable] - l.x[r.variables[u.variable]])
		}
		now[j] = v
	}
}

// target is where a cell is driven.
func (n *need) target(p *progress, i int32, up bool) float64 {
	switch {
	case n.set && up:
		return n.high
	case n.set:
		return min(n.low, p.most[i]-n.width)
	case up:
		return p.least[i] + n.width
	}
	return p.most[i] - n.width
}
