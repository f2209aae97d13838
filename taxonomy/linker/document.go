package linker

import "strings"

// token is a word of a document. Articles are left out.
type token struct {
	word
	start, end int32 // bytes in the text
	letters    letterCase
	broken     bool // a comma, colon, bracket or quote stands between it and the token before
}

// sentence is a run of tokens: document.tokens[first:last].
type sentence struct {
	first, last int
	shouting    bool // written in capitals: case says nothing there
	employer    bool // it begins with we or our
	asks        bool // see markAsking
}

// document is a text cut into tokens and sentences. It is scratch memory: read
// fills it anew for each text.
type document struct {
	tokens    []token
	sentences []sentence
	known     map[string]word // words looked up so far, as written
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
	s, broken := sentence{}, false
	for {
		p, ok := scan.next()
		if !ok || p.newSentence || len(d.tokens)-s.first == sentenceLimit {
			d.endSentence(x, text, s)
			s, broken = sentence{first: len(d.tokens)}, false
		}
		if !ok {
			return
		}
		w := d.lookup(x, text[p.start:p.end])
		broken = broken || p.broken
		s.employer = s.employer || p.newSentence && w.class&employer != 0
		if w.class&article != 0 {
			continue
		}
		d.tokens = append(d.tokens, token{word: w, start: int32(p.start), end: int32(p.end), letters: p.letters, broken: broken})
		broken = false
	}
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

// endSentence closes a sentence at the last token.
func (d *document) endSentence(x *lexicon, text string, s sentence) {
	s.last = len(d.tokens)
	if s.first == s.last {
		return
	}
	capitals, long := 0, 0
	for _, t := range d.tokens[s.first:] {
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
				t.word = x.find(string(fold(d.form, text[t.start:t.end])))
			}
		}
	}
	d.sentences = append(d.sentences, s)
}
