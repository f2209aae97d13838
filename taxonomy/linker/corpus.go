package linker

import (
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// What bounds the text that training reads.
const (
	textTokens   = 16 << 20 // content words of distinct sentences
	leastCount   = 3        // times that a stem of the taxonomy must occur to get a vector
	leastInTexts = 25       // the same for one that only texts have: a name of a person is rarer
	leastPair    = 5        // the same for a pair of stems
	pairLimit    = 30_000
	stemLimit    = 40_000
	contextWords = 6 // how far apart words are seen together
)

// corpus is the text that training reads, as content stems.
type corpus struct {
	sentences [][]int32
	counts    []int // by stem
	inTexts   []int // the same without the taxonomy's own texts
	tokens    int
	limit     int             // of tokens: see textTokens
	seen      map[uint64]bool // hashes of the sentences that have been read
	doc       document
}

// addText adds the sentences of a text, each once; false when the corpus is full.
func (c *corpus) addText(x *index, text string) bool {
	for _, stems := range c.stemsOf(x, text) {
		if c.tokens >= c.limit {
			return false
		}
		if h := hashStems(stems); !c.seen[h] {
			c.seen[h] = true
			c.add(stems)
		}
	}
	return c.tokens < c.limit
}

// stemsOf returns the content stems of each sentence of a text.
func (c *corpus) stemsOf(x *index, text string) [][]int32 {
	c.doc.read(x.lexicon, text)
	var all [][]int32
	for _, s := range c.doc.sentences {
		if stems := contentStems(nil, c.doc.tokens[s.first:s.last]); len(stems) > 0 {
			all = append(all, stems)
		}
	}
	return all
}

// contentStems appends the known stems of tokens that are no function words.
func contentStems(stems []int32, tokens []token) []int32 {
	for i := range tokens {
		if t := &tokens[i]; t.class&function == 0 && t.stem != unknown {
			stems = append(stems, t.stem)
		}
	}
	return stems
}

func (c *corpus) add(stems []int32) {
	c.sentences = append(c.sentences, stems)
	c.tokens += len(stems)
	for _, s := range stems {
		for int(s) >= len(c.counts) {
			c.counts = append(c.counts, 0)
		}
		c.counts[s]++
	}
}

// hashStems is FNV-1a over the numbers of the stems.
func hashStems(stems []int32) uint64 {
	h := uint64(hashSeed)
	for _, s := range stems {
		h = (h ^ uint64(uint32(s))) * hashPrime
	}
	return h
}

// lesson is a text that speaks of a skill.
type lesson struct {
	skill int32
	stems []int32
	name  bool // a name, not a sentence of the description
}

// lessons adds the names and descriptions of the taxonomy to the corpus and
// returns what they teach. Reviewed names and hints are among the names.
func (c *corpus) lessons(x *index, t *taxonomy.Taxonomy) []lesson {
	c.inTexts = slices.Clone(c.counts)
	var all []lesson
	for i := range x.names {
		n := &x.names[i]
		if n.skill == none {
			continue
		}
		var stems []int32
		for _, w := range x.wordsOf(n) {
			if !w.function {
				stems = append(stems, w.stem)
			}
		}
		c.add(stems)
		all = append(all, lesson{skill: n.skill, stems: stems, name: true})
	}
	for i := range t.Skills {
		for _, d := range t.Skills[i].Descriptions {
			if primary(d.Language) != x.lexicon.language {
				continue
			}
			for _, stems := range c.stemsOf(x, d.Text) {
				c.add(stems)
				all = append(all, lesson{skill: int32(i), stems: stems})
			}
		}
	}
	for i := range t.Occupations {
		for _, d := range t.Occupations[i].Descriptions {
			if primary(d.Language) == x.lexicon.language {
				c.addText(x, d.Text)
			}
		}
	}
	return all
}
