package reports

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// maxTextColumn bounds the width of a column of a text table, in letters.
const maxTextColumn = 60

// writeTable writes a section for a terminal: the same cells as on its page.
func writeTable(w io.Writer, s PageSection) error {
	var out strings.Builder
	if s.Open != nil {
		writeText(&out, s.Open)
	}
	for _, f := range s.Folds {
		fmt.Fprintf(&out, "\n%s\n", strings.Join(append([]string{f.Title}, f.Facts...), " · "))
		writeText(&out, f.Table)
	}
	if s.Open == nil && len(s.Folds) == 0 {
		fmt.Fprintln(&out, s.NothingText())
	}
	if s.More > 0 {
		fmt.Fprintf(&out, "%d more rows: csv, json, ndjson and arrow have them all\n", s.More)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeText(out *strings.Builder, t *PageTable) {
	tw := table.NewWriter()
	tw.SetStyle(table.StyleLight)
	tw.Style().Format.Header = text.FormatDefault
	heads, configs := make(table.Row, len(t.Heads)), make([]table.ColumnConfig, len(t.Heads))
	for i, h := range t.Heads {
		heads[i] = strings.TrimSpace(h.Heading + "\n" + h.Unit)
		configs[i] = table.ColumnConfig{Number: i + 1}
		if h.Numeric {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	tw.AppendHeader(heads)
	tw.SetColumnConfigs(configs)
	for i, g := range t.Groups {
		if i > 0 {
			tw.AppendSeparator()
		}
		appendGroup(tw, g, len(t.Heads))
	}
	out.WriteString(tw.Render())
	out.WriteByte('\n')
}

func appendGroup(tw table.Writer, g PageGroup, columns int) {
	if head := strings.Join(append(nonEmpty(g.Title), g.Facts...), " · "); head != "" {
		row := make(table.Row, columns)
		for i := range row {
			row[i] = head
		}
		tw.AppendRow(row, table.RowConfig{AutoMerge: true, AutoMergeAlign: text.AlignLeft})
		tw.AppendSeparator()
	}
	for _, cells := range g.Rows {
		row := make(table.Row, columns)
		for i, c := range cells {
			row[i] = text.WrapSoft(c.line(), maxTextColumn)
		}
		tw.AppendRow(row)
	}
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// line is a cell in one line of text. Control characters, which could steer the
// terminal, become spaces.
func (c PageCell) line() string {
	line := cmp.Or(c.Text, c.Instead) + bracketed(c.Share) + bracketed(c.Quiet)
	if len(c.Labels) > 0 {
		line += " [" + strings.Join(c.Labels, ", ") + "]"
	}
	line = strings.Join(append([]string{line}, c.Notes...), ", ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, line)
}
