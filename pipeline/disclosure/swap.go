package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// A swap moves persons between cells as if some had other categories: in each of its
// dimensions from one category to another, there and back, so that no total changes:
//
//	        certified   not certified
//	male        +1            -1
//	female      -1            +1
//
// Where finer tables tell the same persons apart by further dimensions, they are all of
// one category there. Of numbers that add up to the published totals a swap makes others
// that do so too; where all cells that it moves are withheld, it is what an intruder
// cannot exclude. It proves what linear programming proves, at a fraction of the time. It is
// the hypercube of Repsilber, D., Preservation of confidentiality in aggregated data (1994),
// for tables that are linked.
type swap struct {
	factors []factor
	cells   []int32 // that it moves, by one person
	signs   []int8
	cost    float64 // of those that are shown
	room    float64 // what part of the move asked for they have the persons for
}

// factor is what a swap does along a dimension.
type factor struct {
	dimension   uint32
	plus, minus []uint32 // categories that gain and that lose
	total       bool     // the total over the dimension gains: nobody loses
}

// Bounds of the search for a swap.
const (
	swapPartners = 5    // categories tried in each dimension
	swapTries    = 100  // of all
	swapParts    = 40   // categories of a further dimension
	swapMoved    = 5000 // cells
	swapSteps    = 8    // of a walk
	// swapDimensions is in how many dimensions a cell may lie for all sets of them to be tried.
	swapDimensions = 2
)

// swaps withholds, for each cell of the publication that lacks room, the cells of the
// cheapest swap that gives it, where there is one; wide cells first. So do those
// withheld for others.
func (g *protector) swaps() {
	if g.swapper == nil {
		g.swapper = g.newSwapper(g.layers[0])
	}
	for left := math.MaxInt; ; {
		before := left
		if left = g.swapOnce(); left == 0 || left >= before {
			return
		}
	}
}

// swapOnce does so once for all cells, and returns how many it found in want of room.
func (g *protector) swapOnce() (lacking int) {
	l, p := g.layers[0], &g.seen[0]
	var order []int32
	for i := range int32(len(g.cells)) {
		if !g.isGone(i) && g.unknown(l, i) && !g.swapper.failed[i] && !l.need[i].done(p, i) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int32) int { return cmp.Compare(len(g.cells[i].key), len(g.cells[j].key)) })
	for _, i := range order {
		g.swapper.giveRoom(p, i)
		g.swapper.failed[i] = !l.need[i].done(p, i) // linear programming will do
	}
	return len(order)
}

// swapper looks for swaps.
type swapper struct {
	*protector
	layer   *layer
	crosses map[uint32][][]uint32 // of each measure, the sets of dimensions that its cells have
	most    float64               // that a cell may cost to be withheld
	failed  []bool                // cells that none was found for
	key     []byte
	shift   map[int32]float64 // by how much cells have been moved on the way
	rest    map[int32]int32   // of each line that a swap touches, by how much it does not hold
}

func (g *protector) newSwapper(l *layer) *swapper {
	s := &swapper{protector: g, failed: make([]bool, len(g.cells)), layer: l, crosses: map[uint32][][]uint32{}, rest: map[int32]int32{}, shift: map[int32]float64{}}
	for _, level := range g.levels {
		var dimensions []uint32
		for k := measureBytes; k < len(level); k += levelBytes {
			dimensions = append(dimensions, measureOf(level[k:]))
		}
		m := measureOf(level)
		if !slices.ContainsFunc(s.crosses[m], func(o []uint32) bool { return slices.Equal(o, dimensions) }) {
			s.crosses[m] = append(s.crosses[m], dimensions)
		}
	}
	return s
}

// giveRoom finds swaps by which a cell goes as far as it needs: both ways by one, or each
// way by a few, one after the other; those first that leave totals as they are known.
func (s *swapper) giveRoom(p *progress, i int32) {
	for _, anyTotal := range [...]bool{false, true} {
		up, down := s.lack(p, i)
		if up == 0 && down == 0 {
			return
		}
		if best := s.cheapest(i, up, down, anyTotal); best != nil && best.room >= 1 {
			s.apply(p, best)
			continue
		}
		s.walk(p, i, up, 0, anyTotal)
		s.walk(p, i, 0, down, anyTotal)
	}
}

