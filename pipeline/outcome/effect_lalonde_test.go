package outcome_test

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// The data of LaLonde, R. (1986), Evaluating the econometric evaluations of
// training programs with experimental data, American Economic Review 76,
// 604-620, and Dehejia, R. and Wahba, S. (1999), JASA 94, 1053-1062: earnings in
// 1978 of men in a randomised training programme, and of men in a survey.
type man map[string]float64

func men(t *testing.T, file string) (all []man) {
	dir := os.Getenv("SKILLSGAP_TESTDATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	f, err := os.Open(filepath.Join(dir, "outcomes", "lalonde", file+".csv"))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no real data: set SKILLSGAP_TESTDATA: %v", err)
		}
		t.Skipf("no real data: set SKILLSGAP_TESTDATA to run this test: %v", err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"treat": "trt", "nodegree": "nodeg"}
	for _, r := range records[1:] {
		m := man{}
		for k, name := range records[0] {
			v, err := strconv.ParseFloat(r[k], 64)
			if err != nil {
				v = math.NaN()
			}
			if other := names[name]; other != "" {
				name = other
			}
			m[name] = v
		}
		all = append(all, m)
	}
	return all
}

func only(all []man, keep func(man) bool) (some []man) {
	for _, m := range all {
		if keep(m) {
			some = append(some, m)
		}
	}
	return some
}

func trained(m man) bool   { return m["trt"] == 1 }
func untrained(m man) bool { return m["trt"] == 0 }

// earnings compares earnings in 1978 given what was known before; earnings in
// 1974 are not known of the men of 297 and 425.
func earnings(treated, untreated []man, with1974 bool) *outcome.Sample {
	s := &outcome.Sample{
		Contrast:    outcome.Participants,
		Measured:    outcome.Measured{Name: "earnings in 1978", Unit: "USD"},
		Numeric:     []string{"age", "educ"},
		Categorical: []string{"black", "hisp", "marr", "nodeg"},
	}
	if with1974 {
		s.Numeric = append(s.Numeric, "re74")
	}
	for side, men := range [][]man{untreated, treated} {
		for _, m := range men {
			p := outcome.Person{Treated: side == 1, Outcome: m["re78"], Before: m["re75"]}
			for _, name := range s.Numeric {
				p.Numeric = append(p.Numeric, m[name])
			}
			for _, name := range s.Categorical {
				p.Categories = append(p.Categories, strconv.FormatFloat(m[name], 'f', -1, 64))
			}
			s.Persons = append(s.Persons, p)
		}
	}
	return s
}

func compared(t *testing.T, name string, s *outcome.Sample, draws int) outcome.Comparison {
	c, err := outcome.Compare(context.Background(), s, outcome.Options{Draws: draws, Workers: runtime.GOMAXPROCS(0)})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d / %d, raw %.2f (%.2f to %.2f): %s", name, c.Treated, c.Untreated, c.Raw.Value, c.Raw.Low, c.Raw.High, c.Verdict.Code)
	if e := c.Adjusted; e != nil {
		t.Logf("  adjusted %.2f (%.2f to %.2f), %d / %d left, effective size %.1f, largest |SMD| %.4f, E-value %.2f, of the limit %.2f",
			e.Value, e.Low, e.High, e.TreatedPersons, e.UntreatedPersons, c.Overlap.EffectiveSize, c.MaxSMD(), c.Sensitivity.EValue, c.Sensitivity.EValueLimit)
	}
	if e := c.Change; e != nil {
		t.Logf("  change %.2f (%.2f to %.2f)", e.Value, e.Low, e.High)
	}
	return c
}

// The randomised samples give the published differences to the cent.
func TestLaLondeRandomised(t *testing.T) {
	for _, c := range []struct {
		file               string
		treated, untreated int
		with1974           bool
		difference         float64
	}{
		{"nsw_mixtape", 185, 260, true, 1794.34},
		{"nsw74demo", 185, 260, true, 1794.34},
		{"nswdemo", 297, 425, false, 886.30},
	} {
		all := men(t, c.file)
		got := compared(t, c.file, earnings(only(all, trained), only(all, untrained), c.with1974), 100)
		if got.Treated != c.treated || got.Untreated != c.untreated {
			t.Errorf("%s: %d / %d men, want %d / %d", c.file, got.Treated, got.Untreated, c.treated, c.untreated)
		}
		if math.Abs(got.Raw.Value-c.difference) > 0.005 {
			t.Errorf("%s: difference %.4f, published %.2f", c.file, got.Raw.Value, c.difference)
		}
		if got.Raw.Low >= c.difference || got.Raw.High <= c.difference {
			t.Errorf("%s: interval %.2f to %.2f", c.file, got.Raw.Low, got.Raw.High)
		}
		if got.Adjusted.Low > c.difference || got.Adjusted.High < c.difference || math.Abs(got.Adjusted.Value-c.difference) > 250 {
			t.Errorf("%s: chance made the sides alike, and adjusting moves the difference to %.2f", c.file, got.Adjusted.Value)
		}
	}
}

