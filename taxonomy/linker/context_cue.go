package linker

import (
	"fmt"
	"strings"
)

// cue is what a phrase of words/<language>.txt tells of the sentence that has it,
// or, for a heading, of the sentences below. The values are bits.
type cue uint16

const (
	cueDemand       cue = 1 << iota // it asks for something
	cueEmployer                     // it describes the employer
	cueBenefits                     // it says what the worker gets
	cueApplication                  // how to apply, legal notices, equal opportunity
	cueRequires                     // essential: what stands before it, at the head of a sentence what follows
	cueRequiresNext                 // must have: what follows
	cuePrefers                      // desirable
	cuePrefersNext                  // ideally
	cueOffers                       // training is provided
	cueOffersNext                   // you will learn
	headDemand                      // "Person specification", "Your tasks"
	headPrefers                     // "Desirable criteria"
	headEmployer                    // "About us"
	headBenefits                    // "What we offer"
	headApplication                 // "How to apply"
)

// heads are the cues of headings.
const heads = headDemand | headPrefers | headEmployer | headBenefits | headApplication

// cueNames are the cues as words/*.txt write them.
func cueNames() map[string]cue {
	return map[string]cue{
		"demands": cueDemand, "describes": cueEmployer, "benefits": cueBenefits, "applies": cueApplication,
		"requires": cueRequires, "requires-next": cueRequiresNext, "prefers": cuePrefers, "prefers-next": cuePrefersNext,
		"offers": cueOffers, "offers-next": cueOffersNext,
		"heads-demands": headDemand, "heads-prefers": headPrefers, "heads-describes": headEmployer,
		"heads-benefits": headBenefits, "heads-applies": headApplication,
	}
}

// cueTrie finds cues in tokens. Node 0 is the root.
type cueTrie struct {
	words map[string]int32 // by folded form: its number, from 1
	next  map[uint64]int32 // by node and word, as in trie: the node that follows
	cues  []cue            // by node
}

// loadCues reads the cues of words/<language>.txt: lines of a name of cueNames
// and phrases with semicolons between. Articles do not count.
func loadCues(language string, classes map[string]class) (*cueTrie, error) {
	t := &cueTrie{words: map[string]int32{"": 0}, next: map[uint64]int32{}, cues: make([]cue, 1)}
	file, err := wordFiles.ReadFile("words/" + language + ".txt")
	if err != nil {
		return t, nil // the files are embedded: there is none
	}
	names, form := cueNames(), make([]byte, 0, maxTokenBytes)
	for line := range strings.Lines(string(file)) {
		name, phrases, _ := strings.Cut(strings.TrimSpace(line), " ")
		bit := names[name]
		if bit == 0 {
			continue
		}
		for phrase := range strings.SplitSeq(phrases, ";") {
			if !t.insert(phrase, bit, classes, form) {
				return nil, fmt.Errorf("read words/%s.txt: %q has no words", language, line)
			}
		}
	}
	return t, nil
}

// insert adds a phrase; false if it has no words.
func (t *cueTrie) insert(phrase string, bit cue, classes map[string]class, form []byte) bool {
	node := int32(0)
	for scan := (scanner{text: phrase}); ; {
		p, ok := scan.next()
		if !ok {
			break
		}
		form = fold(form, phrase[p.start:p.end])
		if classes[string(form)]&article == 0 {
			node = t.step(node, number(t.words, string(form)))
		}
	}
	t.cues[node] |= bit
	return node != 0
}

// step returns the node after another, which it makes where there is none.
func (t *cueTrie) step(node, word int32) int32 {
	key := edge(node, word)
	next, ok := t.next[key]
	if !ok {
		next = int32(len(t.cues))
		t.cues = append(t.cues, 0)
		t.next[key] = next
	}
	return next
}

// longest returns the cues of the longest phrase at the head of the tokens that
// has one of those asked for, and its length, 0 if there is none.
func (t *cueTrie) longest(tokens []token, asked cue) (found cue, length int) {
	node := int32(0)
	for i := range tokens {
		if tokens[i].cue == 0 || i > 0 && tokens[i].broken {
			break
		}
		next, ok := t.next[edge(node, tokens[i].cue)]
		if !ok {
			break
		}
		if node = next; t.cues[node]&asked != 0 {
			found, length = t.cues[node]&asked, i+1
		}
	}
	return found, length
}
