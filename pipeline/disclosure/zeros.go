package disclosure

import (
	"cmp"
	"maps"
	"slices"
)

// withZeros returns a copy of the publication in which nothing is withheld yet, and in
// which a small group that is all in one category of an attribute has a cell of
// zero for each other category, so that these can be withheld.
func withZeros(p *Publication, rule Rule) *Publication {
	out := *p
	out.Tables = slices.Clone(p.Tables)
	dimensions := map[string]*Dimension{}
	for i := range p.Dimensions {
		dimensions[p.Dimensions[i].Name] = &p.Dimensions[i]
	}
	for i := range out.Tables {
		t := &out.Tables[i]
		t.Cells = slices.Clone(t.Cells)
		for c := range t.Cells {
			t.Cells[c].Withheld = false
		}
		if t.Magnitude {
			continue
		}
		for k, name := range t.Dimensions {
			if d := dimensions[name]; d != nil && d.Attribute && !slices.Contains(t.Overlapping, name) {
				addZeros(t, k, d, rule.Group)
			}
		}
	}
	return &out
}

// addZeros adds the cells of zero along one dimension of a table.
func addZeros(t *Table, k int, d *Dimension, group int64) {
	siblings := map[string]map[string]bool{} // by the category they are parts of
	type parts struct {
		first *Cell
		sum   int64
		some  int
		have  map[string]bool
	}
	groups := map[string]*parts{}
	for i := range t.Cells {
		c := &t.Cells[i]
		if len(c.At) != len(t.Dimensions) || c.At[k] == "" {
			continue // what is wrong is said elsewhere
		}
		up := d.Parent[c.At[k]]
		if siblings[up] == nil {
			siblings[up] = map[string]bool{}
		}
		siblings[up][c.At[k]] = true
		at := slices.Clone(c.At)
		at[k] = up
		g := groups[joined(at)]
		if g == nil {
			g = &parts{first: c, have: map[string]bool{}}
			groups[joined(at)] = g
		}
		g.have[c.At[k]] = true
		g.sum += c.Value
		if c.Value > 0 {
			g.some++
		}
	}
	var added []Cell
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		g := groups[name]
		if g.some != 1 || g.sum >= group {
			continue
		}
		for _, category := range slices.SortedFunc(maps.Keys(siblings[d.Parent[g.first.At[k]]]), cmp.Compare[string]) {
			if !g.have[category] {
				at := slices.Clone(g.first.At)
				at[k] = category
				added = append(added, Cell{At: at})
			}
		}
	}
	t.Cells = append(t.Cells, added...)
}
