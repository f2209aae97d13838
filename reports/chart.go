package reports

import (
	"slices"
	"strconv"
	"strings"
)

// Chart describes the chart of a section. In a header it is
//
//	-- chart: bars label=column value=column rows=15 | Caption
//	-- chart: dumbbell label=column from=column to=column gap=column rows=20 | Caption
//	-- chart: intervals label=column value=column also=column at=1 rows=20 | Caption
//	-- chart: funnel label=column value=column unit=column | Caption
//
// The rows are the section's first, without fold and of the first group. All
// kinds but the funnel draw the intervals that the columns have. A dumbbell
// compares two columns of one kind; gap, printed beside it, may be left out.
// Intervals are of all groups, but for rows without a value; also, a second value
// of each row, and at, where a line marks what makes no difference, may be left
// out. The steps of a funnel are drawn to one scale where they count the same
// unit, a text.
type Chart struct {
	Kind                        string // bars, dumbbell, intervals or funnel
	Label, Value, From, To, Gap string // names of columns
	Also, Unit                  string
	At                          *float64 // nil for no line
	Rows                        int      // at most so many
	Caption                     string
}

var chartKinds = []string{"bars", "dumbbell", "funnel", "intervals"}

// maxChartRows bounds the rows of a chart; beyond it, nobody reads one.
const maxChartRows = 60

func (p *parser) chart(s *Section, f field) {
	spec, caption, _ := strings.Cut(f.text(), "|")
	c := &Chart{Rows: 20, Caption: strings.TrimSpace(caption)}
	words := strings.Fields(spec)
	if len(words) == 0 || c.Caption == "" {
		p.fail(f.line, "chart: want kind attributes | caption")
		return
	}
	c.Kind = words[0]
	columns := map[string]*string{"label": &c.Label}
	required := []string{"label", "value"}
	switch c.Kind {
	case "bars":
		columns["value"] = &c.Value
	case "dumbbell":
		columns["from"], columns["to"], columns["gap"] = &c.From, &c.To, &c.Gap
		required = []string{"label", "from", "to"}
	case "intervals":
		columns["value"], columns["also"] = &c.Value, &c.Also
	case "funnel":
		columns["value"], columns["unit"] = &c.Value, &c.Unit
		required = []string{"label", "value", "unit"}
	default:
		p.fail(f.line, "chart: unknown kind %q%s", c.Kind, didYouMean(c.Kind, chartKinds))
		return
	}
	for _, word := range words[1:] {
		p.chartWord(s, f.line, c, columns, word)
	}
	for _, name := range required {
		if *columns[name] == "" {
			p.fail(f.line, "chart: missing %s=column", name)
		}
	}
	s.Chart = c
}

func (p *parser) chartWord(s *Section, line int, c *Chart, columns map[string]*string, word string) {
	name, value, _ := strings.Cut(word, "=")
	if name == "rows" {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > maxChartRows {
			p.fail(line, "chart: want rows=1 to rows=%d", maxChartRows)
		}
		c.Rows = n
		return
	}
	if name == "at" && c.Kind == "intervals" {
		at, err := strconv.ParseFloat(value, 64)
		if err != nil {
			p.fail(line, "chart: want at=number")
		}
		c.At = &at
		return
	}
	target, ok := columns[name]
	if !ok {
		names := []string{"rows"}
		for n := range columns {
			names = append(names, n)
		}
		slices.Sort(names)
		p.fail(line, "chart: unknown attribute %q%s", name, didYouMean(name, names))
		return
	}
	column, ok := s.column(value)
	switch {
	case !ok:
		p.fail(line, "chart: %s=%s is no column of the section%s", name, value, didYouMean(value, s.columnNames()))
	case name != "label" && name != "unit" && !column.Kind.numeric():
		p.fail(line, "chart: %s=%s is no column of numbers", name, value)
	}
	*target = value
}
