package outcome

import (
	"cmp"
	"slices"
)

// outcomePlan is the plan of outcomes: its rows are spells.
type outcomePlan struct {
	plan
	spells     []spell
	completion column
	entry      [2]column // status on entry: with and without the inactive told apart
	mature     map[string][]int32
	asked      []asked
	weights    map[horizon][]int64 // of each spell, in ten-thousandths
	price      []int64
	priced     column // the price is stated in that currency
	priceIn    int32
	seen       map[horizon][]seen
}

// asked is an inquiry with the answers of all spells.
type asked struct {
	inquiry
	column
	amount []int64
	stated []int32 // mature spells with an amount; for medians in order of it
}

func newOutcomePlan(l *Learners) *outcomePlan {
	p := &outcomePlan{spells: l.spells(), mature: map[string][]int32{}, weights: map[horizon][]int64{}, seen: map[horizon][]seen{}}
	n := len(p.spells)
	p.plan = plan{
		l: l, credentials: newColumn(l.credential, n), field: newColumn(l.fields, n), funding: newColumn(l.funding, n),
		quarter: newColumn(newDimension("quarter", false), n),
	}
	p.completion = newColumn(completions(), n)
	for g := range groups {
		p.groups[g] = newColumn(l.groups[g], n)
	}
	for i := range p.entry {
		p.entry[i] = newColumn(l.groups[byEmployment], n)
	}
	size := make([]int64, len(l.offers))
	for i := range p.spells {
		s := &p.spells[i]
		t := &l.taken[s.first]
		size[t.credential]++
		p.credentials.codes[i], p.field.codes[i], p.funding.codes[i] = t.credential, l.offers[t.credential].field, t.funding
		p.quarter.codes[i] = p.quarter.code(quarterOf(s.exit).String())
		p.completion.codes[i] = p.completion.Dimension.codes[[...]string{NotKnown, notCompleted, completed, completed}[s.result]]
		for g := range groups {
			p.groups[g].codes[i] = t.groups[g]
		}
		p.entry[0].codes[i] = coarse(p.entry[0].Dimension, t.groups[byEmployment], unemployed, inactive)
		p.entry[1].codes[i] = coarse(p.entry[1].Dimension, t.groups[byEmployment], notEmployed)
	}
	p.observe()
	p.ask()
	p.weigh()
	p.findPrices()
	p.offer = l.newOfferTree("offer left", size, nil)
	p.all()
	p.offer = l.newOfferTree("offer left", size, p.levels())
	return p
}

// completions is the dimension of who completed.
func completions() *Dimension {
	d := newDimension("completion", true)
	d.code(completed, known)
	d.code(notCompleted, known)
	d.code(NotKnown)
	return d
}

// coarse returns the first of wider categories that holds a category, else itself.
func coarse(d *Dimension, c int32, wider ...string) int32 {
	for up := c; up != whole; up = d.parents[up] {
		if slices.Contains(wider, d.Categories[up]) {
			return up
		}
	}
	return c
}

// observe finds what is known of every spell at every horizon.
func (p *outcomePlan) observe() {
	l := p.l
	l.incomeIn = l.mostUsed(func(yield func(int32)) {
		for i := range l.followed {
			if l.followed[i].income != noMoney {
				yield(l.followed[i].currency)
			}
		}
	})
	byPerson := func(a, b *observation) int { return cmp.Compare(a.person, b.person) }
	slices.SortStableFunc(l.followed, func(a, b observation) int {
		return cmp.Or(byPerson(&a, &b), cmp.Compare(a.on, b.on), cmp.Compare(a.months, b.months))
	})
	for h := onLeaving; h <= fourthQuarter; h++ {
		p.seen[h] = make([]seen, len(p.spells))
		for i := range p.spells {
			if h.mature(p.spells[i].exit, l.basis.Release) {
				p.mature[h.String()] = append(p.mature[h.String()], int32(i))
			}
		}
	}
	p.mature[anyTime.String()] = p.mature[onLeaving.String()]
	at := 0
	for i := range p.spells { // ordered by person, as observations are
		s := &p.spells[i]
		person := l.taken[s.first].person
		for at < len(l.followed) && l.followed[at].person < person {
			at++
		}
		to := at
		for to < len(l.followed) && l.followed[to].person == person {
			to++
		}
		for h := onLeaving; h <= fourthQuarter; h++ {
			p.seen[h][i] = l.at(s, l.followed[at:to], h)
		}
	}
	p.hear()
}

// hear gives each spell the last opinion of it.
func (p *outcomePlan) hear() {
	type of struct{ person, name int32 }
	said := slices.Clone(p.l.said)
	slices.SortStableFunc(said, func(a, b opinion) int { return cmp.Compare(a.on, b.on) })
	last := map[of]opinion{}
	for _, o := range said {
		last[of{o.person, o.name}] = o
	}
	for i := range p.spells {
		s := &p.spells[i]
		for _, name := range s.names {
			if o, given := last[of{p.l.taken[s.first].person, name}]; given {
				s.quality, s.effect = o.quality, o.effect
			}
		}
	}
}

