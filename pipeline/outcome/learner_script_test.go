package outcome_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// learners is what a script gives.
type learners struct {
	release    model.Date
	enrolments []model.Enrolment
	followUps  []model.FollowUp
	feedback   []model.Feedback
	offers     map[string]outcome.Offer
	reference  map[string]float64
}

// basis counts with every figure shown, so that scripts can be small.
func (l *learners) basis() outcome.Basis {
	return outcome.Basis{
		Release: l.release, Threshold: 1, ResponseRate: 0.5, Offers: l.offers,
		Above: func(region string) []string {
			if len(region) == 4 {
				return []string{region[:3], region[:2]}
			}
			return nil
		},
		Section: func(nace string) string { return nace },
		Related: func(credential, isco, _ string) (bool, bool) { return isco == "2512", credential != "" },
		Reference: func(regions []string, group, category string) (float64, bool) {
			v, given := l.reference[strings.Join(regions, "+")+" "+group+" "+category]
			return v, given
		},
	}
}

// learnerRows are the rows of datasets about learners.
type learnerRows struct {
	uptake       []model.Uptake
	outcomes     []model.Outcome
	trajectories []model.Trajectory
}

// rows counts with all figures shown.
func (l *learners) rows(t testing.TB) (r learnerRows) {
	t.Helper()
	counted := outcome.New(l.basis())
	check(t, counted.AddEnrolments(l.enrolments))
	check(t, counted.AddFollowUps(l.followUps))
	check(t, counted.AddFeedback(l.feedback))
	uptake, err := counted.Uptake(inOrder)
	check(t, err)
	outcomes, err := counted.Outcomes(inOrder)
	check(t, err)
	figures := shown(uptake.Tables, outcomes.Tables)
	for _, k := range uptake.Keys() {
		r.uptake = append(r.uptake, uptake.Row(figures, k))
	}
	for _, k := range outcomes.Keys() {
		r.outcomes = append(r.outcomes, outcomes.Row(figures, k))
	}
	for _, k := range outcomes.Sequences() {
		r.trajectories = append(r.trajectories, outcomes.Sequence(figures, k))
	}
	return r
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func inOrder(n int, do func(int)) error {
	for i := range n {
		do(i)
	}
	return nil
}

// shown shows every figure.
func shown(tables ...[]*outcome.Table) *outcome.Figures {
	f := &outcome.Figures{}
	for _, ts := range tables {
		for _, t := range ts {
			for _, c := range t.Cells {
				f.Take(t.Name, t.Names(c.At), c.Value, false)
			}
		}
	}
	return f
}

// TestLearnerScripts runs the cases of testdata/learners; the README there explains their
// language. Rows in another order, and other keys of learners, must give the same.
func TestLearnerScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/learners/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			l, expectations, err := readLearners(file)
			check(t, err)
			if len(expectations) == 0 {
				t.Fatal("the script expects nothing")
			}
			rows := l.rows(t)
			for _, e := range expectations {
				if err := e.check(&rows); err != nil {
					t.Errorf("%s:%d: %v", file, e.line, err)
				}
			}
			l.disguise()
			slices.SortFunc(rows.trajectories, byStates)
			again := l.rows(t)
			slices.SortFunc(again.trajectories, byStates) // the dataset is ordered when it is written
			if !reflect.DeepEqual(rows, again) {
				t.Error("other keys of learners and another order of rows give other figures")
			}
		})
	}
}

func byStates(a, b model.Trajectory) int { return model.Trajectories.Compare(&a, &b) }

// disguise gives learners other keys and shuffles them.
func (l *learners) disguise() {
	other := func(key string) string {
		sum := sha256.Sum256([]byte(key))
		return hex.EncodeToString(sum[:])
	}
	for i := range l.enrolments {
		l.enrolments[i].LearnerKey = other(l.enrolments[i].LearnerKey)
	}
	for i := range l.followUps {
		l.followUps[i].LearnerKey = other(l.followUps[i].LearnerKey)
	}
	for i := range l.feedback {
		l.feedback[i].LearnerKey = other(l.feedback[i].LearnerKey)
	}
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(l.enrolments), func(i, j int) { l.enrolments[i], l.enrolments[j] = l.enrolments[j], l.enrolments[i] })
	r.Shuffle(len(l.followUps), func(i, j int) { l.followUps[i], l.followUps[j] = l.followUps[j], l.followUps[i] })
	r.Shuffle(len(l.feedback), func(i, j int) { l.feedback[i], l.feedback[j] = l.feedback[j], l.feedback[i] })
}

