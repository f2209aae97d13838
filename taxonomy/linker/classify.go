package linker

import (
	"cmp"
	"slices"
	"strings"
)

// What parts of a title weigh against its main words.
const (
	besideWeight  = 0.35 // after a dash, slash, comma or bracket
	gradeWeight   = 0.15 // senior, band, bank
	unknownWeight = 0.3  // of a word that no occupation has: a place, a company
)

// Factors of the score.
const (
	otherHead  = 0.75 // the title is of another kind of worker
	unofficial = 0.97 // alternative name
)

const (
	titleLimit    = 32  // words of a title that are looked at
	leastLikeness = 0.6 // of two stems that begin alike to be taken for one
)

// titleWord is a word of a job title.
type titleWord struct {
	stem   int32
	weight float32 // by its place and kind, 0..1
	like   float32 // 1, or the likeness to the stem that it was taken for
}

// readTitle is a job title cut into words.
type readTitle struct {
	words []titleWord
	head  int32   // the stem that says what it is; unknown if there is none
	mass  float32 // weight of all words
}

// Classify returns the occupations that a job title is most like, best first,
// top of them. It compares the words of the title with every name of every
// occupation:
//
//	score = 2 x weight of the shared words / (weight of the title + of the name)
//
// Words of grade and contract count little, and so does what follows a dash, a
// slash or a bracket. A name whose head is another word (care assistant for care
// manager) counts for less. An unknown word is taken for the most similar known
// word by letters, if there is one. Language is as in [Linker.Link], but "" tries
// every language.
func (l *Linker) Classify(title, language string, top int) []OccupationMatch {
	best := map[int32]OccupationMatch{}
	for _, x := range l.titlesOf(language) {
		x.classify(title, best)
	}
	matches := make([]OccupationMatch, 0, len(best))
	for _, m := range best {
		matches = append(matches, m)
	}
	slices.SortFunc(matches, func(a, b OccupationMatch) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Occupation, b.Occupation))
	})
	matches = matches[:max(0, min(top, len(matches)))]
	for i := range matches {
		matches[i].Score = round(matches[i].Score)
	}
	return matches
}

// titlesOf returns the title indexes of a language, all for "".
func (l *Linker) titlesOf(language string) []*titleIndex {
	if language == "" {
		return l.titles
	}
	i := l.position(language)
	return l.titles[i:min(i+1, len(l.titles))]
}

// classify notes the best name of each occupation that shares a word with the
// title.
func (x *titleIndex) classify(text string, best map[int32]OccupationMatch) {
	t := x.read(text)
	shared := map[int32]float32{}
	for _, w := range t.words {
		if w.stem == unknown {
			continue
		}
		for _, id := range x.postings[w.stem] {
			shared[id] += x.weight[w.stem] * w.like * (w.weight + 1) / 2
		}
	}
	for id, s := range shared {
		n := &x.titles[id]
		score := 2 * s / (t.mass + n.mass)
		if n.head != t.head {
			score *= otherHead
		}
		if n.kind >= alternative {
			score *= unofficial
		}
		m := OccupationMatch{Occupation: n.occupation, Score: float64(min(1, score)), Label: n.text}
		old, ok := best[n.occupation]
		if !ok || m.Score > old.Score || m.Score == old.Score && m.Label < old.Label {
			best[n.occupation] = m
		}
	}
}

// read cuts a title into words. The head is the last main word before a
// preposition: the nurse of "staff nurse in theatre - nights".
func (x *titleIndex) read(text string) readTitle {
	t := readTitle{head: unknown}
	scan, form := scanner{text: text}, make([]byte, 0, maxTokenBytes)
	named, beside, tail := false, false, false // a main word was read; after a dash; after a preposition
	for range titleLimit {
		p, ok := scan.next()
		if !ok {
			break
		}
		written := text[p.start:p.end]
		w := x.lexicon.findWritten(written, form)
		beside = beside || named && (p.broken || p.newSentence)
		if w.class&(function|article) != 0 {
			tail = tail || named && w.class&conjunction == 0
			continue
		}
		word := titleWord{stem: w.stem, weight: 1, like: 1}
		if beside {
			word.weight = besideWeight
		}
		graded := w.class&grade != 0 || !lettersOnly(string(fold(form, written)))
		switch {
		case graded:
			word.weight *= gradeWeight
		case w.stem == unknown:
			word.stem, word.like = x.similar(string(fold(form, written)))
		}
		if !graded {
			named = true
			if !beside && !tail && word.stem != unknown {
				t.head = word.stem
			}
		}
		t.add(x, word)
	}
	return t
}

// add adds a word that the title does not have yet.
func (t *readTitle) add(x *titleIndex, word titleWord) {
	rarity := float32(unknownWeight)
	if word.stem != unknown {
		if slices.ContainsFunc(t.words, func(w titleWord) bool { return w.stem == word.stem }) {
			return
		}
		rarity = x.weight[word.stem]
	}
	t.words = append(t.words, word)
	t.mass += rarity * word.weight
}

// similar returns the stem most like a word that no title has, and how like it
// is, by the runs of three letters that they share.
func (x *titleIndex) similar(folded string) (stem int32, like float32) {
	word, _, _ := x.lexicon.forms(folded)
	grams := trigramsOf(word)
	counts := map[int32]int{}
	for _, g := range grams {
		for _, s := range x.trigrams[g] {
			counts[s]++
		}
	}
	stem = unknown
	prefix := firstRunes(word, 2)
	for s, n := range counts {
		if !strings.HasPrefix(x.stems[s], prefix) {
			continue
		}
		d := 2 * float32(n) / float32(len(grams)+len(trigramsOf(x.stems[s])))
		if d >= leastLikeness && (d > like || d == like && s < stem) {
			stem, like = s, d
		}
	}
	return stem, like
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
