package linker

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// scoresOf returns what is known of each candidate for a text taken as one
// sentence, by official name.
func scoresOf(t testing.TB, x *index, nameOf func(int32) string, text string) map[string]scored {
	t.Helper()
	w := &worker{}
	w.doc.read(x.lexicon, text)
	w.rank(x, text)
	all := map[string]scored{}
	for _, s := range w.scored {
		all[nameOf(s.skill)] = s
	}
	return all
}

// TestFeatures works the features of a few sentences by hand. The weights of
// words are taken from the index.
func TestFeatures(t *testing.T) {
	x := crafts()
	_, ix := linkerOf(t, x, nil)
	nameOf := func(s int32) string { return x.SkillName(s, "en") }
	weight := func(word string) float32 { return ix.weight[ix.lexicon.find(word).stem] }
	glass, engraving, stone, violin := weight("glass"), weight("engraving"), weight("stone"), weight("violin")
	if glass <= 0 || engraving <= 0 || stone <= glass {
		t.Fatalf("weights: glass %v, engraving %v, stone %v: rarer words weigh more", glass, engraving, stone)
	}
	near := func(name string, got, want float32) {
		t.Helper()
		if math.Abs(float64(got-want)) > 1e-5 {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}

	all := scoresOf(t, ix, nameOf, "glass engraving, violin")
	exact := all["glass engraving"].features
	near("fit word for word", exact[featFit], 1)
	near("official word for word", exact[featOfficial], 1)
	near("exact", exact[featExact], 1)
	near("reviewed", exact[featReviewed], 0)
	near("hint", exact[featHint], 0)
	near("missing", exact[featMissing], 0)
	near("matched", exact[featMatched], glass+engraving)
	near("share", exact[featShare], (glass+engraving)/(glass+engraving+violin))
	near("cosine", exact[featCosine], all["glass engraving"].features[featCosine])
	near("rival of the best", exact[featRival], 0)
	near("prior of a skill that no occupation needs", exact[featPrior], 0)
	near("nearness without a model", exact[featNearness], 0)
	if exact[featPhrase] <= 0 || exact[featRelevance] <= 0 {
		t.Errorf("phrase %v, relevance %v", exact[featPhrase], exact[featRelevance])
	}

	half := all["glass blowing"].features
	blowing := weight("blowing")
	near("fit of one word of two", half[featFit], glass/(glass+blowing))
	near("matched of one word of two", half[featMatched], glass)
	near("missing of one word of two", half[featMissing], blowing)
	near("rival", half[featRival], engraving)
	near("phrase of what is not found", half[featPhrase], 0)
	near("exact of what is not found", half[featExact], 0)

	gap := scoresOf(t, ix, nameOf, "glass violin engraving")["glass engraving"].features
	near("fit across a word", gap[featFit], 1/(1+gapCost))
	near("exact across a word", gap[featExact], 0)

	swapped := scoresOf(t, ix, nameOf, "stone, glass: engraving of glass")["glass engraving"].features
	near("the other name, across its function word", swapped[featFit], 1/(1+gapCost*functionCost))
	near("official with a swap and a function word", swapped[featOfficial], 1/(1+gapCost*functionCost+swapCost))
	near("another name is not the official one", swapped[featExact], 0)
}

// TestFeatureOfNeed gives a skill occupations.
func TestFeatureOfNeed(t *testing.T) {
	x := twoNeeds()
	_, ix := linkerOf(t, x, nil)
	f := scoresOf(t, ix, func(s int32) string { return x.SkillName(s, "en") }, "glass engraving")["glass engraving"].features
	if want := float32(math.Log1p(2)) / 5; math.Abs(float64(f[featPrior]-want)) > 1e-6 {
		t.Errorf("prior %v, want %v", f[featPrior], want)
	}
}

// TestFeatureNearness checks nearness against the vectors of a model by hand:
// its unit for zeidler lies in the direction of beekeeping.
func TestFeatureNearness(t *testing.T) {
	x := crafts()
	_, ix := linkerOf(t, x, tinyModel(x))
	all := scoresOf(t, ix, func(s int32) string { return x.SkillName(s, "en") }, "zeidler")
	if got, want := all["beekeeping"].features[featNearness], float32((1-0.1)/0.2/10); math.Abs(float64(got-want)) > 1e-4 {
		t.Errorf("nearness %v, want %v", got, want)
	}
	if s := all["beekeeping"]; s.window.first != 0 || s.window.last != 1 || s.features[featFit] != 0 {
		t.Errorf("what no word speaks for has the window %+v, want the sentence", s.window)
	}
}

// TestBound checks that no window fits a name better than bound says, whatever
// the sentence, and that covers agrees with it.
func TestBound(t *testing.T) {
	x := crafts()
	_, ix := linkerOf(t, x, nil)
	words := []string{"glass", "engraving", "engraved", "stone", "beekeeping", "bees", "keeping", "keep", "of", "the", "violin", "making", "made", ",", "(", "organ", "building", "builds", "wax", "and", "lutherie"}
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, word := range rapid.SliceOfN(rapid.SampledFrom(words), 1, 40).Draw(t, "words") {
			text += word + " "
		}
		var d document
		d.read(ix.lexicon, text)
		d.join()
		var f finder
		f.load(ix, d.tokens, 0)
		for i := range f.blocked {
			f.blocked[i] = rapid.IntRange(0, 9).Draw(t, "blocked") == 0
		}
		for i := range ix.names {
			n := &ix.names[i]
			if n.skill == none || n.mass == 0 {
				continue
			}
			bound, best := f.bound(ix, n), f.best(ix, n)
			if best.fit > bound+1e-6 || best.fit < 0 || bound > 1+1e-6 {
				t.Fatalf("%q fits %q by %v, the bound is %v", text, n.text, best.fit, bound)
			}
			if best.fit > 0 && (best.first < 0 || best.first >= best.last || best.last > len(d.tokens)) {
				t.Fatalf("window %+v of %d tokens", best, len(d.tokens))
			}
			if f.covers(ix, n, leastCoverage) != (bound >= leastCoverage) && math.Abs(float64(bound-leastCoverage)) > 1e-5 {
				t.Fatalf("%q: covers says %v, the bound is %v", n.text, f.covers(ix, n, leastCoverage), bound)
			}
		}
	})
}
