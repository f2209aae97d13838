package prepare

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Days in the units of durations.
const (
	daysPerYear  = 365.0
	daysPerMonth = daysPerYear / 12
	daysPerWeek  = 7.0
)

var (
	isoDuration  = regexp.MustCompile(`^P(?:(\d+(?:[.,]\d+)?)Y)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$`)
	wordDuration = regexp.MustCompile(`(?i)^(?:\D{0,20}?)(\d+(?:[.,]\d+)?)\s*(?:(?:-|–|to|bis|à|do)\s*(\d+(?:[.,]\d+)?)\s*)?(½|and a half\b|et demie?\b)?\s*(\p{L}+)`)
)

// duration is a length of time in its two readings: the calendar span and the
// hours of work. Either may be 0, not stated.
type duration struct{ days, hours float64 }

// parseDuration reads an ISO 8601 duration or "12 weeks", "4-6 Monate", "30 h".
// Of a range it takes the longer end.
func parseDuration(s string) (duration, bool) {
	s = strings.TrimSpace(s)
	if m := isoDuration.FindStringSubmatch(strings.ToUpper(s)); m != nil {
		d := duration{
			days:  part(m[1])*daysPerYear + part(m[2])*daysPerMonth + part(m[3])*daysPerWeek + part(m[4]),
			hours: part(m[5]) + part(m[6])/60 + part(m[7])/3600,
		}
		return d, d != duration{}
	}
	m := wordDuration.FindStringSubmatch(s)
	if m == nil {
		return duration{}, false
	}
	n := max(part(m[1]), part(m[2]))
	if m[3] != "" {
		n += 0.5
	}
	switch unitOf(strings.ToLower(m[4])) {
	case "hour":
		return duration{hours: n}, n > 0
	case "day":
		return duration{days: n}, n > 0
	case "week":
		return duration{days: n * daysPerWeek}, n > 0
	case "month":
		return duration{days: n * daysPerMonth}, n > 0
	case "year":
		return duration{days: n * daysPerYear}, n > 0
	}
	return duration{}, false
}

func part(s string) float64 {
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || n > 1e6 {
		return 0
	}
	return n
}

// unitOf returns the unit that a word names in one of several languages.
func unitOf(word string) string {
	if word == "an" || word == "ans" { // French; many words begin so
		return "year"
	}
	for _, u := range []struct {
		unit   string
		starts []string
	}{
		{"hour", []string{"hour", "hr", "stunde", "std", "heure", "godz", "uur", "uren", "hora", "ore", "ora", "timm", "timer", "timar", "h"}},
		{"day", []string{"day", "tag", "jour", "dzie", "dni", "dag", "día", "dia", "giorn", "d"}},
		{"week", []string{"week", "weken", "wk", "woche", "semaine", "tygod", "tydz", "semana", "settiman", "veck", "w"}},
		{"month", []string{"month", "monat", "mois", "mies", "maand", "mes", "månad", "mth"}},
		{"year", []string{"year", "yr", "jahr", "ann", "rok", "lat", "jaar", "jaren", "año", "år"}},
	} {
		for _, start := range u.starts {
			if word == start || len(start) > 1 && strings.HasPrefix(word, start) {
				return u.unit
			}
		}
	}
	return ""
}

// hours reads an effort: a number of hours, or a duration with hours in it.
func hours(s string) *float64 {
	if n := number(s); n != nil {
		return n
	}
	if d, ok := parseDuration(s); ok && d.hours > 0 {
		return rounded(d.hours)
	}
	return nil
}

// number reads a positive number that stands alone.
func number(s string) *float64 {
	n, ok := parseNumber(s)
	if !ok || n == 0 || n > 1e6 {
		return nil
	}
	return rounded(n)
}

// rounded keeps two digits after the point.
func rounded(n float64) *float64 {
	n = math.Round(n*100) / 100
	return &n
}
