package outcome

import (
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

// name of the table: its measure and dimensions.
func (t *tabulation) name() string {
	names := make([]string, 0, len(t.columns)+1)
	names = append(names, t.measure)
	for i := range t.columns {
		names = append(names, t.columns[i].Name)
	}
	return strings.Join(names, "; ")
}

// add plans a table, unless most of its cells would be withheld, and tells whether it has.
func (p *plan) add(t tabulation) bool {
	t.least = -1
	t.finest = counted(t.rows, t.columns)
	if len(t.finest) == 0 {
		return false
	}
	if t.columns[0].Dimension == p.credentials.Dimension {
		most := mostCells
		if len(t.roles.groups) > 0 || t.roles.time >= 0 {
			most = mostCellsGrouped
		}
		least, ok := p.offer.leastSize(t.finest, len(p.credentials.Categories), most, p.l.basis.Threshold)
		if !ok {
			p.leftOut++
			return false
		}
		t.least, t.finest = least, p.offer.together(t.finest, len(p.credentials.Categories), least)
	} else if len(t.roles.groups) > 0 && tooSmall(t.finest, p.l.basis.Threshold) {
		p.leftOut++
		return false
	}
	p.tables = append(p.tables, t)
	return true
}

// tooSmall tells whether more than [mostSmall] of the cells lie below the threshold.
func tooSmall(finest []tallied, threshold int64) bool {
	small := 0
	for _, cell := range finest {
		if cell.n < threshold {
			small++
		}
	}
	return float64(small) > mostSmall*float64(len(finest))
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
	named := tabulation{measure: t.measure, columns: columns}
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
