package linker

import (
	"cmp"
	"math"
	"slices"
)

// window is the stretch of a sentence that fits a name best.
type window struct {
	first, last int     // tokens of the document, half-open
	fit         float32 // 0..1
}

// hit is a token of the sentence that is a word of the name.
type hit struct {
	token, word int
}

// finder finds windows in one sentence. It is scratch memory.
type finder struct {
	base    int     // first token of the sentence
	tokens  []token // of the sentence
	blocked []bool  // by token: inside a phrase that means nothing
	stems   []int32 // distinct stems of the sentence, last first
	mass    float32 // their weight
	stamp   int32
	stamps  []int32 // by stem: the stamp of the sentence that had it last
	heads   []int32 // by stem: its first token in the sentence
	nexts   []int32 // by token: the next token with the same stem, none at the end
	hits    []hit
}

// load takes the tokens of a sentence, the first of which is token base.
func (f *finder) load(x *index, tokens []token, base int) {
	if len(f.stamps) != len(x.weight) || f.stamp == math.MaxInt32 {
		f.stamps, f.heads, f.stamp = make([]int32, len(x.weight)), make([]int32, len(x.weight)), 0
	}
	f.stamp++
	f.base, f.tokens, f.stems, f.mass = base, tokens, f.stems[:0], 0
	f.nexts = slices.Grow(f.nexts[:0], len(tokens))[:len(tokens)]
	f.blocked = slices.Grow(f.blocked[:0], len(tokens))[:len(tokens)]
	clear(f.blocked)
	for i := len(tokens) - 1; i >= 0; i-- {
		f.nexts[i] = none
		s := tokens[i].stem
		if s == unknown || x.weight[s] == 0 {
			continue
		}
		if f.has(s) {
			f.nexts[i] = f.heads[s]
		} else {
			f.stamps[s] = f.stamp
			f.stems = append(f.stems, s)
			f.mass += x.weight[s]
		}
		f.heads[s] = int32(i)
	}
}

// has says whether the sentence has a stem with weight.
func (f *finder) has(stem int32) bool { return f.stamps[stem] == f.stamp }

// hasOther says whether the sentence has another word of the name than stem.
func (f *finder) hasOther(x *index, n *name, stem int32) bool {
	return slices.ContainsFunc(x.wordsOf(n), func(w nameWord) bool { return w.stem != stem && f.has(w.stem) })
}

// bound is the most that a window can fit the name: the share of its weight that
// the sentence has.
func (f *finder) bound(x *index, n *name) float32 {
	mass := float32(0)
	for _, w := range x.wordsOf(n) {
		if f.has(w.stem) {
			mass += x.weight[w.stem]
		}
	}
	return mass / n.mass
}

// covers says whether the sentence has that share of the name's weight.
func (f *finder) covers(x *index, n *name, share float32) bool {
	missing := (1 - share) * n.mass
	for _, w := range x.wordsOf(n) {
		if !f.has(w.stem) {
			if missing -= x.weight[w.stem]; missing < 0 {
				return false
			}
		}
	}
	return true
}

// best returns the window that fits the name best: the share of the name's
// weight that it holds, less for what stands between and for words out of order.
func (f *finder) best(x *index, n *name) window {
	words := x.wordsOf(n)
	f.hits = f.hits[:0]
	for w := range words {
		if !f.has(words[w].stem) {
			continue
		}
		for t := f.heads[words[w].stem]; t != none; t = f.nexts[t] {
			if !f.blocked[t] {
				f.hits = append(f.hits, hit{token: int(t), word: w})
			}
		}
	}
	slices.SortFunc(f.hits, func(a, b hit) int { return cmp.Or(a.token-b.token, a.word-b.word) })
	best := window{}
	for i := range f.hits {
		best = f.from(x, n, i, best)
	}
	best.first, best.last = best.first+f.base, best.last+f.base
	return best
}

// Costs in the fit of a window.
const (
	gapCost        = 0.1  // of a content word between two words of the name
	functionCost   = 0.25 // of a function word, in content words
	swapCost       = 0.05 // of a word that stands before its predecessor
	otherInflexion = 0.9  // what a word counts that differs from the name's in more than inflection
)

// from returns the best window that begins at hit i, or best if that is better.
func (f *finder) from(x *index, n *name, i int, best window) window {
	words := x.wordsOf(n)
	var taken uint32 // words of the name that the window has
	mass, gap, swaps, before := float32(0), float32(0), float32(0), -1
	start := f.hits[i].token
	at := start // the first token that was not looked at
	for _, h := range f.hits[i:] {
		if h.token < at {
			continue // the token was taken for another word of the name
		}
		for ; at < h.token; at++ {
			gap += f.gapOf(at)
		}
		if 1/(1+gapCost*gap) <= best.fit {
			break
		}
		if taken&(1<<h.word) != 0 {
			continue // the next turn counts it as a gap, unless it is another word too
		}
		if f.tokens[at].broken && at > start {
			gap++
		}
		at++
		taken |= 1 << h.word
		weight := x.weight[words[h.word].stem]
		if words[h.word].lemma != f.tokens[h.token].lemma {
			weight *= otherInflexion
		}
		mass += weight
		if h.word < before {
			swaps++
		}
		before = h.word
		if fit := mass / n.mass / (1 + gapCost*gap + swapCost*swaps); fit > best.fit {
			best = window{first: start, last: at, fit: fit}
		}
	}
	return best
}

// gapOf is what a token between the words of a name counts.
func (f *finder) gapOf(at int) float32 {
	t := &f.tokens[at]
	gap := float32(1)
	if t.class&function != 0 {
		gap = functionCost
	}
	if t.broken {
		gap++
	}
	return gap
}
