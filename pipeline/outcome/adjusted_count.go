package outcome

import "fmt"

// count makes the tables of the persons whom comparisons rest on, by side, and of shares by
// answer: a person of the comparison group stands in many. Comparisons that no figure can be
// told of have none.
func (a *Adjusted) count() {
	type key struct {
		comparison, indicator string
		at                    horizon
	}
	tables := map[key]*Table{}
	for i := range a.samples {
		s := &a.samples[i]
		if !carried(s.counts, a.threshold) {
			continue
		}
		k := key{s.comparison, s.indicator, s.at}
		t := tables[k]
		if t == nil {
			measure := fmt.Sprintf("compared, %s, %s, %s", s.comparison, s.indicator, s.at)
			side := newDimension("side", false)
			side.code("treated")
			side.code("untreated")
			t = &Table{Name: measure, Measure: measure, Overlapping: []string{"compared"}, Dimensions: []*Dimension{newDimension("compared", false), side, answers("compared answer")}}
			tables[k] = t
			a.Tables = append(a.Tables, t)
		}
		s.table, s.unit = t, t.Dimensions[0].code(s.kind+" "+s.code)
		for row, n := range s.counts {
			for column, name := range []string{yes, no} {
				if n[column] > 0 {
					t.Cells = append(t.Cells, Cell{At: []int32{s.unit, int32(row), t.Dimensions[2].codes[name]}, Value: n[column]})
				}
			}
		}
	}
}

// carried tells whether a comparison has the persons for a figure, and none of its counts
// would be withheld: all of them are published with it.
func carried(n [2][2]int64, threshold int64) bool {
	for _, side := range n {
		if side[0]+side[1] < max(MinPersons, threshold) || side[0] > 0 && side[0] < threshold || side[1] > 0 && side[1] < threshold {
			return false
		}
	}
	return true
}
