package disclosure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// addLines adds the lines of all cells, wider wholes after narrower ones, since a whole
// that no table gives is a cell too, and part of a wider one.
func (b *builder) addLines() error {
	type whole struct {
		key, dimension string
	}
	depth := func(i int32) (n int) {
		for _, c := range b.cells[i].conditions {
			n += b.depth(c)
		}
		return n
	}
	levels := map[int][]int32{}
	deepest := 0
	for i := range int32(len(b.cells)) {
		levels[depth(i)] = append(levels[depth(i)], i)
		deepest = max(deepest, depth(i))
	}
	for level := deepest; level > 0; level-- {
		parts := map[whole][]int32{}
		above := map[whole][]condition{}
		for _, i := range levels[level] {
			for k := range b.cells[i].conditions {
				up := b.widen(b.cells[i].conditions, k)
				w := whole{keyOf(b.cells[i].measure, up), b.cells[i].conditions[k].dimension}
				parts[w], above[w] = append(parts[w], i), up
			}
		}
		wholes := make([]whole, 0, len(parts))
		for w := range parts {
			wholes = append(wholes, w)
		}
		slices.SortFunc(wholes, func(a, o whole) int {
			return cmp.Or(strings.Compare(a.key, o.key), strings.Compare(a.dimension, o.dimension))
		})
		for _, w := range wholes {
			at, made, err := b.addLine(w.key, w.dimension, above[w], parts[w])
			if err != nil {
				return err
			}
			if made {
				levels[level-1] = append(levels[level-1], at)
			}
		}
	}
	return nil
}

// addLine adds the line of a whole along a dimension, and the whole where no table
// gives it: then it returns the new cell.
func (b *builder) addLine(key, dimension string, conditions []condition, parts []int32) (at int32, made bool, err error) {
	first := &b.cells[parts[0]]
	overlapping := b.overlaps[[2]string{first.measure, dimension}]
	at, given := b.index[key]
	if !given && overlapping {
		return 0, false, nil // nothing is known of the whole
	}
	sum, unknown := int64(0), false
	for _, i := range parts {
		sum += b.cells[i].Value
		unknown = unknown || b.cells[i].Withheld
	}
	if !given {
		at, made = int32(len(b.cells)), true
		f := figure{key: key, measure: first.measure, conditions: conditions, magnitude: first.magnitude, signed: first.signed, virtual: true}
		f.Value, f.Withheld = sum, unknown
		for _, i := range parts {
			f.Persons, f.Largest = f.Persons+b.cells[i].Persons, max(f.Largest, b.cells[i].Largest)
		}
		for _, c := range conditions {
			f.attribute = f.attribute || b.dimensions[c.dimension].Attribute
		}
		b.index[key] = at
		b.cells = append(b.cells, f)
	}
	whole := &b.cells[at]
	if !unknown && !whole.Withheld {
		switch {
		case overlapping && !whole.signed && whole.Value > sum, !overlapping && whole.Value != sum:
			return 0, false, fmt.Errorf("cell %s is %d, but its parts along %s sum to %d: give what is left as a category of its own, or name the dimension as overlapping", key, whole.Value, dimension, sum)
		}
	}
	if !overlapping {
		b.lines = append(b.lines, line{whole: at, parts: parts, dimension: dimension})
		return at, made, nil
	}
	if whole.signed {
		return at, made, nil // sums that may be negative bound nothing
	}
	b.lines = append(b.lines, line{whole: at, parts: parts, dimension: dimension, kind: atMost})
	for _, i := range parts {
		part := &b.cells[i]
		if !whole.Withheld && !part.Withheld && part.Value > whole.Value {
			return 0, false, fmt.Errorf("cell %s is %d, more than the %d of %s, of which it is a part", part.key, part.Value, whole.Value, key)
		}
		b.lines = append(b.lines, line{whole: at, parts: []int32{i}, dimension: dimension, kind: within})
	}
	return at, made, nil
}

// depth is how many steps a category is below the total.
func (b *builder) depth(c condition) int {
	n := 1
	for up := b.dimensions[c.dimension].Parent[c.category]; up != ""; up = b.dimensions[c.dimension].Parent[up] {
		n++
	}
	return n
}

// widen replaces condition k by the next wider one.
func (b *builder) widen(conditions []condition, k int) []condition {
	up := slices.Clone(conditions)
	c := up[k]
	if c.category = b.dimensions[c.dimension].Parent[c.category]; c.category == "" {
		return slices.Delete(up, k, k+1)
	}
	up[k] = c
	return up
}
