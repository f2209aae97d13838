package linker

import (
	"context"
	"errors"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// bilingual is crafts with a French name for each skill.
func bilingual() *taxonomy.Taxonomy {
	t := crafts()
	t.Languages = []string{"en", "fr"}
	for i, name := range []string{"apiculture", "gravure sur verre", "gravure sur pierre", "soufflage de verre", "lutherie", "facture d'orgues"} {
		t.Skills[i].Labels = append(t.Skills[i].Labels, taxonomy.Label{Text: name, Language: "fr"})
	}
	return t
}

// TestTrainIsRepeatable trains on one, two and eight cores: the files are equal
// to the byte.
func TestTrainIsRepeatable(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first []byte
	for _, cores := range []int{1, 2, 8, 1} {
		runtime.GOMAXPROCS(cores)
		m, err := Train(t.Context(), bilingual(), documentsOf(craftTexts()...), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, file := saved(t, m)
		if first == nil {
			first = file
		}
		if !slices.Equal(file, first) {
			t.Errorf("%d cores make another file", cores)
		}
	}
}

// TestTrainTeaches checks that a word that no name has leads to the skill with
// which texts or descriptions bring it together.
func TestTrainTeaches(t *testing.T) {
	x := crafts()
	plain, _ := linkerOf(t, x, nil)
	for _, text := range []string{"zeidler", "we look for a zeidler"} {
		if got := plain.Rank(text, "en", 1); len(got) != 0 {
			t.Fatalf("words alone find %+v for %q: the test tests nothing", got, text)
		}
		taught, ix := linkerOf(t, x, trained(t, x, craftTexts()...))
		got := taught.Rank(text, "en", 1)
		if len(got) == 0 || x.SkillName(got[0].Skill, "en") != "beekeeping" {
			t.Errorf("Rank(%q) = %+v, want beekeeping", text, got)
		}
		for name, s := range scoresOf(t, ix, func(s int32) string { return x.SkillName(s, "en") }, text) {
			if bees := name == "beekeeping"; bees != (s.features[featNearness] > 0.1) {
				t.Errorf("%q: nearness of %s is %v", text, name, s.features[featNearness])
			}
		}
	}
	untaught, _ := linkerOf(t, x, trained(t, x))
	if got := untaught.Rank("zeidler", "en", 1); len(got) != 0 {
		t.Errorf("without texts it finds %+v", got)
	}
}

// TestTrainOnOtherLanguage gives texts of a language that was not imported.
func TestTrainOnOtherLanguage(t *testing.T) {
	x := crafts()
	german := func(yield func(Document) bool) {
		yield(Document{Text: "Der Imker betreut die Bienen und den Honig.", Language: "de"})
	}
	m, err := Train(t.Context(), x, german, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Fingerprint() != trained(t, x).Fingerprint() {
		t.Error("a text of a language that was not imported teaches something")
	}
}

// TestTrainReadsSentencesOnce repeats a text: it teaches no more.
func TestTrainReadsSentencesOnce(t *testing.T) {
	x := crafts()
	once, thrice := trained(t, x, craftTexts()...), trained(t, x, slices.Repeat(craftTexts(), 3)...)
	if once.Fingerprint() != thrice.Fingerprint() {
		t.Error("the same sentences three times teach something else")
	}
}

// TestTrainOnLittle trains on taxonomies with next to nothing to learn from. The
// model can be used.
func TestTrainOnLittle(t *testing.T) {
	tests := map[string]*taxonomy.Taxonomy{
		"nothing":                   {},
		"a language, but no skill":  {Languages: []string{"en"}},
		"a skill without a name":    {Languages: []string{"en"}, Skills: []taxonomy.Skill{{URI: "http://example.org/skill/00"}}},
		"a skill with a name":       taxonomyOf("beekeeping"),
		"an empty description":      taxonomyOf("beekeeping: .", "glass blowing: "),
		"one word over and over":    taxonomyOf("glass glass", "glass; glass glass glass: Glass glass. Glass glass glass glass glass.", "glass glass glass: Glass."),
		"a language without a list": {Languages: []string{"lt"}, Skills: []taxonomy.Skill{{URI: "http://example.org/skill/00", Labels: []taxonomy.Label{{Text: "bitininkystė", Language: "lt"}}}}},
	}
	for name, x := range tests {
		t.Run(name, func(t *testing.T) {
			m := trained(t, x, "glass glass glass glass", "glass")
			path, _ := saved(t, m)
			back, err := LoadModel(path)
			if err != nil {
				t.Fatal(err)
			}
			l, _ := New(x, back)
			if l == nil {
				t.Fatal("the model cannot be used")
			}
			for _, m := range l.Rank("Knowledge of glass, beekeeping, bitininkystė", "", 9) {
				if !(m.Score >= 0 && m.Score <= 1) {
					t.Errorf("score %v", m.Score)
				}
			}
		})
	}
}

// TestTrainOnAnything trains on random texts of few words.
func TestTrainOnAnything(t *testing.T) {
	x := taxonomyOf("beekeeping: Bees.", "glass blowing; glass", "R; C++: A language.")
	words := []string{"bees", "glass", "glass", "wax", "R", "the", ".", "\n", "1999", "blowing", "über", "\xff"}
	r := rand.New(rand.NewPCG(7, 7))
	for range 12 {
		text := ""
		for range r.IntN(120) {
			text += words[r.IntN(len(words))] + " "
		}
		m := trained(t, x, text)
		for i := range m.Languages {
			if err := m.Languages[i].validate(); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}

func TestTrainCancelled(t *testing.T) {
	for _, after := range []int{0, 1, 5, 9} { // texts read: four in each of three turns
		ctx, cancel := context.WithCancel(t.Context())
		read := 0
		_, err := Train(ctx, crafts(), func(yield func(Document) bool) {
			for _, text := range craftTexts() {
				if read == after {
					cancel()
				}
				read++
				if !yield(Document{Text: text, Language: "en"}) {
					return
				}
			}
		}, nil)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d texts: %v", after, err)
		}
		if read > after+3 { // it looks before each text in each of the turns left
			t.Errorf("cancelled after %d texts, it reads %d", after, read)
		}
		cancel()
	}
}

// TestTrainReports checks what is reported, in order.
func TestTrainReports(t *testing.T) {
	var got []string
	figures := regexp.MustCompile(`\d+\.\d+|\d+ (sentences|of the|stems)`)
	report := func(what string) { got = append(got, figures.ReplaceAllString(what, "N $1")) }
	if _, err := Train(t.Context(), bilingual(), documentsOf(craftTexts()...), report); err != nil {
		t.Fatal(err)
	}
	want := []string{"N sentences are boilerplate"}
	for _, language := range []string{"en", "fr"} {
		want = append(want, language+": N sentences of texts, N of the taxonomy, N stems")
		for _, round := range []string{"1", "2", "3"} {
			want = append(want, language+": round "+round+" of 3, loss N ")
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("reports\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestCorpusIsBounded reads a text that is more than the corpus holds.
func TestCorpusIsBounded(t *testing.T) {
	_, ix := linkerOf(t, crafts(), nil)
	c := &corpus{limit: 6, seen: map[uint64]bool{}}
	if !c.addText(ix, "glass engraving") || c.tokens != 2 {
		t.Fatalf("%d words are read", c.tokens)
	}
	if c.addText(ix, "organ building. "+strings.Repeat("violin making. stone engraving. bees glass. ", 100)) {
		t.Error("the corpus is not full")
	}
	if c.tokens > 6+sentenceLimit || c.tokens < 6 {
		t.Errorf("%d words are read, the limit is 6", c.tokens)
	}
}
