package measure_test

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// expectation is a line of an expect block: what the row of a cell must hold.
type expectation struct {
	line                               int
	month                              model.Date
	period, region, occupation, sector string
	words                              []string
}

// newCell reads "2020-11 12m AT13 5321", a section letter after TOTAL.
func (s *script) newCell(words []string) error {
	if len(words) != 4 && len(words) != 5 {
		return errors.New("want expect MONTH PERIOD REGION OCCUPATION [SECTION]")
	}
	month, err := model.ParseDate(words[0] + "-01")
	s.cell = expectation{month: month, period: words[1], region: words[2], occupation: words[3], sector: model.Total}
	if len(words) == 5 {
		s.cell.sector = words[4]
	}
	return err
}

func (e *expectation) of(k *model.CellKey) bool {
	return k.RegionCode == e.region && k.OccupationCode == e.occupation && k.NACESection == e.sector
}

// check compares the line with what is measured.
func (e *expectation) check(m *measure.Measurer) error {
	r := m.Month(e.month, e.period)
	kind, words := e.words[0], e.words[1:]
	if e.is("no cell") {
		kind, words = "cell", []string{"none"}
	}
	skill := ""
	if kind != "cell" && len(words) > 0 {
		skill, words = words[0], words[1:]
	}
	row := reflect.Value{}
	switch kind {
	case "cell":
		row = find(r.Cells, func(c *model.Cell) bool { return e.of(&c.CellKey) })
	case "demand":
		row = find(r.Demand, func(d *model.SkillDemand) bool { return e.of(&d.CellKey) && d.SkillURI == skill })
	case "supply":
		row = find(r.Supply, func(s *model.SkillSupply) bool { return e.of(&s.CellKey) && s.SkillURI == skill })
	case "gap":
		row = find(r.Gaps, func(g *model.SkillGap) bool { return e.of(&g.CellKey) && g.SkillURI == skill })
	default:
		return fmt.Errorf("%q: want cell, no cell, demand, supply or gap", kind)
	}
	absent := len(words) == 1 && words[0] == "none"
	switch {
	case absent && row.IsValid():
		return fmt.Errorf("%s %s: there is a row, want none: %+v", kind, skill, row)
	case absent:
		return nil
	case !row.IsValid():
		return fmt.Errorf("%s %s: no row", kind, skill)
	case len(words) == 0:
		return errors.New("want column=value … or none")
	}
	return eachPair(words, func(column, want string) error { return compare(row, column, want) })
}

func (e *expectation) is(line string) bool { return strings.Join(e.words, " ") == line }

func find[R any](rows []R, match func(*R) bool) reflect.Value {
	at := slices.IndexFunc(rows, func(r R) bool { return match(&r) })
	if at < 0 {
		return reflect.Value{}
	}
	return reflect.ValueOf(rows[at])
}

// compare compares a column of a row, by its name in the dataset. A number
// written with four or more decimals is right when it rounds to them, one with
// fewer when it differs by no more than rounding in the machine, a whole one
// only exactly.
func compare(row reflect.Value, column, want string) error {
	field, ok := columnOf(row, column)
	if !ok {
		return fmt.Errorf("%s has no column %q", row.Type(), column)
	}
	if field.Kind() == reflect.Pointer {
		if field.IsNil() {
			if want != "null" {
				return fmt.Errorf("got null, want %s", want)
			}
			return nil
		}
		field = field.Elem()
	}
	got := cmp.Or(fmt.Sprint(field), "null")
	if _, decimals, ok := strings.Cut(want, "."); ok && field.Kind() == reflect.Float64 {
		value, err := strconv.ParseFloat(want, 64)
		if err != nil {
			return err
		}
		tolerance := 1e-12
		if len(decimals) >= 4 {
			tolerance += 0.5 * math.Pow10(-len(decimals))
		}
		if math.Abs(field.Float()-value) <= tolerance {
			return nil
		}
	}
	if got != want {
		return fmt.Errorf("got %s, want %s", got, want)
	}
	return nil
}

func columnOf(row reflect.Value, column string) (reflect.Value, bool) {
	for _, f := range reflect.VisibleFields(row.Type()) {
		if name, _, _ := strings.Cut(f.Tag.Get("parquet"), ","); name == column {
			return row.FieldByIndex(f.Index), true
		}
	}
	return reflect.Value{}, false
}
