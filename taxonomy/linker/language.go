package linker

import (
	"math/bits"
	"slices"
)

// tongues is a set of the languages that have a word list; the bits are in the
// order of tongueList.
type tongues uint16

// tongueList are the languages that have a word list, as loadTongues reads them.
const tongueList = "da de en es fr it nl pl pt sv"

// tongueOf returns the bit of a language, 0 if it has no word list.
func tongueOf(language string) tongues {
	for i := 0; 3*i < len(tongueList) && len(language) == 2; i++ {
		if tongueList[3*i:3*i+2] == language {
			return 1 << i
		}
	}
	return 0
}

// loadTongues returns, by folded form, the languages that have the word for an
// article or another function word.
func loadTongues() (map[string]tongues, error) {
	all := map[string]tongues{}
	for i := 0; i < len(tongueList); i += 3 {
		language := tongueList[i : i+2]
		classes, err := loadClasses(language)
		if err != nil {
			return nil, err
		}
		for form, c := range classes {
			if c&(article|function|negator) != 0 {
				all[form] |= tongueOf(language)
			}
		}
	}
	return all, nil
}

// speltIn returns the languages that the letters of a folded word tell of.
func speltIn(folded string) tongues {
	for _, r := range folded {
		switch r {
		case 'ą', 'ć', 'ę', 'ł', 'ń', 'ś', 'ź', 'ż':
			return tongueOf("pl")
		case 'å':
			return tongueOf("da") | tongueOf("sv")
		case 'æ', 'ø':
			return tongueOf("da")
		case 'ã', 'õ':
			return tongueOf("pt")
		case 'ñ':
			return tongueOf("es")
		}
	}
	return 0
}

// tongueCounts counts, by language, the function words of a sentence.
type tongueCounts [len(tongueList)/3 + 1]uint8

func (c *tongueCounts) add(t tongues) {
	for ; t != 0; t &= t - 1 {
		if n := &c[bits.TrailingZeros16(uint16(t))]; *n < 255 {
			*n++
		}
	}
}

// What function words must show before a sentence is taken for one of another
// language than the words around it.
const (
	leastForeign = 2 // function words of the other language
	foreignLead  = 2 // that many more than of the language of the text
)

// decide returns the language of a sentence in a text of the language home, after
// a sentence of the language before: the one that has most of its function
// words. Unless another language leads clearly it is home, for names of products
// and quotations are no other language; without any function word it is that of
// the sentence before.
func (c *tongueCounts) decide(home, before tongues) tongues {
	most, of, own := uint8(0), tongues(0), uint8(0)
	for i, n := range c {
		if n > most {
			most, of = n, 1<<i
		}
		if home == 1<<i {
			own = n
		}
	}
	switch {
	case home == 0:
		return 0
	case most >= leastForeign && most >= own+foreignLead:
		return of
	case own == 0:
		return before
	}
	return home
}

// withTongues returns the chosen indexes and those of the other languages that
// sentences of the document are in.
func (l *Linker) withTongues(chosen []*index, d *document) []*index {
	spoken := tongues(0)
	for i := range d.sentences {
		spoken |= d.sentences[i].language
	}
	for _, x := range l.indexes {
		if spoken&x.lexicon.home != 0 && !slices.Contains(chosen, x) {
			chosen = append(slices.Clip(chosen), x)
		}
	}
	return chosen
}
