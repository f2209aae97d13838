package linker_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
	"github.com/skillsgap/skillsgap/taxonomy/linker/evaluation"
)

// fewNames returns a taxonomy whose skills have one name in French and German,
// and many in English.
func fewNames() *taxonomy.Taxonomy {
	t := &taxonomy.Taxonomy{Release: "few", Releases: []string{"few"}, Languages: []string{"en", "fr", "de"}}
	for i, s := range []struct{ english, french, german string }{
		{"lawn maintenance;maintain lawns;care of lawns", "entretien de la pelouse", "Rasenpflege"},
		{"mow lawns;lawn mowing;cut lawns", "tondre le gazon", "Grünflächen mähen"},
		{"advise customers;customer advice;advising customers", "conseiller la clientèle", "Beratung von Kunden"},
		{"accounting;bookkeeping;keep accounts", "comptabilité", "Buchhaltung"},
		{"configuration management;DevOps;manage configurations", "gestion de configuration", "Konfigurationsmanagement"},
		{"bake bread;bread baking;make bread", "cuire du pain", "Brot backen"},
	} {
		skill := taxonomy.Skill{URI: skillURI(i), Type: "skill", Labels: []taxonomy.Label{{Text: s.french, Language: "fr"}, {Text: s.german, Language: "de"}}}
		for j, l := range strings.Split(s.english, ";") {
			skill.Labels = append(skill.Labels, taxonomy.Label{Text: l, Language: "en", Kind: taxonomy.LabelKind(min(j, 1))})
		}
		t.Skills = append(t.Skills, skill)
	}
	return t
}

func TestRankNames(t *testing.T) {
	tests := []struct {
		about, name, language string
		want                  []string // official English names, best first
	}{
		{"the name itself", "Comptabilité", "fr", []string{"accounting"}},
		{"accents left out", "comptabilite", "fr", []string{"accounting"}},
		{"another inflection", "conseil à la clientèle", "fr", []string{"advise customers"}},
		{"a compound of its words", "Kundenberatung", "de", []string{"advise customers"}},
		{"by translation: lawn is in both", "pelouse", "fr", []string{"lawn maintenance", "mow lawns"}},
		{"what words like it mean", "Rasenpflegemittel", "de", []string{"lawn maintenance", "mow lawns"}},
		{"an English name", "DevOps", "de", []string{"configuration management"}},
		{"more than the name", "Brot (backen, formen)", "de", []string{"bake bread"}},
		{"nothing of it is known", "xyzzy", "fr", nil},
		{"no word", "…", "de", nil},
	}
	x := fewNames()
	l, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		matches := l.Rank(tt.name, tt.language, max(1, len(tt.want)))
		var got []string
		for _, m := range matches {
			got = append(got, x.SkillName(m.Skill, "en"))
			if m.Start < 0 || m.Start >= m.End || m.End > len(tt.name) || m.Score <= 0 || m.Score >= 1 {
				t.Errorf("%s: Rank(%q) gives %+v", tt.about, tt.name, m)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: Rank(%q, %q) = %q, want %q", tt.about, tt.name, tt.language, got, tt.want)
		}
	}
}

func TestRankNamesWithoutOtherLanguage(t *testing.T) {
	x := fewNames()
	x.Languages = []string{"fr"}
	l, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Rank("comptabilites", "fr", 5); len(got) != 1 || got[0].Label != "comptabilité" {
		t.Errorf("got %+v", got)
	}
}

func TestRankNamesIsRepeatable(t *testing.T) {
	var first string
	for range 5 {
		l, err := linker.New(fewNames(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, name := range []string{"Rasenmähen", "Kundenkonfiguration", "Brotmanagement", "pflegen"} {
			all += fmt.Sprintln(l.Rank(name, "de", 10))
		}
		if first == "" {
			first = all
		}
		if all != first {
			t.Fatalf("two linkers rank otherwise:\n%s\n%s", first, all)
		}
	}
}

// TestRankRealNames ranks skills for terms of national lists. It is slow.
func TestRankRealNames(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a full release in three languages")
	}
	x, _, err := esco.Import([]string{
		dataPath(t, "esco", "esco-v1.1.1-en-csv.zip"), dataPath(t, "esco", "esco-v1.1.1-relations-csv.zip"),
		dataPath(t, "esco", "v1.0-fr"), dataPath(t, "esco", "skill_preferred_labels_de_sv_nl.csv.gz"),
	}, []string{"en", "fr", "de"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := linker.New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	for language, least := range map[string]float64{"fr": 0.62, "de": 0.76} {
		file, err := os.Open(dataPath(t, "eval", "mels_like", language+".csv.gz"))
		if err != nil {
			t.Fatal(err)
		}
		gold, err := evaluation.NewReader(x, language, "skos:exactMatch").Read(language, file)
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		hits := 0.0
		for i := range gold.Items {
			item := &gold.Items[i]
			hits += evaluation.Hit(evaluation.Ranks(item, l.Rank(item.Text, language, 5)), 5)
		}
		if share := hits / float64(len(gold.Items)); share < least {
			t.Errorf("%s: the right skill is among the first five for %.3f of %d names, want %v", language, share, len(gold.Items), least)
		}
	}
}
