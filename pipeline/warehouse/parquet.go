package warehouse

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

const (
	schemaVersionKey = "skillsgap.schema_version"
	ioBytes          = 256 << 10 // buffered before a write to disk
)

// fileOptions returns how the files of a dataset are written: everything that
// decides their bytes besides the rows.
func fileOptions(dataset string, v Versions) []parquet.WriterOption {
	options := []parquet.WriterOption{
		parquet.CreatedBy("skillsgap", "1", "parquet-go"),          // fixed: not the build's version
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), // files are 3 % larger, and written in two thirds of the time
		parquet.MaxRowsPerRowGroup(rowGroupRows),
		parquet.PageBufferSize(pageBytes),
		parquet.WriteBufferSize(0),        // fileWriter buffers
		parquet.DataPageStatistics(false), // pages have bounds in the column index: nobody reads those in their headers
	}
	for _, m := range metadata(model.SchemaVersion, dataset, v) {
		options = append(options, parquet.KeyValueMetadata(m.key, m.value))
	}
	for _, column := range boundless {
		options = append(options, parquet.SkipPageBounds(column))
	}
	return options
}

// boundless are columns of which no bounds are written: in any page they span
// nearly all values, so that no reader could skip one, and finding them takes a
// tenth of the time of writing.
var boundless = []string{"skill_uri", "text", "raw", "evidence_text"}

// keyValue is an entry of a file's metadata.
type keyValue struct{ key, value string }

// metadata is what a file says of itself.
func metadata(schema int, dataset string, v Versions) []keyValue {
	return []keyValue{
		{schemaVersionKey, strconv.Itoa(schema)},
		{"skillsgap.dataset", dataset},
		{"skillsgap.esco_release", v.TaxonomyRelease},
		{"skillsgap.taxonomy", v.Taxonomy},
		{"skillsgap.linker", v.Linker},
	}
}

func (d *Draft) fileOptions(info model.Info) []parquet.WriterOption {
	d.mu.Lock()
	defer d.mu.Unlock()
	return fileOptions(info.Name, d.versions)
}

// datasetFolder returns where the files of a dataset lie, below the snapshot's
// folder.
func datasetFolder(info model.Info) string { return path.Join(string(info.Zone), info.Name) }

// partitionFolder returns where the files of a dataset's partition lie, below the
// snapshot's folder.
func partitionFolder(info model.Info, month model.Date) string {
	dir := datasetFolder(info)
	if info.Partition == "" {
		return dir
	}
	return path.Join(dir, info.Partition+"="+month.Time().Format(time.DateOnly))
}

// writeEmpty writes the zero-row file of a dataset.
func (d *Draft) writeEmpty(info model.Info) error {
	name := path.Join(partitionFolder(info, 0), "data-0.parquet")
	f, err := d.create(name)
	if err != nil {
		return err
	}
	if err := cmp.Or(encodeEmpty(f, info, d.fileOptions(info)), f.close()); err != nil {
		return err
	}
	return d.add(f.entry(name, 0))
}

func encodeEmpty(to io.Writer, info model.Info, options []parquet.WriterOption) error {
	return parquet.NewGenericWriter[any](to, append(options, schemaOf(info.Row))...).Close()
}

// create makes a new file of the draft, by its path below the draft's folder.
func (d *Draft) create(name string) (*fileWriter, error) {
	full := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return newFileWriter(f), nil
}

// fileWriter buffers, counts and hashes what is written to a file.
type fileWriter struct {
	buffer *bufio.Writer
	file   *os.File
	hash   hash.Hash
	size   int64
}

func newFileWriter(f *os.File) *fileWriter {
	w := &fileWriter{file: f, hash: sha256.New()}
	w.buffer = bufio.NewWriterSize(io.MultiWriter(f, w.hash), ioBytes)
	return w
}

func (w *fileWriter) Write(p []byte) (int, error) {
	n, err := w.buffer.Write(p)
	w.size += int64(n)
	return n, err
}

// close puts the file on disk.
func (w *fileWriter) close() error {
	return cmp.Or(w.buffer.Flush(), w.file.Sync(), w.file.Close())
}

// entry describes the closed file.
func (w *fileWriter) entry(name string, rows int64) File {
	return File{Path: name, Size: w.size, Rows: rows, SHA256: hex.EncodeToString(w.hash.Sum(nil))}
}
