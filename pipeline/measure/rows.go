package measure

import (
	"iter"
	"math"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// pieceRows is how many skill rows of a region are computed at once, and a cell more:
// a country has hundreds of thousands.
const pieceRows = 1 << 15

// pieces computes the rows of all sums, some cells at a time.
func (r *run) pieces() iter.Seq[Result] {
	return func(yield func(Result) bool) {
		facts := r.facts
		for first := 0; first < len(r.cells); {
			last, n := first, 0
			for last < len(r.cells) && n < pieceRows {
				n += r.cells[last].facts
				last++
			}
			if !yield(r.rows(r.cells[first:last], facts[:n])) {
				return
			}
			first, facts = last, facts[n:]
		}
	}
}

// rows computes the rows of cells and of their skills. They are filled in where they
// will stay: a night has millions of them.
func (r *run) rows(cells []cellSums, facts []skillSums) Result {
	supplied, compared := 0, 0
	for i := range cells {
		c := &cells[i]
		if c.supply.offers > 0 {
			supplied += c.facts
		}
		if !c.sector() {
			compared += c.facts
		}
	}
	n := len(facts)
	out := Result{make([]model.Cell, len(cells)), make([]model.SkillDemand, n), make([]model.SkillSupply, 0, supplied), make([]model.SkillGap, 0, compared)}
	w := writer{run: r, floats: make([]float64, 0, 14*n+len(cells)), ints: make([]int64, 0, 2*supplied), ranks: make([]int32, 0, 3*compared)}
	next := 0
	for i := range cells {
		c := &cells[i]
		w.row(&out.Cells[i], c)
		w.turn(c, facts[next:next+c.facts])
		for end := next + c.facts; next < end; next++ {
			s := &facts[next]
			w.demand(&out.Demand[next], c, s)
			if !c.sector() {
				out.Gaps = append(out.Gaps, model.SkillGap{})
				w.gap(&out.Gaps[len(out.Gaps)-1], c, s)
			}
			if c.supply.offers > 0 { // also where none teaches it: a share of 0 has an interval
				out.Supply = append(out.Supply, model.SkillSupply{})
				w.supply(&out.Supply[len(out.Supply)-1], c, s)
			}
			w.at++
		}
	}
	return out
}

// sector tells whether the cell is of a sector: it has demand, but no training is
// for a sector, and so neither supply nor gap.
func (c *cellSums) sector() bool { return c.key.NACESection != model.Total }

func (w *writer) row(row *model.Cell, c *cellSums) {
	b := &c.demand
	*row = model.Cell{
		CellKey:           c.key,
		NEffective:        b.nEffective,
		Vacancies:         b.vacancies,
		Openings:          b.openings,
		DemandBase:        float64(b.weight) / float64(w.unit),
		AnyDigital:        Share(b.digital, b.weight*Certain),
		AnyGreen:          Share(b.green, b.weight*Certain),
		Coverage:          c.coverage,
		SkillsLeftOut:     c.leftOut,
		SupplyCredentials: c.supply.offers,
		SupplyBase:        float64(c.supply.amount),
		SupplyNEffective:  c.supply.nEffective,
	}
	row.AnyDigitalLow, row.AnyDigitalHigh = model.Wilson(row.AnyDigital, b.nEffective)
	row.AnyGreenLow, row.AnyGreenHigh = model.Wilson(row.AnyGreen, b.nEffective)
	if w.unit != 1 {
		row.Calibrated = w.float(Share(b.official, b.openings))
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
	ranks  []int32

	// Of the cell at hand:
	at       int // place of its skill at hand
	moved    []bool
	sets     []RankSet
	parent   *shares
	national *shares
}

// Values of optional flags.
var yes, no = true, false

func flag(value bool) *bool {
	if value {
		return &yes
	}
	return &no
}

func (w *writer) float(value float64) *float64 {
	w.floats = append(w.floats, value)
	return &w.floats[len(w.floats)-1]
}

func (w *writer) int(value int64) *int64 {
	w.ints = append(w.ints, value)
	return &w.ints[len(w.ints)-1]
}

func (w *writer) rank(value int32) *int32 {
	w.ranks = append(w.ranks, value)
	return &w.ranks[len(w.ranks)-1]
}

// falseDiscoveries is the part of the skills called emerging or declining that may
// be neither.
const falseDiscoveries = 0.05

// turn computes what is of all skills of a cell together: which of them grew or fell,
// and their ranks.
func (w *writer) turn(c *cellSums, facts []skillSums) {
	w.at = 0
	w.parent = w.Period.parent(w.level, w.region, c.at, c.sample)
	w.national = w.Period.national(w.level, c.at, c.sample)
	p := make([]float64, len(facts))
	for i := range facts {
		p[i] = math.NaN()
		if facts[i].compared {
			p[i] = facts[i].growth.P
		}
	}
	w.moved = BenjaminiHochberg(p, falseDiscoveries)
	w.sets = w.sets[:0]
	if c.supply.offers == 0 || c.sector() {
		return
	}
	quantile := together(len(facts))
	spans := make([]Span, len(facts))
	for i := range facts {
		spans[i].Low, spans[i].High = model.NewcombeAt(facts[i].demand.share(&c.demand), c.demand.nEffective,
			facts[i].supply.share(&c.supply), c.supply.nEffective, quantile)
	}
	w.sets = RankSets(spans)
}

func (w *writer) demand(row *model.SkillDemand, c *cellSums, s *skillSums) {
	d := &s.demand
	row.CellKey = c.key
	row.SkillURI = w.skills[s.skill].URI
	row.Vacancies = d.vacancies
	row.Openings = d.openings
	row.OpenStock = d.stock
	row.Employers = d.employers
	row.Weighted = w.posts(d.weighted)
	row.NEffective = c.demand.nEffective
	row.Share = d.share(&c.demand)
	row.ShareLow, row.ShareHigh = model.Wilson(row.Share, c.demand.nEffective)
	if w.parent != nil {
		row.ShareShrunk = w.float(Shrunk(row.Share, c.demand.nEffective, w.parent.of(s.skill), w.options.MinCell))
	}
	if recall := w.options.Recall; recall.Of > 0 {
		share, low, high := Corrected(d.weighted-d.linked, d.linked, c.demand.weight*Certain, c.demand.nEffective, recall)
		row.ShareCorrected, row.CorrectedLow, row.CorrectedHigh = w.float(share), w.float(low), w.float(high)
	}
	if s.growth.HasRatio {
		row.Growth12m = w.float(s.growth.Ratio)
		row.GrowthLow, row.GrowthHigh = w.float(s.growth.Low), w.float(s.growth.High)
	}
	if dominated, known := d.dominated(); known {
		row.OneEmployerDominant = flag(dominated)
	}
}

// posts returns a sum of weight x probability in posts.
func (w *writer) posts(weighted int64) float64 { return float64(weighted) / float64(w.unit*Certain) }

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
	row.ShareLow, row.ShareHigh = model.Wilson(row.Share, c.supply.nEffective)
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
		low, high := model.Newcombe(row.DemandShare, c.demand.nEffective, supplied, c.supply.nEffective)
		row.SupplyShare = w.float(supplied)
		row.ShareGap = w.float(row.DemandShare - supplied)
		row.GapLow, row.GapHigh = w.float(low), w.float(high)
		row.LogRatio = w.float(LogRatio(row.DemandShare, supplied))
	}
	if w.national != nil {
		if quotient, ok := LocationQuotient(row.DemandShare, w.national.of(s.skill)); ok {
			row.LocationQuotient = w.float(quotient)
		}
	}
	g := c.at.grouping
	row.Specificity = w.float(Specificity(row.DemandShare, w.cellsOf[g], int(w.asking[g][s.skill])))
	if s.compared {
		row.Emerging = flag(w.moved[w.at] && s.growth.beyond())
		row.Declining = flag(w.moved[w.at] && s.growth.below())
	}
	if len(w.sets) > 0 {
		set := w.sets[w.at]
		row.RankLow, row.RankHigh, row.Tier = w.rank(set.Low), w.rank(set.High), w.rank(set.Tier)
	}
	if c.key.Period == TwelveMonths {
		w.yearly(row, s)
	}
}

// yearly sets the places of a year beside its posts. Where none teaches the skill
// there is no place: 0 per post.
func (w *writer) yearly(row *model.SkillGap, s *skillSums) {
	openings := w.posts(s.demand.weighted)
	row.YearlyOpenings = w.float(openings)
	if s.supply.unstated != [2]int32{} {
		return
	}
	places := float64(s.supply.placesWeighted) / Certain
	row.YearlyPlaces = w.float(places)
	if ratio, ok := PerOpening(places, openings); ok {
		row.PlacesPerOpening = w.float(ratio)
	}
}
