package outcome

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Names of comparisons.
const (
	participantsComparison = "participants_comparison"
	completersOthers       = "completers_non_completers"
)

// Limits of what is compared: an estimate takes time by the persons it rests on, since
// hundreds of samples are drawn from them.
const (
	mostComparedUnits = 20 // the greatest credentials, beside all
	// Beyond, the interval comes from the influence function: a release makes hundreds
	// of comparisons.
	mostDrawnPersons    = 100
	mostComparedPersons = 2_000 // of each side; of more, every second, third, … in order of what is known of them
)

// untaken is a person who did not take part, coded.
type untaken struct {
	person  int32
	groups  [len(groups)]int32
	indexOn model.Date
	entry   entryValues
}

// entryValues are what is known of a person on entry, beside the groups.
type entryValues struct {
	before, earlier int64 // incomes in hundredths; noMoney where not known
	currency        int32
	major           byte
}

// AddComparison adds persons who did not take part, and would have begun before the release.
func (l *Learners) AddComparison(rows []model.ComparisonPerson) error {
	for i := range rows {
		c := &rows[i]
		if c.IndexOn >= l.basis.Release {
			continue
		}
		person, err := l.person(c.LearnerKey)
		if err != nil {
			return err
		}
		u := untaken{person: person, indexOn: c.IndexOn, entry: entryValues{amount(c.IncomeBefore), amount(c.IncomeEarlier), l.currencies.code(c.Currency), major(c.ISCO08)}}
		for g := range groups {
			u.groups[g] = l.categorise(g, &c.Person)
		}
		l.untaken = append(l.untaken, u)
	}
	return nil
}

// Adjusted is the comparisons of all units: tables of whom they rest on, to be protected,
// then rows.
type Adjusted struct {
	Tables  []*Table
	samples []comparedSample
	release model.Date
}

// comparedSample is a sample with what it is of.
type comparedSample struct {
	kind, code, comparison, indicator string
	at                                horizon
	currency                          string
	sample                            Sample
	table                             *Table
	unit                              int32
	result                            Comparison
}

// Compared compares participants with comparison persons, and completers with those who did not
// complete: all, and of each of the greatest credentials.
func (o *Outcomes) Compared(ctx context.Context, each ForEach) (*Adjusted, error) {
	a := &Adjusted{release: o.l.basis.Release}
	c := newComparer(o)
	for _, unit := range c.units() {
		for _, h := range []horizon{after6, after12, after24} {
			for _, income := range []bool{false, true} {
				for _, s := range []*comparedSample{c.participants(unit, h, income), c.completers(unit, h, income)} {
					if s != nil {
						a.samples = append(a.samples, *s)
					}
				}
			}
		}
	}
	a.count()
	errs := make([]error, len(a.samples))
	err := each(len(a.samples), func(i int) {
		s := &a.samples[i]
		s.sample.thin()
		s.result, errs[i] = Compare(ctx, &s.sample, Options{MostDrawn: mostDrawnPersons})
	})
	for _, e := range errs {
		err = cmp.Or(err, e)
	}
	return a, err
}

// thin keeps at most so many persons of each side, the same whatever their order.
func (s *Sample) thin() {
	sides := [2]int{}
	side := func(p *Person) int {
		if p.Treated {
			return 1
		}
		return 0
	}
	for i := range s.Persons {
		sides[side(&s.Persons[i])]++
	}
	if max(sides[0], sides[1]) <= mostComparedPersons {
		return
	}
	persons := s.ordered()
	var kept []Person
	met := [2]int{}
	for _, p := range persons {
		k := side(p)
		step := (sides[k] + mostComparedPersons - 1) / mostComparedPersons
		if met[k]%step == 0 {
			kept = append(kept, *p)
		}
		met[k]++
	}
	s.Persons = kept
}

