package measure

import (
	"iter"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// run is the measuring of one month: it belongs to one goroutine.
type run struct {
	*Measurer
	month  model.Date // first day of the month
	last   model.Date // last day of the month and of every period
	period string     // at hand
	first  model.Date // first day of that period

	demand demand // of the cell at hand
	supply supply
	sums
}

// sums is what has been measured of the cells to be written: all that their
// rows are computed from.
type sums struct {
	cells []cellSums
	facts []skillSums // of the skills to be written, one cell after the other
}

type cellSums struct {
	key      model.CellKey
	demand   demandBase
	supply   supplyBase
	coverage *float64
	leftOut  int32
	facts    int // skills to be written
}

type skillSums struct {
	skill  int32
	demand asked
	supply taught
}

func (m *Measurer) newRun(month model.Date) *run {
	r := &run{Measurer: m, month: month.Month(), last: month.MonthEnd()}
	r.demand.bySkill = make([]asked, len(m.skills))
	r.supply.bySkill = make([]taught, len(m.skills))
	return r
}

// place is a region and its postings of the period.
type place struct {
	region   int32
	postings []int32
}

// eachRegion turns to a period, and yields the regions of each level in order
// of code.
func (r *run) eachRegion(period string) iter.Seq2[int, place] {
	r.period = period
	switch period {
	case TwelveMonths:
		r.first = r.month.AddMonths(-11)
	case OneMonth:
		r.first = r.month
	default: // an empty span
		r.first = r.last + 1
	}
	var inPeriod []int32
	for i := range r.postings {
		if p := &r.postings[i]; r.first <= p.month && p.month <= r.month {
			inPeriod = append(inPeriod, int32(i))
		}
	}
	return func(yield func(int, place) bool) {
		for level, codes := range r.regions {
			order, starts := bucket(inPeriod, len(codes), func(i int32) int32 { return r.postings[i].regions[level] })
			for region := range codes {
				if !yield(level, place{int32(region), order[starts[region]:starts[region+1]]}) {
					return
				}
			}
		}
	}
}

// bucketed is a cell to be measured.
type bucketed struct {
	key      model.CellKey
	base     demandBase
	postings []int32
	aligned  []int32
}

// measure adds up all cells of a region.
func (r *run) measure(level int, at place) {
	cells := r.buckets(level, at)
	slices.SortFunc(cells, func(a, b bucketed) int { return a.key.Compare(&b.key) })
	for i := range cells {
		c := &cells[i]
		r.demand.measure(r.postings, c.postings, r.last)
		r.supply.measure(r, c.aligned, level, at.region)
		r.keep(c)
	}
}

// buckets divides the postings of a region into the cells to be written.
func (r *run) buckets(level int, at place) []bucketed {
	var cells []bucketed
	if float64(len(at.postings)) < r.options.MinCell { // no effective size exceeds it
		return nil
	}
	for i := range r.groupings {
		g := &r.groupings[i]
		if level >= g.regionLevels {
			continue
		}
		order, starts := bucket(at.postings, len(g.codes), func(p int32) int32 { return r.postings[p].groups[i] })
		for k, code := range g.codes {
			c := bucketed{postings: order[starts[k]:starts[k+1]], aligned: g.aligned[k]}
			c.base = demandBaseOf(r.postings, c.postings)
			if c.base.nEffective < r.options.MinCell {
				continue
			}
			c.key = g.key(code)
			c.key.Month, c.key.Period = r.month, r.period
			c.key.RegionCode, c.key.RegionLevel = r.regions[level][at.region], int32(level)
			cells = append(cells, c)
		}
	}
	return cells
}

// keep appends to the sums what demand and supply hold of the cell.
func (r *run) keep(c *bucketed) {
	touched := slices.Clone(r.demand.found)
	for _, s := range r.supply.found {
		if r.demand.bySkill[s].vacancies == 0 {
			touched = append(touched, s)
		}
	}
	slices.Sort(touched) // skills are in order of URI
	cell := cellSums{key: c.key, demand: c.base, supply: r.supply.supplyBase, coverage: r.coverage(c, touched)}
	if cap(r.facts)-len(r.facts) < len(touched) { // doubled: they are millions
		r.facts = slices.Grow(r.facts, max(len(r.facts), len(touched)))
	}
	for _, s := range touched {
		d, t := &r.demand.bySkill[s], &r.supply.bySkill[s]
		if int(d.vacancies) < r.options.MinLinks && t.count() == 0 {
			cell.leftOut++
			continue
		}
		r.facts = append(r.facts, skillSums{s, *d, *t})
		cell.facts++
	}
	r.cells = append(r.cells, cell)
}

// coverage is nil where there is no demand or no aligned offer. It is over all
// skills, also those not written.
func (r *run) coverage(c *bucketed, touched []int32) *float64 {
	if r.supply.offers == 0 {
		return nil
	}
	demand, supply := make([]float64, len(touched)), make([]float64, len(touched))
	for i, s := range touched {
		demand[i], supply[i] = r.demand.bySkill[s].share(&c.base), r.supply.bySkill[s].share(&r.supply.supplyBase)
	}
	if coverage, ok := Coverage(demand, supply); ok {
		return &coverage
	}
	return nil
}
