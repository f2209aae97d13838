package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxSentence = 420 // bytes; what is longer is not one sentence
	shortRest   = 90  // bytes left of a line with a token that go with it
	window      = 160 // bytes before a token in which a lead-in belongs to it
)

// Remove returns text without contact details of persons. Lines that are left
// empty are gone; other lines keep their order. The result holds no e-mail
// address and no telephone number that [Email] or [Phone] would find.
func Remove(text string) string {
	text = removeOnce(text)
	for hasToken(text) { // what is left may have come together as a new one
		cleaned := removeOnce(text)
		if cleaned == text {
			return RemoveTokens(text)
		}
		text = cleaned
	}
	return text
}

func hasToken(text string) bool {
	_, ok := nextToken(text)
	return ok
}

// RemoveTokens returns text without e-mail addresses and telephone numbers;
// the words around them stay.
func RemoveTokens(text string) string {
	for tok, ok := nextToken(text); ok; tok, ok = nextToken(text) {
		text = strings.TrimSpace(text[:tok.start]) + " " + strings.TrimSpace(text[tok.end:])
	}
	return strings.TrimSpace(text)
}

func removeOnce(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	block := 0 // lines that may still belong to a contact block
	for _, line := range lines {
		cleaned, tokens := cleanLine(line)
		if isTitledLine(cleaned) {
			cleaned, tokens = "", true
		}
		switch {
		case block > 0 && (tokens || inBlock(line)):
			block--
			continue
		case endsInLeadIn(cleaned):
			block = maxBlock
			cleaned = dropLast(cleaned)
		default:
			block = 0
		}
		if tokens && cleaned == "" && len(kept) > 0 && isPersonLine(kept[len(kept)-1]) {
			kept = kept[:len(kept)-1]
		}
		if cleaned != "" || line == "" {
			kept = append(kept, cleaned)
		}
	}
	return strings.Join(kept, "\n")
}

func inBlock(line string) bool {
	return strings.TrimSpace(line) == "" || blockLabel.MatchString(line) || isPersonLine(line)
}

func isPersonLine(line string) bool {
	return len(line) <= maxPersonLine && !strings.HasSuffix(strings.TrimSpace(line), ":") && personLine.MatchString(line)
}

// cleanLine applies rules 1 to 3 to a line and reports whether it held an
// e-mail address or telephone number.
func cleanLine(line string) (cleaned string, tokens bool) {
	if nextLead(line, 0) < 0 && !startsWithN(line) && !hasToken(line) {
		return line, false
	}
	var b strings.Builder
	for _, s := range sentences(line) {
		tok, found := nextToken(s)
		switch {
		case found && len(s) > maxSentence:
			tokens = true
			b.WriteString(cutWindows(s, tok))
		case found:
			tokens = true
		case namesPerson(s):
			if len(s) > maxSentence {
				b.WriteString(cutPerson(s))
			}
		default:
			b.WriteString(s)
		}
	}
	cleaned = strings.TrimSpace(b.String())
	if tokens && len(cleaned) <= shortRest {
		cleaned = ""
	}
	return cleaned, tokens
}

func nextToken(s string) (span, bool) {
	email, okEmail := nextEmail(s)
	phone, okPhone := nextPhone(s)
	if okEmail && (!okPhone || email.start <= phone.start) {
		return email, true
	}
	return phone, okPhone
}

// cutWindows takes the tokens out of s, each with the words before it from the
// last lead-in or capitalised name on.
func cutWindows(s string, tok span) string {
	var b strings.Builder
	for ok := true; ok; tok, ok = nextToken(s) {
		before := s[:tok.start]
		near := len(before) - len(lastBytes(before, window))
		cut := tok.start
		if lead, ok := findLeadIn(before[near:]); ok {
			cut = near + lead.start
		} else if loc := personLine.FindStringIndex(lastBytes(before, window/4)); loc != nil {
			cut = len(before) - len(lastBytes(before, window/4)) + loc[0]
		}
		b.WriteString(s[:cut])
		b.WriteByte(' ')
		s = s[tok.end:]
	}
	b.WriteString(s)
	return b.String()
}

// cutPerson takes lead-in and name out of s; of a text that is labels and
// names from its beginning nothing is left.
func cutPerson(s string) string {
	lead, ok := findLeadIn(s)
	if !ok {
		return ""
	}
	end := lead.end
	if person := personAfter.FindStringIndex(s[end:]); person != nil {
		end += person[1]
	}
	return s[:lead.start] + " " + s[end:]
}

// dropLast returns line without its last sentence.
func dropLast(line string) string {
	all := sentences(line)
	return strings.TrimSpace(strings.Join(all[:len(all)-1], ""))
}

// sentences splits a line after . ! or ? where a space and no small letter
// follows. A full stop after an abbreviation ends no sentence. The parts
// joined are the line.
func sentences(line string) []string {
	var parts []string
	start := 0
	for i := 0; i+1 < len(line); i++ {
		if c := line[i]; c != '.' && c != '!' && c != '?' || line[i+1] != ' ' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[i+1:], " "))
		if unicode.IsLower(next) || line[i] == '.' && abbreviations[lastWord(line[start:i])] {
			continue
		}
		parts = append(parts, line[start:i+1])
		start = i + 1
	}
	return append(parts, line[start:])
}

func lastWord(s string) string {
	return strings.ToLower(s[runStart(s, len(s), func(r rune) bool { return unicode.IsLetter(r) || r == '.' }):])
}

var abbreviations = map[string]bool{
	"dr": true, "mr": true, "mrs": true, "ms": true, "prof": true, "st": true, "tel": true, "ext": true, "no": true,
	"nr": true, "e.g": true, "i.e": true, "hr": true, "fr": true, "ul": true, "dott": true, "sig": true, "sr": true, "sra": true,
	"mme": true, "dhr": true, "mevr": true, "inż": true, "mgr": true, "t": true, "m": true, "e": true, "approx": true,
}
