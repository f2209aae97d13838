package reports

import (
	"encoding/csv"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
)

// csvEncoder writes RFC 4180 CSV with a line of column names and \n line ends.
// Null is empty.
type csvEncoder struct {
	w    *csv.Writer
	line []string
}

func newCSV(w io.Writer) *csvEncoder { return &csvEncoder{w: csv.NewWriter(w)} }

func (e *csvEncoder) begin(schema *arrow.Schema) error {
	e.line = make([]string, schema.NumFields())
	for i, f := range schema.Fields() {
		e.line[i] = f.Name
	}
	return e.w.Write(e.line)
}

func (e *csvEncoder) batch(rec arrow.Record) error {
	for i := range int(rec.NumRows()) {
		for j, column := range rec.Columns() {
			e.line[j] = exactText(column, i)
		}
		if err := e.w.Write(e.line); err != nil {
			return err
		}
	}
	return nil
}

func (e *csvEncoder) end() error {
	e.w.Flush()
	return e.w.Error()
}
