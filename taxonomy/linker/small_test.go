package linker_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// smallSkills are the skills of the small taxonomy: type, official name, other
// names, French name, description.
var smallSkills = []struct{ kind, official, others, french, text string }{
	{"skill", "lead a team", "direct a team;lead teams", "diriger une équipe", "Lead and guide the current team of staff."},
	{"skill", "manage a team", "", "gérer une équipe", "Plan the current work of a team and guide its staff."},
	{"skill", "work in teams", "teamwork;support colleagues", "travailler en équipe", "Work with current colleagues in a group."},
	{"skill", "provide first aid", "", "donner les premiers soins", "Give help in a current emergency."},
	{"knowledge", "accounting", "book-keeping;accounts", "comptabilité", "Recording the current money of a business."},
	{"knowledge", "electricity principles", "current", "principes d'électricité", "How electric current flows."},
	{"knowledge", "Java (computer programming)", "Java 8", "Java (programmation informatique)", "A language."},
	{"knowledge", "Swift (computer programming)", "", "Swift (programmation informatique)", "A language, with a swift compiler."},
	{"knowledge", "R", "", "R", "A language for statistics."},
	{"knowledge", "C++", "", "C++", "A language."},
	{"knowledge", "C#", "", "C#", "A language."},
	{"knowledge", "ASP.NET", "", "ASP.NET", "A framework."},
	{"knowledge", "primary care", "primary health care", "médecine de ville", "First contact with health care."},
	{"knowledge", "paediatrics", "", "pédiatrie", "Health of children."},
	{"skill", "develop predictive models", "predictive modelling", "concevoir des modèles prédictifs", "Make models that predict."},
	{"skill", "use spreadsheets software", "", "utiliser un tableur", "Use software for tables."},
	{"skill", "organise events", "event management;manage events", "organiser des événements", "Plan and run events."},
	{"skill", "plan events", "event management", "planifier des événements", "Plan events."},
	{"knowledge", "office software", "", "fluﬃges Büro", "Software of an office."},
	{"knowledge", "Lisp", "", "Lisp", "A language."},
}

func skillURI(i int) string { return fmt.Sprintf("http://example.org/skill/%02d", i) }

// smallTaxonomy returns a taxonomy of a few skills and occupations in English
// and French.
func smallTaxonomy() *taxonomy.Taxonomy {
	t := &taxonomy.Taxonomy{Release: "small", Releases: []string{"small"}, Languages: []string{"en", "fr"}}
	for i, s := range smallSkills {
		labels := []taxonomy.Label{{Text: s.official, Language: "en"}}
		for _, other := range strings.FieldsFunc(s.others, func(r rune) bool { return r == ';' }) {
			labels = append(labels, taxonomy.Label{Text: other, Language: "en", Kind: taxonomy.Alternative})
		}
		labels = append(labels, taxonomy.Label{Text: s.french, Language: "fr"})
		t.Skills = append(t.Skills, taxonomy.Skill{
			URI: skillURI(i), Type: taxonomy.SkillType(s.kind), Labels: labels,
			Descriptions: []taxonomy.Text{{Text: s.text, Language: "en"}},
		})
	}
	for i, o := range []struct{ isco, labels string }{
		{"2221", "nurse responsible for general care;ward nurse;practice nurse"},
		{"2221", "specialist nurse;diabetes nurse"},
		{"5321", "healthcare assistant;health care assistant;nurse assistant"},
		{"3344", "medical secretary"},
		{"2513", "web developer;website developer"},
		{"2511", "ICT consultant;IT consultant"},
		{"2421", "management consultant"},
	} {
		occupation := taxonomy.Occupation{URI: fmt.Sprintf("http://example.org/occupation/%02d", i), ISCO: o.isco}
		for j, l := range strings.Split(o.labels, ";") {
			occupation.Labels = append(occupation.Labels, taxonomy.Label{Text: l, Language: "en", Kind: taxonomy.LabelKind(min(j, 1))})
		}
		t.Occupations = append(t.Occupations, occupation)
	}
	t.Occupations[0].Essential = []int32{17} // one occupation needs "plan events", none "organise events"
	return t
}

// newSmall returns a linker over the small taxonomy.
func newSmall(t testing.TB) (*linker.Linker, *taxonomy.Taxonomy) {
	t.Helper()
	x := smallTaxonomy()
	l, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l, x
}

// dataPath returns the path of real data; it skips the test where there is none,
// but fails it in CI.
func dataPath(t testing.TB, elements ...string) string {
	t.Helper()
	root := os.Getenv("SKILLSGAP_TESTDATA")
	if root == "" {
		dir, err := filepath.Abs(".")
		if err != nil {
			t.Fatal(err)
		}
		for !exists(filepath.Join(dir, "go.mod")) && dir != filepath.Dir(dir) {
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(dir, "..", "shared", "data")
	}
	path := filepath.Join(append([]string{root}, elements...)...)
	if !exists(path) {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no test data at %s: set SKILLSGAP_TESTDATA", path)
		}
		t.Skipf("no test data at %s: set SKILLSGAP_TESTDATA to run this test", path)
	}
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// release is an ESCO release with its linker, made once for all tests.
type release struct {
	taxonomy *taxonomy.Taxonomy
	linker   *linker.Linker
	err      error
}

var releases = map[string]func(labels, relations string) release{"v1.1.0": load(), "v1.1.1": load()}

func load() func(labels, relations string) release {
	var once sync.Once
	var r release
	return func(labels, relations string) release {
		once.Do(func() {
			if r.taxonomy, _, r.err = esco.Import([]string{labels, relations}, []string{"en"}); r.err == nil {
				r.linker, r.err = linker.New(r.taxonomy, nil)
			}
		})
		return r
	}
}

// real returns a full English ESCO release.
func real(t testing.TB, version string) (*linker.Linker, *taxonomy.Taxonomy) {
	t.Helper()
	r := releases[version](dataPath(t, "esco", "esco-"+version+"-en-csv.zip"), dataPath(t, "esco", "esco-"+version+"-relations-csv.zip"))
	if r.err != nil {
		t.Fatal(r.err)
	}
	return r.linker, r.taxonomy
}

// namesOf returns the official names of matches, sorted.
func namesOf(x *taxonomy.Taxonomy, matches []linker.Match) []string {
	var names []string
	for _, m := range matches {
		names = append(names, strings.TrimSpace(x.SkillName(m.Skill, "en")))
	}
	slices.Sort(names)
	return names
}
