package outcome

import "fmt"

// count makes the tables of the persons whom comparisons rest on, by side, and of shares by
// answer: a person of the comparison group stands in many.
func (a *Adjusted) count() {
	type key struct {
		comparison, indicator string
		at                    horizon
	}
	tables := map[key]*Table{}
	for i := range a.samples {
		s := &a.samples[i]
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
