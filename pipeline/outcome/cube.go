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
	var dense []*T
	if cells <= mostDense {
		dense = make([]*T, cells)
	}
	for _, row := range rows {
		key := uint64(0)
		for i := range columns {
			key += uint64(columns[i].codes[row]) * strides[i]
		}
		if dense != nil {
			if dense[key] == nil {
				dense[key] = new(T)
				found[key] = dense[key]
			}
			add(dense[key], row)
			continue
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

// counted is [leaves] of the number of rows.
func counted(rows []int32, columns []column) map[uint64]*int64 {
	strides, cells := radix(columns, 0)
	if cells > mostDense {
		return leaves(rows, columns, func(sum *int64, _ int32) { *sum++ })
	}
	dense := make([]int64, cells)
	for _, row := range rows {
		key := uint64(0)
		for i := range columns {
			key += uint64(columns[i].codes[row]) * strides[i]
		}
		dense[key]++
	}
	found := map[uint64]*int64{}
	for key, n := range dense {
		if n > 0 {
			found[uint64(key)] = &n // of its own: the array is not kept
		}
	}
	return found
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
	strides, _ := radix(columns, 0)
	wide, _ := radix(columns, 1)
	above := make([][][]int32, len(columns))
	for i := range columns {
		above[i] = make([][]int32, len(columns[i].Categories))
	}
	all := make(map[uint64]*T, 4*len(finest))
	for key, sum := range finest {
		ways := make([][]int32, len(columns))
		for i := range columns {
			c := int32(key / strides[i] % uint64(len(columns[i].Categories)))
			if above[i][c] == nil {
				above[i][c] = columns[i].above(c)
			}
			ways[i] = above[i][c]
		}
		var climb func(i int, packed uint64)
		climb = func(i int, packed uint64) {
			if i < len(ways) {
				for _, c := range ways[i] {
					climb(i+1, packed+uint64(c+1)*wide[i])
				}
				return
			}
			to := all[packed]
			if to == nil {
				to = new(T)
				all[packed] = to
			}
			merge(to, sum)
		}
		climb(0, 0)
	}
	return all
}

// unpack returns the categories of a key of [rollUp].
func unpack(key uint64, columns []column) []int32 {
	at := make([]int32, len(columns))
	for i := range columns {
		size := uint64(len(columns[i].Categories) + 1)
		at[i] = int32(key%size) - 1
		key /= size
	}
	return at
}

// countTable makes the table of the number of rows by columns.
func countTable(name, measure string, finest map[uint64]*int64, columns []column) *Table {
	all := rollUp(finest, columns, func(to, from *int64) { *to += *from })
	t := newTable(name, measure, columns)
	for _, key := range sortedKeys(all) {
		t.Cells = append(t.Cells, Cell{At: unpack(key, columns), Value: *all[key]})
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
		t.Cells = append(t.Cells, Cell{unpack(key, columns), m.sum, m.persons, m.largest, m.squares()})
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
