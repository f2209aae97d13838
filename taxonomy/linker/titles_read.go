package linker

import (
	"slices"
	"unicode/utf8"
)

// What parts of a title weigh against its main words.
const (
	besideWeight = 0.4  // after a dash, slash, comma or bracket
	gradeWeight  = 0.15 // senior, band, bank
	tailWeight   = 0.8  // after a preposition
)

const (
	titleLimit = 32 // words of a title that are looked at
	rootRunes  = 6  // of a word in a language without stemmer that tell what it speaks of
)

// titleWord is a word of a job title.
type titleWord struct {
	form   string // folded
	root   string // its stem; where the language has no stemmer, its first letters
	weight float32
}

// readTitle is a job title cut into words, each once.
type readTitle struct {
	words []titleWord
	named bool // a word says more than grade and contract
}

// read cuts a title into words. What follows a dash, slash, comma or bracket
// weighs less, and words of grade and contract weigh little.
func (x *titleIndex) read(text string, name bool) readTitle {
	var t readTitle
	scan, buf := scanner{text: text}, make([]byte, 0, maxTokenBytes)
	beside, tail := false, false
	for range titleLimit {
		p, ok := scan.next()
		if !ok {
			break
		}
		form, class := x.form(text[p.start:p.end], buf, name)
		beside = beside || t.named && (p.broken || p.newSentence)
		if class&(function|article) != 0 {
			tail = tail || t.named && class&conjunction == 0
			continue
		}
		if form == "" || slices.ContainsFunc(t.words, func(w titleWord) bool { return w.form == form }) {
			continue
		}
		weight := float32(1)
		if tail {
			weight = tailWeight
		}
		if beside {
			weight *= besideWeight
		}
		if class&grade != 0 || !lettersOnly(form) {
			weight *= gradeWeight
		} else {
			t.named = true
		}
		t.words = append(t.words, titleWord{form: form, root: x.root(form), weight: weight})
	}
	return t
}

// form folds a written word. One in capitals that reads like a function word (IT)
// is an acronym in a name, and elsewhere where a name has it.
func (x *titleIndex) form(written string, buf []byte, name bool) (string, class) {
	form := string(fold(buf, written))
	class := x.lexicon.classes[form]
	if readsAsAcronym(written, class) {
		acronym := acronymForm(form)
		if _, known := x.roots[acronym]; name || known {
			return acronym, 0
		}
	}
	return form, class
}

// root returns what a word has in common with its inflections.
func (x *titleIndex) root(form string) string {
	if x.lexicon.stemmer == nil {
		return firstRunes(form, rootRunes)
	}
	stem, _, _ := x.lexicon.forms(form)
	return stem
}

// eachFeature calls do for the word as a whole and for each of its runs of
// letters, its ends marked. The bytes are valid during the call.
func (w *titleWord) eachFeature(do func(feature []byte)) {
	do(append([]byte{'='}, w.root...))
	marked := append(append([]byte{'^'}, w.form...), '$')
	var starts [maxTokenBytes + 3]int
	n := 0
	for i := range marked {
		if utf8.RuneStart(marked[i]) && n < len(starts)-1 {
			starts[n] = i
			n++
		}
	}
	starts[n] = len(marked)
	for run := shortestRun; run <= longestRun; run++ {
		for i := 0; i+run <= n; i++ {
			do(marked[starts[i]:starts[i+run]])
		}
	}
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