func readLearners(file string) (*learners, []learnerExpectation, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	l := &learners{release: model.NewDate(2025, 10, 1), offers: map[string]outcome.Offer{}, reference: map[string]float64{}}
	var expectations []learnerExpectation
	block := ""
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		switch {
		case len(words) == 0:
		case text[0] != ' ' && len(words) == 2 && (words[0] == "given" || words[0] == "expect"):
			block = words[1]
		case block == "uptake" || block == "outcomes" || block == "trajectories":
			expectations = append(expectations, learnerExpectation{n, block, words})
		default:
			for _, name := range persons(words[0]) {
				if err := l.give(block, append([]string{name}, words[1:]...)); err != nil {
					return nil, nil, fmt.Errorf("%s:%d: %w", file, n, err)
				}
			}
		}
	}
	return l, expectations, lines.Err()
}

// persons names the persons of a line: of ann*3 ann1, ann2 and ann3.
func persons(name string) []string {
	base, times, several := strings.Cut(name, "*")
	if !several {
		return []string{name}
	}
	n, _ := strconv.Atoi(times) // of what is no number nobody, whom an expectation then misses
	names := make([]string, n)
	for i := range names {
		names[i] = base + strconv.Itoa(i+1)
	}
	return names
}

// give takes up a line of what is given: a name, then field=value.
func (l *learners) give(block string, words []string) (err error) {
	sum := sha256.Sum256([]byte("learner " + words[0]))
	key := hex.EncodeToString(sum[:])
	var row any
	switch block {
	case "learners":
		l.enrolments = append(l.enrolments, model.Enrolment{Source: "s", Person: model.Person{LearnerKey: key, RegionLevel: -1}, Credential: "welding"})
		row = &l.enrolments[len(l.enrolments)-1]
	case "follow-ups":
		l.followUps = append(l.followUps, model.FollowUp{Source: "f", LearnerKey: key})
		row = &l.followUps[len(l.followUps)-1]
	case "feedback":
		l.feedback = append(l.feedback, model.Feedback{Source: "f", LearnerKey: key, Credential: "welding"})
		row = &l.feedback[len(l.feedback)-1]
	case "offers":
		o := outcome.Offer{}
		defer func() { l.offers[words[0]] = o }()
		row = &o
	case "population":
		l.reference[strings.Join(words[:3], " ")], err = strconv.ParseFloat(words[3], 64)
		return err
	case "release":
		l.release, err = model.ParseDate(words[0])
		return err
	default:
		return fmt.Errorf("block %q is not known", block)
	}
	for _, w := range words[1:] {
		field, value, _ := strings.Cut(w, "=")
		if err := set(reflect.ValueOf(row).Elem(), field, value); err != nil {
			return err
		}
	}
	if e, ok := row.(*model.Enrolment); ok && e.RegionCode != "" {
		e.RegionLevel = int32(len(e.RegionCode) - 2)
	}
	return nil
}

// set sets the field of a row that a column, or the field itself, is called.
func set(row reflect.Value, field, value string) error {
	for i := range row.NumField() {
		f, v := row.Type().Field(i), row.Field(i)
		if f.Anonymous {
			if set(v, field, value) == nil {
				return nil
			}
			continue
		}
		column, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		if column != field && !strings.EqualFold(f.Name, field) {
			continue
		}
		return setValue(v, value)
	}
	return fmt.Errorf("field %q is not known", field)
}

