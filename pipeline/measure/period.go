package measure

import (
	"iter"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// The two periods of all measures, as in column period.
const (
	OneMonth     = "1m"  // that month
	TwelveMonths = "12m" // the twelve months that end with it
)

// Window is how many months of postings, itself the last, decide the figures of a
// month: twelve, and the twelve before with which they are compared.
const Window = 24

// Period is a month's period, to be measured region by region.
type Period struct {
	*Measurer
	month  model.Date // first day of the month
	name   string
	first  model.Date // first day of the period
	before model.Date // first day of the window before; first where there is none
	last   model.Date // last day of the month and of the period
	places [RegionLevels]buckets
	// shares holds, for each region measured, the demand shares to which those of
	// narrower cells are set in relation.
	shares [RegionLevels][]map[cellOf]shares
}

// buckets are postings by key: bucket k is order[starts[k]:starts[k+1]].
type buckets struct{ order, starts []int32 }

func (b *buckets) at(k int) []int32 { return b.order[b.starts[k]:b.starts[k+1]] }

// cellOf is a cell within its region.
type cellOf struct {
	grouping int
	code     int32
}

// shares are the demand shares of a cell, by skill in ascending order.
type shares struct {
	skills []int32
	shares []float64
}

// of returns the share of a skill, 0 where it is not asked for.
func (s *shares) of(skill int32) float64 {
	if at, found := slices.BinarySearch(s.skills, skill); found {
		return s.shares[at]
	}
	return 0
}

// Period turns to a period that ends with month. Other periods than the two have no
// cells.
func (m *Measurer) Period(month model.Date, name string) *Period {
	p := &Period{Measurer: m, month: month.Month(), name: name, last: month.MonthEnd()}
	switch name {
	case TwelveMonths:
		p.first, p.before = p.month.AddMonths(-11), p.month.AddMonths(-23)
	case OneMonth:
		p.first, p.before = p.month, p.month
	default: // an empty span
		p.first, p.before = p.last+1, p.last+1
	}
	var within []int32
	for i := range m.postings {
		if at := &m.postings[i]; p.before <= at.month && at.month <= p.month {
			within = append(within, int32(i))
		}
	}
	for level, codes := range m.regions {
		p.places[level].order, p.places[level].starts = bucket(within, len(codes), func(i int32) int32 { return m.postings[i].regions[level] })
		p.shares[level] = make([]map[cellOf]shares, len(codes))
	}
	return p
}

// Regions returns the number of regions of a level, 0 to [RegionLevels] - 1.
func (p *Period) Regions(level int) int { return len(p.regions[level]) }

// Region measures a region of a level, the regions being in order of code. All
// regions of a level come after those of the levels before, since shares refer to
// wider regions; those of one level may be measured concurrently. What it returns
// yields the region's rows, some cells at a time, and must be ranged over once. The
// rows of one region after the other, level after level, are in order of their
// datasets' keys.
func (p *Period) Region(level, region int) iter.Seq[Result] {
	r := p.free.Get().(*run)
	r.reset(p, level, int32(region))
	r.measure()
	return func(yield func(Result) bool) {
		defer p.free.Put(r)
		r.pieces()(yield)
	}
}

// parent returns the shares of the cell to which a cell's are drawn: that of the
// next wider region, in a country that of the next wider group of occupations. Cells
// that are not published are passed over; nil where none is left.
func (p *Period) parent(level int, region int32, at cellOf, sample *posting) *shares {
	for wider := level - 1; wider >= 0; wider-- {
		if s, ok := p.shares[wider][sample.regions[wider]][at]; ok {
			return &s
		}
	}
	country := region
	if level > 0 {
		country = sample.regions[0]
	}
	if country < 0 {
		return nil
	}
	for wider := p.groupings[at.grouping].parent; wider >= 0; wider = p.groupings[wider].parent {
		code := sample.groups[wider]
		if code < 0 {
			continue
		}
		if s, ok := p.shares[0][country][cellOf{wider, code}]; ok {
			return &s
		}
	}
	return nil
}

// national returns the shares of the country's cell of the same occupations, nil
// for a country.
func (p *Period) national(level int, at cellOf, sample *posting) *shares {
	if level == 0 || sample.regions[0] < 0 {
		return nil
	}
	if s, ok := p.shares[0][sample.regions[0]][at]; ok {
		return &s
	}
	return nil
}
