package linker

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters finds texts by the runs of letters that they share with another, which
// compounds, inflection and spelling leave alike where words are not:
// Kundenberatung and Beratung von Kunden.
type letters struct {
	runs     map[string]int32
	rarity   []float32  // by run
	postings [][]letter // by run
	texts    int
}

// letter is what a run is worth for a text.
type letter struct {
	text   int32
	weight float32
}

// A run is of leastRun to mostRun letters of a word with its ends marked.
const (
	leastRun = 3
	mostRun  = 5
)

// newLetters indexes texts by their runs.
func newLetters(texts []string) *letters {
	l := &letters{runs: map[string]int32{}, texts: len(texts)}
	counts := make([][]runCount, len(texts))
	var having []int
	for i, text := range texts {
		counts[i] = countRuns(text, func(run []byte) int32 {
			id, ok := l.runs[string(run)]
			if !ok {
				id = int32(len(having))
				l.runs[string(run)] = id
				having = append(having, 0)
			}
			return id
		})
		for _, c := range counts[i] {
			having[c.run]++
		}
	}
	l.rarity, l.postings = make([]float32, len(having)), make([][]letter, len(having))
	for id, n := range having {
		l.rarity[id] = float32(math.Log(float64(len(texts)+1) / float64(n)))
		l.postings[id] = make([]letter, 0, n)
	}
	for i := range counts {
		length := l.weigh(counts[i])
		for _, c := range counts[i] {
			l.postings[c.run] = append(l.postings[c.run], letter{text: int32(i), weight: c.weight / length})
		}
	}
	return l
}

// like returns, by text, the cosine between its runs and those of another text;
// runs that no text has do not count.
func (l *letters) like(other string) []float32 {
	cosines := make([]float32, l.texts)
	counts := countRuns(other, func(run []byte) int32 {
		if id, ok := l.runs[string(run)]; ok {
			return id
		}
		return none
	})
	length := l.weigh(counts)
	for _, c := range counts {
		for _, p := range l.postings[c.run] {
			cosines[p.text] += c.weight / length * p.weight
		}
	}
	return cosines
}

// runCount is how often a text has a run.
type runCount struct {
	run    int32
	times  int
	weight float32
}

// weigh gives the runs of a text their weights and returns the length of the
// vector that these are.
func (l *letters) weigh(counts []runCount) float32 {
	squares := 0.0
	for i := range counts {
		c := &counts[i]
		c.weight = (1 + float32(math.Log(float64(c.times)))) * l.rarity[c.run]
		squares += float64(c.weight * c.weight)
	}
	return float32(math.Sqrt(squares))
}

// countRuns counts the runs of a text, by their numbers; those that number gives
// as none are left out.
func countRuns(text string, number func(run []byte) int32) []runCount {
	var ids []int32
	form := make([]byte, 0, maxTokenBytes)
	for scan := (scanner{text: text}); ; {
		p, ok := scan.next()
		if !ok {
			break
		}
		form = plain(fold(form, text[p.start:p.end]))
		word := append(append([]byte{'^'}, form...), '$')
		for from := 0; from < len(word); from += runeSize(word[from:]) {
			for end, length := from, 1; length <= mostRun && end < len(word); length++ {
				if end += runeSize(word[end:]); length >= leastRun {
					if id := number(word[from:end]); id != none {
						ids = append(ids, id)
					}
				}
			}
		}
	}
	slices.Sort(ids)
	var counts []runCount
	for i, id := range ids {
		if i == 0 || id != ids[i-1] {
			counts = append(counts, runCount{run: id})
		}
		counts[len(counts)-1].times++
	}
	return counts
}

func runeSize(b []byte) int {
	_, size := utf8.DecodeRune(b)
	return size
}

// plain takes the accents off a folded word: who types in haste leaves them out.
func plain(word []byte) []byte {
	if !slices.ContainsFunc(word, func(c byte) bool { return c >= utf8.RuneSelf }) {
		return word
	}
	var bare []byte
	for _, r := range string(norm.NFD.Bytes(word)) {
		if !unicode.IsMark(r) {
			bare = utf8.AppendRune(bare, r)
		}
	}
	return bare
}
