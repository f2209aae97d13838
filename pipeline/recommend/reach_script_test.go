package recommend

import (
	"bufio"
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

// TestReachScripts runs the cases testdata/reach*.txt; testdata/reach.md explains
// their language.
func TestReachScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/reach*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			s := &reachScript{t: t, taxonomy: &taxonomy.Taxonomy{}}
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			lines := bufio.NewScanner(f)
			for n := 1; lines.Scan(); n++ {
				text, _, _ := strings.Cut(lines.Text(), "#")
				if words := strings.Fields(text); len(words) > 0 {
					s.place = fmt.Sprintf("%s:%d", filepath.Base(file), n)
					s.line(text[0] != ' ', words)
				}
			}
			s.endBlock()
			if s.checked == 0 {
				t.Fatal("the script expects nothing")
			}
		})
	}
}

// reachScript is a case while it is read.
type reachScript struct {
	t        *testing.T
	place    string
	taxonomy *taxonomy.Taxonomy
	markets  []Market
	before   []Market
	person   Holdings
	offers   []Teaching
	block    []string            // the heading of the lines at hand
	rows     []map[string]string // what an expect block says is in a list, "" is the name
	checked  int
}

func (s *reachScript) line(heading bool, words []string) {
	if heading {
		s.endBlock()
		s.block = words
		s.begin()
		return
	}
	if s.block[0] == "expect" {
		row := map[string]string{}
		for _, w := range words {
			name, value, isPair := strings.Cut(w, "=")
			if !isPair {
				name, value = "", w
			}
			row[name] = value
		}
		s.rows = append(s.rows, row)
		return
	}
	switch s.block[1] {
	case "skills":
		s.skill(words)
	case "occupations":
		s.occupation(words)
	case "market":
		m := &s.markets[len(s.markets)-1]
		m.Asked = append(m.Asked, s.asked(words))
	case "before":
		m := &s.before[len(s.before)-1]
		m.Asked = append(m.Asked, s.asked(words))
	case "person":
		s.person.Add(s.number(words[0]), Evidence{Kind: words[2], Weight: s.float(words[1])})
	case "credential":
		s.offers[len(s.offers)-1].Skills = s.numbers(words[1])
	default:
		s.t.Fatalf("%s: no block %v", s.place, s.block)
	}
}

// begin starts a block that has columns in its heading.
func (s *reachScript) begin() {
	s.rows = nil
	if s.block[0] != "given" {
		return
	}
	columns := pairs(s.block)
	switch s.block[1] {
	case "market":
		s.markets = append(s.markets, s.market(columns))
	case "before":
		s.before = append(s.before, s.market(columns))
	case "credential":
		o := Teaching{ID: s.block[2], Online: columns["online"] == "yes"}
		if place := columns["place"]; place != "" {
			o.Regions = strings.Split(place, "/")
		}
		if stated := columns["stated"]; stated != "" {
			o.ISCOs = strings.Split(stated, ",")
		}
		if hours, ok := columns["hours"]; ok {
			h := s.float(hours)
			o.Hours = &h
		}
		s.offers = append(s.offers, o)
	}
}

func (s *reachScript) market(columns map[string]string) Market {
	m := Market{ISCO: s.block[2], Region: columns["region"], NEffective: s.float(columns["n"])}
	if len(m.Region) > 2 {
		m.Level = int32(len(m.Region) - 2)
	}
	if openings, ok := columns["openings"]; ok {
		m.Openings = int64(s.float(openings))
	}
	if before, ok := columns["before"]; ok {
		n := int64(s.float(before))
		m.OpeningsBefore = &n
	}
	return m
}

// asked reads "skill share", and the vacancies that ask for it where these are not
// the three from which a skill is published.
func (s *reachScript) asked(words []string) Asked {
	a := Asked{Skill: s.number(words[0]), Share: s.float(words[1]), Vacancies: 3}
	a.Declining = slices.Contains(words, "declining")
	if n, ok := pairs(words)["vacancies"]; ok {
		a.Vacancies = int32(s.float(n))
	}
	return a
}

func pairs(words []string) map[string]string {
	columns := map[string]string{}
	for _, w := range words {
		if name, value, ok := strings.Cut(w, "="); ok {
			columns[name] = value
		}
	}
	return columns
}

func (s *reachScript) skill(words []string) {
	k := taxonomy.Skill{URI: words[0]}
	if slices.Contains(words, "transversal") {
		k.Flags = taxonomy.Transversal
	}
	if at := slices.Index(words, "below"); at > 0 {
		k.Broader = words[at+1:]
	}
	s.taxonomy.Skills = append(s.taxonomy.Skills, k)
}

func (s *reachScript) occupation(words []string) {
	columns := pairs(words)
	s.taxonomy.Occupations = append(s.taxonomy.Occupations, taxonomy.Occupation{
		URI: words[0], ISCO: words[1], Essential: s.numbers(columns["essential"]), Optional: s.numbers(columns["optional"]),
	})
}

