package warehouse

import (
	"errors"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ErrDuplicateKey says that two rows of a dataset have the same primary key, so
// that no order of theirs could be told from the other.
var ErrDuplicateKey = errors.New("two rows have the same primary key")

// ordered is rows in order without moving them.
type ordered[R any] struct {
	rows  []R
	index []int32 // nil: rows lie in order
}

func inOrder[R any](rows []R, compare func(a, b *R) int) ordered[R] {
	for i := 1; i < len(rows); i++ {
		if compare(&rows[i-1], &rows[i]) > 0 {
			return ordered[R]{rows: rows, index: sortedIndex(rows, compare)}
		}
	}
	return ordered[R]{rows: rows}
}

func sortedIndex[R any](rows []R, compare func(a, b *R) int) []int32 {
	index := make([]int32, len(rows))
	for i := range index {
		index[i] = int32(i)
	}
	slices.SortFunc(index, func(a, b int32) int { return compare(&rows[a], &rows[b]) })
	return index
}

func (o ordered[R]) len() int {
	if o.index != nil {
		return len(o.index)
	}
	return len(o.rows)
}

func (o ordered[R]) at(i int) *R {
	if o.index != nil {
		i = int(o.index[i])
	}
	return &o.rows[i]
}

func (o ordered[R]) slice(from, to int) ordered[R] {
	if o.index != nil {
		return ordered[R]{rows: o.rows, index: o.index[from:to]}
	}
	return ordered[R]{rows: o.rows[from:to]}
}

// checkKeys checks that no two rows of the order are equal in it. An error shows
// the row only where anyone may read it.
func checkKeys[R any](zone model.Zone, rows ordered[R], compare func(a, b *R) int) error {
	for i := 1; i < rows.len(); i++ {
		if compare(rows.at(i-1), rows.at(i)) == 0 {
			return duplicateKey(zone, rows.at(i))
		}
	}
	return nil
}

func duplicateKey[R any](zone model.Zone, row *R) error {
	if zone != model.Public {
		return ErrDuplicateKey
	}
	return fmt.Errorf("%w: %.500s", ErrDuplicateKey, fmt.Sprintf("%+v", *row))
}

// batches calls write for all rows in their order, a batch at a time. Batches
// are the same whether or not rows are in order already, since the encoder ends
// its pages by what it is given at once.
func (o ordered[R]) batches(write func([]R) error) error {
	var batch []R
	for from := 0; from < o.len(); from += batchRows {
		to := min(from+batchRows, o.len())
		if o.index == nil {
			batch = o.rows[from:to]
		} else {
			batch = batch[:0]
			for _, i := range o.index[from:to] {
				batch = append(batch, o.rows[i])
			}
		}
		if err := write(batch); err != nil {
			return err
		}
	}
	return nil
}
