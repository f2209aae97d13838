package linker

import "github.com/skillsgap/skillsgap/taxonomy"

// oneStrangeIn is how many content words a name must have for one of them to
// agree in the stem only ("managing" for "management").
const oneStrangeIn = 4

// reads says whether tokens with the name's stems really read as the name. Stems
// alone make aliases that nobody wrote: "arrange an informal visit" would be
// "arrange information".
func (x *index) reads(n *name, tokens []token, shouting bool) bool {
	breaks := 0
	for i := range tokens {
		if i > 0 && tokens[i].broken {
			breaks++
		}
	}
	return breaks <= int(n.breaks) && x.readsAlike(n, tokens) && (n.length > 1 || x.fits(n, tokens[0].letters, shouting))
}

// readsAlike is reads without regard to commas and capitals.
func (x *index) readsAlike(n *name, tokens []token) bool {
	words := x.wordsOf(n)
	strange := 0
	for i := range tokens {
		if n.content == 1 && words[i].light != tokens[i].light {
			return false
		}
		if words[i].lemma != tokens[i].lemma {
			strange++
		}
	}
	return oneStrangeIn*strange <= int(n.content)
}

// fits says whether a word written like that can be the name: an acronym is
// written in capitals, or in small letters if it is no common word (sql), and
// never as GPs; the name of a product or a language that is an everyday word is
// not written in small letters.
func (x *index) fits(n *name, letters letterCase, shouting bool) bool {
	acronym := len(n.text) <= 4 && caseOf(n.text) == upperCase
	switch {
	case n.kind <= nothing:
		return true
	case letters == lowerCase && x.words[n.first].class&proper != 0 && caseOf(n.text) != lowerCase:
		return false
	case n.context || acronym && (n.acronym || x.commonness(n) > 0):
		return letters != lowerCase && (letters == upperCase && !shouting || !acronym)
	case acronym:
		return letters == upperCase || letters == lowerCase
	}
	return true
}

// ofOthers says whether the first word of a find is a verb in the third person,
// so that the sentence tells what somebody else does: a board that "makes
// decisions". At the head of a sentence it tells what the worker does.
func (x *index) ofOthers(n *name, first *token) bool {
	head := &x.wordsOf(n)[0]
	return x.types[n.skill] == taxonomy.TypeSkill && first.class&endsInS != 0 && head.class&(endsInS|function) == 0 && head.lemma == first.lemma && n.length > 1
}

// keepsSense says whether a window keeps the sense of the name: its words in
// their order and inflection, and between no preposition and no comma that the
// name lacks, for "manage the work of a team" is not "manage a team". Between
// the words of a field of knowledge nothing stands but an enumeration: primary
// and secondary care.
func (x *index) keepsSense(n *name, tokens []token) bool {
	words := x.wordsOf(n)
	prepositions, belonging := 0, 0 // in the name, less those in the window
	for _, w := range words {
		if preposition(w.class) {
			prepositions++
		}
		if w.class&belongs != 0 {
			belonging++
		}
	}
	next, strange, breaks, mass := 0, 0, 0, float32(0)
	between, listed := false, false
	for i := range tokens {
		t := &tokens[i]
		if preposition(t.class) {
			prepositions--
		}
		if t.class&belongs != 0 {
			belonging--
		}
		if i > 0 && t.broken {
			breaks++
		}
		listed = listed || t.class&conjunction != 0
		at := next
		for at < len(words) && (words[at].function || words[at].stem != t.stem) {
			at++
		}
		if at == len(words) {
			between = between || t.class&function == 0
			continue
		}
		if words[at].lemma != t.lemma {
			strange++
		}
		mass += x.weight[t.stem]
		next = at + 1
	}
	if between && !listed && x.types[n.skill] == taxonomy.TypeKnowledge {
		return false
	}
	return prepositions == 0 && belonging == 0 && breaks <= int(n.breaks) && mass >= leastCoverage*n.mass && oneStrangeIn*strange <= int(n.content)
}

// preposition says whether the class is that of a function word that does not
// merely list.
func preposition(c class) bool { return c&function != 0 && c&conjunction == 0 }
