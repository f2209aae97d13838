package reports

import "fmt"

// bars draws each row as a horizontal bar with its figure at the end.
func (s *Section) bars(chart *PageChart, rows *records, shown [][]value) {
	c := s.Chart
	column, _ := s.column(c.Value)
	var labels []string
	var values []bar
	var most float64
	for _, row := range shown {
		b := s.bar(rows, row, c.Value)
		labels, values = append(labels, s.label(rows, row)), append(values, b)
		most = max(most, b.high)
	}
	chart.Desc = fmt.Sprintf("%d horizontal bars: %s. The table holds the same figures.", len(values), column.Heading)
	chart.Wide = barRows(labels, values, column, most, layout{width: 1040, label: 330, row: 34, right: 130, letters: 40})
	chart.Narrow = barRows(labels, values, column, most, layout{width: 350, row: 60, above: 28, right: 128, letters: 42})
}

func barRows(labels []string, values []bar, axis *Column, most float64, l layout) Drawing {
	d := Drawing{Width: l.width, Height: len(values)*l.row + 4}
	s, _ := scaleFor(0, most, l.label+14, l.width-l.right)
	if l.above > 0 {
		s.left = 0
	}
	s.top = max(most, 1e-9)
	for i, b := range values {
		labelY, y := l.place(i)
		d.label(labels[i], labelFor(l, labels[i], labelY), l.letters)
		if !b.ok {
			continue
		}
		x := s.x(b.at)
		d.Bars = append(d.Bars, Bar{"bar", s.left, y - 7, max(x-s.left, 1), 14, labels[i] + ": " + axis.Heading + " " + b.shown})
		d.whisker(s, b, "to", y)
		d.Texts = append(d.Texts, Text{"figure", "start", max(x, s.x(b.high)) + 7, y + 5, b.shown})
	}
	return d
}
