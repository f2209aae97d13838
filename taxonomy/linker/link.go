package linker

import (
	"cmp"
	"slices"
)

// found is a name found in a document.
type found struct {
	name        int32
	first, last int // tokens of the document, half-open
	score       float32
	scored      int32   // of a link: its place in scored; in reasons, once explained
	loose       bool    // of a link: its evidence is loose
	asked       float32 // of a link: the factor of its probability for how the sentence asks
}

// worker is the scratch memory of one call.
type worker struct {
	doc    document
	finder finder
	found  []found // names found in the sentence
	judged []found // what the words of the sentence speak of
	known  judgements
	links  []found // what is returned
	slots  []int32 // by skill: its place in pool plus one, 0 between calls
	pool   []candidate
	scored []scored
	stems  []int32   // content stems of the sentence
	units  []int32   // their rows in the embedding
	place  vector    // where the sentence lies in the embedding
	length float32   // of the sum of its units
	most   []float32 // by token: what the best window on it matches

	explains bool
	reasons  []Explanation // of links
}

// link fills links with the skills that the text asks for with at least that
// probability, those of each sentence for itself.
func (w *worker) link(x *index, text string, least float64) {
	w.links = w.links[:0]
	w.doc.read(x.lexicon, text)
	w.doc.markAsking(x.lexicon)
	w.doc.markContext(x.lexicon)
	for _, s := range w.doc.sentences {
		if s.language == x.lexicon.home {
			w.linkSentence(x, s, float32(least))
		}
	}
}

// linkSentence appends what a sentence asks for with at least that probability.
func (w *worker) linkSentence(x *index, s sentence, least float32) {
	g := gateOf(s)
	if max(g.skill, g.knowledge) < least {
		return
	}
	tokens := w.doc.tokens[s.first:s.last]
	key, from := keyOfTokens(tokens, s.shouting), len(w.links)
	known, ok := w.known.find(key)
	if !ok || least < remembered || w.explains {
		w.judge(x, s, tokens)
		if !ok {
			w.known.add(key, w.judged)
		}
		known = w.judged
	}
	for _, m := range known {
		m.asked *= g.of(x.types[x.names[m.name].skill])
		if m.score *= m.asked; m.score >= least {
			m.first, m.last = m.first+s.first, m.last+s.first
			w.links = append(w.links, m)
		}
	}
	if w.explains {
		w.explain(x, from)
	}
}

// judge fills judged with what the words of a sentence speak of, whatever the
// sentence is about. The tokens of the links count from its first.
func (w *worker) judge(x *index, s sentence, tokens []token) {
	w.judged = w.judged[:0]
	w.finder.load(x, tokens, s.first)
	w.found = w.found[:0]
	if !w.phrases(x, s, tokens) {
		return
	}
	w.windows(x)
	w.score(x, linkLimit)
	for i := range w.scored {
		c := &w.scored[i]
		e := c.features.evidence()
		p := x.combiner.lines[e].probability(c.logit)
		first, last := c.window.first-s.first, c.window.last-s.first
		if p < faint || !w.sound(x, c) || negated(tokens, first, last) || placed(tokens, first, last) {
			continue
		}
		m := found{name: c.name, scored: int32(i), first: first, last: last, score: p, loose: e == evidenceLoose, asked: 1}
		if first > 0 && x.ofOthers(&x.names[c.name], &tokens[first]) {
			m.asked = damped
		}
		w.judged = append(w.judged, m)
	}
	x.combiner.settle(w.judged)
}

// faint is the probability below which a candidate is not looked at further.
const faint = 0.01

// sound says whether the window of a candidate is evidence enough to link by. A
// word that stands alone is judged by phrases, and a window that has the words of
// the name must keep its sense.
func (w *worker) sound(x *index, c *scored) bool {
	n := &x.names[c.name]
	switch {
	case c.features.evidence() != evidenceLoose:
		return true
	case n.content == 1 || c.window.last == c.window.first+1:
		return false
	}
	return c.window.fit < leastFit || x.keepsSense(n, w.doc.tokens[c.window.first:c.window.last])
}

