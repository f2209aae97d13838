package contact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A telephone number has 7 to 15 digits (E.164), five if a label announces it.
const (
	minDigits      = 9
	minLabelled    = 5
	maxDigits      = 15
	labelDistance  = 28 // bytes before a number in which a label counts
	maxUnseparated = 11 // digits of a national number without separators
)

// Phone returns the span of the first telephone number in text. ok is false
// where there is none.
//
// A run of digits with separators is a number if it starts with + or a
// bracketed or plain trunk 0 and has the right length, or if a word such as
// "tel" stands before it. Amounts, dates, times and numbers announced as
// references are not.
func Phone(text string) (start, end int, ok bool) {
	s, ok := nextPhone(text, 0)
	return s.start, s.end, ok
}

// nextPhone returns the first number that starts at from or later.
func nextPhone(text string, from int) (span, bool) {
	for i := from; i < len(text); i++ {
		if c := text[i]; c != '+' && c != '(' && (c < '0' || c > '9') {
			continue
		}
		s, digits := digitRun(text, i)
		if digits >= minLabelled && isPhone(text, s, digits) {
			s.end = withExtension(text, s.end)
			return s, true
		}
		if s, ok := groupedInside(text, s); ok {
			s.end = withExtension(text, s.end)
			return s, true
		}
		if loc := anotherNumber.FindStringSubmatchIndex(text[s.start:s.end]); loc != nil {
			s.end = s.start + loc[2]
		}
		i = max(i, s.end-1)
	}
	return span{}, false
}

// digitRun reads digits and the separators between them from i on. At most
// two separators may follow each other. Of a run with more digits than a
// number has, it returns the groups that fit.
func digitRun(text string, i int) (s span, digits int) {
	s = span{i, i}
	gap, fits, fitting := 0, s, 0
	for j := i; j < len(text); {
		r, n := utf8.DecodeRuneInString(text[j:])
		switch {
		case r >= '0' && r <= '9':
			if gap > 0 {
				fits, fitting = s, digits
			}
			digits++
			if digits > maxDigits && fitting > 0 {
				return fits, fitting
			}
			gap = 0
			s.end = j + n
		case strings.ContainsRune(" .-/()\u00a0\u2010\u2011\u2013+", r) && gap < 3 && (r != '+' || digits == 0):
			gap++
		default:
			return s, digits
		}
		j += n
	}
	return s, digits
}

var (
	dateInside = regexp.MustCompile(`(?:^|\D)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?:\D|$)`)
	yearRange  = regexp.MustCompile(`^(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d$`)
	phoneLabel = regexp.MustCompile(`(?i)(?:(?:^|\P{L})(?:tele?|tele(?:ph|f)[oó]+n\p{L}*|t[ée]l(?:[ée]phone)?|rufnummer|festnetz\p{L}*|ph(?:one)?|mob(?:ile?)?(?:nummer|nr|number|telefon)?|fax|call(?:ing)?|ring(?:ing)?|text|sms|whatsapp|gsm|handy(?:nummer|nr)?|switchboard|helpline|hotline|durchwahl|kom|komórk\p{L}*|(?:za|od|prze)?dzwo[nń]\p{L}*|infolini\p{L}*|zielona linia|puh(?:elin\p{L}*)?|tlf|tfn)|☎|📞)(?:\P{L}[^\n]{0,23})?$`)
	refLabel   = regexp.MustCompile(`(?i)\b(?:ref(?:erence|\.)?|reg(?:istration|istered|\.)?|charity|company|account|iban|vat|krs|nip|regon|id|job|vacancy|req(?:uisition)?|pin|isbn|code|siret|siren|hrb|orgnr|oferty|offer|licen[cs]e)\b[^\n]{0,16}$`)
	currency   = regexp.MustCompile(`(?i)(?:[€£$¥]|\b(?:eur|gbp|usd|pln|chf|sek|nok|dkk|czk|huf|ron))\s*$`)
	amountUnit = regexp.MustCompile(`(?i)^\s*(?:[€£$¥%]|(?:eur|gbp|usd|pln|zł|chf|sek|nok|dkk|czk|huf|ron|brutto|gross|hours|hrs|h|patients|people)\b)`)
	extension  = regexp.MustCompile(`(?i)^[\s,;(]*(?:ext(?:ension|n)?|ex|x|wew|poste|dw)\b\.?\s*:?\s*\d{2,6}\)?`)
)

