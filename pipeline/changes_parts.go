package pipeline

import (
	"fmt"
	"math"
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
	left, err := c.night.sumsOf(leaving, c.before.month)
	if err != nil {
		return err
	}
	came, err := c.night.sumsOf(coming, c.after.month)
	if err != nil {
		return err
	}
	openingsBefore, err := c.before.openings()
	if err != nil {
		return err
	}
	openingsAfter, err := c.after.openings()
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
			measure.GapSums{Demand: demandSums(*r.DemandBefore, openingsBefore[id.cellID]), Supply: *r.SupplyBefore},
			measure.GapSums{Demand: demandSums(*r.DemandAfter, openingsAfter[id.cellID]), Supply: *r.SupplyAfter},
			measure.DemandSums{Weighted: left.weighted[id], Openings: leftCell.openings},
			measure.DemandSums{Weighted: came.weighted[id], Openings: cameCell.openings},
			relinked(r),
		)
		r.Model, r.LeftVacancies, r.NewVacancies, r.Catalogue = &parts.Model, &parts.Left, &parts.New, &parts.Catalogue
	}
	return nil
}

// demandSums returns the sums of a stored share, which are integers.
func demandSums(share float64, openings int64) measure.DemandSums {
	return measure.DemandSums{Weighted: int64(math.Round(share * float64(openings) * float64(model.ScoreOf(1)))), Openings: openings}
}

// openings reads the posts of each cell, of all sectors.
func (s *side) openings() (map[cellID]int64, error) {
	type row struct {
		Period         string `parquet:"period,dict"`
		RegionCode     string `parquet:"region_code,dict"`
		OccupationCode string `parquet:"occupation_code,dict"`
		NACESection    string `parquet:"nace_section,dict"`
		Openings       int64  `parquet:"openings"`
	}
	rows, err := warehouse.ReadMonth[row](s.Snapshot, model.Cells.Info, s.month)
	openings := make(map[cellID]int64, len(rows))
	for _, r := range rows {
		if r.Period == measure.TwelveMonths && r.NACESection == model.Total {
			openings[cellID{r.RegionCode, r.OccupationCode}] = r.Openings
		}
	}
	return openings, err
}

// recordSums adds up some postings by cell and skill.
type recordSums struct {
	cells map[cellID]struct {
		openings  int64
		vacancies int32
	}
	weighted map[gapID]int64 // in ten-thousandths
}

// everyCell publishes all that is measured, however little.
func everyCell() measure.Options { return measure.Options{MinCell: 1e-9, MinLinks: 1} }

// sumsOf measures some of the postings of the twelve months that end with a month.
func (n *Night) sumsOf(postings []measure.Posting, month model.Date) (recordSums, error) {
	s := recordSums{map[cellID]struct {
		openings  int64
		vacancies int32
	}{}, map[gapID]int64{}}
	if len(postings) == 0 {
		return s, nil
	}
	m, err := measure.New(&measure.Input{Postings: postings, Skills: measuredSkills(n.Taxonomy)}, everyCell())
	if err != nil {
		return s, fmt.Errorf("index records: %w", err)
	}
	for r := range m.Regions(month, measure.TwelveMonths) {
		for i := range r.Cells {
			if c := &r.Cells[i]; c.NACESection == model.Total {
				sums := s.cells[cellID{c.RegionCode, c.OccupationCode}]
				sums.openings, sums.vacancies = c.Openings, c.Vacancies
				s.cells[cellID{c.RegionCode, c.OccupationCode}] = sums
			}
		}
		for i := range r.Demand {
			if d := &r.Demand[i]; d.NACESection == model.Total {
				s.weighted[gapID{cellID{d.RegionCode, d.OccupationCode}, d.SkillURI}] = int64(math.Round(d.Weighted * float64(model.ScoreOf(1))))
			}
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
	in, err := c.night.facts(func(m model.Date) bool { return decides(m, c.before.month) })
	if err != nil {
		return nil, err
	}
	in.Offers = offers
	m, err := measure.New(in, everyCell())
	if err != nil {
		return nil, fmt.Errorf("index facts: %w", err)
	}
	aligned, shares := map[cellID]bool{}, map[gapID]float64{}
	for r := range m.Regions(c.before.month, measure.TwelveMonths) {
		for i := range r.Supply {
			s := &r.Supply[i]
			cell := cellID{s.RegionCode, s.OccupationCode}
			aligned[cell], shares[gapID{cell, s.SkillURI}] = true, s.Share
		}
	}
	return func(r *model.GapChange) float64 {
		id := idOf(r)
		if !aligned[id.cellID] {
			return *r.SupplyAfter
		}
		return shares[id]
	}, nil
}
