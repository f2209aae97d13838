package disclosure

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// codes numbers the measures, dimensions and categories of a publication by name, so
// that a cell is a short key whatever the order of tables and cells.
type codes struct {
	measures   []string
	dimensions []*Dimension
	measure    map[string]uint32
	dimension  map[string]uint32
	of         []categories // of each dimension
}

// categories are those of a dimension.
type categories struct {
	names  []string
	code   map[string]uint32
	parent []int32 // -1 for the topmost
	depth  []uint8 // how many steps below the total
}

// condition is a category of a dimension.
type condition struct{ dimension, category uint32 }

// newCodes checks dimensions and tables and numbers what they name.
func newCodes(p *Publication) (*codes, error) {
	c := &codes{measure: map[string]uint32{}, dimension: map[string]uint32{}}
	for i := range p.Dimensions {
		c.dimensions = append(c.dimensions, &p.Dimensions[i])
	}
	slices.SortFunc(c.dimensions, func(a, b *Dimension) int { return strings.Compare(a.Name, b.Name) })
	c.of = make([]categories, len(c.dimensions))
	for i, d := range c.dimensions {
		if _, met := c.dimension[d.Name]; met || d.Name == "" {
			return nil, fmt.Errorf("dimension %q: each needs a name of its own", d.Name)
		}
		c.dimension[d.Name] = uint32(i)
		c.of[i].code = map[string]uint32{}
		for category, above := range d.Parent {
			c.of[i].meet(category)
			c.of[i].meet(above)
		}
	}
	names := map[string]bool{}
	for i := range p.Tables {
		t := &p.Tables[i]
		if names[t.Name] {
			return nil, fmt.Errorf("table %s: there are two of that name", t.Name)
		}
		names[t.Name], c.measure[t.Measure] = true, 0
		if err := c.meetTable(t); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	c.measures = slices.Sorted(maps.Keys(c.measure))
	for n, name := range c.measures {
		c.measure[name] = uint32(n)
	}
	for i := range c.of {
		if err := c.of[i].number(c.dimensions[i]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *codes) meetTable(t *Table) error {
	of := make([]*categories, len(t.Dimensions))
	for i, name := range t.Dimensions {
		d, declared := c.dimension[name]
		if !declared || slices.Contains(t.Dimensions[:i], name) {
			return fmt.Errorf("dimension %q: not declared, or named twice", name)
		}
		of[i] = &c.of[d]
	}
	for i := range t.Cells {
		at := t.Cells[i].At
		if len(at) != len(of) {
			return fmt.Errorf("cell %v: want a category for each of %v", at, t.Dimensions)
		}
		for k, category := range at {
			of[k].meet(category)
		}
	}
	return nil
}

func (c *categories) meet(category string) {
	if _, met := c.code[category]; !met && category != "" {
		c.code[category] = 0
	}
}

// number numbers the categories of a dimension by name.
func (c *categories) number(d *Dimension) error {
	c.names = slices.Sorted(maps.Keys(c.code))
	c.parent, c.depth = make([]int32, len(c.names)), make([]uint8, len(c.names))
	for n, name := range c.names {
		c.code[name], c.parent[n] = uint32(n), -1
	}
	for n, name := range c.names {
		if above := d.Parent[name]; above != "" {
			c.parent[n] = int32(c.code[above])
		}
	}
	for n := range c.names {
		for at := int32(n); at >= 0; at = c.parent[at] {
			if c.depth[n]++; c.depth[n] == 255 {
				return fmt.Errorf("dimension %s: category %s is part of itself", d.Name, c.names[n])
			}
		}
	}
	return nil
}

// Lengths of a key in bytes: of the measure, then of each condition.
const (
	measureBytes   = 4
	conditionBytes = 8
	levelBytes     = 5 // of a dimension in the key of a level
)

// pack appends the key of a measure and conditions, which are sorted by dimension.
func pack(key []byte, measure uint32, conditions []condition) []byte {
	key = binary.BigEndian.AppendUint32(key, measure)
	for _, c := range conditions {
		key = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(key, c.dimension), c.category)
	}
	return key
}

// unpack appends the conditions of a key.
func unpack(conditions []condition, key string) []condition {
	for k := measureBytes; k < len(key); k += conditionBytes {
		b := []byte(key[k : k+conditionBytes])
		conditions = append(conditions, condition{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])})
	}
	return conditions
}

// depth is how many steps the cell of a key is below the total.
func (c *codes) depth(key string) (n int) {
	for _, at := range unpack(nil, key) {
		n += int(c.of[at.dimension].depth[at.category])
	}
	return n
}

func measureOf(key string) uint32 { return binary.BigEndian.Uint32([]byte(key[:measureBytes])) }

// order returns the positions of a table's dimensions, sorted by dimension.
func (c *codes) order(t *Table) []int {
	order := make([]int, len(t.Dimensions))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(t.Dimensions[a], t.Dimensions[b]) })
	return order
}

// conditions appends the conditions of a cell of a table; known is false where it has
// a category that no cell of the publication has.
func (c *codes) conditions(to []condition, t *Table, order []int, at []string) (conditions []condition, known bool) {
	for _, k := range order {
		if at[k] == "" {
			continue
		}
		d := c.dimension[t.Dimensions[k]]
		code, met := c.of[d].code[at[k]]
		if !met {
			return to, false
		}
		to = append(to, condition{d, code})
	}
	return to, true
}

var escape = strings.NewReplacer("%", "%25", "|", "%7C", "=", "%3D")

// name writes out the key of a cell: persons|age=55+|gender=f.
func (c *codes) name(key string) string {
	var s strings.Builder
	_, _ = escape.WriteString(&s, c.measures[measureOf(key)])
	for _, at := range unpack(nil, key) {
		s.WriteByte('|')
		_, _ = escape.WriteString(&s, c.dimensions[at.dimension].Name)
		s.WriteByte('=')
		_, _ = escape.WriteString(&s, c.of[at.dimension].names[at.category])
	}
	return s.String()
}
