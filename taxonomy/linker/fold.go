package linker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxTokenBytes bounds the tokens that are looked up. A longer run of letters is
// in no taxonomy; it keeps its place in the text and matches nothing.
const maxTokenBytes = 64

// fold appends the normal form of a written word to buf[:0]: compatibility
// composed (NFKC), case folded, without hyphens and invisible characters. The
// form of a word that is too long is empty.
func fold(buf []byte, word string) []byte {
	buf = buf[:0]
	if len(word) > maxTokenBytes {
		return buf
	}
	if word == "&" {
		return append(buf, "and"...)
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return foldUnicode(buf[:0], word)
		case c-'A' < 26:
			buf = append(buf, c+'a'-'A')
		case c != '-':
			buf = append(buf, c)
		}
	}
	return buf
}

func foldUnicode(buf []byte, word string) []byte {
	if note, ok := strings.CutSuffix(word, "♯"); ok {
		word = note + "#"
	}
	form := norm.NFKC.String(cases.Fold().String(norm.NFKC.String(word)))
	for _, r := range form {
		if inWord(r) || r == '#' || r == '+' || r == '.' {
			buf = utf8.AppendRune(buf, r)
		}
	}
	return buf
}

// inWord says whether the rune is part of the normal form of words.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func asciiWord(c byte) bool { return c-'a' < 26 || c-'A' < 26 || c-'0' < 10 }

// letterCase is how the letters of a word are written.
type letterCase uint8

const (
	lowerCase letterCase = iota // no capital
	titleCase                   // first letter a capital, then small ones
	upperCase                   // only capitals
	mixedCase                   // anything else, as GPs or iOS
)

func caseOf(word string) letterCase {
	upper, lower, first := 0, 0, false
	for i, r := range word {
		switch {
		case unicode.IsUpper(r):
			upper++
			first = first || i == 0
		case unicode.IsLower(r):
			lower++
		}
	}
	switch {
	case upper == 0:
		return lowerCase
	case lower == 0:
		return upperCase
	case upper == 1 && first:
		return titleCase
	}
	return mixedCase
}
