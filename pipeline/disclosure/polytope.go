package disclosure

import (
	"math"
	"slices"
)

// polytope is what an intruder knows of some variables: equations between them, and
// the least that each can be. It is a simplex tableau: each basic variable is minus
// the sum of the nonbasic ones times the coefficients of its row. One point of it,
// x, moves along edges; it need be no corner.
type polytope struct {
	x, low []float64 // of each variable
	high   []float64 // nil where no variable has an upper bound
	rows   [][]float64
	basic  []int32 // variable of each row
	free   []int32 // variable of each column
	row    []int32 // of each variable, -1 where it is nonbasic
	column []int32 // of each variable, -1 where it is basic
	known  int     // variables from here on are known: they never move
	eps    float64 // a length below this is nothing
}

// Coefficients are fractions of small numbers, so one below zero is nothing, and one as near
// to a whole number is that number: errors do not add up.
const (
	zero  = 1e-7
	exact = 1e-9 // lengths are told apart by this part of the greatest
)

// clean rids a coefficient of its error.
func clean(a float64) float64 {
	if r := math.Round(a); math.Abs(a-r) <= zero {
		return r
	}
	return a
}

// newPolytope reduces equations, each the coefficients of variables whose sum of
// products is 0, to a tableau; those that follow from others drop out. It changes them.
// Variables from known on have fixed values. It starts at the point x.
func newPolytope(equations [][]float64, x, low []float64, known int) *polytope {
	p := &polytope{x: x, low: low, row: make([]int32, len(x)+1), column: make([]int32, len(x)+1), known: known, eps: exact}
	for j, v := range x {
		p.row[j], p.column[j] = -1, -1
		p.eps = max(p.eps, exact*math.Abs(v))
	}
	for _, e := range equations {
		for r, f := range p.rows {
			subtract(e, f, e[p.basic[r]])
		}
		pivot := p.roomiest(e)
		if pivot < 0 {
			continue
		}
		scale := 1 / e[pivot]
		for j := range e {
			e[j] *= scale
		}
		for _, f := range p.rows {
			subtract(f, e, f[pivot])
		}
		p.row[pivot] = int32(len(p.rows))
		p.rows, p.basic = append(p.rows, e), append(p.basic, int32(pivot))
	}
	for j := range x {
		if p.row[j] < 0 {
			p.column[j] = int32(len(p.free))
			p.free = append(p.free, int32(j))
		}
	}
	for r, e := range p.rows {
		short := make([]float64, len(p.free))
		for c, j := range p.free {
			short[c] = e[j]
		}
		p.rows[r] = short
	}
	p.x, p.low = append(p.x, 0), append(p.low, math.Inf(-1)) // the sum that is driven
	return p
}

// roomiest returns the variable to make basic for an equation: of those that matter in
// it the one farthest from its bound, so that it seldom stops a move; -1 for none.
func (p *polytope) roomiest(e []float64) int {
	best, most := -1, 0.0
	for _, a := range e[:p.known] {
		most = max(most, math.Abs(a))
	}
	if most <= zero {
		return -1
	}
	for j, a := range e[:p.known] {
		if math.Abs(a) >= most/2 && (best < 0 || p.x[j]-p.low[j] > p.x[best]-p.low[best]) {
			best = j
		}
	}
	return best
}

// subtract takes f times a from e.
func subtract(e, f []float64, a float64) {
	if math.Abs(a) <= zero {
		return
	}
	for j, v := range f {
		if v != 0 {
			e[j] = clean(e[j] - a*v)
		}
	}
}

// term is a variable with its coefficient.
type term struct {
	variable int32
	a        float64
}

// drive moves the point so that a sum of terms, which is value now, comes as near to
// target as can be, and tells whether it got there. It is the primal
// simplex method with the greatest coefficient entering, and the least number once a
// corner holds it up (Bland 1977). The sum is the last row for as long. Where it gives
// up, nothing is proved: that too is false.
func (p *polytope) drive(sum []term, value, target float64) bool {
	p.add(sum, value)
	defer p.drop()
	_, ok := p.driveLast(target)
	return ok
}

// add adds a row for a sum of terms.
func (p *polytope) add(sum []term, value float64) {
	row := make([]float64, len(p.free))
	for _, t := range sum {
		if r := p.row[t.variable]; r >= 0 {
			for c, a := range p.rows[r] {
				row[c] += t.a * a
			}
		} else {
			row[p.column[t.variable]] -= t.a
		}
	}
	for c, a := range row {
		row[c] = clean(a)
	}
	o := int32(len(p.x) - 1)
	p.x[o], p.row[o], p.column[o] = value, int32(len(p.rows)), -1
	p.rows, p.basic = append(p.rows, row), append(p.basic, o)
}

// drop removes the row of the sum, which never leaves the basis.
func (p *polytope) drop() {
	p.rows, p.basic = p.rows[:len(p.rows)-1], p.basic[:len(p.basic)-1]
}

