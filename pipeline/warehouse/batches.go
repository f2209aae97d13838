package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// recordRows is the number of rows of a full record batch.
const recordRows = 4_096

// reader is an [array.RecordReader] over the rows of a query. A record is valid
// until the next call of Next, unless retained.
type reader struct {
	references atomic.Int64
	rows       *sql.Rows
	watch      *watch
	builder    *array.RecordBuilder
	appends    []appendFunc
	values     []any // of one row
	targets    []any // pointers to values
	record     arrow.Record
	err        error
}

// newReader takes over rows, and their watch unless it fails: it closes the rows
// on error, else the reader does.
func newReader(allocator memory.Allocator, rows *sql.Rows, w *watch) (array.RecordReader, error) {
	schema, err := arrowSchema(rows)
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	n := len(schema.Fields())
	r := &reader{rows: rows, watch: w, values: make([]any, n), targets: make([]any, n), appends: make([]appendFunc, n)}
	r.references.Store(1)
	r.builder = array.NewRecordBuilder(allocator, schema)
	for i, b := range r.builder.Fields() {
		r.targets[i] = &r.values[i]
		r.appends[i] = appender(b)
	}
	return r, nil
}

func arrowSchema(rows *sql.Rows) (*arrow.Schema, error) {
	columns, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		t, err := arrowType(c.DatabaseTypeName())
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name(), err)
		}
		fields[i] = arrow.Field{Name: c.Name(), Type: t, Nullable: true}
	}
	return arrow.NewSchema(fields, nil), nil
}

func (r *reader) Retain()               { r.references.Add(1) }
func (r *reader) Schema() *arrow.Schema { return r.builder.Schema() }
func (r *reader) Record() arrow.Record  { return r.record }
func (r *reader) Err() error            { return r.err }

// Release frees the reader's memory and connection with its last reference.
func (r *reader) Release() {
	if r.references.Add(-1) > 0 {
		return
	}
	defer r.watch.end()
	if r.watch.lost {
		return
	}
	r.drop()
	r.builder.Release()
	_ = r.rows.Close() // nothing that could still be lost
}

// Next reads the next batch. It returns false at the end and on error.
func (r *reader) Next() bool {
	r.drop()
	if r.err != nil {
		return false
	}
	n := 0
	r.err = r.watch.do(func(context.Context) (err error) {
		n, err = r.batch()
		return err
	})
	if r.err != nil || n == 0 {
		return false
	}
	r.record = r.builder.NewRecord()
	return true
}

// batch puts the next rows into the builder and returns their number.
func (r *reader) batch() (int, error) {
	n := 0
	for n < recordRows && r.rows.Next() {
		if err := r.row(); err != nil {
			return n, err
		}
		n++
	}
	return n, r.rows.Err()
}

func (r *reader) drop() {
	if r.record != nil {
		r.record.Release()
		r.record = nil
	}
}

func (r *reader) row() error {
	if err := r.rows.Scan(r.targets...); err != nil {
		return fmt.Errorf("read row: %w", err)
	}
	for i, v := range r.values {
		if err := r.appends[i](v); err != nil {
			return fmt.Errorf("read column %s: %w", r.Schema().Field(i).Name, err)
		}
	}
	return nil
}
