package prepare

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// amount is a number in a text about money.
type amount struct {
	value      float64
	start, end int
	signed     bool // a currency sign or code stands beside it
}

const signs = `€|£|\$|zł|Kč|kr\.?|CHF|EUR|GBP|USD|PLN|SEK|NOK|DKK|CZK|HUF|RON|euros?|pounds`

var (
	amountPattern = regexp.MustCompile(`(?i)(?P<sign>` + signs + `)?\s?(?P<number>\d{1,3}(?:[ \x{a0}\x{202f}'’.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?P<thousand>\s?k\b)?\s?(?P<after>` + signs + `|%)?`)
	rangeBetween  = regexp.MustCompile(`(?i)^\s*(?:-|–|—|to|bis|à|a|do|and|und|et)\s*$`)
	signFound     = regexp.MustCompile(`(?i)` + signs)
	upTo          = regexp.MustCompile(`(?i)\b(?:up to|max(?:imum)?|bis zu|jusqu'à|do|hasta|fino a)\s*$`)
	startingAt    = regexp.MustCompile(`(?i)\b(?:from|starting|min(?:imum)?|ab|à partir de|od|desde|da)\b[^\d]*$`)
	free          = regexp.MustCompile(`(?i)^\s*(?:free(?: of charge)?|no (?:cost|charge|fee)|gratis|gratuit[eo]?|kostenlos|kostenfrei|bezpłatn\p{L}*|ilmainen)\W*$`)
)

// dialled is a number that begins as telephone numbers do and amounts never.
var dialled = regexp.MustCompile(`^\s*0\s?\d`)

// Bounds of amounts: what is above is no pay and no price, what is below no
// pay.
const (
	maxAmount = 1e10
	leastPay  = 0.01
)

// parseAmounts returns the amounts of money in s, in order. Numbers without a
// currency count only if s starts with one, so that "Band 6" is none.
func parseAmounts(s string) []amount {
	var all []amount
	anySigned := false
	for _, m := range amountPattern.FindAllStringSubmatchIndex(s, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		value, ok := parseNumber(group(2))
		if !ok || group(4) == "%" || value > maxAmount || dialled.MatchString(group(2)) {
			continue
		}
		end := m[5]
		if group(3) != "" {
			value, end = value*1000, m[7]
		}
		a := amount{value: value, start: m[4], end: end, signed: group(1) != "" || group(4) != ""}
		anySigned = anySigned || a.signed
		all = append(all, a)
	}
	if !anySigned && len(all) > 0 && strings.TrimSpace(s[:all[0].start]) != "" {
		return nil
	}
	var kept []amount
	for i, a := range all {
		second := i > 0 && rangeBetween.MatchString(s[all[i-1].end:a.start])
		before := i+1 < len(all) && rangeBetween.MatchString(s[a.end:all[i+1].start])
		if a.signed || !anySigned && i < 2 || anySigned && (second || before) {
			kept = append(kept, a)
		}
	}
	return kept
}

var (
	withinNumber = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "")
	separators   = strings.NewReplacer(".", "", ",", "")
)

