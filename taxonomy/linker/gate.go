package linker

import "github.com/skillsgap/skillsgap/taxonomy"

// gate damps what a sentence names where the sentence does not seem to ask for
// it.
type gate struct {
	skill, knowledge float32 // factors of the score, by type of skill; languages are knowledge
}

// damped is the factor of the probability of what the sentence does not ask for;
// it takes any name below the default threshold.
const damped = 0.2

// listItem is the number of words up to which a sentence is taken for an item of
// a list.
const listItem = 8

// gateOf looks at what a sentence is about. What the employer is, gives or does
// about applications asks for nothing, and neither does boilerplate. A field of
// knowledge counts only where something is asked for: beside a word such as
// experience, knowledge or required, in an item of a list below such a sentence,
// or in a duty. Elsewhere it is what the place does.
func gateOf(s sentence) gate {
	g := gate{skill: 1, knowledge: 1}
	if !s.asks && s.about != aboutDemand {
		g.knowledge = damped
	}
	if s.about >= aboutEmployer || s.repeated || s.employer && s.classes&address == 0 {
		g = gate{skill: damped, knowledge: damped}
	}
	return g
}

func classesOf(tokens []token) class {
	var all class
	for _, t := range tokens {
		all |= t.class
	}
	return all
}

// markAsking finds the sentences that ask for something. An item of a list goes
// with the sentence above the list; at the head of a text it asks. A language
// without asking words in its file asks everywhere.
func (d *document) markAsking(x *lexicon) {
	asks := true
	for i := range d.sentences {
		s := &d.sentences[i]
		tokens := d.tokens[s.first:s.last]
		switch {
		case !x.asks:
		case classesOf(tokens)&asking != 0:
			asks = true
		case len(tokens) > listItem:
			asks = false
		}
		s.asks = asks
	}
}

func (g gate) of(t taxonomy.SkillType) float32 {
	if t == taxonomy.TypeKnowledge || t == taxonomy.TypeLanguage {
		return g.knowledge
	}
	return g.skill
}

// How many words around a name negation looks at.
const (
	negationBefore = 6
	negationAfter  = 5
)

// negated says whether tokens[first:last] of a sentence are negated: "no
// experience of X needed", "no X or Y needed", "X is not required".
func negated(tokens []token, first, last int) bool {
	near := true // only bridges stand between
	for i := first - 1; i >= max(0, first-negationBefore); i-- {
		c := tokens[i].class
		if c&lifts != 0 {
			break
		}
		if c&negator != 0 {
			return near || waived(tokens, last, true)
		}
		near = near && c&bridge != 0
		if tokens[i+1].broken || tokens[i].broken && !near {
			break
		}
	}
	return waived(tokens, last, false)
}

// waived says whether the tokens from there on waive what stands before: "is not
// required". Where a negator stood before, "required" will do.
func waived(tokens []token, from int, not bool) bool {
	far := not // what the negator at the head negates may go on
	for i := from; i < min(len(tokens), from+negationAfter) && !tokens[i].broken; i++ {
		c := tokens[i].class
		not = not || c&negator != 0
		switch {
		case c&needless != 0:
			return not && (i+1 == len(tokens) || tokens[i+1].class&lifts == 0)
		case c&lifts != 0, c&(function|negator) == 0 && !far:
			return false
		}
	}
	return false
}

// placed says whether the words around tokens[first:last] make them the name of
// a place, a body or a person: "the palliative care team", "Department of
// Surgery".
func placed(tokens []token, first, last int) bool {
	if last < len(tokens) && tokens[last].class&setting != 0 && !tokens[last].broken {
		return true
	}
	return first >= 2 && tokens[first-1].class&belongs != 0 && tokens[first-2].class&setting != 0
}
