package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// rows reads a table of separated values whose first row names the columns.
func (t *table) rows(member string, br *bufio.Reader) error {
	return t.eachRow(member, br, func([]byte) error { return nil }, func(raw []byte, at func(field string) []string, broken *Violation) error {
		if broken != nil {
			return t.out.reject(nil, broken)
		}
		return t.record(len(raw), at)
	})
}

// eachRow gives the first row, which names the columns, to header and each that
// follows to row, with its bytes and cells or with the rule that it breaks.
func (t *table) eachRow(member string, br *bufio.Reader, header func(raw []byte) error, row func(raw []byte, at func(field string) []string, broken *Violation) error) error {
	rd := &csvReader{lines: lineReader{br, t.out.lim.record}, lim: t.out.lim, separator: ','}
	separator := t.out.feed.Table.Separator
	switch {
	case separator == "tab":
		rd.separator = '\t'
	case separator != "":
		rd.separator = separator[0]
	default:
		if err := rd.findSeparator(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	names, raw, broken, err := rd.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil // an empty file has no records
	case err != nil:
		return err
	case broken != nil:
		return fmt.Errorf("header: %w", broken)
	}
	rd.width = len(names)
	places, err := t.places(member, names)
	if err != nil {
		return err
	}
	if err := header(raw); err != nil {
		return err
	}
	for {
		cells, raw, broken, err := rd.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case broken == nil && len(cells) != len(names):
			broken = &Violation{RuleColumnCount, fmt.Sprintf("the row has %d columns, the header %d; quote cells that contain the separator, or set separator in skillsgap.yaml", len(cells), len(names))}
		}
		if err := row(raw, func(field string) []string { return cells[places[field]:][:1] }, broken); err != nil {
			return err
		}
	}
}

// places returns the index of the column of each mapped field.
func (t *table) places(member string, header []string) (map[string]int, error) {
	places := make(map[string]int, len(t.fields))
	for _, field := range t.fields {
		want := t.out.feed.Table.Columns[field]
		i := columnIndex(header, want)
		if i < 0 {
			return nil, &FileError{
				File:   member,
				Err:    fmt.Errorf("no column %q (mapped to %s)", want, field),
				Action: t.nearestColumn(want, header) + "correct columns or separator in skillsgap.yaml",
			}
		}
		places[field] = i
	}
	return places, nil
}

// nearestColumn tells which column of the header may be meant. Of a table about
// persons it does not: what looks like its header may be a person's row.
func (t *table) nearestColumn(want string, header []string) string {
	if t.out.feed.Kind.Private() {
		return ""
	}
	return fmt.Sprintf("the nearest column is %q of %d; ", excerpt(nearest(want, header)), len(header))
}

// excerpt returns what a message may quote of a feed: a first row that is no
// header may hold contacts.
func excerpt(s string) string {
	const most = 60
	s = contact.RemoveTokens(string(head([]byte(s))))
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// columnIndex finds a column by its exact name, else without regard to case.
func columnIndex(header []string, want string) int {
	for i, name := range header {
		if strings.TrimSpace(name) == want {
			return i
		}
	}
	for i, name := range header {
		if strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(want)) {
			return i
		}
	}
	return -1
}

// csvReader reads rows in the manner of RFC 4180, with two liberties: a
// quotation mark inside an unquoted cell stands for itself, and so does what
// follows a closing one up to the separator. Unlike encoding/csv it bounds a
// row and recovers from a quote that is never closed: the line where it opens
// is a broken row, the next line is read anew.
type csvReader struct {
	lines     lineReader
	lim       limits
	separator byte
	width     int      // columns of the header; 0 before it is read
	pending   [][]byte // lines read ahead
	badRows   int
}

var errLongHeader = errors.New("the first line, which names the columns, is longer than 16 MiB")

// findSeparator takes the commonest of comma, semicolon, tab and bar in the
// header line.
func (c *csvReader) findSeparator() error {
	var line []byte
	for len(trimBreak(line)) == 0 {
		var err error
		var long bool
		if line, long, err = c.lines.next(); err != nil {
			return err
		}
		if long {
			return errLongHeader
		}
	}
	c.pending = [][]byte{line}
	best := 0
	for _, s := range []byte(",;\t|") {
		if n := countOutside(line, s); n > best {
			best, c.separator = n, s
		}
	}
	return nil
}

