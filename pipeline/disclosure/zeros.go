package disclosure

import (
	"encoding/binary"
	"maps"
	"slices"
)

// withZeros returns a copy of the publication in which nothing is withheld yet, and in
// which a small group that is all in one category of an attribute has a cell of
// zero for each other category, so that these can be withheld.
func withZeros(p *Publication, c *codes, rule Rule) *Publication {
	out := *p
	out.Tables = slices.Clone(p.Tables)
	for i := range out.Tables {
		t := &out.Tables[i]
		t.Cells = slices.Clone(t.Cells)
		for k := range t.Cells {
			t.Cells[k].Withheld = false
		}
		if t.Magnitude {
			continue
		}
		for k, name := range t.Dimensions {
			if d := c.dimension[name]; c.dimensions[d].Attribute && !slices.Contains(t.Overlapping, name) {
				addZeros(t, k, c, rule.Group)
			}
		}
	}
	return &out
}

// siblings are the cells of one whole along a dimension.
type siblings struct {
	first *Cell
	sum   int64
	some  int
	have  []uint32 // categories
}

// addZeros adds the cells of zero along dimension k of a table.
func addZeros(t *Table, k int, c *codes, group int64) {
	of := make([]*categories, len(t.Dimensions))
	for i, name := range t.Dimensions {
		of[i] = &c.of[c.dimension[name]]
	}
	var key []byte
	whole := func(at []string) {
		key = key[:0]
		for i, category := range at {
			code := int32(-1)
			if category != "" {
				if code = int32(of[i].code[category]); i == k {
					code = of[i].parent[code]
				}
			}
			key = binary.BigEndian.AppendUint32(key, uint32(code))
		}
	}
	groups := map[string]*siblings{}
	for i := range t.Cells { // a small group has small parts alone
		if cell := &t.Cells[i]; cell.At[k] != "" && cell.Value > 0 && cell.Value < group {
			if whole(cell.At); groups[string(key)] == nil {
				groups[string(key)] = &siblings{}
			}
		}
	}
	used := make([]bool, len(of[k].names))
	for i := range t.Cells {
		cell := &t.Cells[i]
		if cell.At[k] == "" {
			continue
		}
		code := of[k].code[cell.At[k]]
		used[code] = true
		whole(cell.At)
		if g := groups[string(key)]; g != nil {
			g.first, g.sum, g.have = cell, g.sum+cell.Value, append(g.have, code)
			if cell.Value > 0 {
				g.some++
			}
		}
	}
	var added []Cell
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		g := groups[name]
		if g.some != 1 || g.sum >= group {
			continue
		}
		above := of[k].parent[g.have[0]]
		for code, category := range of[k].names {
			if used[code] && of[k].parent[code] == above && !slices.Contains(g.have, uint32(code)) {
				at := slices.Clone(g.first.At)
				at[k] = category
				added = append(added, Cell{At: at})
			}
		}
	}
	t.Cells = append(t.Cells, added...)
}
