package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runLink finds skills and occupations in every record that is new or changed,
// and in all where the program, the taxonomy or the linker is another than that
// of the snapshot before. Months in which nothing changes are taken over as they
// are.
//
// Duplicates and older versions stay as rows without skills: what they repeat, or
// what followed, carries them.
func runLink(ctx context.Context, n *Night) error {
	f := &facts{night: n, anew: n.base == nil || !n.draft.Continues() || n.base.Manifest.Program != n.Program}
	if err := f.vacancies(ctx); err != nil {
		return fmt.Errorf("link vacancies: %w", err)
	}
	if err := f.credentials(ctx); err != nil {
		return fmt.Errorf("link credentials: %w", err)
	}
	if err := f.namedCredentials(ctx, slices.Sorted(maps.Keys(n.history.byMonth(source.Vacancies)))); err != nil {
		return fmt.Errorf("find credentials named in vacancies: %w", err)
	}
	if err := f.records(); err != nil {
		return err
	}
	n.superseded, n.newest = n.history.superseded(), n.history.newestVersions()
	n.history, n.spool, n.credentials = nil, nil, nil // the draft has them now
	return nil
}

// facts writes the facts of a night.
type facts struct {
	night *Night
	anew  bool // everything is linked, not only what changed
	link  *linking
}

// linking builds the linker when it is first needed: a night without news does
// not need it.
func (f *facts) linking() (linking, error) {
	if f.link == nil {
		l, err := f.night.linker()
		if err != nil {
			return linking{}, fmt.Errorf("build linker: %w", err)
		}
		made := newLinking(f.night.Taxonomy, l)
		f.link = &made
	}
	return *f.link, nil
}

// relinks tells whether a version of the snapshot before is linked again. Older
// versions have no texts left and stay as they are.
func (f *facts) relinks(v *version) bool {
	return f.night.history.isNewest(v) && (f.anew || !v.linked && v.DuplicateOf == "")
}

// changed tells whether the rows of a month are written anew.
func (f *facts) changed(kind source.Kind, month model.Date) bool {
	return f.anew || f.night.history.touched[touch{kind, month}]
}

// records writes what the next night compares with.
func (f *facts) records() error {
	h, w := f.night.history, warehouse.NewWriter(f.night.draft, model.Records)
	vacancies, credentials := h.byMonth(source.Vacancies), h.byMonth(source.Credentials)
	months := slices.Concat(slices.Collect(maps.Keys(vacancies)), slices.Collect(maps.Keys(credentials)))
	slices.Sort(months)
	for _, month := range slices.Compact(months) {
		if !f.changed(source.Vacancies, month) && !f.changed(source.Credentials, month) && !h.renewed[month] {
			if err := w.Carry(month); err != nil {
				return err
			}
			continue
		}
		var rows []model.Record
		for _, v := range slices.Concat(credentials[month], vacancies[month]) {
			rows = append(rows, v.Record)
		}
		if err := w.Partition(month, rows); err != nil {
			return err
		}
	}
	return w.Close()
}

// collect gathers the rows of all records, in order.
func collect[T, R any](records []T, rows func(*T) []R) []R {
	n := 0
	for i := range records {
		n += len(rows(&records[i]))
	}
	all := make([]R, 0, n) // of a month they are millions
	for i := range records {
		all = append(all, rows(&records[i])...)
	}
	return all
}

// inParallel calls do for 0 ≤ i < n on all cores, in blocks; do writes only what
// belongs to its i, so that the result does not depend on the number of cores.
func inParallel(ctx context.Context, n int, do func(i int)) error {
	workers := runtime.GOMAXPROCS(0)
	block := max(1, min(64, n/(16*workers))) // few and long: one each
	p := pool.New().WithMaxGoroutines(workers).WithContext(ctx)
	for start := 0; start < n; start += block {
		p.Go(func(ctx context.Context) error {
			for i := start; i < min(start+block, n); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				do(i)
			}
			return nil
		})
	}
	return p.Wait()
}

// closeAll ends datasets.
func closeAll(writers ...interface{ Close() error }) error {
	var errs []error
	for _, w := range writers {
		errs = append(errs, w.Close())
	}
	return errors.Join(errs...)
}
