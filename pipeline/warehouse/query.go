package warehouse

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ErrTimeout says that a statement ran longer than [Options.Timeout].
var ErrTimeout = errors.New("the statement took too long: narrow it, or allow more time")

// Options say how to open a warehouse. The zero Options are a good default.
type Options struct {
	Restricted  bool             // also the restricted and internal zones, with the operator's consent
	MemoryLimit string           // of DuckDB, as "2GB", the default
	Threads     int              // of DuckDB; 0 is one per core
	TempDir     string           // where DuckDB spills, outside the workspace; "" is the system's
	Timeout     time.Duration    // of running a statement, planning it and reading its rows not included; 0 is none
	Allocator   memory.Allocator // of record batches; nil is Go's
}

// DB answers SQL over one snapshot: a later one does not change what it sees.
// It may be used by several goroutines.
type DB struct {
	*engine
	dir      string // the snapshot
	manifest Manifest
	datasets []model.Info // by name
	options  Options
}

// Open opens the current snapshot of a workspace, with a view named as each
// dataset and one named runs for the ledger. It can read nothing but these and
// their folders. The error is [ErrNoSnapshot] where there is none and a
// [*NewerError] where a newer skillsgap wrote it.
func Open(ctx context.Context, workspace string, opts Options) (*DB, error) {
	dir, manifest, err := current(workspace)
	if err != nil {
		return nil, err
	}
	if opts.Allocator == nil {
		opts.Allocator = memory.DefaultAllocator
	}
	db := &DB{dir: dir, manifest: manifest, datasets: readable(opts.Restricted), options: opts}
	if db.engine, err = startEngine(opts); err != nil {
		return nil, err
	}
	if err := db.exec(ctx, append(db.views(), db.sandbox()...)...); err != nil {
		return nil, errors.Join(fmt.Errorf("open warehouse: %w", err), db.Close())
	}
	return db, nil
}

// readable lists the datasets of the public zone and the ledger, or of all
// zones, by name.
func readable(restricted bool) []model.Info {
	datasets := slices.DeleteFunc(append(model.Datasets(), model.Runs.Info), func(d model.Info) bool {
		return d.Zone != model.Public && !restricted
	})
	slices.SortFunc(datasets, func(a, b model.Info) int { return strings.Compare(a.Name, b.Name) })
	return datasets
}

// Manifest returns the manifest of the snapshot that is open.
func (db *DB) Manifest() Manifest { return db.manifest }

// Datasets returns the names of the views, in order.
func (db *DB) Datasets() []string {
	names := make([]string, len(db.datasets))
	for i, d := range db.datasets {
		names[i] = d.Name
	}
	return names
}

// Close ends the database. Release all readers first.
func (db *DB) Close() error { return db.close() }

// Query runs SQL of ours (a report, not a stranger's text) and returns its rows
// in batches, which the caller releases. Arguments are positional, or named by
// [sql.Named] for $name; one that the statement does not use is no error. The
// error is [ErrTimeout] after Options.Timeout.
//
// DECIMAL, and HUGEINT as sums of integers are, come as decimal128: write them by
// decimal128.Num.ToString, since the arrays' own ValueStr and JSON round them.
func (db *DB) Query(ctx context.Context, query string, args ...any) (array.RecordReader, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	if db.options.Timeout > 0 {
		timer := time.AfterFunc(db.options.Timeout, func() { cancel(ErrTimeout) })
		defer timer.Stop() // DuckDB's result is complete when QueryContext returns
	}
	rows, err := db.pool.QueryContext(ctx, query, args...)
	if err == nil {
		var reader array.RecordReader
		if reader, err = newReader(db.options.Allocator, rows, func() { cancel(nil) }); err == nil {
			return reader, nil
		}
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	cancel(nil)
	return nil, fmt.Errorf("query warehouse: %w", err)
}

func (db *DB) views() []string {
	var statements []string
	for _, d := range db.datasets {
		statements = append(statements, "CREATE VIEW "+identifier(d.Name)+" AS "+db.files(d))
	}
	return statements
}

// files returns the SELECT over a dataset's files.
func (db *DB) files(d model.Info) string {
	if d.Name == model.Runs.Name {
		return viewSQL(d, db.ledger())
	}
	return viewSQL(d, filepath.Join(db.dir, string(d.Zone), d.Name))
}

// ledger is the folder of runs beside the snapshots.
func (db *DB) ledger() string { return filepath.Join(db.dir, "..", "..", "runs") }

// sandbox returns what closes the database to all but the views' files. Only
// the readable zones are allowed, not the snapshot: SQL may name any file in an
// allowed directory.
func (db *DB) sandbox() []string {
	zones := []model.Zone{model.Public}
	if db.options.Restricted {
		zones = append(zones, model.Restricted, model.Internal)
	}
	folders := []string{db.ledger()}
	for _, z := range zones {
		folders = append(folders, filepath.Join(db.dir, string(z)))
	}
	var allowed []string
	for _, f := range folders { // DuckDB compares texts: both the glob's and its files'
		allowed = append(allowed, literal(f), literal(pattern(f)))
	}
	return []string{
		"SET GLOBAL TimeZone = 'UTC'",
		"SET GLOBAL allowed_directories = [" + strings.Join(allowed, ", ") + "]",
		"SET GLOBAL enable_external_access = false",
		"SET GLOBAL lock_configuration = true",
	}
}
