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
	s, ok := nextEmail(text)
	return s.start, s.end, ok
}

func nextEmail(text string) (span, bool) {
	for i := 0; i < len(text); {
		at := strings.IndexByte(text[i:], '@')
		if at < 0 {
			break
		}
		at += i
		if s, ok := addressAround(text, at); ok {
			return s, true
		}
		i = at + 1
	}
	return disguised(text)
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

// disguised finds "name (at) host (dot) org". The regular expression is slow,
// so that a bracket with the right letters is looked for first.
func disguised(text string) (span, bool) {
	if !strings.ContainsAny(text, "([{") {
		return span{}, false
	}
	for i := range len(text) - 3 {
		if c := text[i]; c != '(' && c != '[' && c != '{' {
			continue
		}
		inside := strings.ToLower(strings.TrimLeft(text[i+1:min(len(text), i+16)], " "))
		if inside == "" || inside[0] != '@' && !strings.HasPrefix(inside, "at") && !strings.HasPrefix(inside, "arob") && !strings.HasPrefix(inside, "ma\u0142") {
			continue
		}
		if loc := disguise.FindStringIndex(text); loc != nil {
			return span{loc[0], loc[1]}, true
		}
		return span{}, false
	}
	return span{}, false
}
