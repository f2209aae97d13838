package linker

import "slices"

// What a name from a skills list must reach to be taken for a skill.
const (
	leastNameTrust = 0.6  // of an alternative name that reads the same
	leastNameFit   = 0.75 // of a name that reads nearly the same, both ways
)

// Name returns the skill that a name from a skills list means: the skill whose
// official name reads the same; else one with another name that reads the same;
// else the one whose official name, or a name akin to it, has nearly the same
// words. In doubt it returns false: a wrong skill is worse than none. The match
// spans the words of the name and has the method MethodStatedName.
func (l *Linker) Name(name, language string) (Match, bool) {
	best := Match{}
	for _, x := range l.choose(name, language) {
		w := x.workers.Get().(*worker)
		id, score := w.named(x, name)
		if id != none && score > best.Score {
			w.doc.read(x.lexicon, name)
			best = w.match(x, id, 0, len(w.doc.tokens), score)
			best.Method = MethodStatedName
		}
		x.workers.Put(w)
	}
	best.Score = round(best.Score)
	return best, best.Label != ""
}

// named finds the name in one language; none if it means no skill there.
func (w *worker) named(x *index, text string) (id int32, score float64) {
	id = none
	bare, hint := splitHint(text)
	forms := []string{text, bare}
	if hint == "" {
		forms = forms[:1]
	}
	for _, form := range forms {
		w.doc.read(x.lexicon, form)
		w.doc.join()
		if other, s := w.same(x); s > score {
			id, score = other, s
		}
		if other, s := w.near(x); s > score {
			id, score = other, s
		}
	}
	return id, score
}

// same looks for a name that reads as the whole document.
func (w *worker) same(x *index) (id int32, score float64) {
	tokens := w.doc.tokens
	accept := func(id int32, covered []token) bool {
		n := &x.names[id]
		return len(covered) == len(tokens) && n.skill != none && (n.kind == preferred || n.kind == hidden && !n.dropped || n.trust >= leastNameTrust) && x.readsAlike(n, covered)
	}
	id, _ = x.trie.longest(tokens, accept)
	if id == none {
		return none, 0
	}
	if x.names[id].kind == preferred {
		return id, 1
	}
	return id, float64(max(leastNameTrust, x.names[id].trust))
}

// near looks for the name whose words the document shares best, seen from both
// sides; light verbs do not count ("use spreadsheets" is "spreadsheets").
func (w *worker) near(x *index) (id int32, score float64) {
	w.finder.load(x, w.doc.tokens, 0)
	w.found = w.found[:0]
	w.encode(x)
	w.candidates(x, rankLimit)
	id, best := int32(none), float32(0)
	for _, c := range w.pool {
		for _, other := range x.bySkill[c.skill] {
			n := &x.names[other]
			if n.content < 2 || n.kind == hint || !w.akin(x, n) {
				continue // one word reads the same, or is another
			}
			fit := min(1, w.finder.best(x, n).fit*n.mass/max(n.core, n.mass/2)) * w.shared(x, n)
			if n.kind >= alternative {
				fit *= n.trust
			}
			if fit >= leastNameFit && (fit > best || fit == best && other < id) {
				id, best = other, fit
			}
		}
	}
	return id, float64(best)
}

// akin says whether at least half of the name's content words stand in the
// document in the same inflection: security management is not to manage
// securities.
func (w *worker) akin(x *index, n *name) bool {
	same := 0
	for _, word := range x.wordsOf(n) {
		if !word.function && slices.ContainsFunc(w.doc.tokens, func(t token) bool { return t.lemma == word.lemma }) {
			same++
		}
	}
	return 2*same >= int(n.content)
}

// shared is the share of the document's weight that the name has; a word that is
// in no name weighs as much as the rarest.
func (w *worker) shared(x *index, n *name) float32 {
	has, all := float32(0), float32(0)
	for i := range w.doc.tokens {
		t := &w.doc.tokens[i]
		if t.class&function != 0 {
			continue
		}
		weight := float32(1)
		if t.stem != unknown {
			weight = x.weight[t.stem]
		}
		all += weight
		for _, word := range x.wordsOf(n) {
			if word.stem == t.stem {
				has += weight
				break
			}
		}
	}
	return has / all
}
