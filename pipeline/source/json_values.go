package source

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// errCutOff says that a file ends where more must follow. What is missing
// would look like a fall in demand, so that it is no reject but a failure.
var errCutOff = errors.New("it ends inside a JSON array or graph: it is cut off")

// values reads JSON objects and arrays up to the end of the file. They may
// span lines. Ends are found by brackets and quotes alone, so that a record
// that is not valid JSON spoils no other as long as its brackets pair.
func (j *jsonFeed) values(br *bufio.Reader) error {
	for {
		first, err := skipSpace(br)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case first == '{':
			err = j.object(br, false, 0)
		case first == '[':
			_, _ = br.Discard(1)
			err = j.elements(br, false, 0)
		case first == ',' || first == ']':
			_, err = br.Discard(1)
		default:
			err = j.stray(br)
		}
		if err != nil {
			return err
		}
	}
}

// stray rejects what stands outside objects and arrays, up to the end of the
// line.
func (j *jsonFeed) stray(br *bufio.Reader) error {
	lines := lineReader{br, j.lim.record}
	line, _, err := lines.next()
	if err != nil {
		return err
	}
	return j.broken(line, RuleJSONBroken, "not valid JSON: text outside objects and arrays; correct the file there")
}

// elements reads the rest of an array, whose opening bracket is read.
func (j *jsonFeed) elements(br *bufio.Reader, inGraph bool, level int) error {
	for {
		first, err := skipSpace(br)
		switch {
		case errors.Is(err, io.EOF):
			return errCutOff
		case err != nil:
			return err
		case first == ',' || first == ']':
			if _, err := br.Discard(1); err != nil || first == ']' {
				return err
			}
			continue
		}
		e := elementReader{limit: j.lim.record}
		raw, err := e.read(br)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return err
		case e.long:
			err = j.tooLong(toUTF8(raw), inGraph, "array element")
		default:
			err = j.value(raw, inGraph, level)
		}
		if err != nil {
			return err
		}
	}
}

// elementReader reads one element of an array.
type elementReader struct {
	nesting
	limit int
	buf   bytes.Buffer
	long  bool
}

// read returns the bytes up to the end of the element, or, of one beyond the
// limit, its beginning.
func (e *elementReader) read(br *bufio.Reader) ([]byte, error) {
	for {
		c, err := br.ReadByte()
		if err != nil {
			return e.buf.Bytes(), err
		}
		if e.depth == 0 && !e.inString && (c == ',' || c == ']') {
			return e.buf.Bytes(), br.UnreadByte()
		}
		e.keep(c)
		if e.step(c) {
			return e.buf.Bytes(), nil
		}
	}
}

func (e *elementReader) keep(c byte) {
	switch {
	case e.long:
	case e.buf.Len() < e.limit:
		e.buf.WriteByte(c)
	default:
		e.long = true
		e.buf = *bytes.NewBuffer(head(e.buf.Bytes()))
	}
}

// head returns a copy of as much of a record as a reject may need. It cuts no
// character in half.
func head(raw []byte) []byte {
	raw = raw[:min(len(raw), 2*rawBytes)]
	for k := 1; k < utf8.UTFMax && k <= len(raw); k++ {
		if last := raw[len(raw)-k:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				raw = raw[:len(raw)-k]
			}
			break
		}
	}
	return bytes.Clone(raw)
}

// nesting follows the brackets and quotes of JSON.
type nesting struct {
	depth    int
	inString bool
	escaped  bool
}

// step takes the next byte and reports whether it ends an object or array. A
// line break ends a string: JSON has none inside.
func (n *nesting) step(c byte) (done bool) {
	switch {
	case n.inString && n.escaped:
		n.escaped = false
	case n.inString && c == '\\':
		n.escaped = true
	case c == '"':
		n.inString = !n.inString
	case n.inString:
		n.inString = c != '\n'
	case c == '{' || c == '[':
		n.depth++
	case c == '}' || c == ']':
		n.depth--
		return n.depth <= 0
	}
	return false
}
