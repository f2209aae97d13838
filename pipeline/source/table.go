package source

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// table reads CSV, TSV and JSON Lines (or a JSON array) of flat or nested
// objects through a mapping of our fields to their columns. Columns of JSON
// are paths: must_have.skills.label reads the label of every skill.
type table struct {
	out    *sink
	fields []string // mapped fields, in alphabetical order
	bound  []int    // of each field the column of its kind
}

func newTable(out *sink) (*table, error) {
	columns := out.feed.Table.Columns
	if len(columns) == 0 {
		return nil, fmt.Errorf("feed %s: format table needs columns: a list of our fields and the names of their columns", out.feed.Name)
	}
	if s := out.feed.Table.Separator; s != "" && s != "tab" && len(s) != 1 {
		return nil, fmt.Errorf("feed %s: separator %q; use one character, or tab", out.feed.Name, s)
	}
	return &table{out: out, fields: slices.Sorted(maps.Keys(columns))}, nil
}

func (t *table) decode(member string, r io.Reader) error {
	br, err := textReader(r, t.out.feed.Table.Encoding)
	if err != nil {
		return err
	}
	// A table may start with a separator, so white space is only looked past.
	start, _ := br.Peek(recogniseBytes)
	if start = bytes.TrimSpace(start); len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		feed := jsonFeed{lim: t.out.lim, yield: t.entity}
		return feed.read(member, br)
	}
	if what := markupKind(br); what != "" {
		return wrongKind(member, what)
	}
	return t.rows(member, br)
}

func (t *table) entity(e entity) error {
	if e.broken != nil {
		return t.out.reject(nil, e.broken)
	}
	o, broken := decodeObject(e.raw)
	if broken != nil {
		return t.out.reject(nil, broken)
	}
	return t.record(len(e.raw), func(field string) []string {
		return lookup(o, strings.Split(t.out.feed.Table.Columns[field], "."))
	})
}

// lookup follows a path through objects and arrays. A column whose name holds
// full stops is found too.
func lookup(v any, path []string) []string {
	if len(path) == 0 {
		return textsOf(v, "")
	}
	switch v := v.(type) {
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, lookup(item, path)...)
		}
		return all
	case object:
		if inner, ok := v[strings.Join(path, ".")]; ok {
			return textsOf(inner, "")
		}
		return lookup(v[path[0]], path[1:])
	}
	return nil
}

// record builds a record of the cells that at returns and gives it out.
func (t *table) record(size int, at func(field string) []string) error {
	switch t.out.feed.Kind {
	case Vacancies:
		v := &Vacancy{}
		setAll(t.out.vacancies, v, t, at)
		return t.out.vacancy(t.kept(at), size, "", v)
	case Credentials:
		c := &Credential{}
		setAll(t.out.credentials, c, t, at)
		return t.out.credential(t.kept(at), size, c)
	case VacancyTotals, Workforce:
		s := &Statistic{}
		setAll(t.out.statistics, s, t, at)
		return t.out.statistic(t.kept(at), size, s)
	default:
		l := &Learner{}
		setAll(t.out.learners, l, t, at)
		return t.out.learner(size, l)
	}
}

// kept returns the mapped columns of a record, a line each. The others may
// hold anything, names of persons too: they are in no reject, and neither is
// a row or object of which the columns cannot be told.
func (t *table) kept(at func(field string) []string) []byte {
	var b bytes.Buffer
	for _, field := range t.fields {
		for _, cell := range at(field) {
			if room := 2*rawBytes - b.Len(); room > 0 && cell != "" {
				fmt.Fprintf(&b, "%s=%s\n", t.out.feed.Table.Columns[field], cell[:min(len(cell), room)])
			}
		}
	}
	return b.Bytes()
}

// translate puts our values in place of theirs.
func (t *table) translate(field string, cells []string) []string {
	ours := t.out.feed.Table.Values[field]
	if len(ours) == 0 {
		return cells
	}
	translated := slices.Clone(cells)
	for i, cell := range cells {
		if value, ok := ours[strings.TrimSpace(cell)]; ok {
			translated[i] = value
		}
	}
	return translated
}

func setAll[T any](columns []column[T], record *T, t *table, at func(string) []string) {
	if t.bound == nil {
		for _, field := range t.fields {
			t.bound = append(t.bound, slices.IndexFunc(columns, func(c column[T]) bool { return c.Name == field }))
		}
	}
	for i, field := range t.fields {
		c := &columns[t.bound[i]]
		cells := t.translate(field, at(field))
		switch {
		case len(cells) == 1:
			c.set(record, cells[0], t.out.feed.Table.ListSeparator)
		case c.text != nil || c.flag != nil:
			c.set(record, strings.Join(cells, ", "), "")
		default: // several values are the items
			for _, cell := range cells {
				c.set(record, cell, "\n")
			}
		}
	}
}
