package generate

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// learnerRows reads a table about persons of the starter, in our fields and words;
// columns that are not mapped stand under their own names.
func learnerRows(t testing.TB, file string, s *sheet) []map[string]string {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(string(unpack(t, must(t, starterFeeds)[file]))))
	reader.Comma = s.separator
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(lines[0], theirs(s.columns)) {
		t.Fatalf("%s: header %v", file, lines[0])
	}
	words := s.values()
	var all []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, c := range s.columns {
			name, cell := c[0], line[i]
			if name == "" {
				name = c[1]
			}
			if ours, ok := words[name][cell]; ok {
				cell = ours
			}
			row[name] = cell
		}
		all = append(all, row)
	}
	return all
}

// observed is a person of the tables with the answers by months.
type observed struct {
	row     map[string]string
	takes   bool // part in a programme
	band    string
	left    bool
	answers map[string]map[string]string
}

// starterLearners joins the tables of the starter: first participations, of the
// sound rows, and comparison persons.
func starterLearners(t testing.TB) (all []observed) {
	t.Helper()
	answers := map[string]map[string]map[string]string{}
	for _, row := range learnerRows(t, fileFollowUps, &followUpSheet) {
		key := row["learner"] + " " + row["credential"]
		if answers[key] == nil {
			answers[key] = map[string]map[string]string{}
		}
		if row["income_period"] == "year" {
			pay, _ := strconv.ParseFloat(row["income"], 64)
			row["income"] = fmt.Sprint(pay / 12)
		}
		answers[key][row["months_after"]] = row
	}
	for _, row := range learnerRows(t, fileEnrolments, &enrolmentSheet) {
		started, err := time.Parse(dayFirstGo, row["started_on"])
		if err != nil || row["learner"] == "" || row["credential"] == "" || started.Year() > 2026 {
			continue
		}
		born, err := time.Parse(dayFirstGo, row["birth_date"])
		if err != nil {
			t.Fatal(err)
		}
		age := started.Year() - born.Year()
		if started.AddDate(-age, 0, 0).Before(born) {
			age--
		}
		p := person{age: age}
		all = append(all, observed{row, true, ageBands[p.ageBand()], row["ended_on"] != "", answers[row["learner"]+" "+row["credential"]]})
	}
	for _, row := range learnerRows(t, fileComparison, &comparisonSheet) {
		all = append(all, observed{row, false, row["age_band"], true, answers[row["learner"]+" "]})
	}
	return all
}

// learnersOf joins the tables once.
func learnersOf(t testing.TB) []observed {
	joinOnce.Do(func() { joined = starterLearners(t) })
	return joined
}

var (
	joinOnce sync.Once
	joined   []observed
)

// outcome returns what was observed after some months: pay of those in work, or 1
// for work.
func (o *observed) outcome(months, what string) (float64, bool) {
	answer, ok := o.answers[months]
	if !ok {
		return 0, false
	}
	if what == employed {
		return map[bool]float64{true: 1}[answer["employment"] == employed], true
	}
	pay, err := strconv.ParseFloat(answer["income"], 64)
	return pay, err == nil
}

// covariates of a regression: 1, then what is known on entry; false where pay is
// not stated.
func (o *observed) covariates() ([]float64, bool) {
	is := func(field, value string) float64 { return map[bool]float64{true: 1}[o.row[field] == value] }
	before, err := strconv.ParseFloat(o.row["income_before"], 64)
	earlier, err2 := strconv.ParseFloat(o.row["income_earlier"], 64)
	band := func(b string) float64 { return map[bool]float64{true: 1}[o.band == b] }
	return []float64{
		1, is("education", "0-2"), is("education", "5-8"), is("education", ""), is("employment", works[1]), is("employment", works[2]), is("employment", works[3]),
		band(ageBands[0]), band(ageBands[1]), band(ageBands[3]), is("gender", genders[0]), is("disability", "yes"), before / 1000, earlier / 1000,
	}, err == nil && err2 == nil
}

// adjusted regresses an outcome on a treatment and the covariates by least
// squares, and returns the naive difference, the adjusted one and its standard
// error.
func adjusted(t testing.TB, all []observed, months, what string, treated func(*observed) bool) (naive, difference, se float64, n int) {
	t.Helper()
	var xs [][]float64
	var ys []float64
	sums, counts := [2]float64{}, [2]float64{}
	for i := range all {
		o := &all[i]
		y, ok := o.outcome(months, what)
		x, complete := o.covariates()
		if !ok || !complete {
			continue
		}
		group := 0
		if treated(o) {
			group = 1
		}
		sums[group] += y
		counts[group]++
		xs, ys = append(xs, append([]float64{float64(group)}, x...)), append(ys, y)
	}
	coefficient, se := leastSquares(xs, ys)
	return sums[1]/counts[1] - sums[0]/counts[0], coefficient, se, int(counts[1])
}

