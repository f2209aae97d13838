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
	// A month computes and encodes on several cores.
	p := pool.New().WithMaxGoroutines(max(runtime.GOMAXPROCS(0)/2, 1)).WithContext(ctx).WithCancelOnError()
	for _, month := range months {
		p.Go(func(ctx context.Context) error {
			return w.month(ctx, month, func(yield func(measure.Result) bool) {
				for _, period := range []string{measure.TwelveMonths, measure.OneMonth} {
					for r := range m.Regions(month, period) {
						if !yield(r) {
							return
						}
					}
				}
			})
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

func (w *measureWriter) close() error { return closeAll(w.cells, w.demand, w.supply, w.gaps) }
