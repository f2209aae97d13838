package warehouse

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// readRows reads the rows of a file column by column, in a fifth of the time that
// GenericReader takes to put them together value by value. It reports whether it
// can: not where a field is none of the kinds that columns are made of, or where an
// older schema has stored it as another kind.
func readRows[R any](file *parquet.File) (rows []R, done bool, err error) {
	fields, ok := fieldsOf(reflect.TypeFor[R](), file.Schema())
	if !ok {
		return nil, false, nil
	}
	rows = make([]R, file.NumRows())
	left := reflect.ValueOf(rows)
	for _, group := range file.RowGroups() {
		for i := range fields {
			f := &fields[i]
			if err := f.fill(left, group.ColumnChunks()[f.leaf.ColumnIndex].Pages()); err != nil {
				return nil, true, fmt.Errorf("read column %s: %w", f.name, err)
			}
		}
		left = left.Slice(int(group.NumRows()), left.Len())
	}
	return rows, true, nil
}

// rowField is a field of a row of which a file has the column.
type rowField struct {
	name string
	path []int // of the field, through embedded structs
	leaf parquet.LeafColumn
}

// fieldsOf lists the fields of a row of which a file has the column; the others keep
// their zero value. ok is false where one cannot be read by readRows.
func fieldsOf(row reflect.Type, schema *parquet.Schema) (fields []rowField, ok bool) {
	for _, f := range reflect.VisibleFields(row) {
		name, options, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		if f.Anonymous || name == "-" || !f.IsExported() {
			continue
		}
		path, value := []string{name}, f.Type
		switch {
		case value.Kind() == reflect.Slice && slices.Contains(strings.Split(options, ","), "list"):
			path, value = []string{name, "list", "element"}, value.Elem()
		case value.Kind() == reflect.Pointer:
			value = value.Elem()
		}
		kind, known := columnKinds[value.Kind()]
		if name == "" || !known {
			return nil, false
		}
		leaf, has := schema.Lookup(path...)
		if !has {
			if slices.ContainsFunc(schema.Columns(), func(c []string) bool { return c[0] == name }) {
				return nil, false // stored as something else
			}
			continue
		}
		if leaf.Node.Type().Kind() != kind || (leaf.MaxRepetitionLevel > 0) != (f.Type.Kind() == reflect.Slice) {
			return nil, false
		}
		fields = append(fields, rowField{name, f.Index, leaf})
	}
	return fields, true
}

// columnKinds are the kinds of columns in which values of fields are stored.
var columnKinds = map[reflect.Kind]parquet.Kind{
	reflect.String: parquet.ByteArray, reflect.Bool: parquet.Boolean, reflect.Float64: parquet.Double,
	reflect.Int32: parquet.Int32, reflect.Int64: parquet.Int64,
}

// fill sets the field in the rows of a group.
func (f *rowField) fill(rows reflect.Value, pages parquet.Pages) error {
	defer pages.Close()
	row := -1
	var names []string // of the dictionary: that of a group of rows is the same for all pages
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if d := page.Dictionary(); d != nil && names == nil {
			names = textsOf(d.Page())
		}
		set, err := setter(page, names)
		if err == nil {
			row = f.fillPage(rows, row, page, set)
		}
		parquet.Release(page)
		if err != nil {
			return err
		}
	}
}

// fillPage sets the field in the rows of a page that follows a row, and returns its
// last row.
func (f *rowField) fillPage(rows reflect.Value, row int, page parquet.Page, set func(reflect.Value, int)) int {
	defined, repeated := page.DefinitionLevels(), page.RepetitionLevels()
	var targets reflect.Value // of pointers
	next := 0
	for i := range int(page.NumValues()) {
		if len(repeated) == 0 || repeated[i] == 0 {
			row++
		}
		if len(defined) > 0 && int(defined[i]) < f.leaf.MaxDefinitionLevel {
			continue // null, or a list without elements
		}
		field := rows.Index(row)
		for _, k := range f.path {
			field = field.Field(k)
		}
		switch field.Kind() {
		case reflect.Pointer:
			if !targets.IsValid() {
				targets = reflect.MakeSlice(reflect.SliceOf(field.Type().Elem()), int(page.NumValues()), int(page.NumValues()))
			}
			set(targets.Index(next), next)
			field.Set(targets.Index(next).Addr())
		case reflect.Slice:
			field.Set(reflect.Append(field, reflect.Zero(field.Type().Elem())))
			set(field.Index(field.Len()-1), next)
		default:
			set(field, next)
		}
		next++
	}
	return row
}

// setter returns what sets a field to a value of the page, by its place among those
// that are not null.
func setter(page parquet.Page, names []string) (func(field reflect.Value, place int), error) {
	data := page.Data()
	switch kind := page.Type().Kind(); {
	case page.Dictionary() != nil && kind == parquet.ByteArray:
		codes := data.Int32()
		return func(f reflect.Value, i int) { f.SetString(names[codes[i]]) }, nil
	case page.Dictionary() != nil:
		return nil, fmt.Errorf("values of type %s are in a dictionary", page.Type())
	case kind == parquet.ByteArray:
		texts := textsOf(page)
		return func(f reflect.Value, i int) { f.SetString(texts[i]) }, nil
	case kind == parquet.Int32:
		numbers := data.Int32()
		return func(f reflect.Value, i int) { f.SetInt(int64(numbers[i])) }, nil
	case kind == parquet.Int64:
		numbers := data.Int64()
		return func(f reflect.Value, i int) { f.SetInt(numbers[i]) }, nil
	case kind == parquet.Double:
		numbers := data.Double()
		return func(f reflect.Value, i int) { f.SetFloat(numbers[i]) }, nil
	}
	known, err := knownValues(page)
	return func(f reflect.Value, i int) { f.SetBool(known[i].Boolean()) }, err
}

// knownValues returns the values of a page that are not null.
func knownValues(page parquet.Page) ([]parquet.Value, error) {
	values := make([]parquet.Value, page.NumValues())
	n, err := page.Values().ReadValues(values)
	if n < len(values) {
		return nil, fmt.Errorf("%d of %d values: %w", n, len(values), err)
	}
	return slices.DeleteFunc(values, parquet.Value.IsNull), nil
}

// textsOf returns the texts of a page, which share one piece of memory.
func textsOf(page parquet.Page) []string {
	data := page.Data()
	bytes, offsets := data.ByteArray()
	all := string(bytes)
	texts := make([]string, max(len(offsets)-1, 0))
	for i := range texts {
		texts[i] = all[offsets[i]:offsets[i+1]]
	}
	return texts
}
