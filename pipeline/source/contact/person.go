package contact

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	title = `(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Matron|Herrn?|Frau|Pan|Pani|Panem|Panią|Pana|Mme|Mlle|Monsieur|Madame|Sra?|Señora?|Dhr|Mevr|Mevrouw|Sig|Signora?|Dott)\b\.?`
	word  = `\p{Lu}[\p{L}'’.-]+`
	// name is a title with a word, or two to four capitalised words.
	name = `(?:` + title + `\s+(?:` + word + `)|` + word + `\s+(?:(?:de|van|von|der|la|da|di|el|al|O)\s+)*` + word + `)`
)

var (
	// A lead-in asks the reader to get in touch. "contact" alone is no lead-in:
	// contact centres and first points of contact are work.
	leadIn = regexp.MustCompile(`(?i)(?:please\s+(?:do\s+not\s+hesitate\s+to\s+|feel\s+free\s+to\s+)?(?:contact(?:ing)?|call|ring|phone|telephone|e-?mail|speak|get\s+in\s+touch)` +
		`|(?:details?|information|informal\p{L}*|visit(?:s|ing)?|arrangements?|discuss(?:ion)?|chat|conversation|enquir\p{L}+|quer(?:y|ies)|questions?|interested|look\s+around|opportunity|post|role)\b[^.:\n]*?\b(?:contact(?:ing)?|call|ring|phone|telephone|e-?mail|speak\s+(?:to|with)|get\s+in\s+touch\s+with|made\s+to|obtained\s+from|directed\s+to)\b` +
		`|\bcontacted\s+by\b|\benquiries\s+to\b` +
		`|\b(?:contact\s*(?:person|name|details)?|recruiter|recruiting\s+manager|hiring\s+manager|line\s+manager):` +
		`|\bansprechpartner\p{L}*|\bkontaktperson\p{L}*|\bosob\p{L}\s+kontaktow\p{L}|\bkontakt\s*:|\bkontakt\p{L}*\s+(?:telefoniczn\p{L}\s+)?(?:z|mit|an)\b` +
		`|\b(?:veuillez|merci\s+de)\s+contacter|\bcontactez\b|\bcontact\s+opnemen\s+met|\bcontactar\s+con|\bcontattare\b)`)

	personAfter = regexp.MustCompile(`^[^.\n]*?` + name)
	nameLabel   = regexp.MustCompile(`^\s*(?:Name|Nom|Nombre|Imię)\s*:?\s*` + word + `.{0,60}(?:Job\s*title|E-?mail|Tel|Phone|Additional)`)
	blockLabel  = regexp.MustCompile(`(?i)^\s*(?:name|job\s*title|position|e-?mail|tel|telephone|phone|mobile|fax|ext|contact|additional\s+contact|secretary|pa\b|or\b|and\b|nom|t[ée]l|courriel|telefon|telefonnummer)`)
	titledLine  = regexp.MustCompile(`^\s*(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Dhr|Mevr|Mevrouw|Signora?|Dott)\b\.?\s+` + word)
	personLine  = regexp.MustCompile(`^\s*(?:[-–•*]\s*)?` + name)
)

// A block and the lines in it are short.
const (
	maxPersonLine = 110 // bytes
	maxBlock      = 10  // lines
)

// leadInEnd returns the end of the first lead-in in s, or -1.
func leadInEnd(s string) int {
	if !mayLead(s) {
		return -1
	}
	if loc := leadIn.FindStringIndex(s); loc != nil {
		return loc[1]
	}
	return -1
}

// namesPerson reports whether s leads in to a person's name.
func namesPerson(s string) bool {
	if startsWithN(s) && nameLabel.MatchString(s) {
		return true
	}
	if !mayLead(s) || !mayName(s) {
		return false
	}
	end := leadInEnd(s)
	return end >= 0 && personAfter.MatchString(s[end:])
}

// endsInLeadIn reports whether the contact that s leads in to stands on the
// lines after it.
func endsInLeadIn(s string) bool {
	bare := strings.TrimRight(s, " :;,.-–")
	if !lastWords[lastWord(bare)] {
		return false
	}
	end := leadInEnd(s)
	return end >= len(bare)
}

// The regular expressions are slow, so that what cannot match is told by the
// beginnings of words first.

// leadWords begin a lead-in or its verb, by first letter.
var leadWords = map[byte][]string{
	'a': {"ansprechpartner"},
	'c': {"contact", "call", "contattare"},
	'd': {"directed to"},
	'e': {"email", "e-mail", "enquiries to"},
	'h': {"hiring manager:"},
	'k': {"kontakt"},
	'l': {"line manager:"},
	'm': {"mail", "made to"},
	'o': {"obtained from"},
	'p': {"phone"},
	'r': {"ring", "recruiter:", "recruiting manager:"},
	's': {"speak"},
	't': {"telephone", "touch with"},
}

// mayLead passes every text with a lead-in.
func mayLead(s string) bool {
	inWord := false
	for i := range len(s) {
		c := s[i] | 0x20
		letter := c >= 'a' && c <= 'z' || s[i] >= 0x80
		if letter && !inWord && c >= 'a' && c <= 'z' {
			for _, word := range leadWords[c] {
				if len(s)-i >= len(word) && strings.EqualFold(s[i:i+len(word)], word) {
					return true
				}
			}
		}
		inWord = letter
	}
	return false
}

// isTitledLine reports whether a line is a person's entry: a title, a name, a
// function.
func isTitledLine(line string) bool {
	return len(line) <= maxPersonLine && titledLine.MatchString(line)
}

// startsWithN passes every text that starts with a label for a name.
func startsWithN(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s != "" && (s[0] == 'N' || s[0] == 'I')
}

// mayName passes every text with two capitalised words in a row.
func mayName(s string) bool {
	capital, inWord := false, false
	for i, r := range s {
		switch {
		case !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' && r != '.':
			inWord = false
		case !inWord:
			inWord = true
			upper := unicode.IsUpper(r)
			if upper && capital {
				return true
			}
			if upper || !particle(s[i:]) {
				capital = upper
			}
		}
	}
	return false
}

func particle(s string) bool {
	for _, p := range []string{"de ", "van ", "von ", "der ", "la ", "da ", "di ", "el ", "al "} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// lastWords end a lead-in at the end of a line.
var lastWords = map[string]bool{
	"contact": true, "call": true, "ring": true, "phone": true, "telephone": true, "email": true, "mail": true, "to": true, "with": true,
	"from": true, "touch": true, "speak": true, "person": true, "name": true, "details": true, "recruiter": true, "manager": true,
	"ansprechpartner": true, "ansprechpartnerin": true, "kontaktperson": true, "kontakt": true, "kontaktowa": true, "z": true, "mit": true,
	"an": true, "contacter": true, "contactez": true, "opnemen": true, "met": true, "con": true, "contattare": true,
}
