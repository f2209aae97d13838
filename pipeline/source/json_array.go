package source

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// array reads the elements of a JSON array one by one. It finds their ends by
// brackets and quotes alone, so that an element that is not valid JSON spoils
// no other as long as its brackets pair.
func (j *jsonFeed) array(br *bufio.Reader) error {
	if _, err := br.Discard(1); err != nil {
		return err
	}
	for {
		first, err := skipSpace(br)
		if errors.Is(err, io.EOF) {
			return nil // the closing bracket is missing, no element is
		} else if err != nil {
			return err
		}
		if first == ',' || first == ']' {
			if _, err := br.Discard(1); err != nil {
				return err
			}
			continue // several arrays in a row are one
		}
		e := elementReader{br: br, limit: j.lim.record}
		raw, err := e.read()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if e.long {
			err = j.broken(raw, RuleTooLong, "the array element is longer than 16 MiB; leave out embedded images and documents")
		} else {
			err = j.expand(toUTF8(raw), false)
		}
		if err != nil {
			return err
		}
	}
}

// elementReader reads one element of an array.
type elementReader struct {
	br       *bufio.Reader
	limit    int
	buf      bytes.Buffer
	long     bool
	depth    int
	inString bool
	escaped  bool
}

// read returns the bytes up to the end of the element, at most limit. A
// nested [ of a later array in a row is read as part of it.
func (e *elementReader) read() ([]byte, error) {
	for {
		c, err := e.br.ReadByte()
		if err != nil {
			return e.buf.Bytes(), err
		}
		if e.depth == 0 && !e.inString && (c == ',' || c == ']') {
			return e.buf.Bytes(), e.br.UnreadByte()
		}
		if e.buf.Len() < e.limit {
			e.buf.WriteByte(c)
		} else {
			e.long = true
		}
		if e.step(c) {
			return e.buf.Bytes(), nil
		}
	}
}

// step follows brackets and quotes and reports whether c ends an object or
// array. A line break ends a string: JSON has none inside.
func (e *elementReader) step(c byte) (done bool) {
	switch {
	case e.inString && e.escaped:
		e.escaped = false
	case e.inString && c == '\\':
		e.escaped = true
	case c == '"':
		e.inString = !e.inString
	case e.inString:
		e.inString = c != '\n'
	case c == '{' || c == '[':
		e.depth++
	case c == '}' || c == ']':
		e.depth--
		return e.depth <= 0
	}
	return false
}
