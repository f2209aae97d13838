package disclosure

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// system is the cells of a publication, each once, and how they add up.
type system struct {
	*codes
	cells  []figure
	lines  []line
	of     [][]int32        // the lines of each cell
	index  map[string]int32 // cells by key
	levels []string         // of cells: measure, dimensions and depth in each
	level  map[string]int32 // levels by key
	tables [][]int32        // of each table its cells
}

// figure is a cell of the system.
type figure struct {
	key                     string // measure and conditions, packed
	level                   int32
	Value, Persons, Largest int64
	Withheld                bool
	magnitude, signed       bool
	absent                  bool // withheld or zero
	notStated               bool // a condition is that something is not known
	virtual                 bool // in no table: a total that follows from the tables
	open                    bool // its value is not known yet
}

// line is what is known of a whole and parts of it.
type line struct {
	whole     int32
	parts     []int32 // all of one level
	dimension uint32
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
	overlaps map[[2]uint32]bool // measure and dimension
	key      []byte             // scratch
	at       []condition
}

// newSystem checks a publication and returns its cells and lines, in an order that does
// not depend on that of tables and cells.
func newSystem(p *Publication, c *codes) (*system, error) {
	b := &builder{overlaps: map[[2]uint32]bool{}}
	b.codes, b.level = c, map[string]int32{}
	size := 0
	for i := range p.Tables {
		size += len(p.Tables[i].Cells)
	}
	b.index, b.cells = make(map[string]int32, size), make([]figure, 0, size)
	for i := range p.Tables {
		if err := b.addTable(&p.Tables[i]); err != nil {
			return nil, fmt.Errorf("table %s: %w", p.Tables[i].Name, err)
		}
	}
	b.sort()
	if err := b.addLines(); err != nil {
		return nil, err
	}
	b.addOf()
	b.markNotStated()
	return &b.system, nil
}

func (b *builder) addTable(t *Table) error {
	measure := b.measure[t.Measure]
	for _, name := range t.Dimensions {
		overlapping, k := slices.Contains(t.Overlapping, name), [2]uint32{measure, b.dimension[name]}
		if known, ok := b.overlaps[k]; ok && known != overlapping {
			return fmt.Errorf("dimension %s overlaps for %s in one table and not in another", name, t.Measure)
		}
		b.overlaps[k] = overlapping
	}
	order, cells := b.order(t), make([]int32, len(t.Cells))
	for i := range t.Cells {
		c := &t.Cells[i]
		b.at, _ = b.conditions(b.at[:0], t, order, c.At)
		at, err := b.addCell(t, c, measure)
		if err != nil {
			return err
		}
		cells[i] = at
	}
	b.tables = append(b.tables, cells)
	return nil
}

// addCell adds a cell of a table, whose conditions are at hand, and returns its number.
func (b *builder) addCell(t *Table, c *Cell, measure uint32) (int32, error) {
	b.key = pack(b.key[:0], measure, b.at)
	switch {
	case c.Withheld:
	case c.Value < 0 && (!t.Magnitude || !t.Signed):
		return 0, fmt.Errorf("cell %s: a value below 0", b.name(string(b.key)))
	case t.Magnitude && (c.Persons < 0 || c.Largest < 0):
		return 0, fmt.Errorf("cell %s: persons and largest contribution are not below 0", b.name(string(b.key)))
	}
	if at, ok := b.index[string(b.key)]; ok {
		o := &b.cells[at]
		if o.Value != c.Value || o.Persons != c.Persons || o.Largest != c.Largest || o.Withheld != c.Withheld || o.magnitude != t.Magnitude {
			return 0, fmt.Errorf("cell %s: another table gives another value of it", b.name(string(b.key)))
		}
		return at, nil
	}
	f := figure{key: string(b.key), Value: c.Value, Persons: c.Persons, Largest: c.Largest, Withheld: c.Withheld, absent: c.Absent, magnitude: t.Magnitude, signed: t.Signed}
	f.level = b.levelOf(measure, b.at)
	at := int32(len(b.cells))
	b.index[f.key] = at
	b.cells = append(b.cells, f)
	return at, nil
}

// levelKey appends the key of a level.
func (c *codes) levelKey(key []byte, measure uint32, conditions []condition) []byte {
	key = binary.BigEndian.AppendUint32(key, measure)
	for _, at := range conditions {
		key = append(binary.BigEndian.AppendUint32(key, at.dimension), c.of[at.dimension].depth[at.category])
	}
	return key
}

// levelOf numbers the level of a measure and conditions.
func (b *builder) levelOf(measure uint32, conditions []condition) int32 {
	b.key = b.levelKey(b.key[:0], measure, conditions)
	level, met := b.level[string(b.key)]
	if !met {
		level = int32(len(b.levels))
		b.level[string(b.key)] = level
		b.levels = append(b.levels, string(b.key))
	}
	return level
}

// sort numbers cells and levels by key.
func (b *builder) sort() {
	order := make([]int32, len(b.cells))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return strings.Compare(b.cells[i].key, b.cells[j].key) })
	cells, number := make([]figure, len(order), len(order)+len(order)/16), make([]int32, len(order))
	for n, i := range order {
		cells[n], number[i] = b.cells[i], int32(n)
	}
	b.cells = cells
	for _, table := range b.tables {
		for k, i := range table {
			table[k] = number[i]
		}
	}
	slices.Sort(b.levels)
	before := make([]int32, len(b.levels))
	for n, key := range b.levels {
		before[b.level[key]] = int32(n)
		b.level[key] = int32(n)
	}
	for n := range b.cells {
		b.cells[n].level = before[b.cells[n].level]
		b.index[b.cells[n].key] = int32(n)
	}
}

// addOf finds the lines of each cell.
func (b *builder) addOf() {
	b.of = make([][]int32, len(b.cells))
	count, all := make([]int32, len(b.cells)), 0
	each := func(do func(l int, i int32)) {
		for l := range b.lines {
			do(l, b.lines[l].whole)
			for _, i := range b.lines[l].parts {
				do(l, i)
			}
		}
	}
	each(func(_ int, i int32) { count[i]++; all++ })
	space := make([]int32, all)
	for i, n := range count {
		b.of[i], space = space[:0:n], space[n:]
	}
	each(func(l int, i int32) { b.of[i] = append(b.of[i], int32(l)) })
}

// slack numbers the slack variable of a line after all cells.
func (s *system) slack(at int32) int32 { return int32(len(s.cells)) + at }

// nameOf writes out the measure and conditions of a cell.
func (s *system) nameOf(i int32) string { return s.name(s.cells[i].key) }

// find returns the number of a cell of a table, -1 where there is none.
func (s *system) find(t *Table, order []int, at []string) int32 {
	conditions, known := s.conditions(nil, t, order, at)
	if !known {
		return -1
	}
	if i, met := s.index[string(pack(nil, s.measure[t.Measure], conditions))]; met {
		return i
	}
	return -1
}

// markNotStated marks the counts of persons of whom something is not known.
func (s *system) markNotStated() {
	var at []condition
	for i := range s.cells {
		at = unpack(at[:0], s.cells[i].key)
		s.cells[i].notStated = !s.cells[i].magnitude && slices.ContainsFunc(at, func(c condition) bool {
			return slices.Contains(s.dimensions[c.dimension].NotStated, s.codes.of[c.dimension].names[c.category])
		})
	}
}
