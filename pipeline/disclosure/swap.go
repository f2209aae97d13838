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
	swapLoss     = 5.0  // of a cell, where there may be another way
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
		g.swapper.giveRoom(p, i, swapLoss)
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
// way by a few, one after the other; those first that leave totals as they are known. No
// cell is withheld that costs more than most.
func (s *swapper) giveRoom(p *progress, i int32, most float64) {
	s.most = most
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
