package linker

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// CrosswalkColumns names the columns of a crosswalk table; "" stands for one that
// it lacks. Name is required, and one of Occupation and Code.
type CrosswalkColumns struct {
	Name, Code, Occupation, OccupationName string
}

// ReadCrosswalk reads a crosswalk from a table in UTF-8 with a header line. The
// separator "" stands for a comma. Errors say which line or column is wrong.
func ReadCrosswalk(r io.Reader, language, separator string, columns CrosswalkColumns) (Crosswalk, error) {
	c := Crosswalk{Language: language}
	table := csv.NewReader(r)
	if separator != "" {
		table.Comma, _ = utf8.DecodeRuneInString(separator)
	}
	table.ReuseRecord = true
	header, err := table.Read()
	if errors.Is(err, io.EOF) {
		return c, errors.New("the table is empty")
	}
	if err != nil {
		return c, fmt.Errorf("read header: %w", err)
	}
	header = slices.Clone(header)
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	places, err := columns.find(header)
	if err != nil {
		return c, err
	}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, fmt.Errorf("read table: %w", err)
		}
		var fields [len(places)]string
		for i, place := range places {
			if place >= 0 {
				fields[i] = strings.TrimSpace(cells[place])
			}
		}
		c.Rows = append(c.Rows, CrosswalkRow{Name: fields[0], Code: fields[1], Occupation: fields[2], OccupationName: fields[3]})
	}
}

// find returns the places of the columns in a header, -1 for a column without
// name.
func (c CrosswalkColumns) find(header []string) (places [4]int, err error) {
	for i, name := range []string{c.Name, c.Code, c.Occupation, c.OccupationName} {
		places[i] = -1
		if name == "" {
			continue
		}
		if places[i] = slices.Index(header, name); places[i] < 0 {
			return places, fmt.Errorf("there is no column %q; the columns are %q", name, header)
		}
	}
	return places, nil
}