// count makes the tables of the persons whom comparisons rest on, by side, and of shares by
// answer: a person of the comparison group stands in many.
func (a *Adjusted) count() {
	type key struct {
		comparison, indicator string
		at                    horizon
	}
	tables := map[key]*Table{}
	for i := range a.samples {
		s := &a.samples[i]
		k := key{s.comparison, s.indicator, s.at}
		t := tables[k]
		if t == nil {
			measure := fmt.Sprintf("compared, %s, %s, %s", s.comparison, s.indicator, s.at)
			side := newDimension("side", false)
			side.code("treated")
			side.code("untreated")
			t = &Table{Name: measure, Measure: measure, Overlapping: []string{"compared"}, Dimensions: []*Dimension{newDimension("compared", false), side, answers("compared answer")}}
			tables[k] = t
			a.Tables = append(a.Tables, t)
		}
		s.table, s.unit = t, t.Dimensions[0].code(s.kind+" "+s.code)
		var n [2][2]int64
		for _, p := range s.sample.Persons {
			row, column := 1, 0
			if p.Treated {
				row = 0
			}
			if s.sample.Measured.Share && p.Outcome == 0 {
				column = 1
			}
			n[row][column]++
		}
		for row := range n {
			for column, name := range []string{yes, no} {
				if n[row][column] > 0 {
					t.Cells = append(t.Cells, Cell{At: []int32{s.unit, int32(row), t.Dimensions[2].codes[name]}, Value: n[row][column]})
				}
			}
		}
	}
}

// AdjustedKey is the number of a comparison.
type AdjustedKey int

// Keys lists the rows of the dataset.
func (a *Adjusted) Keys() []AdjustedKey {
	keys := make([]AdjustedKey, len(a.samples))
	for i := range keys {
		keys[i] = AdjustedKey(i)
	}
	return keys
}

const methodAdjusted = "doubly robust: ridge propensity, calibrated weights and ridge outcome regression; interval by a stratified bootstrap; of more than 100 persons, by the influence function"

// Row makes a row of the dataset from protected figures: where the number of those behind it,
// or of those with an answer, is withheld, nothing is told.
func (a *Adjusted) Row(f *Figures, k AdjustedKey) model.AdjustedComparison {
	s := &a.samples[k]
	c := &s.result
	row := model.AdjustedComparison{
		UnitKind: s.kind, UnitCode: s.code, Horizon: s.at.String(), Indicator: s.indicator, Comparison: s.comparison, Method: methodAdjusted,
		Unit: unitShare, Currency: s.currency, Release: model.Release{ReleasedOn: a.release},
	}
	if !s.sample.Measured.Share {
		row.Unit = unitCurrency
	}
	var sides [2]*int64
	for side := range sides {
		sides[side] = new(int64)
		for _, answer := range []string{yes, no} {
			n := f.value(s.table.Name, []string{s.table.Dimensions[0].Categories[s.unit], s.table.Dimensions[1].Categories[side], answer})
			if n == nil {
				row.Suppressed, row.Rule = true, RuleDisclosure
				return row
			}
			*sides[side] += *n
		}
	}
	row.Treated, row.Untreated = sides[0], sides[1]
	row.DifferenceRaw, row.DifferenceRawLow, row.DifferenceRawHigh = c.Raw.parts()
	row.DifferenceAdjusted, row.DifferenceAdjustedLow, row.DifferenceAdjustedHigh = c.Adjusted.parts()
	row.Change, row.ChangeLow, row.ChangeHigh = c.Change.parts()
	row.VerdictCode, row.Verdict = string(c.Verdict.Code), c.Verdict.Text
	if c.Adjusted == nil {
		return row
	}
	row.Naming = "adjusted difference"
	if s.sample.Contrast == Participants && c.Verdict.Code.Comparable() {
		row.Naming = "estimated effect"
	}
	before, after := 0.0, c.MaxSMD()
	for _, b := range c.Balance {
		before = max(before, math.Abs(b.Before))
	}
	kept := 1 - float64(c.Overlap.TreatedDropped)/float64(c.Treated)
	row.BalanceMaxSMDBefore, row.BalanceMaxSMD, row.Overlap, row.ESS = &before, &after, &kept, &c.Overlap.EffectiveSize
	if c.Sensitivity != nil {
		row.EValue, row.EValueLimit = &c.Sensitivity.EValue, &c.Sensitivity.EValueLimit
	}
	return row
}

