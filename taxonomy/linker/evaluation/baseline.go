package evaluation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// Baseline ranks skills by the sum of three cosines: the best of any name by
// words, the best of any name by characters, and that of the description by
// words. It knows neither stems nor stop words nor spans: what anybody would try
// first. Its weights are equal, and nothing in it was fitted.
type Baseline struct {
	skills                          int
	words, characters, descriptions *vectors
}

// NewBaseline returns the baseline over the names and descriptions of one
// language, given as in Taxonomy.Languages.
func NewBaseline(t *taxonomy.Taxonomy, language string) *Baseline {
	words, characters, descriptions := newVectors(), newVectors(), newVectors()
	for i := range t.Skills {
		skill := int32(i)
		for _, l := range t.Skills[i].Labels {
			if l.Language == language {
				name := wordsOf(l.Text)
				words.add(skill, name)
				characters.add(skill, charactersOf(name))
			}
		}
		for _, d := range t.Skills[i].Descriptions {
			if d.Language == language {
				descriptions.add(skill, wordsOf(d.Text))
			}
		}
	}
	words.build()
	characters.build()
	descriptions.build()
	return &Baseline{skills: len(t.Skills), words: words, characters: characters, descriptions: descriptions}
}

// Rank returns at most top skills, best first, of those that share a word or
// three characters of a word with the text. The score is the mean of the three
// cosines, 0..1.
func (b *Baseline) Rank(text string, top int) []linker.Match {
	words := wordsOf(text)
	scores := make([]float64, b.skills)
	b.words.addBest(scores, words)
	b.characters.addBest(scores, charactersOf(words))
	b.descriptions.addBest(scores, words)
	var ranking []linker.Match
	for skill, score := range scores {
		if score > 0 {
			ranking = append(ranking, linker.Match{Skill: int32(skill), Score: score / 3, End: len(text), Method: linker.MethodLinked})
		}
	}
	slices.SortFunc(ranking, func(a, b linker.Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Skill, b.Skill))
	})
	return ranking[:min(max(0, top), len(ranking))]
}

// wordsOf returns the runs of letters and digits in small letters; plus and hash
// signs belong to them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '+' && r != '#'
	})
}

// charactersOf returns the runs of three to five characters of words, a blank at
// both ends of each.
func charactersOf(words []string) []string {
	var runs []string
	for _, w := range words {
		letters := []rune(" " + w + " ")
		for length := 3; length <= 5; length++ {
			for i := 0; i+length <= len(letters); i++ {
				runs = append(runs, string(letters[i:i+length]))
			}
		}
	}
	return runs
}