// driveLast drives the sum of the last row, and returns how far it came.
func (p *polytope) driveLast(target float64) (float64, bool) {
	v := int32(len(p.x) - 1)
	direction := 1.0
	if target < p.x[v] {
		direction = -1
	}
	stuck := 0
	for range 50 * (len(p.free) + 10) {
		if direction*(target-p.x[v]) <= p.eps {
			return p.x[v], true
		}
		c, sign := p.entering(v, direction, stuck > 20)
		if c < 0 {
			return p.x[v], false
		}
		rate := math.Abs(p.rows[p.row[v]][c])
		if p.move(c, sign, math.Abs(target-p.x[v])/rate, stuck > 20) > p.eps {
			stuck = 0
		} else {
			stuck++
		}
	}
	return p.x[v], false
}

// entering returns the column to move and in which direction, -1 where none helps.
func (p *polytope) entering(v int32, direction float64, bland bool) (c int, sign float64) {
	best, bestSign, bestSize := -1, 0.0, zero
	for c, a := range p.rows[p.row[v]] {
		j := p.free[c]
		if size := math.Abs(a); size > bestSize && int(j) < p.known {
			sign := -direction * math.Copysign(1, a)
			if p.room(j, sign) <= p.eps {
				continue
			}
			if bland {
				if best < 0 || j < p.free[best] {
					best, bestSign = c, sign
				}
				continue
			}
			best, bestSign, bestSize = c, sign, size
		}
	}
	return best, bestSign
}

// move moves the variable of column c by at most a length, until another one reaches
// its bound; that one leaves the basis for it. It returns how far it came.
func (p *polytope) move(c int, sign, most float64, bland bool) float64 {
	j := p.free[c]
	length, leaving := min(most, p.room(j, sign)), -1
	for r, row := range p.rows {
		rate := -row[c] * sign // of the basic variable
		if math.Abs(rate) <= zero {
			continue
		}
		room := max(0, p.room(p.basic[r], rate)/math.Abs(rate))
		if room < length-p.eps || room <= length && leaving >= 0 && p.leavesFirst(r, leaving, c, bland) {
			length, leaving = room, r
		}
	}
	p.x[j] += sign * length
	for r, row := range p.rows {
		if row[c] != 0 {
			p.x[p.basic[r]] -= row[c] * sign * length
		}
	}
	if leaving >= 0 {
		p.pivot(leaving, c)
	}
	return length
}

// leavesFirst breaks a tie between two rows: the greater coefficient is the more exact.
func (p *polytope) leavesFirst(r, o, c int, bland bool) bool {
	if bland {
		return p.basic[r] < p.basic[o]
	}
	return math.Abs(p.rows[r][c]) > math.Abs(p.rows[o][c])
}

// pivot exchanges the basic variable of row r for the nonbasic one of column c.
func (p *polytope) pivot(r, c int) {
	row := p.rows[r]
	scale := 1 / row[c]
	for k := range row {
		row[k] *= scale
	}
	row[c] = scale
	for i, other := range p.rows {
		if f := other[c]; i != r && f != 0 {
			other[c] = 0
			for k, a := range row {
				if a != 0 {
					other[k] = clean(other[k] - f*a)
				}
			}
		}
	}
	in, out := p.free[c], p.basic[r]
	p.free[c], p.basic[r] = out, in
	p.row[in], p.column[in] = int32(r), -1
	p.row[out], p.column[out] = -1, int32(c)
	p.x[out] = max(p.low[out], p.x[out])
	if p.high != nil {
		p.x[out] = min(p.high[out], p.x[out])
	}
}

// room is how far a variable is from its bound in a direction.
func (p *polytope) room(v int32, direction float64) float64 {
	switch {
	case direction < 0:
		return p.x[v] - p.low[v]
	case p.high != nil:
		return p.high[v] - p.x[v]
	}
	return math.Inf(1)
}

// enter makes the point one of the polytope, whose basic variables follow from the
// nonbasic ones, and tells whether there is one: one after the other, those below
// their bound are driven there, while those not yet driven have none.
func (p *polytope) enter() bool {
	for r, row := range p.rows {
		sum := 0.0
		for c, a := range row {
			sum -= a * p.x[p.free[c]]
		}
		p.x[p.basic[r]] = sum
		p.eps = max(p.eps, exact*math.Abs(sum))
	}
	low := slices.Clone(p.low)
	var below []int32
	for v := range p.known {
		if p.x[v] < low[v]-p.eps {
			below = append(below, int32(v))
			p.low[v] = math.Inf(-1)
		}
	}
	for _, v := range below {
		if p.x[v] < low[v] {
			if !p.drive([]term{{v, 1}}, p.x[v], low[v]) && p.x[v] < low[v]-p.eps {
				return false
			}
		}
		p.low[v] = low[v]
	}
	return true
}
