package outcome

import (
	"cmp"
	"context"
	"math"

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

// Adjusted is the comparisons of all units: tables of whom they rest on, to be protected,
// then rows.
type Adjusted struct {
	Tables    []*Table
	samples   []comparedSample
	release   model.Date
	threshold int64
}

// comparedSample is a sample with what it is of.
type comparedSample struct {
	kind, code, comparison, indicator string
	at                                horizon
	currency                          string
	income                            bool
	people                            []comparedPerson
	counts                            [2][2]int64 // of people, by side and answer
	sample                            Sample
	table                             *Table // nil where no figure can be told
	unit                              int32
	result                            Comparison
}

// Compared compares participants with comparison persons, and completers with those who did not
// complete: all, and of each of the greatest credentials.
func (o *Outcomes) Compared(ctx context.Context, each ForEach) (*Adjusted, error) {
	a := &Adjusted{release: o.l.basis.Release, threshold: o.l.basis.Threshold}
	c := newComparer(o)
	var asked []func() *comparedSample
	for _, unit := range c.units() {
		for _, h := range []horizon{after6, after12, after24} {
			for _, income := range []bool{false, true} {
				asked = append(asked, func() *comparedSample { return c.participants(unit, h, income) }, func() *comparedSample { return c.completers(unit, h, income) })
			}
		}
	}
	samples := make([]*comparedSample, len(asked))
	errs := make([]error, len(asked))
	err := each(len(asked), func(i int) { // a sample of all holds millions: it is made, and let go, beside few others
		s := asked[i]()
		if s == nil {
			return
		}
		samples[i] = s
		if !carried(s.counts, a.threshold) {
			s.people = nil
			return
		}
		s.sample.Persons, s.people = c.thinned(s), nil
		s.result, errs[i] = Compare(ctx, &s.sample, Options{MostDrawn: mostDrawnPersons})
		s.sample.Persons = nil
	})
	for i, s := range samples {
		err = cmp.Or(err, errs[i])
		if s != nil {
			a.samples = append(a.samples, *s)
		}
	}
	a.count()
	return a, err
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
	if s.table == nil {
		row.Suppressed, row.Rule = true, RuleDisclosure
		return row
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
