package warehouse

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/sourcegraph/conc/stream"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Column is a column of some thousand rows: for datasets of which a Go value for
// each row would be too much.
type Column struct {
	// Of text, row i is Names[Codes[i]]; the code is -1 where it is null. Rows that
	// follow each other with the same text have the same code.
	Names []string
	Codes []int32
	// Of 32-bit integers, dates and scores, row i is Numbers[i]; 0 where it is null.
	Numbers []int32
}

// Text returns row i of a column of text, "" where it is null.
func (c *Column) Text(i int) string {
	if code := c.Codes[i]; code >= 0 {
		return c.Names[code]
	}
	return ""
}

// ReadDraftColumns gives columns of a dataset that the draft already holds, in the
// order of names, a group of rows after the other in key order, with the month of
// their partition. It leaves out months for which within is false (nil: none).
// Several groups are given at once; what each returns is called for one after the
// other, in key order, up to the first error.
func ReadDraftColumns(d *Draft, ds model.Info, within func(model.Date) bool, names []string, each func(month model.Date, rows int, columns []Column) func() error) error {
	files, err := d.ended(ds)
	if err != nil {
		return err
	}
	groups, err := rowGroups(d.dir, datasetFiles(files, ds), ds, within)
	if err != nil {
		return fmt.Errorf("read %s: %w", ds.Name, err)
	}
	var failed error // of the first group that has one; set and read by callbacks alone
	s := stream.New().WithMaxGoroutines(runtime.GOMAXPROCS(0))
	for _, g := range groups {
		s.Go(func() stream.Callback { // groups are read together and given in order
			rows, columns, err := g.read(names)
			var take func() error
			if err == nil {
				take = each(g.month, rows, columns)
			}
			return func() {
				switch {
				case failed != nil:
				case err != nil:
					failed = fmt.Errorf("read %s: %w", ds.Name, err)
				default:
					failed = take()
				}
			}
		})
	}
	s.Wait()
	return failed
}

// rowGroup is a group of rows of a file.
type rowGroup struct {
	month model.Date
	path  string
	place int
}

// rowGroups lists the groups of rows of files, in key order.
func rowGroups(dir string, files []File, ds model.Info, within func(model.Date) bool) ([]rowGroup, error) {
	slices.SortFunc(files, byKey)
	var groups []rowGroup
	for _, f := range files {
		month, err := partitionMonth(f.Path, ds.Partition)
		if err != nil {
			return nil, err
		}
		if f.Rows == 0 || within != nil && !within(month) {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		file, closeFile, err := openParquet(path)
		if err != nil {
			return nil, err
		}
		_, err = schemaVersion(path, file)
		for i := range file.RowGroups() {
			groups = append(groups, rowGroup{month, path, i})
		}
		if err := errors.Join(err, closeFile()); err != nil {
			return nil, err
		}
	}
	return groups, nil
}

func (g *rowGroup) read(names []string) (rows int, columns []Column, err error) {
	file, closeFile, err := openParquet(g.path)
	if err != nil {
		return 0, nil, err
	}
	defer closeFile() //nolint:errcheck // it was only read
	group := file.RowGroups()[g.place]
	columns = make([]Column, len(names))
	for i, name := range names {
		leaf, ok := file.Schema().Lookup(name)
		if !ok || leaf.MaxRepetitionLevel > 0 {
			return 0, nil, fmt.Errorf("%s has no column %s with one value a row", g.path, name)
		}
		if err := columns[i].read(group.ColumnChunks()[leaf.ColumnIndex].Pages(), int(group.NumRows())); err != nil {
			return 0, nil, fmt.Errorf("read column %s of %s: %w", name, g.path, err)
		}
	}
	return int(group.NumRows()), columns, nil
}

// read appends all pages of a column of so many rows.
func (c *Column) read(pages parquet.Pages, rows int) error {
	defer pages.Close()
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		err = c.append(page, rows)
		parquet.Release(page)
		if err != nil {
			return err
		}
	}
}

// append adds the rows of a page to those of a column of so many rows.
func (c *Column) append(page parquet.Page, rows int) error {
	data := page.Data()
	switch dictionary := page.Dictionary(); {
	case dictionary != nil:
		if c.Names == nil { // of a group of rows it is the same for all pages
			c.Names = textsOf(dictionary.Page())
		}
		c.Codes = spread(c.Codes, rows, data.Int32(), page.DefinitionLevels(), -1)
	case page.Type().Kind() == parquet.Int32:
		c.Numbers = spread(c.Numbers, rows, data.Int32(), page.DefinitionLevels(), 0)
	case page.Type().Kind() == parquet.ByteArray:
		text, offsets := data.ByteArray()
		c.Codes = spread(c.Codes, rows, c.code(text, offsets), page.DefinitionLevels(), -1)
	default:
		return fmt.Errorf("values of type %s are neither text nor 32-bit integers", page.Type())
	}
	return nil
}

// code gives each text a code, that of the text before where they are equal.
func (c *Column) code(text []byte, offsets []uint32) []int32 {
	codes := make([]int32, max(len(offsets)-1, 0))
	for i := range codes {
		value := text[offsets[i]:offsets[i+1]]
		if n := len(c.Names); n == 0 || c.Names[n-1] != string(value) {
			c.Names = append(c.Names, string(value))
		}
		codes[i] = int32(len(c.Names) - 1)
	}
	return codes
}

// spread appends values to those of a column of so many rows, and null where a level
// says that there is none; without levels there always is one.
func spread(to []int32, rows int, values []int32, levels []byte, null int32) []int32 {
	if to == nil {
		to = make([]int32, 0, rows)
	}
	if len(levels) == 0 {
		return append(to, values...)
	}
	next := 0
	for _, level := range levels {
		if level == 0 {
			to = append(to, null)
			continue
		}
		to = append(to, values[next])
		next++
	}
	return to
}
