package warehouse

import (
	"cmp"
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

// Options say how to open a warehouse. The zero Options are a good default.
type Options struct {
	Restricted  bool             // also the restricted and internal zones, with the operator's consent
	MemoryLimit string           // of DuckDB, as "2GB", the default; what else a user's statement takes is bounded too
	Threads     int              // of DuckDB; 0 is one per core
	TempDir     string           // where DuckDB spills, outside the workspace; "" is the system's
	Timeout     time.Duration    // of a statement from its check to its last row; 0 is none
	Allocator   memory.Allocator // of record batches; nil is Go's
}

// DB answers SQL over one snapshot: a later one does not change what it sees.
// It may be used by several goroutines.
type DB struct {
	*engine
	dir      string // the snapshot
	manifest Manifest
	datasets []model.Info        // by name
	files    map[string][]string // of each dataset, absolute
	options  Options
	memory   int64 // that a user's statement may take, in bytes
}

// Open opens the current snapshot of a workspace, with a view named as each
// dataset and one named runs for the ledger. It can read nothing but the files
// of these that the manifest lists. The error is [ErrNoSnapshot] where there is
// none, a [*NewerError] or [*OlderError] where another skillsgap wrote it, and a
// [*LinkError] where a symbolic link stands for a file of it.
func Open(ctx context.Context, workspace string, opts Options) (*DB, error) {
	if err := checkCurrent(workspace); err != nil {
		return nil, fmt.Errorf("open warehouse: %w", err)
	}
	dir, manifest, err := current(workspace)
	if err != nil {
		return nil, err
	}
	return OpenSnapshot(ctx, &Snapshot{Dir: dir, Manifest: manifest}, opts)
}

// OpenSnapshot opens a snapshot in the manner of [Open], be it current or not.
// The error is an [*OlderError] where an older skillsgap wrote it.
func OpenSnapshot(ctx context.Context, s *Snapshot, opts Options) (*DB, error) {
	if err := s.Manifest.CheckReadable(); err != nil {
		return nil, fmt.Errorf("open warehouse: %w", err)
	}
	if opts.Allocator == nil {
		opts.Allocator = memory.DefaultAllocator
	}
	db := &DB{dir: s.Dir, manifest: s.Manifest, datasets: readable(opts.Restricted), options: opts, files: map[string][]string{}}
	limit, err := bytesOf(cmp.Or(opts.MemoryLimit, defaultMemory))
	if err != nil {
		return nil, fmt.Errorf("open warehouse: %w", err)
	}
	db.memory = limit + memoryExtra
	for _, d := range db.datasets {
		if db.files[d.Name], err = db.filesOf(d); err != nil {
			return nil, fmt.Errorf("open warehouse: %w", err)
		}
	}
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

// Query runs SQL of ours (not a stranger's text, which is for [DB.QueryUser])
// and returns its rows in batches, which the caller releases. Arguments are
// positional, or named by [sql.Named] for $name; one that the statement does not
// use is no error. The error, also of the reader, is [ErrTimeout] after
// Options.Timeout.
//
// DECIMAL, and HUGEINT as sums of integers are, come as decimal128: write them by
// decimal128.Num.ToString, since the arrays' own ValueStr and JSON round them.
func (db *DB) Query(ctx context.Context, query string, args ...any) (array.RecordReader, error) {
	return db.query(db.watch(ctx, db.options.Timeout, 0), query, args) //nolint:contextcheck // the watch is the context
}

// query runs a statement under a watch, which it or the reader ends.
func (db *DB) query(w *watch, query string, args []any) (array.RecordReader, error) {
	var reader array.RecordReader
	err := w.do(func(ctx context.Context) error {
		rows, err := db.pool.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		reader, err = newReader(db.options.Allocator, rows, w)
		return err
	})
	if err != nil {
		w.end()
		return nil, fmt.Errorf("query warehouse: %w", err)
	}
	return reader, nil
}

func (db *DB) views() []string {
	var statements []string
	for _, d := range db.datasets {
		statements = append(statements, "CREATE VIEW "+identifier(d.Name)+" AS "+db.selectSQL(d))
	}
	return statements
}

// selectSQL returns the SELECT over a dataset's files.
func (db *DB) selectSQL(d model.Info) string {
	if d.Name == model.Runs.Name {
		return viewSQL(d, globSQL(d, db.ledger()))
	}
	return viewSQL(d, globsSQL(db.files[d.Name]))
}

// ledger is the folder of runs beside the snapshots.
func (db *DB) ledger() string {
	return filepath.Join(filepath.Dir(filepath.Dir(db.dir)), "runs")
}

// sandbox returns what closes the database to all but the views' files. DuckDB
// compares texts: those of the globs and of the files they stand for.
func (db *DB) sandbox() []string {
	var files []string
	for _, d := range db.datasets {
		for _, f := range db.files[d.Name] {
			files = append(files, f)
			if glob := pattern(f); glob != f {
				files = append(files, glob)
			}
		}
	}
	return []string{
		"SET GLOBAL TimeZone = 'UTC'",
		"SET GLOBAL parquet_metadata_cache = true", // the files of a snapshot never change
		"SET GLOBAL allowed_paths = " + listSQL(files),
		"SET GLOBAL allowed_directories = " + listSQL([]string{db.ledger(), pattern(db.ledger())}),
		"SET GLOBAL enable_external_access = false",
		"SET GLOBAL lock_configuration = true",
	}
}
