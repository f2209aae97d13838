package disclosure_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// TestScripts runs the cases of testdata; testdata/README.md explains their language.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			s := &script{}
			if err := s.run(file); err != nil {
				t.Fatal(err)
			}
			if s.expected == 0 {
				t.Fatal("the script expects nothing")
			}
		})
	}
}

// script is a case at the line at hand.
type script struct {
	block    string
	rule     disclosure.Rule
	p        disclosure.Publication
	earlier  []disclosure.Release
	shown    []*disclosure.Publication
	result   *disclosure.Result
	withheld []string // expected
	expected int
}

func (s *script) run(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		if text[0] == ' ' {
			err = s.line(words)
		} else {
			err = s.heading(words)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return s.check()
}

func (s *script) heading(words []string) error {
	switch s.block = strings.Join(words[:min(2, len(words))], " "); s.block {
	case "given rule", "given dimensions":
		return nil
	case "given table":
		return s.table(words[2], words[3:])
	case "given release":
		return s.check()
	case "expect withheld":
		if err := s.protect(); err != nil {
			return err
		}
		s.withheld = []string{}
		s.expected++
		return nil
	}
	return fmt.Errorf("%q: want given rule, dimensions, table or release, or expect withheld", s.block)
}

func (s *script) table(name string, words []string) error {
	if s.result != nil {
		return fmt.Errorf("table %s comes after what is expected: begin with given release", name)
	}
	t := disclosure.Table{Name: name, Measure: "persons"}
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "measure":
			t.Measure = value
		case "by":
			t.Dimensions = strings.Split(value, ",")
		case "overlapping":
			t.Overlapping = strings.Split(value, ",")
		case "sums":
			t.Magnitude = true
		default:
			return fmt.Errorf("no property %q of a table", w)
		}
	}
	s.p.Tables = append(s.p.Tables, t)
	return nil
}

func (s *script) line(words []string) (err error) {
	switch s.block {
	case "given rule":
		for _, w := range words {
			key, value, _ := strings.Cut(w, "=")
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return err
			}
			switch key {
			case "threshold":
				s.rule.Threshold = n
			case "group":
				s.rule.Group = n
			default:
				return fmt.Errorf("no rule %q", w)
			}
		}
	case "given dimensions":
		d := disclosure.Dimension{Name: words[0], Parent: map[string]string{}}
		for _, w := range words[1:] {
			if part, whole, ok := strings.Cut(w, "<"); ok {
				d.Parent[part] = whole
			} else if d.Attribute = w == "attribute"; !d.Attribute {
				return fmt.Errorf("%q: want attribute, or PART<WHOLE", w)
			}
		}
		s.p.Dimensions = append(s.p.Dimensions, d)
	case "given table":
		return s.cell(words)
	case "expect withheld":
		s.withheld = append(s.withheld, strings.Join(words, " "))
	}
	return nil
}

func (s *script) cell(words []string) (err error) {
	t := &s.p.Tables[len(s.p.Tables)-1]
	n := len(t.Dimensions)
	if len(words) <= n {
		return fmt.Errorf("want %d categories and a value", n)
	}
	c := disclosure.Cell{At: slices.Clone(words[:n])}
	for i, w := range c.At {
		if w == "-" {
			c.At[i] = ""
		}
	}
	for i, w := range words[n:] {
		_, value, named := strings.Cut(w, "=")
		if !named {
			value = w
		}
		v, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return err
		}
		switch {
		case i == 0 && !named:
			c.Value = v
		case strings.HasPrefix(w, "persons="):
			c.Persons = v
		case strings.HasPrefix(w, "largest="):
			c.Largest = v
		default:
			return fmt.Errorf("no property %q of a cell", w)
		}
	}
	t.Cells = append(t.Cells, c)
	return nil
}

func (s *script) protect() (err error) {
	s.p.Name = fmt.Sprint("release ", len(s.earlier)+1)
	p := s.p
	s.result, err = disclosure.Protect(&p, s.earlier, s.rule)
	return err
}

// check compares what is withheld with what is expected, audits all publications so
// far, and begins the next.
func (s *script) check() error {
	if s.result == nil {
		return nil
	}
	var got []string
	p := s.result.Published()
	for i := range p.Tables {
		for _, c := range p.Tables[i].Cells {
			if c.Withheld {
				words := []string{p.Tables[i].Name}
				for _, category := range c.At {
					if category == "" {
						category = "-"
					}
					words = append(words, category)
				}
				got = append(got, strings.Join(words, " "))
			}
		}
	}
	slices.Sort(got)
	slices.Sort(s.withheld)
	if !slices.Equal(got, s.withheld) {
		return fmt.Errorf("%s: withheld are\n  %s\nwant\n  %s", p.Name, strings.Join(got, "\n  "), strings.Join(s.withheld, "\n  "))
	}
	s.shown = append(s.shown, p)
	findings, err := disclosure.Audit(s.shown, s.rule)
	if err != nil || len(findings) > 0 {
		return fmt.Errorf("audit: %v %w", findings, err)
	}
	s.earlier = append(s.earlier, s.result.Release())
	s.p.Tables, s.result = nil, nil
	return nil
}
