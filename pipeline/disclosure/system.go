package disclosure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// system is the cells of a publication, each once, and how they add up.
type system struct {
	cells []figure
	lines []line
	of    [][]int32 // the lines of each cell
	index map[string]int32
}

// figure is a cell of the system.
type figure struct {
	key        string
	measure    string
	conditions []condition // sorted by dimension
	Cell
	magnitude, signed bool
	attribute         bool // has a condition on an attribute: may be withheld at zero
	virtual           bool // in no table: a total that follows from the tables
}

// condition is a category of a dimension.
type condition struct{ dimension, category string }

// line says that a whole is the sum of its parts; where overlapping, that it is at
// most their sum. An overlapping line of one part says that the part is at most the whole.
type line struct {
	whole       int32
	parts       []int32
	dimension   string
	overlapping bool
}

// builder makes a system out of tables.
type builder struct {
	system
	dimensions map[string]*Dimension
	overlaps   map[[2]string]bool // measure and dimension
	places     map[string]map[string]int
}

// newSystem checks a publication and returns its cells and lines, in an order that does
// not depend on that of tables and cells.
func newSystem(p *Publication) (*system, error) {
	b := &builder{dimensions: map[string]*Dimension{}, overlaps: map[[2]string]bool{}}
	b.index = map[string]int32{}
	if err := b.addDimensions(p.Dimensions); err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for i := range p.Tables {
		t := &p.Tables[i]
		if names[t.Name] {
			return nil, fmt.Errorf("table %s: there are two of that name", t.Name)
		}
		names[t.Name] = true
		if err := b.addTable(t); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if err := b.addLines(); err != nil {
		return nil, err
	}
	b.sort()
	return &b.system, nil
}

func (b *builder) addDimensions(dimensions []Dimension) error {
	for i := range dimensions {
		d := &dimensions[i]
		if d.Name == "" || b.dimensions[d.Name] != nil {
			return fmt.Errorf("dimension %q: each needs a name of its own", d.Name)
		}
		b.dimensions[d.Name] = d
		for c := range d.Parent {
			for n, above := 0, d.Parent[c]; above != ""; n, above = n+1, d.Parent[above] {
				if n > len(d.Parent) {
					return fmt.Errorf("dimension %s: category %s is part of itself", d.Name, c)
				}
			}
		}
	}
	return nil
}

func (b *builder) addTable(t *Table) error {
	for i, name := range t.Dimensions {
		if b.dimensions[name] == nil || slices.Contains(t.Dimensions[:i], name) {
			return fmt.Errorf("dimension %q: not declared, or named twice", name)
		}
		overlapping, k := slices.Contains(t.Overlapping, name), [2]string{t.Measure, name}
		if known, ok := b.overlaps[k]; ok && known != overlapping {
			return fmt.Errorf("dimension %s overlaps for %s in one table and not in another", name, t.Measure)
		}
		b.overlaps[k] = overlapping
	}
	order := make([]int, len(t.Dimensions))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(t.Dimensions[i], t.Dimensions[j]) })
	for i := range t.Cells {
		if err := b.addCell(t, order, &t.Cells[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) addCell(t *Table, order []int, c *Cell) error {
	if len(c.At) != len(t.Dimensions) {
		return fmt.Errorf("cell %v: want a category for each of %v", c.At, t.Dimensions)
	}
	f := figure{measure: t.Measure, Cell: *c, magnitude: t.Magnitude, signed: t.Signed}
	f.At = nil
	for _, i := range order {
		if c.At[i] != "" {
			f.conditions = append(f.conditions, condition{t.Dimensions[i], c.At[i]})
			f.attribute = f.attribute || b.dimensions[t.Dimensions[i]].Attribute
		}
	}
	f.key = keyOf(f.measure, f.conditions)
	switch {
	case c.Withheld:
	case c.Value < 0 && !(t.Magnitude && t.Signed):
		return fmt.Errorf("cell %s: a value below 0", f.key)
	case t.Magnitude && (c.Persons < 0 || c.Largest < 0):
		return fmt.Errorf("cell %s: persons and largest contribution are not below 0", f.key)
	}
	if at, ok := b.index[f.key]; ok {
		o := &b.cells[at]
		if o.Value != f.Value || o.Persons != f.Persons || o.Largest != f.Largest || o.Withheld != f.Withheld || o.magnitude != f.magnitude {
			return fmt.Errorf("cell %s: another table gives another value of it", f.key)
		}
		return nil
	}
	b.index[f.key] = int32(len(b.cells))
	b.cells = append(b.cells, f)
	return nil
}

// addLines adds the lines of all cells, wider wholes after narrower ones, since a whole
// that no table gives is a cell too, and part of a wider one.
func (b *builder) addLines() error {
	type whole struct {
		key, dimension string
	}
	var order []int32
	for i := range b.cells {
		order = append(order, int32(i))
	}
	depth := func(i int32) (n int) {
		for _, c := range b.cells[i].conditions {
			n += b.depth(c)
		}
		return n
	}
	levels := map[int][]int32{}
	deepest := 0
	for _, i := range order {
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
	b.lines = append(b.lines, line{whole: at, parts: parts, dimension: dimension, overlapping: overlapping})
	for _, i := range parts {
		if overlapping && !whole.signed && len(parts) > 1 {
			if !whole.Withheld && !b.cells[i].Withheld && b.cells[i].Value > whole.Value {
				return 0, false, fmt.Errorf("cell %s is %d, more than the %d of %s, of which it is a part", b.cells[i].key, b.cells[i].Value, whole.Value, key)
			}
		}
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

// sort numbers cells by key and lines by their wholes.
func (b *builder) sort() {
	order := make([]int32, len(b.cells))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return strings.Compare(b.cells[i].key, b.cells[j].key) })
	cells, number := make([]figure, len(order)), make([]int32, len(order))
	for n, i := range order {
		cells[n], number[i] = b.cells[i], int32(n)
		b.index[cells[n].key] = int32(n)
	}
	b.cells, b.of = cells, make([][]int32, len(cells))
	for l := range b.lines {
		b.lines[l].whole = number[b.lines[l].whole]
		for p, i := range b.lines[l].parts {
			b.lines[l].parts[p] = number[i]
		}
		slices.Sort(b.lines[l].parts)
	}
	slices.SortFunc(b.lines, func(x, y line) int {
		return cmp.Or(cmp.Compare(x.whole, y.whole), strings.Compare(x.dimension, y.dimension))
	})
	for l := range b.lines {
		for _, i := range append([]int32{b.lines[l].whole}, b.lines[l].parts...) {
			b.of[i] = append(b.of[i], int32(l))
		}
	}
}

var escape = strings.NewReplacer("%", "%25", "|", "%7C", "=", "%3D")

// keyOf names a cell by its measure and conditions.
func keyOf(measure string, conditions []condition) string {
	var s strings.Builder
	_, _ = escape.WriteString(&s, measure)
	for _, c := range conditions {
		s.WriteByte('|')
		_, _ = escape.WriteString(&s, c.dimension)
		s.WriteByte('=')
		_, _ = escape.WriteString(&s, c.category)
	}
	return s.String()
}

// joined is the categories of a cell as one text.
func joined(at []string) string {
	var s strings.Builder
	for _, c := range at {
		_, _ = escape.WriteString(&s, c)
		s.WriteByte('|')
	}
	return s.String()
}
