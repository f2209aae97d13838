package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// complete chooses a category in each further dimension of finer tables, and returns the
// swap, nil where it cannot be carried out.
func (s *swapper) complete(i int32, factors []factor, up, down float64) *swap {
	crosses := s.crossesOf(i, factors)
	for _, dimensions := range crosses {
		for _, d := range dimensions {
			if !slices.ContainsFunc(factors, func(f factor) bool { return f.dimension == d }) {
				f, ok := s.further(i, factors, dimensions, d, up, down)
				if !ok {
					return nil
				}
				factors = append(factors, f)
			}
		}
	}
	slices.SortFunc(factors, func(a, b factor) int { return cmp.Compare(a.dimension, b.dimension) })
	w := &swap{factors: factors, room: math.Inf(1)}
	for _, dimensions := range crosses {
		if !s.gather(i, w, dimensions, up, down) {
			return nil
		}
	}
	if !s.balanced(w) {
		return nil
	}
	return w
}

// crossesOf lists the sets of dimensions whose cells a swap moves: those with all in which
// it exchanges categories.
func (s *swapper) crossesOf(i int32, factors []factor) (crosses [][]uint32) {
	for _, dimensions := range s.crosses[measureOf(s.cells[i].key)] {
		if !slices.ContainsFunc(factors, func(f factor) bool { return !f.total && !slices.Contains(dimensions, f.dimension) }) {
			crosses = append(crosses, dimensions)
		}
	}
	return crosses
}

// further chooses the category of a further dimension that most cells of the swap can be
// moved in: of those with enough persons the one with fewest cells shown.
func (s *swapper) further(i int32, factors []factor, dimensions []uint32, dimension uint32, up, down float64) (factor, bool) {
	corners, signs := corners(factors, dimensions)
	f := factor{dimension: dimension, total: true}
	for v := s.cellAt(i, corners[0]); v >= 0; {
		best, shown, least := int32(-1), 0, 0.0
		parts := s.partsOf(v, dimension)
		for _, part := range parts[:min(len(parts), swapParts)] {
			c := condition{dimension, s.categoryOf(part, dimension)}
			n, room := 0, math.Inf(1)
			for k, corner := range corners {
				at := insert(corner, c)
				cell := s.cellAt(i, at)
				if cell < 0 {
					room = -1
					break
				}
				if !s.unknown(s.layer, cell) {
					n++
				}
				room = min(room, s.room(cell, signs[k], up, down))
			}
			if room > 0 && (best < 0 || cmp.Or(-cmp.Compare(min(room, 1), min(least, 1)), cmp.Compare(n, shown), -cmp.Compare(room, least)) < 0) {
				best, shown, least = part, n, room
			}
		}
		if best < 0 {
			break
		}
		f.plus = append(f.plus, s.categoryOf(best, dimension))
		v = best
	}
	return f, len(f.plus) > 0
}

// corners lists the finest conditions that a swap moves in some dimensions, those first that gain
// in each.
func corners(factors []factor, dimensions []uint32) (corners [][]condition, signs []int8) {
	corners, signs = [][]condition{nil}, []int8{1}
	for _, f := range factors {
		if !slices.Contains(dimensions, f.dimension) {
			continue
		}
		for k, corner := range corners[:len(corners):len(corners)] {
			if len(f.minus) > 0 {
				corners, signs = append(corners, insert(corner, condition{f.dimension, f.minus[0]})), append(signs, -signs[k])
			}
			corners[k] = insert(corner, condition{f.dimension, f.plus[0]})
		}
	}
	return corners, signs
}

// insert returns conditions with one more, in order.
func insert(at []condition, c condition) []condition {
	out := make([]condition, 0, len(at)+1)
	k := 0
	for k < len(at) && at[k].dimension < c.dimension {
		k++
	}
	return append(append(append(out, at[:k]...), c), at[k:]...)
}

// gather adds the cells of a set of dimensions to a swap; false where one has not the
// persons, or is zero, or where they are too many.
func (s *swapper) gather(i int32, w *swap, dimensions []uint32, up, down float64) bool {
	at := make([]condition, 0, len(dimensions))
	var along []*factor
	for k := range w.factors {
		if slices.Contains(dimensions, w.factors[k].dimension) {
			along = append(along, &w.factors[k])
		}
	}
	var walk func(k int, sign int8) bool
	walk = func(k int, sign int8) bool {
		if k == len(along) {
			return s.move(i, w, at, sign, up, down)
		}
		f := along[k]
		for n, c := range append(f.plus[:len(f.plus):len(f.plus)], f.minus...) {
			at = append(at, condition{f.dimension, c})
			of := sign
			if n >= len(f.plus) {
				of = -sign
			}
			ok := walk(k+1, of)
			at = at[:len(at)-1]
			if !ok {
				return false
			}
		}
		return true
	}
	return walk(0, 1)
}

// move adds the cell of conditions to a swap. Where there is none, its lines decide.
func (s *swapper) move(i int32, w *swap, at []condition, sign int8, up, down float64) bool {
	v := s.cellAt(i, at)
	if v < 0 {
		return true
	}
	if w.room = min(w.room, s.room(v, sign, up, down)); w.room <= 0 || len(w.cells) >= swapMoved {
		return false
	}
	if !s.unknown(s.layer, v) {
		if s.layer.x[v] <= s.layer.base[v] {
			return false
		}
		loss := s.loss(v)
		if loss > s.most {
			return false
		}
		w.cost += loss
	}
	w.cells, w.signs = append(w.cells, v), append(w.signs, sign)
	return true
}

// loss is what it costs to withhold a cell: a little for its persons, and one for each way in
// which it is divided, since totals are asked for most.
func (g *protector) loss(v int32) float64 {
	loss := 1 + 0.05*math.Log2(1+math.Abs(float64(g.cells[v].Value)))
	for _, at := range g.of[v] {
		if g.lines[at].whole == v {
			loss++
		}
	}
	return loss
}

// balanced tells whether all lines hold after a swap as they did before.
func (s *swapper) balanced(w *swap) bool {
	clear(s.rest)
	for k, v := range w.cells {
		for _, at := range s.of[v] {
			if !s.layer.holds[at] {
				continue
			}
			n := &s.lines[at]
			if n.kind != equal {
				return false // its slack is not looked at
			}
			if n.whole == v {
				s.rest[at] += int32(w.signs[k])
			} else {
				s.rest[at] -= int32(w.signs[k])
			}
		}
	}
	off := int32(0)
	for _, rest := range s.rest {
		off |= rest
	}
	return off == 0
}
