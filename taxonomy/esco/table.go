package esco

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxRecord bounds one row: a quote that is never closed would swallow the file.
const maxRecord = 4 << 20

var (
	errRecordTooLong = fmt.Errorf("a row is longer than %d MiB: a quotation mark is not closed", maxRecord>>20)
	errNotUTF8       = errors.New("it is not UTF-8")
)

// table reads the rows of a CSV file by column name. A byte order mark, CRLF,
// quoted line breaks and rows of unequal length are all right.
type table struct {
	path    string
	rows    *csv.Reader
	guard   *rowGuard
	columns map[string]int
	row     []string
	line    int // the line that row begins on
}

// newTable reads the header.
func newTable(path string, r io.Reader) (*table, error) {
	guard := &rowGuard{reader: r}
	buffered := bufio.NewReaderSize(guard, 1<<16)
	if start, _ := buffered.Peek(3); string(start) == "\ufeff" {
		_, _ = buffered.Discard(3) // these bytes are there: they were peeked at
	}
	t := &table{path: path, rows: csv.NewReader(buffered), guard: guard, columns: map[string]int{}}
	t.rows.FieldsPerRecord = -1
	t.rows.ReuseRecord = true
	more, err := t.next()
	if err != nil {
		return nil, err
	}
	if !more {
		return nil, &FileError{Path: path, Problem: "is empty", Advice: "get the file again, or leave it out"}
	}
	for i, name := range t.row {
		if name = strings.TrimSpace(name); !t.has(name) {
			t.columns[name] = i
		}
	}
	return t, nil
}

// next goes to the next row; false at the end.
func (t *table) next() (bool, error) {
	row, err := t.rows.Read()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	t.row, t.guard.mark = row, t.rows.InputOffset()
	if err == nil {
		t.line, _ = t.rows.FieldPos(0)
		err = checkUTF8(row)
	}
	if err != nil {
		return false, &FileError{Path: t.path, Problem: fmt.Sprintf("cannot be read from line %d on", max(t.line, 1)), Err: err, Advice: advice(err)}
	}
	return true, nil
}

func checkUTF8(row []string) error {
	for _, field := range row {
		if !utf8.ValidString(field) {
			return errNotUTF8
		}
	}
	return nil
}

func advice(err error) string {
	switch {
	case errors.Is(err, errTooLarge):
		return "do not import it"
	case errors.Is(err, errNotUTF8):
		return "save the file as UTF-8"
	}
	return "get the file again from the ESCO portal; a spreadsheet may have changed it"
}

// has tells whether the header has the column.
func (t *table) has(column string) bool {
	_, ok := t.columns[column]
	return ok
}

// get returns the trimmed field of the column in the current row; "" if the row
// or the table has none.
func (t *table) get(column string) string {
	i, ok := t.columns[column]
	if !ok || i >= len(t.row) {
		return ""
	}
	return strings.TrimSpace(t.row[i])
}

// rowGuard stops reading when a row does not end.
type rowGuard struct {
	reader     io.Reader
	read, mark int64 // bytes read, and where the last whole row ended
}

// Read fails with errRecordTooLong beyond the bound.
func (g *rowGuard) Read(p []byte) (int, error) {
	if g.read-g.mark > maxRecord {
		return 0, errRecordTooLong
	}
	n, err := g.reader.Read(p)
	g.read += int64(n)
	return n, err
}
