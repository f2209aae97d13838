package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ExportParquet writes a dataset, one of [DB.Datasets], as one Parquet file
// with its partition column, replacing the file at path. A dataset of a zone
// that is not open is a [*ZoneError].
func (db *DB) ExportParquet(ctx context.Context, dataset, path string) (err error) {
	if err := db.CheckDataset(dataset); err != nil {
		return fmt.Errorf("export %s: %w", dataset, err)
	}
	at := slices.IndexFunc(db.datasets, func(d model.Info) bool { return strings.EqualFold(d.Name, dataset) })
	statement := db.selectSQL(db.datasets[at])
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
