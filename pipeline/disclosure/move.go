package disclosure

import (
	"math"
	"slices"
)

// pathCells are how many cells are looked at to find the cheapest move.
const pathCells = 200

// path finds, of the moves that bring cell i as far as it needs while all lines hold,
// the one that costs least, and withholds the shown cells that move. It tells
// whether it withheld any. It is the linear programme of Kelly, Golden and Assad.
func (g *protector) path(l *layer, p *progress, i int32) (some bool) {
	for _, up := range [...]bool{true, false} {
		if l.need[i].covers(p, i, up) {
			continue
		}
		for _, v := range g.cheapestMove(l, i, l.need[i].target(p, i, up)) {
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
func (g *protector) cheapestMove(l *layer, i int32, target float64) []int32 {
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
		c := g.loss(v)
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
	high = append(high, math.Inf(1)) // for the sum that is driven
	t.high = high
	if !t.drive([]term{{0, 1}}, x[0], target) {
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
