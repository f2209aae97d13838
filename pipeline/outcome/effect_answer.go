package outcome

import (
	"context"

	"gonum.org/v1/gonum/floats"
)

// question is what is asked of a sample: the level of its outcome, or its change.
type question struct {
	s       *Sample
	outcome func(*Person) float64
	share   bool // the outcome is 0 or 1
	before  bool // the outcome before is a covariate
	plain   bool // may be asked without any covariate
}

// answer is what the data say to a question.
type answer struct {
	code        VerdictCode // why there is no estimate, or what it shows
	estimate    *Estimate
	balance     []Balance
	overlap     Overlap
	sensitivity *Sensitivity
}

// answer trims, weighs, estimates and draws. Persons come untreated first.
func (q *question) answer(ctx context.Context, persons []*Person, o Options) (a answer, err error) {
	if a.code = q.enough(persons); a.code != "" {
		return a, nil
	}
	all := newDesign(q.s, persons, q.before)
	if len(all.main) == 0 && !q.plain {
		a.code = NoCovariates
		return a, nil
	}
	kept, overlap := all.trim()
	a.overlap = overlap
	var left []*Person
	for i, p := range persons {
		if kept[i] {
			left = append(left, p)
		}
	}
	if q.enough(left) != "" {
		a.code = NoOverlap
		return a, nil
	}
	p := &problem{design: newDesign(q.s, left, q.before), share: q.share}
	for _, person := range left {
		p.y = append(p.y, q.outcome(person))
	}
	m, weights, fitted := p.att(ones(p.n), p.start(), exact)
	a.overlap.EffectiveSize, a.overlap.LargestWeight = effectiveSize(weights)
	a.balance = balance(all, kept, weights)
	spread, err := p.spread(ctx, left, m, weights, fitted, o)
	if err != nil {
		return a, err
	}
	a.estimate = &Estimate{
		Treated: m.treated, Untreated: m.untreated, Value: m.difference(), Low: spread.low, High: spread.high,
		StandardError: spread.standardError, TreatedPersons: p.n - p.untreated, UntreatedPersons: p.untreated, Draws: spread.draws,
	}
	a.sensitivity = p.sensitivity(m, spread)
	a.code = a.shows()
	return a, nil
}

// enough is empty where persons can carry an estimate.
func (q *question) enough(persons []*Person) VerdictCode {
	untreated := untreatedOf(persons)
	sides := [][]*Person{persons[:untreated], persons[untreated:]}
	for _, side := range sides {
		if len(side) == 0 {
			return NoComparison
		}
	}
	for _, side := range sides {
		with := 0
		for _, p := range side {
			if q.share && p.Outcome == 1 {
				with++
			}
		}
		if len(side) < MinPersons || q.share && min(with, len(side)-with) < MinEvents {
			return TooFew
		}
	}
	return ""
}

// balance tells the standardised mean differences of all persons, and of those
// kept, of whom the untreated have weights.
func balance(all *design, kept []bool, weights []float64) (rows []Balance) {
	after, dropped := make([]float64, all.n), make([]float64, all.n)
	next := 0
	for i := range after {
		switch {
		case kept[i] && i < all.untreated:
			after[i] = weights[next]
			next++
		case kept[i]:
			after[i] = 1
		case i >= all.untreated:
			dropped[i] = 1
		}
	}
	before := ones(all.n)
	for i := range all.main {
		t := &all.main[i]
		b := Balance{
			Covariate: t.name,
			Before:    all.treatedMean(t, before) - all.untreatedMean(t, before),
			After:     all.treatedMean(t, after) - all.untreatedMean(t, after),
		}
		if floats.Sum(dropped) > 0 {
			b.Dropped = all.treatedMean(t, dropped) - all.treatedMean(t, after)
		}
		rows = append(rows, b)
	}
	return rows
}

// shows is what an estimate shows, if the two sides are comparable.
func (a *answer) shows() VerdictCode {
	kept, dropped := float64(a.estimate.TreatedPersons), float64(a.overlap.TreatedDropped)
	switch {
	case kept < MinKept*(kept+dropped) || a.overlap.EffectiveSize < MinPersons:
		return NoOverlap
	case maxSMD(a.balance) >= MaxSMD:
		return NotBalanced
	case a.estimate.Low > 0:
		return More
	case a.estimate.High < 0:
		return Less
	}
	return NoDifference
}
