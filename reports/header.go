package reports

import (
	"errors"
	"fmt"
	"strings"
)

// HeaderError is a mistake in the header of a report file.
type HeaderError struct {
	File    string // as the folder names it
	Line    int    // counted from 1; 0 where the whole file is meant
	Message string // what is wrong, and what was meant where that can be guessed
}

// Error returns "file:line: message".
func (e *HeaderError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

// item is a line of a header with its continuation lines.
type item struct {
	line int
	text string
}

// field is a key of a header: the item on its own line, where there is text
// after the colon, then those below it. An empty text is a paragraph break.
type field struct {
	line  int
	items []item
}

// block is a header and the SQL below it.
type block struct {
	line   int
	fields map[string]field
	sql    string
}

// splitter cuts the text of a report file into blocks: the first from its
// start, each other from a line that opens with "-- section:" or "-- shared:".
type splitter struct {
	file   string
	blocks []block
	errs   []error
	key    string // key that the next indented line belongs to
	body   []string
}

func split(file, text string) ([]block, error) {
	s := &splitter{file: file}
	s.open(1)
	inHeader := true
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case opensBlock(line):
			if i > 0 {
				s.open(i + 1)
			}
			inHeader = true
			s.header(i+1, line[2:])
		case inHeader && strings.HasPrefix(line, "--"):
			s.header(i+1, line[2:])
		case inHeader && line == "":
		default:
			inHeader = false
			s.body = append(s.body, line)
		}
	}
	s.close()
	return s.blocks, errors.Join(s.errs...)
}

func opensBlock(line string) bool {
	return strings.HasPrefix(line, "-- section:") || strings.HasPrefix(line, "-- shared:")
}

func (s *splitter) open(line int) {
	if len(s.blocks) > 0 {
		s.close()
	}
	s.blocks = append(s.blocks, block{line: line, fields: map[string]field{}})
	s.key = ""
}

func (s *splitter) close() {
	s.blocks[len(s.blocks)-1].sql = strings.TrimSpace(strings.Join(s.body, "\n"))
	s.body = nil
}

// header reads what follows the dashes of a header line.
func (s *splitter) header(line int, rest string) {
	fields := s.blocks[len(s.blocks)-1].fields
	text := strings.TrimSpace(rest)
	indent := len(rest) - len(strings.TrimLeft(rest, " "))
	if text != "" && indent < 3 {
		s.openKey(line, text)
		return
	}
	f, ok := fields[s.key]
	switch {
	case !ok && text == "":
	case !ok:
		s.fail(line, "text %q belongs to no key", text)
	case indent >= 5 && len(f.items) > 0 && f.items[len(f.items)-1].text != "":
		f.items[len(f.items)-1].text += " " + text
		fields[s.key] = f
	default:
		f.items = append(f.items, item{line, text})
		fields[s.key] = f
	}
}

func (s *splitter) openKey(line int, text string) {
	fields := s.blocks[len(s.blocks)-1].fields
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		s.fail(line, "want \"-- key: value\", or text indented by two more spaces, not %q", text)
		return
	}
	if first, twice := fields[key]; twice {
		s.fail(line, "key %q was given before, in line %d", key, first.line)
		return
	}
	f := field{line: line}
	if value = strings.TrimSpace(value); value != "" {
		f.items = []item{{line, value}}
	}
	fields[key], s.key = f, key
}

func (s *splitter) fail(line int, format string, args ...any) {
	s.errs = append(s.errs, &HeaderError{s.file, line, fmt.Sprintf(format, args...)})
}

// text joins the items of a field to one paragraph.
func (f field) text() string { return strings.Join(f.paragraphs(), " ") }

// paragraphs joins the items between paragraph breaks.
func (f field) paragraphs() []string {
	var all []string
	var open []string
	for _, it := range append(f.items, item{}) {
		switch {
		case it.text != "":
			open = append(open, it.text)
		case len(open) > 0:
			all, open = append(all, strings.Join(open, " ")), nil
		}
	}
	return all
}

// list returns the items that have text.
func (f field) list() []item {
	var all []item
	for _, it := range f.items {
		if it.text != "" {
			all = append(all, it)
		}
	}
	return all
}
