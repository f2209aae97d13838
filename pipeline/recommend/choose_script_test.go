package recommend

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// TestChooseScripts runs the cases testdata/choose*.txt; testdata/README.md explains
// their language.
func TestChooseScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/choose*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			s := &chooseScript{near: map[int32][]taxonomy.Near{}, asOf: model.NewDate(2026, 6, 30)}
			if err := s.read(file); err != nil {
				t.Fatal(err)
			}
			if s.checks == 0 {
				t.Fatal("the script expects nothing")
			}
			for _, err := range s.wrong {
				t.Error(err)
			}
		})
	}
}

// chooseScript is a case: what is given, and what was found wrong so far.
type chooseScript struct {
	skills []string
	target Target
	near   map[int32][]taxonomy.Near
	offers []Offer
	links  []Link
	asOf   model.Date

	request *Request
	bundle  *Bundle
	block   string
	place   int // of the next line of an expect block
	checks  int
	wrong   []error
}

func (s *chooseScript) read(file string) error {
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
		step := s.line
		if text[0] != ' ' {
			step = s.heading
		}
		if err := step(words); err != nil {
			s.wrong = append(s.wrong, fmt.Errorf("%s:%d: %w", file, n, err))
		}
	}
	return cmp.Or(lines.Err(), s.endOfSteps())
}

func (s *chooseScript) heading(words []string) error {
	err := s.endOfSteps()
	s.block, s.place = strings.Join(words[:min(2, len(words))], " "), 0
	switch s.block {
	case "given request":
		s.request, s.bundle = &Request{AsOf: s.asOf, AnyEntry: true}, nil
	case "expect bundle":
		s.checks++
		if err := s.choose(); err != nil {
			return err
		}
		return cmp.Or(err, eachPair(words[2:], s.bundleIs))
	case "expect left":
		s.checks++
		return cmp.Or(err, s.choose())
	}
	return err
}

// endOfSteps reports steps that the bundle has beyond those expected.
func (s *chooseScript) endOfSteps() error {
	if s.block == "expect bundle" && s.bundle != nil && s.place < len(s.bundle.Steps) {
		return fmt.Errorf("another step: %s", s.bundle.Steps[s.place].Offer.ID)
	}
	return nil
}

func (s *chooseScript) choose() error {
	if s.bundle != nil {
		return nil
	}
	c, err := NewCatalogue(s.offers, s.links, func(skill int32) []taxonomy.Near { return s.near[skill] })
	if err != nil {
		return err
	}
	p, err := c.Pool(*s.request)
	if err != nil {
		return err
	}
	b := p.Choose(s.target)
	s.bundle = &b
	return nil
}

func (s *chooseScript) line(words []string) error {
	switch s.block {
	case "given wanted":
		return s.wanted(words)
	case "given near":
		weight, err := strconv.ParseFloat(words[2], 64)
		asked := s.skill(words[0])
		s.near[asked] = append(s.near[asked], taxonomy.Near{Skill: s.skill(words[1]), Weight: weight})
		return err
	case "given offers":
		o := Offer{ID: words[0], Title: words[0]}
		err := eachPair(words[1:], func(name, value string) error { return s.offer(&o, name, value) })
		slices.SortFunc(o.Teaches, func(a, b Credit) int { return cmp.Compare(a.Skill, b.Skill) })
		s.offers = append(s.offers, o)
		return err
	case "given links":
		s.links = append(s.links, Link{words[0], words[2], words[1]})
		return nil
	case "given request":
		return eachPair(words, s.ask)
	case "expect bundle":
		return s.step(words)
	case "expect left":
		return s.left(strings.Join(words, " "))
	}
	return fmt.Errorf("block %q: want given wanted, near, offers, links, request, or expect bundle, left", s.block)
}

