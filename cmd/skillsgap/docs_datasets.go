package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// datasetsPage is the data dictionary, made from the structs of package model.
func datasetsPage() page {
	p := page{
		name: "datasets", file: "datasets", title: "Datasets",
		short: "The datasets and their columns: types, units, meaning, origin",
		intro: fmt.Sprintf(`A snapshot holds these datasets as Parquet files, schema version %d. The types are
those that DuckDB shows. A partition column stands in the names of folders, not in
the files. No two rows of a dataset agree in all columns of its key, by which they
are stored in order. A column that may be null is null where the fact is not known.`, model.SchemaVersion),
		sections: []section{{level: 2, title: "Where values come from", table: table{head: []string{"from", "meaning"}, rows: sources()}}},
	}
	datasets := append(model.Datasets(), model.Runs.Info)
	slices.SortFunc(datasets, func(a, b model.Info) int { return strings.Compare(a.Name, b.Name) })
	for _, zone := range []struct {
		zone  model.Zone
		intro string
	}{
		{model.Public, "Anyone may read these: views, reports, queries and exports."},
		{model.Restricted, "Learner rows. Only commands given --restricted read them."},
		{model.Internal, "Texts and rejected records. Only commands given --restricted read them."},
	} {
		list := section{level: 2, title: "Zone " + string(zone.zone), intro: zone.intro, table: table{head: []string{"dataset", "one row is"}}}
		var sections []section
		for _, d := range datasets {
			if d.Zone == zone.zone {
				list.table.rows = append(list.table.rows, []string{d.Name, d.Doc})
				sections = append(sections, datasetSection(d))
			}
		}
		if len(sections) > 0 {
			p.sections = append(append(p.sections, list), sections...)
		}
	}
	return p
}

// sources explains the origins that datasets and columns are tagged with.
func sources() [][]string {
	return [][]string{
		{"feed", "as the feed states it, cleaned"},
		{"configuration", "skillsgap.yaml"},
		{"taxonomy", "the imported ESCO release"},
		{"code list", "a standard's codes, which skillsgap ships"},
		{"linker", "what is found in texts and titles"},
		{"run", "the run's as-of date, times and counts"},
		{"computed", "by skillsgap from the others"},
	}
}

func datasetSection(d model.Info) section {
	columns := datasetColumns(d)
	facts := []string{"One row: " + d.Doc + ".", "Zone: " + string(d.Zone) + "."}
	if d.Partition != "" {
		facts = append(facts, "Partition: "+d.Partition+".")
	}
	facts = append(facts, "Written in stage: "+d.Stage+".")
	s := section{level: 3, apart: true, title: d.Name, table: table{head: []string{"column", "type", "unit", "from", "null", "meaning"}, prose: 1}}
	var key []string
	for _, c := range columns {
		null := ""
		if c.nullable {
			null = "may be null"
		}
		if c.key {
			key = append(key, c.name)
		}
		s.table.rows = append(s.table.rows, []string{c.name, c.sqlType, c.unit, c.source, null, c.meaning})
	}
	s.intro = strings.Join(append(facts, "Key: "+strings.Join(key, ", ")+"."), "\n")
	return s
}

// column is a column of a dataset as a reader of DuckDB's view sees it.
type column struct {
	name, sqlType, unit, source, meaning string
	nullable, key                        bool
}

// datasetColumns lists the columns of a dataset, its partition column first.
func datasetColumns(d model.Info) []column {
	var columns []column
	for _, f := range reflect.VisibleFields(d.Row) {
		if f.Anonymous {
			continue
		}
		c := column{unit: f.Tag.Get("unit"), source: f.Tag.Get("source"), meaning: f.Tag.Get("desc"), key: inKey(d, f.Index)}
		if c.source == "" {
			c.source = d.Source
		}
		if c.name = f.Tag.Get("partition"); c.name != "" {
			c.sqlType = "DATE"
			columns = append([]column{c}, columns...)
			continue
		}
		options := strings.Split(f.Tag.Get("parquet"), ",")
		c.name, c.sqlType = options[0], sqlType(f.Type, options[1:])
		for _, o := range options[1:] {
			c.nullable = c.nullable || o == "optional"
		}
		columns = append(columns, c)
	}
	return columns
}

// sqlType returns DuckDB's name for the type of a Parquet column. options are
// those of its tag.
func sqlType(t reflect.Type, options []string) string {
	for _, o := range options {
		var scale, width int
		switch {
		case o == "date":
			return "DATE"
		case strings.HasPrefix(o, "timestamp"):
			return "TIMESTAMP WITH TIME ZONE"
		}
		if n, _ := fmt.Sscanf(o, "decimal(%d:%d)", &scale, &width); n == 2 {
			return fmt.Sprintf("DECIMAL(%d,%d)", width, scale)
		}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return sqlType(t.Elem(), nil)
	case reflect.Slice:
		return sqlType(t.Elem(), nil) + "[]"
	case reflect.Struct:
		var fields []string
		for i := range t.NumField() {
			options := strings.Split(t.Field(i).Tag.Get("parquet"), ",")
			fields = append(fields, options[0]+" "+sqlType(t.Field(i).Type, options[1:]))
		}
		return "STRUCT(" + strings.Join(fields, ", ") + ")"
	}
	return map[reflect.Kind]string{
		reflect.String: "VARCHAR", reflect.Bool: "BOOLEAN", reflect.Float64: "DOUBLE",
		reflect.Int32: "INTEGER", reflect.Int64: "BIGINT",
	}[t.Kind()]
}

// inKey tells whether a column orders the rows of a dataset: whether a row that
// differs from another in this column alone comes before or after it.
func inKey(d model.Info, index []int) bool {
	a, b := reflect.New(d.Row), reflect.New(d.Row)
	switch f := a.Elem().FieldByIndex(index); f.Kind() {
	case reflect.String:
		f.SetString("x")
	case reflect.Int32, reflect.Int64:
		f.SetInt(1)
	}
	return d.Order(a.Interface(), b.Interface()) != 0
}