func setValue(v reflect.Value, value string) error {
	switch p := v.Addr().Interface().(type) {
	case *string:
		*p = value
	case *model.Date:
		d, err := model.ParseDate(value)
		*p = d
		return err
	case **bool:
		b := value == "yes"
		*p = &b
	case **int32:
		n, err := strconv.Atoi(value)
		m := int32(n)
		*p = &m
		return err
	case *int64:
		n, err := strconv.ParseInt(value, 10, 64)
		*p = n
		return err
	case **model.Money:
		n, err := strconv.ParseFloat(value, 64)
		m := model.Money(math.Round(n * 100))
		*p = &m
		return err
	case **model.Score:
		n, err := strconv.ParseFloat(value, 64)
		s := model.ScoreOf(n)
		*p = &s
		return err
	case *[]string:
		*p = strings.Split(value, ",")
	default:
		return fmt.Errorf("cannot set a %s", v.Type())
	}
	return nil
}

// learnerExpectation is a line of what is expected: unit kind, unit, breakdown and category of
// a row, for outcomes horizon and indicator, then column=value; none says that there is no row.
// Of trajectories it is sequence, horizon, and the states on entry and after, - for no such step.
type learnerExpectation struct {
	line    int
	dataset string
	words   []string
}

func (e *learnerExpectation) check(rows *learnerRows) error {
	words := make([]string, len(e.words))
	for i, w := range e.words {
		words[i] = strings.ReplaceAll(w, "_x_", " x ")
	}
	if e.dataset == "trajectories" {
		for i, w := range words[:6] {
			words[i] = strings.TrimPrefix(w, "-")
		}
		var row reflect.Value
		for i := range rows.trajectories {
			if r := &rows.trajectories[i]; slices.Equal(words[:6], []string{r.Sequence, r.Horizon, r.OnEntry, r.After6, r.After12, r.After24}) {
				row = reflect.ValueOf(*r)
			}
		}
		return agree(row, words[6:])
	}
	group := model.LearnerGroup{UnitKind: words[0], UnitCode: words[1], Breakdown: words[2], Category: words[3]}
	rest, period := words[4:], model.Date(0)
	if at := strings.TrimPrefix(rest[0], "of="); at != rest[0] {
		d, err := model.ParseDate(at)
		if err != nil {
			return err
		}
		period, rest = d, rest[1:]
	}
	var row reflect.Value
	if e.dataset == "uptake" {
		for i := range rows.uptake {
			if r := &rows.uptake[i]; r.LearnerGroup == group && r.Quarter == period {
				row = reflect.ValueOf(*r)
			}
		}
	} else {
		for i := range rows.outcomes {
			if r := &rows.outcomes[i]; r.LearnerGroup == group && r.Cohort == period && r.Horizon == rest[0] && r.Indicator == rest[1] {
				row = reflect.ValueOf(*r)
			}
		}
		rest = rest[2:]
	}
	return agree(row, rest)
}

// agree tells whether a row has values in columns; none stands for no row.
func agree(row reflect.Value, rest []string) error {
	if len(rest) == 1 && rest[0] == "none" {
		if row.IsValid() {
			return fmt.Errorf("there is a row: %+v", row.Interface())
		}
		return nil
	}
	if !row.IsValid() {
		return fmt.Errorf("there is no row")
	}
	for _, w := range rest {
		column, want, _ := strings.Cut(w, "=")
		got, err := get(row, column)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s is %s, want %s", column, got, want)
		}
	}
	return nil
}

// get returns a column as text; of numbers with as many digits as are needed, at most 4.
func get(row reflect.Value, column string) (string, error) {
	for i := range row.NumField() {
		f, v := row.Type().Field(i), row.Field(i)
		if f.Anonymous {
			if s, err := get(v, column); err == nil {
				return s, nil
			}
			continue
		}
		if name, _, _ := strings.Cut(f.Tag.Get("parquet"), ","); name != column {
			continue
		}
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return "null", nil
			}
			v = v.Elem()
		}
		if v.Kind() == reflect.Float64 {
			return strconv.FormatFloat(math.Round(v.Float()*10_000)/10_000, 'f', -1, 64), nil
		}
		return fmt.Sprint(v.Interface()), nil
	}
	return "", fmt.Errorf("column %q is not known", column)
}