func (e *Estimate) parts() (value, low, high *float64) {
	if e == nil {
		return nil, nil, nil
	}
	return &e.Value, &e.Low, &e.High
}

// comparer makes samples.
type comparer struct {
	o        *Outcomes
	followed map[int32][]observation // of comparison persons and participants
	first    map[int32][]int32       // participations of each credential, -1 for all: a person's first
	size     []int64
}

// comparedUnit is a credential, -1 for all.
type comparedUnit struct {
	kind, code string
	credential int32
}

func newComparer(o *Outcomes) *comparer {
	c := &comparer{o: o, followed: map[int32][]observation{}, first: map[int32][]int32{}, size: make([]int64, len(o.l.offers))}
	for _, f := range o.l.followed {
		c.followed[f.person] = append(c.followed[f.person], f)
	}
	type key struct{ person, credential int32 }
	first := map[key]int32{}
	note := func(k key, i int32) {
		if before, met := first[k]; !met || o.l.taken[i].started < o.l.taken[before].started {
			first[k] = i
		}
	}
	for i := range o.l.taken {
		t := &o.l.taken[i]
		c.size[t.credential]++
		note(key{t.person, t.credential}, int32(i))
		note(key{t.person, whole}, int32(i))
	}
	for k, i := range first {
		c.first[k.credential] = append(c.first[k.credential], i)
	}
	return c
}

// units lists all and the greatest credentials.
func (c *comparer) units() []comparedUnit {
	units := []comparedUnit{{unitAll, model.Total, whole}}
	for i, n := range c.size {
		if n >= 2*MinPersons {
			units = append(units, comparedUnit{unitCredential, c.o.offer.name(int32(i)), int32(i)})
		}
	}
	slices.SortFunc(units[1:], func(a, b comparedUnit) int {
		return cmp.Or(cmp.Compare(c.size[b.credential], c.size[a.credential]), cmp.Compare(a.code, b.code))
	})
	return units[:min(len(units), mostComparedUnits+1)]
}

// sinceStart are horizons after the (would-be) start, and how far from them an observation may
// lie: follow-ups are planned from the day of leaving.
var sinceStart = [...]struct{ at, within float64 }{after6: {6, 3}, after12: {12, 3}, after24: {24, 6}}

// outcomeSince returns what is known of a person at a horizon after a start: of observations the
// nearest; NaN where none tells it. Months after leaving are counted from the day of leaving.
func (c *comparer) outcomeSince(person int32, start, left model.Date, names []int32, h horizon, income bool) float64 {
	best, value := math.Inf(1), math.NaN()
	for i := range c.followed[person] {
		o := &c.followed[person][i]
		if o.name >= 0 && names != nil && !slices.Contains(names, o.name) {
			continue
		}
		on := o.on
		if on == 0 {
			on = later(left, int(o.months))
		}
		v := c.value(o, income)
		d := math.Abs(float64(on-start)/daysOfMonth - sinceStart[h].at)
		if !math.IsNaN(v) && d <= sinceStart[h].within && d < best {
			best, value = d, v
		}
	}
	return value
}

// value is the status in employment of an observation, or its income.
func (c *comparer) value(o *observation, income bool) float64 {
	switch {
	case income && (o.income == noMoney || o.currency != c.o.l.incomeIn):
		return math.NaN()
	case income:
		return float64(o.income) / 100
	case o.status == stateNotKnown:
		return math.NaN()
	case o.status == stateEmployed:
		return 1
	}
	return 0
}

// participants sets those of a unit against the comparison persons; nil where one side has
// nobody whose outcome is known.
func (c *comparer) participants(u comparedUnit, h horizon, income bool) *comparedSample {
	l := c.o.l
	s := c.sample(u, h, income, Participants, participantsComparison)
	for _, i := range c.first[u.credential] {
		t := &l.taken[i]
		names := []int32{t.name}
		if u.credential == whole {
			names = nil
		}
		if v := c.outcomeSince(t.person, t.started, cmp.Or(t.ended, t.started), names, h, income); later(t.started, int(horizonMonths[h].at)) < l.basis.Release {
			c.add(s, true, v, t.groups, entryValues{t.before, t.earlier, t.incomeCurrency, t.major}, income)
		}
	}
	for i := range l.untaken {
		t := &l.untaken[i]
		if v := c.outcomeSince(t.person, t.indexOn, t.indexOn, nil, h, income); later(t.indexOn, int(horizonMonths[h].at)) < l.basis.Release {
			c.add(s, false, v, t.groups, t.entry, income)
		}
	}
	return s.orNil()
}

