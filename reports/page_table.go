package reports

import (
	"strings"
	"unicode/utf8"
)

// PageTable is a table of a page. Its first column names the rows.
type PageTable struct {
	Caption string
	Heads   []PageHead
	Groups  []PageGroup
	Wide    bool // too wide for the page: scrolls by itself
}

// PageHead is the head of a column.
type PageHead struct {
	Heading, Unit, Meaning string
	Numeric                bool
}

// PageGroup is a run of rows with one head; the head may be empty.
type PageGroup struct {
	Title string   // texts that the rows have in common
	Facts []string // figures that they have in common, with their headings
	Rows  [][]PageCell
}

// PageFold is a collapsed part of a section.
type PageFold struct {
	Title  string
	Facts  []string
	Groups int
	Table  *PageTable
}

// PageCell is a value as it is shown.
type PageCell struct {
	Text    string   // rounded; "" for null
	Instead string   // why there is no text, as "withheld"; "" where that is not known
	Share   string   // of the whole that it is part of, "" for none
	Quiet   string   // its interval, "" for none
	Notes   []string // further values, with their units
	Labels  []string // flags that hold
	Link    string   // address, "" for none
	Width   string   // of the bar behind it in per cent, "" for none
	Numeric bool
}

// Long tells text that a narrow page gives a line of its own.
func (c PageCell) Long() bool { return !c.Numeric && utf8.RuneCountInString(c.Text) > 24 }

// wideFrom is the number of columns from which a table scrolls by itself.
const wideFrom = 9

// tableBuilder arranges rows by fold, then by group.
type tableBuilder struct {
	section *Section
	rows    *records
	shown   []*Column
}

// headed tells apart the columns that head a fold or a group.
func (b *tableBuilder) headed(is func(*Column) bool) []*Column {
	var columns []*Column
	for _, c := range b.shown {
		if is(c) {
			columns = append(columns, c)
		}
	}
	return columns
}

func (b *tableBuilder) build() (open *PageTable, folds []PageFold) {
	foldBy := b.headed(func(c *Column) bool { return c.Fold })
	groupBy := b.headed(func(c *Column) bool { return c.Group })
	var fold, group string
	for i, row := range b.rows.rows {
		nextFold, nextGroup := b.key(foldBy, row), b.key(groupBy, row)
		if i == 0 || nextFold != fold {
			folds = append(folds, b.fold(foldBy, row))
			group = nextGroup + "other"
		}
		last := &folds[len(folds)-1]
		if nextGroup != group {
			title, facts := b.head(groupBy, row)
			last.Table.Groups = append(last.Table.Groups, PageGroup{Title: title, Facts: facts})
			last.Groups++
		}
		fold, group = nextFold, nextGroup
		g := &last.Table.Groups[last.Groups-1]
		g.Rows = append(g.Rows, b.cells(row))
	}
	if len(folds) > 0 && folds[0].Title == "" {
		open, folds = folds[0].Table, folds[1:]
	}
	return open, folds
}

func (b *tableBuilder) key(columns []*Column, row []value) string {
	var key strings.Builder
	for _, c := range columns {
		v := b.rows.get(row, c.Name)
		if !v.null {
			key.WriteString("=" + v.text)
		}
		key.WriteByte(0)
	}
	return key.String()
}

func (b *tableBuilder) fold(columns []*Column, row []value) PageFold {
	title, facts := b.head(columns, row)
	t := &PageTable{Caption: b.section.Title}
	if title != "" {
		t.Caption += ": " + title
	}
	for _, c := range b.shown {
		if c.onPage() {
			t.Heads = append(t.Heads, PageHead{c.Heading, c.headUnit(), c.Meaning, c.Kind.numeric()})
		}
	}
	t.Wide = len(t.Heads) >= wideFrom
	return PageFold{Title: title, Facts: facts, Table: t}
}

// head returns the texts that the rows under it share, and the figures.
func (b *tableBuilder) head(columns []*Column, row []value) (title string, facts []string) {
	var texts []string
	for _, c := range columns {
		v := b.rows.get(row, c.Name)
		switch {
		case v.null:
		case c.Kind.numeric():
			cell := b.section.cell(b.rows, c, row)
			facts = append(facts, c.Heading+" "+cell.Text)
		default:
			texts = append(texts, c.format(v.text))
		}
	}
	return strings.Join(texts, " · "), facts
}

func (b *tableBuilder) cells(row []value) []PageCell {
	var cells []PageCell
	for _, c := range b.shown {
		if c.onPage() {
			cells = append(cells, b.section.cell(b.rows, c, row))
		}
	}
	for _, c := range b.shown {
		if c.Kind == KindFlag && len(cells) > 0 {
			if label := c.format(b.rows.get(row, c.Name).text); label != "" {
				cells[0].Labels = append(cells[0].Labels, label)
			}
		}
	}
	return cells
}

// cell shows a row's value in a column.
func (s *Section) cell(rows *records, c *Column, row []value) PageCell {
	v := rows.get(row, c.Name)
	cell := PageCell{Numeric: c.Kind.numeric(), Link: rows.get(row, c.Link).text}
	if !v.null {
		cell.Text = c.format(v.text)
		cell.Share = partOf(v.text, rows.get(row, c.Of).text)
		cell.Quiet = c.interval(rows, row, v)
		cell.Width = c.width(rows, row, v)
	} else {
		cell.Instead = rows.get(row, c.Instead).text
	}
	for _, name := range c.Notes {
		note, _ := s.column(name)
		if n := rows.get(row, name); !n.null {
			cell.Notes = append(cell.Notes, note.note(n.text))
		}
	}
	return cell
}

// interval shows the interval of a value.
func (c *Column) interval(rows *records, row []value, v value) string {
	low, high := rows.get(row, c.Low), rows.get(row, c.High)
	switch {
	case low.null || high.null:
		return ""
	case c.Kind == KindShare:
		return percentRange(v.text, low.text, high.text)
	case c.Kind == KindPoints:
		return pointsRange(v.text, low.text, high.text)
	}
	if from := c.format(low.text); strings.HasPrefix(from, minusSign) { // a dash between signs is hard to read
		return from + " to " + c.format(high.text)
	}
	return c.format(low.text) + enDash + c.format(high.text)
}

func (c *Column) width(rows *records, row []value, v value) string {
	if !c.Bar {
		return ""
	}
	share := v.text
	if c.Of != "" {
		share = quotient(v.text, rows.get(row, c.Of).text)
	}
	return round(share, 2, 1)
}

// headUnit is the unit in the head of a column: none where cells carry it.
func (c *Column) headUnit() string {
	switch {
	case c.Kind == KindShare, strings.EqualFold(c.Unit, c.Heading):
		return ""
	case c.Kind == KindPoints:
		return "percentage points"
	}
	return c.Unit
}

// note is a figure beneath another, with its unit.
func (c *Column) note(text string) string {
	unit := c.Unit
	switch {
	case c.Kind == KindShare:
		unit = strings.ToLower(c.Heading)
	case text == "1" && strings.HasSuffix(unit, "ies"):
		unit = strings.TrimSuffix(unit, "ies") + "y"
	case text == "1":
		unit = strings.TrimSuffix(unit, "s")
	}
	return strings.TrimSpace(c.format(text) + " " + unit)
}
