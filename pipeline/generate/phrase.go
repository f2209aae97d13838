package generate

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/skillsgap/skillsgap/data"
)

// phrases holds sentences by the place they are for.
type phrases map[string][]string

// readPhrases reads lines below [place] headings; # starts a comment.
func readPhrases(name string) (phrases, error) {
	text, err := fs.ReadFile(data.Starter, "starter/"+name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	all, place := phrases{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			place = strings.Trim(line, "[]")
		default:
			all[place] = append(all[place], line)
		}
	}
	for _, place := range places {
		if len(all[place]) == 0 {
			return nil, fmt.Errorf("read %s: no phrase for [%s]", name, place)
		}
	}
	return all, nil
}

// places are the headings that every file of phrases must have.
var places = []string{
	"title.suffix", "employer.first", "employer.second", "role", "tasks", "require", "benefits", "benefit", "equal", "contact",
	"task.verb", "task.gerund",
	"require.verb", "require.gerund", "require.noun", "require.language",
	"prefer.verb", "prefer.gerund", "prefer.noun", "prefer.language",
	"course.title", "course.first", "course.second",
	"outcome.verb", "outcome.gerund", "outcome.noun", "outcome.language",
	"programme", "attendance", "disguised", "assessment", "prerequisite", "recognition",
}

// inTurn returns a function that gives the phrases of a place one after the
// other, from any on, so that a text repeats itself as little as it can.
func (p phrases) inTurn(r *rand.Rand) func(place string) string {
	next := r.IntN(1 << 16)
	return func(place string) string {
		next++
		return p[place][next%len(p[place])]
	}
}

// fill replaces {name} in the phrase by its value, names and values taking
// turns in pairs. "de" and "a" before a value give way to a vowel.
func fill(phrase string, pairs ...string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(phrase, "{")
		if !found {
			b.WriteString(phrase)
			return capital(b.String())
		}
		name, rest, _ := strings.Cut(after, "}")
		value := ""
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				value = pairs[i+1]
			}
		}
		b.WriteString(elide(before, value))
		b.WriteString(value)
		phrase = rest
	}
}

func elide(before, value string) string {
	first, _ := utf8.DecodeRuneInString(value)
	first = unicode.ToLower(first)
	if stem, ok := strings.CutSuffix(before, " de "); ok && strings.ContainsRune("aeiouyàâéèêëîïôœù", first) {
		return stem + " d'"
	}
	if stem, ok := strings.CutSuffix(before, " a "); ok && strings.ContainsRune("aeio", first) {
		return stem + " an "
	}
	return before
}

// capital returns the text with its first letter in upper case.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}
