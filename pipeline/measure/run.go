package measure

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// run measures one region after the other: it belongs to one goroutine at a time.
type run struct {
	*Period
	level  int
	region int32

	demand demand // of the cell at hand
	supply supply
	// asking counts, by grouping and skill, the cells of the region that ask for the
	// skill; cellsOf counts the cells.
	asking    [][]int32
	cellsOf   []int
	quantiles [1001]float64 // of Student's t, by degrees of freedom; 0 where not needed yet
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
	at       cellOf
	sample   *posting // of the cell: the wider cells that hold it
	demand   demandBase
	supply   supplyBase
	coverage *float64
	leftOut  int32
	facts    int // skills to be written
}

type skillSums struct {
	skill    int32
	compared bool // growth is told
	demand   asked
	supply   taught
	growth   Growth
}

func (m *Measurer) newRun() *run {
	r := &run{asking: make([][]int32, len(m.groupings)), cellsOf: make([]int, len(m.groupings))}
	r.demand.bySkill = make([]tally, len(m.skills))
	r.supply.bySkill = make([]taught, len(m.skills))
	for g := range r.asking {
		r.asking[g] = make([]int32, len(m.skills))
	}
	return r
}

// reset turns to a region.
func (r *run) reset(p *Period, level int, region int32) {
	r.Period, r.level, r.region = p, level, region
	r.sums = sums{cells: r.cells[:0], facts: r.facts[:0]}
	for g := range r.asking {
		clear(r.asking[g])
		r.cellsOf[g] = 0
	}
}

// bucketed is a cell to be measured.
type bucketed struct {
	key      model.CellKey
	at       cellOf
	base     demandBase
	postings []int32
	aligned  []int32
}

// measure adds up all cells of the region.
func (r *run) measure() {
	cells := r.buckets(r.places[r.level].at(int(r.region)))
	slices.SortFunc(cells, func(a, b bucketed) int { return a.key.Compare(&b.key) })
	for i := range cells {
		c := &cells[i]
		r.demand.measure(r.Period, c.postings)
		r.supply.measure(r.Period, c.aligned, r.level, r.region)
		r.keep(c)
	}
}

// buckets divides the postings of the region into the cells to be written.
func (r *run) buckets(postings []int32) []bucketed {
	var cells []bucketed
	if float64(len(postings)) < r.options.MinCell { // no effective size exceeds it
		return nil
	}
	for i := range r.groupings {
		g := &r.groupings[i]
		if r.level >= g.regionLevels {
			continue
		}
		order, starts := bucket(postings, len(g.codes), func(p int32) int32 { return r.postings[p].groups[i] })
		for k, code := range g.codes {
			c := bucketed{at: cellOf{i, int32(k)}, postings: order[starts[k]:starts[k+1]], aligned: g.aligned[k]}
			if float64(len(c.postings)) < r.options.MinCell {
				continue
			}
			c.base = demandBaseOf(r.postings, c.postings, r.first)
			if c.base.nEffective < r.options.MinCell {
				continue
			}
			c.key = g.key(code)
			c.key.Month, c.key.Period = r.month, r.name
			c.key.RegionCode, c.key.RegionLevel = r.regions[r.level][r.region], int32(r.level)
			cells = append(cells, c)
		}
	}
	return cells
}

// keep appends to the sums what demand and supply hold of the cell.
func (r *run) keep(c *bucketed) {
	touched := slices.Clone(r.demand.found)
	for _, s := range r.supply.found {
		if r.demand.bySkill[s].cluster == 0 {
			touched = append(touched, s)
		}
	}
	slices.Sort(touched) // skills are in order of URI
	cell := cellSums{
		key: c.key, at: c.at, sample: r.sample(c),
		demand: c.base, supply: r.supply.supplyBase, coverage: r.coverage(c, touched),
	}
	if cap(r.facts)-len(r.facts) < len(touched) { // doubled: they are many
		r.facts = slices.Grow(r.facts, max(len(r.facts), len(touched)))
	}
	for _, s := range touched {
		d, t := &r.demand.bySkill[s], &r.supply.bySkill[s]
		if d.vacancies > 0 {
			r.asking[c.at.grouping][s]++
		}
		f := skillSums{skill: s, demand: d.asked, supply: *t}
		if r.before < r.first {
			f.growth, f.compared = r.growth(&cell.demand, d)
		}
		// Whether growth is told depends on both windows together, so that what is
		// hardly asked any more is not kept from being called declining.
		if int(d.vacancies) < r.options.MinLinks && t.count() == 0 && !f.compared {
			if d.vacancies > 0 {
				cell.leftOut++
			}
			continue
		}
		r.facts = append(r.facts, f)
		cell.facts++
	}
	r.cellsOf[c.at.grouping]++
	r.cells = append(r.cells, cell)
	r.share(c, touched)
}

// sample returns a posting that tells which wider cells hold the cell. All postings
// of a cell agree, but feeds may state an ESCO occupation and another group than its
// own: then the first group counts.
func (r *run) sample(c *bucketed) *posting {
	first := &r.postings[c.postings[0]]
	wider := r.groupings[c.at.grouping].parent
	if wider < 0 {
		return first
	}
	for _, i := range c.postings {
		if p := &r.postings[i]; uint32(p.groups[wider]) < uint32(first.groups[wider]) { // unknown comes last
			first = p
		}
	}
	return first
}

// share keeps the demand shares of a cell for the narrower ones.
func (r *run) share(c *bucketed, touched []int32) {
	if r.level == RegionLevels-1 || !r.groupings[c.at.grouping].wider {
		return
	}
	var s shares
	for _, skill := range touched {
		if d := &r.demand.bySkill[skill]; d.weighted > 0 {
			s.skills, s.shares = append(s.skills, skill), append(s.shares, d.share(&c.base))
		}
	}
	if r.shares[r.level][r.region] == nil {
		r.shares[r.level][r.region] = map[cellOf]shares{}
	}
	r.shares[r.level][r.region][c.at] = s
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
