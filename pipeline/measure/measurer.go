package measure

import (
	"fmt"
	"iter"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// The two periods of all measures, as in column period.
const (
	OneMonth     = "1m"  // that month
	TwelveMonths = "12m" // the twelve months that end with it
)

// Window is how many months of postings, itself the last, decide the figures of a
// month.
const Window = 12

// Measurer measures the postings and offers of one [Input].
type Measurer struct {
	options   Options
	skills    []Skill
	postings  []posting // in order of employer
	offers    []offer
	regions   [RegionLevels][]string // codes, ascending
	groupings []grouping
}

// Result holds measures, each slice in order of its dataset's primary key.
type Result struct {
	Cells  []model.Cell
	Demand []model.SkillDemand
	Supply []model.SkillSupply
	Gaps   []model.SkillGap
}

// New prepares an input for measuring. It keeps nothing of in but Skills. An
// input that breaks what is documented on its fields is an error.
func New(in *Input, opts Options) (*Measurer, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, fmt.Errorf("check what is to be measured: %w", err)
	}
	m := &Measurer{options: opts, skills: in.Skills, groupings: groupings()}
	m.index(in)
	m.align(in)
	return m, nil
}

// Month measures the periods that end with month, in the order given: rows come
// in key order where periods do, as in [TwelveMonths], [OneMonth]. Other periods
// have no cells. Safe for concurrent calls.
func (m *Measurer) Month(month model.Date, periods ...string) Result {
	r := m.newRun(month)
	for _, period := range periods {
		for level, region := range r.eachRegion(period) {
			r.measure(level, region)
		}
	}
	return r.rows()
}

// MonthLevel is [Measurer.Month] of one period and one level of regions, 0 to
// [RegionLevels] - 1: what Month returns of a period is what the levels return, one
// after the other. Safe for concurrent calls.
func (m *Measurer) MonthLevel(month model.Date, period string, level int) Result {
	r := m.newRun(month)
	for at, region := range r.eachRegion(period) {
		if at == level {
			r.measure(at, region)
		}
	}
	return r.rows()
}

// Regions is [Measurer.Month] of one period for more rows than memory holds: it
// yields the same rows in the same order, one region after the other, regions
// without a cell left out. Safe for concurrent calls.
func (m *Measurer) Regions(month model.Date, period string) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		r := m.newRun(month)
		for level, region := range r.eachRegion(period) {
			r.sums = sums{cells: r.cells[:0], facts: r.facts[:0]}
			r.measure(level, region)
			if len(r.cells) > 0 && !yield(r.rows()) {
				return
			}
		}
	}
}
