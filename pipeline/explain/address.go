package explain

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// AddressError says that an address names no figure, or several.
type AddressError struct{ Reason string }

// Error says what is wrong with which part of the address and what to do.
func (e *AddressError) Error() string { return e.Reason }

func wrong(format string, args ...any) error { return &AddressError{fmt.Sprintf(format, args...)} }

// columnInfo is a column of a dataset.
type columnInfo struct {
	info                model.Info
	column              string
	meaning, unit, from string
}

func (c *columnInfo) name() string { return c.info.Name + "." + c.column }

// column finds the column that dataset.column names.
func (e *Explainer) column(figure string) (*columnInfo, error) {
	dataset, column, found := strings.Cut(figure, ".")
	if !found {
		return nil, wrong("figure %q: write dataset.column, as skill_gaps.share_gap", figure)
	}
	var names []string
	for _, d := range model.Datasets() {
		if d.Name != dataset {
			names = append(names, d.Name)
			continue
		}
		columns := columnsOf(d)
		at := slices.IndexFunc(columns, func(c columnInfo) bool { return c.column == column })
		if at < 0 {
			var of []string
			for _, c := range columns {
				of = append(of, c.column)
			}
			return nil, wrong("dataset %s has no column %q; the nearest is %q; it has %s", dataset, column, config.Nearest(column, of), strings.Join(of, ", "))
		}
		return &columns[at], nil
	}
	return nil, wrong("no dataset %q; the nearest is %q; `skillsgap help datasets` lists them all", dataset, config.Nearest(dataset, names))
}

// columnsOf lists the columns of a dataset.
func columnsOf(d model.Info) []columnInfo {
	var columns []columnInfo
	for _, f := range reflect.VisibleFields(d.Row) {
		if f.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		if p := f.Tag.Get("partition"); p != "" {
			name = p
		}
		columns = append(columns, columnInfo{d, name, f.Tag.Get("desc"), f.Tag.Get("unit"), f.Tag.Get("source")})
	}
	return columns
}

// cellKeys are the columns that name a row of the datasets of cells, by the words
// of an address.
var cellKeys = []struct{ word, column string }{
	{"region", "region_code"}, {"occupation", "occupation_code"}, {"sector", "nace_section"},
	{"skill", "skill_uri"}, {"month", "month"}, {"period", "period"},
}

// ofCells tells whether the dataset's rows are cells, or skills in cells.
func (c *columnInfo) ofCells() bool {
	return slices.Contains([]string{model.Cells.Name, model.SkillDemands.Name, model.SkillSupplies.Name, model.SkillGaps.Name}, c.info.Name)
}

// ofSkills tells whether a row is of a skill.
func (c *columnInfo) ofSkills() bool { return c.info.Name != model.Cells.Name }

// given reads key=value pairs into values by column.
func (c *columnInfo) given(keys []string) (map[string]string, error) {
	words := map[string]string{}
	var known []string
	if c.ofCells() {
		for _, k := range cellKeys {
			if k.word == "skill" && !c.ofSkills() {
				continue
			}
			words[k.word], words[k.column] = k.column, k.column
			known = append(known, k.word)
		}
	} else {
		for _, column := range columnsOf(c.info) {
			words[column.column] = column.column
			known = append(known, column.column)
		}
	}
	given := map[string]string{}
	for _, pair := range keys {
		word, value, found := strings.Cut(pair, "=")
		if !found {
			return nil, wrong("%q: write key=value, as region=FR; the keys of %s are %s", pair, c.info.Name, strings.Join(known, ", "))
		}
		column, ok := words[word]
		if !ok {
			return nil, wrong("%s has no key %q; the nearest is %q; its keys are %s", c.info.Name, word, config.Nearest(word, known), strings.Join(known, ", "))
		}
		if before, twice := given[column]; twice {
			return nil, wrong("key %q stands twice, as %q and %q: give it once", word, before, value)
		}
		given[column] = value
	}
	return given, nil
}
