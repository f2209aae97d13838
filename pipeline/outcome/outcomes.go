package outcome

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Outcomes is what became of leavers: tables to be protected, then rows.
type Outcomes struct {
	*outcomePlan
	Tables  []*Table
	LeftOut int
	medians map[*Table]map[uint64]float64
}

// Outcomes counts what became of those who left.
func (l *Learners) Outcomes(each ForEach) (*Outcomes, error) {
	o := &Outcomes{outcomePlan: newOutcomePlan(l)}
	o.LeftOut = o.leftOut
	o.Tables = make([]*Table, len(o.tables))
	medians := make([]map[uint64]float64, len(o.tables))
	o.offer.settle(o.tables)
	err := each(len(o.tables), func(i int) {
		t := &o.tables[i]
		o.Tables[i] = t.count(o.offer, l.credential)
		if t.asked != nil && t.asked.median {
			medians[i] = o.mediansOf(t)
		}
	})
	o.medians = map[*Table]map[uint64]float64{}
	for i, m := range medians {
		if m != nil {
			o.medians[o.Tables[i]] = m
		}
	}
	o.release()
	return o, err
}

// mediansOf returns the medians of a table's cells but for its answer, by packed key: rows
// are gone through in order of their amounts, and the middle one of each cell is noted.
func (o *Outcomes) mediansOf(t *tabulation) map[uint64]float64 {
	columns := t.columns
	if t.least >= 0 {
		regrouped := *t
		regrouped.amount = t.asked.amount
		columns, _ = regrouped.regrouped(o.offer, o.l.credential)
	}
	amount, stated := t.asked.amount, t.asked.stated
	type cell struct {
		n, met    int
		low, high int64
	}
	cells := map[uint64]*cell{}
	up := newClimb(columns)
	parts := leaves(stated, columns, func(*[]*cell, int32) {})
	for key, of := range parts {
		for _, packed := range up.from(key) {
			if cells[packed] == nil {
				cells[packed] = &cell{}
			}
			*of = append(*of, cells[packed])
		}
	}
	strides, _ := radix(columns, 0)
	of := make([][]*cell, len(stated))
	for place, row := range stated {
		key := uint64(0)
		for i := range columns {
			key += uint64(columns[i].codes[row]) * strides[i]
		}
		of[place] = *parts[key]
		for _, c := range of[place] {
			c.n++
		}
	}
	for place, row := range stated {
		for _, c := range of[place] {
			if c.met == (c.n-1)/2 {
				c.low = amount[row]
			}
			if c.met == c.n/2 {
				c.high = amount[row]
			}
			c.met++
		}
	}
	medians := make(map[uint64]float64, len(cells))
	for key, of := range cells {
		medians[key] = float64(of.low+of.high) / 200
	}
	return medians
}

// Key says of whom, and of which indicator, a row of outcomes is.
type Key struct {
	rowKey
	asked  *asked
	of     *indicator
	counts place
	sums   place
	priced place // who is in work, by whether the price is stated
	paid   place
}

// slot is where the figures of a table go.
func (k *Key) slot(t *Table) *place {
	switch r := &t.roles; {
	case r.cost && r.sums:
		return &k.paid
	case r.cost:
		return &k.priced
	case r.sums:
		return &k.sums
	}
	return &k.counts
}

// Keys lists the rows of the dataset.
func (o *Outcomes) Keys() []Key {
	type id struct {
		rowKey
		asked *asked
		of    *indicator
	}
	found := map[id]*Key{}
	var order []*Key
	for _, t := range o.Tables {
		a := t.roles.asked
		if a == nil {
			continue
		}
		o.places(t, func(k rowKey, at place) {
			for i := range a.indicators {
				of := &a.indicators[i]
				k, ok := k.on(of.entry)
				if !ok {
					continue
				}
				key := found[id{k, a, of}]
				if key == nil {
					key = &Key{rowKey: k, asked: a, of: of}
					found[id{k, a, of}] = key
					order = append(order, key)
				}
				if slot := key.slot(t); slot.table == nil || slot.table.roles.completion < 0 && t.roles.completion >= 0 {
					*slot = at
				}
			}
		})
	}
	keys := make([]Key, 0, len(order))
	for _, k := range order {
		if k.counts.table != nil {
			keys = append(keys, *k)
		}
	}
	slices.SortFunc(keys, func(a, b Key) int {
		return cmp.Or(a.Compare(&b.LearnerGroup), cmp.Compare(a.time, b.time), cmp.Compare(a.asked.at, b.asked.at), cmp.Compare(a.of.name, b.of.name))
	})
	return keys
}

// on takes the status on entry that is the base of an indicator out of a row's groups; ok is
// false for the rows of another base.
func (k rowKey) on(entry string) (rowKey, bool) {
	if entry == "" {
		return k, true
	}
	names, categories := strings.Split(k.Breakdown, " x "), strings.Split(k.Category, " x ")
	at := slices.Index(names, employment)
	if at < 0 || len(names) != len(categories) || categories[at] != entry {
		return k, false
	}
	names, categories = slices.Delete(names, at, at+1), slices.Delete(categories, at, at+1)
	k.Breakdown, k.Category = model.Total, model.Total
	if len(names) > 0 {
		k.Breakdown, k.Category = names[0], categories[0]
	}
	return k, true
}

