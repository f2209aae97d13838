package linker

import (
	"cmp"
	"strings"
)

// token is a word of a document. Articles are left out.
type token struct {
	word
	start, end int32 // bytes in the text
	letters    letterCase
	broken     bool // a comma, colon, bracket or quote stands between it and the token before
	marks      cue  // what a phrase that ends or begins here says of the names around: see requirementOf
}

// sentence is a run of tokens: document.tokens[first:last].
type sentence struct {
	first, last  int
	shouting     bool    // written in capitals: case says nothing there
	employer     bool    // it begins with we or our
	asks         bool    // see markAsking
	colon        bool    // a colon ends it
	language     tongues // by its function words, 0 if they do not tell
	hash         uint64  // the same for sentences of the same words, digits aside
	surroundings         // see markContext
}

// document is a text cut into tokens and sentences. It is scratch memory: read
// fills it anew for each text.
type document struct {
	tokens    []token
	sentences []sentence
	known     map[string]word // words looked up so far, as written, in one lexicon
	home      tongues         // the language of the text, where it is not the lexicon's
	form      []byte
}

const (
	// knownLimit bounds the words that a document remembers between texts.
	knownLimit = 1 << 16
	// sentenceLimit bounds the tokens of a sentence; a longer one is cut. It
	// bounds the work on hostile text too.
	sentenceLimit = 256
	// acronymBytes is the length up to which a word in capitals may be an acronym
	// rather than shouted.
	acronymBytes = 4
	// joinLimit bounds a document taken as one sentence.
	joinLimit = 1024
)

// read fills the document from text.
func (d *document) read(x *lexicon, text string) {
	d.tokens, d.sentences = d.tokens[:0], d.sentences[:0]
	if d.known == nil || len(d.known) > knownLimit {
		d.known, d.form = map[string]word{}, make([]byte, 0, maxTokenBytes)
	}
	scan := scanner{text: text}
	home := cmp.Or(d.home, x.home)
	s, spoke, broken := sentence{}, tongueCounts{}, false
	language := home // of the last sentence
	before, classBefore := piece{}, class(0)
	for {
		p, ok := scan.next()
		w := word{}
		if ok {
			w = d.lookup(x, text[p.start:p.end])
		}
		cut := !ok || p.newSentence || len(d.tokens)-s.first == sentenceLimit || opens(p, w, before, classBefore)
		runOn := !cut && x.runsOn(d.tokens[s.first:], p)
		if cut || runOn {
			language = spoke.decide(home, language)
			s.colon, s.language = p.colon, language
			d.endSentence(x, text, s, s.colon || runOn)
			s, spoke, broken = sentence{first: len(d.tokens), employer: cut && w.class&employer != 0}, tongueCounts{}, false
		}
		if !ok {
			return
		}
		before, classBefore = p, w.class
		broken = broken || p.broken
		spoke.add(w.spoke)
		if w.class&(asking|duty|address) != 0 {
			spoke.add(x.home)
		}
		if w.class&article != 0 {
			continue
		}
		d.tokens = append(d.tokens, token{word: w, start: int32(p.start), end: int32(p.end), letters: p.letters, broken: broken})
		broken = false
	}
}

// opens says whether a word begins an item of a list that lost its line breaks:
// "good communication skills Experience of audits". Where a capital says nothing,
// as in German, no word of the list is an opener.
func opens(p piece, w word, before piece, classBefore class) bool {
	return w.class&opener != 0 && p.letters == titleCase && !p.broken &&
		before.letters == lowerCase && before.end-before.start > 2 && classBefore&(function|article) == 0
}

// join makes the whole document, up to joinLimit tokens, one sentence.
func (d *document) join() {
	if len(d.sentences) == 0 {
		return
	}
	d.tokens = d.tokens[:min(len(d.tokens), joinLimit)]
	d.sentences = append(d.sentences[:0], sentence{last: len(d.tokens)})
}

// lookup returns the word as the lexicon knows it.
func (d *document) lookup(x *lexicon, written string) word {
	if w, ok := d.known[written]; ok {
		return w
	}
	w := x.findWritten(written, d.form)
	if len(written) <= maxTokenBytes {
		d.known[strings.Clone(written)] = w // a clone, not to keep the text
	}
	return w
}

// lookupForm is lookup for a folded word.
func (d *document) lookupForm(x *lexicon, form []byte) word {
	if w, ok := d.known[string(form)]; ok {
		return w
	}
	return d.lookup(x, string(form))
}

// endSentence closes a sentence at the last token. With heads, a heading at its
// end is a sentence of its own.
func (d *document) endSentence(x *lexicon, text string, s sentence, heads bool) {
	s.last = len(d.tokens)
	if s.first == s.last {
		return
	}
	if heads {
		if at := x.headingBefore(d.tokens[s.first:], s.colon); at > 0 {
			prose := s
			prose.last, prose.colon = s.first+at, false
			d.addSentence(x, text, prose)
			s.first, s.employer = s.first+at, false
		}
	}
	d.addSentence(x, text, s)
}

func (d *document) addSentence(x *lexicon, text string, s sentence) {
	capitals, long := 0, 0
	for _, t := range d.tokens[s.first:s.last] {
		if t.end-t.start > acronymBytes {
			long++
			if t.letters == upperCase {
				capitals++
			}
		}
	}
	s.shouting = capitals >= 2 && 2*capitals > long
	if s.shouting { // no acronyms there: IT is it
		for i := s.first; i < s.last; i++ {
			if t := &d.tokens[i]; t.letters == upperCase {
				t.word = d.lookupForm(x, fold(d.form, text[t.start:t.end]))
			}
		}
	}
	s.hash = hashOfTokens(d.tokens[s.first:s.last])
	d.sentences = append(d.sentences, s)
}
