package outcome

import (
	"fmt"
	"slices"
)

// sizes are the numbers of participations below which units are taken together, so
// that a table can be carried.
var sizes = [...]int64{0, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000}

// The greatest parts of a table's finest cells that may lie below the threshold, beside one. Each of
// them costs another one or two, lest it be computed from totals.
const (
	mostSmallMain = 0.3 // of all participations by one group: what is asked for first
	mostSmall     = 0.05
)

// offerTree is the dimension of providers and their credentials. It is one tree for
// all tables, since a figure of one unit in two tables is one figure:
//
//	provider                            with at least so many participations
//	  credential                        likewise
//	  provider, fewer_than_100          its credentials that have fewer
//	    credential
//	fewer_than_100                      all providers that have fewer
//
// A table whose units must be greater uses the upper nodes alone.
type offerTree struct {
	*Dimension
	of        []offerOf
	providers *Dimension
	size      []int64 // participations of each credential
	held      []int64 // of each provider
	levels    []int64 // of sizes, those that tables ask for
	shared    map[string]int
	units     []offerUnit // of each category
	placed    map[int64][]int32
}

// offerUnit says what a node of an [offerTree] is published as; kind is "" where it is not.
type offerUnit struct {
	kind, name string
	credential int32
}

// newOfferTree makes the tree of credentials with so many participations each, for tables
// that ask for units of these sizes.
func (l *Learners) newOfferTree(name string, size, levels []int64) *offerTree {
	t := &offerTree{
		Dimension: newDimension(name, false), of: l.offers, providers: l.providers, size: size,
		held: make([]int64, len(l.providers.Categories)), levels: slices.Clone(levels), shared: map[string]int{}, placed: map[int64][]int32{},
	}
	slices.Sort(t.levels)
	t.levels = slices.Compact(t.levels)
	for c := range t.of {
		t.held[t.of[c].provider] += size[c]
		t.shared[t.of[c].name]++
	}
	return t
}

// settle places the credentials for all tables, in order: then they may be counted at
// the same time, and categories do not depend on which is first.
func (t *offerTree) settle(tables []tabulation) {
	for i := range tables {
		if least := tables[i].least; least >= 0 {
			t.nodes(least)
		}
	}
}

// nodes returns the node of each credential in a table that asks for units of a size.
func (t *offerTree) nodes(least int64) []int32 {
	if nodes, known := t.placed[least]; known {
		return nodes
	}
	nodes := make([]int32, len(t.of))
	for c := range t.of {
		nodes[c] = t.node(int32(c), least)
	}
	t.placed[least] = nodes
	return nodes
}

func (t *offerTree) node(c int32, least int64) int32 {
	p := t.of[c].provider
	name := t.providers.Categories[p]
	path := []offerUnit{{unitProvider, name, -1}}
	for _, n := range t.levels {
		if n > t.held[p] {
			path = append(path, offerUnit{unitProvider, smaller(n), -1})
		}
	}
	if t.held[p] < least { // from the class of the table on
		return t.place(path[slices.IndexFunc(path, func(u offerUnit) bool { return u.name == smaller(least) }):])
	}
	var below []offerUnit
	for _, n := range t.levels {
		if n > t.size[c] && n <= t.held[p] && n >= least {
			below = append(below, offerUnit{"", name + ", " + smaller(n), -1})
		}
	}
	if t.size[c] >= least {
		below = append([]offerUnit{{unitCredential, t.name(c), c}}, below...)
	}
	return t.place(append(below, path...))
}

// place returns the category of the first of a path, which it adds where it is new.
func (t *offerTree) place(path []offerUnit) int32 {
	names := make([]string, len(path))
	for i, u := range path {
		names[i] = u.kind + " " + u.name
	}
	for i := len(path) - 1; i >= 0; i-- {
		if c := t.code(names[i], names[i+1:]...); int(c) == len(t.units) {
			t.units = append(t.units, path[i])
		}
	}
	return t.code(names[0])
}

// name is what a credential is called: with its provider where others offer one of that name.
func (t *offerTree) name(c int32) string {
	if t.shared[t.of[c].name] > 1 {
		return t.of[c].name + " @ " + t.providers.Categories[t.of[c].provider]
	}
	return t.of[c].name
}

func smaller(size int64) string { return fmt.Sprintf("fewer_than_%d", size) }

// Limits of a table's finest cells: protecting cells takes time, most of it for those of
// the smallest units.
const (
	mostCells        = 20_000 // of units
	mostCellsGrouped = 2_000  // of units by group or quarter
)

// leastSize returns the least size of units with which a table can be carried, given its
// finest cells, whose first column is the credential; ok is false where none is.
func (t *offerTree) leastSize(table *tabulation, credentials int, threshold int64) (least int64, ok bool) {
	stated := table.stated()
	for _, n := range sizes {
		units := false
		cells, small := 0, 0
		t.eachTogether(table.finest, credentials, n, func(c int32, cell tallied) {
			units = units || t.held[t.of[c].provider] >= n
			cells++
			if cell.n < threshold && stated(cell.key) {
				small++
			}
		})
		if !units {
			return 0, false
		}
		if cells <= table.mostCells() && float64(small) <= 1+mostSmall*float64(cells) {
			return n, true
		}
	}
	return 0, false
}

// together adds up the cells of units below a size: of providers, and of the credentials of
// a provider. One of the credentials stands for all: they have one node in a table of that
// size.
func (t *offerTree) together(finest []tallied, credentials int, least int64) []tallied {
	var joined []tallied
	t.eachTogether(finest, credentials, least, func(_ int32, cell tallied) { joined = append(joined, cell) })
	return joined
}

// eachTogether calls each with a credential of every unit and the cells added up, in an
// order that is the same every time.
func (t *offerTree) eachTogether(finest []tallied, credentials int, least int64, each func(c int32, cell tallied)) {
	at := make([]int32, len(t.held)+1) // where in sums the rest of a provider, and of all, is; 0 for nowhere
	var sums []tallied
	var of []int32 // units of sums
	end := func() {
		for i, cell := range sums {
			each(int32(cell.key%uint64(credentials)), cell)
			at[of[i]] = 0
		}
		sums, of = sums[:0], of[:0]
	}
	for i, cell := range finest {
		if i > 0 && cell.key/uint64(credentials) != finest[i-1].key/uint64(credentials) {
			end()
		}
		c := int32(cell.key % uint64(credentials))
		unit := t.of[c].provider
		switch {
		case t.held[unit] < least:
			unit = int32(len(t.held))
		case t.size[c] >= least:
			each(c, cell)
			continue
		}
		if at[unit] > 0 {
			sums[at[unit]-1].n += cell.n
			continue
		}
		sums, of = append(sums, cell), append(of, unit)
		at[unit] = int32(len(sums))
	}
	end()
}

// Kinds of units.
const (
	unitAll        = "all"
	unitCredential = "credential"
	unitProvider   = "provider"
	unitRegion     = region
	unitField      = "field"
	unitSkill      = "skill"
	unitFunding    = "funding"
)
