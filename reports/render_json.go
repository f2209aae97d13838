package reports

import (
	"io"

	"github.com/apache/arrow/go/v15/arrow"
)

// jsonEncoder writes rows as objects: an array of them, or one a line.
type jsonEncoder struct {
	w     io.Writer
	lines bool

	keys [][]byte // names, quoted, with their colons
	rows int64
	buf  []byte
}

func (e *jsonEncoder) begin(schema *arrow.Schema) error {
	for _, f := range schema.Fields() {
		e.keys = append(e.keys, append(appendString(nil, f.Name), ':'))
	}
	return nil
}

func (e *jsonEncoder) batch(rec arrow.Record) error {
	for i := range int(rec.NumRows()) {
		e.buf = append(e.buf, e.before()...)
		e.rows++
		e.buf = append(e.buf, '{')
		for j, column := range rec.Columns() {
			if j > 0 {
				e.buf = append(e.buf, ',')
			}
			e.buf = append(e.buf, e.keys[j]...)
			e.buf = appendJSON(e.buf, column, i)
		}
		e.buf = append(e.buf, '}')
		if e.lines {
			e.buf = append(e.buf, '\n')
		}
	}
	_, err := e.w.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}

func (e *jsonEncoder) before() string {
	switch {
	case e.lines:
		return ""
	case e.rows == 0:
		return "[\n"
	}
	return ",\n"
}

func (e *jsonEncoder) end() error {
	if e.lines {
		return nil
	}
	end := "\n]\n"
	if e.rows == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(e.w, end)
	return err
}
