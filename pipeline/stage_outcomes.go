package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/outcome"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// runOutcomes publishes who takes credentials and what became of them. Such figures
// change on release dates alone: where the snapshot before holds this release, it is
// taken over, whatever has come in since. Without learners there are no rows.
func runOutcomes(ctx context.Context, n *Night) error {
	if n.draft.Written().Rows(model.Enrolments.Info) == 0 {
		return n.keepHeld()
	}
	release := releaseOf(n.AsOf)
	kept, err := n.keepRelease(release)
	if err != nil || kept {
		return err
	}
	l, err := n.countedLearners(release)
	if err != nil {
		return fmt.Errorf("count learners: %w", err)
	}
	return n.publishLearners(ctx, l, release)
}

// releaseOf returns the release that is current on a day: the first day of its quarter,
// when all quarters before are closed.
func releaseOf(day model.Date) model.Date {
	return day.AddMonths(-((int(day.Time().Month()) - 1) % 3))
}

// keepRelease takes over the datasets of a release that the snapshot before holds, and
// reports whether it has.
func (n *Night) keepRelease(release model.Date) (bool, error) {
	if n.base == nil || !n.draft.Continues() {
		return false, nil
	}
	rows, err := warehouse.ReadMonth[releasedOn](n.base, model.Uptakes.Info, 0)
	if err != nil || len(rows) == 0 || rows[0].ReleasedOn != release {
		return false, err
	}
	return true, errors.Join(
		warehouse.KeepProtected(n.draft, model.Uptakes), warehouse.KeepProtected(n.draft, model.Outcomes),
		warehouse.KeepProtected(n.draft, model.Trajectories), warehouse.KeepProtected(n.draft, model.AdjComparisons), n.keepHeld(),
	)
}

// releasedOn is the column of uptake that says which release it is of.
type releasedOn struct {
	ReleasedOn model.Date `parquet:"released_on,date"`
}

// heldBefore returns the cells of all releases that the snapshot before knows.
func (n *Night) heldBefore() ([]model.HeldCell, error) {
	if n.base == nil || n.base.Manifest.SchemaVersion != model.SchemaVersion {
		return nil, nil
	}
	return warehouse.ReadMonth[model.HeldCell](n.base, model.HeldCells.Info, 0)
}

// keepHeld takes over the cells of earlier releases.
func (n *Night) keepHeld() error {
	held, err := n.heldBefore()
	if err != nil {
		return err
	}
	return warehouse.Write(n.draft, model.HeldCells, held)
}

// publishLearners counts, protects and writes.
func (n *Night) publishLearners(ctx context.Context, l *outcome.Learners, release model.Date) error {
	n.Log.Debug("learners are read")
	each := func(count int, do func(int)) error { return inParallel(ctx, count, do) }
	uptake, err := l.Uptake(each)
	if err != nil {
		return fmt.Errorf("count uptake: %w", err)
	}
	outcomes, err := l.Outcomes(each)
	if err != nil {
		return fmt.Errorf("count outcomes: %w", err)
	}
	n.Log.Debug("learners are counted")
	adjusted, err := outcomes.Compared(ctx, each)
	if err != nil {
		return fmt.Errorf("compare learners: %w", err)
	}
	n.Log.Debug("learners are compared")
	held, err := n.heldBefore()
	if err != nil {
		return err
	}
	p, err := publication(release.String(), slices.Concat(uptake.Tables, outcomes.Tables, adjusted.Tables))
	if err != nil {
		return err
	}
	c := n.Config.Learners
	result, err := disclosure.Protect(p, releases(held), disclosure.Rule{Threshold: int64(c.LeastPersons), Dominance: c.Dominance})
	if err != nil {
		return err
	}
	s := result.Summary()
	n.Log.Info(fmt.Sprintf("figures about learners: %d, of which %d withheld as too few and %d lest those be computed; %d in details left out whole; %d tables left out, since too many of their cells are small",
		s.Cells, s.Sensitive, s.Complementary, s.LeftOut, uptake.LeftOut+outcomes.LeftOut))
	figures := figuresOf(result)
	return errors.Join(
		writeProtected(n, model.Uptakes, result, uptake.Keys(), func(k outcome.UptakeKey) model.Uptake { return uptake.Row(figures, k) }, func(r *model.Uptake) bool {
			return r.Enrolled != nil || r.Persons != nil || r.SectorKnown != nil || r.Offered != nil
		}),
		writeProtected(n, model.Outcomes, result, outcomes.Keys(), func(k outcome.Key) model.Outcome { return outcomes.Row(figures, k) }, func(r *model.Outcome) bool {
			return r.Participants != nil || r.Respondents != nil || r.Completers != nil || r.NonCompleters != nil
		}),
		writeProtected(n, model.Trajectories, result, outcomes.Sequences(), func(k outcome.SequenceKey) model.Trajectory { return outcomes.Sequence(figures, k) }, func(r *model.Trajectory) bool { return r.Participants != nil }),
		writeProtected(n, model.AdjComparisons, result, adjusted.Keys(), func(k outcome.AdjustedKey) model.AdjustedComparison { return adjusted.Row(figures, k) }, func(*model.AdjustedComparison) bool { return true }),
		warehouse.Write(n.draft, model.HeldCells, append(heldBut(held, release), heldOf(result, release)...)),
	)
}

// writeProtected writes rows made of protected figures, but for those that show nothing.
func writeProtected[K, R any](n *Night, ds model.Dataset[R], result *disclosure.Result, keys []K, row func(K) R, shows func(*R) bool) error {
	rows, err := disclosure.Rows(result, keys, func(_ *disclosure.Result, k K) (R, error) {
		r := row(k)
		if !shows(&r) {
			return r, disclosure.ErrNothing
		}
		return r, nil
	})
	if err != nil {
		return fmt.Errorf("make rows of %s: %w", ds.Name, err)
	}
	return warehouse.WriteProtected(n.draft, ds, rows)
}