// leastSquares returns the first coefficient and its standard error, by the normal
// equations and Gauss's elimination.
func leastSquares(xs [][]float64, ys []float64) (coefficient, se float64) {
	k := len(xs[0])
	a := make([][]float64, k) // X'X, then X'y and the first column of the identity
	for i := range a {
		a[i] = make([]float64, k+2)
		for r, x := range xs {
			for j := range k {
				a[i][j] += x[i] * x[j]
			}
			a[i][k] += x[i] * ys[r]
		}
	}
	a[0][k+1] = 1
	for i := range a {
		for r := range a {
			if r == i || a[i][i] == 0 {
				continue
			}
			factor := a[r][i] / a[i][i]
			for j := range a[r] {
				a[r][j] -= factor * a[i][j]
			}
		}
	}
	at := func(i, column int) float64 {
		if a[i][i] == 0 {
			return 0
		}
		return a[i][column] / a[i][i]
	}
	residual := 0.0
	for r, x := range xs {
		fitted := 0.0
		for i := range k {
			fitted += x[i] * at(i, k)
		}
		residual += (ys[r] - fitted) * (ys[r] - fitted)
	}
	return at(0, k), math.Sqrt(residual / float64(len(xs)-k) * at(0, k+1))
}

func takes(id string) func(*observed) bool {
	return func(o *observed) bool { return o.takes && o.row["credential"] == id }
}

// against keeps the participants of a credential and the comparison persons.
func against(all []observed, id string) []observed {
	return slices.DeleteFunc(slices.Clone(all), func(o observed) bool { return o.takes && o.row["credential"] != id })
}

// leavers keeps the participants who have left.
func leavers(all []observed) []observed {
	return slices.DeleteFunc(slices.Clone(all), func(o observed) bool { return !o.takes || !o.left })
}

func completes(o *observed) bool { return o.row["status"] == "completed" }

// The effect planted is in the draws of each person, with and without it.
func TestEffectIsDrawn(t *testing.T) {
	w := starterWorld(t)
	programmes, _ := w.programmes()
	at := slices.IndexFunc(programmes, func(p programme) bool { return p.effect })
	without := programmes[at]
	without.effect = false
	for i := range 300 {
		r := func() *rand.Rand { return stream(9, learnerStream, i) }
		q := w.person(r(), i, &effectProfile, w.options.AsOf, "", nil)
		with, plain := w.career(r(), &q, &programmes[at], true), w.career(r(), &q, &without, true)
		for n, months := range horizons {
			if works[plain[n].work] != employed {
				continue
			}
			if works[with[n].work] != employed {
				t.Errorf("person %d is out of work after %d months because of the effect", i, months)
			}
			between(t, "effect on pay", with[n].pay-plain[n].pay, effectOnPay[months]-0.001, effectOnPay[months]+0.001)
		}
	}
}

// What is planted is found by least squares in the tables as they are read, while
// the naive difference says something else.
func TestEffectsArePlanted(t *testing.T) {
	w, all := starterWorld(t), learnersOf(t)
	for _, c := range []struct {
		name, figure, months, what string
		least, most                float64 // of the naive difference
	}{
		{truthEffect, "income_12m", "12", "income", -80, 60},
		{truthEffect, "employed_6m", "6", employed, -0.05, 0.05},
		{truthNoEffect, "income_12m", "12", "income", 110, 220},
	} {
		i := slices.IndexFunc(w.story, func(t Truth) bool { return t.Name == c.name && t.Figure == c.figure })
		truth := w.story[i]
		naive, difference, se, n := adjusted(t, against(all, truth.SourceID), c.months, c.what, takes(truth.SourceID))
		t.Logf("%s %s: planted %v, naive %.3f, adjusted %.3f ± %.3f, %d answers", c.name, c.figure, truth.From, naive, difference, 1.96*se, n)
		between(t, c.name+": naive "+c.figure, naive, c.least, c.most)
		between(t, c.name+": adjusted "+c.figure, difference, truth.From-1.96*se, truth.From+1.96*se)
		if n < 80 {
			t.Errorf("%s: %d answers are too few", c.name, n)
		}
	}
}

// Completers are in work more often, and would have been without completing.
func TestCompletersAreSelected(t *testing.T) {
	naive, difference, se, _ := adjusted(t, leavers(learnersOf(t)), "6", employed, completes)
	between(t, "completers: naive", naive, 0.1, 0.2)
	between(t, "completers: adjusted", difference, -1.96*se, 1.96*se)
}