// skill numbers names in the order in which they appear.
func (s *chooseScript) skill(name string) int32 {
	at := slices.Index(s.skills, name)
	if at < 0 {
		at, s.skills = len(s.skills), append(s.skills, name)
	}
	return int32(at)
}

func (s *chooseScript) wanted(words []string) error {
	w := Want{Skill: s.skill(words[0]), General: slices.Contains(words, "general")}
	var err error
	w.Weight, err = strconv.ParseFloat(words[1], 64)
	if w.Weight > 0 {
		s.target.Wants = append(s.target.Wants, w)
	}
	s.target.ISCO = "7126"
	if slices.Contains(words, "profile") {
		s.target.Profile = append(s.target.Profile, w.Skill)
	}
	return err
}

func (s *chooseScript) general(skill int32) bool {
	return slices.ContainsFunc(s.target.Wants, func(w Want) bool { return w.Skill == skill && w.General })
}

func (s *chooseScript) offer(o *Offer, name, value string) (err error) {
	switch name {
	case "hours":
		o.Hours, err = amountOf(value)
	case "perweek":
		o.HoursPerWeek, err = amountOf(value)
	case "weeks":
		o.Weeks, err = amountOf(value)
	case "price":
		o.Price, o.Currency, err = moneyOf(value)
	case "course":
		o.Course = value
	case "language":
		o.Languages = strings.Split(value, ",")
	case "mode":
		o.Mode = value
	case "schedule":
		o.Schedule = value
	case "scheme":
		o.CreditScheme = value
	case "conformity":
		o.Conformity = value
	case "accredited":
		o.Accredited = value == "yes"
	case "online":
		o.Online = value == "yes"
	case "region":
		copy(o.Regions[:], strings.Split(value, "/"))
	case "isco":
		o.ISCOs = strings.Split(value, ",")
	case "eqf":
		var level int
		level, err = strconv.Atoi(value)
		o.EQF = int32(level)
	case "from":
		o.StartsOn, err = model.ParseDate(value)
	case "to":
		o.EndsOn, err = model.ParseDate(value)
	case "apply":
		o.Deadline, err = model.ParseDate(value)
	case "withdrawn":
		o.WithdrawnOn, err = model.ParseDate(value)
	case "requires":
		o.Requires = append(o.Requires, s.skill(value))
	case "teaches":
		for skill := range strings.SplitSeq(value, ",") {
			skill, p, given := strings.Cut(skill, ":")
			c := Credit{Skill: s.skill(skill), P: 1}
			if given {
				c.P, err = strconv.ParseFloat(p, 64)
			}
			c.General = s.general(c.Skill)
			o.Teaches = append(o.Teaches, c)
		}
	default:
		err = fmt.Errorf("no property %q of offers", name)
	}
	return err
}

func (s *chooseScript) ask(name, value string) (err error) {
	r := s.request
	switch name {
	case "money":
		r.Money, r.Currency, err = moneyOf(value)
	case "hours":
		r.Hours, err = amountOf(value)
	case "weeks":
		r.Weeks, err = amountOf(value)
	case "perweek":
		r.HoursPerWeek, err = amountOf(value)
	case "credentials":
		r.Credentials, err = strconv.Atoi(value)
	case "least":
		r.LeastStep, err = strconv.ParseFloat(value, 64)
	case "rungs":
		r.Rungs, err = strconv.Atoi(value)
	case "language":
		r.Languages = strings.Split(value, ",")
	case "mode":
		r.Modes = strings.Split(value, ",")
	case "schedule":
		r.Schedules = strings.Split(value, ",")
	case "level":
		_, err = fmt.Sscanf(value, "%d-%d", &r.EQFLow, &r.EQFHigh)
	case "accredited":
		r.Accredited = value == "yes"
	case "region":
		r.Region = value
	case "start":
		r.Start, err = model.ParseDate(value)
	case "finish":
		r.Finish, err = model.ParseDate(value)
	case "held":
		r.Held = strings.Split(value, ",")
	case "skills":
		r.AnyEntry = false
		for skill := range strings.SplitSeq(value, ",") {
			r.HeldSkills = append(r.HeldSkills, s.skill(skill))
		}
	default:
		err = fmt.Errorf("no property %q of requests", name)
	}
	return err
}

