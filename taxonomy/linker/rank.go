package linker

import (
	"cmp"
	"math"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Weights of what makes the rank of a candidate; chosen on real vacancy
// sentences, where the figures around them do as well.
const (
	rankWindow    = 1.0  // the window that fits any of its names best
	rankOfficial  = 0.8  // the window that fits the official name best
	rankCosine    = 1.0  // TF-IDF cosine of the sentence and the names
	rankRelevance = 0.05 // BM25 of the sentence over names and description
	rankPrior     = 0.05 // log of the number of occupations that need the skill
)

// The score of a rank is the logistic function of it; at rankMiddle about half
// of the candidates are right.
const (
	rankMiddle = 3.0
	rankSlope  = 2.5
)

// ranked is a candidate with its best window.
type ranked struct {
	name   int32
	window window
	rank   float32
}

// rank returns the candidates for the document, best first.
func (w *worker) rank(x *index) []ranked {
	w.doc.join()
	w.doc.markContext(x.lexicon)
	w.finder.load(x, w.doc.tokens, 0)
	candidates := w.candidates(x)
	all := make([]ranked, 0, len(candidates))
	for _, c := range candidates {
		if len(x.bySkill[c.skill]) == 0 {
			continue // all its names are better known as those of other skills
		}
		if r := w.consider(x, c); !negated(w.doc.tokens, r.window.first, r.window.last) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(x.names[a.name].skill, x.names[b.name].skill))
	})
	return all
}

// consider looks at a candidate closely. One that only its description brought
// has the whole text for its window.
func (w *worker) consider(x *index, c candidate) ranked {
	r := ranked{name: none}
	official := float32(0)
	for _, id := range x.bySkill[c.skill] {
		n := &x.names[id]
		best := w.finder.best(x, n)
		if n.kind == preferred {
			official = max(official, best.fit)
		}
		if n.kind >= alternative && n.content == 1 {
			best.fit *= (1 + n.trust) / 2
		}
		if r.name == none || best.fit > r.window.fit {
			r.name, r.window = id, best
		}
	}
	r.rank = rankWindow*r.window.fit + rankOfficial*official + c.closeness() + rankPrior*x.prior[c.skill]
	if r.window.last == 0 {
		r.window.last = len(w.doc.tokens)
	}
	return r
}

func scoreOf(rank float32) float64 {
	return 1 / (1 + math.Exp(-rankSlope*(float64(rank)-rankMiddle)))
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
