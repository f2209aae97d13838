package taxonomy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind is the kind of concept of a Hit.
type Kind string

// The kinds of concept that Search finds.
const (
	KindSkill      Kind = "skill"
	KindGroup      Kind = "group"
	KindOccupation Kind = "occupation"
)

// Hit is a concept that Search found, with the label that matched best.
type Hit struct {
	URI             string
	Kind            Kind
	Label, Language string
	Score           float64 // in (0, 1], for ordering only
}

// Scores by the way a label matches. For prefix and word matches up to 0.1 is
// added by how much of the label the text covers, and bonusWhole if it matches
// whole words.
const (
	scorePreferred   = 1
	scoreAlternative = 0.9
	scorePrefix      = 0.6
	scoreWords       = 0.3
	bonusWhole       = 0.1
)

// Search returns the n concepts whose labels match the text best, best first;
// case and diacritics do not count. An exact preferred label comes before an
// exact alternative one, then labels that begin with the text, then labels that
// have, for every word of the text, a word beginning with it; whole words come
// before beginnings of words. Language "" looks at every language.
func (t *Taxonomy) Search(text, language string, n int) []Hit {
	q := query{text: fold(strings.TrimSpace(text)), language: language}
	q.words = strings.FieldsFunc(q.text, notWord)
	if len(q.words) == 0 || n <= 0 {
		return nil
	}
	for i := range t.Skills {
		q.look(t.Skills[i].URI, KindSkill, t.Skills[i].Labels)
	}
	for i := range t.SkillGroups {
		q.look(t.SkillGroups[i].URI, KindGroup, t.SkillGroups[i].Labels)
	}
	for i := range t.Occupations {
		q.look(t.Occupations[i].URI, KindOccupation, t.Occupations[i].Labels)
	}
	slices.SortFunc(q.hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Label, b.Label), cmp.Compare(a.URI, b.URI))
	})
	return q.hits[:min(n, len(q.hits))]
}

// query is one search: what is looked for and what is found so far.
type query struct {
	text, language string
	words          []string
	hits           []Hit
}

// look adds the concept to the hits if one of its labels matches.
func (q *query) look(uri string, kind Kind, labels []Label) {
	best := Hit{URI: uri, Kind: kind}
	for _, l := range labels {
		if q.language != "" && l.Language != q.language {
			continue
		}
		if score := q.score(l); score > best.Score {
			best.Score, best.Label, best.Language = score, l.Text, l.Language
		}
	}
	if best.Score > 0 {
		q.hits = append(q.hits, best)
	}
}

func (q *query) score(l Label) float64 {
	label := fold(l.Text)
	covered := 0.1 * float64(len(q.text)) / float64(max(len(q.text), len(label)))
	rest, prefix := strings.CutPrefix(label, q.text)
	switch {
	case prefix && rest == "" && l.Kind == Preferred:
		return scorePreferred
	case prefix && rest == "":
		return scoreAlternative
	case prefix && strings.IndexFunc(rest, notWord) == 0:
		return scorePrefix + bonusWhole + covered
	case prefix:
		return scorePrefix + covered
	}
	switch found, whole := q.findWords(label); {
	case whole:
		return scoreWords + bonusWhole + covered
	case found:
		return scoreWords + covered
	}
	return 0
}

// findWords tells whether every word of the text begins a word of the label, and
// whether every one is a word of the label.
func (q *query) findWords(label string) (found, whole bool) {
	words := strings.FieldsFunc(label, notWord)
	whole = true
	for _, want := range q.words {
		begins := func(w string) bool { return strings.HasPrefix(w, want) }
		if !slices.ContainsFunc(words, begins) {
			return false, false
		}
		whole = whole && slices.Contains(words, want)
	}
	return true, whole
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// fold lowers the text and takes its diacritics away.
func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	var folded strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			folded.WriteRune(unicode.ToLower(r))
		}
	}
	return folded.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
