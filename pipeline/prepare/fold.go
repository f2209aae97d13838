package prepare

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns s as a key of comparison: small letters without diacritics,
// words parted by single spaces, & as and.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range decompose(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			writeFolded(&b, unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			// marks and apostrophes part no words
		case r == '&':
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString("and")
			space = true
		default:
			space = true
		}
	}
	return b.String()
}

func decompose(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFD.String(s)
		}
	}
	return s
}

// writeFolded writes the letters that have no decomposition in Unicode by
// their usual transcription.
func writeFolded(b *strings.Builder, r rune) {
	switch r {
	case 'ł':
		b.WriteByte('l')
	case 'ø':
		b.WriteByte('o')
	case 'đ':
		b.WriteByte('d')
	case 'ı':
		b.WriteByte('i')
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	default:
		b.WriteRune(r)
	}
}