// anotherNumber is where a run of digits may hold a second number after a dash
// or full stop: "L5 - 0161 496 0123".
var anotherNumber = regexp.MustCompile(`\d\)? ?[-–.] ([(+]|0 ?\d)`)

// grouped is a number in the groups of a country whose numbers need no trunk
// 0: Polish 3-3-3 and 2-3-2-2, North American 3-3-4.
var grouped = regexp.MustCompile(`(?:^|[\s/+\x{a0}])(\(?[1-9]\d{2}\)?(?:[ \x{a0}\x{2010}\x{2011}-]\d{3}){2}|\(?[1-9]\d\)?[ \x{a0}\x{2010}\x{2011}-]?\d{3}(?:[ \x{a0}\x{2010}\x{2011}-]\d\d){2}|\([2-9]\d{2}\) ?\d{3}[ .-]\d{4}|[2-9]\d{2}([ .-])\d{3}[ .-]\d{4})(?:$|[\s/\x{a0}.-]+$|[\s/\x{a0}])`)

// groupedInside returns the number in a run of digits that are grouped as a
// telephone number is. Amounts end in round thousands or stand by a currency.
func groupedInside(text string, run span) (span, bool) {
	number := text[run.start:run.end]
	loc := grouped.FindStringSubmatchIndex(number)
	if loc == nil {
		return span{}, false
	}
	s := span{run.start + loc[2], run.start + loc[3]}
	before := lastBytes(text[:s.start], labelDistance)
	if r, _ := utf8.DecodeLastRuneInString(before); unicode.IsLetter(r) && s.start == run.start && !endsWithLabel(before) {
		return span{}, false
	}
	if strings.HasSuffix(text[s.start:s.end], "000") || currency.MatchString(before) || refLabel.MatchString(before) ||
		amountUnit.MatchString(text[s.end:min(len(text), s.end+16)]) {
		return span{}, false
	}
	return s, true
}

func isPhone(text string, s span, digits int) bool {
	number, before, after := text[s.start:s.end], lastBytes(text[:s.start], labelDistance), text[s.end:min(len(text), s.end+16)]
	if digits > maxDigits || dateInside.MatchString(number) || yearRange.MatchString(number) {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(before); unicode.IsLetter(r) && !endsWithLabel(before) {
		return false // part of a code such as AB0123456789
	}
	if currency.MatchString(before) || amountUnit.MatchString(after) || strings.HasSuffix(before, ":") && len(number) < 6 {
		return false
	}
	if strings.ContainsFunc(before, unicode.IsLetter) || strings.ContainsAny(before, "☎📞") {
		if phoneLabel.MatchString(before) {
			return true
		}
		if refLabel.MatchString(before) {
			return false
		}
	}
	if digits < minDigits {
		return false
	}
	first := strings.TrimLeft(number, "( ")
	separated := strings.ContainsAny(number, " -./()")
	switch {
	case strings.HasPrefix(first, "+"):
		return true
	case strings.HasPrefix(first, "00"):
		return separated && len(first) > 2 && first[2] > '0'
	case strings.HasPrefix(first, "0"):
		return (separated || digits >= 10 && digits <= maxUnseparated) && !decimals.MatchString(number)
	}
	return false
}

var decimals = regexp.MustCompile(`(?:^|\s)0\.\d+(?:\s|$)`)

// endsWithLabel tells a label glued to its number, as markup leaves it
// ("Telephone number0161"), from a code.
func endsWithLabel(before string) bool {
	lower := strings.ToLower(before)
	for _, l := range []string{"number", "numer", "nummer", "telephone", "phone", "tel", "mobile", "fax", "on", "call"} {
		if strings.HasSuffix(lower, l) {
			return true
		}
	}
	return false
}

func withExtension(text string, end int) int {
	if end < len(text) && text[end] == ')' {
		end++
	}
	return end + len(extension.FindString(text[end:min(len(text), end+32)]))
}

// lastBytes returns at most n bytes at the end of s, from a rune boundary.
func lastBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	i := len(s) - n
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return s[i:]
}
