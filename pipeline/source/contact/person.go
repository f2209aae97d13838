package contact

import (
	"regexp"
	"slices"
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
	// They are several expressions, since a small one is matched faster.
	leadIns = []*regexp.Regexp{
		regexp.MustCompile(`(?i)please\s+(?:do\s+not\s+hesitate\s+to\s+|feel\s+free\s+to\s+)?(?:contact(?:ing)?|call|ring|phone|telephone|e-?mail|speak|get\s+in\s+touch)`),
		regexp.MustCompile(`(?i)(?:details?|information|informal\pL*|visit(?:s|ing)?|arrangements?|discuss(?:ion)?|chat|conversation|enquir\pL+|quer(?:y|ies)|questions?|interested|look\s+around|opportunity|post|role)\b[^.:\n]*?` +
			`\b(?:contact(?:ing)?|call|ring|phone|telephone|e-?mail|speak\s+(?:to|with)|get\s+in\s+touch\s+with|(?:made|addressed)\s+(?:to|with)|obtained\s+from|directed\s+to)\b`),
		regexp.MustCompile(`(?i)\bcontacted\s+by\b|\benquiries\s+to\b|\byour\s+recruiter\s+is\b|\bosob\pL*\s+do\s+kontaktu\s*:|\b(?:contact\s*(?:person|name|details)?|recruiter|recruiting\s+manager|hiring\s+manager|line\s+manager):`),
		regexp.MustCompile(`(?i)\bansprechpartner\pL*|\bkontaktperson\pL*|\bosob\pL\s+kontaktow\pL|\bkontakt\s*:|\bkontakt\pL*\s+(?:telefoniczn\pL\s+)?(?:z|mit|an)\b`),
		regexp.MustCompile(`(?i)\b(?:veuillez|merci\s+de)\s+contacter|\bcontactez\b|\bcontact\s+opnemen\s+met|\bcontactar\s+con|\bcontattare\b`),
	}

	// directContact needs no other words: the name has a title and stands right
	// behind. Without a title it may be a department.
	directContact = regexp.MustCompile(`\b(?i:contact(?:ing)?)\s*[:-]*\s*` + title + `\s+` + word + `(?:\s+` + word + `)?`)
	personAfter   = regexp.MustCompile(`^[^.\n]*?` + name)
	nameLabel     = regexp.MustCompile(`^\s*(?:Name|Nom|Nombre|Imię)\s*:?\s*` + word + `.{0,60}(?:Job\s*title|E-?mail|Tel|Phone|Additional)`)
	blockLabel    = regexp.MustCompile(`(?i)^\s*(?:name|job\s*title|position|e-?mail|tel|telephone|phone|mobile|fax|ext|contact|additional\s+contact|secretary|pa\b|or\b|and\b|nom|t[ée]l|courriel|telefon|telefonnummer)`)
	titledLine    = regexp.MustCompile(`^\s*(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Dhr|Mevr|Mevrouw|Signora?|Dott)\b\.?\s+` + word)
	// What is left of a line of contacts is a person with a function, or labels.
	onlyPerson = regexp.MustCompile(`^\s*(?:[-–•*]\s*)?` + name + `(?:[\s,.()–-]+(?:` + word + `|of|and|&))*[\s,.:;()–-]*$`)
	onlyLabels = regexp.MustCompile(`(?i)^(?:[\s:;,.()–-]|name|job\s*title|e-?mail|address|telephone|telefon|tel|phone|mobile|fax|number|contact|or|and|lub|oder|ou)*$`)
	personLine = regexp.MustCompile(`^\s*(?:[-–•*]\s*)?` + name)
)

// A block and the lines in it are short.
const (
	maxPersonLine = 110 // bytes
	maxBlock      = 10  // lines
)

// findLeadIn returns the span of the first lead-in in s. The regular
// expressions are slow, so that they only look around words that may lead in,
// and where such words crowd and come to nothing, around many at once.
func findLeadIn(s string) (span, bool) {
	const crowd = 4
	clear, failed := 0, 0 // no lead-in ends before clear
	for i := nextLead(s, 0); i >= 0; i = nextLead(s, i+1) {
		if clear == len(s) || i+leadBytes <= clear {
			continue
		}
		from := i - len(lastBytes(s[:i], window))
		for _, leadIn := range leadIns {
			if loc := leadIn.FindStringIndex(s[from:min(len(s), i+leadBytes)]); loc != nil {
				return span{from + loc[0], from + loc[1]}, true
			}
		}
		if failed++; failed%crowd > 0 {
			continue
		}
		far := min(len(s), i+leadBytes+window)
		if !slices.ContainsFunc(leadIns, func(r *regexp.Regexp) bool { return r.MatchString(s[from:far]) }) {
			clear = far
		}
	}
	return span{}, false
}

// namesPerson reports whether s leads in to a person's name.
func namesPerson(s string) bool {
	if startsWithN(s) && nameLabel.MatchString(s) {
		return true
	}
	if !mayName(s) {
		return false
	}
	if directContact.MatchString(s) {
		return true
	}
	lead, ok := findLeadIn(s)
	return ok && personAfter.MatchString(s[lead.end:])
}

// endsInLeadIn reports whether the contact that s leads in to stands on the
// lines after it.
func endsInLeadIn(s string) bool {
	bare := strings.TrimRight(s, " :;,.-–")
	if !lastWords[lastWord(bare)] {
		return false
	}
	lead, ok := findLeadIn(s)
	return ok && lead.end >= len(bare)
}

// leadWords begin a lead-in or its verb, by first letter.
var leadWords = map[byte][]string{
	'c': {"contact", "call", "contattare"},
	'a': {"addressed to", "addressed with", "ansprechpartner"},
	'd': {"directed to"},
	'e': {"email", "e-mail", "enquiries to"},
	'h': {"hiring manager:"},
	'k': {"kontakt"},
	'l': {"line manager:"},
	'm': {"mail", "made to", "made with"},
	'o': {"obtained from", "osob"},
	'p': {"phone"},
	'r': {"ring", "recruiter:", "recruiter is", "recruiting manager:"},
	's': {"speak"},
	't': {"telephone", "touch with"},
}

// leadBytes is how far from its beginning a lead word's lead-in can end.
const leadBytes = 40

// nextLead returns the beginning of the first lead word in s from i on, or -1.
func nextLead(s string, i int) int {
	inWord := i > 0 && isASCIILetter(s[i-1])
	for ; i < len(s); i++ {
		letter := isASCIILetter(s[i]) || s[i] >= 0x80
		if letter && !inWord {
			for _, word := range leadWords[s[i]|0x20] {
				if len(s)-i >= len(word) && strings.EqualFold(s[i:i+len(word)], word) {
					return i
				}
			}
		}
		inWord = letter
	}
	return -1
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

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
