package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// encoder takes the rows of a result, batch by batch.
type encoder interface {
	begin(schema *arrow.Schema) error
	batch(rec arrow.Record) error
	end() error
}

var encoders = map[string]func(io.Writer) encoder{
	"arrow":  func(w io.Writer) encoder { return &arrowEncoder{w: w} },
	"csv":    func(w io.Writer) encoder { return newCSV(w) },
	"html":   func(w io.Writer) encoder { return &plainPage{w: w} },
	"json":   func(w io.Writer) encoder { return &jsonEncoder{w: w} },
	"ndjson": func(w io.Writer) encoder { return &jsonEncoder{w: w, lines: true} },
	"table":  func(w io.Writer) encoder { return &plainTable{w: w} },
}

// Formats returns the formats that Render knows, sorted.
func Formats() []string {
	names := make([]string, 0, len(encoders))
	for name := range encoders {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Render writes rows in one of Formats. Values are exact in csv, json (an array
// of objects), ndjson and arrow (an IPC stream); table and html are for reading
// and hold at most 10,000 rows, saying so where there are more. The caller
// still owns rows.
func Render(w io.Writer, format string, rows array.RecordReader) error {
	e, err := encoderFor(w, format)
	if err != nil {
		return err
	}
	if err := stream(rows, e); err != nil {
		return fmt.Errorf("render %s: %w", format, err)
	}
	return nil
}

// FormatError is a format that is not one of Formats.
type FormatError struct{ Format string }

// Error names the formats there are.
func (e *FormatError) Error() string {
	return fmt.Sprintf("unknown format %q%s There are: %s", e.Format, didYouMeanOrStop(e.Format, Formats()), strings.Join(Formats(), ", "))
}

func encoderFor(w io.Writer, format string) (encoder, error) {
	newEncoder, ok := encoders[format]
	if !ok {
		return nil, &FormatError{format}
	}
	return newEncoder(w), nil
}

// stream hands every batch to every encoder.
func stream(rows array.RecordReader, to ...encoder) error {
	for _, e := range to {
		if err := e.begin(rows.Schema()); err != nil {
			return err
		}
	}
	for rows.Next() {
		for _, e := range to {
			if err := e.batch(rows.Record()); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, e := range to {
		if err := e.end(); err != nil {
			return err
		}
	}
	return nil
}
