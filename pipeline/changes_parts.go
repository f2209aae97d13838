package pipeline

import (
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// cellID names a cell of the newest month over twelve months; gapID a skill in it.
type cellID struct{ region, occupation string }

type gapID struct {
	cellID
	skill string
}

func idOf(r *model.GapChange) gapID {
	return gapID{cellID{r.RegionCode, r.OccupationCode}, r.SkillURI}
}

// divide fills in the parts of the gaps that have moved. What stays of the demand is
// the stored sums less those of the records that left or came: only these are
// measured.
func (c *comparison) divide(rows []model.GapChange) error {
	if len(rows) == 0 {
		return nil
	}
	leaving, coming, err := c.postings()
	if err != nil {
		return err
	}
	left, err := c.night.sharesOf(leaving, c.before.month)
	if err != nil {
		return err
	}
	came, err := c.night.sharesOf(coming, c.after.month)
	if err != nil {
		return err
	}
	basesBefore, err := c.before.bases()
	if err != nil {
		return err
	}
	basesAfter, err := c.after.bases()
	if err != nil {
		return err
	}
	relinked, err := c.relinked()
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		id := idOf(r)
		leftCell, cameCell := left.cells[id.cellID], came.cells[id.cellID]
		r.Left, r.New = &leftCell.vacancies, &cameCell.vacancies
		if r.Before == nil || r.After == nil {
			continue
		}
		parts := measure.GapChange(
			measure.GapSums{Demand: measure.SumsOf(*r.DemandBefore, basesBefore[id.cellID]), Supply: *r.SupplyBefore},
			measure.GapSums{Demand: measure.SumsOf(*r.DemandAfter, basesAfter[id.cellID]), Supply: *r.SupplyAfter},
			measure.SumsOf(left.shares[id], leftCell.base),
			measure.SumsOf(came.shares[id], cameCell.base),
			relinked(r),
		)
		r.Model, r.LeftVacancies, r.NewVacancies, r.Catalogue = &parts.Model, &parts.Left, &parts.New, &parts.Catalogue
	}
	return nil
}

// bases reads the base of the demand shares of each cell, of all sectors.
func (s *side) bases() (map[cellID]float64, error) {
	type row struct {
		Period         string  `parquet:"period,dict"`
		RegionCode     string  `parquet:"region_code,dict"`
		OccupationCode string  `parquet:"occupation_code,dict"`
		NACESection    string  `parquet:"nace_section,dict"`
		DemandBase     float64 `parquet:"demand_base"`
	}
	rows, err := warehouse.ReadMonth[row](s.Snapshot, model.Cells.Info, s.month)
	bases := make(map[cellID]float64, len(rows))
	for _, r := range rows {
		if r.Period == measure.TwelveMonths && r.NACESection == model.Total {
			bases[cellID{r.RegionCode, r.OccupationCode}] = r.DemandBase
		}
	}
	return bases, err
}

// recordShares are the demand shares among some postings.
type recordShares struct {
	cells  map[cellID]recordBase
	shares map[gapID]float64
}

// recordBase is how many of the postings are a cell's.
type recordBase struct {
	base      float64 // posts
	vacancies int32
}

// everyCell publishes all that is measured, however little.
func everyCell() measure.Options { return measure.Options{MinCell: 1e-9, MinLinks: 1} }

// sharesOf measures some of the postings of the twelve months that end with a month.
func (n *Night) sharesOf(postings []measure.Posting, month model.Date) (recordShares, error) {
	s := recordShares{map[cellID]recordBase{}, map[gapID]float64{}}
	if len(postings) == 0 {
		return s, nil
	}
	in := &measure.Input{Postings: postings, Skills: measuredSkills(n.Taxonomy)}
	if err := n.calibrate(in); err != nil {
		return s, err
	}
	m, err := measure.New(in, everyCell())
	if err != nil {
		return s, fmt.Errorf("index records: %w", err)
	}
	r := m.Month(month, measure.TwelveMonths)
	for i := range r.Cells {
		if c := &r.Cells[i]; c.NACESection == model.Total {
			s.cells[cellID{c.RegionCode, c.OccupationCode}] = recordBase{c.DemandBase, c.Vacancies}
		}
	}
	for i := range r.Demand {
		if d := &r.Demand[i]; d.NACESection == model.Total {
			s.shares[gapID{cellID{d.RegionCode, d.OccupationCode}, d.SkillURI}] = d.Share
		}
	}
	return s, nil
}

// relinked returns, of a gap, the supply share of the credentials of the snapshot
// before, linked and aligned as they are now. Only where both the links and the
// catalogue have changed must it be measured.
func (c *comparison) relinked() (func(*model.GapChange) float64, error) {
	before, versionsBefore, err := c.night.offers(c.before.Snapshot)
	if err != nil {
		return nil, err
	}
	after, versionsAfter, err := c.night.offers(c.after.Snapshot)
	if err != nil {
		return nil, err
	}
	now := make(map[string]*measure.Offer, len(after))
	for i := range after {
		now[after[i].ID] = &after[i]
	}
	links, catalogue, common := !c.sameTaxonomy, c.before.month != c.after.month, 0
	for i := range before {
		o := &before[i]
		a, known := now[o.ID]
		if !known || versionsAfter[o.ID] != versionsBefore[o.ID] {
			catalogue = true
			continue
		}
		common++
		catalogue = catalogue || a.To != o.To
		relinked := *a
		relinked.To = o.To
		links = links || !sameLinks(&relinked, o)
		*o = relinked
	}
	catalogue = catalogue || common < len(after)
	switch {
	case !links:
		return func(r *model.GapChange) float64 { return *r.SupplyBefore }, nil
	case !catalogue:
		return func(r *model.GapChange) float64 { return *r.SupplyAfter }, nil
	}
	return c.measureSupply(before)
}

// sameLinks tells whether the same credential was read, linked and placed alike.
func sameLinks(a, b *measure.Offer) bool {
	return a.Regions == b.Regions && a.Online == b.Online && a.Places == b.Places && a.From == b.From &&
		slices.Equal(a.ISCOs, b.ISCOs) && slices.Equal(a.Occupations, b.Occupations) && slices.Equal(a.Skills, b.Skills)
}

// measureSupply measures the supply of offers over the twelve months of the snapshot
// before. Where none of them is aligned any more, what is now stands in.
func (c *comparison) measureSupply(offers []measure.Offer) (func(*model.GapChange) float64, error) {
	in, err := c.night.facts(func(m model.Date) bool { return inYear(m, c.before.month) })
	if err != nil {
		return nil, err
	}
	in.Offers = offers
	m, err := measure.New(in, everyCell())
	if err != nil {
		return nil, fmt.Errorf("index facts: %w", err)
	}
	aligned, shares := map[cellID]bool{}, map[gapID]float64{}
	r := m.Month(c.before.month, measure.TwelveMonths)
	for i := range r.Supply {
		s := &r.Supply[i]
		cell := cellID{s.RegionCode, s.OccupationCode}
		aligned[cell], shares[gapID{cell, s.SkillURI}] = true, s.Share
	}
	return func(r *model.GapChange) float64 {
		id := idOf(r)
		if !aligned[id.cellID] {
			return *r.SupplyAfter
		}
		return shares[id]
	}, nil
}