// walk moves a cell up or down by one swap after the other, until it is there or no
// swap goes on.
func (s *swapper) walk(p *progress, i int32, up, down float64, anyTotal bool) {
	clear(s.shift)
	for range swapSteps {
		if up <= slackOf(up) && down <= slackOf(down) {
			break
		}
		best := s.cheapest(i, up, down, anyTotal)
		if best == nil {
			break
		}
		part := min(1, best.room)
		s.apply(p, best)
		for k, v := range best.cells {
			s.shift[v] += float64(best.signs[k]) * (up - down) * part
		}
		up, down = up*(1-part), down*(1-part)
	}
	clear(s.shift)
}

// x is the number of a cell after the swaps so far.
func (s *swapper) x(v int32) float64 { return s.layer.x[v] + s.shift[v] }

// room returns what part of a move up and down a cell has the persons for.
func (s *swapper) room(v int32, sign int8, up, down float64) float64 {
	loss := down
	if sign < 0 {
		loss = up
	}
	if loss == 0 {
		return 1
	}
	return (s.x(v) - s.layer.base[v]) / loss
}

// lack returns how far a cell has to be moved up and down.
func (s *swapper) lack(p *progress, i int32) (up, down float64) {
	n, x := &s.layer.need[i], s.layer.x[i]
	if !n.covers(p, i, true) {
		if up = n.high - x; !n.set {
			up = n.width - (x - p.least[i])
		}
	}
	if n.set && !n.covers(p, i, false) {
		down = max(x-n.low, n.width-max(up, p.most[i]-x))
	}
	return max(up, 0), max(down, 0)
}

// apply withholds the cells of a swap, and notes how far all can go by it: as far as
// those that lose have persons.
func (s *swapper) apply(p *progress, w *swap) {
	up, down := math.Inf(1), math.Inf(1)
	for k, v := range w.cells {
		if !s.unknown(s.layer, v) {
			s.withhold(v)
		}
		if room := s.x(v) - s.layer.base[v]; w.signs[k] < 0 {
			up = min(up, room)
		} else {
			down = min(down, room)
		}
	}
	for k, v := range w.cells {
		more, less := up, down
		if w.signs[k] < 0 {
			more, less = down, up
		}
		p.most[v], p.least[v] = max(p.most[v], s.x(v)+more), min(p.least[v], s.x(v)-less)
	}
}

// cheapest returns the swap of least cost that moves cell i up and down so far, or some of
// the way; nil where none is found. It exchanges categories along the dimensions whose totals
// are known, or along any.
func (s *swapper) cheapest(i int32, up, down float64, anyTotal bool) (best *swap) {
	i = s.refined(i)
	at := unpack(nil, s.cells[i].key)
	known := uint(0)
	for k := range at {
		if w := s.cellAt(i, slices.Delete(slices.Clone(at), k, k+1)); w >= 0 && !s.unknown(s.layer, w) {
			known |= 1 << k
		}
	}
	if !anyTotal {
		return s.among(i, at, known, up, down)
	}
	all := uint(1)<<len(at) - 1
	for along := uint(1); along <= all; along++ {
		if along != known && (len(at) <= swapDimensions || along == all) {
			best = better(best, s.among(i, at, along, up, down))
		}
	}
	return best
}

// better returns the swap that costs less for how far it goes.
func better(a, b *swap) *swap {
	if a == nil || b != nil && b.price() < a.price() {
		return b
	}
	return a
}

// price is the cost of a swap, more where it goes a part of the way alone.
func (w *swap) price() float64 { return (1 + w.cost) / min(1, w.room) }

// refined returns the cell of the same persons with most conditions.
func (s *swapper) refined(i int32) int32 {
	for again := true; again; {
		again = false
		for _, at := range s.of[i] {
			if n := &s.lines[at]; n.whole == i && n.kind == equal && s.layer.holds[at] && len(n.parts) == 1 {
				i, again = n.parts[0], true
				break
			}
		}
	}
	return i
}

// cellAt returns the cell with conditions of the measure of cell i, -1 where there is none.
func (s *swapper) cellAt(i int32, at []condition) int32 {
	s.key = pack(s.key[:0], measureOf(s.cells[i].key), at)
	if v, met := s.index[string(s.key)]; met {
		return v
	}
	return -1
}

