package warehouse

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/parquet-go/parquet-go"
	"github.com/sourcegraph/conc/stream"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ReadDraft gives the rows of a dataset that the draft already holds, one file
// after the other in key order, with the month of the file's partition (0 where
// the dataset has none; the rows' own partition field is not filled). The fields
// of P are the columns wanted of the dataset. rows is each's to keep. It ends at
// the first error of each.
func ReadDraft[P any](d *Draft, ds model.Info, each func(month model.Date, rows []P) error) error {
	files, err := d.ended(ds)
	if err != nil {
		return err
	}
	return readDataset(d.dir, files, ds, nil, each)
}

// ReadDraftMonth returns the rows of a month of a dataset that the draft already
// holds, in key order; all rows where the dataset has no partitions.
func ReadDraftMonth[P any](d *Draft, ds model.Info, month model.Date) ([]P, error) {
	files, err := d.ended(ds)
	if err != nil {
		return nil, err
	}
	return readMonth[P](d.dir, files, ds, nil, month)
}

// EachDraftMonth gives the rows of a month in the manner of [ReadDraft].
func EachDraftMonth[P any](d *Draft, ds model.Info, month model.Date, each func(rows []P) error) error {
	files, err := d.ended(ds)
	if err != nil {
		return err
	}
	if files, err = monthFiles(files, ds, month); err != nil {
		return err
	}
	return readDataset(d.dir, files, ds, nil, func(_ model.Date, rows []P) error { return each(rows) })
}

// Written returns what the draft holds so far in the form of a snapshot, to be read
// beside another. Its files are not checked, for this run has written them.
func (d *Draft) Written() *Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &Snapshot{Dir: d.dir, Manifest: Manifest{Files: slices.Clone(d.files)}, unchecked: true}
}

// Months returns the months of which the snapshot holds files of a dataset,
// ascending.
func (s *Snapshot) Months(ds model.Info) ([]model.Date, error) {
	var months []model.Date
	for _, f := range datasetFiles(s.Manifest.Files, ds) {
		month, err := partitionMonth(f.Path, ds.Partition)
		if err != nil {
			return nil, err
		}
		months = append(months, month)
	}
	slices.Sort(months)
	return slices.Compact(months), nil
}

// ended lists the files of a draft that holds the dataset.
func (d *Draft) ended(ds model.Info) ([]File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.datasets[ds.Name] {
		return nil, fmt.Errorf("read %s: it is not written yet in this snapshot", ds.Name)
	}
	return slices.Clone(d.files), nil
}

// ReadCurrent does the same for the current snapshot of a workspace. The fields
// of P are the columns wanted of the dataset. The error is [ErrNoSnapshot] where
// there is no snapshot.
func ReadCurrent[P any](workspace string, ds model.Info, each func(month model.Date, rows []P) error) error {
	dir, m, err := current(workspace)
	if err != nil {
		return err
	}
	return readDataset(dir, m.Files, ds, nil, each)
}

// ReadCurrentMonth returns the rows of a month of a dataset of the current snapshot
// of a workspace, in key order; all rows where the dataset has no partitions.
func ReadCurrentMonth[P any](workspace string, ds model.Info, month model.Date) ([]P, error) {
	dir, m, err := current(workspace)
	if err != nil {
		return nil, err
	}
	return readMonth[P](dir, m.Files, ds, nil, month)
}

// Read gives the rows of a dataset of the snapshot in the manner of [ReadCurrent].
// A file that is not as it was written is a [*DamagedError].
func Read[P any](s *Snapshot, ds model.Info, each func(month model.Date, rows []P) error) error {
	return readDataset(s.Dir, s.Manifest.Files, ds, s.check(), each)
}

// check returns what checks a file before it is read; nil for nothing.
func (s *Snapshot) check() func(File) error {
	if s.unchecked {
		return nil
	}
	return s.intact
}