// yield lowers the loose links whose words a likelier link has as well, by what
// that leaves: of types of wind turbines, inspect wind turbines and design wind
// turbines the text means one.
func yield(links []found) {
	slices.SortFunc(links, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.name, b.name))
	})
	for i := range links {
		if !links[i].loose {
			continue
		}
		l := &links[i]
		if j := slices.IndexFunc(links[:i], func(k found) bool { return k.first < l.last && l.first < k.last }); j >= 0 {
			l.score *= 1 - links[j].score
		}
	}
}

// settle makes probabilities of the links of a sentence.
func (c *combiner) settle(links []found) {
	yield(links)
	for i := range links {
		links[i].score = c.settled.probability(logitOf(links[i].score))
	}
}

// holds is the trust from which a name keeps the words it covers for itself. It
// does not depend on the threshold asked for, so that a lower threshold never
// finds less.
const holds = 0.6

// phrases finds names that stand in the sentence word for word; false if the
// sentence is an aside.
func (w *worker) phrases(x *index, s sentence, tokens []token) bool {
	reads := func(id int32, covered []token) bool { return x.reads(&x.names[id], covered, s.shouting) }
	trusted := func(id int32, covered []token) bool {
		return (x.names[id].trust >= holds || x.names[id].skill == none) && reads(id, covered)
	}
	for i := 0; i < len(tokens); {
		id, length := x.trie.longest(tokens[i:], trusted)
		if id == none {
			id, length = x.trie.longest(tokens[i:], reads)
		}
		if id == none {
			i++
			continue
		}
		n := &x.names[id]
		step := length
		switch {
		case n.kind == aside:
			return false
		case n.kind == nothing:
			for j := i; j < i+length; j++ {
				w.finder.blocked[j] = true
			}
		case !n.context || w.company(x, n, tokens, i):
			w.found = append(w.found, found{name: id, first: s.first + i, last: s.first + i + length, score: n.trust})
			if n.trust < holds {
				step = 1
			}
		}
		i += step
	}
	return true
}

// company says whether an everyday word that is also a skill (Swift, Scratch)
// stands in one sentence with another such name, or with a word of its own hint.
func (w *worker) company(x *index, n *name, tokens []token, at int) bool {
	for _, id := range x.bySkill[n.skill] {
		if whole := &x.names[id]; whole.kind == preferred && !whole.hinted && w.finder.hasOther(x, whole, tokens[at].stem) {
			return true
		}
	}
	for i := range tokens {
		if i == at {
			continue
		}
		id, _ := x.trie.longest(tokens[i:i+1], func(id int32, _ []token) bool { return x.names[id].hinted })
		if id != none && tokens[i].letters != lowerCase {
			return true
		}
	}
	return false
}

// What a window must reach.
const (
	leastCoverage = 0.85 // share of the name's weight that it holds
	leastFit      = 0.8  // fit: two words may stand between
)

// windows finds names whose words stand close together in the sentence that the
// finder holds, outside what found has.
func (w *worker) windows(x *index) {
	phrases := w.found
	for _, s := range w.finder.stems {
		for _, id := range x.heaviest[s] {
			n := &x.names[id]
			if !w.finder.covers(x, n, leastCoverage) {
				continue
			}
			best := w.finder.best(x, n)
			if best.fit < leastFit || !x.keepsSense(n, w.doc.tokens[best.first:best.last]) || inside(best, phrases) {
				continue
			}
			w.found = append(w.found, found{name: id, first: best.first, last: best.last, score: n.trust * best.fit * best.fit})
		}
	}
}

// inside says whether a phrase already covers the window.
func inside(best window, phrases []found) bool {
	return slices.ContainsFunc(phrases, func(p found) bool { return p.first <= best.first && best.last <= p.last })
}

// bestPerSkill returns the best find of each skill.
func (w *worker) bestPerSkill(x *index) []found {
	slices.SortFunc(w.links, func(a, b found) int {
		return cmp.Or(
			cmp.Compare(x.names[a.name].skill, x.names[b.name].skill), cmp.Compare(b.score, a.score),
			cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last), cmp.Compare(a.name, b.name))
	})
	return slices.CompactFunc(w.links, func(a, b found) bool { return x.names[a.name].skill == x.names[b.name].skill })
}
