package measure_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestScripts runs the cases of testdata; testdata/README.md explains their
// language.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			s, err := readScript(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.expectations) == 0 {
				t.Fatal("the script expects nothing")
			}
			m, err := measure.New(&s.input, s.options)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range s.expectations {
				if err := e.check(m); err != nil {
					t.Errorf("%s:%d: %v", file, e.line, err)
				}
			}
		})
	}
}

// script is a case: what is given and what is expected of it.
type script struct {
	input        measure.Input
	options      measure.Options
	expectations []expectation
	cell         expectation // the cell that the lines at hand are about
	block        string      // the block that the lines at hand belong to
}

func readScript(file string) (*script, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &script{input: measure.Input{Profiles: map[string][]int32{}}}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		if err := s.line(n, text[0] != ' ', words); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return s, lines.Err()
}

func (s *script) line(n int, heading bool, words []string) error {
	switch {
	case heading && words[0] == "given" && len(words) == 2:
		s.block = words[1]
		return nil
	case heading && words[0] == "expect":
		s.block = "expect"
		return s.newCell(words[1:])
	case heading:
		return fmt.Errorf("%q: want given … or expect …", strings.Join(words, " "))
	}
	switch s.block {
	case "thresholds":
		return s.thresholds(words)
	case "skills":
		return s.skill(words)
	case "profiles":
		skills, err := s.skillNumbers(words[1:])
		s.input.Profiles[words[0]] = skills
		return err
	case "demand":
		return s.demand(words)
	case "supply":
		return s.supply(words)
	case "expect":
		e := s.cell
		e.line, e.words = n, words
		s.expectations = append(s.expectations, e)
		return nil
	}
	return fmt.Errorf("block %q: want thresholds, skills, profiles, demand or supply", s.block)
}

func (s *script) thresholds(words []string) error {
	return eachPair(words, func(name, value string) (err error) {
		switch name {
		case "min_cell":
			s.options.MinCell, err = strconv.ParseFloat(value, 64)
		case "found":
			s.options.Recall.Found, err = strconv.Atoi(value)
		case "of":
			s.options.Recall.Of, err = strconv.Atoi(value)
		case "min_links":
			s.options.MinLinks, err = strconv.Atoi(value)
		default:
			err = fmt.Errorf("no threshold %q", name)
		}
		return err
	})
}

func (s *script) skill(words []string) error {
	skill := measure.Skill{URI: words[0]}
	for _, flag := range words[1:] {
		switch flag {
		case "green":
			skill.Green = true
		case "digital":
			skill.Digital = true
		case "transversal":
			skill.Transversal = true
		case "widespread":
			skill.Widespread = true
		case "language":
			skill.LanguageSkill = true
		default:
			return fmt.Errorf("no collection %q", flag)
		}
	}
	s.input.Skills = append(s.input.Skills, skill)
	return nil
}

func (s *script) skillNumbers(names []string) ([]int32, error) {
	var numbers []int32
	for _, name := range names {
		at := slices.IndexFunc(s.input.Skills, func(k measure.Skill) bool { return k.URI == name })
		if at < 0 {
			return nil, fmt.Errorf("no skill %q is given", name)
		}
		numbers = append(numbers, int32(at))
	}
	return numbers, nil
}

// demand reads "30 month=2020-11 region=AT/AT1/AT13 … skills=a,b:0.5".
func (s *script) demand(words []string) error {
	var p measure.Posting
	err := eachPair(words[1:], func(name, value string) (err error) {
		switch name {
		case "month":
			p.Month, err = model.ParseDate(value + "-01")
		case "region":
			p.Regions, err = regions(value)
		case "isco":
			p.ISCO = value
		case "occupation":
			p.Occupation = value
		case "section":
			p.Section = value
		case "employer":
			p.Employer = value
		case "openings":
			p.Openings, err = number32(value)
		case "weight":
			var weight float64
			weight, err = strconv.ParseFloat(value, 64)
			p.Weight, p.Official, s.input.Calibrated = int32(weight*10_000), true, true
		case "posted":
			p.PostedOn, err = model.ParseDate(value)
		case "until":
			p.OpenUntil, err = model.ParseDate(value)
		case "skills":
			p.Skills, err = s.asks(value)
		default:
			err = fmt.Errorf("no property %q of vacancies", name)
		}
		return err
	})
	if err != nil {
		return err
	}
	return times(words[0], func() { s.input.Postings = append(s.input.Postings, p) })
}

func (s *script) asks(list string) ([]measure.Ask, error) {
	var asks []measure.Ask
	for name := range strings.SplitSeq(list, ",") {
		name, probability, given := strings.Cut(name, ":")
		skill, err := s.skillNumbers([]string{name})
		if err != nil {
			return nil, err
		}
		a := measure.Ask{Skill: skill[0], Probability: measure.Certain}
		if given {
			p, err := strconv.ParseFloat(probability, 64)
			if err != nil {
				return nil, err
			}
			a.Probability, a.Linked = int16(model.ScoreOf(p)), true
		}
		asks = append(asks, a)
	}
	return asks, nil
}

// supply reads "3 region=AT/AT1/AT13 online=yes … skills=a,b".
func (s *script) supply(words []string) error {
	o := measure.Offer{ID: fmt.Sprintf("offer %d", len(s.input.Offers)+1)}
	err := eachPair(words[1:], func(name, value string) (err error) {
		switch name {
		case "region":
			o.Regions, err = regions(value)
		case "online":
			o.Online = value == "yes"
		case "places":
			o.Places, err = number32(value)
		case "from":
			o.From, err = model.ParseDate(value)
		case "to":
			o.To, err = model.ParseDate(value)
		case "isco":
			o.ISCOs = strings.Split(value, ",")
		case "occupation":
			o.Occupations = strings.Split(value, ",")
		case "skills":
			o.Skills, err = s.asks(value)
		default:
			err = fmt.Errorf("no property %q of offers", name)
		}
		return err
	})
	if err != nil {
		return err
	}
	return times(words[0], func() { s.input.Offers = append(s.input.Offers, o) })
}

func regions(path string) (codes [measure.RegionLevels]string, err error) {
	parts := strings.Split(path, "/")
	if len(parts) > len(codes) {
		return codes, fmt.Errorf("region %s: want country/NUTS 1/NUTS 2", path)
	}
	copy(codes[:], parts)
	return codes, nil
}

func number32(value string) (int32, error) {
	n, err := strconv.ParseInt(value, 10, 32)
	return int32(n), err
}

func times(count string, do func()) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return fmt.Errorf("count %q: want a number", count)
	}
	for range n {
		do()
	}
	return nil
}

func eachPair(words []string, do func(name, value string) error) error {
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
