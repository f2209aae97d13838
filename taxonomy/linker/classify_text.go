package linker

import (
	"math"
	"slices"
)

const (
	textLimit = 250 // words of a description that are looked at
	textHead  = 60  // words of it that say what kind of work it is
)

// readText reads the roots of a text and counts them.
func (s *titleScratch) readText(x *titleIndex, text string, limit int) {
	s.text, s.roots = s.text[:0], s.roots[:0]
	scan, buf := scanner{text: text}, make([]byte, 0, maxTokenBytes)
	for range limit {
		p, ok := scan.next()
		if !ok {
			break
		}
		form, class := x.form(text[p.start:p.end], buf, false)
		if class&(function|article) != 0 || !lettersOnly(form) {
			continue
		}
		root := s.rootOf(x, form)
		s.text = append(s.text, root)
		if root != unknown {
			s.roots = append(s.roots, weighted{root, 1})
		}
	}
	s.roots = sumWeights(s.roots)
}

// rootOf returns the root of a form. It remembers it, since stemming takes longer than
// all else that is done with the words of a description.
func (s *titleScratch) rootOf(x *titleIndex, form string) int32 {
	if root, ok := s.known[form]; ok && s.knownIn == x {
		return root
	}
	if s.knownIn != x || len(s.known) > knownLimit {
		s.known, s.knownIn = map[string]int32{}, x
	}
	root := lookup(x.roots, x.root(form))
	s.known[form] = root
	return root
}

// profile notes the cosine of the text's words and those of each group.
func (s *titleScratch) profile(x *titleIndex, kind int) {
	squares := 0.0
	for _, r := range s.roots {
		w := float64((1 + log(r.weight)) * x.mass[r.id])
		squares += w * w
	}
	for _, r := range s.roots {
		w := float64((1+log(r.weight))*x.mass[r.id]) / math.Sqrt(squares)
		for _, g := range x.share[r.id] {
			s.groups[g.group].evidence[kind] += w * float64(g.weight)
		}
	}
}

// phrases notes the heaviest name of each group that stands in the text word for
// word, function words aside.
func (s *titleScratch) phrases(x *titleIndex, kind int) {
	for i, r := range s.text {
		if r == unknown {
			continue
		}
		for _, begins := range x.first[r] {
			if begins.second != unknown && (i+1 == len(s.text) || s.text[i+1] != begins.second) {
				continue
			}
			n := begins.name
			roots := x.names[n].roots
			if len(roots) <= len(s.text)-i && slices.Equal(roots, s.text[i:i+len(roots)]) {
				e := &s.groups[x.groupOf[n]].evidence[kind]
				*e = max(*e, float64(x.masses[n]/wholeMass))
			}
		}
	}
}

// cover notes the largest share of a name that the text has; of names of little
// mass less.
func (s *titleScratch) cover(x *titleIndex) {
	for _, r := range s.roots {
		for _, n := range x.having[r.id] {
			if s.like[n] == 0 {
				s.touched = append(s.touched, n)
			}
			s.like[n] += x.mass[r.id]
		}
	}
	for _, n := range s.touched {
		mass := float64(x.masses[n])
		e := &s.groups[x.groupOf[n]].evidence[byCover]
		*e = max(*e, float64(s.like[n])/mass*math.Sqrt(min(1, mass/wholeMass)))
		s.like[n] = 0
	}
	s.touched = s.touched[:0]
}

// textKin notes what the first words of the text say.
func (s *titleScratch) textKin(x *titleIndex) {
	head := s.text[:min(textHead, len(s.text))]
	for i, r := range head {
		if r == unknown || slices.Contains(head[:i], r) {
			continue
		}
		for _, g := range x.kin[r] {
			s.groups[g.group].evidence[byTextKin] += float64(g.weight)
		}
	}
}
