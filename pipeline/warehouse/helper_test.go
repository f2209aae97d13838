package warehouse

import (
	"context"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"go.uber.org/goleak"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// null stands for NULL in the results of [texts].
const null = "␀"

func begin(t testing.TB, workspace, id string) *Draft {
	t.Helper()
	d, err := Begin(workspace, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write[R any](t testing.TB, d *Draft, ds model.Dataset[R], rows ...R) {
	t.Helper()
	var err error
	if tellsOfLearners(ds.Info) {
		err = WriteProtected(d, ds, unprotected(t, rows))
	} else {
		err = Write(d, ds, rows)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// unprotected makes rows that tell of nobody pass for protected ones.
func unprotected[R any](t testing.TB, rows []R) disclosure.Protected[R] {
	t.Helper()
	nobody, err := disclosure.Protect(&disclosure.Publication{Name: "nobody"}, nil, disclosure.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := disclosure.Rows(nobody, rows, func(_ *disclosure.Result, row R) (R, error) { return row, nil })
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func commit(t testing.TB, d *Draft) string {
	t.Helper()
	dir, err := d.Commit(Manifest{RunID: "run-" + d.id, AsOf: "2020-11-30"})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// open opens the workspace; at the test's end it checks that no Arrow memory is
// left.
func open(t testing.TB, workspace string, opts Options) *DB {
	t.Helper()
	checked := memory.NewCheckedAllocator(memory.DefaultAllocator)
	opts.Allocator = checked
	db, err := Open(context.Background(), workspace, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		checked.AssertSize(t, 0)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// texts returns the rows of a query, each value as text.
func texts(t testing.TB, db *DB, query string, args ...any) [][]string {
	t.Helper()
	r, err := db.Query(context.Background(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer r.Release()
	var rows [][]string
	for r.Next() {
		for i := range int(r.Record().NumRows()) {
			row := make([]string, r.Record().NumCols())
			for j, column := range r.Record().Columns() {
				row[j] = valueText(column, i)
			}
			rows = append(rows, row)
		}
	}
	if r.Err() != nil {
		t.Fatalf("%s: %v", query, r.Err())
	}
	return rows
}

func valueText(column arrow.Array, i int) string {
	if column.IsNull(i) {
		return null
	}
	if d, ok := column.(*array.Decimal128); ok { // whose ValueStr rounds
		return d.Value(i).ToString(d.DataType().(*arrow.Decimal128Type).Scale)
	}
	return column.ValueStr(i)
}

// text returns the single value of a query.
func text(t testing.TB, db *DB, query string, args ...any) string {
	t.Helper()
	rows := texts(t, db, query, args...)
	if len(rows) != 1 || len(rows[0]) != 1 {
		t.Fatalf("%s: got %v, want one value", query, rows)
	}
	return rows[0][0]
}