func countOutside(line []byte, separator byte) (n int) {
	quoted := false
	for _, b := range line {
		switch {
		case b == '"':
			quoted = !quoted
		case b == separator && !quoted:
			n++
		}
	}
	return n
}

func (c *csvReader) line() (line []byte, long bool, err error) {
	if len(c.pending) > 0 {
		line, c.pending = c.pending[0], c.pending[1:]
		return line, false, nil
	}
	return c.lines.next()
}

// maxContinued bounds the lines of one row.
const maxContinued = 10_000

// next returns the cells of the next row that is not empty, and its bytes.
func (c *csvReader) next() (cells []string, raw []byte, broken *Violation, err error) {
	var first []byte
	for len(first) == 0 {
		line, long, err := c.line()
		if err != nil {
			return nil, nil, nil, err
		}
		if long {
			return nil, line, &Violation{RuleTooLong, "the row is longer than 16 MiB; check the line breaks of the file"}, nil
		}
		first = trimBreak(line)
	}
	row := rowParser{separator: c.separator, limit: c.lim.columns}
	row.parse(first)
	raw = first
	var ahead [][]byte
	for row.quoted {
		line, long, err := c.line()
		if err == nil && !long {
			ahead = append(ahead, line)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, nil, err
		}
		if err != nil || long || len(raw)+len(line) > c.lim.quoted || len(ahead) > maxContinued {
			return c.unclosed(first, ahead)
		}
		raw = append(append(raw, '\n'), trimBreak(line)...)
		row.cell = append(row.cell, '\n')
		row.parse(trimBreak(line))
	}
	cells = row.end()
	if len(cells) > c.lim.columns {
		return nil, raw, &Violation{RuleColumnCount, fmt.Sprintf("the row has more than %d columns; check separator and line breaks", c.lim.columns)}, nil
	}
	if len(ahead) > 0 && c.width > 0 && len(cells) != c.width {
		return c.unclosed(first, ahead) // by a mark of a later row
	}
	return cells, raw, nil, nil
}

// unclosed makes the line where a quotation mark opens a broken row and has
// the lines after it read anew. It gives up on a file that does so again and
// again: each costs a search for the end.
func (c *csvReader) unclosed(first []byte, ahead [][]byte) ([]string, []byte, *Violation, error) {
	c.pending = append(ahead, c.pending...)
	c.badRows++
	if c.badRows > c.lim.badRows {
		return nil, nil, nil, fmt.Errorf("more than %d quotation marks are never closed", c.lim.badRows)
	}
	return nil, first, &Violation{RuleQuoteOpen, "a quotation mark in this line is never closed; double quotation marks inside quoted cells"}, nil
}

func trimBreak(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// rowParser splits a row into cells, line by line.
type rowParser struct {
	separator byte
	limit     int // of cells; one more is read
	cells     []string
	cell      []byte
	quoted    bool // inside quotes, also at the end of a line
	started   bool // the cell has begun
}

func (p *rowParser) parse(line []byte) {
	for i := 0; i < len(line); i++ {
		b := line[i]
		switch {
		case p.quoted && b == '"' && i+1 < len(line) && line[i+1] == '"':
			p.cell = append(p.cell, '"')
			i++
		case p.quoted && b == '"':
			p.quoted = false
		case p.quoted:
			p.cell = append(p.cell, b)
		case b == p.separator:
			p.endCell()
		case b == '"' && !p.started:
			p.quoted, p.started = true, true
		default: // up to the separator all stands for itself
			end := bytes.IndexByte(line[i:], p.separator)
			if end < 0 {
				end = len(line) - i
			}
			p.cell, p.started = append(p.cell, line[i:i+end]...), true
			i += end - 1
		}
	}
}

func (p *rowParser) endCell() {
	if len(p.cells) <= p.limit {
		p.cells = append(p.cells, string(p.cell))
	}
	p.cell, p.started = p.cell[:0], false
}

func (p *rowParser) end() []string {
	p.endCell()
	return p.cells
}
