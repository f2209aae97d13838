package reports

import (
	"context"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"
)

// Meta says where the figures of a page come from.
type Meta struct {
	Workspace       string // its name, not its path
	RunID           string
	SnapshotID      string
	AsOf            string   // YYYY-MM-DD
	TaxonomyRelease string   // as "ESCO v1.1.1"
	Taxonomy        string   // fingerprint
	Linker          string   // fingerprint
	Version         string   // of skillsgap
	Starter         bool     // the figures rest on the synthetic sample data
	Warnings        []string // what the run could not do; stand at the top of every page
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
	nothing, err := r.nothing(ctx, q, settled)
	if err != nil {
		return nil, err
	}
	collected, err := r.collectAll(ctx, q, settled, also)
	if err != nil {
		return nil, err
	}
	for i := range r.Sections {
		s, rows := &r.Sections[i], collected[i]
		if s.Name == nothingSection {
			continue
		}
		if s.Name == figuresSection {
			p.figures(s, rows)
			continue
		}
		view := s.view(rows)
		view.Nothing = nothing
		p.Contents = append(p.Contents, view)
	}
	p.moveFolds()
	return p, nil
}

// moveFolds puts folds to the place that their section names.
func (p *Page) moveFolds() {
	for i := 0; i < len(p.Contents); i++ {
		s := &p.Contents[i]
		at := slices.IndexFunc(p.Contents, func(other PageSection) bool { return other.Name == s.FoldsAfter })
		if at < 0 || s.FoldsOnly || s.Open == nil || len(s.Folds) == 0 {
			continue
		}
		folds := PageSection{Section: s.Section, Folds: s.Folds, FoldedBy: s.FoldedBy, Shown: s.Shown, FoldsOnly: true, rows: s.rows}
		s.Folds = nil
		p.Contents = slices.Insert(p.Contents, at+1, folds)
	}
}

// nothing returns what the section "nothing" says, "" for no such row.
func (r *Report) nothing(ctx context.Context, q Querier, settled map[string]string) (string, error) {
	s, ok := r.Section(nothingSection)
	if !ok {
		return "", nil
	}
	rows, err := r.collect(ctx, q, s, settled, nil)
	if err != nil || len(rows.rows) == 0 {
		return "", err
	}
	return rows.get(rows.rows[0], s.Columns[0].Name).text, nil
}

// collectAll runs the sections of a page beside one another.
func (r *Report) collectAll(ctx context.Context, q Querier, settled map[string]string, also func(*Section) (encoder, error)) ([]*records, error) {
	collected := make([]*records, len(r.Sections))
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithFirstError().WithCancelOnError()
	for i := range r.Sections {
		if s := &r.Sections[i]; s.Name != nothingSection {
			p.Go(func(ctx context.Context) (err error) {
				if err = ctx.Err(); err == nil {
					collected[i], err = r.collect(ctx, q, s, settled, also)
				}
				return err
			})
		}
	}
	return collected, p.Wait()
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
