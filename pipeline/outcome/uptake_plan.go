package outcome

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Measures of uptake.
const (
	measureParticipations = "participations"
	measurePersons        = "persons"
	measurePaid           = "paid for participations"
)

// uptakePlan is the plan of uptake.
type uptakePlan struct {
	plan
	status, sector, priced column
	completions            column // as status, down to completions
	price                  []int64
	currency               string // of most prices
}

// newUptakePlan puts participations into columns and plans all tables.
func newUptakePlan(l *Learners) *uptakePlan {
	n := len(l.taken)
	p := &uptakePlan{
		plan: plan{
			l: l, credentials: newColumn(l.credential, n), field: newColumn(l.fields, n), funding: newColumn(l.funding, n),
			quarter: newColumn(newDimension("quarter", false), n),
		},
		status: newColumn(results(), n), sector: newColumn(answers("outside_sector"), n), priced: newColumn(answers("price_stated"), n),
		price: make([]int64, n),
	}
	currency := l.mostUsed(func(yield func(int32)) {
		for i := range l.taken {
			if l.taken[i].price != noMoney {
				yield(l.taken[i].priceCurrency)
			}
		}
	})
	p.currency = l.currencyName(currency)
	for g := range groups {
		p.groups[g] = newColumn(l.groups[g], n)
	}
	size := make([]int64, len(l.offers))
	for i := range l.taken {
		t := &l.taken[i]
		size[t.credential]++
		p.credentials.codes[i], p.field.codes[i], p.funding.codes[i] = t.credential, l.offers[t.credential].field, t.funding
		p.quarter.codes[i] = p.quarter.code(quarterOf(t.started).String())
		p.status.codes[i] = statusCode(p.status.Dimension, t.result)
		p.sector.codes[i] = answerCode(p.sector.Dimension, t.sector)
		if t.price != noMoney && t.priceCurrency == currency {
			p.price[i], p.priced.codes[i] = t.price, p.priced.code(yes)
		} else {
			p.priced.codes[i] = p.priced.code(no)
		}
		for g := range groups {
			p.groups[g].codes[i] = t.groups[g]
		}
	}
	p.completions = p.status.coarser(completionDepth)
	p.offer = l.newOfferTree("offer", size, nil)
	p.all()
	p.offer = l.newOfferTree("offer", size, p.levels())
	return p
}

// completionDepth is where [results] tell who completed.
const completionDepth = 2

// results is the dimension of what became of participations.
func results() *Dimension {
	d := newDimension("result", true)
	d.code(certified, completed, known)
	d.code(notCertified, completed, known)
	d.code(notCompleted, known)
	d.code(NotKnown)
	return d
}

func statusCode(d *Dimension, r result) int32 {
	return d.codes[[...]string{NotKnown, notCompleted, notCertified, certified}[r]]
}

func answerCode(d *Dimension, a reply) int32 { return d.codes[[...]string{NotKnown, no, yes}[a]] }

// quarterOf returns the first day of the quarter of a day.
func quarterOf(d model.Date) model.Date { return d.AddMonths(-((int(d.Time().Month()) - 1) % 3)) }

// mostUsed returns the currency that is used most; of several the first by name.
func (l *Learners) mostUsed(each func(yield func(int32))) int32 {
	uses := make([]int, len(l.currencies.Categories))
	each(func(c int32) { uses[c]++ })
	best := whole
	for c, n := range uses {
		name := l.currencies.Categories[c]
		if n > 0 && name != "" && (best == whole || n > uses[best] || n == uses[best] && name < l.currencies.Categories[best]) {
			best = int32(c)
		}
	}
	return best
}

func (l *Learners) currencyName(c int32) string {
	if c == whole {
		return ""
	}
	return l.currencies.Categories[c]
}

// all plans the tables of uptake: by unit, by unit and group, by pair of groups, each by
// what became of it; by quarter; of sectors; of prices.
func (p *uptakePlan) all() {
	rows := everyRow(len(p.l.taken))
	add := func(columns ...column) { p.addTable(rows, measureParticipations, columns...) }
	for _, unit := range p.unitColumns() {
		with := func(more ...column) []column { return append(slices.Clone(unit), more...) }
		add(with(p.status)...)
		add(with(p.quarter, p.status)...)
		for g := range groups {
			add(with(p.groups[g], p.status)...)
		}
	}
	for _, unit := range append(p.unitColumns(), []column{p.groups[byRegion]}) {
		with := func(more ...column) []column { return append(slices.Clone(unit), more...) }
		add(with(p.sector)...)
		add(with(p.priced, p.completions)...)
		p.addPaid(unit)
	}
	add(p.quarter, p.status)
	for a := range groups {
		add(p.groups[a], p.status)
		add(p.groups[a], p.quarter, p.status)
		for b := range a {
			add(p.groups[b], p.groups[a], p.status)
		}
	}
	p.addPersons()
}

