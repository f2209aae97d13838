package reports

import (
	"cmp"
	"fmt"
)

// step is a row of a funnel.
type step struct {
	label, unit string
	value       bar
}

// funnel draws each row as a bar in the middle, before the paler one of the step
// before: what is seen of it was lost. A step of another unit begins anew.
func (s *Section) funnel(chart *PageChart, rows *records, shown [][]value) {
	column, _ := s.column(s.Chart.Value)
	var steps []step
	most := map[string]float64{}
	for _, row := range shown {
		st := step{label: s.label(rows, row), unit: rows.get(row, s.Chart.Unit).text, value: s.bar(rows, row, s.Chart.Value)}
		if !st.value.ok {
			st.value.shown = cmp.Or(s.cell(rows, column, row).Instead, "not told")
		}
		most[st.unit] = max(most[st.unit], st.value.at)
		steps = append(steps, st)
	}
	chart.Desc = fmt.Sprintf("%d steps, each with its %q and the share of the step that it is part of. The table holds the same figures.", len(steps), column.Heading)
	chart.Keys = []PageKey{{"bar", column.Heading}, {"ghost", "of the step before, not here any more"}}
	chart.Wide = funnelSteps(steps, most, layout{width: 1040, label: 330, row: 40, right: 250, letters: 40})
	chart.Narrow = funnelSteps(steps, most, layout{width: 350, row: 62, above: 30, letters: 48})
}

func funnelSteps(steps []step, most map[string]float64, l layout) Drawing {
	d := Drawing{Width: l.width, Height: len(steps)*l.row + 4}
	left, right := l.label, l.width-l.right
	centred := func(class string, value, of float64, y int, hint string) Bar {
		width := max(int(value/max(of, 1)*float64(right-left)+0.5), 1)
		return Bar{class, (left + right - width) / 2, y - 11, width, 22, hint}
	}
	for i, st := range steps {
		labelY, y := l.place(i)
		label, figure := st.label, st.value.shown
		if st.value.ok {
			figure += " " + st.unit
		}
		if l.above > 0 {
			label += ": " + figure
		} else {
			d.Texts = append(d.Texts, Text{"figure", "end", l.width, y + 5, figure})
		}
		d.label(label, labelFor(l, label, labelY), l.letters)
		if i > 0 && steps[i-1].unit == st.unit && steps[i-1].value.ok {
			d.Bars = append(d.Bars, centred("ghost", steps[i-1].value.at, most[st.unit], y, ""))
		}
		if st.value.ok {
			d.Bars = append(d.Bars, centred("bar", st.value.at, most[st.unit], y, st.label+": "+figure))
		}
	}
	return d
}
