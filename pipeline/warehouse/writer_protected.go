package warehouse

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ErrUnprotected says that rows about learners were to be written to the public zone
// without disclosure control.
var ErrUnprotected = errors.New("its rows tell of learners: protect them and use WriteProtected")

// WriteProtected writes all rows of a dataset as [Write] does. No other function
// writes public rows about learners.
func WriteProtected[R any](d *Draft, ds model.Dataset[R], rows disclosure.Protected[R]) error {
	open, err := rows.Open()
	if err != nil {
		return fmt.Errorf("write %s: %w", ds.Name, err)
	}
	w := NewWriter(d, ds)
	w.protected = true
	return writeAll(w, ds, open)
}

// KeepProtected takes over a dataset as the snapshot before holds it, which is how
// tables about learners stay until the next release. It needs [Draft.Continues].
func KeepProtected[R any](d *Draft, ds model.Dataset[R]) error {
	w := NewWriter(d, ds)
	w.protected = true
	if err := w.begin(); err != nil {
		return err
	}
	if err := w.take(d.allBefore(ds.Info)); err != nil {
		return err
	}
	return w.Close()
}

// allBefore lists the files of a dataset in the snapshot before, but for zero-row files.
func (d *Draft) allBefore(info model.Info) []File {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.base == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(d.base.Manifest.Files), func(f File) bool {
		return !strings.HasPrefix(f.Path, datasetFolder(info)+"/") || f.Rows == 0
	})
}

// tellsOfLearners tells whether a dataset is public and of learners, by what is given or
// by what the dataset of that name is.
func tellsOfLearners(info model.Info) bool {
	return info.Zone == model.Public && (info.Learners || slices.ContainsFunc(model.Datasets(), func(i model.Info) bool {
		return i.Name == info.Name && i.Learners
	}))
}
