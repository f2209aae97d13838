package linker

import (
	"cmp"
	"slices"
)

// Explanation says what a match rests on. The features and the constant are logits
// that add up to that of the candidate; Alone is its probability, Among that which
// remains beside likelier skills on the same words, and Score is Among times Asked.
type Explanation struct {
	Match
	Evidence string  // on what it rests: see the Evidence constants
	Constant float64 // what every candidate has
	Features []FeatureTerm
	Words    []WordTerm // how nearness divides among the words of the sentence
	Alone    float64    // the probability that the line of its evidence makes of the logit
	Among    float64    // the same beside the other skills on its words
	Asked    float64    // the factor of the probability for how the sentence asks
}

// FeatureTerm is what a feature adds.
type FeatureTerm struct {
	Name         string
	Value, Logit float64
}

// WordTerm is what a word adds through nearness in the embedding. Start and End
// are half-open UTF-8 bytes in the text.
type WordTerm struct {
	Start, End int
	Logit      float64
}

// Values of Explanation.Evidence.
const (
	EvidenceOfficial = "official name"
	EvidenceReviewed = "reviewed name"
	EvidenceName     = "other name"
	EvidenceLoose    = "words and nearness"
)

// Explain returns what [Linker.LinkMin] returns, with reasons.
func (l *Linker) Explain(text, language string, least float64) []Explanation {
	var all []Explanation
	l.eachLink(text, language, least, true, func(w *worker, x *index, m found) {
		e := w.reasons[m.scored]
		e.Match = w.match(x, m.name, m.first, m.last, float64(m.score))
		all = append(all, e)
	})
	slices.SortStableFunc(all, func(a, b Explanation) int {
		return cmp.Or(cmp.Compare(a.Skill, b.Skill), cmp.Compare(b.Score, a.Score))
	})
	all = slices.CompactFunc(all, func(a, b Explanation) bool { return a.Skill == b.Skill })
	slices.SortFunc(all, func(a, b Explanation) int { return inText(a.Match, b.Match) })
	for i := range all {
		all[i].Score = round(all[i].Score)
	}
	return all
}

// explain appends the reasons of the links from that place on, of the sentence
// that the finder holds.
func (w *worker) explain(x *index, from int) {
	names := featureNames()
	for i := range w.links[from:] {
		l := &w.links[from+i]
		c := &w.scored[l.scored]
		e := Explanation{
			Evidence: [...]string{evidenceLoose: EvidenceLoose, evidenceName: EvidenceName, evidenceReviewed: EvidenceReviewed, evidenceOfficial: EvidenceOfficial}[c.features.evidence()],
			Constant: float64(x.combiner.constant), Asked: float64(l.asked),
			Alone: float64(x.combiner.lines[c.features.evidence()].probability(c.logit)), Among: float64(l.score / l.asked),
		}
		for f, v := range c.features {
			if v != 0 {
				e.Features = append(e.Features, FeatureTerm{Name: names[f], Value: float64(v), Logit: float64(v * x.combiner.weights[f])})
			}
		}
		if x.embedding != nil && w.length > 0 {
			e.Words = w.wordTerms(x, c.skill)
		}
		l.scored = int32(len(w.reasons))
		w.reasons = append(w.reasons, e)
	}
}

// wordTerms divides what nearness adds among the words: nearness is linear in the
// vectors of the units, and a pair's part goes to its words by halves.
func (w *worker) wordTerms(x *index, skill int32) []WordTerm {
	e := x.embedding
	perCosine := x.combiner.weights[featNearness] / e.deviation / 10
	part := func(unit int32) float64 {
		return float64(perCosine * inner(row(e.units, unit), row(e.skills, skill)) / w.length)
	}
	var terms []WordTerm
	before := int32(unknown)
	for i := range w.finder.tokens {
		t := &w.finder.tokens[i]
		if t.class&function != 0 || t.stem == unknown {
			continue
		}
		term := WordTerm{Start: int(t.start), End: int(t.end)}
		if int(t.stem) < len(e.rows) && e.rows[t.stem] != none {
			term.Logit = part(e.rows[t.stem])
		}
		if r, ok := e.pairs[pairKey(before, t.stem)]; ok && len(terms) > 0 {
			half := part(r) / 2
			terms[len(terms)-1].Logit += half
			term.Logit += half
		}
		terms = append(terms, term)
		before = t.stem
	}
	return terms
}
