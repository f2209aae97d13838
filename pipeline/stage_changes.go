package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// leastChange is by how much a gap must have moved to have a row in gap_changes.
const leastChange = 0.001

// runChanges says why gaps of the newest month, over twelve months, are others than
// in the snapshot before: of those kept, the newest of an earlier as-of date. A night
// that is run again as of the same day compares with the same one. Without such a
// snapshot, or where another schema wrote it, there are no rows.
func runChanges(_ context.Context, n *Night) error {
	w := warehouse.NewWriter(n.draft, model.GapChanges)
	before, err := warehouse.Latest(n.Workspace, (n.AsOf - 1).String())
	if errors.Is(err, warehouse.ErrNoSnapshot) || err == nil && before.Manifest.SchemaVersion != model.SchemaVersion {
		return w.Close()
	}
	if err != nil {
		return fmt.Errorf("find the snapshot to compare with: %w", err)
	}
	c, inputs, err := n.comparison(before)
	if err != nil {
		return fmt.Errorf("compare with snapshot %s: %w", before.Manifest.SnapshotID, err)
	}
	reused, err := w.Reuse(0, inputs)
	if err == nil && !reused {
		var rows []model.GapChange
		if rows, err = c.rows(); err == nil {
			err = w.Partition(0, rows)
		}
	}
	return errors.Join(err, w.Close())
}

// comparison sets the draft beside an earlier snapshot.
type comparison struct {
	night         *Night
	before, after side
	compared      model.Date // as-of date of the earlier snapshot
	sameTaxonomy  bool
}

// side is one of two snapshots that are compared.
type side struct {
	*warehouse.Snapshot
	month model.Date // the newest
}

// comparison prepares to compare with a snapshot. inputs is a fingerprint of all that
// decides what comes of it.
func (n *Night) comparison(before *warehouse.Snapshot) (c *comparison, inputs string, err error) {
	compared, err := model.ParseDate(before.Manifest.AsOf)
	if err != nil {
		return nil, "", err
	}
	c = &comparison{
		night: n, before: side{before, compared.Month()}, after: side{n.draft.Written(), n.AsOf.Month()},
		compared: compared, sameTaxonomy: before.Manifest.Taxonomy == n.versions.Taxonomy,
	}
	parts := []any{n.Program, n.versions.Taxonomy, compared, n.AsOf.Month()}
	for _, s := range []side{c.before, c.after} {
		for _, info := range []model.Info{model.Vacancies.Info, model.VacancySkills.Info, model.Credentials.Info, model.CredSkills.Info, model.Cells.Info, model.SkillGaps.Info, model.VacancyTotals.Info} {
			digest, err := s.Digest(info, nil)
			if err != nil {
				return nil, "", err
			}
			parts = append(parts, digest)
		}
	}
	return c, fingerprint(parts...), nil
}

// publishedGap is what is compared of a gap.
type publishedGap struct {
	Period          string   `parquet:"period,dict"`
	RegionCode      string   `parquet:"region_code,dict"`
	RegionLevel     int32    `parquet:"region_level"`
	OccupationCode  string   `parquet:"occupation_code,dict"`
	OccupationLevel string   `parquet:"occupation_level,dict"`
	SkillURI        string   `parquet:"skill_uri,dict"`
	DemandShare     float64  `parquet:"demand_share"`
	SupplyShare     *float64 `parquet:"supply_share,optional"`
	ShareGap        *float64 `parquet:"share_gap,optional"`
}

// rows compares all gaps.
func (c *comparison) rows() ([]model.GapChange, error) {
	same, err := c.sameGaps()
	if same || err != nil {
		return nil, err
	}
	before, err := c.before.gaps()
	if err != nil {
		return nil, err
	}
	after, err := c.after.gaps()
	if err != nil {
		return nil, err
	}
	var rows []model.GapChange
	pair(before, after, func(b, a *publishedGap) {
		if row, changed := c.row(b, a); changed {
			rows = append(rows, row)
		}
	})
	return rows, c.divide(rows)
}

// sameGaps tells whether both hold the same gaps of the same month.
func (c *comparison) sameGaps() (bool, error) {
	if c.before.month != c.after.month {
		return false, nil
	}
	newest := func(m model.Date) bool { return m == c.after.month }
	before, err := c.before.Digest(model.SkillGaps.Info, newest)
	if err != nil {
		return false, err
	}
	after, err := c.after.Digest(model.SkillGaps.Info, newest)
	return before == after, err
}

// gaps reads the gaps that are known of the newest month, over twelve months, in key
// order.
func (s *side) gaps() ([]publishedGap, error) {
	rows, err := warehouse.ReadMonth[publishedGap](s.Snapshot, model.SkillGaps.Info, s.month)
	known := rows[:0]
	for i := range rows {
		if rows[i].Period == measure.TwelveMonths && rows[i].ShareGap != nil {
			known = append(known, rows[i])
		}
	}
	slices.SortFunc(known, func(a, b publishedGap) int { return a.compare(&b) }) // they are stored country by country
	return known, err
}

// row returns what is known of a change without the records; changed tells whether
// there is any to write. One of the two gaps may be nil.
func (c *comparison) row(before, after *publishedGap) (row model.GapChange, changed bool) {
	row = model.GapChange{Month: c.after.month, ComparedWith: c.compared, Change: "moved"}
	key := after
	switch {
	case after == nil:
		row.Change, key = "disappeared", before
	case before == nil:
		row.Change = "appeared"
	case math.Abs(*after.ShareGap-*before.ShareGap) < leastChange:
		return row, false
	}
	row.RegionCode, row.RegionLevel, row.SkillURI = key.RegionCode, key.RegionLevel, key.SkillURI
	row.OccupationCode, row.OccupationLevel = key.OccupationCode, key.OccupationLevel
	if before != nil {
		row.Before, row.DemandBefore, row.SupplyBefore = before.ShareGap, &before.DemandShare, before.SupplyShare
	}
	if after != nil {
		row.After, row.DemandAfter, row.SupplyAfter = after.ShareGap, &after.DemandShare, after.SupplyShare
	}
	return row, true
}

// compare orders gaps by their key.
func (r *publishedGap) compare(o *publishedGap) int {
	a, b := r.cell(), o.cell()
	return cmp.Or(a.Compare(&b), strings.Compare(r.SkillURI, o.SkillURI))
}

func (r *publishedGap) cell() model.CellKey {
	return model.CellKey{RegionCode: r.RegionCode, RegionLevel: r.RegionLevel, OccupationCode: r.OccupationCode, OccupationLevel: r.OccupationLevel}
}

// pair gives the gaps of the same cell and skill together, in key order; nil for one
// that is not there.
func pair(before, after []publishedGap, each func(before, after *publishedGap)) {
	for len(before) > 0 || len(after) > 0 {
		var order int
		switch {
		case len(after) == 0:
			order = -1
		case len(before) == 0:
			order = 1
		default:
			order = before[0].compare(&after[0])
		}
		var b, a *publishedGap
		if order <= 0 {
			b, before = &before[0], before[1:]
		}
		if order >= 0 {
			a, after = &after[0], after[1:]
		}
		each(b, a)
	}
}
