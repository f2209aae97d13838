package source

import (
	"bufio"
	"errors"
	"io"
)

// object reads the object that br begins with. Of a graph or envelope it
// yields what is inside, as it reads it: a graph may be larger than any record.
func (j *jsonFeed) object(br *bufio.Reader, inGraph bool, level int) error {
	o := objectReader{elementReader: elementReader{limit: j.lim.record}}
	wraps := false
	for {
		c, err := br.ReadByte()
		if errors.Is(err, io.EOF) {
			break // what is cut off is not valid JSON
		} else if err != nil {
			return err
		}
		if level < maxWrappers && o.opensWrapper(c) {
			wraps = true
			if err := j.wrapped(br, c, level+1); err != nil {
				return err
			}
			continue
		}
		if !wraps {
			o.keep(c)
		}
		if o.follow(c) {
			if wraps {
				return nil
			}
			break
		}
	}
	switch raw := toUTF8(o.buf.Bytes()); {
	case wraps:
		return errCutOff
	case o.long:
		return j.tooLong(raw, inGraph, "JSON object")
	default:
		return j.yield(entity{raw: raw, inGraph: inGraph, broken: checkShape(raw, j.lim)})
	}
}

// wrapped reads the value of a graph or envelope, whose first byte c is read.
func (j *jsonFeed) wrapped(br *bufio.Reader, c byte, level int) error {
	if c == '[' {
		return j.elements(br, true, level)
	}
	if err := br.UnreadByte(); err != nil {
		return err
	}
	return j.object(br, true, level)
}

// objectReader follows an object and knows the key that a value of it has.
type objectReader struct {
	elementReader
	text  []byte // the string last begun at the first level; long ones are cut
	isKey bool   // a colon follows it and no value yet
}

// opensWrapper reports whether c opens the graph of a document or the resource
// of a registry envelope.
func (o *objectReader) opensWrapper(c byte) bool {
	return o.isKey && o.depth == 1 && (c == '[' || c == '{') && (string(o.text) == "@graph" || string(o.text) == "decoded_resource")
}

// follow takes the next byte and reports whether the object ends with it.
func (o *objectReader) follow(c byte) (done bool) {
	wasInString := o.inString
	done = o.step(c)
	switch {
	case o.depth != 1 || isSpace(c) && !o.inString:
	case o.inString && !wasInString:
		o.text, o.isKey = o.text[:0], false
	case o.inString && len(o.text) < len("decoded_resource!"):
		o.text = append(o.text, c)
	case !o.inString && !wasInString:
		o.isKey = c == ':'
	}
	return done
}
