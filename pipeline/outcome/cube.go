package outcome

import (
	"math"
	"math/bits"
	"slices"
)

// Table counts, or sums over, participations by dimensions, with all totals.
type Table struct {
	Name       string // unique
	Measure    string // what is counted or summed
	Dimensions []*Dimension
	// Overlapping names dimensions in whose categories one person may be counted
	// more than once.
	Overlapping []string
	Magnitude   bool // cells are sums over persons, and no counts
	Signed      bool // what is summed may be negative
	Cells       []Cell
	roles       roles
	weighted    *weightedCells
}

// Cell is a figure of a table.
type Cell struct {
	At      []int32 // category in each dimension, -1 for the total
	Value   int64   // a count; of a magnitude a sum, in hundredths
	Persons int64   // of a magnitude, those it is over
	Largest int64   // of a magnitude, the greatest absolute value of one person
	squares float64 // of a magnitude, the sum of squares
}

// Names returns the categories of a cell, "" for the total.
func (t *Table) Names(at []int32) []string {
	names := make([]string, len(at))
	for i, c := range at {
		if c != whole {
			names[i] = t.Dimensions[i].Categories[c]
		}
	}
	return names
}

// mostDense is how many cells are counted in an array; more go into a map.
const mostDense = 1 << 22

// leaves sums a value of rows by their categories in columns. Sums must not depend
// on the order of rows.
func leaves[T any](rows []int32, columns []column, add func(sum *T, row int32)) map[uint64]*T {
	strides, cells := radix(columns, 0)
	found := map[uint64]*T{}
	if cells <= mostDense {
		dense := make([]*T, cells)
		for place, key := range packedKeys(rows, columns, strides) {
			if dense[key] == nil {
				dense[key] = new(T)
				found[uint64(key)] = dense[key]
			}
			add(dense[key], rows[place])
		}
		return found
	}
	for _, row := range rows {
		key := uint64(0)
		for i := range columns {
			key += uint64(columns[i].codes[row]) * strides[i]
		}
		sum := found[key]
		if sum == nil {
			sum = new(T)
			found[key] = sum
		}
		add(sum, row)
	}
	return found
}

// tallied is how many rows have the categories of a packed key.
type tallied struct {
	key uint64
	n   int64
}

// counted returns the numbers of rows by their categories in columns, in order of keys.
func counted(rows []int32, columns []column) []tallied {
	strides, cells := radix(columns, 0)
	var found []tallied
	if cells > mostDense {
		sums := leaves(rows, columns, func(sum *int64, _ int32) { *sum++ })
		for _, key := range sortedKeys(sums) {
			found = append(found, tallied{key, *sums[key]})
		}
		return found
	}
	dense := make([]int32, cells)
	keys := packedKeys(rows, columns, strides)
	filled := 0
	for _, key := range keys {
		if dense[key] == 0 {
			filled++
		}
		dense[key]++
	}
	found = make([]tallied, 0, filled)
	for key, n := range dense {
		if n > 0 {
			found = append(found, tallied{uint64(key), int64(n)})
		}
	}
	return found
}

// packedKeys returns the keys of rows, a column after the other: that is several times as
// fast as a row after the other.
func packedKeys(rows []int32, columns []column, strides []uint64) []uint32 {
	keys := make([]uint32, len(rows))
	for i := range columns {
		codes, stride := columns[i].codes, uint32(strides[i])
		for place, row := range rows {
			keys[place] += uint32(codes[row]) * stride
		}
	}
	return keys
}

// radix returns the stride of each column in a packed key, and how many keys there
// are. more is how many codes there are beside those of categories.
func radix(columns []column, more int) (strides []uint64, cells uint64) {
	cells = 1
	for i := range columns {
		strides = append(strides, cells)
		size := uint64(len(columns[i].Categories) + more)
		if size > 0 && cells > math.MaxUint64/size {
			return nil, math.MaxUint64 // the caller's tables are far from it: seven dimensions of 500
		}
		cells *= size
	}
	return strides, cells
}

// rollUp adds the sums of finest cells to all that they are part of. Keys are packed
// with code + 1, 0 for the total.
func rollUp[T any](finest map[uint64]*T, columns []column, merge func(to, from *T)) map[uint64]*T {
	all := make(map[uint64]*T, 4*len(finest))
	up := newClimb(columns)
	for key, sum := range finest {
		for _, packed := range up.from(key) {
			to := all[packed]
			if to == nil {
				to = new(T)
				all[packed] = to
			}
			merge(to, sum)
		}
	}
	return all
}