// completers sets those of a unit who completed against those who did not, after leaving.
func (c *comparer) completers(u comparedUnit, h horizon, income bool) *comparedSample {
	l, o := c.o.l, c.o
	s := c.sample(u, h, income, Completers, completersOthers)
	last := map[int32]int32{} // spell of each person
	for _, i := range o.mature[h.String()] {
		sp := &o.spells[i]
		t := &l.taken[sp.first]
		if sp.result == resultOpen || u.credential != whole && t.credential != u.credential {
			continue
		}
		if before, met := last[t.person]; !met || o.spells[before].exit < sp.exit {
			last[t.person] = i
		}
	}
	for _, i := range last {
		sp := &o.spells[i]
		t := &l.taken[sp.first]
		at := &o.seen[h][i]
		v := c.value(&observation{status: at.status, income: at.income, currency: at.currency}, income)
		c.add(s, sp.result >= resultCompleted, v, t.groups, entryValues{t.before, t.earlier, t.incomeCurrency, t.major}, income)
	}
	return s.orNil()
}

func (c *comparer) sample(u comparedUnit, h horizon, income bool, contrast Contrast, comparison string) *comparedSample {
	s := &comparedSample{kind: u.kind, code: u.code, comparison: comparison, at: h, indicator: employed}
	since := "after leaving"
	if contrast == Participants {
		since = "after the start"
	}
	s.sample = Sample{Contrast: contrast, Measured: Measured{Name: fmt.Sprintf("employment %.0f months %s", horizonMonths[h].at, since), Share: true}}
	if income {
		s.indicator, s.currency = "income", c.o.l.currencyName(c.o.l.incomeIn)
		s.sample.Measured = Measured{Name: fmt.Sprintf("income %.0f months %s", horizonMonths[h].at, since), Unit: s.currency + " a month"}
		s.sample.Numeric = []string{"income in an earlier period"}
	} else {
		s.sample.Numeric = []string{"income before", "income in an earlier period"}
	}
	for g := range groups {
		s.sample.Categorical = append(s.sample.Categorical, groups[g].name)
	}
	s.sample.Categorical = append(s.sample.Categorical, "occupation before")
	return s
}

// add adds a person whose outcome is known.
func (c *comparer) add(s *comparedSample, treated bool, outcome float64, of [len(groups)]int32, entry entryValues, income bool) {
	if math.IsNaN(outcome) {
		return
	}
	p := Person{Treated: treated, Outcome: outcome, Before: math.NaN()}
	money := func(v int64) float64 {
		if v == noMoney || entry.currency != c.o.l.incomeIn {
			return math.NaN()
		}
		return float64(v) / 100
	}
	if p.Numeric = []float64{money(entry.earlier)}; income {
		p.Before = money(entry.before)
	} else {
		p.Numeric = []float64{money(entry.before), money(entry.earlier)}
	}
	for g := range groups {
		name := c.o.l.groups[g].Categories[of[g]]
		if name == NotKnown {
			name = ""
		}
		p.Categories = append(p.Categories, name)
	}
	occupation := ""
	if entry.major != 0 {
		occupation = string(rune(entry.major))
	}
	p.Categories = append(p.Categories, occupation)
	s.sample.Persons = append(s.sample.Persons, p)
}

// orNil returns a sample both of whose sides have somebody.
func (s *comparedSample) orNil() *comparedSample {
	treated := 0
	for i := range s.sample.Persons {
		if s.sample.Persons[i].Treated {
			treated++
		}
	}
	if treated == 0 || treated == len(s.sample.Persons) {
		return nil
	}
	return s
}
