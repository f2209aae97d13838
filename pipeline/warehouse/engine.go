package warehouse

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"sync/atomic"

	"github.com/marcboeker/go-duckdb/v2"
)

const (
	defaultMemory = "2GB"
	// spillLimit bounds what DuckDB writes to its folder of temporary files.
	spillLimit = "8GB"
)

// engine is an in-memory DuckDB with a folder of its own to spill to.
type engine struct {
	pool      *sql.DB
	spill     *spill
	abandoned atomic.Bool // a statement did not end when it was told to
}

func startEngine(opts Options) (*engine, error) {
	spill, err := newSpill(opts.TempDir)
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	connector, err := duckdb.NewConnector(":memory:?"+settings(opts, spill.dir), nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start DuckDB: %w", err), spill.remove())
	}
	return &engine{pool: sql.OpenDB(connector), spill: spill}, nil
}

func (e *engine) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := e.pool.ExecContext(ctx, s); err != nil {
			return err // DuckDB quotes the place in the statement
		}
	}
	return nil
}

// close ends the database. One that still runs a statement it was told to end
// cannot be closed without waiting for it: only its folder goes.
func (e *engine) close() error {
	if e.abandoned.Load() {
		return e.spill.remove()
	}
	return errors.Join(e.pool.Close(), e.spill.remove())
}

func settings(opts Options, spill string) string {
	v := url.Values{
		"memory_limit":                 {cmp.Or(opts.MemoryLimit, defaultMemory)},
		"temp_directory":               {spill},
		"max_temp_directory_size":      {spillLimit},
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
	}
	if opts.Threads > 0 {
		v.Set("threads", strconv.Itoa(opts.Threads))
	}
	return v.Encode()
}