// ReadMonth returns the rows of a month of a dataset of the snapshot, in key
// order; all rows where the dataset has no partitions.
func ReadMonth[P any](s *Snapshot, ds model.Info, month model.Date) ([]P, error) {
	return readMonth[P](s.Dir, s.Manifest.Files, ds, s.check(), month)
}

func readMonth[P any](dir string, all []File, ds model.Info, check func(File) error, month model.Date) ([]P, error) {
	files, err := monthFiles(all, ds, month)
	if err != nil {
		return nil, err
	}
	var rows []P
	err = readDataset(dir, files, ds, check, func(_ model.Date, more []P) error {
		rows = append(rows, more...)
		return nil
	})
	return rows, err
}

// monthFiles returns the files of a month of a dataset; all where it has no
// partitions.
func monthFiles(all []File, ds model.Info, month model.Date) ([]File, error) {
	var files []File
	for _, f := range datasetFiles(all, ds) {
		if m, err := partitionMonth(f.Path, ds.Partition); err != nil {
			return nil, fmt.Errorf("read %s: %w", ds.Name, err)
		} else if m == month || ds.Partition == "" {
			files = append(files, f)
		}
	}
	return files, nil
}

func readDataset[P any](dir string, files []File, ds model.Info, check func(File) error, each func(month model.Date, rows []P) error) error {
	files = datasetFiles(files, ds)
	slices.SortFunc(files, byKey)
	var failed error // of the first file that has one; set and read by callbacks alone
	var ended atomic.Bool
	s := stream.New().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for _, f := range files {
		s.Go(func() stream.Callback { // files are read together and given in order
			month, err := partitionMonth(f.Path, ds.Partition)
			var rows []P
			if err == nil && check != nil {
				err = check(f)
			}
			if err == nil && !ended.Load() {
				rows, err = readFile[P](filepath.Join(dir, filepath.FromSlash(f.Path)))
			}
			return func() {
				switch {
				case failed != nil:
				case err != nil:
					failed = fmt.Errorf("read %s: %w", ds.Name, err)
				default:
					failed = each(month, rows)
				}
				ended.Store(failed != nil)
			}
		})
	}
	s.Wait()
	return failed
}

// datasetFiles returns the files of a dataset.
func datasetFiles(files []File, ds model.Info) []File {
	prefix := datasetFolder(ds) + "/"
	var found []File
	for _, f := range files {
		if strings.HasPrefix(f.Path, prefix) {
			found = append(found, f)
		}
	}
	return found
}

// byKey orders the files of a dataset as their rows are: the tenth file of a month,
// or of a part of it, comes after the ninth.
func byKey(a, b File) int {
	return cmp.Or(strings.Compare(stem(a.Path), stem(b.Path)), cmp.Compare(len(a.Path), len(b.Path)), byPath(a, b))
}

// stem is a file's path without its number.
func stem(name string) string { return name[:strings.LastIndexByte(name, '-')+1] }

func byPath(a, b File) int { return strings.Compare(a.Path, b.Path) }

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
	file, closeFile, err := openParquet(path)
	if err != nil {
		return nil, err
	}
	defer closeFile() //nolint:errcheck // it was only read
	if _, err := schemaVersion(path, file); err != nil {
		return nil, err
	}
	if rows, done, err := readRows[R](file); done {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		return rows, nil
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

// openParquet reads the footer of a file. The file is to be closed.
func openParquet(path string) (file *parquet.File, closeFile func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		file, err = parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("read %s: %w", path, err), f.Close())
	}
	return file, f.Close, nil
}

// schemaVersion returns the schema with which a file of ours was written. A newer
// one is a [*NewerError].
func schemaVersion(path string, file *parquet.File) (int, error) {
	text, _ := file.Lookup(schemaVersionKey)
	version, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%s is not a file of skillsgap: schema version %q", path, text)
	}
	if version > model.SchemaVersion {
		return 0, &NewerError{Path: path, What: "schema", Found: version, Known: model.SchemaVersion}
	}
	return version, nil
}
