package generate

import (
	"cmp"
	"math/rand/v2"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// The forms of a label, each with phrases that suit it.
const (
	verbForm     = "verb"     // install heat pump; installer une pompe
	gerundForm   = "gerund"   // installing heat pumps
	nounForm     = "noun"     // circuit diagrams
	languageForm = "language" // English
)

// named is a name of a skill that can stand in a sentence.
type named struct{ text, form string }

// labels holds the names of skills and of occupations by language.
type labels struct {
	skills      map[string][][]named  // by language, then as Taxonomy.Skills; the preferred label first
	occupations map[string][][]string // likewise
}

// newLabels collects the names that are not ambiguous: those of one concept
// only, of a length that fits a sentence.
func newLabels(t *taxonomy.Taxonomy, languages []string) *labels {
	l := &labels{skills: map[string][][]named{}, occupations: map[string][][]string{}}
	for _, language := range languages {
		verbs := firstWords(t, language)
		owners := map[string]int{}
		for i := range t.Skills {
			eachName(t.Skills[i].Labels, language, func(name string) { owners[strings.ToLower(name)]++ })
		}
		names := make([][]named, len(t.Skills))
		for i := range t.Skills {
			s := &t.Skills[i]
			for _, text := range usable(s.Labels, language, t.SkillName(int32(i), language), owners, 2, 7) {
				if f := form(text, language, s, verbs); f != "" || len(names[i]) == 0 {
					names[i] = append(names[i], named{text, cmp.Or(f, nounForm)})
				}
			}
		}
		l.skills[language] = names

		owners = map[string]int{}
		for i := range t.Occupations {
			eachName(t.Occupations[i].Labels, language, func(name string) { owners[strings.ToLower(name)]++ })
		}
		titles := make([][]string, len(t.Occupations))
		for i := range t.Occupations {
			titles[i] = usable(t.Occupations[i].Labels, language, t.OccupationName(int32(i), language), owners, 1, 5)
		}
		l.occupations[language] = titles
	}
	return l
}

// skill draws a name of the skill: most often the preferred label.
func (l *labels) skill(r *rand.Rand, language string, skill int32) named {
	return drawName(r, l.skills[language][skill])
}

// occupation draws a name of the occupation likewise.
func (l *labels) occupation(r *rand.Rand, language string, occupation int32) string {
	return drawName(r, l.occupations[language][occupation])
}

func drawName[T any](r *rand.Rand, names []T) T {
	if r.Float64() < 0.6 {
		return names[0]
	}
	return pick(r, names)
}

// usable returns the preferred name and those other names that belong to no
// other concept and have from least to most words.
func usable(all []taxonomy.Label, language, preferred string, owners map[string]int, least, most int) []string {
	first := plain(preferred)
	names := []string{first}
	eachName(all, language, func(name string) {
		words := len(strings.Fields(name))
		if words >= least && words <= most && owners[strings.ToLower(name)] == 1 &&
			!strings.EqualFold(name, first) && !strings.ContainsAny(name, "/,;:()\"") {
			names = append(names, name)
		}
	})
	return names
}

// eachName calls f with each preferred or alternative name in the language,
// without its remark in brackets.
func eachName(all []taxonomy.Label, language string, f func(string)) {
	for _, l := range all {
		if l.Language == language && l.Kind != taxonomy.Hidden {
			f(plain(l.Text))
		}
	}
}

// plain returns a label without the remark in brackets that tells it from
// others, as in "Java (computer programming)", and with single spaces.
func plain(label string) string {
	if at := strings.LastIndex(label, " ("); at > 0 && strings.HasSuffix(label, ")") {
		label = label[:at]
	}
	return strings.Join(strings.Fields(label), " ")
}

// firstWords returns the words that preferred labels of skills, as against
// knowledge, begin with: in English the verbs among them.
func firstWords(t *taxonomy.Taxonomy, language string) map[string]bool {
	words := map[string]bool{}
	for i := range t.Skills {
		if t.Skills[i].Type == taxonomy.TypeSkill {
			word, _, more := strings.Cut(plain(t.SkillName(int32(i), language)), " ")
			words[strings.ToLower(word)] = more
		}
	}
	return words
}

// form tells how a label can stand in a sentence; "" is not sure.
func form(text, language string, s *taxonomy.Skill, verbs map[string]bool) string {
	word, _, more := strings.Cut(text, " ")
	word = strings.ToLower(word)
	switch {
	case s.Flags&taxonomy.LanguageSkill != 0 && !more:
		return languageForm
	case language == french && more && s.Type != taxonomy.TypeKnowledge && frenchVerb(word):
		return verbForm
	case language == english && more && strings.HasSuffix(word, "ing"):
		return gerundForm
	case language == french || s.Type == taxonomy.TypeKnowledge || !more:
		return nounForm
	case verbs[word]:
		return verbForm
	case strings.Contains(text, "ion of "):
		return nounForm // installation of heat pumps
	}
	return ""
}

func frenchVerb(word string) bool {
	word = strings.TrimPrefix(strings.ReplaceAll(word, "’", "'"), "s'")
	for _, ending := range []string{"er", "ir", "re"} {
		if strings.HasSuffix(word, ending) && len(word) > 4 {
			return true
		}
	}
	return word == "se" || word == "être" || word == "lire" || word == "dire"
}
