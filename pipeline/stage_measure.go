package pipeline

import (
	"context"
	"errors"
	"slices"

	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runMeasure writes the measures of the last months, one partition a month and a part
// of it for each country, from the facts of the draft. A month whose facts are those of
// the snapshot before is taken over, and so is a country of another month: no figure of
// a country depends on the vacancies of another.
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
	return errors.Join(w.countries(ctx, n, in, months), w.close())
}

// MeasureOptions returns the options of the measures as they are configured.
func MeasureOptions(c *config.Config) measure.Options {
	recall := c.Measures.LinkerRecall
	return measure.Options{
		MinCell: c.Thresholds.CellVacancies, MinLinks: c.Thresholds.SkillLinks,
		Recall: measure.Recall{Found: recall.Found, Of: recall.Of},
	}
}

// decides tells whether postings of a month decide the measures of another.
func decides(posted, month model.Date) bool {
	return month.AddMonths(1-measure.Window) <= posted && posted <= month
}

// measureInputs is a fingerprint of what decides the measures of a month.
func (n *Night) measureInputs(month model.Date) (string, error) {
	within := func(m model.Date) bool { return decides(m, month) }
	parts, err := n.digests(decisive{model.Vacancies.Info, within}, decisive{model.VacancySkills.Info, within},
		decisive{model.Credentials.Info, nil}, decisive{model.CredSkills.Info, nil})
	if err != nil {
		return "", err
	}
	weights, err := n.calibrationInputs(month.AddMonths(1-measure.Window), month)
	if err != nil {
		return "", err
	}
	parts = append(parts, n.Program, n.versions.Taxonomy, MeasureOptions(n.Config), weights)
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

// reusePart does the same for a country's part of a month.
func (w *measureWriter) reusePart(month model.Date, part warehouse.Part) (bool, error) {
	if !w.cells.ReusablePart(month, part) || !w.demand.ReusablePart(month, part) ||
		!w.supply.ReusablePart(month, part) || !w.gaps.ReusablePart(month, part) {
		return false, nil
	}
	return true, errors.Join(w.cells.CarryPart(month, part), w.demand.CarryPart(month, part), w.supply.CarryPart(month, part), w.gaps.CarryPart(month, part))
}

// partWriter writes a country's part of a month.
type partWriter struct {
	cells  *warehouse.PartitionWriter[model.Cell]
	demand *warehouse.PartitionWriter[model.SkillDemand]
	supply *warehouse.PartitionWriter[model.SkillSupply]
	gaps   *warehouse.PartitionWriter[model.SkillGap]
}

func (w *measureWriter) open(month model.Date, part warehouse.Part) (to partWriter, err error) {
	var errs [4]error
	to.cells, errs[0] = w.cells.OpenPart(month, part)
	to.demand, errs[1] = w.demand.OpenPart(month, part)
	to.supply, errs[2] = w.supply.OpenPart(month, part)
	to.gaps, errs[3] = w.gaps.OpenPart(month, part)
	return to, errors.Join(errs[:]...)
}

// write appends the rows of a region: encoding takes longer than computing, so the
// datasets are written beside one another.
func (w *partWriter) write(r *measure.Result) error {
	p := pool.New().WithErrors()
	p.Go(func() error { return w.cells.Write(r.Cells) })
	p.Go(func() error { return w.demand.Write(r.Demand) })
	p.Go(func() error { return w.supply.Write(r.Supply) })
	p.Go(func() error { return w.gaps.Write(r.Gaps) })
	return p.Wait()
}

func (w *partWriter) close() error {
	p := pool.New().WithErrors()
	p.Go(w.cells.Close)
	p.Go(w.demand.Close)
	p.Go(w.supply.Close)
	p.Go(w.gaps.Close)
	return p.Wait()
}

func (w *measureWriter) close() error { return closeAll(w.cells, w.demand, w.supply, w.gaps) }
