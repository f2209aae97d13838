package disclosure

import (
	"cmp"
	"fmt"
	"slices"
)

// membership says that a cell is part of a whole along a dimension.
type membership struct {
	whole, part int32
	dimension   uint32
}

// addLines adds the lines of all cells, wider wholes after narrower ones, since a whole
// that no table gives is a cell too, and part of a wider one.
func (b *builder) addLines() error {
	var deep [][]int32 // cells by how many steps they are below the total
	for i := range int32(len(b.cells)) {
		n := b.depth(b.cells[i].key)
		for len(deep) <= n {
			deep = append(deep, nil)
		}
		deep[n] = append(deep[n], i)
	}
	for n := len(deep) - 1; n > 0; n-- {
		// Wholes whose parts overlap come last: what is not given is not known of them.
		for _, overlapping := range [...]bool{false, true} {
			first := int32(len(b.cells))
			parts := b.memberships(deep[n], overlapping)
			for i := first; i < int32(len(b.cells)); i++ {
				deep[n-1] = append(deep[n-1], i)
			}
			if err := b.addWholes(parts, overlapping); err != nil {
				return err
			}
		}
	}
	return nil
}

// memberships finds the wholes of cells, and adds those that no table gives.
func (b *builder) memberships(cells []int32, overlapping bool) (parts []membership) {
	var up []condition
	for _, i := range cells {
		measure := measureOf(b.cells[i].key)
		b.at = unpack(b.at[:0], b.cells[i].key)
		for k, c := range b.at {
			if b.overlaps[[2]uint32{measure, c.dimension}] != overlapping {
				continue
			}
			up = append(up[:0], b.at...)
			if above := b.codes.of[c.dimension].parent[c.category]; above >= 0 {
				up[k].category = uint32(above)
			} else {
				up = slices.Delete(up, k, k+1)
			}
			b.key = pack(b.key[:0], measure, up)
			whole, given := b.index[string(b.key)]
			if !given {
				if overlapping {
					continue // nothing is known of the whole
				}
				whole = b.addVirtual(measure, up, &b.cells[i])
			}
			parts = append(parts, membership{whole, i, c.dimension})
		}
	}
	return parts
}

// addVirtual adds a whole that no table gives; its key is at hand.
func (b *builder) addVirtual(measure uint32, conditions []condition, part *figure) int32 {
	at := int32(len(b.cells))
	f := figure{key: string(b.key), magnitude: part.magnitude, signed: part.signed, virtual: true, open: true}
	f.level = b.levelOf(measure, conditions)
	b.index[f.key] = at
	b.cells = append(b.cells, f)
	return at
}

// addWholes adds the lines of wholes, in their order.
func (b *builder) addWholes(all []membership, overlapping bool) error {
	from := make([]int32, len(b.cells)+1)
	for _, m := range all {
		from[m.whole+1]++
	}
	for i := range b.cells {
		from[i+1] += from[i]
	}
	sorted, next := make([]membership, len(all)), slices.Clone(from)
	for _, m := range all {
		sorted[next[m.whole]] = m
		next[m.whole]++
	}
	parts := make([]int32, len(all))
	for i := range b.cells {
		of := sorted[from[i]:from[i+1]]
		slices.SortFunc(of, func(x, y membership) int {
			return cmp.Or(cmp.Compare(x.dimension, y.dimension), cmp.Compare(x.part, y.part))
		})
		for n, m := range of {
			parts[int(from[i])+n] = m.part
		}
		for at := 0; at < len(of); {
			to := at
			for to < len(of) && of[to].dimension == of[at].dimension {
				to++
			}
			start, end := int(from[i])+at, int(from[i])+to
			if err := b.addLine(int32(i), of[at].dimension, parts[start:end:end], overlapping); err != nil {
				return err
			}
			at = to
		}
	}
	return nil
}

// addLine adds the line of a whole along a dimension, and checks it.
func (b *builder) addLine(at int32, dimension uint32, parts []int32, overlapping bool) error {
	sum, unknown := int64(0), false
	whole := &b.cells[at]
	for _, i := range parts {
		part := &b.cells[i]
		sum += part.Value
		unknown = unknown || part.Withheld
		if whole.open {
			whole.Persons, whole.Largest = whole.Persons+part.Persons, max(whole.Largest, part.Largest)
		}
	}
	if whole.open {
		whole.Value, whole.Withheld, whole.open = sum, unknown, false
	}
	if !unknown && !whole.Withheld {
		if overlapping && !whole.signed && whole.Value > sum || !overlapping && whole.Value != sum {
			return fmt.Errorf("cell %s is %d, but its parts along %s sum to %d: give what is left as a category of its own, or name the dimension as overlapping",
				b.nameOf(at), whole.Value, b.dimensions[dimension].Name, sum)
		}
	}
	if !overlapping {
		b.lines = append(b.lines, line{whole: at, parts: parts, dimension: dimension})
		return nil
	}
	if whole.signed {
		return nil // sums that may be negative bound nothing
	}
	b.lines = append(b.lines, line{whole: at, parts: parts, dimension: dimension, kind: atMost})
	for n, i := range parts {
		part := &b.cells[i]
		if !whole.Withheld && !part.Withheld && part.Value > whole.Value {
			return fmt.Errorf("cell %s is %d, more than the %d of %s, of which it is a part", b.nameOf(i), part.Value, whole.Value, b.nameOf(at))
		}
		b.lines = append(b.lines, line{whole: at, parts: parts[n : n+1 : n+1], dimension: dimension, kind: within})
	}
	return nil
}
