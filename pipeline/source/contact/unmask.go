package contact

import (
	"html"
	"regexp"
	"strings"
)

// maxEscapes is how often a text may have been escaped as HTML.
const maxEscapes = 4

// Unmask undoes what hides a token from [Remove], [Email] and [Phone]: entities
// of HTML, escaped several times or not, @ and + in the encoding of URLs,
// full-width forms, characters without width, and "name at host dot org".
func Unmask(text string) string {
	for range maxEscapes {
		if strings.IndexByte(text, '&') < 0 {
			break
		}
		shown := html.UnescapeString(text)
		if shown == text {
			break
		}
		text = shown
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 && show(r) != r }) {
		text = strings.Map(show, text)
	}
	if strings.Contains(text, "%40") {
		text = encodedAt.ReplaceAllString(text, "$1@$2")
	}
	if strings.Contains(text, "%2") {
		text = encodedPlus.ReplaceAllString(text, "+$1")
	}
	if strings.Contains(text, " dot ") {
		text = spoken.ReplaceAllStringFunc(text, func(s string) string {
			return strings.ReplaceAll(strings.Replace(s, " at ", "@", 1), " dot ", ".")
		})
	}
	return text
}

var (
	encodedAt   = regexp.MustCompile(`([\p{L}\p{N}._-])%40([\p{L}\p{N}])`)
	encodedPlus = regexp.MustCompile(`%2[Bb](\d)`)
	spoken      = regexp.MustCompile(`[\p{L}\p{N}._+-]+ at [\p{L}\p{N}-]+(?: dot [\p{L}\p{N}-]+)+`)
)

// show maps full-width forms to the plain ones, and drops what has no width.
func show(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xfee0
	case r >= 0x200b && r <= 0x200d, r == 0x2060, r == 0xfeff, r == 0x00ad:
		return -1
	}
	return r
}
