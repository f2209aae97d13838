package reports

import (
	"slices"
	"strconv"
	"strings"
)

// Kind is how a page shows the values of a column.
type Kind string

// The kinds of columns.
const (
	KindText    Kind = "text"    // as it is; a list with commas
	KindInteger Kind = "integer" // with thousands apart
	KindNumber  Kind = "number"  // rounded to its digits
	KindShare   Kind = "share"   // 0..1, shown in per cent
	KindPoints  Kind = "points"  // -1..1, a difference of shares, in percentage points
	KindDate    Kind = "date"    // a day
	KindMonth   Kind = "month"   // a month, stored as its first day
	KindTime    Kind = "time"    // a moment, UTC
	KindFlag    Kind = "flag"    // true: the heading as a small label beside the first column

	kindExact Kind = "exact" // a number as it is stored; for results without a header
)

var kinds = []string{"text", "integer", "number", "share", "points", "date", "month", "time", "flag"}

func (k Kind) numeric() bool {
	return slices.Contains([]Kind{KindInteger, KindNumber, KindShare, KindPoints, kindExact}, k)
}

// Column describes a column of a section's result. In a header it is a line
//
//	name | heading | kind and attributes | unit | meaning
//
// whose attributes are words: hidden, group, fold, bar, interval=low,high,
// of=column, note=column,…, link=column, instead=column, digits=n, example.
type Column struct {
	Name    string
	Heading string
	Kind    Kind
	Unit    string // of the stored value; "" for none
	Meaning string

	Hidden  bool     // in CSV, JSON and Arrow, but not on the page
	Group   bool     // heads the rows that have its value in common
	Fold    bool     // heads the groups that have its value in common, collapsed; null: open
	Bar     bool     // a bar behind the figure
	Low     string   // column with the lower end of its interval, "" for none
	High    string   // column with the upper end
	Of      string   // column with the whole that this integer is part of
	Notes   []string // columns shown beneath, in a quieter style, with their units
	Link    string   // column with the address that the text links to
	Instead string   // column whose text a page shows where this one has no value, "" for none
	Digits  int      // decimals of a number, 2 unless told

	Example bool // its value in the first row is a command, shown with the meaning below the table
}

// onPage reports whether the column has a place of its own in a page's table.
func (c *Column) onPage() bool { return !c.Hidden && !c.Group && !c.Fold && c.Kind != KindFlag }

func (p *parser) column(s *Section, it item) {
	parts := strings.Split(it.text, "|")
	if len(parts) != 5 {
		p.fail(it.line, "column: want name | heading | kind | unit | meaning, got %d of the 5 parts", len(parts))
		return
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	c := Column{Name: parts[0], Heading: parts[1], Unit: parts[3], Meaning: parts[4], Digits: 2}
	if !namePattern.MatchString(c.Name) {
		p.fail(it.line, "column name %q: want lower-case letters, digits and _", c.Name)
	}
	if _, twice := s.column(c.Name); twice {
		p.fail(it.line, "column %q was given before", c.Name)
	}
	if c.Heading == "" || c.Meaning == "" {
		p.fail(it.line, "column %q: missing heading or meaning", c.Name)
	}
	p.kind(&c, it.line, strings.Fields(parts[2]))
	s.Columns = append(s.Columns, c)
}

func (p *parser) kind(c *Column, line int, words []string) {
	if len(words) == 0 {
		p.fail(line, "column %q: missing kind", c.Name)
		return
	}
	c.Kind = Kind(words[0])
	if !slices.Contains(kinds, words[0]) {
		p.fail(line, "column %q: unknown kind %q%s", c.Name, words[0], didYouMean(words[0], kinds))
	}
	if c.Kind.numeric() && c.Unit == "" {
		p.fail(line, "column %q: missing unit", c.Name)
	}
	for _, word := range words[1:] {
		p.attribute(c, line, word)
	}
}

var attributes = []string{"hidden", "group", "fold", "bar", "interval", "of", "note", "link", "instead", "digits", "example"}

func (p *parser) attribute(c *Column, line int, word string) {
	name, value, _ := strings.Cut(word, "=")
	plain := false
	switch name {
	case "hidden":
		c.Hidden, plain = true, true
	case "group":
		c.Group, plain = true, true
	case "fold":
		c.Fold, plain = true, true
	case "bar":
		c.Bar, plain = true, true
	case "example":
		c.Example, plain = true, true
	case "of":
		c.Of = value
	case "link":
		c.Link = value
	case "instead":
		c.Instead = value
	case "note":
		c.Notes = strings.Split(value, ",")
	case "interval":
		c.Low, c.High, _ = strings.Cut(value, ",")
		if c.Low == "" || c.High == "" {
			p.fail(line, "column %q: want interval=low,high with the names of two columns", c.Name)
		}
	case "digits":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 6 {
			p.fail(line, "column %q: want digits=0 to digits=6", c.Name)
		}
		c.Digits = n
	default:
		p.fail(line, "column %q: unknown attribute %q%s", c.Name, name, didYouMean(name, attributes))
		return
	}
	if plain != (value == "") {
		p.fail(line, "column %q: attribute %q: want %s", c.Name, word, form(name, plain))
	}
}

func form(name string, plain bool) string {
	if plain {
		return name
	}
	return name + "=value"
}

// checkReferences refuses attributes that name a column the section has not.
func (p *parser) checkReferences(s *Section, lines []item) {
	if len(lines) != len(s.Columns) {
		return // a line that is no column was reported already
	}
	for i, c := range s.Columns {
		for _, name := range append([]string{c.Low, c.High, c.Of, c.Link, c.Instead}, c.Notes...) {
			if _, ok := s.column(name); !ok && name != "" {
				p.fail(lines[i].line, "column %q refers to column %q, which the section has not%s", c.Name, name, didYouMean(name, s.columnNames()))
			}
		}
		if c.Of != "" && c.Kind != KindInteger {
			p.fail(lines[i].line, "column %q: of=%s is for integers", c.Name, c.Of)
		}
		if c.Bar && c.Of == "" && c.Kind != KindShare {
			p.fail(lines[i].line, "column %q: bar is for shares and for integers with of=", c.Name)
		}
	}
}
