package warehouse

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// emptyLedger is the ledger's zero-row file: it lets the view runs exist before
// the first run has ended.
const emptyLedger = "_empty.parquet"

// AppendRuns writes the ledger rows of one run, in place of what the same run
// wrote before. All rows have the same run id; none do nothing.
func AppendRuns(workspace string, rows []model.Run) error {
	if len(rows) == 0 {
		return nil
	}
	id := rows[0].RunID
	if err := checkName(id); err != nil {
		return fmt.Errorf("append runs: %w", err)
	}
	for _, r := range rows {
		if r.RunID != id {
			return fmt.Errorf("append runs: rows of runs %s and %s: append one run at a time", id, r.RunID)
		}
	}
	if err := ensureLedger(workspace); err != nil {
		return fmt.Errorf("append runs: %w", err)
	}
	inOrder := inOrder(rows, model.Runs.Compare)
	if err := checkKeys(model.Public, inOrder, model.Runs.Compare); err != nil {
		return fmt.Errorf("append runs: %w", err)
	}
	err := replaceFile(filepath.Join(runsDir(workspace), id+".parquet"), func(f io.Writer) error {
		return encode(parquet.NewGenericWriter[model.Run](f, fileOptions(model.Runs.Name, Versions{})...), inOrder)
	})
	if err != nil {
		return fmt.Errorf("append runs: %w", err)
	}
	return nil
}

// ReadRuns returns the whole ledger of a workspace in order of run id, start,
// stage and feed; none where nothing has run. The error is a [*NewerError] where
// a newer skillsgap wrote to it.
func ReadRuns(workspace string) ([]model.Run, error) {
	entries, err := os.ReadDir(runsDir(workspace))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	var runs []model.Run
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".parquet" {
			continue
		}
		rows, err := readFile[model.Run](filepath.Join(runsDir(workspace), e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read runs: %w", err)
		}
		runs = append(runs, rows...)
	}
	slices.SortFunc(runs, func(a, b model.Run) int { return model.Runs.Compare(&a, &b) })
	return runs, nil
}

// ensureLedger makes the ledger and its zero-row file, anew where an older
// skillsgap made it: that has not all columns.
func ensureLedger(workspace string) error {
	dir := runsDir(workspace)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, emptyLedger)
	if file, closeFile, err := openParquet(path); err == nil {
		version, err := schemaVersion(path, file)
		if err = errors.Join(err, closeFile()); err != nil || version == model.SchemaVersion {
			return err
		}
	}
	return replaceFile(path, func(f io.Writer) error {
		return encodeEmpty(f, model.Runs.Info, fileOptions(model.Runs.Name, Versions{}))
	})
}
