package measure

import (
	"fmt"
	"sync"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Measurer measures the postings and offers of one [Input].
type Measurer struct {
	options   Options
	skills    []Skill
	postings  []posting // in order of employer
	offers    []offer
	regions   [RegionLevels][]string // codes, ascending
	groupings []grouping
	unit      int64     // of weights: so many are one post
	free      sync.Pool // of *run
}

// Result holds measures, each slice in order of its dataset's primary key.
type Result struct {
	Cells  []model.Cell
	Demand []model.SkillDemand
	Supply []model.SkillSupply
	Gaps   []model.SkillGap
}

// New prepares an input for measuring. It keeps nothing of in but the slices of skills
// of offers. An input that breaks what is documented on its fields is an error.
func New(in *Input, opts Options) (*Measurer, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, fmt.Errorf("check what is to be measured: %w", err)
	}
	m := &Measurer{options: opts, skills: in.Skills, groupings: groupings(), unit: 1}
	if in.Calibrated {
		m.unit = WeightUnit
	}
	m.free.New = func() any { return m.newRun() }
	m.index(in)
	m.align(in)
	return m, nil
}

// Month measures the periods that end with month, in the order given: rows come
// in key order where periods do, as in [TwelveMonths], [OneMonth]. For more rows
// than memory holds there is [Period.Region]. Safe for concurrent calls.
func (m *Measurer) Month(month model.Date, periods ...string) Result {
	var all Result
	for _, name := range periods {
		p := m.Period(month, name)
		for level := range RegionLevels {
			for region := range p.Regions(level) {
				for r := range p.Region(level, region) {
					all.Cells, all.Demand = append(all.Cells, r.Cells...), append(all.Demand, r.Demand...)
					all.Supply, all.Gaps = append(all.Supply, r.Supply...), append(all.Gaps, r.Gaps...)
				}
			}
		}
	}
	return all
}
