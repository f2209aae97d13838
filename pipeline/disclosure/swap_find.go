package disclosure

import (
	"math"
	"slices"
)

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
