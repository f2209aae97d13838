package linker

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// rank fills w.scored with the candidates for the document taken as one sentence,
// best first.
func (w *worker) rank(x *index, text string) {
	w.doc.join()
	w.doc.markContext(x.lexicon)
	w.scored = w.scored[:0]
	if len(w.doc.sentences) == 0 {
		return
	}
	s := w.doc.sentences[0]
	w.finder.load(x, w.doc.tokens, 0)
	w.found = w.found[:0]
	if !w.phrases(x, s, w.doc.tokens) {
		w.found = w.found[:0]
	}
	w.windows(x)
	w.score(x, rankLimit)
	w.spell(x, text)
	w.scored = slices.DeleteFunc(w.scored, func(s scored) bool {
		return negated(w.doc.tokens, s.window.first, s.window.last)
	})
	slices.SortFunc(w.scored, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.logit, a.logit), cmp.Compare(a.skill, b.skill))
	})
}

// needs counts, by skill, the occupations that need it.
func needs(t *taxonomy.Taxonomy) []int32 {
	needed := make([]int32, len(t.Skills))
	for i := range t.Occupations {
		for _, list := range [][]int32{t.Occupations[i].Essential, t.Occupations[i].Optional} {
			for _, s := range list {
				needed[s]++
			}
		}
	}
	return needed
}