// Row makes a row of the dataset from protected figures.
func (o *Outcomes) Row(f *Figures, k Key) model.Outcome {
	q := &k.asked.inquiry
	row := model.Outcome{
		LearnerGroup: k.LearnerGroup, Cohort: k.time, Horizon: q.at.String(), Indicator: k.of.name, Definition: k.of.definition, Base: k.of.base, Unit: q.unit,
		Release: model.Release{ReleasedOn: o.l.basis.Release},
	}
	if q.unit == unitCurrency {
		row.Currency = o.l.currencyName(o.l.incomeIn)
	}
	row.Participants, row.Respondents = f.figure(k.counts, "", ""), f.figure(k.counts, known, "")
	row.ResponseRate, _, _ = rate(row.Respondents, row.Participants)
	few := row.ResponseRate != nil && *row.ResponseRate < o.l.basis.ResponseRate
	all := o.estimate(f, &k, "", row.Respondents)
	row.Value, row.ValueLow, row.ValueHigh = all.parts(few)
	if k.counts.table.roles.completion >= 0 {
		row.Completers, row.CompletersRespondents = f.figure(k.counts, "", completed), f.figure(k.counts, known, completed)
		row.NonCompleters, row.NonCompletersRespondents = f.figure(k.counts, "", notCompleted), f.figure(k.counts, known, notCompleted)
		row.CompletersValue, row.CompletersLow, row.CompletersHigh = o.estimate(f, &k, completed, row.CompletersRespondents).parts(few)
		row.NonCompletersValue, row.NonCompletersLow, row.NonCompletersHigh = o.estimate(f, &k, notCompleted, row.NonCompletersRespondents).parts(few)
	}
	if row.Value != nil {
		row.Weighted, row.WeightedLow, row.WeightedHigh = weightedShare(k.counts)
	}
	o.cost(f, &k, &row)
	row.Suppressed, row.Rule = o.rule(&row, all, few)
	return row
}

// rule says whether, and why, a figure of a row is withheld.
func (o *Outcomes) rule(row *model.Outcome, all estimate, few bool) (bool, string) {
	var rules []string
	nobody := row.Respondents != nil && *row.Respondents == 0
	if row.Participants == nil || row.Respondents == nil || all.value == nil && !nobody {
		rules = append(rules, RuleDisclosure)
	}
	if few && !nobody {
		rules = append(rules, RuleAttrition)
	}
	return len(rules) > 0, strings.Join(rules, ", ")
}

// estimate is a value with its interval, nil where it is not told.
type estimate struct{ value, low, high *float64 }

func (e estimate) parts(few bool) (value, low, high *float64) {
	if few {
		return nil, nil, nil
	}
	return e.value, e.low, e.high
}

// estimate returns the value of a row among respondents of a completion, "" for all.
func (o *Outcomes) estimate(f *Figures, k *Key, completion string, respondents *int64) estimate {
	q := &k.asked.inquiry
	switch {
	case respondents == nil || *respondents == 0:
		return estimate{}
	case q.amountOf == nil:
		v, low, high := rate(f.figure(k.counts, yes, completion), respondents)
		return estimate{v, low, high}
	}
	at := slices.Clone(k.counts.at)
	if r := &k.counts.table.roles; r.completion >= 0 && completion != "" {
		at[r.completion] = k.counts.table.Dimensions[r.completion].codes[completion]
	}
	if q.median {
		if v, known := o.medians[k.counts.table][packed(k.counts.table, at)]; known {
			return estimate{value: &v}
		}
		return estimate{}
	}
	if k.sums.table == nil || completion != "" && k.sums.table.roles.completion < 0 {
		return estimate{}
	}
	sum := f.figure(k.sums, "", completion)
	if sum == nil {
		return estimate{}
	}
	return o.mean(k, completion, *sum, *respondents)
}

// packed returns the key of a cell in [rollUp].
func packed(t *Table, at []int32) uint64 {
	key, stride := uint64(0), uint64(1)
	for i, d := range t.Dimensions {
		key += uint64(at[i]+1) * stride
		stride *= uint64(len(d.Categories) + 1)
	}
	return key
}

// mean returns a mean with Student's interval. What an amount is counted in, 100 or 10,000 to
// one, is undone.
func (o *Outcomes) mean(k *Key, completion string, sum, n int64) estimate {
	t, at := k.sums.table, slices.Clone(k.sums.at)
	if r := &t.roles; r.completion >= 0 && completion != "" {
		at[r.completion] = t.Dimensions[r.completion].codes[completion]
	}
	i, found := slices.BinarySearchFunc(t.Cells, packed(t, at), func(c Cell, key uint64) int { return cmp.Compare(packed(t, c.At), key) })
	if !found || n == 0 {
		return estimate{}
	}
	scale := 100.0
	if k.asked.unit == unitScore {
		scale = 10_000
	}
	mean := float64(sum) / float64(n)
	value := mean / scale
	if n < 2 {
		return estimate{value: &value}
	}
	variance := max(0, t.Cells[i].squares-float64(n)*mean*mean) / float64(n-1)
	half := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile(0.975) * math.Sqrt(variance/float64(n)) / scale
	low, high := value-half, value+half
	if k.asked.unit == unitScore {
		low, high = max(low, 0), min(high, 1)
	}
	return estimate{&value, &low, &high}
}

// weightedShare returns the share with non-response weights of a place.
func weightedShare(p place) (value, low, high *float64) {
	if p.table.weighted == nil {
		return nil, nil, nil
	}
	s := p.table.weighted.at(p.at)
	if s.all == 0 {
		return nil, nil, nil
	}
	v := float64(s.yes) / float64(s.all)
	l, h := model.Wilson(v, model.EffectiveSize(float64(s.all), float64(s.squares)))
	return &v, &l, &h
}
