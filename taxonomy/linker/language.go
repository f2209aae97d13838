package linker

import "math/bits"

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
	leastForeign = 3 // function words of the other language
	foreignLead  = 2 // that many more than of the language of the text
)

// decide returns the language of a sentence in a text of the language home: the
// one that has most of its function words. It is 0 if they do not tell, and home
// unless another language leads clearly: names of products and quotations are no
// other language.
func (c *tongueCounts) decide(home tongues) tongues {
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
	case own > 0 && 2*own >= most:
		return home
	}
	return 0
}
