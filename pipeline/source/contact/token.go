package contact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a half-open range of bytes.
type span struct{ start, end int }

// Email returns the span of the first e-mail address in text, also one in
// disguise such as "name (at) host.org". ok is false where there is none.
func Email(text string) (start, end int, ok bool) {
	s, ok := nextAddress(text, 0)
	if !ok {
		s, ok = nextDisguised(text, 0)
	}
	return s.start, s.end, ok
}

// hasToken reports whether text holds a token.
func hasToken(text string) bool {
	_, ok := newScanner(text).next()
	return ok
}

// scanner finds the tokens of a text in order, going through the text once for
// each kind, whatever the number of the others.
type scanner struct {
	text   string
	at     int // what is before is done with
	ahead  [len(searches)]span
	absent [len(searches)]bool // no more of the kind
}

// searches find the first token of a kind at a place or later.
var searches = [...]func(text string, from int) (span, bool){nextAddress, nextDisguised, nextPhone}

func newScanner(text string) *scanner {
	s := &scanner{text: text}
	for i := range s.ahead {
		s.ahead[i].start = -1 // not looked for yet
	}
	return s
}

// next returns the next token.
func (s *scanner) next() (span, bool) {
	best := span{start: len(s.text)}
	found := false
	for i, search := range searches {
		if !s.absent[i] && s.ahead[i].start < s.at {
			tok, ok := search(s.text, s.at)
			s.ahead[i], s.absent[i] = tok, !ok
		}
		if tok := s.ahead[i]; !s.absent[i] && (!found || tok.start < best.start) {
			best, found = tok, true
		}
	}
	s.at = best.end
	return best, found
}

// nextAddress returns the first address with an @ that starts at from or later.
func nextAddress(text string, from int) (span, bool) {
	for i := from; i < len(text); {
		at := strings.IndexByte(text[i:], '@')
		if at < 0 {
			break
		}
		at += i
		if s, ok := addressAround(text[from:], at-from); ok {
			return span{from + s.start, from + s.end}, true
		}
		i = at + 1
	}
	return span{}, false
}

// addressAround widens an @ to the address it stands in. One space on either
// side is allowed if the host has a dot.
func addressAround(text string, at int) (span, bool) {
	start, end := at, at+1
	start = runStart(text, start, isLocal)
	end = runEnd(text, end, isHost)
	spaced := false
	if start == at && start > 0 && text[start-1] == ' ' {
		start, spaced = runStart(text, at-1, isLocal), true
	}
	if end == at+1 && end < len(text) && text[end] == ' ' {
		end, spaced = runEnd(text, at+2, isHost), true
	}
	host := strings.Trim(text[at+1:end], " .-")
	if strings.TrimSpace(text[start:at]) == "" || utf8.RuneCountInString(host) < 2 {
		return span{}, false
	}
	if spaced && !strings.Contains(host, ".") {
		return span{}, false
	}
	return span{start, end}, true
}

func runStart(text string, i int, in func(rune) bool) int {
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if !in(r) {
			break
		}
		i -= n
	}
	return i
}

func runEnd(text string, i int, in func(rune) bool) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !in(r) {
			break
		}
		i += n
	}
	return i
}

func isLocal(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || strings.ContainsRune("._%+-'", r)
}

func isHost(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '.' || r == '-'
}

var disguise = regexp.MustCompile(`[\p{L}\p{N}._%+-]+ *[(\[{] *(?i:at|@|arobase|małpa) *[)\]}] *[\p{L}\p{N}-]+` +
	`(?: *(?:\.|[(\[{] *(?i:dot|punkt|point|kropka) *[)\]}]) *[\p{L}\p{N}-]+)*`)

// nextDisguised finds "name (at) host (dot) org". The regular expression is
// slow, so that a bracket with the right letters is looked for first.
func nextDisguised(text string, from int) (span, bool) {
	for i := from; i < len(text); i++ {
		open := strings.IndexAny(text[i:], "([{")
		if open < 0 {
			break
		}
		i += open
		inside := strings.ToLower(strings.TrimLeft(text[i+1:min(len(text), i+16)], " "))
		if inside == "" || inside[0] != '@' && !strings.HasPrefix(inside, "at") && !strings.HasPrefix(inside, "arob") && !strings.HasPrefix(inside, "ma\u0142") {
			continue
		}
		loc := disguise.FindStringIndex(text[from:])
		if loc == nil {
			break
		}
		return span{from + loc[0], from + loc[1]}, true
	}
	return span{}, false
}