// endBlock checks an expect block when all its lines are read.
func (s *reachScript) endBlock() {
	if len(s.block) == 0 || s.block[0] != "expect" {
		return
	}
	s.checked++
	close := s.taxonomy.Closeness()
	held := s.person.All()
	switch s.block[1] {
	case "reach":
		var got []map[string]string
		for _, r := range Reach(s.taxonomy, close, held, s.markets) {
			row := map[string]string{"": r.Market.ISCO, "covered": number(r.Covered), "proven": number(r.Proven), "declared": number(r.Declared), "distance": number(r.Distance), "local": number(r.LocalPart), "within": fmt.Sprint(r.Within), "region": r.Market.Region, "growth": "null"}
			if g, ok := r.Market.Growth(); ok {
				row["growth"] = number(g)
			}
			got = append(got, row)
		}
		s.compare(got)
	case "missing":
		var got []map[string]string
		for _, r := range Reach(s.taxonomy, close, held, s.markets) {
			for _, m := range r.Missing {
				if r.Market.ISCO == s.block[2] {
					got = append(got, map[string]string{"": s.name(m.Skill), "weight": number(m.Weight), "share": number(m.Share), "essential": fmt.Sprint(m.Essential), "nearest": s.name(m.Nearest), "closeness": number(m.Closeness)})
				}
			}
		}
		s.compare(got)
	case "prior":
		s.prior(Prior(s.taxonomy, close, held, s.members(s.block[2])))
	case "alignment":
		s.alignment(close)
	default:
		s.t.Fatalf("%s: nothing is known of %v", s.place, s.block)
	}
}

func (s *reachScript) prior(p PriorLearning) {
	total := map[string]string{"": "total", "proven": fmt.Sprint(p.Proven), "declared": fmt.Sprint(p.Declared), "assumed": fmt.Sprint(p.Assumed), "near": fmt.Sprint(p.Near), "open": fmt.Sprint(p.Open), "share": "null"}
	if share, ok := p.Share(); ok {
		total["share"] = number(share)
	}
	got := []map[string]string{total}
	for _, e := range p.Essential {
		got = append(got, map[string]string{"": s.name(e.Skill), "state": e.State, "nearest": s.name(e.Nearest)})
	}
	s.compare(got[:min(len(s.rows), len(got))]) // a case may look at the total alone
}

// compare sets the rows of a list beside what is expected, column by column.
func (s *reachScript) compare(got []map[string]string) {
	if len(got) != len(s.rows) {
		s.t.Errorf("%s: %v: %d rows, want %d: %v", s.place, s.block, len(got), len(s.rows), got)
		return
	}
	for i, want := range s.rows {
		for column, value := range want {
			if !same(got[i][column], value) {
				s.t.Errorf("%s: %v: row %d: %s is %q, want %q (%v)", s.place, s.block, i+1, column, got[i][column], value, got[i])
			}
		}
	}
}

// same compares a number to the decimals that are expected of it.
func same(got, want string) bool {
	g, errG := strconv.ParseFloat(got, 64)
	w, errW := strconv.ParseFloat(want, 64)
	if errG != nil || errW != nil {
		return got == want
	}
	_, decimals, _ := strings.Cut(want, ".")
	return math.Abs(g-w) <= 0.5*math.Pow10(-max(len(decimals), 3))+1e-12
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func (s *reachScript) float(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		s.t.Fatalf("%s: %v", s.place, err)
	}
	return x
}

func (s *reachScript) number(name string) int32 {
	i, ok := s.taxonomy.SkillIndex(name)
	if !ok {
		s.t.Fatalf("%s: no skill %q, or the skills are not in order", s.place, name)
	}
	return i
}

func (s *reachScript) numbers(names string) []int32 {
	var all []int32
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == ',' }) {
		all = append(all, s.number(name))
	}
	slices.Sort(all)
	return all
}

func (s *reachScript) name(skill int32) string {
	if skill < 0 {
		return "none"
	}
	return s.taxonomy.Skills[skill].URI
}

func (s *reachScript) members(name string) []int32 {
	for i := range s.taxonomy.Occupations {
		if s.taxonomy.Occupations[i].URI == name {
			return []int32{int32(i)}
		}
	}
	return s.taxonomy.UnitGroup(name)
}

// alignment looks at the rows of a credential, named by occupation and region.
func (s *reachScript) alignment(close *taxonomy.Closeness) {
	a := NewAligner(s.taxonomy, close, s.markets, s.before, 3)
	var all []model.Alignment
	for i := range s.offers {
		all = append(all, a.Align(&s.offers[i])...)
	}
	var got []map[string]string
	for _, r := range all {
		if r.CredentialID != s.block[2] {
			continue
		}
		got = append(got, map[string]string{
			"": r.OccupationCode + "/" + r.RegionCode, "aligned": fmt.Sprint(r.Aligned), "stated": fmt.Sprint(r.Stated), "main": fmt.Sprint(r.Main),
			"taught": fmt.Sprint(r.SkillsTaught), "asked": fmt.Sprint(r.SkillsAsked), "asked_share": number(r.AskedShare),
			"demand": number(r.DemandCovered), "essential": fmt.Sprint(r.EssentialSkills), "covered": fmt.Sprint(r.EssentialCovered),
			"near": fmt.Sprint(r.EssentialNear), "share": orNull(r.EssentialShare), "per_hour": orNull(r.SkillsPerHour),
			"trend": orNull(r.Trend), "low": orNull(r.TrendLow), "high": orNull(r.TrendHigh), "trend_skills": fmt.Sprint(r.TrendSkills),
			"trend_region": r.TrendRegion, "declining": fmt.Sprint(r.SkillsDeclining), "ageing": flagOrNull(r.Ageing), "crowded": flagOrNull(r.Crowded),
		})
	}
	s.compare(got)
}

func orNull(x *float64) string {
	if x == nil {
		return "null"
	}
	return number(*x)
}

func flagOrNull(x *bool) string {
	if x == nil {
		return "null"
	}
	return fmt.Sprint(*x)
}
