package warehouse

import (
	"cmp"
	"fmt"
	"sync"

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
