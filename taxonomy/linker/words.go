package linker

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// wordFiles holds the function and cue words of each language and the spelling
// rules of English.
//
//go:embed words/*.txt
var wordFiles embed.FS

// class is what part a word plays; the values are bits, for "no" is a function
// word and a negator.
type class uint32

const (
	article     class = 1 << iota // skipped: "manage a team" is "manage the team"
	function                      // no content of its own
	conjunction                   // a function word that lists: and, or
	negator                       // no, without
	bridge                        // may stand between a negator and what it negates
	needless                      // "required" in "is not required"
	lifts                         // lifts a negation: "not only", "not required but"
	setting                       // makes the name before it a place or a person: a surgery ward
	belongs                       // the of in "Department of Surgery"
	asking                        // experience, knowledge, required: the sentence asks for something
	employer                      // we, our: at its head, the sentence speaks of the employer
	address                       // you, candidate: the sentence speaks of the worker all the same
	grade                         // in a job title: senior, band, bank
	light                         // a verb that adds nothing to its object: use, perform
	proper                        // in small letters an everyday word, with a capital the name of a product or a language: Ruby
	duty                          // at the head of a sentence, a thing to do: manage, ensure
	opener                        // begins an item of a list, where it has a capital inside a line: Experience
	endsInS                       // computed: an English plural or third person
)

// classNames are the classes as words/*.txt write them.
func classNames() map[string]class {
	return map[string]class{
		"article": article, "function": function, "conjunction": function | conjunction,
		"negator": negator, "bridge": bridge, "needless": needless, "lifts": lifts,
		"setting": setting, "belongs": belongs, "asking": asking, "employer": employer, "address": address, "grade": grade,
		"light": light, "proper": proper, "duty": duty, "opener": opener,
	}
}

// loadClasses reads words/<language>.txt: a class per line, then its words. The
// lines of cues are for loadCues. A language without a file has no function
// words; idf must do there.
func loadClasses(language string) (map[string]class, error) {
	classes := map[string]class{}
	file, err := wordFiles.ReadFile("words/" + language + ".txt")
	if err != nil {
		return classes, nil // the files are embedded: there is none
	}
	names, cues := classNames(), cueNames()
	for line := range strings.Lines(string(file)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" || cues[fields[0]] != 0 {
			continue
		}
		bit, ok := names[fields[0]]
		if !ok {
			return nil, fmt.Errorf("read words/%s.txt: unknown class %q", language, fields[0])
		}
		for _, w := range fields[1:] {
			classes[w] |= bit
		}
	}
	return classes, nil
}

// speller gives words their American spelling.
type speller struct {
	starts, insides []spelling
}

// spelling replaces british by american in words where it begins at byte from or
// later.
type spelling struct {
	british, american string
	from              int
}

// newSpeller reads words/american.txt.
func newSpeller() (*speller, error) {
	const path = "words/american.txt"
	file, err := wordFiles.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	s := &speller{}
	for line := range strings.Lines(string(file)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
		case len(f) == 3 && f[0] == "start":
			s.starts = append(s.starts, spelling{british: f[1], american: f[2]})
		case len(f) == 4 && f[0] == "inside":
			from, err := strconv.Atoi(f[3])
			if err != nil {
				return nil, fmt.Errorf("read %s: line %q: %w", path, line, err)
			}
			s.insides = append(s.insides, spelling{british: f[1], american: f[2], from: from})
		default:
			return nil, fmt.Errorf("read %s: line %q has another form", path, line)
		}
	}
	return s, nil
}

// american gives the American spelling of a folded English word, so that both
// spellings of one word become one.
func (s *speller) american(word string) string {
	if len(word) < 5 {
		return word
	}
	for _, r := range s.starts {
		if rest, ok := strings.CutPrefix(word, r.british); ok {
			word = r.american + rest
			break
		}
	}
	for _, r := range s.insides {
		i := strings.Index(word, r.british)
		// supervise and precise keep the s that they share with supervision and precision.
		if i >= r.from && (r.british[0] != 'i' || word[i-1] != 'v' && word[i-1] != 'c') {
			return word[:i] + r.american + word[i+len(r.british):]
		}
	}
	return word
}
