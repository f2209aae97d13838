package warehouse

import (
	"cmp"
	"errors"
	"fmt"
	"path"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// PartitionWriter writes a partition, or a part of one, whose rows never lie in memory
// all together. It makes the same files as [Writer.Partition] would of all rows. One
// goroutine writes it; it must be closed.
type PartitionWriter[R any] struct {
	*Writer[R]
	month  model.Date
	part   Part
	inputs string

	last  R // row written
	any   bool
	held  []R // rows that do not fill a batch yet
	file  *partitionFile[R]
	files int
	err   error
}

// partitionFile is a file of a partition that is being written.
type partitionFile[R any] struct {
	name  string
	file  *fileWriter
	to    *parquet.GenericWriter[R]
	write func([]R) (int, error)
	rows  int
}

// Open begins a month (0 for a dataset without partitions). Each month is written
// once.
func (w *Writer[R]) Open(month model.Date) (*PartitionWriter[R], error) {
	return w.OpenPart(month, Part{})
}

// OpenPart begins a part of a month. Each part is written once, several goroutines may
// write different parts.
func (w *Writer[R]) OpenPart(month model.Date, part Part) (*PartitionWriter[R], error) {
	if err := w.begin(); err != nil {
		return nil, err
	}
	return w.open(month, part), nil
}

func (w *Writer[R]) open(month model.Date, part Part) *PartitionWriter[R] {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.opened++
	return &PartitionWriter[R]{Writer: w, month: month, part: part, inputs: w.inputs[month]}
}

// Write takes the next rows of the month, which follow those before in the order
// of the dataset's primary key. It keeps none of the slice. After an error
// nothing more is written.
func (p *PartitionWriter[R]) Write(rows []R) error {
	if p.err == nil {
		p.err = p.check(rows)
	}
	if p.err == nil {
		p.err = p.append(rows)
	}
	return p.err
}

// check refuses rows that do not follow those before.
func (p *PartitionWriter[R]) check(rows []R) error {
	before := &p.last
	for i := range rows {
		row := &rows[i]
		if m := p.Writer.month(row); m != p.month {
			return fmt.Errorf("row belongs to month %v, not %v", m, p.month)
		}
		if p.any || i > 0 {
			if c := p.dataset.Compare(before, row); c == 0 {
				return duplicateKey(p.dataset.Zone, row)
			} else if c > 0 {
				return errors.New("rows are not in the order of their primary key")
			}
		}
		before = row
	}
	if len(rows) > 0 {
		p.last, p.any = *before, true
	}
	return nil
}

// append encodes rows in batches: the same ones however the rows are divided.
func (p *PartitionWriter[R]) append(rows []R) error {
	if len(p.held) > 0 {
		n := min(batchRows-len(p.held), len(rows))
		p.held, rows = append(p.held, rows[:n]...), rows[n:]
		if len(p.held) < batchRows {
			return nil
		}
		if err := p.encode(p.held); err != nil {
			return err
		}
		clear(p.held) // what rows point to may go
		p.held = p.held[:0]
	}
	for ; len(rows) >= batchRows; rows = rows[batchRows:] {
		if err := p.encode(rows[:batchRows]); err != nil {
			return err
		}
	}
	p.held = append(p.held, rows...)
	return nil
}

// encode writes a batch; only the last one of the month may be short.
func (p *PartitionWriter[R]) encode(batch []R) error {
	if p.file == nil {
		if err := p.create(); err != nil {
			return err
		}
	}
	if _, err := p.file.write(batch); err != nil {
		return err
	}
	if p.file.rows += len(batch); p.file.rows < fileRows {
		return nil
	}
	return p.finish()
}

func (p *PartitionWriter[R]) create() error {
	name := path.Join(partitionFolder(p.dataset.Info, p.month), fmt.Sprintf("%s%d.parquet", p.part.stem(), p.files))
	f, err := p.draft.create(name)
	if err != nil {
		return err
	}
	to := parquet.NewGenericWriter[R](f, p.draft.fileOptions(p.dataset.Info)...)
	p.file = &partitionFile[R]{name: name, file: f, to: to, write: encoder(to)}
	p.files++
	return nil
}

// finish puts the file on disk and notes it.
func (p *PartitionWriter[R]) finish() error {
	f := p.file
	p.file = nil
	if err := cmp.Or(f.to.Close(), f.file.close()); err != nil {
		return err
	}
	entry := f.file.entry(f.name, int64(f.rows))
	entry.Inputs, entry.Part = p.inputs, p.part.Inputs
	return p.draft.add(entry)
}

// Close ends the month. One without rows makes no file, unless it notes from which
// inputs it was computed: then it need not be computed again.
func (p *PartitionWriter[R]) Close() error {
	if p.err == nil && len(p.held) > 0 {
		p.err = p.encode(p.held)
	}
	if p.err == nil && p.files == 0 && p.inputs != "" {
		p.err = p.create()
	}
	switch {
	case p.file != nil && p.err == nil:
		p.err = p.finish()
	case p.file != nil: // the draft is given up, but not the process
		p.file.file.file.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.opened--
	p.Writer.files += p.files
	if p.err != nil {
		p.failed = true
		return fmt.Errorf("write %s: %w", p.dataset.Name, p.err)
	}
	return nil
}
