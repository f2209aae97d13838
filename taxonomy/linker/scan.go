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
	colon       bool // a colon does
	letters     letterCase
}

// scanner cuts a text into pieces. A piece is a run of letters, digits and
// marks; c++, c#, f#, .net and & are whole pieces, and a hyphen joins a short
// prefix with its word (co-ordinate, e-learning). Pieces begin and end between
// runes, whatever the bytes of the text. Marks of list items, as bullets and 2),
// end a sentence and are no pieces.
type scanner struct {
	text    string
	at      int
	ended   bool // a sentence ended since the last piece
	broken  bool
	colon   bool // a colon stood since the last piece
	started bool // a piece was returned
	bracket bool // inside round brackets
	dashes  bool // the line is a list whose items begin with dashes
}

// next returns the next piece; false at the end of the text, with what stands
// before the end.
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
		case s.numbers():
			s.ended = true
			s.at = s.at + strings.IndexByte(s.text[s.at:], ')') + 1
		default:
			return s.take(s.wordEnd(s.at)), true
		}
	}
	return piece{colon: s.colon}, false
}

func (s *scanner) rune(at int) (rune, int) {
	if c := s.text[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[at:])
}

// take makes the piece from the current place to end.
func (s *scanner) take(end int) piece {
	p := piece{start: s.at, end: end, newSentence: s.ended || !s.started, broken: s.broken, colon: s.colon, letters: caseOf(s.text[s.at:end])}
	s.at, s.ended, s.broken, s.colon, s.started = end, false, false, false, true
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

// numbers says whether the current place is that of a number or letter that
// begins an item of a list: 1) or b).
func (s *scanner) numbers() bool {
	rest := s.text[s.at:]
	end := 0
	for end < min(2, len(rest)) && rest[end]-'0' < 10 {
		end++
	}
	if end == 0 && asciiWord(rest[0]) {
		end = 1
	}
	return 0 < end && end < len(rest) && rest[end] == ')' && !s.bracket && s.afterSpace()
}

// afterSpace says whether the current place is the first of a word.
func (s *scanner) afterSpace() bool {
	before, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	return s.at == 0 || unicode.IsSpace(before)
}

// separator notes what the separating rune at the current place means.
func (s *scanner) separator(r rune) {
	switch r {
	case '\n', '\r', '\v', '\f', '\u2028', '\u2029':
		s.ended, s.dashes, s.bracket = true, false, false
	case '\t', ';', '|':
		s.ended = true
	case '.', '!', '?', '…', '。':
		s.ended = s.ended || s.stops()
	case '-', '–', '—':
		s.dash(r)
	case '*', '·':
		s.ended = s.ended || !s.between(unicode.IsLetter, unicode.IsLetter) // Kolleg*innen is one
	case ':':
		s.broken, s.colon = true, true
		s.ended = s.ended || s.between(unicode.IsLower, unicode.IsUpper)
	case ')':
		s.broken, s.bracket = true, false
		s.ended = s.ended || s.between(unicode.IsLower, unicode.IsUpper)
	case '(':
		s.broken, s.bracket = true, true
	case ',', '/', '[', ']', '{', '}', '<', '>', '"', '“', '”', '«', '»':
		s.broken = true
	default:
		s.ended = s.ended || bulletLike(r)
	}
}

// dash notes a dash: it begins an item of a list at the head of a line or below a
// colon, and from then on in the line; between spaces it is like a comma.
func (s *scanner) dash(r rune) {
	if r != '-' || s.afterSpace() {
		s.broken = true
	}
	if s.afterSpace() && (s.ended || s.colon || s.dashes || !s.started) {
		s.ended, s.dashes = true, true
	}
}

// between says whether the rune at the current place stands right between two
// such runes.
func (s *scanner) between(before, after func(rune) bool) bool {
	_, size := s.rune(s.at)
	last, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	next, _ := utf8.DecodeRuneInString(s.text[s.at+size:])
	return before(last) && after(next)
}

// bulletLike says whether the rune is a sign that lists use for a bullet:
// arrows, shapes, ticks, pictures, and the private signs of symbol fonts.
func bulletLike(r rune) bool {
	switch {
	case r < '\u2020':
		return false
	case r <= '\u2023', r == '\u2043', r == '\u2219', r >= '\u2190' && r <= '\u21ff', r >= '\u25a0' && r <= '\u27bf', r >= '\u2b00' && r <= '\u2bff':
		return true
	}
	return r >= '\uf000' && r <= '\uf0ff' || r >= '\U0001f300' && r <= '\U0001faff'
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
		return !s.abbreviates(trimmed)
	}
	// No space: "the team.Also" ends a sentence, "ASP.NET" and "3.5" do not.
	return s.between(unicode.IsLower, unicode.IsUpper)
}

// abbreviates says whether the full stop is that of an abbreviation before a
// number or a single capital: min. 3, kat. B. A and I are words.
func (s *scanner) abbreviates(next string) bool {
	single := next[0]-'B' < 25 && next[0] != 'I' && (len(next) == 1 || !asciiWord(next[1]) && next[1] < utf8.RuneSelf)
	if !single && next[0]-'0' >= 10 {
		return false
	}
	letters, at := 0, s.at
	for at > 0 && letters <= 3 {
		r, size := utf8.DecodeLastRuneInString(s.text[:at])
		if !unicode.IsLower(r) {
			break
		}
		letters, at = letters+1, at-size
	}
	return letters == 2 || letters == 3
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