// climb finds the cells that finest ones are part of.
type climb struct {
	columns       []column
	strides, wide []uint64
	above         [][][]uint64 // of each category of a column: its ways up, as parts of a key
	found         []uint64
}

func newClimb(columns []column) *climb {
	c := &climb{columns: columns, above: make([][][]uint64, len(columns))}
	c.strides, _ = radix(columns, 0)
	c.wide, _ = radix(columns, 1)
	for i := range columns {
		c.above[i] = make([][]uint64, len(columns[i].Categories))
	}
	return c
}

// from returns the keys of all cells of which a finest one is part, itself among them.
// They are of the next call.
func (c *climb) from(key uint64) []uint64 {
	c.found = append(c.found[:0], 0)
	for i := range c.columns {
		code := key / c.strides[i] % uint64(len(c.columns[i].Categories))
		ways := c.above[i][code]
		if ways == nil {
			for _, up := range c.columns[i].above(int32(code)) {
				ways = append(ways, uint64(up+1)*c.wide[i])
			}
			c.above[i][code] = ways
		}
		n := len(c.found)
		for _, way := range ways[1:] {
			for _, found := range c.found[:n] {
				c.found = append(c.found, found+way)
			}
		}
		for k := range c.found[:n] {
			c.found[k] += ways[0]
		}
	}
	return c.found
}

// unpack adds the categories of a key of [rollUp].
func unpack(to []int32, key uint64, columns []column) []int32 {
	for i := range columns {
		size := uint64(len(columns[i].Categories) + 1)
		to = append(to, int32(key%size)-1)
		key /= size
	}
	return to
}

// countTable makes the table of the number of rows by columns.
func countTable(name, measure string, finest []tallied, columns []column) *Table {
	all := make(map[uint64]int64, 4*len(finest))
	up := newClimb(columns)
	for _, f := range finest {
		for _, key := range up.from(f.key) {
			all[key] += f.n
		}
	}
	t := newTable(name, measure, columns)
	t.Cells = make([]Cell, 0, len(all))
	places := make([]int32, 0, len(all)*len(columns))
	for _, key := range sortedKeys(all) {
		at := len(places)
		places = unpack(places, key, columns)
		t.Cells = append(t.Cells, Cell{At: places[at:len(places):len(places)], Value: all[key]})
	}
	return t
}

// money is a sum of amounts over persons.
type money struct {
	sum, persons, largest int64
	high, low             uint64 // sum of squares, in 128 bits: exact, so in any order
}

func (m *money) add(amount int64) {
	size := uint64(max(amount, -amount))
	high, low := bits.Mul64(size, size)
	m.merge(&money{amount, 1, int64(size), high, low})
}

func (m *money) merge(o *money) {
	m.sum, m.persons, m.largest = m.sum+o.sum, m.persons+o.persons, max(m.largest, o.largest)
	var carry uint64
	m.low, carry = bits.Add64(m.low, o.low, 0)
	m.high, _ = bits.Add64(m.high, o.high, carry)
}

func (m *money) squares() float64 { return float64(m.high)*(1<<64) + float64(m.low) }

// sumTable makes the table of the sum of an amount over rows.
func sumTable(name, measure string, rows []int32, columns []column, amount []int64, signed bool) *Table {
	finest := leaves(rows, columns, func(m *money, row int32) { m.add(amount[row]) })
	all := rollUp(finest, columns, (*money).merge)
	t := newTable(name, measure, columns)
	t.Magnitude, t.Signed = true, signed
	for _, key := range sortedKeys(all) {
		m := all[key]
		t.Cells = append(t.Cells, Cell{unpack(nil, key, columns), m.sum, m.persons, m.largest, m.squares()})
	}
	return t
}

func newTable(name, measure string, columns []column) *Table {
	t := &Table{Name: name, Measure: measure}
	for i := range columns {
		t.Dimensions = append(t.Dimensions, columns[i].Dimension)
	}
	return t
}

func sortedKeys[T any](m map[uint64]T) []uint64 {
	keys := make([]uint64, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
