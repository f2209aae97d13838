package linker

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/conc/pool"
	"pgregory.net/rapid"
)

// TestNoAllocationPerSentence links with warm scratch memory.
func TestNoAllocationPerSentence(t *testing.T) {
	x := crafts()
	texts := []string{
		"Knowledge of beekeeping, glass engraving and stone engraving. You will have experience of the engraving of thin glass; violin making.",
		"Requirements:\n- lutherie\n- no glass blowing needed\n- engraving of stones and glass pipes\nWHAT WE OFFER: honey",
		"KNOWLEDGE OF GLASS ENGRAVING REQUIRED. Née à Łódź: beekeeping, 5 years.",
	}
	m := trained(t, x, texts...)
	for name, model := range map[string]*Model{"without a model": nil, "with a model": m} {
		_, ix := linkerOf(t, x, model)
		w := &worker{}
		for _, text := range texts {
			w.link(ix, text, 0)
			if len(w.links) == 0 {
				t.Fatalf("%s: nothing is found in %q", name, text)
			}
			if n := testing.AllocsPerRun(20, func() { w.link(ix, text, 0) }); n != 0 {
				t.Errorf("%s: %v allocations for %q", name, n, text)
			}
		}
	}
}

// TestLinkTogether links with a model from many goroutines at once: each gives
// what one alone gives.
func TestLinkTogether(t *testing.T) {
	x := crafts()
	l, _ := linkerOf(t, x, trained(t, x, craftTexts()...))
	texts := append(craftTexts(), "Glass engraving, stone engraving; lutherie", "no violin making", "")
	var links, ranks [][]Match
	for _, text := range texts {
		links, ranks = append(links, l.LinkMin(text, "en", 0)), append(ranks, l.Rank(text, "en", 5))
	}
	workers := pool.New().WithMaxGoroutines(8)
	for i := range 200 {
		workers.Go(func() {
			i %= len(texts)
			if got := l.LinkMin(texts[i], "en", 0); !reflect.DeepEqual(got, links[i]) {
				t.Errorf("LinkMin(%q) = %+v, alone %+v", texts[i], got, links[i])
			}
			if got := l.Rank(texts[i], "en", 5); !reflect.DeepEqual(got, ranks[i]) {
				t.Errorf("Rank(%q) = %+v, alone %+v", texts[i], got, ranks[i])
			}
		})
	}
	workers.Wait()
}

// TestModelProperties checks what holds with a model as without: scores are
// within 0..1, a lower threshold finds the same and more, and Rank gives the best
// first and each skill once.
func TestModelProperties(t *testing.T) {
	x := crafts()
	l, _ := linkerOf(t, x, trained(t, x, craftTexts()...))
	words := []string{"glass", "engraving", "stone", "beekeeping", "honey", "zeidler", "violin", "making", "of", "and", ",", ".", "no", "organ", "building", "We", "experience", "\n", "required"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "words"), " ")
		low, high := rapid.Float64Range(0, 0.5).Draw(t, "low"), rapid.Float64Range(0.5, 1).Draw(t, "high")
		scores := map[int32]float64{}
		for _, m := range l.LinkMin(text, "en", low) {
			if !(m.Score >= low-1e-4 && m.Score <= 1) {
				t.Fatalf("score %v, the threshold is %v", m.Score, low)
			}
			scores[m.Skill] = m.Score
		}
		for _, m := range l.LinkMin(text, "en", high) {
			if score, ok := scores[m.Skill]; !ok || score != m.Score {
				t.Fatalf("skill %d has score %v from %v, %v from %v", m.Skill, m.Score, high, score, low)
			}
		}
		last, seen := 1.0, map[int32]bool{}
		for _, m := range l.Rank(text, "en", 4) {
			if !(m.Score >= 0 && m.Score <= last) || seen[m.Skill] {
				t.Fatalf("score %v after %v, seen: %v", m.Score, last, seen[m.Skill])
			}
			last, seen[m.Skill] = m.Score, true
		}
		if len(seen) > 4 {
			t.Fatalf("%d of 4 asked for", len(seen))
		}
	})
}

// TestHostileTextWithModel links a MiB of what costs most, in bounded time: ten
// times the text may take no more than fifty times as long.
func TestHostileTextWithModel(t *testing.T) {
	x := crafts()
	l, _ := linkerOf(t, x, trained(t, x, craftTexts()...))
	for name, part := range map[string]string{
		"a name over and over": "glass engraving of stone engraving ",
		"lines":                "zeidler\n",
		"commas":               "glass,zeidler,bees,",
		"negations":            "no glass not stone without bees ",
		"capitals":             "GLASS ENGRAVING ZEIDLER ",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(part, 1<<20/len(part))
			took := func(text string) time.Duration {
				start := time.Now()
				for _, m := range l.LinkMin(text, "en", 0) {
					if !(m.Score >= 0 && m.Score <= 1) {
						t.Errorf("score %v", m.Score)
					}
				}
				return time.Since(start)
			}
			took(text[:1<<16])
			tenth, whole := took(text[:len(text)/10]), took(text)
			if whole > 50*tenth+time.Second {
				t.Errorf("a tenth takes %v, the whole %v", tenth, whole)
			}
		})
	}
}
