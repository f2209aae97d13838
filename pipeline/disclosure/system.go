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
	// attributes are the dimensions that are attributes.
	attributes map[string]bool
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

// line is what is known of a whole and parts of it.
type line struct {
	whole     int32
	parts     []int32
	dimension string
	kind      kind
}

// kind is how a whole is related to the sum of the parts.
type kind uint8

const (
	equal  kind = iota // the whole is the sum
	atMost             // the whole is at most the sum: parts overlap
	within             // the whole is at least the one part
)

// builder makes a system out of tables.
type builder struct {
	system
	dimensions map[string]*Dimension
	overlaps   map[[2]string]bool // measure and dimension
}

// newSystem checks a publication and returns its cells and lines, in an order that does
// not depend on that of tables and cells.
func newSystem(p *Publication) (*system, error) {
	b := &builder{dimensions: map[string]*Dimension{}, overlaps: map[[2]string]bool{}}
	b.index, b.attributes = map[string]int32{}, map[string]bool{}
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
		b.dimensions[d.Name], b.attributes[d.Name] = d, d.Attribute
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
	for i := range t.Cells {
		if err := b.addCell(t, &t.Cells[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) addCell(t *Table, c *Cell) error {
	if len(c.At) != len(t.Dimensions) {
		return fmt.Errorf("cell %v: want a category for each of %v", c.At, t.Dimensions)
	}
	f := figure{measure: t.Measure, Cell: *c, magnitude: t.Magnitude, signed: t.Signed}
	f.At, f.conditions = nil, conditionsOf(t, c)
	for _, d := range f.conditions {
		f.attribute = f.attribute || b.attributes[d.dimension]
	}
	f.key = keyOf(f.measure, f.conditions)
	switch {
	case c.Withheld:
	case c.Value < 0 && (!t.Magnitude || !t.Signed):
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
		return cmp.Or(cmp.Compare(x.whole, y.whole), strings.Compare(x.dimension, y.dimension),
			cmp.Compare(x.kind, y.kind), cmp.Compare(x.parts[0], y.parts[0]))
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

// slack numbers the slack variable of a line after all cells.
func (s *system) slack(at int32) int32 { return int32(len(s.cells)) + at }

// conditionsOf returns the conditions of a cell of a table.
func conditionsOf(t *Table, c *Cell) []condition {
	var conditions []condition
	for i, category := range c.At {
		if category != "" {
			conditions = append(conditions, condition{t.Dimensions[i], category})
		}
	}
	slices.SortFunc(conditions, func(a, b condition) int { return strings.Compare(a.dimension, b.dimension) })
	return conditions
}

// keyIn names a cell of a table.
func (s *system) keyIn(t *Table, c *Cell) string { return keyOf(t.Measure, conditionsOf(t, c)) }
