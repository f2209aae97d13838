package reports

import (
	"cmp"
	"context"
	"strings"
)

// Meta says where the figures of a page come from.
type Meta struct {
	Workspace       string // its name, not its path
	RunID           string
	SnapshotID      string
	AsOf            string // YYYY-MM-DD
	TaxonomyRelease string // as "ESCO v1.1.1"
	Taxonomy        string // fingerprint
	Linker          string // fingerprint
	Version         string // of skillsgap
	Starter         bool   // the figures rest on the synthetic sample data
}

// AsOfText is the as-of date in words.
func (m Meta) AsOfText() string { return reformat(m.AsOf, "2006-01-02", "2 January 2006") }

// Short is the beginning of a fingerprint.
func (m Meta) Short(fingerprint string) string { return fingerprint[:min(12, len(fingerprint))] }

// Page is what a page template receives.
type Page struct {
	*Report
	Meta     Meta
	Settings []Setting
	Scope    []string // what the key figures are about
	Figures  []PageFigure
	Contents []PageSection
	Home     string // address of the index, "" for none
}

// Setting is a parameter with the value that the page was made with.
type Setting struct {
	Parameter
	Value string
}

// PageFigure is a key figure. Hint explains it.
type PageFigure struct {
	Heading, Unit, Hint string
	Cell                PageCell
}

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
	File      string    // address of the section's rows as CSV, "" for none

	rows *records
}

// NothingText is what a section without rows says.
func (s *PageSection) NothingText() string { return cmp.Or(s.Empty, "No rows.") }

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

// page runs every section. The encoder that also returns, if any, receives the
// section's rows too.
func (r *Report) page(ctx context.Context, q Querier, params map[string]string, meta Meta, also func(*Section) (encoder, error)) (*Page, error) {
	if name, ok := params[sectionParameter]; ok {
		return nil, &ParamError{r.Name, sectionParameter, name, "a page has every section; choose one with another format"}
	}
	settled, err := r.settle(params)
	if err != nil {
		return nil, err
	}
	p := &Page{Report: r, Meta: meta}
	for _, parameter := range r.Parameters {
		p.Settings = append(p.Settings, Setting{parameter, settled[parameter.Name]})
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		rows, err := r.collect(ctx, q, s, settled, also)
		if err != nil {
			return nil, err
		}
		if s.Name == figuresSection {
			p.figures(s, rows)
			continue
		}
		p.Contents = append(p.Contents, s.view(rows))
	}
	return p, nil
}

func (r *Report) collect(ctx context.Context, q Querier, s *Section, settled map[string]string, also func(*Section) (encoder, error)) (*records, error) {
	result, err := r.query(ctx, q, s, settled)
	if err != nil {
		return nil, err
	}
	defer result.Release()
	rows := &records{}
	to := []encoder{rows}
	if also != nil {
		e, err := also(s)
		if err != nil {
			return nil, err
		}
		to = append(to, e)
	}
	return rows, stream(result, to...)
}

func (p *Page) figures(s *Section, rows *records) {
	if len(rows.rows) == 0 {
		return
	}
	row := rows.rows[0]
	for i := range s.Columns {
		c := &s.Columns[i]
		v := rows.get(row, c.Name)
		switch {
		case c.Group && !v.null:
			p.Scope = append(p.Scope, c.format(v.text))
		case c.onPage():
			cell := s.cell(rows, c, row)
			if cell.Share != "" {
				cell.Share = "of " + thousands(rows.get(row, c.Of).text, 0) + " (" + cell.Share + ")"
			}
			p.Figures = append(p.Figures, PageFigure{c.Heading, c.Unit, c.Meaning, cell})
		}
	}
}

// view arranges the rows of a section for the page.
func (s *Section) view(rows *records) PageSection {
	v := PageSection{Section: s, More: rows.more, rows: rows}
	for i := range s.Columns {
		if c := &s.Columns[i]; s.plain || !c.Hidden && !rows.empty(c.Name) {
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
	}
	return v
}

// readFirst fills the section's reading from its first row.
func (s *Section) readFirst(rows *records) string {
	return placeholder.ReplaceAllStringFunc(s.Reading, func(name string) string {
		c, _ := s.column(strings.Trim(name, "{}"))
		return c.format(rows.get(rows.rows[0], c.Name).text)
	})
}
