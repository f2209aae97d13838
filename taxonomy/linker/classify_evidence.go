package linker

import (
	"math"
)

const (
	leastLikeness = 0.05 // of a name that counts at all
	sharpness     = 12   // of likeness: a name that is 0.1 more like the title counts 3 times as much
	englishShare  = 0.3  // of an English name beside one in the title's language
	leastEvidence = 0.1
	sameLikeness  = 0.97 // of a name with the title's words and no others
	namedShare    = 0.6  // likeness of an occupation's name to be taken before that of a bare group
)

// groupFound is what was found for a unit group.
type groupFound struct {
	evidence    [kindsOfEvidence]float64
	likeness    float64 // summed over the names
	name        *title  // the name most like the title; nil: the group is no candidate
	like        float32 // how like it is
	named       bool    // it is a name of an occupation of the group
	probability float64
}

// titleScratch is what one title needs.
type titleScratch struct {
	groups     []groupFound
	candidates []int32
	like       []float32 // by name; all 0 between titles
	touched    []int32   // names whose like is not 0
	text       []int32   // roots of a description in order, unknown for words that no name has
	roots      []weighted
	certainty  float64
	known      map[string]int32 // roots of forms, in knownIn
	knownIn    *titleIndex

	// What the title weighed last says by itself: a title is asked without and then
	// with its description, and feeds repeat titles.
	title   string
	index   *titleIndex // of its language; nil before the first
	byTitle []groupFound
	named   []int32 // candidates
}

// weigh gathers the evidence for the groups that have a name like the title.
func (s *titleScratch) weigh(c *classifier, x *titleIndex, title, description string) {
	if s.index != x || s.title != title {
		s.weighTitle(c, x, title)
		s.title, s.index = title, x
		s.byTitle, s.named = append(s.byTitle[:0], s.groups...), append(s.named[:0], s.candidates...)
	} else {
		copy(s.groups, s.byTitle)
		s.candidates = append(s.candidates[:0], s.named...)
	}
	s.certainty = titleCertainty
	if description != "" && len(s.candidates) > 0 {
		s.certainty = textCertainty
		s.readText(x, description, textLimit)
		s.phrases(x, byTextPhrase)
		s.profile(x, byText)
		s.cover(x)
		s.textKin(x)
	}
}

// weighTitle gathers the evidence of the title alone.
func (s *titleScratch) weighTitle(c *classifier, x *titleIndex, title string) {
	clear(s.groups)
	s.candidates = s.candidates[:0]
	t := x.read(title, false)
	s.compare(x, t, 1, nil)
	s.kin(x, t, byKin)
	if c.english != nil && c.english != x {
		read := c.english.read(title, false)
		s.compare(c.english, read, englishShare, x.national)
		s.kin(c.english, read, byEnglishKin)
	}
	for g := range s.groups {
		if s.groups[g].name != nil {
			s.candidates = append(s.candidates, int32(g))
		}
	}
	s.readText(x, title, titleLimit)
	s.profile(x, byProfile)
	s.phrases(x, byPhrase)
}

// compare adds the likeness of each name, times share, to that of its group: the
// cosine of their words and runs of letters, weighted by rarity. Occupations that
// the country sees in another group count there.
func (s *titleScratch) compare(x *titleIndex, t readTitle, share float64, national map[int32]int32) {
	v, unknown := x.vector(t)
	if !t.named || len(v) == 0 {
		return
	}
	s.like = append(s.like, make([]float32, max(0, len(x.names)-len(s.like)))...)
	length := x.length(v, unknown)
	for _, f := range v {
		w := f.weight * x.rarity[f.id] / length
		for _, p := range x.postings[f.id] {
			s.like[p.name] += w * p.weight
		}
	}
	least := math.Exp(sharpness * leastLikeness)
	for i, like := range s.like[:len(x.names)] {
		if like > leastLikeness {
			n := &x.names[i]
			group := n.group
			if elsewhere, ok := national[n.occupation]; ok {
				group = elsewhere
			}
			f := &s.groups[group]
			f.likeness += share * n.share * (math.Exp(float64(sharpness*like)) - least)
			f.offer(n, like, n.occupation != none && n.group == group)
			if like > sameLikeness {
				f.evidence[bySame] = 1
			}
		}
	}
	clear(s.like)
}

// offer keeps the name most like the title; of nearly equal ones rather one of an
// occupation than one of the group.
func (f *groupFound) offer(n *title, like float32, named bool) {
	least := f.like
	switch {
	case named && !f.named:
		least *= namedShare
	case f.named && !named:
		least /= namedShare
	}
	if f.name == nil || like > least {
		f.name, f.like, f.named = n, like, named
	}
}

// kin notes what the title's words say.
func (s *titleScratch) kin(x *titleIndex, t readTitle, kind int) {
	for _, w := range t.words {
		if r, ok := x.roots[w.root]; ok && lettersOnly(w.form) {
			for _, g := range x.kin[r] {
				s.groups[g.group].evidence[kind] += float64(w.weight * g.weight)
			}
		}
	}
}
