package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// entity is a JSON object of a feed, or what could not be read as one.
type entity struct {
	raw []byte
	// inGraph says that the object stands among others in a graph or page,
	// where objects that are no records are context.
	inGraph bool
	broken  *Violation
}

// jsonFeed cuts JSON text of any layout into entities.
type jsonFeed struct {
	lim      limits
	encoding string
	pages    bool // HTML pages may hold entities
	yield    func(entity) error
}

// read finds the layout of r: a page of HTML, lines, or values that span
// lines.
func (j *jsonFeed) read(member string, r io.Reader) error {
	br, err := textReader(r, j.encoding)
	if err != nil {
		return err
	}
	first, err := skipSpace(br)
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	case first == '[':
		return j.values(br)
	case first == '<':
		if what := markupKind(br); what != "" && (what != htmlPage || !j.pages) {
			return wrongKind(member, what)
		}
		return j.page(br)
	case namesJSONLines(member):
		return j.lines(br)
	case first != '{':
		start, _ := br.Peek(utf8.UTFMax)
		char, _ := utf8.DecodeRune(start)
		return &FileError{
			File: member, Err: fmt.Errorf("it is no JSON: it begins with %q", char),
			Action: "deliver JSON; of a table set format: table and columns in skillsgap.yaml",
		}
	}
	return j.linesOrValues(br)
}

// linesOrValues decides by the first line, and, where that is not JSON by
// itself, by whether the next line starts another object. Only in lines does a
// broken record spoil no other whatever it holds.
func (j *jsonFeed) linesOrValues(br *bufio.Reader) error {
	line, whole, err := firstLine(br, j.lim.record)
	if err != nil {
		return err
	}
	next, _ := br.Peek(1) // at the end there is none
	again := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(line), br), bufferSize)
	line = toUTF8(line)
	if whole && (json.Valid(line) || len(next) == 1 && next[0] == '{' && !goesOn(bytes.TrimSpace(line))) {
		return j.lines(again)
	}
	return j.values(again)
}

// firstLine reads up to the first line break, or, of a line beyond the limit,
// its beginning.
func firstLine(br *bufio.Reader, limit int) (line []byte, whole bool, err error) {
	for len(line) <= limit {
		part, err := br.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil, errors.Is(err, io.EOF):
			return line, len(line) <= limit, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, err
		}
	}
	return line, false, nil
}

// goesOn reports whether a line of JSON cannot be the end of an object.
func goesOn(line []byte) bool {
	return len(line) == 0 || bytes.IndexByte([]byte("{[,:"), line[len(line)-1]) >= 0
}

func namesJSONLines(member string) bool {
	name := strings.ToLower(member)
	for _, packed := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, packed)
	}
	return strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson")
}

// lines reads a record a line.
func (j *jsonFeed) lines(br *bufio.Reader) error {
	lines := &lineReader{br, j.lim.record}
	for {
		line, long, err := lines.next()
		text := bytes.TrimSpace(line)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case long:
			err = j.tooLong(text, false, "line")
		case len(text) > 0:
			err = j.value(text, false, 0)
		}
		if err != nil {
			return err
		}
	}
}

// value yields raw, or the entities of the array, graph or registry envelope
// that it is. level is how many of these it stands in.
func (j *jsonFeed) value(raw []byte, inGraph bool, level int) error {
	raw = toUTF8(bytes.TrimSpace(raw))
	if level == maxWrappers || !isWrapper(raw) {
		return j.yield(entity{raw: raw, inGraph: inGraph, broken: checkShape(raw, j.lim)})
	}
	br := bufio.NewReader(bytes.NewReader(raw))
	var err error
	if raw[0] == '[' {
		_, _ = br.Discard(1)
		err = j.elements(br, inGraph, level+1)
	} else {
		err = j.object(br, inGraph, level)
	}
	if errors.Is(err, errCutOff) {
		return j.broken(raw, RuleJSONBroken, "not valid JSON: "+errCutOff.Error()+"; correct the record")
	}
	return err
}

// maxWrappers bounds arrays, envelopes and graphs inside one another: a line
// that is an array of envelopes with graphs has four.
const maxWrappers = 4

func isWrapper(raw []byte) bool {
	return len(raw) > 0 && raw[0] == '[' || bytes.Contains(raw, []byte(`"@graph"`)) || bytes.Contains(raw, []byte(`"decoded_resource"`))
}

func (j *jsonFeed) broken(raw []byte, rule, message string) error {
	return j.yield(entity{raw: raw, broken: &Violation{rule, message}})
}

// tooLong rejects an object or line of which raw is the beginning.
func (j *jsonFeed) tooLong(raw []byte, inGraph bool, what string) error {
	message := fmt.Sprintf("the %s is longer than %d MiB; leave out embedded images and documents", what, j.lim.record>>20)
	return j.yield(entity{raw: raw, inGraph: inGraph, broken: &Violation{RuleTooLong, message}})
}

func skipSpace(br *bufio.Reader) (byte, error) {
	for {
		head, err := br.Peek(1)
		if err != nil {
			return 0, err
		}
		if !isSpace(head[0]) {
			return head[0], nil
		}
		if _, err := br.Discard(1); err != nil {
			return 0, err
		}
	}
}

// isSpace reports whether c is white space of JSON.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
