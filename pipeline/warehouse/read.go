package warehouse

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ReadDraft gives the rows of a dataset that the draft already holds, one file
// after the other in key order, with the month of the file's partition (0 where
// the dataset has none; the rows' own partition field is not filled). rows is
// each's to keep. It ends at the first error of each.
func ReadDraft[R any](d *Draft, ds model.Dataset[R], each func(month model.Date, rows []R) error) error {
	d.mu.Lock()
	ended := d.datasets[ds.Name]
	files := slices.Clone(d.files)
	d.mu.Unlock()
	if !ended {
		return fmt.Errorf("read %s: it is not written yet in this snapshot", ds.Name)
	}
	return readDataset(d.dir, files, ds.Info, each)
}

// ReadCurrent does the same for the current snapshot of a workspace. The fields
// of P are the columns wanted of the dataset. The error is [ErrNoSnapshot] where
// there is no snapshot.
func ReadCurrent[P any](workspace string, ds model.Info, each func(month model.Date, rows []P) error) error {
	dir, m, err := current(workspace)
	if err != nil {
		return err
	}
	return readDataset(dir, m.Files, ds, each)
}

func readDataset[P any](dir string, files []File, ds model.Info, each func(month model.Date, rows []P) error) error {
	prefix := string(ds.Zone) + "/" + ds.Name + "/"
	var names []string
	for _, f := range files {
		if strings.HasPrefix(f.Path, prefix) {
			names = append(names, f.Path)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		month, err := partitionMonth(name, ds.Partition)
		if err != nil {
			return fmt.Errorf("read %s: %w", ds.Name, err)
		}
		rows, err := readFile[P](filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("read %s: %w", ds.Name, err)
		}
		if err := each(month, rows); err != nil {
			return err
		}
	}
	return nil
}

// partitionMonth finds the month in a path such as a/posted_month=2020-11-01/b.
func partitionMonth(name, partition string) (model.Date, error) {
	if partition == "" {
		return 0, nil
	}
	_, value, found := strings.Cut(name, "/"+partition+"=")
	if !found {
		return 0, fmt.Errorf("file %s lies in no partition", name)
	}
	value, _, _ = strings.Cut(value, "/")
	return model.ParseDate(value)
}

// readFile reads all rows of a file of ours. A newer schema is a [*NewerError].
func readFile[R any](path string) ([]R, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return nil, err
	}
	text, _ := file.Lookup(schemaVersionKey)
	version, err := strconv.Atoi(text)
	if err != nil {
		return nil, fmt.Errorf("%s is not a file of skillsgap: schema version %q", path, text)
	}
	if version > model.SchemaVersion {
		return nil, &NewerError{Path: path, What: "schema", Found: version, Known: model.SchemaVersion}
	}
	reader := parquet.NewGenericReader[R](file)
	defer reader.Close()
	rows := make([]R, reader.NumRows())
	for n := 0; n < len(rows); {
		read, err := reader.Read(rows[n:])
		n += read
		if err != nil && (n < len(rows) || !errors.Is(err, io.EOF)) {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
	}
	return rows, nil
}
