package linker

import (
	"regexp"
	"slices"
	"strings"
)

// credentialHit is an entry that stands in a sentence.
type credentialHit struct {
	entry       *credentialEntry
	first, last int // tokens of the sentence, half-open
}

// credentialWorker is the scratch memory of one call.
type credentialWorker struct {
	doc     document
	hits    []credentialHit
	alike   []int32
	matches []CredentialMatch
}

// find returns what a text asks for, in its order, perhaps twice.
func (w *credentialWorker) find(s *credentialSet, text string) []CredentialMatch {
	w.doc.read(s.lexicon, text)
	w.matches = w.matches[:0]
	list := asksNothing
	for _, sentence := range w.doc.sentences {
		tokens := w.doc.tokens[sentence.first:sentence.last]
		w.scan(s, text, tokens, sentence.shouting)
		list = list.next(w.hits, sentence)
		if sentence.employer && classesOf(tokens)&address == 0 {
			continue // what the employer has or does
		}
		from := len(w.matches)
		for i := range w.hits {
			w.named(s, text, tokens, i)
		}
		if !sentence.shouting {
			w.general(text, tokens)
		}
		kept := w.matches[:from]
		for _, m := range w.matches[from:] {
			first, last := tokensOf(tokens, m.Start, m.End)
			switch m.Requirement = credentialRequirement(w.hits, tokens, first, last, list); m.Requirement {
			case RequirementOffered:
				continue
			case RequirementRequired:
				if negated(tokens, first, last) {
					continue
				}
			}
			kept = append(kept, m)
		}
		w.matches = kept
	}
	return w.matches
}

// tokensOf returns the tokens that lie in a span of the text.
func tokensOf(tokens []token, start, end int) (first, last int) {
	for last = 0; last < len(tokens) && int(tokens[last].start) < end; last++ {
		if int(tokens[last].end) <= start {
			first = last + 1
		}
	}
	return first, last
}

// scan fills hits: at each word the longest entry, which keeps its words for
// itself.
func (w *credentialWorker) scan(s *credentialSet, text string, tokens []token, shouting bool) {
	w.hits = w.hits[:0]
	reads := func(id int32, covered []token) bool { return s.entries[id].reads(text, covered, shouting) }
	for i := 0; i < len(tokens); {
		id, length := s.trie.longest(tokens[i:], reads)
		if id == none {
			i++
			continue
		}
		// One word may be several cues: "registered" opens a form and bears a name.
		w.alike = s.at(w.alike[:0], text, tokens[i:i+length], shouting)
		for _, other := range w.alike {
			if e := &s.entries[other]; other == id || e.isCue() && s.entries[id].isCue() {
				w.hits = append(w.hits, credentialHit{e, i, i + length})
			}
		}
		i += length
	}
}

// How many words around a bare name a word of credentials may stand.
const (
	bearingBefore = 4
	bearingAfter  = 3
)

// named appends the match of the hit, if the text means the credential by it.
func (w *credentialWorker) named(s *credentialSet, text string, tokens []token, at int) {
	h := &w.hits[at]
	if h.entry.isCue() || w.followed(h.last) || h.entry.beside && !w.besideBearing(tokens, h) {
		return
	}
	m := CredentialMatch{
		Name: h.entry.name, Kind: h.entry.kind, ID: s.ids[h.entry.name],
		Start: int(tokens[h.first].start), End: int(tokens[h.last-1].end),
	}
	if m.Name == drivingLicence {
		if category, end := drivingCategory(text[m.End:]); category != "" {
			m.Name, m.End = drivingLicence+" "+category, m.End+end
		}
	}
	w.matches = append(w.matches, m)
}

// followed says whether the next word makes a name something else: the NMC code.
func (w *credentialWorker) followed(last int) bool {
	return slices.ContainsFunc(w.hits, func(h credentialHit) bool { return h.entry.kind == cueFollower && h.first == last })
}

// besideBearing says whether a word of credentials stands near a bare name, with
// nothing but names, small words and commas between: "registered with the NMC or
// the HCPC".
func (w *credentialWorker) besideBearing(tokens []token, of *credentialHit) bool {
	return slices.ContainsFunc(w.hits, func(h credentialHit) bool {
		switch h.entry.kind {
		case cueBearing, cueRegisters, cueJoins:
		case of.entry.kind: // "HCPC or NMC registered"
			if h.entry.beside {
				return false
			}
		default:
			return false
		}
		if h.last <= of.first {
			return of.first-h.last <= bearingBefore && w.smallBetween(tokens, h.last, of.first)
		}
		return h.first >= of.last && h.first-of.last <= bearingAfter && w.smallBetween(tokens, of.last, h.first)
	})
}

func (w *credentialWorker) smallBetween(tokens []token, first, last int) bool {
	for i := first; i < last; i++ {
		named := slices.ContainsFunc(w.hits, func(h credentialHit) bool {
			return h.first <= i && i < h.last && (!h.entry.isCue() || h.entry.kind == cueVague || h.entry.kind == cueRequired || h.entry.kind == cueBearing)
		})
		if tokens[i].class&function == 0 && !named && tokens[i].letters != upperCase {
			return false
		}
	}
	return true
}

// drivingLicence is the canonical name whose category may follow in the text.
const drivingLicence = "driving licence"

// driving reads the category that follows the name of a driving licence: of
// "Führerschein (Klasse B)", "prawo jazdy kat. C+E", "körkort, behörighet B".
var driving = regexp.MustCompile(`^[\s,:(–-]{0,3}(?:(?i:kat\.?|cat\.?|kl\.?|category|categories|kategorii|kategoria|kategori|der klasse|klasse|klass|class|catégorie|categoría|categoria|categorie|clase|tipo|tipo di|behörighet|of category|kod|mínimo)\s*)[\s(:„"'’-]{0,2}(C1\+?E|C ?\+ ?E|CE|C1|B ?\+ ?E|BE|B96|D1|B|C|D|A|T)(?:[^\pL\pN]|$)`)

// drivingCategory returns the category and where it ends; "" where there is none.
func drivingCategory(rest string) (category string, end int) {
	m := driving.FindStringSubmatchIndex(rest[:min(len(rest), 48)])
	if m == nil {
		return "", 0
	}
	return strings.NewReplacer("+", "", " ", "").Replace(rest[m[2]:m[3]]), m[3]
}
