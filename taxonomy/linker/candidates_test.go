package linker

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestChoose checks what is chosen from random pools.
func TestChoose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, limit := rapid.IntRange(0, 600).Draw(t, "candidates"), rapid.IntRange(1, 300).Draw(t, "limit")
		spread := rapid.SampledFrom([]float32{0, 1e-6, 1, 1e6}).Draw(t, "spread")
		pool := make([]candidate, n)
		for i := range pool {
			pool[i] = candidate{skill: int32(i), cosine: spread * rapid.Float32Range(0, 1).Draw(t, "cosine"), found: none}
			if rapid.IntRange(0, 9).Draw(t, "found") == 0 {
				pool[i].found = 0
			}
		}
		chosen := chosenFrom(pool, limit)
		shuffled := chosenFrom(rapid.Permutation(pool).Draw(t, "order"), limit)
		if !slices.Equal(chosen, shuffled) {
			t.Fatalf("%v in one order, %v in another", chosen, shuffled)
		}
		if n <= limit && len(chosen) != n {
			t.Fatalf("%d of %d are chosen, below the limit of %d", len(chosen), n, limit)
		}
		most, least := float32(0), float32(0)
		for i := range pool {
			most = max(most, pool[i].closeness())
			if pool[i].found != none && !slices.Contains(chosen, pool[i].skill) {
				t.Fatalf("skill %d was found and is dropped", i)
			}
		}
		for i := range pool { // a class is a 512th of the greatest closeness
			if !slices.Contains(chosen, pool[i].skill) {
				least = max(least, pool[i].closeness())
			}
		}
		for _, s := range chosen {
			if c := &pool[s]; c.found == none && most > 0 && c.closeness() < least-most/closenessClasses {
				t.Fatalf("closeness %v is chosen, %v is dropped", c.closeness(), least)
			}
		}
		if n > 0 && len(chosen) == 0 {
			t.Fatal("nothing is chosen")
		}
	})
}

// chosenFrom returns the skills chosen from a copy of the pool, in order.
func chosenFrom(pool []candidate, limit int) []int32 {
	w := &worker{pool: slices.Clone(pool)}
	w.choose(limit)
	var skills []int32
	for i := range w.pool {
		skills = append(skills, w.pool[i].skill)
	}
	slices.Sort(skills)
	return skills
}

// TestChooseIsBounded spreads closeness evenly: what is chosen is at most the
// limit, and no less than it by more than a class.
func TestChooseIsBounded(t *testing.T) {
	var pool []candidate
	for i := range 10_000 {
		pool = append(pool, candidate{skill: int32(i), cosine: float32(i+1) / 10_000, found: none})
	}
	for _, limit := range []int{linkLimit, rankLimit} {
		chosen := chosenFrom(pool, limit)
		if len(chosen) > limit || len(chosen) < limit-10_000/closenessClasses-1 {
			t.Errorf("%d are chosen, the limit is %d", len(chosen), limit)
		}
		if !slices.Contains(chosen, 9_999) {
			t.Error("the closest is not chosen")
		}
	}
}

// TestCandidates checks by hand what the pool holds for a sentence.
func TestCandidates(t *testing.T) {
	x := crafts()
	_, ix := linkerOf(t, x, tinyModel(x))
	w := &worker{}
	const text = "Knowledge of zeidler, glass, glass engraving"
	w.doc.read(ix.lexicon, text)
	w.rank(ix, text)
	byName := map[string]candidate{}
	for _, c := range w.pool {
		byName[x.SkillName(c.skill, "en")] = c
	}
	engraving, blowing, stone, bees := byName["glass engraving"], byName["glass blowing"], byName["stone engraving"], byName["beekeeping"]
	if engraving.found == none || blowing.found != none || stone.found != none {
		t.Errorf("found: %+v %+v %+v, want only glass engraving", engraving, blowing, stone)
	}
	if !(engraving.cosine > blowing.cosine && engraving.cosine > stone.cosine && engraving.cosine <= 1.0001 && blowing.cosine > 0) {
		t.Errorf("cosines %v %v %v", engraving.cosine, blowing.cosine, stone.cosine)
	}
	if bees.cosine != 0 || bees.learned <= 0 || bees.found != none {
		t.Errorf("beekeeping: %+v, want what the stem zeidler says, and no word", bees)
	}
	if _, ok := byName["violin making"]; ok {
		t.Error("violin making shares nothing with the sentence")
	}
}

// TestScratchIsClean checks that slots are zero after each sentence, and that a
// worker that has read other texts gives what a new one gives.
func TestScratchIsClean(t *testing.T) {
	x := crafts()
	_, ix := linkerOf(t, x, trained(t, x, craftTexts()...))
	used := &worker{}
	words := []string{"glass", "engraving", "stone", "beekeeping", "honey", "zeidler", "violin", "making", "of", "and", ",", ".", "no", "organ", "building", "pipes", "KNOWLEDGE", "\n", "not required"}
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, word := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "words") {
			text += word + " "
		}
		fresh := &worker{}
		for _, w := range []*worker{used, fresh} {
			w.link(ix, text, 0)
			if slices.ContainsFunc(w.slots, func(at int32) bool { return at != 0 }) {
				t.Fatal("slots are not zero")
			}
		}
		if !slices.EqualFunc(used.links, fresh.links, func(a, b found) bool { return a == b }) {
			t.Fatalf("a used worker gives %+v, a new one %+v", used.links, fresh.links)
		}
		used.doc.read(ix.lexicon, text)
		used.rank(ix, text)
		if !slices.IsSortedFunc(used.scored, func(a, b scored) int { return cmp.Compare(b.logit, a.logit) }) {
			t.Fatal("not the best first")
		}
	})
}
