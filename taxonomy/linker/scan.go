package linker

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a word of a text as the scanner cuts it: where it lies, how it is
// written, and what stands before it.
type piece struct {
	start, end  int  // half-open bytes in the text
	newSentence bool // the first piece of a sentence, line or bullet
	broken      bool // a comma, colon, slash, bracket or quote stands before it
	letters     letterCase
}

// scanner cuts a text into pieces. A piece is a run of letters, digits and
// marks; c++, c#, f#, .net and & are whole pieces, and a hyphen joins a short
// prefix with its word (co-ordinate, e-learning). Pieces begin and end between
// runes, whatever the bytes of the text.
type scanner struct {
	text    string
	at      int
	ended   bool // a sentence ended since the last piece
	broken  bool
	started bool // a piece was returned
}

// next returns the next piece; false at the end of the text.
func (s *scanner) next() (piece, bool) {
	for s.at < len(s.text) {
		r, size := s.rune(s.at)
		switch {
		case r == '.' && dotNet(s.text[s.at:]):
			return s.take(s.at + len(".net")), true
		case r == '&':
			return s.take(s.at + size), true
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			s.separator(r)
			s.at += size
		case s.possessive(r):
			s.at += size
		default:
			return s.take(s.wordEnd(s.at)), true
		}
	}
	return piece{}, false
}

func (s *scanner) rune(at int) (rune, int) {
	if c := s.text[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[at:])
}

// take makes the piece from the current place to end.
func (s *scanner) take(end int) piece {
	p := piece{start: s.at, end: end, newSentence: s.ended || !s.started, broken: s.broken, letters: caseOf(s.text[s.at:end])}
	s.at, s.ended, s.broken, s.started = end, false, false, true
	return p
}

// wordEnd returns where the word that starts at from ends.
func (s *scanner) wordEnd(from int) int {
	end := s.runEnd(from)
	word, rest := s.text[from:end], s.text[end:]
	switch {
	case len(word) == 1 && strings.HasPrefix(rest, "++"):
		return end + len("++")
	case len(word) == 1 && strings.HasPrefix(rest, "#"):
		return end + len("#")
	case len(word) == 1 && strings.HasPrefix(rest, "♯"):
		return end + len("♯")
	case len(rest) > 1 && rest[0] == '-' && joinsNext(word):
		if r, _ := s.rune(end + 1); unicode.IsLetter(r) {
			return s.runEnd(end + 1)
		}
	}
	return end
}

// runEnd returns the end of the run of letters, digits, marks and invisible
// format characters (soft hyphens, joiners) that starts at from.
func (s *scanner) runEnd(from int) int {
	end := from
	for end < len(s.text) {
		r, size := s.rune(end)
		if r < utf8.RuneSelf && !asciiWord(byte(r)) || r >= utf8.RuneSelf && !inWord(r) && !unicode.Is(unicode.Cf, r) {
			break
		}
		end += size
	}
	return end
}

// possessive says whether the letter at the current place is the s of "nurse's"
// or the t of "don't": no word of its own.
func (s *scanner) possessive(r rune) bool {
	if (r != 's' && r != 't') || s.runEnd(s.at) != s.at+1 {
		return false
	}
	before := s.text[:s.at]
	for _, mark := range []string{"'", "’"} {
		if owner, ok := strings.CutSuffix(before, mark); ok {
			last, _ := utf8.DecodeLastRuneInString(owner)
			return unicode.IsLetter(last)
		}
	}
	return false
}

// separator notes what the separating rune at the current place means.
func (s *scanner) separator(r rune) {
	switch r {
	case '\n', '\r', '\v', '\f', '\t', '\u2028', '\u2029', ';', '|', '*', '•', '·', '▪', '●', '■', '◦', '‣', '\uf0b7':
		s.ended = true
	case '.', '!', '?', '…', '。':
		s.ended = s.ended || s.stops()
	case ',', ':', '/', '(', ')', '[', ']', '{', '}', '<', '>', '"', '“', '”', '«', '»', '–', '—':
		s.broken = true
	}
}

// stops says whether the full stop at the current place ends a sentence: what
// follows is not a small letter, and it is no dot inside a name (node.js).
func (s *scanner) stops() bool {
	_, size := s.rune(s.at)
	rest := s.text[s.at+size:]
	if len(rest) > maxTokenBytes {
		rest = rest[:maxTokenBytes] // enough to see; a text of full stops must not cost its square
	}
	trimmed := strings.TrimLeft(rest, " \u00a0\"”’')")
	if trimmed == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(trimmed)
	if unicode.IsLower(next) {
		return false
	}
	if len(trimmed) < len(rest) {
		return true
	}
	// No space: "the team.Also" ends a sentence, "ASP.NET" and "3.5" do not.
	before, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	return unicode.IsLower(before) && unicode.IsUpper(next)
}

// joinsNext says whether a hyphen after the word belongs to a compound that is
// as often written in one word.
func joinsNext(word string) bool {
	switch strings.ToLower(word) {
	case "agri", "anti", "bi", "bio", "co", "cyber", "e", "electro", "geo", "inter", "macro", "micro", "multi",
		"nano", "neuro", "on", "psycho", "re", "tele", "un", "well":
		return true
	}
	return false
}

// dotNet says whether the text starts with the name .net.
func dotNet(text string) bool {
	const name = ".net"
	return len(text) >= len(name) && strings.EqualFold(text[:len(name)], name) &&
		(len(text) == len(name) || !asciiWord(text[len(name)]) && text[len(name)] < utf8.RuneSelf)
}
