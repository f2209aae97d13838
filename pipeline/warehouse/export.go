package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
)

// ExportParquet writes a dataset, one of [DB.Datasets], as one Parquet file
// with its partition column, replacing the file at path.
func (db *DB) ExportParquet(ctx context.Context, dataset, path string) (err error) {
	statement := ""
	for _, d := range db.datasets {
		if d.Name == dataset {
			statement = db.files(d)
		}
	}
	if statement == "" {
		return fmt.Errorf("export %s: no such dataset: choose one of %s", dataset, strings.Join(db.Datasets(), ", "))
	}
	e, err := startEngine(db.options) // db itself may not write
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	next := path + draftSuffix
	if err := e.exec(ctx, "COPY ("+statement+") TO "+literal(next)+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return errors.Join(fmt.Errorf("export %s: %w", dataset, err), remove(next))
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("export %s: %w", dataset, err)
	}
	return nil
}
