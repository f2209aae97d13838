package reports

import (
	"cmp"
	"strings"
)

// PageSection is a section with its rows as they are shown.
type PageSection struct {
	*Section
	ReadFirst string     // Section.Reading, filled in from the first row; "" where there is none
	Drawing   *PageChart // nil for none
	Open      *PageTable // the rows without a fold; nil where there are none
	Folds     []PageFold
	FoldedBy  string    // what the folds stand for, as "level"
	Shown     []*Column // the columns with a place on the page
	More      int64     // rows beyond those shown
	Nothing   string    // why no section has rows, "" where that is not known
	Examples  []PageExample
	FoldsOnly bool   // the folds of a section whose open rows stand further up
	File      string // address of the section's rows as CSV, "" for none

	rows *records
}

// NothingText is what a section without rows says.
func (s *PageSection) NothingText() string { return cmp.Or(s.Nothing, s.Empty, "No rows.") }

// PageExample is a command that shows what is behind the first row.
type PageExample struct{ Heading, Meaning, Command string }

// Records returns the rows as stored, by column name, for templates that show
// them in a way of their own.
func (s *PageSection) Records() []map[string]string {
	var all []map[string]string
	for _, row := range s.rows.rows {
		one := make(map[string]string, len(row))
		for j, name := range s.rows.names {
			one[name] = row[j].text
		}
		all = append(all, one)
	}
	return all
}

// view arranges the rows of a section for the page.
func (s *Section) view(rows *records) PageSection {
	v := PageSection{Section: s, More: rows.more, rows: rows}
	for i := range s.Columns {
		if c := &s.Columns[i]; s.plain || !c.Hidden && (!rows.empty(c.Name) || !rows.empty(c.Instead)) {
			v.Shown = append(v.Shown, c)
		}
	}
	b := tableBuilder{section: s, rows: rows, shown: v.Shown}
	v.Open, v.Folds = b.build()
	if by := b.headed(func(c *Column) bool { return c.Fold }); len(by) > 0 {
		v.FoldedBy = strings.ToLower(by[0].Heading)
	}
	if len(rows.rows) > 0 {
		v.ReadFirst = s.readFirst(rows)
		v.Drawing = s.draw(rows, v.Shown)
		v.Examples = s.examples(rows)
	}
	return v
}

func (s *Section) examples(rows *records) []PageExample {
	var examples []PageExample
	for _, c := range s.Columns {
		if command := rows.get(rows.rows[0], c.Name); c.Example && !command.null {
			examples = append(examples, PageExample{c.Heading, c.Meaning, command.text})
		}
	}
	return examples
}

// readFirst fills the section's reading from its first row.
func (s *Section) readFirst(rows *records) string {
	return placeholder.ReplaceAllStringFunc(s.Reading, func(name string) string {
		c, _ := s.column(strings.Trim(name, "{}"))
		return c.format(rows.get(rows.rows[0], c.Name).text)
	})
}
