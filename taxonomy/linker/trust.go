package linker

import (
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// judge gives each name its trust: how far the name, standing in a text, is
// evidence that the text speaks of the skill. A dropped name has none.
//
// ESCO's alternative labels were made to help a person searching, who knows
// what he looks for: "current" leads to electricity, "access" to Microsoft
// Access. In running text such words nearly always mean something else. What
// tells them apart: the label has no word in common with the official name, and
// its words are common in ESCO's own descriptions.
func (x *index) judge(t *taxonomy.Taxonomy) {
	official := make([][]nameWord, len(t.Skills)) // words of the preferred names
	texts := make([][]string, len(t.Skills))
	for i := range x.names {
		n := &x.names[i]
		if n.skill == none {
			continue
		}
		texts[n.skill] = append(texts[n.skill], n.text)
		if n.kind == preferred {
			official[n.skill] = append(official[n.skill], x.wordsOf(n)...)
		}
	}
	for i := range x.names {
		n := &x.names[i]
		switch {
		case n.kind == reviewed:
			n.trust = 0.9
		case n.dropped, n.kind == hint:
		case n.kind == spoken:
			n.trust = 0.85
		case n.kind == preferred:
			n.trust = x.preferredTrust(n)
			n.context = n.hinted && n.length == 1 && x.commonness(n) > 0
		case n.kind >= alternative:
			n.trust = x.alternativeTrust(n, official[n.skill], texts[n.skill])
		}
	}
}

// preferredTrust is high but for single words of everyday use.
func (x *index) preferredTrust(n *name) float32 {
	if n.content > 1 {
		return 0.95
	}
	return max(0, 0.9-0.1*log2(x.commonness(n)/64))
}

// enoughTexts is how many descriptions tell which words are common.
const enoughTexts = 10

// alternativeTrust falls with the commonness of the name's words, faster where
// the name has nothing in common with the official name.
func (x *index) alternativeTrust(n *name, official []nameWord, others []string) float32 {
	related := x.related(n, official) || acronymOf(n.text, others)
	switch {
	case x.general(n, official):
		return 0.45
	case n.kind == hidden && n.content == 1 && x.commonness(n) > 0:
		return 0.5 // "initiative" is more often a project than a virtue
	case n.content > 1 && related:
		return 0.85
	case n.content > 1:
		return min(0.8, 0.4+0.3*n.mass)
	case !related && (len(n.text) <= 3 || x.texts < enoughTexts):
		return 0.4 // an acronym that no other name explains, or a word of unknown commonness
	case related:
		return max(0, 0.8-0.1*log2(x.commonness(n)/32))
	}
	return max(0, 0.7-0.1*log2(x.commonness(n)/2))
}

// commonness is the number of descriptions that have the rarest content word of
// the name in small letters.
func (x *index) commonness(n *name) float64 {
	least := int32(math.MaxInt32)
	for _, w := range x.wordsOf(n) {
		if !w.function {
			least = min(least, x.spread[w.light])
		}
	}
	return float64(least)
}

// general says whether the name is the official name with content left out, so
// that it names more than the skill: "work in team" for work in textile
// manufacturing teams.
func (x *index) general(n *name, official []nameWord) bool {
	words, missing := x.wordsOf(n), float32(0)
	for i, o := range official {
		verb := i == 0 && x.types[n.skill] == taxonomy.TypeSkill // "predictive modelling" is to develop predictive models
		if !verb && !hasStem(words, o.stem) {
			missing += x.weight[o.stem]
		}
	}
	if n.hinted || missing < 0.3*n.mass {
		return false
	}
	for _, w := range words {
		if !w.function && !hasStem(official, w.stem) {
			return false
		}
	}
	return true
}

// related says whether the name shares a content word with the official name.
func (x *index) related(n *name, official []nameWord) bool {
	for _, w := range x.wordsOf(n) {
		if !w.function && hasStem(official, w.stem) {
			return true
		}
	}
	return false
}

func hasStem(words []nameWord, stem int32) bool {
	return slices.ContainsFunc(words, func(w nameWord) bool { return w.stem == stem })
}

// acronymOf says whether text is made of the first letters of one of the others.
func acronymOf(text string, others []string) bool {
	if len(text) < 2 || caseOf(text) != upperCase {
		return false
	}
	for _, other := range others {
		initials := ""
		for _, w := range strings.FieldsFunc(other, func(r rune) bool { return r == ' ' || r == '-' }) {
			for _, first := range w {
				initials += string(first)
				break
			}
		}
		if strings.EqualFold(initials, text) {
			return true
		}
	}
	return false
}

// log2 is the logarithm to base 2, never below zero.
func log2(v float64) float32 {
	if v <= 1 {
		return 0
	}
	return float32(math.Log2(v))
}