// ask puts the answers to all questions into columns.
func (p *outcomePlan) ask() {
	for _, q := range inquiries() {
		a := asked{inquiry: q, column: newColumn(answers(q.name), len(p.spells))}
		if q.amountOf != nil {
			a.amount = make([]int64, len(p.spells))
		}
		for i := range a.codes {
			s := &p.spells[i]
			var at seen
			if q.at != anyTime {
				at = p.seen[q.at][i]
			}
			if q.amountOf == nil {
				a.codes[i] = answerCode(a.Dimension, q.answer(s, &at))
				continue
			}
			a.codes[i] = answerCode(a.Dimension, unsaid)
			if v := q.amountOf(p.l, s, &at); v != noMoney {
				a.amount[i], a.codes[i] = v, answerCode(a.Dimension, isYes)
			}
		}
		for _, i := range p.mature[q.at.String()] {
			if q.amountOf != nil && a.Categories[a.codes[i]] == yes {
				a.stated = append(a.stated, i)
			}
		}
		if q.median {
			slices.SortFunc(a.stated, func(i, k int32) int { return cmp.Compare(a.amount[i], a.amount[k]) })
		}
		p.asked = append(p.asked, a)
	}
}

// Measures of outcomes.
func measureLeavers(h horizon) string {
	if h == anyTime {
		h = onLeaving // the same persons
	}
	return "leavers " + h.String()
}

// all plans the tables of outcomes: every question of all leavers, of units, of groups and
// of quarters of leaving; of some, units by group and pairs of groups; sequences and costs.
func (p *outcomePlan) all() {
	p.addSequences()
	p.addCosts()
	for i := range p.asked {
		a := &p.asked[i]
		if !a.answered() {
			continue
		}
		add := func(columns ...column) { p.addAsked(a, columns...) }
		add(p.completion, a.column)
		add(p.quarter, p.completion, a.column)
		for g := range groups {
			add(p.groups[g], p.completion, a.column)
			if g != byEmployment && !a.main && (slices.ContainsFunc(a.indicators, func(of indicator) bool { return of.entry != "" })) {
				add(p.entryOf(a), p.groups[g], a.column)
			}
		}
		for _, unit := range p.unitColumns() {
			with := func(more ...column) []column { return append(slices.Clone(unit), more...) }
			add(with(p.completion, a.column)...)
			add(with(p.quarter, a.column)...)
			if a.main || slices.ContainsFunc(a.indicators, func(of indicator) bool { return of.entry != "" }) {
				add(with(p.entryOf(a), a.column)...)
			}
			for g := range groups {
				if a.main && g != byEmployment { // entryOf does
					add(with(p.groups[g], a.column)...)
				}
			}
		}
		for g := range groups {
			for b := range g {
				if a.main {
					add(p.groups[b], p.groups[g], a.column)
				}
			}
		}
	}
}

// answered tells whether anybody has answered a question at all.
func (a *asked) answered() bool {
	return slices.ContainsFunc(a.codes, func(c int32) bool { return a.Categories[c] != NotKnown })
}

// entryOf returns the column of the status on entry that tells the bases of a question apart.
func (p *outcomePlan) entryOf(a *asked) column {
	if slices.ContainsFunc(a.indicators, func(of indicator) bool { return of.entry == inactive }) {
		return p.entry[0]
	}
	return p.entry[1]
}

// addAsked plans the tables of the answers to a question, and of the amounts.
func (p *outcomePlan) addAsked(a *asked, columns ...column) {
	var counts, sums []tabulation
	for _, columns := range withoutCompletion(columns, p.completion.Dimension) {
		counts = append(counts, p.tabulate(a, columns))
		if a.amountOf != nil && !a.median {
			sums = append(sums, p.tabulateSums(a, columns[:len(columns)-1]))
		}
	}
	if p.add(counts...) && len(sums) > 0 {
		p.add(sums...)
	}
}

// withoutCompletion returns columns as they are, then without completion where there is
// another beside the answer.
func withoutCompletion(columns []column, completion *Dimension) [][]column {
	at := slices.IndexFunc(columns, func(c column) bool { return c.Dimension == completion })
	if at < 0 || len(columns) <= 2 {
		return [][]column{columns}
	}
	return [][]column{columns, slices.Delete(slices.Clone(columns), at, at+1)}
}

// tabulate makes a table of the answers to a question by columns, the answer last.
func (p *outcomePlan) tabulate(a *asked, columns []column) tabulation {
	t := tabulation{rows: p.mature[a.at.String()], measure: measureLeavers(a.at), columns: columns, roles: p.rolesOf(columns, a.Dimension, p.completion.Dimension), asked: a}
	if a.answer != nil && a.name != "attained" && len(t.roles.groups) <= 1 {
		t.weights = p.weights[a.at]
	}
	return t
}

// tabulateSums makes a table of the amounts that answer a question.
func (p *outcomePlan) tabulateSums(a *asked, columns []column) tabulation {
	return tabulation{
		rows: a.stated, measure: a.name + " " + a.at.String(), columns: columns, roles: p.rolesOf(columns, nil, p.completion.Dimension),
		asked: a, amount: a.amount, signed: a.signed,
	}
}
