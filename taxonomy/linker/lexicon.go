package linker

import (
	"strings"

	"github.com/blevesearch/snowballstem"
)

// unknown is the number of a form that occurs in no name.
const unknown = -1

// word is what a lexicon knows of a written word.
type word struct {
	stem  int32 // the word without any ending: manage = management = manager
	lemma int32 // the word without inflection: manage = managing = manages
	light int32 // the word without plural ending: nurse = nurses, not nursing
	class class
	cue   int32   // its number among the words of cues, 0 if it is none
	hash  uint32  // of the folded form; the same for all numbers
	spoke tongues // the languages that have it for a function word
}

// lexicon numbers the words of one language. It grows while names are added and
// is read-only after that.
type lexicon struct {
	language string
	stemmer  func(*snowballstem.Env) bool // nil: the language has none
	speller  *speller                     // nil but for English
	plurals  []string
	classes  map[string]class // by folded form
	asks     bool             // classes has asking words
	opens    bool             // classes has openers: a capital inside a line tells something
	cues     *cueTrie
	tongues  map[string]tongues // by folded form
	home     tongues            // the bit of the language, 0 if it has no word list
	// boilerplate are the sentences that ask for nothing; nil if none were learnt.
	boilerplate *Boilerplate
	stems       map[string]int32
	lemmas      map[string]int32
	lights      map[string]int32
	added       map[string]word // by folded form; nil once sealed
	learning    bool            // find numbers the stems that it does not know
}

// newLexicon returns an empty lexicon for a language (a BCP 47 primary tag).
func newLexicon(language string) (*lexicon, error) {
	x := &lexicon{
		language: language,
		stemmer:  stemmerOf(language),
		plurals:  pluralsOf(language),
		stems:    map[string]int32{},
		lemmas:   map[string]int32{},
		lights:   map[string]int32{},
		added:    map[string]word{},
	}
	var err error
	if x.classes, err = loadClasses(language); err != nil {
		return nil, err
	}
	for _, c := range x.classes {
		x.asks = x.asks || c&asking != 0
		x.opens = x.opens || c&opener != 0
	}
	if x.cues, err = loadCues(language, x.classes); err != nil {
		return nil, err
	}
	if x.tongues, err = loadTongues(); err != nil {
		return nil, err
	}
	x.home = tongueOf(language)
	if language == "en" {
		x.speller, err = newSpeller()
	}
	return x, err
}

// forms returns the stem, the lemma and the light form of a folded word. A
// function word is its own only form, and no content word shares it: the "wells"
// of an oil field are not "well".
func (x *lexicon) forms(folded string) (stem, lemma, light string) {
	if x.classes[folded]&(function|article) != 0 {
		folded = "_" + folded
		return folded, folded, folded
	}
	if !lettersOnly(folded) {
		return folded, folded, folded
	}
	if x.speller != nil {
		folded = x.speller.american(folded)
		return mendStem(x.stemOf(folded)), uninflected(folded), singular(folded)
	}
	light = folded
	for _, p := range x.plurals {
		if len(folded) > len(p)+3 && strings.HasSuffix(folded, p) {
			light = strings.TrimSuffix(folded, p)
			break
		}
	}
	if x.stemmer == nil {
		return light, light, light
	}
	stem = x.stemOf(folded)
	return stem, stem, light
}

func (x *lexicon) stemOf(folded string) string {
	env := snowballstem.NewEnv(folded)
	x.stemmer(env)
	return env.Current()
}

// lettersOnly says whether a form can have endings.
func lettersOnly(s string) bool {
	for _, r := range s {
		if r <= '9' { // digits, + # .
			return false
		}
	}
	return s != ""
}

// acronymForm is the form of an acronym that reads like a function word (IT).
func acronymForm(folded string) string { return folded + "0" }

// readsAsAcronym says whether a written word of the class can be an acronym.
func readsAsAcronym(written string, c class) bool {
	return c&(function|article) != 0 && len(written) > 1 && caseOf(written) == upperCase
}

// add numbers a word of a name, making new numbers where needed.
func (x *lexicon) add(written string, buf []byte) word {
	form := string(fold(buf, written))
	if readsAsAcronym(written, x.classes[form]) {
		form = acronymForm(form)
	}
	if w, ok := x.added[form]; ok {
		return w
	}
	stem, lemma, light := x.forms(form)
	w := word{stem: number(x.stems, stem), lemma: number(x.lemmas, lemma), light: number(x.lights, light), class: x.classOf(form)}
	x.added[form] = w
	return w
}

// seal frees what only add needs; no word can be added after it.
func (x *lexicon) seal() { x.added = nil }

func number(m map[string]int32, s string) int32 {
	n, ok := m[s]
	if !ok {
		n = int32(len(m))
		m[s] = n
	}
	return n
}

// find returns the numbers of a folded word, unknown for forms that no name has.
func (x *lexicon) find(folded string) word {
	stem, lemma, light := x.forms(folded)
	if x.learning {
		number(x.stems, stem)
	}
	return word{
		stem: lookup(x.stems, stem), lemma: lookup(x.lemmas, lemma), light: lookup(x.lights, light), class: x.classOf(folded),
		cue: x.cues.words[folded], hash: hashOf(folded), spoke: x.tongues[folded] | speltIn(folded),
	}
}

// classOf returns the class of a folded word.
func (x *lexicon) classOf(folded string) class {
	c := x.classes[folded]
	if x.speller != nil && singular(folded) != folded {
		c |= endsInS
	}
	return c
}

// findWritten is find for a word as it is written: an acronym that reads like a
// function word is that acronym if some name has it.
func (x *lexicon) findWritten(written string, buf []byte) word {
	form := string(fold(buf, written))
	w := x.find(form)
	if readsAsAcronym(written, w.class) {
		if acronym := x.find(acronymForm(form)); acronym.stem != unknown {
			acronym.hash = w.hash // which must not depend on the names
			return acronym
		}
	}
	return w
}

func lookup(m map[string]int32, s string) int32 {
	if n, ok := m[s]; ok {
		return n
	}
	return unknown
}
