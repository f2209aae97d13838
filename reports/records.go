package reports

import (
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// maxShown bounds the rows that a page or a terminal table holds.
const maxShown = 10_000

// value is a stored value as text.
type value struct {
	text string
	null bool
}

// records is an encoder that keeps the first rows of a result.
type records struct {
	names []string
	types []arrow.DataType
	rows  [][]value
	more  int64 // rows beyond those kept
}

func (r *records) begin(schema *arrow.Schema) error {
	for _, f := range schema.Fields() {
		r.names = append(r.names, f.Name)
		r.types = append(r.types, f.Type)
	}
	return nil
}

func (r *records) batch(rec arrow.Record) error {
	kept := min(int(rec.NumRows()), maxShown-len(r.rows))
	for i := range kept {
		row := make([]value, len(r.names))
		for j, column := range rec.Columns() {
			row[j] = value{strings.Clone(shownText(column, i)), column.IsNull(i)} // the batch is released
		}
		r.rows = append(r.rows, row)
	}
	r.more += rec.NumRows() - int64(kept)
	return nil
}

func (r *records) end() error { return nil }

// shownText is exactText, but for lists of strings, which read better with
// commas than as JSON.
func shownText(column arrow.Array, i int) string {
	list, ok := column.(array.ListLike)
	if !ok || column.IsNull(i) {
		return exactText(column, i)
	}
	values, ok := list.ListValues().(*array.String)
	if !ok {
		return exactText(column, i)
	}
	var parts []string
	start, end := list.ValueOffsets(i)
	for j := start; j < end; j++ {
		parts = append(parts, values.Value(int(j)))
	}
	return strings.Join(parts, ", ")
}

// get returns a row's value in the column of the given name; null where there
// is no such column.
func (r *records) get(row []value, name string) value {
	if j := slices.Index(r.names, name); j >= 0 {
		return row[j]
	}
	return value{null: true}
}

// empty reports whether no row has a value in the column, as in one that is not there.
func (r *records) empty(name string) bool {
	j := slices.Index(r.names, name)
	if j < 0 {
		return true
	}
	return !slices.ContainsFunc(r.rows, func(row []value) bool { return !row[j].null })
}