func (s *chooseScript) bundleIs(name, want string) error {
	b := s.bundle
	switch name {
	case "kind":
		return sameText(b.Kind, want)
	case "gain":
		return isNumber(&b.Gain, want)
	case "bound":
		return isNumber(&b.UpperBound, want)
	case "hours":
		return isNumber(b.Hours, want)
	case "weeks":
		return isNumber(b.Weeks, want)
	case "price":
		if b.Price == nil {
			return sameText("none", want)
		}
		return sameText(fmt.Sprint(float64(*b.Price)/100, b.Currency), want)
	case "open":
		return sameText(s.names(b.NotClosed), want)
	case "exact":
		return sameText(strconv.FormatBool(b.Exact), want)
	}
	return fmt.Errorf("no property %q of bundles", name)
}

func (s *chooseScript) step(words []string) error {
	if s.place >= len(s.bundle.Steps) {
		return fmt.Errorf("the bundle has %d steps, no %s", len(s.bundle.Steps), words[0])
	}
	step := &s.bundle.Steps[s.place]
	s.place++
	if step.Offer.ID != words[0] {
		return fmt.Errorf("step %d is %s, want %s", s.place, step.Offer.ID, words[0])
	}
	return eachPair(words[1:], func(name, want string) error {
		switch name {
		case "adds":
			return isNumber(&step.Marginal, want)
		case "sum":
			return isNumber(&step.Cumulative, want)
		case "scale":
			return isNumber(&step.Scale, want)
		case "loss":
			return isNumber(&step.Loss, want)
		case "closes":
			return sameText(s.names(step.Closed), want)
		case "says": // of the award that it builds up to with the others
			says := "none"
			if slices.ContainsFunc(step.Reasons, func(r string) bool { return strings.Contains(r, "declared to build up") }) {
				says = "declared"
			}
			return sameText(says, want)
		case "next":
			next := "none"
			if step.RunnerUp != nil {
				next = step.RunnerUp.ID
			}
			return sameText(next, want)
		}
		return fmt.Errorf("no property %q of steps", name)
	})
}

func (s *chooseScript) left(line string) error {
	var lines []string
	for _, l := range s.bundle.Left {
		if lines = append(lines, fmt.Sprintf("%s: %d", l.Why, l.Offers)); lines[len(lines)-1] == line {
			return nil
		}
	}
	return fmt.Errorf("%q is not among %q", line, lines)
}

func (s *chooseScript) names(skills []int32) string {
	var names []string
	for _, i := range skills {
		names = append(names, s.skills[i])
	}
	return cmp.Or(strings.Join(names, ","), "none")
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

func sameText(got, want string) error {
	if got != want {
		return fmt.Errorf("got %s", got)
	}
	return nil
}

func isNumber(got *float64, want string) error {
	if got == nil || want == "none" {
		if got == nil && want == "none" {
			return nil
		}
		return fmt.Errorf("got %v", got)
	}
	value, err := strconv.ParseFloat(want, 64)
	_, decimals, _ := strings.Cut(want, ".")
	tolerance := 1e-12
	if len(decimals) >= 4 {
		tolerance += 0.5 * math.Pow10(-len(decimals))
	}
	if err == nil && math.Abs(*got-value) > tolerance {
		err = fmt.Errorf("got %v", *got)
	}
	return err
}

func amountOf(text string) (*float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	return &v, err
}

// moneyOf reads "300EUR".
func moneyOf(text string) (*model.Money, string, error) {
	at := len(text) - 3
	v, err := strconv.ParseFloat(text[:at], 64)
	m := model.Money(math.Round(100 * v))
	return &m, text[at:], err
}
