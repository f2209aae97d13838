package linker

import (
	"bytes"
	_ "embed" // for titles.csv
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// titleFile holds titles that are common in vacancies and that ESCO lacks or
// gives to another occupation. Columns: language, title, occupation (URI),
// reason.
//
//go:embed titles.csv
var titleFile []byte

// title is one name of an occupation.
type title struct {
	text       string
	occupation int32
	kind       kind
	words      []int32 // content stems, each once
	head       int32   // the stem that says what it is: the nurse of "nurse for children"
	mass       float32
}

// titleIndex holds the occupation names of one language.
type titleIndex struct {
	lexicon  *lexicon
	titles   []title
	weight   []float32 // by stem
	postings [][]int32 // by stem: titles that have it, ascending
	trigrams map[string][]int32
	stems    []string
}

// newTitleIndex builds the index of one language.
func newTitleIndex(t *taxonomy.Taxonomy, language string) (*titleIndex, error) {
	lexicon, err := newLexicon(language)
	if err != nil {
		return nil, err
	}
	x := &titleIndex{lexicon: lexicon, trigrams: map[string][]int32{}}
	for i := range t.Occupations {
		for _, l := range t.Occupations[i].Labels {
			if primary(l.Language) != language {
				continue
			}
			k := kindOf(l.Kind)
			x.add(l.Text, int32(i), k)
			if forms := strings.Split(l.Text, "/"); len(forms) == 2 { // "infirmier/infirmière"
				x.add(forms[0], int32(i), k)
				x.add(forms[1], int32(i), k)
			}
		}
	}
	if err := x.addReviewed(t); err != nil {
		return nil, err
	}
	x.weigh(len(t.Occupations))
	x.nameStems()
	lexicon.seal()
	return x, nil
}

// addReviewed adds the titles of the file whose occupation the taxonomy has.
func (x *titleIndex) addReviewed(t *taxonomy.Taxonomy) error {
	r := csv.NewReader(bytes.NewReader(titleFile))
	r.FieldsPerRecord = 4
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("read titles.csv: %w", err)
	}
	for _, row := range rows[1:] {
		if i, ok := t.OccupationIndex(row[2]); ok && row[0] == x.lexicon.language {
			x.add(row[1], i, reviewed)
		}
	}
	return nil
}

// add adds a name of an occupation.
func (x *titleIndex) add(text string, occupation int32, k kind) {
	n := title{text: text, occupation: occupation, kind: k, head: unknown}
	form := make([]byte, 0, maxTokenBytes)
	scan, tail := scanner{text: text}, false
	for {
		p, ok := scan.next()
		if !ok {
			break
		}
		w := x.lexicon.add(text[p.start:p.end], form)
		if w.class&(function|article) != 0 {
			tail = tail || len(n.words) > 0 && w.class&conjunction == 0
			continue
		}
		tail = tail || p.broken && len(n.words) > 0
		if !tail && (w.class&grade == 0 || n.head == unknown) {
			n.head = w.stem
		}
		if !slices.Contains(n.words, w.stem) {
			n.words = append(n.words, w.stem)
		}
	}
	if len(n.words) > 0 {
		x.titles = append(x.titles, n)
	}
}

// weigh weighs the stems by their rarity among occupations and fills the index.
func (x *titleIndex) weigh(occupations int) {
	having, last := make([]int, len(x.lexicon.stems)), make([]int32, len(x.lexicon.stems))
	x.postings = make([][]int32, len(x.lexicon.stems))
	for i, n := range x.titles {
		for _, s := range n.words {
			if last[s] != n.occupation+1 {
				last[s] = n.occupation + 1
				having[s]++
			}
			x.postings[s] = append(x.postings[s], int32(i))
		}
	}
	x.weight = make([]float32, len(having))
	for s := range having {
		x.weight[s] = idf(occupations, having[s])
	}
	for i := range x.titles {
		for _, s := range x.titles[i].words {
			x.titles[i].mass += x.weight[s]
		}
	}
}

// nameStems indexes the stems by their trigrams, for words that no title has.
func (x *titleIndex) nameStems() {
	x.stems = make([]string, len(x.lexicon.stems))
	for s, i := range x.lexicon.stems {
		x.stems[i] = s
	}
	for i, s := range x.stems {
		for _, g := range trigramsOf(s) {
			x.trigrams[g] = append(x.trigrams[g], int32(i))
		}
	}
}

// trigramsOf returns the distinct runs of three letters of a word with its ends
// marked.
func trigramsOf(s string) []string {
	runes := []rune("^" + s + "$")
	var grams []string
	for i := 0; i+3 <= len(runes); i++ {
		if g := string(runes[i : i+3]); !slices.Contains(grams, g) {
			grams = append(grams, g)
		}
	}
	return grams
}
