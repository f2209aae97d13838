package warehouse

import (
	"path"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Part is a part of a month that is computed, and taken over, by itself: it has files
// of its own. The rows of a part are in key order; those of all parts together are
// not, but stand part by part. The zero Part is a month that has no parts.
type Part struct {
	Name   string // letters and digits, the same every night
	Inputs string // fingerprint of what the part is computed from
}

// stem is how the names of its files begin.
func (p Part) stem() string {
	if p.Name == "" {
		return "data-"
	}
	return "data-" + p.Name + "-"
}

// partBefore lists the files of a part in the snapshot before.
func (w *Writer[R]) partBefore(month model.Date, part Part) []File {
	return slices.DeleteFunc(w.draft.filesBefore(w.dataset.Info, month), func(f File) bool { return stem(path.Base(f.Path)) != part.stem() })
}

// ReusablePart tells whether [Writer.CarryPart] may take a part over, since the
// snapshot before has computed it from the same inputs. A damaged file is computed
// again. What the month as a whole is computed from must be noted before, by
// [Writer.Reusable].
func (w *Writer[R]) ReusablePart(month model.Date, part Part) bool {
	files := w.partBefore(month, part)
	other := func(f File) bool { return f.Part != part.Inputs || w.draft.base.intact(f) != nil }
	return len(files) > 0 && !slices.ContainsFunc(files, other) && w.draft.Continues()
}

// CarryPart takes over the files of a part of the snapshot before.
func (w *Writer[R]) CarryPart(month model.Date, part Part) error {
	if err := w.begin(); err != nil {
		return err
	}
	files := w.partBefore(month, part)
	for i := range files {
		files[i].Inputs = w.inputs[month]
	}
	return w.take(files)
}
