package linker

import (
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// letters finds names by the runs of letters that they share with a text, which
// compounds, inflection and spelling leave alike where words are not:
// Kundenberatung and Beratung von Kunden. It serves the languages in which most
// skills have one name.
type letters struct {
	runs     map[string]int32
	rarity   []float32  // by run
	postings [][]letter // by run
}

// letter is what a run is worth for a name.
type letter struct {
	name   int32
	weight float32
}

// A run is of nameRunLeast to nameRunMost letters of a word with its ends marked.
const (
	nameRunLeast = 3
	nameRunMost  = 5
)

// namesEach is the number of names a skill has on average in a language that
// needs letters: where there are more, another name is near.
const namesEach = 2.5

// newLetters indexes the names of a language; nil where they are many.
func newLetters(x *index) *letters {
	named, names := 0, 0
	for _, ids := range x.bySkill {
		if len(ids) > 0 {
			named++
			names += len(ids)
		}
	}
	if float64(names) > namesEach*float64(named) {
		return nil
	}
	l := &letters{runs: map[string]int32{}}
	counts := make([]map[int32]float32, len(x.names))
	var having []int
	form := make([]byte, 0, maxTokenBytes)
	for i := range x.names {
		if x.names[i].skill == none {
			continue
		}
		counts[i] = map[int32]float32{}
		eachRun(x.names[i].text, form, func(run []byte) {
			id, ok := l.runs[string(run)]
			if !ok {
				id = int32(len(having))
				l.runs[string(run)] = id
				having = append(having, 0)
			}
			if counts[i][id]++; counts[i][id] == 1 {
				having[id]++
			}
		})
	}
	l.rarity, l.postings = make([]float32, len(having)), make([][]letter, len(having))
	for id, n := range having {
		l.rarity[id] = float32(math.Log(float64(len(x.names)) / float64(n)))
	}
	for i := range counts {
		norm := float32(0)
		for id, n := range counts[i] {
			counts[i][id] = (1 + float32(math.Log(float64(n)))) * l.rarity[id]
		}
		ids := slices.Sorted(maps.Keys(counts[i]))
		for _, id := range ids {
			norm += counts[i][id] * counts[i][id]
		}
		norm = max(float32(math.Sqrt(float64(norm))), leastWeight) // 0 where all names have all its runs
		for _, id := range ids {
			l.postings[id] = append(l.postings[id], letter{name: int32(i), weight: counts[i][id] / norm})
		}
	}
	return l
}

// eachRun calls do with each run of letters of a text; run is good until it
// returns.
func eachRun(text string, form []byte, do func(run []byte)) {
	for scan := (scanner{text: text}); ; {
		p, ok := scan.next()
		if !ok {
			return
		}
		word := append([]byte{'^'}, fold(form, text[p.start:p.end])...)
		word = append(word, '$')
		for from := 0; from < len(word); {
			end := from
			for length := 1; length <= nameRunMost && end < len(word); length++ {
				_, size := utf8.DecodeRune(word[end:])
				if end += size; length >= nameRunLeast {
					do(word[from:end])
				}
			}
			_, size := utf8.DecodeRune(word[from:])
			from += size
		}
	}
}

// likeness sets likes, by skill, to the cosine between the runs of the text and
// those of the name that is most like it.
func (l *letters) likeness(x *index, text string, likes map[int32]float32) {
	counts, norm := map[int32]float32{}, float32(0)
	eachRun(text, make([]byte, 0, maxTokenBytes), func(run []byte) {
		if id, ok := l.runs[string(run)]; ok {
			counts[id]++
		}
	})
	sums := map[int32]float32{}
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		weight := (1 + float32(math.Log(float64(counts[id])))) * l.rarity[id]
		norm += weight * weight
		for _, p := range l.postings[id] {
			sums[p.name] += weight * p.weight
		}
	}
	norm = max(float32(math.Sqrt(float64(norm))), leastWeight)
	for name, sum := range sums {
		s := x.names[name].skill
		likes[s] = max(likes[s], sum/norm)
	}
}

const (
	// spellWords is the number of words up to which a text may be a name.
	spellWords = 12
	// spellWeight is what likeness by letters adds to the logit.
	spellWeight = 8
	// spellLeast is the likeness from which letters alone make a candidate.
	spellLeast = 0.2
)

// spell adds likeness by letters to the candidates for a short text, and those
// that only letters find.
func (w *worker) spell(x *index, text string) {
	l := x.letters()
	if l == nil || len(w.finder.tokens) > spellWords {
		return
	}
	likes := map[int32]float32{}
	l.likeness(x, text, likes)
	for i := range w.scored {
		s := &w.scored[i]
		s.logit += spellWeight * likes[s.skill]
		delete(likes, s.skill)
	}
	for _, skill := range slices.Sorted(maps.Keys(likes)) {
		if likes[skill] < spellLeast || len(x.bySkill[skill]) == 0 {
			continue
		}
		c := candidate{skill: skill, found: none}
		if s, ok := w.consider(x, &c); ok {
			s.logit = x.combiner.logit(&s.features) + spellWeight*likes[skill]
			w.scored = append(w.scored, s)
		}
	}
}
