package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// grid is a table of figures: a line of text above it, a head, rows whose first
// cell is a name, and lines of text below it.
type grid struct {
	title string
	head  []string
	rows  [][]string
	notes []string
}

// writeGrids writes grids with an empty line between them.
func writeGrids(w io.Writer, grids []grid, write func(grid, io.Writer)) error {
	out := bufio.NewWriter(w)
	for i, g := range grids {
		if i > 0 {
			fmt.Fprintln(out)
		}
		write(g, out)
	}
	return out.Flush()
}

// text writes the grid for a terminal: names to the left, figures to the right.
func (g grid) text(w io.Writer) {
	lines := append([][]string{g.head}, g.rows...)
	widths := make([]int, len(g.head))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintln(w, g.title)
	for _, line := range lines {
		text := fmt.Sprintf("  %-*s", widths[0], line[0])
		for i, cell := range line[1:] {
			text += fmt.Sprintf("  %*s", widths[i+1], cell)
		}
		fmt.Fprintln(w, strings.TrimRight(text, " "))
	}
	for _, note := range g.notes {
		fmt.Fprintf(w, "  %s\n", note)
	}
}

// markdown writes the grid as a table of Markdown.
func (g grid) markdown(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n| %s |\n|---|%s\n", g.title, strings.Join(g.head, " | "), strings.Repeat("--:|", len(g.head)-1))
	for _, row := range g.rows {
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
	for _, note := range g.notes {
		fmt.Fprintf(w, "\n%s\n", note)
	}
}
