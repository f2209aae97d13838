package linker

import (
	"cmp"
	"math"
	"slices"
)

// likeness finds skills for short texts in a language in which most skills have
// one name, so that its words are often other words. It goes by letters, and by
// what the text means in the language of the taxonomy that has most names.
type likeness struct {
	names      []int32 // of skills
	letters    *letters
	translator *translator // nil where no other language has more names
}

// namesEach is the number of names a skill has on average in a language that
// does without likeness: where there are more, another name is near.
const namesEach = 2.5

// newLikeness indexes the names of x, one of the indexes of a taxonomy; nil where
// they are many.
func newLikeness(x *index, indexes []*index) *likeness {
	if x.crowded() {
		return nil
	}
	l := &likeness{}
	var texts []string
	for i := range x.names {
		if n := &x.names[i]; n.skill != none && n.kind != hint {
			l.names, texts = append(l.names, int32(i)), append(texts, n.text)
		}
	}
	l.letters = newLetters(texts)
	richest := slices.MaxFunc(indexes, func(a, b *index) int { return cmp.Compare(len(a.names), len(b.names)) })
	if richest.crowded() {
		l.translator = newTranslator(x, richest)
	}
	return l
}

// crowded says whether skills have many names in the language.
func (x *index) crowded() bool {
	named, names := 0, 0
	for _, ids := range x.bySkill {
		if len(ids) > 0 {
			named++
			names += len(ids)
		}
	}
	return float64(names) > namesEach*float64(named)
}

// alike is how like a text a skill is.
type alike struct {
	name  int32 // the most alike by letters, or none
	score float32
}

// Weights of likeness, beside 1 for the cosine by letters. They are round: half
// or twice as much changes little.
const (
	alikeCosine    = 0.4  // of what the text means with the names in the other language
	alikeRelevance = 0.4  // of what it means for names and description there
	alikePrior     = 0.04 // of the log of the number of occupations that need the skill
	alikeFit       = 0.2  // of the window that fits a name best
)

// leastAlike is the likeness from which a skill is a candidate without words.
const leastAlike = 0.15

// of returns, by skill, how like the document it is.
func (l *likeness) of(x *index, text string, tokens []token) []alike {
	all := make([]alike, len(x.types))
	for s := range all {
		all[s].name = none
	}
	for i, cosine := range l.letters.like(text) {
		id := l.names[i]
		if a := &all[x.names[id].skill]; a.name == none || cosine > a.score {
			a.name, a.score = id, cosine
		}
	}
	if l.translator != nil {
		cosines, relevances := l.translator.ranks(l.translator.translate(x, text, tokens))
		for s := range all {
			all[s].score += alikeCosine*cosines[s] + alikeRelevance*relevances[s]
		}
	}
	for s := range all {
		all[s].score += alikePrior * x.prior[s]
	}
	return all
}

// spellWords is the number of words up to which a text may be a name.
const spellWords = 12

// The line from likeness to the logit of the probability.
const (
	alikeShift = -8.6
	alikeSlope = 5.1
)

// spell ranks the candidates for a short text by likeness, and adds those that
// words do not find. The weights of the combiner are no use here: they were fitted
// to sentences.
func (w *worker) spell(x *index, text string) {
	l := x.likeness()
	if l == nil || len(w.finder.tokens) > spellWords {
		return
	}
	all := l.of(x, text, w.finder.tokens)
	for i := range w.scored {
		s := &w.scored[i]
		a := &all[s.skill]
		s.alike, s.logit = true, alikeShift+alikeSlope*(a.score+alikeFit*s.features[featFit])
		a.name = none
	}
	whole := window{first: w.finder.base, last: w.finder.base + len(w.finder.tokens)}
	for skill, a := range all {
		if a.name != none && a.score >= leastAlike {
			w.scored = append(w.scored, scored{skill: int32(skill), name: a.name, window: whole, alike: true, logit: alikeShift + alikeSlope*a.score})
		}
	}
}

// probability returns how likely a ranked candidate is right.
func (x *index) probability(s *scored) float64 {
	if s.alike {
		return 1 / (1 + math.Exp(-float64(s.logit)))
	}
	return float64(x.combiner.lines[s.features.evidence()].probability(s.logit))
}
