package warehouse

import (
	"cmp"
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// The sizes are fixed, since the bytes on disk depend on them.
const (
	batchRows    = 4_096            // rows given to the encoder at a time
	rowGroupRows = 30 * batchRows   // what one DuckDB thread reads at a time
	fileRows     = 4 * rowGroupRows // at which a partition continues in the next file
	pageBytes    = 256 << 10        // of a column, before compression
)

// Write writes all rows of a dataset into the draft: ordered by primary key,
// one folder per partition, at most 491,520 rows a file. It leaves rows as they
// are and is fastest where they are in order already. No rows make a zero-row
// file. Two rows of one key in a partition are an [ErrDuplicateKey].
// Public rows about learners are refused: [WriteProtected] writes them.
func Write[R any](d *Draft, ds model.Dataset[R], rows []R) error {
	return writeAll(NewWriter(d, ds), ds, rows)
}

// writeAll orders rows, parts them by month and writes them.
func writeAll[R any](w *Writer[R], ds model.Dataset[R], rows []R) error {
	if err := w.begin(); err != nil {
		return err
	}
	month, compare := ds.Month, ds.Compare
	if month == nil {
		month = func(*R) model.Date { return 0 }
	} else {
		compare = func(a, b *R) int {
			if c := cmp.Compare(month(a), month(b)); c != 0 {
				return c
			}
			return ds.Compare(a, b)
		}
	}
	for left := inOrder(rows, compare); left.len() > 0; {
		first, n := month(left.at(0)), 1
		for n < left.len() && month(left.at(n)) == first {
			n++
		}
		if err := w.partition(first, left.slice(0, n)); err != nil {
			return err
		}
		left = left.slice(n, left.len())
	}
	return w.Close()
}

// Writer writes a dataset a partition at a time: one that is too large to hold
// at once, or of which some partitions stay as they are. Several goroutines may write different partitions.
type Writer[R any] struct {
	draft   *Draft
	dataset model.Dataset[R]

	mu     sync.Mutex
	begun  bool
	opened int // partitions that are being written
	files  int
	failed bool
	inputs map[model.Date]string // of the months that are written, where known

	protected bool // the rows have passed disclosure control
}

// NewWriter returns a writer of a dataset into the draft, which
// cannot be committed before Close.
func NewWriter[R any](d *Draft, ds model.Dataset[R]) *Writer[R] {
	return &Writer[R]{draft: d, dataset: ds}
}

// Partition writes all rows of a month (0 for a dataset without partitions), as
// [Write] does. Each month is written once; a month without rows makes no file.
func (w *Writer[R]) Partition(month model.Date, rows []R) error {
	for i := range rows {
		if m := w.month(&rows[i]); m != month {
			return fmt.Errorf("write %s: row %d belongs to month %v, not %v", w.dataset.Name, i, m, month)
		}
	}
	if err := w.begin(); err != nil {
		return err
	}
	return w.partition(month, inOrder(rows, w.dataset.Compare))
}

func (w *Writer[R]) month(row *R) model.Date {
	if w.dataset.Month == nil {
		return 0
	}
	return w.dataset.Month(row)
}

// Close ends the dataset; where nothing was written, with a zero-row file.
func (w *Writer[R]) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed {
		return fmt.Errorf("write %s: a partition has failed", w.dataset.Name)
	}
	if w.opened > 0 {
		return fmt.Errorf("write %s: a partition is not closed", w.dataset.Name)
	}
	if w.files == 0 {
		if err := w.draft.writeEmpty(w.dataset.Info); err != nil {
			return fmt.Errorf("write %s: %w", w.dataset.Name, err)
		}
	}
	w.draft.end(w.dataset.Info)
	return nil
}

func (w *Writer[R]) begin() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.begun {
		return nil
	}
	if !w.protected && tellsOfLearners(w.dataset.Info) {
		return fmt.Errorf("write %s: %w", w.dataset.Name, ErrUnprotected)
	}
	err := w.draft.begin(w.dataset.Info)
	w.begun = err == nil
	return err
}

// partition writes the rows of one folder.
func (w *Writer[R]) partition(month model.Date, rows ordered[R]) error {
	p := w.open(month, Part{})
	if p.err = checkKeys(w.dataset.Zone, rows, w.dataset.Compare); p.err == nil {
		p.err = rows.batches(p.encode)
	}
	return p.Close()
}

// encode writes rows and the end of the Parquet file.
func encode[R any](to *parquet.GenericWriter[R], rows ordered[R]) error {
	write := encoder(to)
	err := rows.batches(func(batch []R) error {
		_, err := write(batch)
		return err
	})
	return cmp.Or(err, to.Close())
}

// encoder returns what encodes a batch.
func encoder[R any](to *parquet.GenericWriter[R]) func([]R) (int, error) {
	if fields := optionalValues(reflect.TypeFor[R]()); len(fields) > 0 {
		return inRuns(to, fields)
	}
	return to.Write
}

// blockRows is how many rows GenericWriter.Write takes at a time.
const blockRows = 64

// inRuns gives GenericWriter.Write of v0.32.0 only runs of rows that it writes right.
// Where in a block of 64 rows the last known values of a field that is optional and
// no pointer are n rows from the n-th on, it writes what follows in the block as
// known, too; see TestNullsAreNulls.
func inRuns[R any](to *parquet.GenericWriter[R], fields [][]int) func([]R) (int, error) {
	known := make([]uint64, len(fields)) // of a block: in which of its rows
	return func(batch []R) (int, error) {
		rows, written := reflect.ValueOf(batch), 0
		for written < len(batch) {
			block := min(blockRows, len(batch)-written)
			for i, f := range fields {
				known[i] = knownIn(rows, written, block, f)
			}
			n, err := to.Write(batch[written : written+rightRun(known, block)])
			written += n
			if err != nil {
				return written, err
			}
		}
		return written, nil
	}
}

// knownIn tells by bits in which of up to 64 rows a field is known.
func knownIn(rows reflect.Value, from, n int, field []int) (known uint64) {
	for i := range n {
		if !rows.Index(from + i).FieldByIndex(field).IsZero() {
			known |= 1 << i
		}
	}
	return known
}

// rightRun returns how many of the first n rows are written right at once: up to
// where values of a field begin of which too many would be written.
func rightRun(known []uint64, n int) int {
	for again := true; again; {
		again = false
		for _, k := range known {
			k &= 1<<n - 1
			end := bits.Len64(k)
			first := end / 2
			if end > 0 && end < n && end%2 == 0 && k>>first == 1<<first-1 && k>>(first-1)&1 == 0 {
				n, again = first, true
			}
		}
	}
	return n
}

// optionalValues lists the fields of optional columns that are no pointers.
func optionalValues(row reflect.Type) (fields [][]int) {
	for _, f := range reflect.VisibleFields(row) {
		options := strings.Split(f.Tag.Get("parquet"), ",")
		if f.Type.Kind() != reflect.Pointer && slices.Contains(options[1:], "optional") {
			fields = append(fields, f.Index)
		}
	}
	return fields
}
