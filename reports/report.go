package reports

// Report is a parsed report file.
type Report struct {
	Name       string      // file name without .sql
	Title      string      // what the report is called
	Question   string      // the question it answers; the heading of its page
	Summary    string      // how to understand the answer, in a few sentences; may be empty
	Method     []string    // paragraphs: how the figures came about
	Caveats    []string    // what the figures do not say
	Parameters []Parameter // what a reader may choose
	Order      int         // where the index lists it: ascending, then by title; 100 unless told
	Sections   []Section   // in the order of the file; never empty
	Shared     string      // common table expressions before each section's SELECT

	builtIn  bool   // comes with the program: its SQL is ours
	template string // source of the report's own page template, "" for the default
}

// Section is one SELECT of a report.
type Section struct {
	Name    string   // the report's own name where it has a single section
	Title   string   // heading on the page
	Text    string   // paragraph under the heading; may be empty
	Grain   string   // what one row is
	Reading string   // how to read the first row, its {column}s replaced by what the page shows
	Empty   string   // what the page says when there is no row, where the section "nothing" has none either
	Columns []Column // those of the result, in the order of the page
	Chart   *Chart   // nil for none

	// FoldsAfter names the section after which a page puts the rows under a fold,
	// in a part of their own; "" for right after the open rows.
	FoldsAfter string

	SQL string // the SELECT

	plain bool // of no report: every column is shown
}

// figuresSection names the section whose single row holds the key figures.
const figuresSection = "figures"

// nothingSection names the section whose single row, if it has one, tells why
// the parameters leave every other section without rows. What it says stands in
// the place of their Section.Empty.
const nothingSection = "nothing"

// Section returns the section of the given name.
func (r *Report) Section(name string) (*Section, bool) {
	for i := range r.Sections {
		if r.Sections[i].Name == name {
			return &r.Sections[i], true
		}
	}
	return nil, false
}

// Main returns the section that a report gives where none is asked for: the
// first one that is neither the key figures nor the reason for having none.
func (r *Report) Main() *Section {
	for i := range r.Sections {
		if name := r.Sections[i].Name; name != figuresSection && name != nothingSection {
			return &r.Sections[i]
		}
	}
	return &r.Sections[0]
}

// column returns the column of the given name.
func (s *Section) column(name string) (*Column, bool) {
	for i := range s.Columns {
		if s.Columns[i].Name == name {
			return &s.Columns[i], true
		}
	}
	return nil, false
}

func (s *Section) columnNames() []string {
	names := make([]string, len(s.Columns))
	for i := range s.Columns {
		names[i] = s.Columns[i].Name
	}
	return names
}
