package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runMeasure writes the measures of the last months, one partition a month, from
// the facts of the draft. A month whose facts are those of the snapshot before
// is taken over.
func runMeasure(ctx context.Context, n *Night) error {
	w := newMeasureWriter(n.draft)
	var months []model.Date
	for back := range n.Config.Measures.Months {
		month := n.AsOf.AddMonths(-back)
		inputs, err := n.measureInputs(month)
		if err != nil {
			return err
		}
		reused, err := w.reuse(month, inputs)
		if err != nil {
			return err
		}
		if !reused {
			months = append(months, month)
		}
	}
	if len(months) == 0 {
		return w.close()
	}
	in, err := n.facts(func(m model.Date) bool {
		return slices.ContainsFunc(months, func(month model.Date) bool { return decides(m, month) })
	})
	if err != nil {
		return err
	}
	m, err := measure.New(in, measure.Options{MinCell: n.Config.Thresholds.CellVacancies, MinLinks: n.Config.Thresholds.SkillLinks})
	if err != nil {
		return fmt.Errorf("index facts: %w", err)
	}
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithCancelOnError()
	for _, month := range months {
		p.Go(func(ctx context.Context) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if len(months) < runtime.GOMAXPROCS(0) { // cores would be idle
				return w.month(month, levelByLevel(m, month, measure.TwelveMonths, measure.OneMonth))
			}
			return w.month(month, m.Month(month, measure.TwelveMonths, measure.OneMonth))
		})
	}
	return errors.Join(p.Wait(), w.close())
}

// decides tells whether postings of a month decide the measures of another.
func decides(posted, month model.Date) bool {
	return month.AddMonths(1-measure.Window) <= posted && posted <= month
}

// measureInputs is a fingerprint of what decides the measures of a month.
func (n *Night) measureInputs(month model.Date) (string, error) {
	within := func(m model.Date) bool { return decides(m, month) }
	parts := []any{n.Program, n.versions.Taxonomy, n.Config.Thresholds.CellVacancies, n.Config.Thresholds.SkillLinks}
	for _, part := range []struct {
		info   model.Info
		within func(model.Date) bool
	}{{model.Vacancies.Info, within}, {model.VacancySkills.Info, within}, {model.Credentials.Info, nil}, {model.CredSkills.Info, nil}} {
		digest, err := n.draft.Digest(part.info, part.within)
		if err != nil {
			return "", fmt.Errorf("fingerprint facts: %w", err)
		}
		parts = append(parts, digest)
	}
	for m := month.AddMonths(1 - measure.Window); m <= month; m = m.AddMonths(1) {
		parts = append(parts, n.superseded[m])
	}
	return fingerprint(parts...), nil
}

// measureWriter writes the four datasets of the measures.
type measureWriter struct {
	cells  *warehouse.Writer[model.Cell]
	demand *warehouse.Writer[model.SkillDemand]
	supply *warehouse.Writer[model.SkillSupply]
	gaps   *warehouse.Writer[model.SkillGap]
}

func newMeasureWriter(d *warehouse.Draft) *measureWriter {
	return &measureWriter{
		warehouse.NewWriter(d, model.Cells), warehouse.NewWriter(d, model.SkillDemands),
		warehouse.NewWriter(d, model.SkillSupplies), warehouse.NewWriter(d, model.SkillGaps),
	}
}

// reuse takes over a month of all four datasets, where they were computed from the
// same inputs.
func (w *measureWriter) reuse(month model.Date, inputs string) (bool, error) {
	reusable := []bool{
		w.cells.Reusable(month, inputs), w.demand.Reusable(month, inputs),
		w.supply.Reusable(month, inputs), w.gaps.Reusable(month, inputs),
	}
	if slices.Contains(reusable, false) {
		return false, nil
	}
	return true, errors.Join(w.cells.Carry(month), w.demand.Carry(month), w.supply.Carry(month), w.gaps.Carry(month))
}

// month writes the partition of a month.
func (w *measureWriter) month(month model.Date, r measure.Result) error {
	p := pool.New().WithErrors() // encoding takes longer than computing
	p.Go(func() error { return w.cells.Partition(month, r.Cells) })
	p.Go(func() error { return w.demand.Partition(month, r.Demand) })
	p.Go(func() error { return w.supply.Partition(month, r.Supply) })
	p.Go(func() error { return w.gaps.Partition(month, r.Gaps) })
	if err := p.Wait(); err != nil {
		return fmt.Errorf("write measures of %s: %w", month, err)
	}
	return nil
}

// levelByLevel measures what measure.Measurer.Month does, the periods and levels of
// regions beside one another.
func levelByLevel(m *measure.Measurer, month model.Date, periods ...string) measure.Result {
	parts := make([]measure.Result, len(periods)*measure.RegionLevels)
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for i := range parts {
		p.Go(func() { parts[i] = m.MonthLevel(month, periods[i/measure.RegionLevels], i%measure.RegionLevels) })
	}
	p.Wait()
	return measure.Result{
		Cells:  joined(parts, func(r *measure.Result) []model.Cell { return r.Cells }),
		Demand: joined(parts, func(r *measure.Result) []model.SkillDemand { return r.Demand }),
		Supply: joined(parts, func(r *measure.Result) []model.SkillSupply { return r.Supply }),
		Gaps:   joined(parts, func(r *measure.Result) []model.SkillGap { return r.Gaps }),
	}
}

// joined puts the rows of all parts one after the other.
func joined[R any](parts []measure.Result, rows func(*measure.Result) []R) []R {
	all := make([][]R, len(parts))
	for i := range parts {
		all[i] = rows(&parts[i])
	}
	return slices.Concat(all...)
}

func (w *measureWriter) close() error { return closeAll(w.cells, w.demand, w.supply, w.gaps) }
