package outcome_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// TestEffectScripts runs the cases of testdata/effect, whose README.md explains
// their language.
func TestEffectScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/effect/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			s, err := readEffectScript(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.expected) == 0 {
				t.Fatal("the script expects nothing")
			}
			c, err := outcome.Compare(context.Background(), &s.sample, outcome.Options{Draws: 100})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range s.expected {
				if err := e.check(&c); err != nil {
					t.Errorf("%s:%d: %v", file, e.line, err)
				}
			}
			if t.Failed() {
				t.Log(c.Verdict.Text)
			}
		})
	}
}

type effectScript struct {
	sample   outcome.Sample
	block    string
	expected []effectExpectation
}

type effectExpectation struct {
	line  int
	words []string
}

func readEffectScript(file string) (*effectScript, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &effectScript{sample: outcome.Sample{Contrast: outcome.Participants, Measured: outcome.Measured{Name: "outcome", Unit: "units"}}}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		switch {
		case len(words) == 0:
			continue
		case text[0] != ' ':
			s.block = words[len(words)-1]
			continue
		case s.block == "expect":
			s.expected = append(s.expected, effectExpectation{n, words})
			continue
		case s.block == "sample":
			err = pairs(words, s.property)
		case s.block == "persons":
			err = s.persons(words)
		default:
			err = fmt.Errorf("block %q: want sample, persons or expect", s.block)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return s, lines.Err()
}

func pairs(words []string, do func(name, value string) error) error {
	for _, w := range words {
		name, value, ok := strings.Cut(w, "=")
		if !ok {
			return fmt.Errorf("%q: want name=value", w)
		}
		if err := do(name, value); err != nil {
			return fmt.Errorf("%s: %w", w, err)
		}
	}
	return nil
}

func (s *effectScript) property(name, value string) error {
	value = strings.ReplaceAll(value, "_", " ")
	switch name {
	case "contrast":
		s.sample.Contrast = outcome.Contrast(value)
	case "share":
		s.sample.Measured.Share = value == "yes"
	case "name":
		s.sample.Measured.Name = value
	case "unit":
		s.sample.Measured.Unit = value
	default:
		return errors.New("no such property of a sample")
	}
	return nil
}

func (s *effectScript) persons(words []string) error {
	n, err := strconv.Atoi(words[0])
	if err != nil {
		return err
	}
	p := outcome.Person{Treated: words[1] == "treated", Before: math.NaN()}
	var numeric, categorical []string
	for _, w := range words[2:] {
		if name, level, ok := strings.Cut(w, ":"); ok {
			categorical = append(categorical, name)
			p.Categories = append(p.Categories, strings.TrimPrefix(level, "?"))
			continue
		}
		name, text, _ := strings.Cut(w, "=")
		v := math.NaN()
		if text != "?" {
			if v, err = strconv.ParseFloat(text, 64); err != nil {
				return err
			}
		}
		switch name {
		case "outcome":
			p.Outcome = v
		case "before":
			p.Before = v
		default:
			numeric = append(numeric, name)
			p.Numeric = append(p.Numeric, v)
		}
	}
	if len(s.sample.Persons) > 0 && (!slices.Equal(numeric, s.sample.Numeric) || !slices.Equal(categorical, s.sample.Categorical)) {
		return errors.New("other covariates than the persons before")
	}
	s.sample.Numeric, s.sample.Categorical = numeric, categorical
	s.sample.Persons = append(s.sample.Persons, slices.Repeat([]outcome.Person{p}, n)...)
	return nil
}

func (e *effectExpectation) check(c *outcome.Comparison) error {
	rest := strings.Join(e.words[1:], " ")
	switch e.words[0] {
	case "raw":
		return checkEstimate(c.Raw, e.words[1:])
	case "adjusted":
		return checkEstimate(c.Adjusted, e.words[1:])
	case "change":
		return checkEstimate(c.Change, e.words[1:])
	case "balance":
		name := strings.ReplaceAll(e.words[1], "_", " ")
		at := slices.IndexFunc(c.Balance, func(b outcome.Balance) bool { return b.Covariate == name })
		if at < 0 {
			return fmt.Errorf("no covariate %q in %v", name, c.Balance)
		}
		return figures(e.words[2:], map[string]float64{"before": c.Balance[at].Before, "after": c.Balance[at].After})
	case "overlap":
		o := c.Overlap
		return figures(e.words[1:], map[string]float64{
			"treated_dropped": float64(o.TreatedDropped), "untreated_dropped": float64(o.UntreatedDropped),
			"effective_size": o.EffectiveSize, "largest_weight": o.LargestWeight,
		})
	case "sensitivity":
		return figures(e.words[1:], map[string]float64{"ratio": c.Sensitivity.RiskRatio, "evalue": c.Sensitivity.EValue})
	case "evalue":
		return checkEValue(e.words[1:])
	case "verdict":
		if string(c.Verdict.Code) != rest {
			return fmt.Errorf("verdict %s, want %s", c.Verdict.Code, rest)
		}
	case "says":
		if !strings.Contains(c.Verdict.Text, rest) {
			return fmt.Errorf("verdict does not say %q: %s", rest, c.Verdict.Text)
		}
	case "never":
		if strings.Contains(c.Verdict.Text, rest) {
			return fmt.Errorf("verdict says %q: %s", rest, c.Verdict.Text)
		}
	default:
		return fmt.Errorf("%q: no such figure", e.words[0])
	}
	return nil
}

func checkEstimate(e *outcome.Estimate, words []string) error {
	if words[0] == "none" {
		if e != nil {
			return fmt.Errorf("got %+v, want none", *e)
		}
		return nil
	}
	if e == nil {
		return errors.New("there is none")
	}
	return figures(words, map[string]float64{
		"treated": e.Treated, "untreated": e.Untreated, "value": e.Value, "low": e.Low, "high": e.High,
	})
}

func checkEValue(words []string) error {
	given := map[string]float64{}
	want := ""
	err := pairs(words, func(name, value string) (err error) {
		if name == "value" {
			want = "value=" + value
			return nil
		}
		given[name], err = strconv.ParseFloat(value, 64)
		return err
	})
	if err != nil {
		return err
	}
	got := outcome.EValueOfLimit(given["low"], given["high"])
	if ratio, ok := given["ratio"]; ok {
		got = outcome.EValue(ratio)
	}
	return figures([]string{want}, map[string]float64{"value": got})
}

// figures compares figures with those expected, to the digits given.
func figures(words []string, got map[string]float64) error {
	return pairs(words, func(name, value string) error {
		want, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return err
		}
		_, digits, _ := strings.Cut(value, ".")
		g, known := got[name]
		if !known {
			return fmt.Errorf("no figure %q", name)
		}
		if !(math.Abs(g-want) <= 0.5*math.Pow10(-len(digits))*(1+1e-9)) {
			return fmt.Errorf("got %v", g)
		}
		return nil
	})
}