// inWork returns the share of the leavers of a credential in work after some months:
// among those who answered, and among all.
func inWork(w *world, all []participation, id string, months int) (answered, truly float64) {
	n, working, answers, said := 0.0, 0.0, 0.0, 0.0
	for i := range all {
		p := &all[i]
		if p.programme.id != id || p.ends == 0 || model.DateOf(p.ends.Time().AddDate(0, months, 0)) > w.options.AsOf {
			continue
		}
		v := p.career.at(months)
		works := map[bool]float64{true: 1}[works[v.work] == employed]
		n, working = n+1, working+works
		if v.answered {
			answers, said = answers+1, said+works
		}
	}
	return said / answers, working / n
}

func TestClaimsArePlanted(t *testing.T) {
	w := starterWorld(t)
	all := w.learners()
	for _, name := range []string{truthClaim, truthKept} {
		rows := truths(t, w, name)
		_, truly := inWork(w, all, rows[0].SourceID, 6)
		between(t, name+": in work after six months", truly, rows[1].From-0.02, rows[1].From+0.02)
	}
}

func TestUptakeIsPlanted(t *testing.T) {
	w := starterWorld(t)
	rows := learnerRows(t, fileEnrolments, &enrolmentSheet)
	insiders := truths(t, w, truthInsiders)[0]
	provider := ""
	for _, row := range rows {
		if row["credential"] == insiders.SourceID {
			provider = row["provider"]
		}
	}
	own, inWork := map[bool]float64{}, map[bool]float64{}
	spent, completions := map[string]float64{}, map[string]float64{}
	for _, row := range rows {
		if row["employment"] == employed {
			at := row["provider"] == provider
			inWork[at]++
			if row["nace"] == row["provider_nace"] {
				own[at]++
			}
		}
		price, err := strconv.ParseFloat(row["price_paid"], 64)
		if err != nil {
			t.Fatal(err)
		}
		spent[row["funding"]] += price
		if row["status"] == "completed" {
			completions[row["funding"]]++
		}
	}
	between(t, "insiders", own[true]/inWork[true], insiders.From-0.03, insiders.From+0.03)
	between(t, "others of the provider's own sector", own[false]/inWork[false], 0.2, 0.45)
	cost := func(funding string) float64 { return spent[funding] / completions[funding] }
	between(t, "cost", cost("public")/cost("voucher"), truths(t, w, truthCost)[0].From-0.15, truths(t, w, truthCost)[0].From+0.15)

	unreached := truths(t, w, truthUnreached)[0]
	_, band, _ := strings.Cut(unreached.Group, "=")
	learners := map[bool]float64{}
	for _, o := range learnersOf(t) {
		if o.takes {
			learners[o.band == band]++
		}
	}
	population := map[string]float64{}
	for _, row := range learnerRows(t, fileReference, &referenceSheet) {
		persons, err := strconv.ParseFloat(row["persons"], 64)
		if err != nil {
			t.Fatal(err)
		}
		if len(row["region_code"]) == 2 {
			population[row["breakdown"]+"="+row["category"]] += persons
		}
	}
	share := learners[true] / (learners[true] + learners[false])
	between(t, "unreached", share/(population[unreached.Group]/population["TOTAL=TOTAL"]), unreached.From-0.02, unreached.From+0.02)
}

func TestLearnerCounts(t *testing.T) {
	rows := learnerRows(t, fileEnrolments, &enrolmentSheet)
	persons, credentials, spoilt, completed, left := map[string]bool{}, map[string]bool{}, 0, 0.0, 0.0
	for i, row := range rows {
		persons[row["learner"]] = true
		credentials[row["credential"]] = true
		if enrolmentFaultOf(i) != soundLearner {
			spoilt++
		}
		switch row["status"] {
		case "completed":
			completed++
			left++
		case "withdrawn":
			left++
		}
		if row["nom"] == "" || !strings.HasSuffix(row["courriel"], "@example.org") {
			t.Fatalf("row %d has no name or contact that must not be kept: %v", i, row)
		}
	}
	if n := len(persons) - 1; n < 5995 || n > 6000 { // one of them is empty on purpose, and so are some rows
		t.Errorf("%d learners: want about 6,000", n)
	}
	if len(rows) < 6300 || len(rows) > 6700 || spoilt != 8 || len(credentials) != popular+1 {
		t.Errorf("%d participations, %d spoilt, %d credentials", len(rows), spoilt, len(credentials))
	}
	between(t, "completion", completed/left, 0.67, 0.73)
	if n := len(learnerRows(t, fileComparison, &comparisonSheet)); n != 9000 {
		t.Errorf("%d comparison persons: want 9,000", n)
	}
}

// Each column that is mapped is a field of its kind, each word is of one.
func TestSheetsAreMapped(t *testing.T) {
	for _, s := range []*sheet{&enrolmentSheet, &comparisonSheet, &followUpSheet, &feedbackSheet, &referenceSheet} {
		columns := s.mapping()
		for field, words := range s.values() {
			if columns[field] == "" || len(words) != len(s.words[field]) {
				t.Errorf("%s: words of no column, or one word for two values", field)
			}
		}
	}
}
