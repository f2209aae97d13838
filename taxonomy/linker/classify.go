package linker

import (
	"cmp"
	"math"
	"slices"
)

// OccupationMatch is an ISCO-08 unit group that a job title may mean, with the
// occupation of it that the title is most like.
type OccupationMatch struct {
	Occupation int32   // index into Taxonomy.Occupations; negative where only the group is known
	ISCO       string  // the ISCO-08 unit group
	Score      float64 // the probability that the group is right, 0..1
	Label      string  // the name that the title is most like
}

// Classify returns the ISCO-08 unit groups that a job title may mean, likeliest
// first, top of them, each with the occupation that the title is most like. The
// description of the job helps to decide between them; it may be "".
//
// The evidence for a group is added up over its names: how like they are to the
// title, by words and by runs of letters, what each word says of the group and of
// its kin, which names stand in the title and in the description. Words of grade
// and contract count little, and so does what follows a dash, a slash or a
// bracket. The weights of the evidence, and so the probabilities, were fitted on
// vacancies coded by hand.
//
// Language is as in [Linker.Link], but for "" that is taken whose names have most
// of the title's words. English names are asked besides, for titles are often
// English. A language without names finds nothing.
func (l *Linker) Classify(title, description, language string, top int) []OccupationMatch {
	c := l.occupations
	x := c.choose(title, language)
	if x == nil || top < 1 {
		return nil
	}
	s := c.scratch.Get().(*titleScratch)
	defer c.scratch.Put(s)
	s.weigh(c, x, title, description)
	s.estimate()
	var matches []OccupationMatch
	for _, g := range s.likeliest(top) {
		f := &s.groups[g]
		m := OccupationMatch{Occupation: none, ISCO: c.groups[g], Score: round(f.probability), Label: f.name.text}
		if m.Score == 0 {
			break
		}
		if f.named {
			m.Occupation = f.name.occupation
		}
		matches = append(matches, m)
	}
	return matches
}

// choose returns the names in a language; nil if there are none.
func (c *classifier) choose(title, language string) *titleIndex {
	var best *titleIndex
	most := float32(-1)
	for _, x := range c.indexes {
		if language != "" {
			if x.lexicon.language == primary(language) {
				return x
			}
			continue
		}
		known := float32(0)
		for _, w := range x.read(title, false).words {
			if _, ok := x.roots[w.root]; ok {
				known += w.weight
			}
		}
		if known > most || known == most && x == c.english {
			best, most = x, known
		}
	}
	return best
}

// The kinds of evidence for a group.
const (
	byLikeness   = iota // names like the title
	byKin               // what the title's words say of groups and their kin
	byEnglishKin        // the same of English names
	byProfile           // the title's words among those of the group's names
	byText              // the description's words among them
	byTextKin           // what the first words of the description say
	byCover             // share of a name that the description has
	byPhrase            // a name that stands in the title word for word
	byTextPhrase        // a name that stands in the description word for word
	bySame              // a name that has the words of the title and no others
	kindsOfEvidence
)

// evidenceWeights returns the weights of the evidence: the coefficients of a
// conditional logit over the groups, fitted on 4,944 Polish vacancies coded by
// hand, each once with and once without its description. They, the certainties and
// plainTitle are all that was fitted.
func evidenceWeights() [kindsOfEvidence]float64 {
	return [kindsOfEvidence]float64{
		byLikeness: 0.42, byKin: 0.22, byEnglishKin: 0.22, byProfile: 1.65, byText: 2.25, byTextKin: 0.05, byCover: 1.95, byPhrase: 1.6, byTextPhrase: 0.65, bySame: 0.15,
	}
}

// How much of the evidence counts: what a description adds is less independent than
// the weights take it to be.
const (
	titleCertainty = 1.16
	textCertainty  = 0.92
)

// plainTitle is the probability that a title which names an occupation plainly was
// also coded so: who codes by hand knows more of the job, and errs too. Like the
// certainties it was fitted on the vacancies coded by hand.
const plainTitle = 0.83

// otherGroup is the evidence that the title means a group without any name here, as
// of a name that has hardly half its letters. A taxonomy of few occupations would
// else be sure of what it knows.
const otherGroup = 1.5

// estimate turns the evidence for the candidates into probabilities.
func (s *titleScratch) estimate() {
	weights, most := evidenceWeights(), math.Inf(-1)
	for _, g := range s.candidates {
		f := &s.groups[g]
		f.evidence[byLikeness] = math.Log(leastEvidence + f.likeness)
		f.probability = 0
		for k, w := range weights {
			f.probability += w * f.evidence[k]
		}
		f.probability *= s.certainty
		most = max(most, f.probability)
	}
	most = max(most, otherGroup)
	sum := math.Exp(otherGroup - most)
	for _, g := range s.candidates {
		f := &s.groups[g]
		f.probability = math.Exp(f.probability - most)
		sum += f.probability
	}
	for _, g := range s.candidates {
		s.groups[g].probability *= plainTitle / sum
	}
}

// likeliest returns the candidates of the highest probabilities, in their order: a few
// of hundreds, which need not be sorted.
func (s *titleScratch) likeliest(top int) []int32 {
	order := func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.groups[b].probability, s.groups[a].probability), cmp.Compare(a, b))
	}
	var first []int32
	for _, g := range s.candidates {
		if len(first) == top && order(first[top-1], g) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, g, order)
		first = slices.Insert(first, at, g)
		first = first[:min(top, len(first))]
	}
	return first
}
