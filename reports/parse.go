package reports

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxFile bounds the size of a report file.
const maxFile = 1 << 20

// Keys of a header. Those of a section stand in the report's own header where
// the report has a single section.
var (
	reportKeys     = []string{"title", "question", "summary", "order", "parameters", "method", "caveats"}
	reportRequired = []string{"title", "question", "method"}
	sectionKeys    = []string{"section", "title", "text", "grain", "reading", "empty", "columns", "chart", "folds-after"}
	partKeys       = []string{"text", "grain", "reading", "empty", "columns", "chart"}
	partRequired   = []string{"grain", "columns"}
)

// namePattern is what reports, sections, columns and parameters are called.
var namePattern = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,63}$`)

// Parse reads the text of the report file called file (its base name less .sql
// is the report's name). The error joins one *HeaderError for every mistake.
func Parse(file, text string) (*Report, error) {
	if len(text) > maxFile {
		return nil, &HeaderError{file, 0, fmt.Sprintf("larger than %d bytes", maxFile)}
	}
	blocks, err := split(file, text)
	p := &parser{file: file, report: &Report{Name: strings.TrimSuffix(path.Base(file), ".sql")}}
	if !namePattern.MatchString(p.report.Name) || p.report.Name == "index" {
		p.fail(0, "report name %q: want lower-case letters, digits, - and _; index is taken", p.report.Name)
	}
	p.parse(blocks)
	if err := errors.Join(append([]error{err}, p.errs...)...); err != nil {
		return nil, err
	}
	return p.report, nil
}

// parser gathers a report and the mistakes in it.
type parser struct {
	file   string
	report *Report
	errs   []error
}

func (p *parser) fail(line int, format string, args ...any) {
	p.errs = append(p.errs, &HeaderError{p.file, line, fmt.Sprintf(format, args...)})
}

func (p *parser) parse(blocks []block) {
	head, rest := blocks[0], blocks[1:]
	single := !slices.ContainsFunc(rest, isSection)
	p.head(head, single)
	if !single && head.sql != "" {
		p.fail(head.line, "SQL before the first section; put what all sections share below \"-- shared:\"")
	}
	if single {
		p.section(head, p.report.Name, p.report.Title)
	}
	for i, b := range rest {
		switch {
		case isSection(b):
			p.named(b)
		case i > 0 || p.report.Shared != "":
			p.fail(b.line, "\"-- shared:\" stands once, before the first section")
		default:
			p.shared(b)
		}
	}
	p.checkParameters(blocks)
	p.checkFolds(rest)
}

// checkFolds refuses a place for folds that is no section.
func (p *parser) checkFolds(blocks []block) {
	for _, b := range blocks {
		f, ok := b.fields["folds-after"]
		if _, found := p.report.Section(f.text()); ok && !found {
			p.fail(f.line, "folds-after: %q is no section of the report%s", f.text(), didYouMean(f.text(), p.report.sectionNames()))
		}
	}
}

func isSection(b block) bool { _, ok := b.fields["section"]; return ok }

func (p *parser) head(b block, single bool) {
	allowed := reportKeys
	if single {
		allowed = append(slices.Clone(reportKeys), partKeys...)
	}
	p.keys(b, "report", allowed, reportRequired)
	p.report.Title = b.fields["title"].text()
	p.report.Question = b.fields["question"].text()
	p.report.Summary = b.fields["summary"].text()
	p.order(b)
	p.report.Method = b.fields["method"].paragraphs()
	for _, it := range b.fields["caveats"].list() {
		p.report.Caveats = append(p.report.Caveats, it.text)
	}
	for _, it := range b.fields["parameters"].list() {
		p.parameter(it)
	}
}

func (p *parser) order(b block) {
	p.report.Order = 100
	f, ok := b.fields["order"]
	if !ok {
		return
	}
	var err error
	if p.report.Order, err = strconv.Atoi(f.text()); err != nil {
		p.fail(f.line, "order: want an integer, not %q", f.text())
	}
}

// keys refuses keys that are not allowed and reports those that are missing or
// empty, in the order of the file and of the list.
func (p *parser) keys(b block, where string, allowed, required []string) {
	var names []string
	for key := range b.fields {
		names = append(names, key)
	}
	slices.SortFunc(names, func(x, y string) int { return b.fields[x].line - b.fields[y].line })
	for _, key := range names {
		switch {
		case slices.Contains(allowed, key):
		case slices.Contains(partKeys, key):
			p.fail(b.fields[key].line, "key %q belongs to a section, below its \"-- section:\" line", key)
		case slices.Contains(reportKeys, key):
			p.fail(b.fields[key].line, "key %q belongs to the report, above its first section", key)
		default:
			p.fail(b.fields[key].line, "unknown key %q%s", key, didYouMean(key, allowed))
		}
	}
	for _, key := range required {
		if len(b.fields[key].list()) == 0 {
			p.fail(b.line, "%s: missing key %q", where, key)
		}
	}
}

func (p *parser) shared(b block) {
	for key, f := range b.fields {
		if key != "shared" || len(f.items) > 0 {
			p.fail(f.line, "\"-- shared:\" has no text and no other key; its SQL follows")
		}
	}
	p.report.Shared = b.sql
	if !startsWith(b.sql, "WITH") {
		p.fail(b.line, "shared SQL: want WITH and common table expressions")
	}
	p.oneStatement(b)
}

func (p *parser) named(b block) {
	name := b.fields["section"].text()
	if !namePattern.MatchString(name) {
		p.fail(b.line, "section name %q: want lower-case letters, digits, - and _", name)
	}
	if _, twice := p.report.Section(name); twice {
		p.fail(b.line, "section %q was given before", name)
	}
	p.keys(b, fmt.Sprintf("section %q", name), sectionKeys, []string{"title"})
	p.section(b, name, b.fields["title"].text())
}

func (p *parser) section(b block, name, title string) {
	where := fmt.Sprintf("section %q", name)
	for _, key := range partRequired {
		if len(b.fields[key].list()) == 0 {
			p.fail(b.line, "%s: missing key %q", where, key)
		}
	}
	s := Section{Name: name, Title: title, SQL: b.sql}
	s.Text, s.Grain = b.fields["text"].text(), b.fields["grain"].text()
	s.Reading, s.Empty = b.fields["reading"].text(), b.fields["empty"].text()
	s.FoldsAfter = b.fields["folds-after"].text()
	for _, it := range b.fields["columns"].list() {
		p.column(&s, it)
	}
	p.checkReferences(&s, b.fields["columns"].list())
	if f, ok := b.fields["chart"]; ok {
		p.chart(&s, f)
	}
	p.reading(&s, b.fields["reading"])
	if !startsWith(b.sql, "SELECT") && !startsWith(b.sql, "WITH") {
		p.fail(b.line, "%s: want a SELECT below its header", where)
	}
	p.oneStatement(b)
	p.report.Sections = append(p.report.Sections, s)
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

func (p *parser) reading(s *Section, f field) {
	for _, m := range placeholder.FindAllStringSubmatch(s.Reading, -1) {
		if _, ok := s.column(m[1]); !ok {
			p.fail(f.line, "reading names column %q, which the section has not%s", m[1], didYouMean(m[1], s.columnNames()))
		}
	}
}
