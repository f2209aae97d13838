package warehouse

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// DatabaseName is the file, in the workspace, that any DuckDB client can open.
const DatabaseName = "skillsgap.duckdb"

// WriteDatabase writes the workspace's skillsgap.duckdb: a view per public
// dataset, and runs, over the absolute path of whatever snapshot is current
// when it is queried. It is built aside and renamed. The error is
// [ErrNoSnapshot] where there is none yet.
func WriteDatabase(workspace string) error {
	if _, err := CurrentManifest(workspace); err != nil {
		return err
	}
	path, err := filepath.Abs(filepath.Join(workspace, DatabaseName))
	if err != nil {
		return fmt.Errorf("write %s: %w", DatabaseName, err)
	}
	content, err := buildDatabase(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("write %s: %w", DatabaseName, err)
	}
	// A log that a client left of the old file does not belong to the new one.
	err = errors.Join(remove(path+".wal"), replaceFile(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}))
	if err != nil {
		return fmt.Errorf("write %s: %w", DatabaseName, err)
	}
	return nil
}

// buildDatabase returns the bytes of a database with views over the workspace.
// It is built elsewhere, since DuckDB cannot write to every path: a log beside
// a?b would be a.wal?b.
func buildDatabase(workspace string) (content []byte, err error) {
	e, err := startEngine(Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	path := filepath.Join(e.spill.dir, DatabaseName)
	statements := []string{"ATTACH " + literal(path) + " AS target"}
	for _, d := range readable(false) {
		dir := filepath.Join(currentLink(workspace), string(d.Zone), d.Name)
		if d.Name == model.Runs.Name {
			dir = runsDir(workspace)
		}
		statements = append(statements, "CREATE VIEW target."+identifier(d.Name)+" AS "+viewSQL(d, globSQL(d, dir)))
	}
	for _, s := range append(statements, "DETACH target") {
		if _, err := e.pool.Exec(s); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(path)
}

// DatabaseStale says that skillsgap.duckdb must be written again: it is not
// there, cannot be read, misses a dataset, or names another folder, as after
// the workspace has moved.
func DatabaseStale(workspace string) bool {
	root, err := filepath.Abs(workspace)
	if err != nil {
		return true
	}
	e, err := startEngine(Options{})
	if err != nil {
		return true
	}
	defer e.close()
	if _, err := e.pool.Exec("ATTACH " + literal(filepath.Join(root, DatabaseName)) + " AS found (READ_ONLY)"); err != nil {
		return true
	}
	var views int
	folder := literal(pattern(filepath.Join(root, "warehouse")) + string(filepath.Separator))
	row := e.pool.QueryRow("SELECT count(*) FROM duckdb_views() WHERE database_name = 'found' AND contains(sql, ?)",
		strings.TrimSuffix(folder, "'"))
	return row.Scan(&views) != nil || views != len(readable(false))
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