// among looks among swaps of a cell, whose conditions are given, along those of a set.
func (s *swapper) among(i int32, at []condition, along uint, up, down float64) (best *swap) {
	factors := make([]factor, len(at))
	partners, tries := make([][]uint32, len(at)), 1
	for k, c := range at {
		factors[k] = factor{dimension: c.dimension, plus: s.path(c.dimension, s.leaf(i, c.dimension)), total: true}
		if along&(1<<k) != 0 {
			partners[k] = s.partners(i, at, k, max(up, down))
			tries *= len(partners[k])
		}
	}
	if along == 0 {
		return nil
	}
	for try := range min(tries, swapTries) {
		f := slices.Clone(factors)
		for k, with := range partners {
			if along&(1<<k) == 0 {
				continue
			}
			minus := s.path(at[k].dimension, with[try%len(with)])
			try /= len(with)
			f[k].plus, f[k].minus, f[k].total = without(f[k].plus, minus), without(minus, f[k].plus), false
		}
		if best = better(best, s.complete(i, f, up, down)); best != nil && best.cost == 0 && best.room >= 1 {
			break
		}
	}
	return best
}

// path lists a category and all that it is part of.
func (s *swapper) path(dimension, category uint32) (path []uint32) {
	for c := int32(category); c >= 0; c = s.codes.of[dimension].parent[c] {
		path = append(path, uint32(c))
	}
	return path
}

func without(of, but []uint32) []uint32 {
	return slices.DeleteFunc(slices.Clone(of), func(c uint32) bool { return slices.Contains(but, c) })
}

// leaf returns the category below that of a cell, along one of its dimensions, to which
// most of its persons belong: the finest that a table tells.
func (s *swapper) leaf(i int32, dimension uint32) uint32 {
	for {
		most := int32(-1)
		for _, v := range s.partsOf(i, dimension) {
			if most < 0 || s.x(v) > s.x(most) {
				most = v
			}
		}
		if most < 0 {
			return s.categoryOf(i, dimension)
		}
		i = most
	}
}

// partsOf returns the parts of a cell along a dimension.
func (s *swapper) partsOf(i int32, dimension uint32) []int32 {
	for _, at := range s.of[i] {
		if n := &s.lines[at]; n.whole == i && n.dimension == dimension && n.kind == equal && s.layer.holds[at] {
			return n.parts
		}
	}
	return nil
}

func (s *swapper) categoryOf(i int32, dimension uint32) uint32 {
	for _, c := range unpack(nil, s.cells[i].key) {
		if c.dimension == dimension {
			return c.category
		}
	}
	return 0
}

// partners lists the finest categories with which that of cell i in condition k may be
// exchanged: those beside it, then those beside what it is part of; withheld ones
// first, then those with just enough persons.
func (s *swapper) partners(i int32, at []condition, k int, enough float64) []uint32 {
	type ranked struct {
		cell int32
		rank float64
	}
	var cells []ranked
	d := at[k].dimension
	for v := i; v >= 0; {
		whole := int32(-1)
		for _, line := range s.of[v] {
			if n := &s.lines[line]; n.whole != v && n.dimension == d && n.kind == equal && s.layer.holds[line] {
				for _, o := range n.parts {
					if room := s.x(o) - s.layer.base[o]; o != v && room > 0 {
						r := 0.0
						if !s.unknown(s.layer, o) {
							r = s.loss(o)
						}
						if room < enough {
							r += 2
						}
						cells = append(cells, ranked{o, r})
					}
				}
				whole = n.whole
			}
		}
		v = whole
	}
	var partners []uint32
	for range min(len(cells), swapPartners) {
		least := 0
		for n := range cells {
			if cells[n].rank < cells[least].rank {
				least = n
			}
		}
		if c := s.leaf(cells[least].cell, d); !slices.Contains(partners, c) {
			partners = append(partners, c)
		}
		cells[least].rank = math.Inf(1)
	}
	return partners
}

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
		for _, part := range s.partsOf(v, dimension)[:min(len(s.partsOf(v, dimension)), swapParts)] {
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
		w.cost += s.loss(v)
	}
	w.cells, w.signs = append(w.cells, v), append(w.signs, sign)
	return true
}

// loss is what it costs to withhold a cell: a little for its persons, and one for each way in
// which it is divided, since totals are asked for most.
func (s *swapper) loss(v int32) float64 {
	loss := 1 + 0.05*math.Log2(1+math.Abs(s.layer.x[v]))
	for _, at := range s.of[v] {
		if s.lines[at].whole == v {
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