// The 185 trained men against a survey: the plain difference is off by USD
// 10,000, the adjusted one holds what the experiment says.
func TestLaLondeAgainstSurvey(t *testing.T) {
	const experiment = 1794.34
	treated, survey := only(men(t, "nsw_mixtape"), trained), men(t, "cps1")
	c := compared(t, "cps1", earnings(treated, survey, true), 0)
	t.Log(c.Verdict.Text)
	if math.Abs(c.Raw.Value - -8497.52) > 0.005 {
		t.Errorf("plain difference %.4f, published -8,497.52", c.Raw.Value)
	}
	if e := c.Adjusted; math.Abs(e.Value-experiment) > 1000 || e.Low > experiment || e.High < experiment {
		t.Errorf("adjusted difference %.2f (%.2f to %.2f), want within 1,000 of %.2f", e.Value, e.Low, e.High, experiment)
	}
	if c.MaxSMD() >= outcome.MaxSMD || c.Overlap.EffectiveSize < outcome.MinPersons || !c.Verdict.Code.Comparable() {
		t.Errorf("largest |SMD| %.3f, effective size %.1f, verdict %s", c.MaxSMD(), c.Overlap.EffectiveSize, c.Verdict.Code)
	}
	if before := slices.MaxFunc(c.Balance, func(a, b outcome.Balance) int { return int(1e6 * (math.Abs(a.Before) - math.Abs(b.Before))) }); math.Abs(before.Before) < 1 {
		t.Errorf("largest difference before: %+v", before)
	}
}

// Other comparison groups than the one everybody knows: parts of the survey,
// and men whom the experiment did not train, of whom the truth is 0. No rule
// was chosen for any of them.
func TestLaLondeAgainstOthers(t *testing.T) {
	if testing.Short() {
		t.Skip("many comparisons")
	}
	const experiment = 1794.34
	all, survey := men(t, "nsw_mixtape"), men(t, "cps1")
	for name, keep := range map[string]func(man) bool{
		"even rows":                func(m man) bool { return int(m["rownames"])%2 == 0 },
		"odd rows":                 func(m man) bool { return int(m["rownames"])%2 == 1 },
		"without work in 74 or 75": func(m man) bool { return m["re74"] == 0 || m["re75"] == 0 },
		"single and below 30":      func(m man) bool { return m["marr"] == 0 && m["age"] < 30 },
		"black":                    func(m man) bool { return m["black"] == 1 },
		"below USD 5,000 in 1975":  func(m man) bool { return m["re75"] < 5000 },
	} {
		t.Run(name, func(t *testing.T) {
			others := only(survey, keep)
			for truth, treated := range map[float64][]man{experiment: only(all, trained), 0: only(all, untrained)} {
				c := compared(t, name, earnings(treated, others, true), 100)
				if e := c.Adjusted; e == nil || e.Low > truth || e.High < truth {
					t.Errorf("%.2f is not held: %+v", truth, e)
				}
				if c.MaxSMD() >= outcome.MaxSMD {
					t.Errorf("largest |SMD| %.3f", c.MaxSMD())
				}
			}
		})
	}
}

// Married men of the survey are unlike the trained ones, most of whom are not.
func TestLaLondeNotComparable(t *testing.T) {
	married := only(men(t, "cps1"), func(m man) bool { return m["marr"] == 1 })
	c := compared(t, "married", earnings(only(men(t, "nsw_mixtape"), trained), married, true), 100)
	if c.Verdict.Code != outcome.NoOverlap {
		t.Errorf("verdict %+v", c.Verdict)
	}
}

// Of the 297 the earnings in 1974 of 112 are not known, and of nobody in the
// survey: unknown is no 0, and so the 112 have no like, and the text says why.
func TestLaLondeUnknownEarnings(t *testing.T) {
	c := compared(t, "297", earnings(only(men(t, "nswdemo"), trained), men(t, "cps1"), true), 20)
	if c.Overlap.TreatedDropped < 112 || !strings.Contains(c.Verdict.Text, "differ most from the others in re74 unknown") {
		t.Errorf("%d dropped: %s", c.Overlap.TreatedDropped, c.Verdict.Text)
	}
}
