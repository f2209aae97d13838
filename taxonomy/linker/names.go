package linker

import (
	"math"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// kind says where a name comes from; a smaller kind wins where two names read
// alike.
type kind uint8

const (
	aside       kind = iota // aliases.csv: the sentence around it asks for nothing
	nothing                 // aliases.csv: it names no skill
	reviewed                // aliases.csv, titles.csv
	preferred               // the official name
	alternative             // another official name
	hidden                  // a name to find by: mostly a noun (commitment) or a product
	spoken                  // aliases.csv: how vacancies say it
	hint                    // aliases.csv: it ranks the skill, but is no evidence of it
)

// name is one name of a skill in one language.
type name struct {
	text    string
	skill   int32 // none for an aside or nothing
	first   int32 // its words are words[first : first+length]
	kind    kind
	length  uint8
	content uint8   // words that are no function words
	breaks  uint8   // commas and the like inside
	acronym bool    // matches only as it is written, in capitals
	hinted  bool    // a word in parentheses was cut off: "Java (computer programming)"
	context bool    // an everyday word too: it needs company
	dropped bool    // aliases.csv: no evidence of the skill in a text
	mass    float32 // weight of its words
	core    float32 // the same without light verbs
	trust   float32 // 0..1: how far the name alone is evidence of the skill
}

// none is the skill of names that name none.
const none = -1

// nameWord is a word of a name.
type nameWord struct {
	word
	function bool
}

// maxNameWords bounds the names that are indexed; the longest of ESCO has 24.
const maxNameWords = 32

// nameSet collects the names of one language.
type nameSet struct {
	lexicon *lexicon
	names   []name
	words   []nameWord
	form    []byte
}

// addLabels adds the labels that the taxonomy has in the set's language.
func (s *nameSet) addLabels(t *taxonomy.Taxonomy, dropped drops) {
	for i := range t.Skills {
		skill := int32(i)
		for _, l := range t.Skills[i].Labels {
			if primary(l.Language) != s.lexicon.language {
				continue
			}
			n := name{text: l.Text, skill: skill, kind: kindOf(l.Kind), dropped: dropped.has(l.Text, t.Skills[i].URI)}
			bare, hint := splitHint(l.Text)
			s.add(n, bare+" "+hint)
			if hint != "" {
				s.add(n, bare+" "+hint[strings.LastIndexByte(hint, ' ')+1:]) // "Java programming"
				n.hinted = true
				s.add(n, bare)
			}
		}
	}
}

func kindOf(k taxonomy.LabelKind) kind {
	switch k {
	case taxonomy.Preferred:
		return preferred
	case taxonomy.Hidden:
		return hidden
	}
	return alternative
}

// add adds a name whose words are those of text; a name without a content word
// is left out.
func (s *nameSet) add(n name, text string) {
	n.first = int32(len(s.words))
	short := false
	for scan := (scanner{text: text}); ; {
		p, ok := scan.next()
		if !ok {
			break
		}
		w := s.lexicon.add(text[p.start:p.end], s.form)
		if p.broken && len(s.words) > int(n.first) {
			n.breaks++
		}
		if w.class&article != 0 {
			continue
		}
		isFunction := w.class&function != 0
		if !isFunction {
			n.content++
		}
		short = p.letters == upperCase && p.end-p.start <= 3
		s.words = append(s.words, nameWord{word: w, function: isFunction})
	}
	size := len(s.words) - int(n.first)
	if n.content == 0 || size > maxNameWords {
		s.words = s.words[:n.first]
		return
	}
	n.length, n.acronym = uint8(size), short && size == 1
	s.names = append(s.names, n)
}

// splitHint takes the trailing parenthesis off a label: "Java (computer
// programming)".
func splitHint(label string) (bare, hint string) {
	open := strings.IndexByte(label, '(')
	if open <= 0 {
		return label, ""
	}
	bare = strings.TrimSpace(label[:open])
	hint, rest, _ := strings.Cut(label[open+1:], ")")
	if bare == "" || strings.TrimSpace(rest) != "" {
		return label, ""
	}
	return bare, hint
}

// primary returns the primary language of a BCP 47 tag in small letters.
func primary(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}

// leastWeight is the weight of a content word that every document has.
const leastWeight = 0.05

// idf is the weight of a word by the share of documents that have it: 1 where
// one has it, leastWeight where all do.
func idf(documents, having int) float32 {
	if documents < 2 {
		return 1
	}
	n := float64(documents)
	return max(leastWeight, float32(math.Log(n/math.Max(1, float64(having)))/math.Log(n)))
}
