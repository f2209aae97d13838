package reports

import (
	"fmt"
	"slices"
)

// pair is a row of a dumbbell chart.
type pair struct {
	label     string
	gap       PageCell
	uncertain bool // the gap's interval reaches zero
	from, to  bar
}

// dumbbell draws each row as two dots with their intervals, joined by a band.
func (s *Section) dumbbell(chart *PageChart, rows *records, shown [][]value) {
	c := s.Chart
	from, _ := s.column(c.From)
	to, _ := s.column(c.To)
	var pairs []pair
	var most float64
	for _, row := range shown {
		p := pair{label: s.label(rows, row)}
		p.from, p.to = s.bar(rows, row, c.From), s.bar(rows, row, c.To)
		if gap, ok := s.column(c.Gap); ok {
			b := s.bar(rows, row, c.Gap)
			p.gap, p.uncertain = s.cell(rows, gap, row), b.interval && b.low <= 0 && b.high >= 0
		}
		most = max(most, p.from.high, p.to.high)
		pairs = append(pairs, p)
	}
	chart.Desc = fmt.Sprintf("%d rows. Each has a dot for %q and one for %q; a thin line is the interval of a dot. The table holds the same figures.", len(pairs), to.Heading, from.Heading)
	chart.Keys = []PageKey{{"to", to.Heading}, {"from", from.Heading}}
	if from.Low != "" || to.Low != "" {
		chart.Keys = append(chart.Keys, PageKey{"whisker", "interval (95 %)"})
	}
	if gap, ok := s.column(c.Gap); ok {
		chart.Keys = append(chart.Keys, PageKey{"band", gap.Heading})
		if slices.ContainsFunc(pairs, func(p pair) bool { return p.uncertain }) {
			chart.Keys = append(chart.Keys, PageKey{"to uncertain", gap.Heading + " uncertain: its interval reaches zero"})
		}
	}
	chart.Wide = dumbbells(pairs, to, most, layout{width: 1040, label: 330, row: 34, right: 164, figure: 934, letters: 40})
	chart.Narrow = dumbbells(pairs, to, most, layout{width: 350, row: 56, above: 36, right: 44, figure: 350, letters: 42})
}

// layout is how rows are placed: labels beside the plot, or above it.
type layout struct {
	width   int // of the drawing
	label   int // width of the labels beside the plot
	above   int // height of the labels above a row's plot
	row     int // height of a row
	right   int // width kept free for figures
	figure  int // where figures end; their interval, beside the plot only, ends at the width
	letters int // of a line of a label
}

// place returns the heights of a row's label and of its plot.
func (l layout) place(row int) (label, plot int) {
	top := row * l.row
	if l.above > 0 {
		return top + l.above - 7, top + l.above + 7
	}
	return top + l.row/2 + 5, top + l.row/2
}

func dumbbells(pairs []pair, axis *Column, most float64, l layout) Drawing {
	bottom := len(pairs)*l.row + 4
	d := Drawing{Width: l.width, Height: bottom + 24}
	s, ticks := scaleFor(0, most, l.label+14, l.width-l.right)
	d.axis(axis.Kind, s, ticks, bottom)
	for i, p := range pairs {
		labelY, y := l.place(i)
		d.label(p.label, labelFor(l, p.label, labelY), l.letters)
		if p.from.ok && p.to.ok {
			d.Bars = append(d.Bars, band(s, "band"+p.mark(), p.from.at, p.to.at, y))
		}
		d.whisker(s, p.from, "from", y)
		d.whisker(s, p.to, "to", y)
		for _, end := range []struct {
			class string
			bar   bar
		}{{"from", p.from}, {"to", p.to}} {
			if end.bar.ok {
				d.Dots = append(d.Dots, Dot{end.class + p.mark(), s.x(end.bar.at), y, p.label + ": " + end.bar.heading + " " + end.bar.shown})
			}
		}
		d.Texts = append(d.Texts, Text{"figure" + p.mark(), "end", l.figure, y + 5, p.gap.Text})
		if l.above == 0 && p.gap.Quiet != "" {
			d.Texts = append(d.Texts, Text{"tick", "end", l.width, y + 5, "(" + p.gap.Quiet + ")"})
		}
	}
	return d
}

// labelFor moves a label of two lines so that it stays beside its plot.
func labelFor(l layout, label string, y int) int {
	if l.above == 0 && len(wrap(label, l.letters)) == 2 {
		return y + 8
	}
	return y
}

// mark is the class of what belongs to an uncertain gap.
func (p pair) mark() string {
	if p.uncertain {
		return " uncertain"
	}
	return ""
}

func band(s scale, class string, from, to float64, y int) Bar {
	left, right := s.x(min(from, to)), s.x(max(from, to))
	return Bar{Class: class, X: left, Y: y - 5, Width: right - left, Height: 10}
}

// whisker draws an interval with its two ends.
func (d *Drawing) whisker(s scale, b bar, class string, y int) {
	if !b.ok || !b.interval {
		return
	}
	low, high := s.x(b.low), s.x(b.high)
	class = "whisker " + class
	d.Lines = append(d.Lines,
		Line{class, low, y, high, y},
		Line{class, low, y - 5, low, y + 5},
		Line{class, high, y - 5, high, y + 5})
}
