package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// page is a text of reference made from the program itself: shown by
// `skillsgap help NAME` and kept as data/deploy/docs/FILE.md. A test fails when
// the kept one is not the same.
type page struct {
	name, file string // as a help topic, "" for none; as a file, without .md
	title      string
	short      string // what the page is, in a line
	intro      string // paragraphs, broken into lines
	sections   []section
}

// section is a part of a page, with a heading, paragraphs and a table or without.
type section struct {
	level int // of its heading: 2 or, below another, 3
	title string
	intro string
	code  bool // the intro is to be shown as it is
	apart bool // on a terminal, shown only when it is asked for by its title
	table table
}

// table has a head and rows of as many cells, the first of which is a name. Its
// last columns are prose: on a terminal each has a line of its own.
type table struct {
	head  []string
	prose int
	rows  [][]string
}

// text writes the page for a terminal.
func (p *page) text(w io.Writer) {
	fmt.Fprintln(w, p.intro)
	for _, s := range p.sections {
		if !s.apart {
			fmt.Fprintln(w)
			s.text(w)
		}
	}
}

func (s *section) text(w io.Writer) {
	if s.title != "" {
		fmt.Fprintf(w, "%s\n\n", s.title)
	}
	if s.intro != "" {
		fmt.Fprintf(w, "%s\n\n", s.intro)
	}
	s.table.text(w)
}

// text pads the short cells of each row, and leaves out columns without any.
func (t *table) text(w io.Writer) {
	short := len(t.head) - t.prose
	widths := make([]int, short)
	for _, row := range t.rows {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	for _, row := range t.rows {
		line := ""
		for i, width := range widths {
			if width > 0 {
				line += fmt.Sprintf("  %-*s", width, row[i])
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
		for _, cell := range row[short:] {
			if cell != "" {
				fmt.Fprintf(w, "      %s\n", cell)
			}
		}
	}
}

// markdown writes the page for data/deploy/docs.
func (p *page) markdown(w io.Writer) {
	fmt.Fprintf(w, "<!-- Made by `go test ./cmd/skillsgap -run TestDocs -update`. Do not edit. -->\n\n# %s\n\n%s\n", p.title, escape(p.intro))
	for _, s := range p.sections {
		if s.title != "" {
			fmt.Fprintf(w, "\n%s %s\n", strings.Repeat("#", s.level), escape(s.title))
		}
		switch {
		case s.code:
			fmt.Fprintf(w, "\n```\n%s\n```\n", s.intro)
		case s.intro != "":
			fmt.Fprintf(w, "\n%s\n", escape(s.intro))
		}
		s.table.markdown(w)
	}
}

func (t *table) markdown(w io.Writer) {
	if len(t.rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n| %s |\n|%s\n", strings.Join(t.head, " | "), strings.Repeat("---|", len(t.head)))
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.ReplaceAll(escape(cell), "|", `\|`)
		}
		cells[0] = "`" + row[0] + "`"
		fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
	}
}

// escape keeps Markdown from reading signs in s as its own, but for what stands
// between backquotes.
func escape(s string) string {
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.NewReplacer(`\`, `\\`, "*", `\*`, "<", "&lt;", "[", `\[`).Replace(parts[i])
	}
	return strings.Join(parts, "`")
}