// addTable plans a table whose last column may be an answer. Of results, less is told where
// there are too many small cells: first that they are certified, then all.
func (p *uptakePlan) addTable(rows []int32, measure string, columns ...column) {
	last := len(columns) - 1
	answer := p.status.Dimension
	if columns[last].Dimension == p.sector.Dimension {
		answer = p.sector.Dimension
	}
	t := tabulation{rows: rows, measure: measure, columns: columns, roles: p.rolesOf(columns, answer, p.priced.Dimension)}
	if columns[last].Dimension != p.status.Dimension || t.roles.completion >= 0 {
		p.add(t)
		return
	}
	completions, bare := t, t
	completions.columns = append(slices.Clone(columns[:last]), p.completions)
	completions.roles.depth = completionDepth
	bare.columns = columns[:last]
	bare.roles = p.rolesOf(bare.columns, nil, p.priced.Dimension)
	p.add(t, completions, bare)
}

// addPaid plans what was paid for participations known to be completed or not.
func (p *uptakePlan) addPaid(unit []column) {
	var rows []int32
	stated := p.priced.codes
	for i := range p.l.taken {
		if p.l.taken[i].result != resultOpen && p.priced.Categories[stated[i]] == yes {
			rows = append(rows, int32(i))
		}
	}
	p.add(tabulation{rows: rows, measure: measurePaid, columns: unit, amount: p.price, roles: p.rolesOf(unit, nil, nil)})
}

// addPersons plans the number of persons: of all by group, in which a person is what he
// or she was at the first start.
func (p *uptakePlan) addPersons() {
	first := map[int32]int32{}
	for i := range p.l.taken {
		t := &p.l.taken[i]
		if before, met := first[t.person]; !met || t.started < p.l.taken[before].started {
			first[t.person] = int32(i)
		}
	}
	rows := make([]int32, 0, len(first))
	for i := range p.l.taken {
		if first[p.l.taken[i].person] == int32(i) {
			rows = append(rows, int32(i))
		}
	}
	for a := range groups {
		p.addTable(rows, measurePersons, p.groups[a])
		for b := range a {
			p.addTable(rows, measurePersons, p.groups[b], p.groups[a])
		}
	}
}

// distinct makes the table of the persons of each unit: one who is in several units counts
// in each.
func (p *uptakePlan) distinct(unit column) *Table {
	last := make([]int32, len(unit.Categories))
	persons := make([]int64, len(unit.Categories))
	order := everyRow(len(p.l.taken))
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(p.l.taken[a].person, p.l.taken[b].person) })
	all, before := int64(0), int32(0)
	for _, row := range order {
		person := p.l.taken[row].person + 1
		if person != before {
			all, before = all+1, person
		}
		for c := unit.codes[row]; c != whole; c = unit.parents[c] {
			if last[c] != person {
				last[c] = person
				persons[c]++
			}
		}
	}
	t := newTable(measurePersons+" by "+unit.Name, measurePersons, []column{unit})
	t.Overlapping = []string{unit.Name}
	t.roles = roles{units: []int{0}, time: -1, answer: -1, completion: -1}
	t.Cells = append(t.Cells, Cell{At: []int32{whole}, Value: all})
	for c, n := range persons {
		if n > 0 {
			t.Cells = append(t.Cells, Cell{At: []int32{int32(c)}, Value: n})
		}
	}
	return t
}

// counted counts the tables of the plan.
func (p *uptakePlan) counted() []func() *Table {
	p.offer.settle(p.tables)
	var jobs []func() *Table
	for i := range p.tables {
		jobs = append(jobs, func() *Table { return p.tables[i].count(p.offer, p.l.credential) })
	}
	return append(jobs,
		func() *Table { return p.distinct(p.field) },
		func() *Table { return p.distinct(p.funding) },
		func() *Table {
			nodes := p.offer.nodes(p.leastUnits())
			c := newColumn(p.offer.Dimension, len(p.l.taken))
			for i := range p.l.taken {
				c.codes[i] = nodes[p.l.taken[i].credential]
			}
			return p.distinct(c)
		})
}

func everyRow(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

// rolesOf says what columns are in a row of a dataset.
func (p *plan) rolesOf(columns []column, answer, completion *Dimension) roles {
	r := roles{time: -1, answer: -1, completion: -1}
	for i, c := range columns {
		switch {
		case c.Dimension == p.credentials.Dimension || c.Dimension == p.field.Dimension || c.Dimension == p.funding.Dimension:
			r.units = append(r.units, i)
		case c.Dimension == p.quarter.Dimension:
			r.time = i
		case c.Dimension == answer:
			r.answer = i
		case c.Dimension == completion:
			r.completion = i
		case slices.ContainsFunc(p.groups[:], func(g column) bool { return g.Dimension == c.Dimension }):
			r.groups = append(r.groups, i)
		}
	}
	return r
}
