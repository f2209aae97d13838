package outcome

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// roles say what the dimensions of a table are in a row of a dataset. A place is -1
// where the table has no such dimension.
type roles struct {
	units  []int // dimensions of units: a row has at most one of them
	groups []int
	time   int // quarter
	// answer and completion have all their categories in one row.
	answer, completion int
	depth              int    // of the answer as far as it is told, 0 for all of it
	asked              *asked // in outcomes
	sums               bool   // cells are amounts
	cost               bool   // in outcomes: prices of those asked
	sequence           *sequence
}

// plan is the tables of a dataset before they are counted, over rows that have a
// category in every column.
type plan struct {
	l                                    *Learners
	groups                               [len(groups)]column
	credentials, field, funding, quarter column
	offer                                *offerTree
	tables                               []tabulation
	leftOut                              int // tables most of whose cells would be withheld
}

// unitColumns are the columns of a table by unit: credentials with their fields, which
// are counted together since the credentials of a field, and of a provider, add up to it.
// Regions are a group, and their pairs with other groups are theirs by group.
func (p *plan) unitColumns() [][]column {
	return [][]column{{p.credentials, p.field}, {p.funding}}
}

// tabulation is a table to be counted.
type tabulation struct {
	rows    []int32
	measure string
	columns []column
	least   int64 // of units, where the first column is the credential; -1 elsewhere
	amount  []int64
	signed  bool
	finest  []tallied // of units, those below the least size taken together
	asked   *asked
	weights []int64 // of rows, for weighted shares; nil for none
	roles   roles
}

// name of the table: its measure and dimensions, and how far it tells its answer.
func (t *tabulation) name() string {
	names := make([]string, 0, len(t.columns)+1)
	names = append(names, t.measure)
	for i := range t.columns {
		names = append(names, t.columns[i].Name)
	}
	if t.roles.depth > 0 {
		names = append(names, fmt.Sprintf("to depth %d", t.roles.depth))
	}
	return strings.Join(names, "; ")
}

// add plans a table, and tells whether it has. Variants tell less and less: a table most of
// whose cells would be withheld gives way to the next. Of units, small ones are taken
// together, and a variant is added where it tells of smaller ones than those before it.
func (p *plan) add(variants ...tabulation) (some bool) {
	before := int64(math.MaxInt64)
	for _, t := range variants {
		t.least = -1
		t.finest = counted(t.rows, t.columns)
		switch {
		case len(t.finest) == 0 || t.crossesFew(p.l.basis.Threshold):
			continue
		case t.columns[0].Dimension == p.credentials.Dimension:
			n, ok := p.offer.leastSize(&t, len(p.credentials.Categories), p.l.basis.Threshold)
			if ok && n < before {
				before, t.least = n, n
				t.finest = p.offer.together(t.finest, len(p.credentials.Categories), n)
				p.tables, some = append(p.tables, t), true
			}
			if before == 0 {
				return true
			}
		case t.smallCells(p.l.basis.Threshold) <= 1+t.mostSmall()*float64(len(t.finest)):
			p.tables = append(p.tables, t)
			return true
		}
	}
	if !some {
		p.leftOut++
	}
	return some
}

// mostSmall returns the greatest part of the finest cells that may lie below the threshold,
// beside one.
func (t *tabulation) mostSmall() float64 {
	switch r := &t.roles; {
	case len(r.units) == 0 && len(r.groups) == 0 && r.sequence == nil:
		return 1 // of all, by nothing else than quarter
	case len(r.units) == 0 && len(r.groups) == 1 && r.time < 0 && r.sequence == nil:
		return mostSmallMain
	}
	return mostSmall
}

func (t *tabulation) mostCells() int {
	if len(t.roles.groups) > 0 || t.roles.time >= 0 {
		return mostCellsGrouped
	}
	return mostCells
}

