package evaluation

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy/esco"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

func TestBaselineRank(t *testing.T) {
	b := NewBaseline(smallTaxonomy(), "en")
	for _, c := range []struct {
		text string
		want int32 // first skill
	}{
		{"lead a team", 1},
		{"We DIRECT a large team", 1}, // the alternative name
		{"welding", 2},                // characters
		{"heat", 2},                   // the description
		{"java", 0},
	} {
		got := b.Rank(c.text, 2)
		if len(got) == 0 || len(got) > 2 || got[0].Skill != c.want || got[0].Score <= 0 || got[0].Score > 1 {
			t.Errorf("%q gives %+v, want skill %d first", c.text, got, c.want)
		}
	}
	if got := b.Rank("xyz", 5); len(got) != 0 {
		t.Errorf("what shares nothing gives %+v", got)
	}
	if got := NewBaseline(smallTaxonomy(), "fr").Rank("souder", 1); len(got) != 1 || got[0].Skill != 2 {
		t.Errorf("souder gives %+v", got)
	}
	// A name itself has the words' and the characters' cosine of 1, whatever else its
	// skill is called.
	for text, language := range map[string]string{"danois": "fr", "direct a team": "en"} {
		if got := NewBaseline(smallTaxonomy(), language).Rank(text, 1)[0].Score; math.Abs(got-2.0/3) > 1e-6 {
			t.Errorf("%s: score %v, want 2/3", text, got)
		}
	}
}

func TestFeatures(t *testing.T) {
	if got, want := wordsOf("C++/C#, Node.js & l'été"), []string{"c++", "c#", "node", "js", "l", "été"}; !slices.Equal(got, want) {
		t.Errorf("words %q, want %q", got, want)
	}
	if got, want := charactersOf([]string{"c#", "été"}), []string{" c#", "c# ", " c# ", " ét", "été", "té ", " été", "été ", " été "}; !slices.Equal(got, want) {
		t.Errorf("characters %q, want %q", got, want)
	}
}

// TestBaselineOnReal holds the baseline to what plain TF-IDF is known to get on
// the annotated vacancy sentences.
func TestBaselineOnReal(t *testing.T) {
	x, _, err := esco.Import([]string{dataPath(t, "esco", "esco-v1.1.0-en-csv.zip"), dataPath(t, "esco", "esco-v1.1.0-relations-csv.zip")}, []string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	reader := NewReader(x, "en", "")
	var files []*Gold
	for _, name := range []string{"tech", "house"} {
		path := dataPath(t, "eval", "decorte", name+"_validation_annotations.csv")
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		g, err := reader.Read(path, f)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, g)
	}
	baseline := NewBaseline(x, "en")
	report, err := Evaluate(t.Context(), x, files, System{Rank: func(text string) []linker.Match { return baseline.Rank(text, Depth) }}, Bootstrap{Draws: 100, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	pooled := report.Pooled[0]
	t.Logf("%d of %d sentences: %v", pooled.Labelled, pooled.Items, values(pooled))
	if rp5 := values(pooled)["RP@5"]; pooled.Labelled != 136 || rp5 < 0.55 || rp5 > 0.58 {
		t.Errorf("%d sentences, RP@5 %.3f; want 136, 0.55 to 0.58", pooled.Labelled, rp5)
	}
}

// dataPath returns the path of real data; it skips the test where there is none,
// but fails it in CI.
func dataPath(t *testing.T, elements ...string) string {
	t.Helper()
	root := os.Getenv("SKILLSGAP_TESTDATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	path := filepath.Join(append([]string{root}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		message := strings.Join([]string{"no test data at", path, "set SKILLSGAP_TESTDATA"}, " ")
		if os.Getenv("CI") == "true" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	return path
}
