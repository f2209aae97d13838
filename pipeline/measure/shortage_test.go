package measure_test

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestShortage runs the cases of testdata/shortage.
func TestShortage(t *testing.T) {
	eachCase(t, "testdata/shortage/*.txt", func(t *testing.T, lines []caseLine) {
		var rows []model.Workforce
		asks := map[string]map[string]float64{}
		for _, l := range lines {
			var err error
			switch l.words[0] {
			case "occupation": // CODE figure=value …
				var row model.Workforce
				row, err = readWorkforce(l.words[1:])
				rows = append(rows, row)
			case "asks": // CODE skill=share …
				asks[l.words[1]] = map[string]float64{}
				err = eachPair(l.words[2:], func(skill, share string) (err error) {
					asks[l.words[1]][skill], err = strconv.ParseFloat(share, 64)
					return err
				})
			case "expect": // CODE column=value … or skill NAME column=value …
				err = expectShortage(rows, asks, l.words[1:])
			default:
				err = fmt.Errorf("%q: want occupation, asks or expect", l.words[0])
			}
			if err != nil {
				t.Errorf("line %d: %v", l.number, err)
			}
		}
	})
}

func expectShortage(rows []model.Workforce, asks map[string]map[string]float64, words []string) error {
	short := measure.Shortage(rows)
	row := find(short, func(s *model.Shortage) bool { return s.OccupationCode == words[0] })
	if words[0] == "skill" {
		words = words[1:]
		row = find(measure.SkillShortage(carried(short, asks)), func(s *model.SkillShortage) bool { return s.SkillURI == words[0] })
	}
	switch absent := slices.Equal(words[1:], []string{"none"}); {
	case absent && row.IsValid():
		return fmt.Errorf("there is a row, want none: %+v", row)
	case absent:
		return nil
	case !row.IsValid():
		return fmt.Errorf("no row of %s", words[0])
	}
	return eachPair(words[1:], func(column, want string) error {
		return compare(row, column, strings.ReplaceAll(want, ",", " ")) // of a list
	})
}

// carried are the occupations that have an index and a cell.
func carried(short []model.Shortage, asks map[string]map[string]float64) []measure.ShortOccupation {
	var all []measure.ShortOccupation
	for i := range short {
		s := &short[i]
		if importance, asked := asks[s.OccupationCode]; asked && s.Index != nil {
			all = append(all, measure.ShortOccupation{Code: s.OccupationCode, Index: *s.Index, InShortage: s.InShortage, Importance: importance})
		}
	}
	return all
}

func readWorkforce(words []string) (w model.Workforce, err error) {
	w.OccupationCode, w.OccupationLevel = words[0], fmt.Sprint("isco", len(words[0]))
	if words[0] == model.Total {
		w.OccupationLevel = "all"
	}
	err = eachPair(words[1:], func(name, value string) error {
		n, err := strconv.ParseFloat(value, 64)
		count, money, score := int64(n), model.Money(n*100), model.ScoreOf(n)
		switch name {
		case "employed":
			w.Employed = &count
		case "unemployed":
			w.Unemployed = &count
		case "vacancies":
			w.Vacancies = &count
		case "wage":
			w.Wage = &money
		case "wage_earlier":
			w.WageEarlier = &money
		case "hours":
			w.Hours = &n
		case "hours_earlier":
			w.HoursEarlier = &n
		case "under_qualified":
			w.UnderQualified = &score
		case "currency":
			w.Currency = value
			return nil
		case "wage_period":
			w.WagePeriod = value
			return nil
		default:
			return fmt.Errorf("no figure %q", name)
		}
		return err
	})
	return w, err
}

// The order of rows does not matter, and figures of one level say nothing of
// another's.
func TestShortageKnowsNoOrder(t *testing.T) {
	row := rapid.Custom(func(t *rapid.T) model.Workforce {
		w := model.Workforce{TableKey: model.TableKey{OccupationCode: rapid.SampledFrom([]string{"TOTAL", "2", "3", "21", "22", "23", "24", "2511", "2512"}).Draw(t, "code")}}
		w.OccupationLevel = fmt.Sprint("isco", len(w.OccupationCode))
		count := func(name string) *int64 {
			if n := rapid.Int64Range(-1, 50).Draw(t, name); n >= 0 {
				return &n
			}
			return nil
		}
		w.Employed, w.Unemployed, w.Vacancies = count("employed"), count("unemployed"), count("vacancies")
		if n := rapid.Int64Range(0, 900).Draw(t, "wage"); n > 0 {
			pay, before := model.Money(n), model.Money(1+n/2)
			w.Wage, w.WageEarlier = &pay, &before
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfNDistinct(row, 0, 9, func(w model.Workforce) string { return w.OccupationCode }).Draw(t, "rows")
		first := measure.Shortage(slices.Clone(rows))
		if again := measure.Shortage(rapid.Permutation(rows).Draw(t, "again")); !reflect.DeepEqual(first, again) {
			t.Fatalf("%+v, then %+v", first, again)
		}
		for i := range first {
			s := &first[i]
			if s.ComponentsPresent == 0 != (s.Index == nil) || s.InShortage != nil && s.ComponentsPresent < measure.ShortageComponents {
				t.Fatalf("%d scores: %+v", s.ComponentsPresent, s)
			}
			if s.IndexLow != nil && !(*s.IndexLow <= *s.Index+1e-9 && *s.Index <= *s.IndexHigh+1e-9) {
				t.Fatalf("index %v, %v to %v", *s.Index, *s.IndexLow, *s.IndexHigh)
			}
		}
		alone := measure.Shortage(slices.DeleteFunc(slices.Clone(rows), func(w model.Workforce) bool {
			return w.OccupationCode != model.Total && !strings.HasPrefix(w.OccupationLevel, "isco2")
		}))
		for i := range alone {
			if at := find(first, func(s *model.Shortage) bool { return s.OccupationCode == alone[i].OccupationCode }); !reflect.DeepEqual(at.Interface(), alone[i]) {
				t.Fatalf("with other levels %+v, alone %+v", at, alone[i])
			}
		}
	})
}
