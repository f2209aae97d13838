package warehouse

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestRoundTrip writes a row with every field set, one whose figures are known to be
// 0 and a row with none into each dataset and reads both back by DuckDB, as text that is worked out here from
// the struct and its tags alone.
func TestRoundTrip(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	want := map[string][][]string{}
	stage(t, d, want, model.Skills)
	stage(t, d, want, model.SkillLabels)
	stage(t, d, want, model.Occupations)
	stage(t, d, want, model.Regions)
	stage(t, d, want, model.Credentials)
	stage(t, d, want, model.CredSkills)
	stage(t, d, want, model.CredLinks)
	stage(t, d, want, model.Claims)
	stage(t, d, want, model.Records)
	stage(t, d, want, model.FieldCounts)
	stage(t, d, want, model.Rejects)
	stage(t, d, want, model.RejectCounts)
	stage(t, d, want, model.Vacancies)
	stage(t, d, want, model.VacancyTexts)
	stage(t, d, want, model.CredentialTexts)
	stage(t, d, want, model.VacancySkills)
	stage(t, d, want, model.VacancyCreds)
	stage(t, d, want, model.Cells)
	stage(t, d, want, model.SkillDemands)
	stage(t, d, want, model.SkillSupplies)
	stage(t, d, want, model.SkillGaps)
	stage(t, d, want, model.Alignments)
	stage(t, d, want, model.Calibrations)
	stage(t, d, want, model.GapChanges)
	stage(t, d, want, model.Recommendations)
	stage(t, d, want, model.Shortages)
	stage(t, d, want, model.SkillShortages)
	stage(t, d, want, model.VacancyTotals)
	stage(t, d, want, model.Workforces)
	stage(t, d, want, model.Enrolments)
	stage(t, d, want, model.FollowUps)
	stage(t, d, want, model.Comparisons)
	stage(t, d, want, model.Feedbacks)
	stage(t, d, want, model.References)
	stage(t, d, want, model.Uptakes)
	stage(t, d, want, model.Outcomes)
	stage(t, d, want, model.Trajectories)
	stage(t, d, want, model.AdjComparisons)
	stage(t, d, want, model.HeldCells)
	for _, info := range model.Datasets() {
		if want[info.Name] == nil {
			t.Errorf("dataset %s is not tested", info.Name)
		}
	}
	commit(t, d)

	run := model.Run{RunID: "r1", Stage: "a"}
	full := fill[model.Run]()
	full.RunID = "r1"
	if err := AppendRuns(workspace, []model.Run{full, run}); err != nil {
		t.Fatal(err)
	}
	want["runs"] = [][]string{expected(full), expected(run)}

	db := open(t, workspace, Options{Restricted: true})
	for name, rows := range want {
		got := texts(t, db, "SELECT COLUMNS(*)::VARCHAR FROM "+name)
		sortRows(got)
		sortRows(rows)
		if !reflect.DeepEqual(got, rows) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, rows)
		}
	}
	back, err := ReadRuns(workspace)
	if err != nil {
		t.Fatal(err)
	}
	run.RejectedByRule, run.Inputs = []model.RejectCount{}, []model.RunInput{}
	if want := []model.Run{run, full}; !reflect.DeepEqual(back, want) {
		t.Errorf("ReadRuns:\n got %+v\nwant %+v", back, want)
	}
}

func stage[R any](t *testing.T, d *Draft, want map[string][][]string, ds model.Dataset[R]) {
	var empty R
	full, zeros := fill[R](), fill[R]()
	n := 5_000 // other values, and so another key
	fillValue(reflect.ValueOf(&zeros).Elem(), &n)
	clearPointers(reflect.ValueOf(&zeros).Elem())
	if rows := []R{full, zeros, empty}; ds.Learners && ds.Zone == model.Public {
		protected, err := disclosure.Rows(nothing(t), rows, func(_ *disclosure.Result, r R) (R, error) { return r, nil })
		if err == nil {
			err = WriteProtected(d, ds, protected)
		}
		if err != nil {
			t.Fatal(err)
		}
	} else {
		write(t, d, ds, rows...)
	}
	want[ds.Name] = [][]string{expected(full), expected(zeros), expected(empty)}
}

// nothing is the result of a publication without cells.
func nothing(t *testing.T) *disclosure.Result {
	result, err := disclosure.Protect(&disclosure.Publication{Name: "p"}, nil, disclosure.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func sortRows(rows [][]string) { slices.SortFunc(rows, slices.Compare) }

// fill returns a row with every field set to a value of its own.
func fill[R any]() R {
	var row R
	n := 0
	fillValue(reflect.ValueOf(&row).Elem(), &n)
	return row
}

func fillValue(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillValue(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillValue(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillValue(v.Index(0), n)
		fillValue(v.Index(1), n)
	case reflect.String:
		v.SetString(fmt.Sprintf("Größe %d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.25)
	default:
		v.SetInt(int64(18_000 + *n)) // as a Date, in 2019
	}
}

// clearPointers makes each pointer one to zero: a 0 or a no is not the same as not
// known.
func clearPointers(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			clearPointers(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	}
}

// expected returns the columns of a row as DuckDB casts them to text.
func expected(row any) []string {
	var columns []string
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			columns = append(columns, expected(v.Field(i).Interface())...)
			continue
		}
		tag := field.Tag.Get("parquet")
		if strings.Contains(tag, ",optional") && v.Field(i).IsZero() {
			columns = append(columns, null)
			continue
		}
		columns = append(columns, expectedValue(v.Field(i), tag))
	}
	return columns
}

func expectedValue(v reflect.Value, tag string) string {
	switch x := v.Interface().(type) {
	case model.Date:
		return time.Unix(int64(x)*86_400, 0).UTC().Format("2006-01-02")
	case model.Score:
		return fmt.Sprintf("%d.%04d", x/10_000, x%10_000)
	case model.Money:
		return fmt.Sprintf("%d.%02d", x/100, x%100)
	case string:
		return x
	case bool:
		return strconv.FormatBool(x)
	case float64:
		if s := strconv.FormatFloat(x, 'f', -1, 64); strings.Contains(s, ".") {
			return s
		}
		return fmt.Sprintf("%.1f", x)
	case []string:
		return "[" + strings.Join(x, ", ") + "]"
	case []model.RejectCount:
		return list(x, func(c model.RejectCount) string {
			return fmt.Sprintf("{'source': %s, 'rule': %s, 'records': %d}", c.Source, c.Rule, c.Records)
		})
	case []model.RunInput:
		return list(x, func(i model.RunInput) string {
			return fmt.Sprintf("{'file': %s, 'sha256': %s}", i.File, i.SHA256)
		})
	}
	if v.Kind() == reflect.Pointer {
		return expectedValue(v.Elem(), tag)
	}
	if strings.Contains(tag, "timestamp") {
		return time.UnixMicro(v.Int()).UTC().Format("2006-01-02 15:04:05.999999") + "+00"
	}
	return strconv.FormatInt(v.Int(), 10)
}

func list[T any](values []T, text func(T) string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = text(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
