package outcome

import (
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Figures are the figures of tables as they may be published. The zero value knows none.
type Figures struct {
	cells   map[string]map[string]shown
	leftOut func(table string, at []string) bool
}

type shown struct {
	value    int64
	withheld bool
}

// Take notes a cell of a table as protected; at holds a category for each dimension, ""
// for the total.
func (f *Figures) Take(table string, at []string, value int64, withheld bool) {
	if f.cells == nil {
		f.cells = map[string]map[string]shown{}
	}
	if f.cells[table] == nil {
		f.cells[table] = map[string]shown{}
	}
	f.cells[table][strings.Join(at, "\n")] = shown{value, withheld}
}

// LeaveOut says which figures are of a level of detail that is not published: a part
// without a cell is then not zero, but unknown.
func (f *Figures) LeaveOut(of func(table string, at []string) bool) { f.leftOut = of }

// place is where in a table the figures of a row stand.
type place struct {
	table *Table
	at    []int32
}

// told is how much the table of a place tells of its answer.
func (p place) told() int {
	switch r := &p.table.roles; {
	case r.answer < 0:
		return 0
	case r.depth > 0:
		return r.depth
	}
	return math.MaxInt
}

// figure returns the figure of a place at categories of its answer and its completion, nil
// where it is withheld. A part without a cell is zero: nobody is in it.
func (f *Figures) figure(p place, answer, completion string) *int64 {
	if p.table == nil {
		return nil
	}
	names, r := p.table.Names(p.at), &p.table.roles
	switch {
	case r.answer >= 0 && (r.depth == 0 || p.table.Dimensions[r.answer].depth(answer) <= r.depth):
		names[r.answer] = answer
	case answer != "":
		return nil // the table does not tell
	}
	switch {
	case r.completion >= 0:
		names[r.completion] = completion
	case completion != "":
		return nil
	}
	return f.value(p.table.Name, names)
}

func (f *Figures) value(table string, names []string) *int64 {
	cells := f.cells[table]
	if cells == nil {
		return nil
	}
	c, met := cells[strings.Join(names, "\n")]
	if c.withheld || !met && f.leftOut != nil && f.leftOut(table, names) {
		return nil
	}
	return &c.value
}

// rowKey says of whom, and when, the figures of a row are.
type rowKey struct {
	model.LearnerGroup
	time model.Date
}

// places calls each for the rows of which a table has the figures: those in which at most
// one unit is told apart.
func (p *plan) places(t *Table, each func(rowKey, place)) {
	r := &t.roles
	for i := range t.Cells {
		at := t.Cells[i].At
		if r.answer >= 0 && at[r.answer] != whole || r.completion >= 0 && at[r.completion] != whole {
			continue
		}
		var key rowKey
		if r.time >= 0 && at[r.time] != whole {
			key.time, _ = model.ParseDate(t.Dimensions[r.time].Categories[at[r.time]]) // made from a date
		}
		if key.UnitKind, key.UnitCode = p.unitOf(t, at); key.UnitKind == "" {
			continue
		}
		key.Breakdown, key.Category = p.breakdown(t, at, -1)
		each(key, place{t, at})
		if key.UnitKind != unitAll {
			continue
		}
		for _, g := range r.groups { // residents of a region are a unit too
			if t.Dimensions[g] != p.groups[byRegion].Dimension || at[g] == whole {
				continue
			}
			key.UnitKind, key.UnitCode = unitRegion, t.Dimensions[g].Categories[at[g]]
			key.Breakdown, key.Category = p.breakdown(t, at, g)
			each(key, place{t, at})
		}
	}
}

// unitOf names the unit of a cell; kind is "" where it is none that is published.
func (p *plan) unitOf(t *Table, at []int32) (kind, code string) {
	kind, code = unitAll, model.Total
	for _, u := range t.roles.units {
		if at[u] == whole {
			continue
		}
		if kind != unitAll {
			return "", ""
		}
		switch d := t.Dimensions[u]; d {
		case p.offer.Dimension:
			kind, code = p.offer.units[at[u]].kind, p.offer.units[at[u]].name
			if kind == "" {
				return "", ""
			}
		case p.funding.Dimension:
			kind, code = unitFunding, d.Categories[at[u]]
		default:
			kind, code = unitField, d.Categories[at[u]]
		}
	}
	return kind, code
}

// breakdown names the groups of a cell, but for one of its dimensions.
func (p *plan) breakdown(t *Table, at []int32, but int) (breakdown, category string) {
	var names, categories []string
	for _, g := range t.roles.groups {
		if g != but && at[g] != whole {
			names, categories = append(names, t.Dimensions[g].Name), append(categories, t.Dimensions[g].Categories[at[g]])
		}
	}
	if len(names) == 0 {
		return model.Total, model.Total
	}
	if len(names) == 2 && p.rank(names[0]) > p.rank(names[1]) {
		slices.Reverse(names)
		slices.Reverse(categories)
	}
	return strings.Join(names, " x "), strings.Join(categories, " x ")
}

func (p *plan) rank(name string) int {
	return slices.IndexFunc(groups[:], func(g group) bool { return g.name == name })
}
