package linker

import (
	"cmp"
	"slices"
)

// Cues of how firmly something is asked for, by where they stand.
const (
	lastCues = cueRequires | cuePrefers | cueOffers             // after what they speak of
	nextCues = cueRequiresNext | cuePrefersNext | cueOffersNext // before it
)

// mark puts the cues of firmness on the tokens where they begin or end, and
// returns all cues of the sentence.
func (t *cueTrie) mark(tokens []token) cue {
	all := cue(0)
	for i := 0; i < len(tokens); {
		if tokens[i].cue == 0 {
			i++
			continue
		}
		found, length := t.longest(tokens[i:], ^heads)
		if length == 0 {
			i++
			continue
		}
		all |= found
		last, next := found&lastCues, found&nextCues
		opens := i == 0 || next != 0 && tokens[i].broken && i+length < len(tokens) && !tokens[i+length].broken
		switch {
		case opens && i+length < len(tokens): // "Desirable: French"; "English, preferably French"
			next |= last << 1
			last = 0
		case i > 0 && tokens[i-1].class&negator != 0: // "not required but desirable"
			last &^= cueRequires
		case last != 0:
			next = 0
		}
		tokens[i].marks |= last
		tokens[i+length-1].marks |= next
		i += length
	}
	return all
}

// commaCost is how many words away a comma, bracket or colon puts a cue.
const commaCost = 3

// requirementOf says how the text asks for what tokens first to last of the
// document name: by the nearest cue that stands on its side, else by what the
// sentence is about and by the heading above.
func (d *document) requirementOf(first, last int) string {
	at, _ := slices.BinarySearchFunc(d.sentences, first, func(s sentence, token int) int { return cmp.Compare(s.last, token+1) })
	s := &d.sentences[min(at, len(d.sentences)-1)]
	before, nearest := cue(0), 1<<30
	for i, distance := first-1, 0; i >= s.first && before == 0; i-- {
		if distance++; d.tokens[i+1].broken {
			distance += commaCost
		}
		before, nearest = d.tokens[i].marks&nextCues, distance
	}
	if before == 0 {
		nearest = 1 << 30
	}
	after := cue(0)
	for i, distance := last, 0; i < s.last && after == 0; i++ {
		if distance++; d.tokens[i].broken && !d.bracketed(i, s.last) {
			distance += commaCost
		}
		if distance > nearest {
			break
		}
		after = d.tokens[i].marks & lastCues
	}
	switch {
	case after != 0:
		return requirementNamed(after)
	case before != 0:
		return requirementNamed(before)
	case s.about == aboutBenefits:
		return RequirementOffered
	case s.preferred:
		return RequirementPreferred
	}
	return RequirementRequired
}

// bracketed says whether a cue stands alone between commas or brackets, so that
// the comma before it does not part it from what it speaks of: "Java (desirable)".
func (d *document) bracketed(at, end int) bool {
	for i := at; i < min(end, at+headingWords); i++ {
		if i > at && d.tokens[i].broken {
			return d.tokens[at].marks&lastCues != 0
		}
	}
	return d.tokens[at].marks&lastCues != 0 && end-at <= 2
}

func requirementNamed(c cue) string {
	switch {
	case c&(cuePrefers|cuePrefersNext) != 0:
		return RequirementPreferred
	case c&(cueOffers|cueOffersNext) != 0:
		return RequirementOffered
	}
	return RequirementRequired
}
