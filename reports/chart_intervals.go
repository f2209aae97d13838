package reports

import (
	"fmt"
	"strconv"
)

// spread is a row of a chart of intervals.
type spread struct {
	label       string
	value, also bar
}

// intervals draws each row as a dot with its interval, or as two, one above the
// other. Dots whose interval reaches the line are paler.
func (s *Section) intervals(chart *PageChart, rows *records, shown [][]value) {
	c := s.Chart
	column, _ := s.column(c.Value)
	also, two := s.column(c.Also)
	var spreads []spread
	var least, most float64
	for _, row := range shown {
		r := spread{label: s.label(rows, row), value: s.bar(rows, row, c.Value)}
		if two {
			r.also = s.bar(rows, row, c.Also)
		}
		least, most = min(least, r.value.low, r.also.low), max(most, r.value.high, r.also.high)
		spreads = append(spreads, r)
	}
	chart.Desc = fmt.Sprintf("%d rows. Each has a dot for %q; a thin line is its interval. The table holds the same figures.", len(spreads), column.Heading)
	chart.Keys = []PageKey{{"to", column.Heading}}
	if two {
		chart.Keys = append(chart.Keys, PageKey{"from", also.Heading})
	}
	chart.Keys = append(chart.Keys, PageKey{"whisker", "interval (95 %)"})
	if c.At != nil {
		least, most = min(least, *c.At), max(most, *c.At)
		at := column.format(strconv.FormatFloat(*c.At, 'f', -1, 64))
		chart.Keys = append(chart.Keys, PageKey{"at", "no difference: " + at}, PageKey{"to uncertain", "uncertain: its interval reaches the line"})
	}
	wide, narrow := layout{width: 1040, label: 330, row: 30, right: 190, letters: 44}, layout{width: 350, row: 56, above: 28, right: 8, letters: 46}
	if two {
		wide.row, narrow.row = 42, 66
	}
	chart.Wide = intervalRows(spreads, column, c.At, least, most, wide)
	chart.Narrow = intervalRows(spreads, column, c.At, least, most, narrow)
}

func intervalRows(spreads []spread, axis *Column, at *float64, least, most float64, l layout) Drawing {
	bottom := len(spreads)*l.row + 4
	d := Drawing{Width: l.width, Height: bottom + 24}
	s, ticks := scaleFor(least, most, l.label+14, l.width-l.right)
	d.axis(axis.Kind, s, ticks, bottom)
	if at != nil {
		d.Grid = append(d.Grid, Line{"at", s.x(*at), 0, s.x(*at), bottom})
	}
	for i, r := range spreads {
		labelY, y := l.place(i)
		label := r.label
		if l.above > 0 {
			label += ": " + r.value.shown
		} else {
			d.Texts = append(d.Texts, Text{"figure", "end", l.width, y + 5, r.value.shown})
		}
		d.label(label, labelFor(l, label, labelY), l.letters)
		apart := 0
		if r.also.ok {
			apart = 7
			d.dot(s, r.also, "from", label, at, y+apart)
		}
		d.dot(s, r.value, "to", label, at, y-apart)
	}
	return d
}

// dot draws a value with its interval.
func (d *Drawing) dot(s scale, b bar, class, label string, at *float64, y int) {
	if !b.ok {
		return
	}
	d.whisker(s, b, class, y)
	if at != nil && b.interval && b.low <= *at && b.high >= *at {
		class += " uncertain"
	}
	d.Dots = append(d.Dots, Dot{class, s.x(b.at), y, label + ": " + b.heading + " " + b.shown})
}
