package linker

import (
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// wordCounts says how often the stems occur in a taxonomy.
type wordCounts struct {
	names        []int         // by stem: names that have it
	descriptions []int         // by stem: descriptions of skills and occupations that have it
	texts        int           // descriptions in all
	skills       [][]stemCount // by skill: the content stems of names and description, ascending
}

// stemCount is how often a stem occurs in a skill's names, and in its names and
// description together.
type stemCount struct {
	stem         int32
	inNames, all int32
}

// countWords counts the stems, and on the way the spread of the light forms.
func (x *index) countWords(t *taxonomy.Taxonomy) *wordCounts {
	c := &wordCounts{
		names:        make([]int, len(x.lexicon.stems)),
		descriptions: make([]int, len(x.lexicon.stems)),
		skills:       make([][]stemCount, len(t.Skills)),
	}
	x.spread = make([]int32, len(x.lexicon.lights))
	c.countNames(x)
	r := textReader{x: x, counts: c, stemSeen: make([]int, len(c.names)), lightSeen: make([]int, len(x.spread))}
	for i := range t.Skills {
		for _, text := range t.Skills[i].Descriptions {
			r.read(text)
			for _, w := range r.doc.tokens {
				if w.stem != unknown && w.class&function == 0 {
					c.skills[i] = append(c.skills[i], stemCount{stem: w.stem, all: 1})
				}
			}
			r.doc.tokens = r.doc.tokens[:0] // the next text may be in another language
		}
		c.skills[i] = sumCounts(c.skills[i])
	}
	for i := range t.Occupations {
		for _, text := range t.Occupations[i].Descriptions {
			r.read(text)
		}
	}
	return c
}

func (c *wordCounts) countNames(x *index) {
	seen := make([]int, len(c.names))
	for i := range x.names {
		n := &x.names[i]
		for _, w := range x.wordsOf(n) {
			if seen[w.stem] != i+1 {
				seen[w.stem] = i + 1
				c.names[w.stem]++
			}
			if n.skill != none && !w.function {
				c.skills[n.skill] = append(c.skills[n.skill], stemCount{stem: w.stem, inNames: 1, all: 1})
			}
		}
	}
}

// sumCounts adds up the counts of equal stems.
func sumCounts(counts []stemCount) []stemCount {
	slices.SortFunc(counts, func(a, b stemCount) int { return int(a.stem - b.stem) })
	summed := counts[:0]
	for _, c := range counts {
		if last := len(summed) - 1; last >= 0 && summed[last].stem == c.stem {
			summed[last].inNames += c.inNames
			summed[last].all += c.all
			continue
		}
		summed = append(summed, c)
	}
	return slices.Clip(summed)
}

// textReader counts the words of descriptions.
type textReader struct {
	x                   *index
	counts              *wordCounts
	doc                 document
	stemSeen, lightSeen []int // the last text that had it
}

// read reads a description into doc and counts its words; one in another
// language leaves doc without tokens.
func (r *textReader) read(text taxonomy.Text) {
	if primary(text.Language) != r.x.lexicon.language {
		return
	}
	r.counts.texts++
	r.doc.read(r.x.lexicon, text.Text)
	for _, w := range r.doc.tokens {
		if w.stem != unknown && r.stemSeen[w.stem] != r.counts.texts {
			r.stemSeen[w.stem] = r.counts.texts
			r.counts.descriptions[w.stem]++
		}
		if w.light != unknown && w.letters == lowerCase && r.lightSeen[w.light] != r.counts.texts {
			r.lightSeen[w.light] = r.counts.texts
			r.x.spread[w.light]++
		}
	}
}
