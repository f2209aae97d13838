package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"

	"github.com/marcboeker/go-duckdb/v2"
)

// engine is an in-memory DuckDB with a folder of its own to spill to.
type engine struct {
	pool  *sql.DB
	spill string
}

func startEngine(opts Options) (*engine, error) {
	spill, err := os.MkdirTemp(opts.TempDir, "skillsgap-")
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	connector, err := duckdb.NewConnector(":memory:?"+settings(opts, spill), nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start DuckDB: %w", err), os.RemoveAll(spill))
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

func (e *engine) close() error {
	return errors.Join(e.pool.Close(), os.RemoveAll(e.spill))
}

func settings(opts Options, spill string) string {
	v := url.Values{
		"memory_limit":                 {"2GB"},
		"temp_directory":               {spill},
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
	}
	if opts.MemoryLimit != "" {
		v.Set("memory_limit", opts.MemoryLimit)
	}
	if opts.Threads > 0 {
		v.Set("threads", strconv.Itoa(opts.Threads))
	}
	return v.Encode()
}
