package generate

import (
	"encoding/csv"
	"fmt"
	"io"
)

// sheet is a table with columns and words of its own, as providers have them.
type sheet struct {
	// columns are our field and their name of it; of a column that is not mapped the
	// field is "".
	columns [][2]string
	// words are, for a field, our value and their word for it.
	words     map[string][][2]string
	separator rune
}

// mapping returns the mapped columns as the configuration names them.
func (s *sheet) mapping() map[string]string {
	m := mapping(s.columns)
	delete(m, "")
	return m
}

// values returns their words as the configuration names them.
func (s *sheet) values() map[string]map[string]string {
	all := map[string]map[string]string{}
	for field, words := range s.words {
		all[field] = map[string]string{}
		for _, w := range words {
			all[field][w[1]] = w[0]
		}
	}
	return all
}

// sheetWriter writes rows of a sheet.
type sheetWriter struct {
	*sheet
	rows *csv.Writer
}

func (s *sheet) start(to io.Writer) (*sheetWriter, error) {
	w := &sheetWriter{s, csv.NewWriter(to)}
	w.rows.Comma = s.separator
	return w, w.rows.Write(theirs(s.columns))
}

// write writes a row of cells, by our field or, of a column that is not mapped,
// by its name, in our words. What is spoilt on purpose is spoilt last.
func (w *sheetWriter) write(cells map[string]string, spoil func(cells []string) []string) error {
	row := make([]string, len(w.columns))
	for i, c := range w.columns {
		if c[0] == "" {
			row[i] = cells[c[1]]
			continue
		}
		row[i] = cells[c[0]]
		for _, word := range w.words[c[0]] {
			if word[0] == row[i] {
				row[i] = word[1]
			}
		}
	}
	if spoil != nil {
		row = spoil(row)
	}
	if err := w.rows.Write(row); err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	return nil
}

// set puts a cell of our field into a row.
func (s *sheet) set(row []string, field, cell string) {
	for i, c := range s.columns {
		if c[0] == field {
			row[i] = cell
		}
	}
}

func (w *sheetWriter) close() error {
	w.rows.Flush()
	return w.rows.Error()
}
