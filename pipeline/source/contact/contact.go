package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxSentence = 420 // bytes; what is longer is not one sentence
	window      = 160 // bytes before a token in which a lead-in belongs to it
)

// maxPasses is how often a text is gone through. Only a text made for it needs
// more: what was taken out of it brought other tokens together.
const maxPasses = 8

// Remove returns text without contact details of persons. Lines that are left
// empty are gone; other lines keep their order. The result holds no e-mail
// address and no telephone number that [Email] or [Phone] would find.
func Remove(text string) string {
	text = removeOnce(text)
	for range maxPasses {
		if !hasToken(text) {
			return text
		}
		text = removeOnce(text)
	}
	return RemoveTokens(text)
}

// RemoveTokens returns text without e-mail addresses and telephone numbers;
// the words around them stay.
func RemoveTokens(text string) string {
	for range maxPasses {
		if !hasToken(text) {
			return strings.TrimSpace(text)
		}
		text = cutTokens(text)
	}
	return strings.TrimSpace(strings.Map(dropSigns, text))
}

// cutTokens takes out the tokens that it finds going through text once.
func cutTokens(text string) string {
	var b strings.Builder
	add := func(piece string) {
		if piece = strings.TrimSpace(piece); piece != "" && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(piece)
	}
	end := 0
	for tokens := newScanner(text); ; {
		tok, ok := tokens.next()
		if !ok {
			add(text[end:])
			return b.String()
		}
		add(text[end:tok.start])
		end = tok.end
	}
}

// dropSigns drops what every token has one of.
func dropSigns(r rune) rune {
	if r >= '0' && r <= '9' || strings.ContainsRune("@([{", r) {
		return -1
	}
	return r
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
		case block > 0 && (tokens && cleaned == "" || inBlock(line)):
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
		found := hasToken(s)
		switch {
		case found && len(s) > maxSentence:
			tokens = true
			b.WriteString(cutWindows(s))
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
	if tokens && (onlyPerson.MatchString(cleaned) || onlyLabels.MatchString(cleaned)) {
		cleaned = ""
	}
	return cleaned, tokens
}

// cutWindows takes the tokens out of s, each with the words before it from the
// last lead-in or capitalised name on.
func cutWindows(s string) string {
	var b strings.Builder
	end := 0
	for tokens := newScanner(s); ; {
		tok, ok := tokens.next()
		if !ok {
			b.WriteString(s[end:])
			return b.String()
		}
		before := s[end:tok.start]
		near := len(before) - len(lastBytes(before, window))
		cut := len(before)
		if lead, ok := findLeadIn(before[near:]); ok {
			cut = near + lead.start
		} else if loc := personLine.FindStringIndex(lastBytes(before, window/4)); loc != nil {
			cut = len(before) - len(lastBytes(before, window/4)) + loc[0]
		}
		b.WriteString(before[:cut])
		b.WriteByte(' ')
		end = tok.end
	}
}

// cutPerson takes lead-in and name out of s; of a text that is labels and
// names from its beginning nothing is left.
func cutPerson(s string) string {
	s = directContact.ReplaceAllString(s, " ")
	lead, ok := findLeadIn(s)
	if !ok {
		if nameLabel.MatchString(s) {
			return ""
		}
		return s
	}
	person := personAfter.FindStringIndex(s[lead.end:])
	if person == nil {
		return s
	}
	return s[:lead.start] + " " + s[lead.end+person[1]:]
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
