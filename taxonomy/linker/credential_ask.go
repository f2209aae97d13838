package linker

// listState is how the items of a list are asked for by the line above it:
// "Desirable:".
type listState struct{ requirement string }

// asksNothing is the state outside lists.
var asksNothing = listState{}

const (
	credentialHeadingWords = 5  // a line of so many words may head a list
	listItemWords          = 15 // a longer sentence ends it
)

// next returns the state after a sentence.
func (l listState) next(hits []credentialHit, s sentence) listState {
	tokens := s.last - s.first
	if tokens > listItemWords || s.employer {
		return asksNothing
	}
	if tokens > credentialHeadingWords {
		return l
	}
	asks := ""
	for _, h := range hits {
		switch h.entry.kind {
		case cueRequired, cuePreferred, cueOffered:
			if h.first == 0 || h.last == tokens {
				asks = h.entry.kind
			}
		case cueBearing, cueVague, cueHolds, cueLicences, cueCertification, cueFollower:
		default:
			return l // it names something: an item
		}
	}
	if asks == "" {
		return l
	}
	return listState{asks}
}

// How far from a name, in words, a sentence may say that it does not ask.
const negatesWithin = 3

// credentialRequirement says how a sentence asks for the credential of
// tokens[first:last]: as the nearest cue says, else as the list does, else it is
// required. What is not asked for is RequirementOffered too: the caller leaves
// both out.
func credentialRequirement(hits []credentialHit, tokens []token, first, last int, list listState) string {
	requirement, nearest := list.requirement, len(tokens)+1
	for _, h := range hits {
		distance := 0
		switch {
		case h.last <= first:
			distance = first - h.last + breaks(tokens[h.last:first+1]) + conjunctions(tokens[h.last:first])
		case h.first >= last && opensNext(tokens, h):
			continue // "driving licence, ideally a forklift licence"
		case h.first >= last:
			distance = h.first - last + breaks(tokens[last:h.first+1])
		}
		switch h.entry.kind {
		case cueNegates:
			if distance <= negatesWithin {
				return RequirementOffered
			}
		case cueRequired, cuePreferred, cueOffered:
			if distance < nearest {
				requirement, nearest = h.entry.kind, distance
			}
		}
	}
	if requirement == "" {
		return RequirementRequired
	}
	return requirement
}

// opensNext says whether a comma separates a cue from what stands before it and
// nothing from what follows.
func opensNext(tokens []token, h credentialHit) bool {
	return tokens[h.first].broken && h.last < len(tokens) && !tokens[h.last].broken
}

// conjunctions counts the words that begin something new: "a degree is preferred
// and a licence is essential" asks for the licence by what follows it.
func conjunctions(tokens []token) int {
	n := 0
	for i := range tokens {
		if tokens[i].class&conjunction == conjunction {
			n += 2
		}
	}
	return n
}

// breaks counts the commas, colons and brackets before the tokens.
func breaks(tokens []token) int {
	n := 0
	for i := range tokens {
		if tokens[i].broken {
			n++
		}
	}
	return n
}
