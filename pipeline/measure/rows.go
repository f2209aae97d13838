package measure

import "github.com/skillsgap/skillsgap/pipeline/model"

// rows computes the rows of all sums. They are filled in where they will stay:
// a night has millions of them.
func (r *run) rows() Result {
	supplied, compared := 0, 0
	for i := range r.cells {
		c := &r.cells[i]
		if c.supply.offers > 0 {
			supplied += c.facts
		}
		if !c.sector() {
			compared += c.facts
		}
	}
	n := len(r.facts)
	out := Result{make([]model.Cell, len(r.cells)), make([]model.SkillDemand, n), make([]model.SkillSupply, 0, supplied), make([]model.SkillGap, 0, compared)}
	w := writer{run: r, floats: make([]float64, 0, 6*n), ints: make([]int64, 0, 4*n)}
	next := 0
	for i := range r.cells {
		c := &r.cells[i]
		c.row(&out.Cells[i])
		for end := next + c.facts; next < end; next++ {
			s := &r.facts[next]
			w.demand(&out.Demand[next], c, s)
			if !c.sector() {
				out.Gaps = append(out.Gaps, model.SkillGap{})
				w.gap(&out.Gaps[len(out.Gaps)-1], c, s)
			}
			if c.supply.offers > 0 { // also where none teaches it: a share of 0 has an interval
				out.Supply = append(out.Supply, model.SkillSupply{})
				w.supply(&out.Supply[len(out.Supply)-1], c, s)
			}
		}
	}
	return out
}

// sector tells whether the cell is of a sector: it has demand, but no training is
// for a sector, and so neither supply nor gap.
func (c *cellSums) sector() bool { return c.key.NACESection != model.Total }

func (c *cellSums) row(row *model.Cell) {
	*row = model.Cell{
		CellKey:           c.key,
		NEffective:        c.demand.nEffective,
		Vacancies:         c.demand.vacancies,
		Openings:          c.demand.openings,
		AnyDigital:        Share(c.demand.digital, c.demand.openings),
		AnyGreen:          Share(c.demand.green, c.demand.openings),
		Coverage:          c.coverage,
		SkillsLeftOut:     c.leftOut,
		SupplyCredentials: c.supply.offers,
		SupplyBase:        float64(c.supply.amount),
		SupplyNEffective:  c.supply.nEffective,
	}
	if unit := c.supply.unit; unit != "" {
		row.SupplyUnit = &unit
	}
}

// writer fills in skill rows. The values of their optional columns lie
// together: one allocation for all.
type writer struct {
	*run
	floats []float64
	ints   []int64
}

func (w *writer) float(value float64) *float64 {
	w.floats = append(w.floats, value)
	return &w.floats[len(w.floats)-1]
}

func (w *writer) int(value int64) *int64 {
	w.ints = append(w.ints, value)
	return &w.ints[len(w.ints)-1]
}

func (w *writer) demand(row *model.SkillDemand, c *cellSums, s *skillSums) {
	row.CellKey = c.key
	row.SkillURI = w.skills[s.skill].URI
	row.Vacancies = s.demand.vacancies
	row.Openings = s.demand.openings
	row.OpenStock = s.demand.stock
	row.Employers = s.demand.employers
	row.Weighted = float64(s.demand.weighted) / float64(certain())
	row.NEffective = c.demand.nEffective
	row.Share = s.demand.share(&c.demand)
	row.ShareLow, row.ShareHigh = Wilson(row.Share, c.demand.nEffective)
}

func (w *writer) supply(row *model.SkillSupply, c *cellSums, s *skillSums) {
	row.CellKey = c.key
	row.SkillURI = w.skills[s.skill].URI
	row.SupplyUnit = c.supply.unit
	row.CredentialsLocal = s.supply.offers[local]
	row.CredentialsOnline = s.supply.offers[online]
	if s.supply.unstated[local] == 0 {
		row.PlacesLocal = w.int(s.supply.places[local])
	}
	if s.supply.unstated[online] == 0 {
		row.PlacesOnline = w.int(s.supply.places[online])
	}
	row.Share = s.supply.share(&c.supply)
	row.ShareLow, row.ShareHigh = Wilson(row.Share, c.supply.nEffective)
}

// gap sets the two shares beside each other. Without an aligned offer there is
// no supply share, and so no gap, but the skill is uncovered.
func (w *writer) gap(row *model.SkillGap, c *cellSums, s *skillSums) {
	skill := &w.skills[s.skill]
	row.CellKey = c.key
	row.SkillURI = skill.URI
	row.Green, row.Digital = skill.Green, skill.Digital
	row.Transversal, row.LanguageSkill = skill.Transversal, skill.LanguageSkill
	row.DemandShare = s.demand.share(&c.demand)
	row.Uncovered = s.supply.count() == 0
	if c.supply.offers > 0 {
		supplied := s.supply.share(&c.supply)
		low, high := Newcombe(row.DemandShare, c.demand.nEffective, supplied, c.supply.nEffective)
		row.SupplyShare = w.float(supplied)
		row.ShareGap = w.float(row.DemandShare - supplied)
		row.GapLow, row.GapHigh = w.float(low), w.float(high)
		row.LogRatio = w.float(LogRatio(row.DemandShare, supplied))
	}
	if c.key.Period != TwelveMonths {
		return
	}
	row.YearlyOpenings = w.int(s.demand.openings)
	if s.supply.unstated != [2]int32{} {
		return
	}
	// Where none teaches it there is no place: 0 per post.
	row.YearlyPlaces = w.int(s.supply.allPlaces())
	if ratio, ok := PerOpening(s.supply.allPlaces(), s.demand.openings); ok {
		row.PlacesPerOpening = w.float(ratio)
	}
}
