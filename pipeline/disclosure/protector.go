package disclosure

import (
	"math"
	"slices"
)

// protector decides which cells are withheld.
type protector struct {
	*system
	rule     Rule
	withheld []bool // of each cell; virtual ones always are
	first    []bool // withheld for itself, not for another
	layers   []*layer
	seen     []progress // of each layer
	place    []int32    // of each variable in the region at hand, -1 outside
	queue    []int32    // lines to be looked at again
	queued   []bool
	// relaxed says that lines which lead out of a region are forgotten, rather than taken
	// to be fixed outside: bounds are then too wide rather than too narrow.
	relaxed bool
}

func newProtector(s *system, rule Rule) *protector {
	n := len(s.cells)
	g := &protector{system: s, rule: rule, withheld: make([]bool, n), first: make([]bool, n)}
	g.place = make([]int32, n+len(s.lines))
	for i := range g.place {
		g.place[i] = -1
	}
	g.queued = make([]bool, len(s.lines))
	return g
}

// unknown tells whether a variable of a layer is not published.
func (g *protector) unknown(l *layer, v int32) bool {
	return int(v) >= len(g.cells) || g.withheld[v] || l.hidden != nil && l.hidden[v]
}

// withhold withholds a cell, and looks at its lines again.
func (g *protector) withhold(i int32) {
	g.withheld[i] = true
	for _, at := range g.of[i] {
		if !g.queued[at] {
			g.queued[at] = true
			g.queue = append(g.queue, at)
		}
	}
}

// complement withholds further cells until every cell has room, see the pseudo-code of
// the package.
func (g *protector) complement() {
	for at := range int32(len(g.lines)) {
		g.queue, g.queued[at] = append(g.queue, at), true
	}
	for again := true; again; {
		g.settleLines()
		again = false
		for k := range g.layers {
			for i := range int32(len(g.cells)) {
				for !g.proved(k, i) {
					again = true
					g.settleLines()
				}
			}
		}
	}
}

// settleLines looks at the lines of the queue until each by itself gives room.
func (g *protector) settleLines() {
	for len(g.queue) > 0 {
		at := g.queue[0]
		g.queue, g.queued[at] = g.queue[1:], false
		for _, l := range g.layers {
			if !l.holds[at] {
				continue
			}
			for {
				short, any := g.shortfall(l, at)
				if !any {
					break
				}
				k := g.cheapestOf(l, at, short)
				if k < 0 {
					break // nothing left in the line: wider moves decide
				}
				g.withhold(k)
			}
		}
	}
}

// shortfall returns how much room a line lacks for one of its withheld cells to be as
// great as it must, while all other lines are forgotten.
func (g *protector) shortfall(l *layer, at int32) (short float64, any bool) {
	var side [2]float64 // the room below of the unknown cells on either side
	var count [2]int
	all := 0
	l.coefficients(g.system, at, func(v int32, a float64) {
		if g.unknown(l, v) {
			s := sideOf(a)
			side[s] += l.x[v] - l.base[v]
			count[s]++
			all++
		}
	})
	l.coefficients(g.system, at, func(v int32, a float64) {
		if int(v) >= len(g.cells) || !g.unknown(l, v) {
			return
		}
		n := &l.need[v]
		s := sideOf(a)
		switch {
		case all == 1 && (n.set || n.width > 0):
			any, short = true, max(short, n.high-l.x[v], n.width)
		case n.set && count[1-s] == 0:
			if lack := n.high - l.x[v] - (side[s] - (l.x[v] - l.base[v])); lack > slackOf(n.high) {
				any, short = true, max(short, lack)
			}
		}
	})
	return short, any
}

// sideOf tells on which side of a line a coefficient stands.
func sideOf(a float64) int {
	if a > 0 {
		return 1
	}
	return 0
}

// cheapestOf returns the shown cell of a line that best makes up for what room is
// short, -1 where there is none.
func (g *protector) cheapestOf(l *layer, at int32, short float64) int32 {
	best, least := int32(-1), math.Inf(1)
	l.coefficients(g.system, at, func(v int32, _ float64) {
		if !g.candidate(l, v) {
			return
		}
		share := min(1, (l.x[v]-l.base[v])/max(short, 1))
		if cost := g.cost(l, v, at) / max(share, 0.05); cost < least || cost == least && v < best {
			best, least = v, cost
		}
	})
	return best
}

