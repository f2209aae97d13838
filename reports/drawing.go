package reports

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// PageChart is a chart, drawn for wide and for narrow pages.
type PageChart struct {
	ID, Title, Desc string
	Keys            []PageKey
	Wide, Narrow    Drawing
}

// PageKey is an entry of a chart's legend. Mark is a class of the style sheet.
type PageKey struct{ Mark, Text string }

// Drawing is an SVG picture, drawn in the order of its fields.
type Drawing struct {
	Width, Height int
	Grid          []Line
	Bars          []Bar
	Lines         []Line
	Dots          []Dot
	Texts         []Text
}

// Line is a straight line. Class is of the style sheet, here and below.
type Line struct {
	Class          string
	X1, Y1, X2, Y2 int
}

// Bar is a rectangle. Hint is shown on pointing, here and below.
type Bar struct {
	Class               string
	X, Y, Width, Height int
	Hint                string
}

// Dot is a circle around X, Y.
type Dot struct {
	Class string
	X, Y  int
	Hint  string
}

// Text is a line of text whose baseline has its start, middle or end (Anchor)
// at X, Y.
type Text struct {
	Class, Anchor string
	X, Y          int
	Text          string
}

// bar is a value with its interval, as numbers for drawing, and as it is shown.
type bar struct {
	ok             bool
	at, low, high  float64
	interval       bool
	shown, heading string
}

// draw draws the section's chart; nil where it has none or no row.
func (s *Section) draw(rows *records, shown []*Column) *PageChart {
	if s.Chart == nil {
		return nil
	}
	first := firstRows(&tableBuilder{section: s, rows: rows, shown: shown}, s.Chart.Rows)
	if s.Chart.Kind == "intervals" {
		first = valuedRows(rows, s.Chart)
	}
	if len(first) == 0 {
		return nil
	}
	chart := &PageChart{ID: "chart-" + s.Name, Title: s.Chart.Caption}
	switch s.Chart.Kind {
	case "dumbbell":
		s.dumbbell(chart, rows, first)
	case "intervals":
		s.intervals(chart, rows, first)
	case "funnel":
		s.funnel(chart, rows, first)
	default:
		s.bars(chart, rows, first)
	}
	return chart
}

// firstRows returns at most n rows: those of the first group, as far as no fold
// covers them.
func firstRows(b *tableBuilder, n int) [][]value {
	foldBy := b.headed(func(c *Column) bool { return c.Fold })
	groupBy := b.headed(func(c *Column) bool { return c.Group })
	for i, row := range b.rows.rows {
		other := b.key(groupBy, row) != b.key(groupBy, b.rows.rows[0])
		folded := slices.ContainsFunc(foldBy, func(c *Column) bool { return !b.rows.get(row, c.Name).null })
		if i == n || other || folded {
			return b.rows.rows[:i]
		}
	}
	return b.rows.rows
}

// valuedRows returns the first rows of a chart of intervals that have a value.
func valuedRows(rows *records, c *Chart) [][]value {
	var valued [][]value
	for _, row := range rows.rows {
		if len(valued) < c.Rows && !rows.get(row, c.Value).null {
			valued = append(valued, row)
		}
	}
	return valued
}

// label is the text of a row's label.
func (s *Section) label(rows *records, row []value) string {
	c, _ := s.column(s.Chart.Label)
	return c.format(rows.get(row, c.Name).text)
}

// bar reads a row's value in a column for drawing.
func (s *Section) bar(rows *records, row []value, name string) bar {
	c, _ := s.column(name)
	v := rows.get(row, name)
	b := bar{heading: c.Heading}
	if v.null {
		return b
	}
	at, err := strconv.ParseFloat(v.text, 64)
	cell := s.cell(rows, c, row)
	b.at, b.low, b.high, b.ok = at, at, at, err == nil
	b.shown = strings.TrimSpace(cell.Text + bracketed(cell.Share) + bracketed(cell.Quiet))
	low, errLow := strconv.ParseFloat(rows.get(row, c.Low).text, 64)
	high, errHigh := strconv.ParseFloat(rows.get(row, c.High).text, 64)
	if errLow == nil && errHigh == nil {
		b.low, b.high, b.interval = low, high, true
	}
	return b
}

func bracketed(quiet string) string {
	if quiet == "" {
		return ""
	}
	return " (" + quiet + ")"
}

// scale maps values from bottom to top onto pixels from left to right.
type scale struct {
	bottom, top float64
	left, right int
}

func (s scale) x(v float64) int {
	return s.left + int(min(max((v-s.bottom)/(s.top-s.bottom), 0), 1)*float64(s.right-s.left)+0.5)
}

// scaleFor returns a scale with 0 whose ends are round numbers, one not above
// least, the other not below most, and the values of its ticks.
func scaleFor(least, most float64, left, right int) (scale, []float64) {
	least = min(least, 0)
	if !(most > least) {
		most = 0.01 // nothing but zeros
	}
	most = max(most, 0)
	power := math.Pow(10, math.Floor(math.Log10(most-least)))
	step := power
	for _, factor := range []float64{0.2, 0.5, 1, 2} {
		if step = power * factor; (most-least)/step <= 5 {
			break
		}
	}
	first, last := math.Floor(least/step+1e-9), math.Ceil(most/step-1e-9)
	var ticks []float64
	for i := first; i <= last; i++ {
		ticks = append(ticks, i*step)
	}
	return scale{bottom: first * step, top: last * step, left: left, right: right}, ticks
}

// axis draws the ticks of a scale with their values below the rows.
func (d *Drawing) axis(kind Kind, s scale, ticks []float64, bottom int) {
	for _, t := range ticks {
		x := s.x(t)
		text := fmt.Sprintf("%.6g", t)
		if kind == KindShare || kind == KindPoints {
			text = fmt.Sprintf("%.4g", t*100) + noBreak + "%"
		}
		text = strings.Replace(text, "-", minusSign, 1)
		d.Grid = append(d.Grid, Line{"grid", x, 0, x, bottom})
		d.Texts = append(d.Texts, Text{"tick", "middle", x, bottom + 17, text})
	}
}

// label writes a row's label in at most two lines of about the given number of
// letters, the last of them at height y.
func (d *Drawing) label(text string, y, letters int) {
	lines := wrap(text, letters)
	for i, line := range lines {
		d.Texts = append(d.Texts, Text{"label", "start", 0, y - 15*(len(lines)-1-i), line})
	}
}

// wrap breaks text into at most two lines; what is left over becomes "…".
func wrap(text string, letters int) []string {
	if len([]rune(text)) <= letters {
		return []string{text}
	}
	var first string
	words := strings.Fields(text)
	for len(words) > 1 && len([]rune(first))+len([]rune(words[0])) < letters {
		first = strings.TrimSpace(first + " " + words[0])
		words = words[1:]
	}
	rest := []rune(strings.Join(words, " "))
	if len(rest) > letters {
		rest = append(rest[:letters-1], '…')
	}
	if first == "" {
		return []string{string(rest)}
	}
	return []string{first, string(rest)}
}
