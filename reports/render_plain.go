package reports

import "io"

// plainPage writes rows without a report, as of a query, as a page: exact
// values under their column names.
type plainPage struct {
	records
	w io.Writer
}

func (e *plainPage) end() error {
	s := plainSection(&e.records)
	r := &Report{Name: "result", Title: "Result", Question: "Result", Sections: []Section{*s}}
	p := &Page{Report: r, Contents: []PageSection{s.view(&e.records)}}
	return p.write(e.w)
}

// plainTable writes rows without a report as a table of text.
type plainTable struct {
	records
	w io.Writer
}

func (e *plainTable) end() error {
	return writeTable(e.w, plainSection(&e.records).view(&e.records))
}

// plainSection describes a result by its column names and types alone.
func plainSection(rows *records) *Section {
	s := &Section{Name: "rows", Title: "Rows", Grain: "a row of the result", plain: true}
	for i, name := range rows.names {
		c := Column{Name: name, Heading: name, Kind: KindText, Meaning: rows.types[i].String()}
		if isNumber(rows.types[i]) {
			c.Kind = kindExact
		}
		s.Columns = append(s.Columns, c)
	}
	return s
}
