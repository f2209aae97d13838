package linker

import (
	"cmp"
	"math"
	"slices"
)

// translator translates words of a language into words of the language in which
// skills have most names. It is learnt from the skills that have a name in both.
type translator struct {
	into     *index
	meanings [][]meaning // by stem
	known    []int32     // stems that have meanings
	letters  *letters    // over known
}

// meaning is a stem of the other language and how likely it is the translation.
type meaning struct {
	stem   int32
	chance float32
}

// Constants of learning.
const (
	translationRounds = 8
	// strayWord is the chance of words that translate none: it keeps rare words
	// from taking all that is left over.
	strayWord   = 0.02
	leastChance = 0.05
)

// newTranslator learns the translations between the names of x and the official
// names of into by the first of the IBM models: each word of the one is the
// translation of one word of the other, and how likely of which is found by
// expectation maximisation. Source: Brown et al., "The Mathematics of Statistical
// Machine Translation", Computational Linguistics 19 (2), 1993.
func newTranslator(x, into *index) *translator {
	t := &translator{into: into, meanings: make([][]meaning, len(x.lexicon.stems))}
	var p pairing
	p.pair(x, into)
	for i, chance := range p.chances(len(t.meanings)) {
		if chance >= leastChance {
			l := p.links[i]
			t.meanings[l.from] = append(t.meanings[l.from], meaning{stem: l.to, chance: float32(chance)})
		}
	}
	forms := make([]string, len(t.meanings))
	for form, stem := range x.lexicon.stems {
		forms[stem] = form
	}
	var texts []string
	for stem, m := range t.meanings {
		if len(m) > 0 {
			t.known, texts = append(t.known, int32(stem)), append(texts, forms[stem])
		}
	}
	t.letters = newLetters(texts)
	return t
}

// pairing holds the names of two languages word by word.
type pairing struct {
	links []stemLink // that may be translations
	words [][]int32  // by word of the other language in a name: the links to it
}

// stemLink joins stems of two languages.
type stemLink struct{ from, to int32 }

// pair joins the words of each name to those of the official name in the other
// language.
func (p *pairing) pair(x, into *index) {
	numbers := map[stemLink]int32{}
	for i := range x.names {
		if x.names[i].skill == none {
			continue
		}
		from := x.contentOf(&x.names[i])
		for _, to := range into.officialOf(x.names[i].skill) {
			word := make([]int32, len(from))
			for j, f := range from {
				l := stemLink{f, to}
				n, ok := numbers[l]
				if !ok {
					n = int32(len(p.links))
					numbers[l], p.links = n, append(p.links, l)
				}
				word[j] = n
			}
			p.words = append(p.words, word)
		}
	}
}

// chances returns, by link, how likely its stem is translated so.
func (p *pairing) chances(stems int) []float64 {
	chances, counts, totals := make([]float64, len(p.links)), make([]float64, len(p.links)), make([]float64, stems)
	for i := range counts {
		counts[i] = 1 // at first all are as likely
	}
	for round := 0; ; round++ {
		clear(totals)
		for i, l := range p.links {
			totals[l.from] += counts[i]
		}
		for i, l := range p.links {
			chances[i] = counts[i] / max(totals[l.from], strayWord)
		}
		if round == translationRounds {
			return chances
		}
		clear(counts)
		for _, word := range p.words {
			sum := strayWord
			for _, n := range word {
				sum += chances[n]
			}
			for _, n := range word {
				counts[n] += chances[n] / sum
			}
		}
	}
}

// contentOf returns the stems of a name that are no function words.
func (x *index) contentOf(n *name) []int32 {
	var stems []int32
	for _, w := range x.wordsOf(n) {
		if !w.function {
			stems = append(stems, w.stem)
		}
	}
	return stems
}

// officialOf returns the content stems of the official name of a skill.
func (x *index) officialOf(skill int32) []int32 {
	for _, id := range x.bySkill[skill] {
		if n := &x.names[id]; n.kind == preferred && !n.hinted {
			return x.contentOf(n)
		}
	}
	return nil
}

// How a word is translated that no name has.
const (
	nearWords = 4    // by that many known words like it
	leastNear = 0.35 // and at least so much
)

// translate returns what the words of a text of the language of x mean, by stem
// of the other language.
func (t *translator) translate(x *index, text string, tokens []token) []meaning {
	var all []meaning
	for i := range tokens {
		token := &tokens[i]
		switch {
		case token.class&(function|article) != 0:
		case token.stem != unknown && int(token.stem) < len(t.meanings) && len(t.meanings[token.stem]) > 0:
			all = append(all, t.meanings[token.stem]...)
		default:
			all = t.guess(all, x, text[token.start:token.end])
		}
	}
	slices.SortStableFunc(all, func(a, b meaning) int { return cmp.Compare(a.stem, b.stem) })
	merged := all[:0]
	for _, m := range all {
		if n := len(merged); n > 0 && merged[n-1].stem == m.stem {
			merged[n-1].chance += m.chance
		} else {
			merged = append(merged, m)
		}
	}
	return merged
}

// guess appends what a word may mean that no name has: what the known words mean
// that are most like it (parts of a compound among them), and the word itself
// where the other language has it too.
func (t *translator) guess(all []meaning, x *index, written string) []meaning {
	form := make([]byte, 0, maxTokenBytes)
	stem, _, _ := x.lexicon.forms(string(fold(form, written)))
	cosines := t.letters.like(stem)
	var near []int32
	for i, c := range cosines {
		if c >= leastNear {
			near = append(near, int32(i))
		}
	}
	slices.SortStableFunc(near, func(a, b int32) int { return cmp.Compare(cosines[b], cosines[a]) })
	for _, i := range near[:min(nearWords, len(near))] {
		for _, m := range t.meanings[t.known[i]] {
			all = append(all, meaning{stem: m.stem, chance: m.chance * cosines[i]})
		}
	}
	if same := t.into.lexicon.findWritten(written, form); same.stem != unknown {
		all = append(all, meaning{stem: same.stem, chance: 1})
	}
	return all
}

// ranks returns, by skill, the cosine between the translated words and the names
// in the other language, and their relevance for names and description, from 0
// for none to 1 for the best.
func (t *translator) ranks(said []meaning) (cosines, relevances []float32) {
	y := t.into
	cosines, relevances = make([]float32, len(y.types)), make([]float32, len(y.types))
	squares, most := float32(0), float32(0)
	for _, m := range said {
		weight := y.weight[m.stem] * m.chance
		squares += weight * weight
		for _, p := range y.postings[m.stem] {
			cosines[p.skill] += weight * p.cosine
			relevances[p.skill] += m.chance * p.relevance
			most = max(most, relevances[p.skill])
		}
	}
	for i := range cosines {
		if relevances[i] > 0 {
			cosines[i] /= max(float32(math.Sqrt(float64(squares))), leastWeight)
			relevances[i] /= most
		}
	}
	return cosines, relevances
}
