package prepare

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/pemistahl/lingua-go"
)

// functionWords are the commonest words of the languages that are told apart
// besides those of the taxonomy: a text in another language must not be taken
// for one of the taxonomy's.
var functionWords = []struct {
	language string // BCP 47
	words    string
}{
	{"de", "und der die das wir mit für ist sie ein eine den von zu bei"},
	{"en", "the and of to with you your our will are for is a"},
	{"es", "el los las y una con para que del por en la se"},
	{"fr", "le les des et vous une pour dans est nous avec du la"},
	{"it", "il di e un per che della con sono gli nel la dei"},
	{"nl", "het een en van voor met je wij onze zijn de op bij"},
	{"pl", "i w z na do oraz się jest dla nie o od lub"},
	{"pt", "o os das e uma com para que não dos em do da"},
	{"sv", "och att för med som är en av till du i på vi"},
}

// A text is in the language of its function words if there are enough of them,
// in number and among its words, and few of any other language.
const (
	minFunctionWords = 5
	minFunctionShare = 8 // one word in so many
)

// detectBytes is how much of a text is looked at.
const detectBytes = 600

// languageDetector finds the language of texts, by function words where they
// are clear, else by the statistics of lingua in its low-accuracy mode. Those
// cost a hundred times as much, so that they are loaded when first needed. It
// is safe for concurrent use.
type languageDetector struct {
	byWord     map[string][]int // function word -> indices of its languages
	statistics func() lingua.LanguageDetector
}

// newLanguageDetector returns a detector for the languages given and those of
// functionWords.
func newLanguageDetector(languages []string) languageDetector {
	d := languageDetector{byWord: map[string][]int{}}
	all := slices.Clone(languages)
	for i, l := range functionWords {
		all = append(all, l.language)
		for word := range strings.FieldsSeq(l.words) {
			d.byWord[word] = append(d.byWord[word], i)
		}
	}
	d.statistics = sync.OnceValue(func() lingua.LanguageDetector {
		var known []lingua.Language
		for _, code := range all {
			language := lingua.GetLanguageFromIsoCode639_1(lingua.GetIsoCode639_1FromValue(strings.ToUpper(code)))
			if language != lingua.Unknown && !slices.Contains(known, language) {
				known = append(known, language)
			}
		}
		return lingua.NewLanguageDetectorBuilder().FromLanguages(known...).WithLowAccuracyMode().Build()
	})
	return d
}

// detect returns the language of text, "" if it is too short or unclear.
func (d *languageDetector) detect(text string) string {
	if len(text) > detectBytes {
		text = strings.ToValidUTF8(text[:detectBytes], "")
	}
	if strings.TrimSpace(text) == "" {
		return ""
	}
	if language := d.byFunctionWords(text); language != "" {
		return language
	}
	language, ok := d.statistics().DetectLanguageOf(text)
	if !ok {
		return ""
	}
	return strings.ToLower(language.IsoCode639_1().String())
}

func (d *languageDetector) byFunctionWords(text string) string {
	hits := make([]int, len(functionWords))
	words := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for _, i := range d.byWord[word] {
			hits[i]++
		}
	}
	best := slices.Index(hits, slices.Max(hits))
	for i, n := range hits {
		if i != best && 2*n > hits[best] {
			return ""
		}
	}
	if hits[best] < minFunctionWords || hits[best]*minFunctionShare < words {
		return ""
	}
	return functionWords[best].language
}
