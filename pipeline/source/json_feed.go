package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
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
	yield    func(entity) error
}

// read finds the layout of r: an array, a page of HTML, lines, or a document.
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
		return j.array(br)
	case first == '<':
		return j.page(br)
	}
	return j.linesOrDocument(member, br)
}

// linesOrDocument decides by name, by the first line, and, where that is not
// JSON by itself, by whether the next line starts another object.
func (j *jsonFeed) linesOrDocument(member string, br *bufio.Reader) error {
	lines := &lineReader{br, j.lim.record}
	if namesJSONLines(member) {
		line, long, err := lines.next()
		if err != nil {
			return err
		}
		return j.lines(lines, line, long)
	}
	whole := lineReader{br, int(j.lim.document)}
	line, long, err := whole.next()
	switch {
	case err != nil:
		return err
	case long:
		return errTooLarge(j.lim.document)
	case json.Valid(line):
		return j.lines(lines, line, false)
	}
	next, _ := br.Peek(1) // at the end there is none
	if len(next) == 1 && next[0] == '{' && !goesOn(bytes.TrimSpace(line)) {
		return j.lines(lines, line, false)
	}
	return j.document(io.MultiReader(bytes.NewReader(line), br))
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

func (j *jsonFeed) lines(lines *lineReader, line []byte, long bool) error {
	for {
		text := bytes.TrimSpace(line)
		var err error
		switch {
		case long:
			err = j.broken(text, RuleTooLong, "the line is longer than 16 MiB; leave out embedded images and documents")
		case len(text) > 0:
			err = j.expand(text, false)
		}
		if err != nil {
			return err
		}
		if line, long, err = lines.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// document reads one or several JSON values that span lines.
func (j *jsonFeed) document(r io.Reader) error {
	text, err := readAtMost(r, j.lim.document)
	if err != nil {
		return err
	}
	text = toUTF8(text)
	if v := checkDepth(text, j.lim.depth); v != nil {
		return j.yield(entity{raw: text, broken: v})
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	for {
		var raw json.RawMessage
		at := dec.InputOffset()
		if err := dec.Decode(&raw); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return j.broken(text[at:], RuleJSONBroken, brokenMessage(err))
		}
		if err := j.expand(raw, false); err != nil {
			return err
		}
	}
}

// expand yields raw, or the entities of the graph or registry envelope it is.
func (j *jsonFeed) expand(raw []byte, inGraph bool) error {
	if v := checkDepth(raw, j.lim.depth); v != nil {
		return j.yield(entity{raw: raw, inGraph: inGraph, broken: v})
	}
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && raw[0] == '[' {
		var items []json.RawMessage
		if err := json.Unmarshal(raw, &items); err != nil {
			return j.broken(raw, RuleJSONBroken, brokenMessage(err))
		}
		for _, item := range items {
			if err := j.expand(item, inGraph); err != nil {
				return err
			}
		}
		return nil
	}
	if inner := innerGraph(raw); inner != nil {
		return j.expand(inner, true)
	}
	return j.yield(entity{raw: raw, inGraph: inGraph})
}

// innerGraph returns the @graph of a document or the resource of a registry
// envelope, or nil.
func innerGraph(raw []byte) []byte {
	if !bytes.Contains(raw, []byte(`"@graph"`)) && !bytes.Contains(raw, []byte(`"decoded_resource"`)) {
		return nil
	}
	var wrapper struct {
		Graph    json.RawMessage `json:"@graph"`
		Resource json.RawMessage `json:"decoded_resource"`
	}
	if json.Unmarshal(raw, &wrapper) != nil {
		return nil // a broken record is reported when it is decoded
	}
	for _, inner := range []json.RawMessage{wrapper.Graph, wrapper.Resource} {
		if len(inner) > 0 && (inner[0] == '[' || inner[0] == '{') {
			return inner
		}
	}
	return nil
}

func (j *jsonFeed) broken(raw []byte, rule, message string) error {
	return j.yield(entity{raw: raw, broken: &Violation{rule, message}})
}

func skipSpace(br *bufio.Reader) (byte, error) {
	for {
		head, err := br.Peek(1)
		if err != nil {
			return 0, err
		}
		if head[0] != ' ' && head[0] != '\t' && head[0] != '\r' && head[0] != '\n' {
			return head[0], nil
		}
		if _, err := br.Discard(1); err != nil {
			return 0, err
		}
	}
}

func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit {
		return nil, errTooLarge(limit)
	}
	return text, nil
}