// crossesFew tells whether a table crosses a group, one of whose categories has fewer than ten times
// as many persons as a withheld count, with another: hardly a cell of it could be shown, and
// the group's own figures would be withheld for those.
func (t *tabulation) crossesFew(threshold int64) bool {
	r := &t.roles
	if len(r.groups)+len(r.units) < 2 && (r.time < 0 || len(r.groups) == 0) || r.sequence != nil {
		return false
	}
	strides, _ := radix(t.columns, 0)
	for _, g := range r.groups {
		c := &t.columns[g]
		if c.Parents() != nil {
			continue // small parts of a tree are counted with what they are part of
		}
		count := make([]int64, len(c.Categories))
		for _, cell := range t.finest {
			count[cell.key/strides[g]%uint64(len(count))] += cell.n
		}
		for code, n := range count {
			if c.Categories[code] != NotKnown && n > 0 && n <= 10*(threshold-1) {
				return true
			}
		}
	}
	return false
}

// smallCells returns how many of the finest cells lie below the threshold.
func (t *tabulation) smallCells(threshold int64) float64 {
	stated, small := t.stated(), 0
	for _, cell := range t.finest {
		if cell.n < threshold && stated(cell.key) {
			small++
		}
	}
	return float64(small)
}

// stated returns a function that tells of a finest cell whether all of its categories are known:
// others are no secret.
func (t *tabulation) stated() func(key uint64) bool {
	strides, _ := radix(t.columns, 0)
	unknown := make([][]bool, len(t.columns))
	for i := range t.columns {
		names := t.columns[i].NotStated()
		for _, name := range t.columns[i].Categories {
			unknown[i] = append(unknown[i], slices.Contains(names, name))
		}
	}
	return func(key uint64) bool {
		for i := range unknown {
			if unknown[i][key/strides[i]%uint64(len(unknown[i]))] {
				return false
			}
		}
		return true
	}
}

// leastUnits returns the least size of units that any table asks for.
func (p *plan) leastUnits() int64 {
	least := int64(math.MaxInt64)
	for i := range p.tables {
		if n := p.tables[i].least; n >= 0 {
			least = min(least, n)
		}
	}
	return least
}

// levels lists the least sizes of units that tables ask for.
func (p *plan) levels() []int64 {
	var levels []int64
	for i := range p.tables {
		if p.tables[i].least > 0 {
			levels = append(levels, p.tables[i].least)
		}
	}
	return levels
}

// count makes the table, with offers in the place of credentials.
func (t *tabulation) count(offer *offerTree, credentials *Dimension) *Table {
	columns, finest := t.columns, t.finest
	if t.least >= 0 {
		columns, finest = t.regrouped(offer, credentials)
	}
	name := t.nameOf(columns)
	var table *Table
	if t.amount == nil {
		table = countTable(name, t.measure, finest, columns)
	} else {
		table = sumTable(name, t.measure, t.rows, columns, t.amount, t.signed)
	}
	table.roles = t.roles
	table.roles.asked, table.roles.sums = t.asked, t.amount != nil
	if t.weights != nil {
		table.weighted = weighted(t.rows, columns, table.roles, t.weights)
	}
	return table
}

func (t *tabulation) nameOf(columns []column) string {
	named := tabulation{measure: t.measure, columns: columns, roles: t.roles}
	return named.name()
}

// regrouped puts the nodes of a table's size in the place of credentials.
func (t *tabulation) regrouped(offer *offerTree, credentials *Dimension) ([]column, []tallied) {
	nodes := offer.nodes(t.least)
	columns := slices.Clone(t.columns)
	columns[0] = column{Dimension: offer.Dimension}
	if t.amount != nil || t.weights != nil {
		columns[0].codes = make([]int32, len(t.columns[0].codes))
		for row, c := range t.columns[0].codes {
			columns[0].codes[row] = nodes[c]
		}
	}
	before, now := uint64(len(credentials.Categories)), uint64(len(offer.Categories))
	finest := slices.Clone(t.finest)
	for i := range finest {
		finest[i].key = uint64(nodes[finest[i].key%before]) + finest[i].key/before*now
	}
	return columns, finest
}