// parseNumber reads a number in the notations of Europe: 28,333.20, 28.333,20,
// 28 333,20, 28'333. A single separator before exactly three digits parts
// thousands.
func parseNumber(s string) (float64, bool) {
	s = withinNumber.Replace(strings.TrimSpace(s))
	last := strings.LastIndexAny(s, ".,")
	if last >= 0 {
		decimals := len(s) - last - 1
		whole := separators.Replace(s[:last])
		sameBefore := strings.IndexByte(s[:last], s[last]) >= 0
		otherBefore := strings.ContainsAny(s[:last], ".,") && !sameBefore
		if sameBefore || decimals == 3 && !otherBefore && last <= 3 && whole != "0" && whole != "" {
			s = whole + s[last+1:]
		} else {
			s = whole + "." + s[last+1:]
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || n < 0 {
		return 0, false
	}
	return n, true
}

func money(v float64) *model.Money {
	m := model.Money(math.Round(v * 100))
	return &m
}

// pay is a salary in values; nil where it is not stated.
type pay struct {
	min, max         *model.Money
	currency, period string
}

// parseCount reads a number of posts or places: 3, "3 posts".
func parseCount(s string) (float64, bool) {
	if n, ok := parseNumber(s); ok || s == "" {
		return n, ok
	}
	if m := counted.FindStringSubmatch(s); m != nil {
		return parseNumber(m[1])
	}
	return 0, false
}

var counted = regexp.MustCompile(`(?i)^\s*(\d[\d., ]*)\s?(?:x|(?:(?:open|vacant|freie|offene)\s+)?(?:posts?|positions?|openings?|vacanc(?:y|ies)|jobs?|places?|seats?|` +
	`people|persons?|learners?|students?|participants?|stellen?|pl[aä]tze?|postes?|emplois?|miejsc\p{L}*|os(?:ób|oby|oba)|etat\p{L}*|wakat\p{L}*|puestos?|plazas?|posti))\W*$`)

// readPay reads a salary. Its own numbers count more than those of the
// sentence beside them; a period in the sentence counts more than the unit,
// which feeds often set to one value throughout.
func (r *Regions) readPay(s source.Salary, u *unread) pay {
	p := pay{currency: r.currencyCode(s.Currency), period: periodOf(s.Value)}
	unit := periodOf(s.Unit)
	if p.period == "" {
		p.period = unit
	}
	low, high := firstAmount(s.Min), firstAmount(s.Max)
	u.check("salary_min", low >= leastPay, s.Min)
	u.check("salary_max", high >= leastPay, s.Max)
	u.check("currency", p.currency != "", s.Currency)
	u.check("salary_period", unit != "", s.Unit)
	if low == 0 && high == 0 {
		low, high = rangeOf(s.Value)
	}
	if low > high && high > 0 {
		low, high = high, low
	}
	if low >= leastPay {
		p.min = money(low)
	}
	if high >= leastPay {
		p.max = money(high)
	}
	if p.min == nil && p.max == nil {
		u.check("salary", false, s.Value)
		return pay{}
	}
	if p.currency == "" {
		p.currency = r.currencyCode(signFound.FindString(s.Value + " " + s.Min + " " + s.Max))
	}
	return p
}

func firstAmount(s string) float64 {
	if n, ok := parseNumber(s); ok && n <= maxAmount && !dialled.MatchString(s) {
		return n
	}
	if all := parseAmounts(s); len(all) > 0 && all[0].value > 0 {
		return all[0].value
	}
	return 0
}

// rangeOf returns the lowest and highest pay in a sentence; 0 is not stated.
func rangeOf(s string) (low, high float64) {
	all := parseAmounts(s)
	if len(all) == 0 {
		return 0, 0
	}
	first := all[0]
	switch {
	case len(all) > 1 && rangeBetween.MatchString(withoutSigns(s[first.end:all[1].start])):
		return first.value, all[1].value
	case upTo.MatchString(withoutSigns(s[:first.start])):
		return 0, first.value
	case startingAt.MatchString(withoutSigns(s[:first.start])):
		return first.value, 0
	}
	return first.value, first.value
}

func withoutSigns(s string) string { return signFound.ReplaceAllString(s, "") }

// price returns what a learner pays: 0 is free, nil is not stated. Of several
// amounts none is the price.
func (r *Regions) price(s, currency string, u *unread) (*model.Money, string) {
	code := r.currencyCode(currency)
	u.check("currency", code != "", currency)
	if free.MatchString(s) {
		return money(0), code
	}
	all := parseAmounts(s)
	if len(all) != 1 {
		u.check("price", false, s)
		return nil, ""
	}
	if code == "" {
		code = r.currencyCode(signFound.FindString(s))
	}
	return money(all[0].value), code
}

// periods are the words for a period of pay, by period.
var periods = []struct {
	period string
	words  *regexp.Regexp
}{
	{"hour", regexp.MustCompile(`(?i)\b(?:per hour|an hour|hour(?:ly)?|hrs?|ph|p/h|stunde\p{L}*|std|heure|godz\p{L}*|uur|hora|ora|timme)\b|/\s?(?:h|hr|hour|std|godz)\b|^HUR$`)},
	{"day", regexp.MustCompile(`(?i)\b(?:per day|daily|day|tag|jour|dzień|dag|giorno|día)\b|^DAY$`)},
	{"week", regexp.MustCompile(`(?i)\b(?:per week|weekly|week|woche|semaine|tydzień)\b|^WEE$`)},
	{"month", regexp.MustCompile(`(?i)\b(?:per month|month(?:ly)?|pcm|monat\p{L}*|mois|mies\p{L}*|maand|mes|mese|månad)\b|^MON$`)},
	{"year", regexp.MustCompile(`(?i)\b(?:per ann?um|ann?um|p\.?\s?a\b\.?|annual(?:ly)?|year(?:ly)?|jahr\p{L}*|an|année|rok|roku|rocznie|jaar|año|anno|år)\b|^ANN$`)},
}

// periodOf returns hour, day, week, month or year, the shortest that s names,
// or "".
func periodOf(s string) string {
	if s == "" {
		return ""
	}
	for _, p := range periods {
		if p.words.MatchString(s) {
			return p.period
		}
	}
	return ""
}