// candidate tells whether withholding a cell can help others. A zero helps none: that
// a cell with nothing to count is withheld would be no doubt about the others.
func (g *protector) candidate(l *layer, v int32) bool {
	return int(v) < len(g.cells) && !g.unknown(l, v) && !g.cells[v].virtual && l.x[v] > l.base[v]
}

// cost is what it costs to withhold a cell: one for the cell, a little for how many
// persons it tells of, and one for every other line that must then lose a cell too.
func (g *protector) cost(l *layer, v, at int32) float64 {
	cost := 1 + 0.05*math.Log2(1+math.Abs(float64(g.cells[v].Value)))
	for _, other := range g.of[v] {
		if other == at || !l.holds[other] {
			continue
		}
		alone := true
		l.coefficients(g.system, other, func(o int32, _ float64) { alone = alone && (o == v || !g.unknown(l, o)) })
		if alone {
			cost++
		}
	}
	return cost
}

// regionCells is how many connected unknown cells are looked at together.
const regionCells = 3000

// proved tells whether a cell has the room that it needs in a layer. Where it cannot be
// shown to have it, it withholds another cell.
func (g *protector) proved(k int, i int32) bool {
	l, p := g.layers[k], &g.seen[k]
	n := &l.need[i]
	if !g.unknown(l, i) || n.covers(p, i, true) && n.covers(p, i, false) {
		return true
	}
	r, _ := g.region(l, i, regionCells, false)
	r.explore(l, p)
	if n.covers(p, i, true) && n.covers(p, i, false) {
		return true
	}
	if g.path(l, p, i) {
		return false
	}
	r, _ = g.region(l, i, regionCells, true)
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

// region is some connected unknown variables of a layer and the lines between them.
type region struct {
	variables []int32 // those that are known, from known on, are candidates
	known     int
	// sums gives, for a whole, its parts: then it is no variable of the polytope, since
	// it follows from them, and is not negative where they are not.
	sums   [][]term
	ranked []int32 // the wholes with sums, narrow ones first
	number []int32 // of each variable in the polytope; -1 for sums
	of     []int32 // the variable of each number
	// leading is how many variables of the polytope are unknown; known ones follow.
	leading   int
	equations [][]term
	lines     []int32 // of the equations
	source    []int32 // the line by which a sum is one
}

// region gathers unknown variables around cell i, nearest first, until there are
// size; all others count as known. It tells whether there are no others.
func (g *protector) region(l *layer, i int32, size int, candidates bool) (r *region, whole bool) {
	r = &region{variables: []int32{i}}
	g.place[i] = 0
	whole = true
	add := func(v int32, _ float64) {
		if g.place[v] >= 0 || !g.unknown(l, v) {
			return
		}
		if len(r.variables) >= size {
			whole = false
			return
		}
		g.place[v] = int32(len(r.variables))
		r.variables = append(r.variables, v)
	}
	for at := 0; at < len(r.variables); at++ {
		for _, line := range g.linesOf(r.variables[at]) {
			if l.holds[line] {
				l.coefficients(g.system, line, add)
			}
		}
	}
	r.known = len(r.variables)
	var lines []int32
	for _, v := range r.variables {
		for _, line := range g.linesOf(v) {
			if l.holds[line] {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if candidates {
		for _, line := range lines {
			l.coefficients(g.system, line, func(v int32, _ float64) {
				if g.place[v] < 0 && g.candidate(l, v) {
					g.place[v] = int32(len(r.variables))
					r.variables = append(r.variables, v)
				}
			})
		}
	}
	r.sum(g, l, lines)
	for _, v := range r.variables {
		g.place[v] = -1
	}
	return r, whole
}

// sum finds the variables that are sums of others.
func (r *region) sum(g *protector, l *layer, lines []int32) {
	n := len(r.variables)
	r.sums, r.number, r.source = make([][]term, n), make([]int32, n), make([]int32, n)
	for _, at := range lines {
		if g.relaxed && g.leadsOut(l, at) {
			continue
		}
		line := &g.lines[at]
		j := g.place[line.whole]
		if line.kind == equal && j >= 0 && int(j) < r.known && r.sums[j] == nil && l.alike(line) {
			r.sums[j], r.source[j] = []term{}, at
			for _, i := range line.parts {
				if k := g.place[i]; k >= 0 {
					r.sums[j] = append(r.sums[j], term{k, 1})
				}
			}
			continue
		}
		var e []term
		l.coefficients(g.system, at, func(v int32, a float64) {
			if k := g.place[v]; k >= 0 {
				e = append(e, term{k, a})
			}
		})
		r.equations, r.lines = append(r.equations, e), append(r.lines, at)
	}
	depth := make([]int8, n)
	var rank func(j int32) int8
	rank = func(j int32) int8 {
		if r.sums[j] != nil && depth[j] == 0 {
			for _, t := range r.sums[j] {
				depth[j] = max(depth[j], rank(t.variable)+1)
			}
			depth[j] = max(depth[j], 1)
		}
		return depth[j]
	}
	for j := range int32(n) {
		if rank(j) > 0 {
			r.ranked = append(r.ranked, j)
			r.number[j] = -1
		} else {
			r.number[j] = int32(len(r.of))
			r.of = append(r.of, j)
			if int(j) < r.known {
				r.leading++
			}
		}
	}
	slices.SortStableFunc(r.ranked, func(a, b int32) int { return int(depth[a]) - int(depth[b]) })
	for _, j := range r.ranked {
		r.sums[j] = r.expand(r.sums[j])
	}
}

// leadsOut tells whether a line has unknown variables outside the region at hand.
func (g *protector) leadsOut(l *layer, at int32) (out bool) {
	l.coefficients(g.system, at, func(v int32, _ float64) { out = out || g.place[v] < 0 && g.unknown(l, v) })
	return out
}

// alike tells whether the whole of a line and its parts all grow or all shrink.
func (l *layer) alike(n *line) bool {
	if l.sign == nil {
		return true
	}
	for _, i := range n.parts {
		if l.sign[i] != l.sign[n.whole] {
			return false
		}
	}
	return true
}

// expand replaces sums among terms by what they are sums of.
func (r *region) expand(terms []term) []term {
	by := map[int32]float64{}
	for _, t := range terms {
		if r.number[t.variable] >= 0 {
			by[t.variable] += t.a
			continue
		}
		for _, u := range r.sums[t.variable] {
			by[u.variable] += t.a * u.a
		}
	}
	out := make([]term, 0, len(by))
	for v, a := range by {
		if a != 0 {
			out = append(out, term{v, a})
		}
	}
	slices.SortFunc(out, func(a, b term) int { return int(a.variable - b.variable) })
	return out
}

// form returns a variable of the region as a sum of variables of the polytope.
func (r *region) form(j int32) []term {
	terms := r.sums[j]
	if r.number[j] >= 0 {
		terms = []term{{j, 1}}
	}
	out := make([]term, len(terms))
	for k, t := range terms {
		out[k] = term{r.number[t.variable], t.a}
	}
	return out
}

// linesOf returns the lines in which a variable stands.
func (g *protector) linesOf(v int32) []int32 {
	if n := int32(len(g.cells)); v >= n {
		return []int32{v - n}
	}
	return g.of[v]
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

// helper returns the candidate that gives cell i, the first of the region, most of
// the room it lacks for its cost; -1 where none does.
func (r *region) helper(g *protector, l *layer, p *progress, i int32) int32 {
	n := &l.need[i]
	t := r.polytope(l, l.base)
	now := make([]float64, len(r.variables))
	best, least := int32(-1), math.Inf(1)
	for _, up := range [...]bool{true, false} {
		direction := 1.0
		if !up {
			direction = -1
		}
		if n.covers(p, i, up) {
			continue
		}
		target := n.target(p, i, up)
		r.values(l, t, now)
		t.add(r.form(0), now[0])
		reached, ok := t.driveLast(target)
		row := t.rows[len(t.rows)-1]
		t.drop()
		if ok {
			continue
		}
		short := max(1, math.Abs(target-reached))
		for c, a := range row {
			j := t.free[c]
			if int(j) < t.known || math.Abs(a) <= zero {
				continue
			}
			share := 1.0
			if direction*a > 0 { // it would have to fall
				share = min(1, math.Abs(a)*(t.x[j]-t.low[j])/short)
			}
			v := r.variables[r.of[j]]
			if cost := g.cost(l, v, -1) / max(share, 0.05); cost < least || cost == least && v < best {
				best, least = v, cost
			}
		}
	}
	return best
}

// pathCells are how many cells are looked at to find the cheapest move.
const pathCells = 400

// path finds, of the moves that bring cell i as far as it needs while all lines hold,
// the one that costs least, and withholds the shown cells that move. It tells
// whether it withheld any. It is the linear programme of Kelly, Golden and Assad.
func (g *protector) path(l *layer, p *progress, i int32) (some bool) {
	for _, up := range [...]bool{true, false} {
		if l.need[i].covers(p, i, up) {
			continue
		}
		for _, v := range g.cheapestMove(l, i, l.need[i].target(p, i, up), up) {
			if !g.unknown(l, v) {
				g.withhold(v)
				some = true
			}
		}
	}
	return some
}

// cheapestMove returns the shown cells that move where cell i goes to target at least
// cost; none where it cannot.
func (g *protector) cheapestMove(l *layer, i int32, target float64, up bool) []int32 {
	cells := g.neighbours(l, i, pathCells)
	var x, low, high, cost []float64
	var of []int32
	var sign []float64
	first := make([]int, len(cells))
	for n, v := range cells {
		first[n] = len(x)
		least := l.base[v]
		if g.unknown(l, v) {
			x, low, high, cost, of, sign = append(x, l.x[v]), append(low, least), append(high, math.Inf(1)), append(cost, 0), append(of, v), append(sign, 1)
			continue
		}
		c := 1 + 0.05*math.Log2(1+l.x[v])
		x, low, high = append(x, 0, 0), append(low, 0, 0), append(high, math.Inf(1), l.x[v]-least)
		cost, of, sign = append(cost, c, c), append(of, v, v), append(sign, 1, -1)
	}
	total := len(x)
	place := map[int32]int{}
	var lines []int32
	for n, v := range cells {
		place[v] = n
		for _, at := range g.linesOf(v) {
			if l.holds[at] {
				lines = append(lines, at)
			}
		}
	}
	slices.Sort(lines)
	var equations [][]float64
	for _, at := range slices.Compact(lines) {
		e := make([]float64, len(x))
		l.coefficients(g.system, at, func(v int32, a float64) {
			if n, ok := place[v]; ok {
				for j := first[n]; j < total && of[j] == v; j++ {
					e[j] = a * sign[j]
				}
			}
		})
		equations = append(equations, e)
	}
	t := newPolytope(equations, x, low, len(x))
	t.high = append(high, math.Inf(1))
	if _, ok := t.drive([]term{{0, 1}}, x[0], target); !ok {
		return nil
	}
	t.low[0], t.high[0] = target, target
	t.x[0] = target
	price, paid := []term(nil), 0.0
	for j, c := range cost {
		price, paid = append(price, term{int32(j), c}), paid+c*t.x[j]
	}
	t.drive(price, paid, math.Inf(-1))
	var moved []int32
	for j, c := range cost {
		if c >= 1 && t.x[j] > t.eps {
			moved = append(moved, of[j])
		}
	}
	return moved
}

// neighbours gathers cells around cell i that may move, nearest first.
func (g *protector) neighbours(l *layer, i int32, size int) []int32 {
	cells := []int32{i}
	g.place[i] = 0
	for at := 0; at < len(cells); at++ {
		for _, line := range g.linesOf(cells[at]) {
			if l.holds[line] {
				l.coefficients(g.system, line, func(v int32, _ float64) {
					if g.place[v] < 0 && len(cells) < size && (g.unknown(l, v) || g.candidate(l, v)) {
						g.place[v] = 0
						cells = append(cells, v)
					}
				})
			}
		}
	}
	for _, v := range cells {
		g.place[v] = -1
	}
	return cells
}
