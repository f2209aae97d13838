package prepare

import (
	"regexp"
	"strings"
)

// countryCode returns the ISO 3166-1 alpha-2 code of a code or name, "" if
// there is none.
func (r *Regions) countryCode(s string) string {
	if s == "" {
		return ""
	}
	return r.countries[fold(lastSegment(s))]
}

// languageCode returns the BCP 47 code of a language, without script and
// region: of "en-GB", "English" and "anglais" it is en. "" if there is none.
func (r *Regions) languageCode(s string) string {
	s = lastSegment(s)
	if code, ok := r.languages[fold(s)]; ok {
		return code
	}
	base, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	if code, ok := r.languages[fold(base)]; ok {
		return code
	}
	base, _, _ = strings.Cut(s, "(") // Portuguese (Brazil)
	return r.languages[fold(base)]
}

// lastSegment returns what follows the last slash of a URI, or s.
func lastSegment(s string) string {
	if !strings.Contains(s, "://") {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(s[strings.LastIndexAny(s, "/#")+1:])
}

var isoCurrency = regexp.MustCompile(`^[A-Z]{3}$`)

// currencyCode returns the ISO 4217 code of a code, name or sign, "" if there
// is none. A code that is not listed is taken as it is.
func (r *Regions) currencyCode(s string) string {
	s = strings.TrimSpace(s)
	if code, ok := r.currencies[currencyKey(s)]; ok {
		return code
	}
	if isoCurrency.MatchString(s) {
		return s
	}
	return ""
}

// currencyKey keeps signs, which fold would drop.
func currencyKey(s string) string {
	if key := fold(s); key != "" && !strings.ContainsAny(s, "$€£₹₽₺₴") {
		return key
	}
	return strings.TrimSpace(s)
}

// iscoCode returns an ISCO-08 unit group, of "2221", "C2221" or ESCO's
// "2221.1"; "" for everything else.
func (r *Regions) iscoCode(s string) string {
	code, _, _ := strings.Cut(strings.TrimPrefix(lastSegment(s), "C"), ".")
	if !r.isco[code] {
		return ""
	}
	return code
}

// nacePattern: a section alone, or a division with or without its section and
// what is below it. Of a national class such as 62.01Z the letter is cut off;
// no other letter may follow: IT and HR are names of industries.
var nacePattern = regexp.MustCompile(`^(?:([A-U])|([A-U])?\.?(\d{2})(?:\.?(\d)|\.?(\d{2})(?:\.?[A-Z])?)?)$`)

// naceCode returns a NACE Rev. 2 code in its proper form: Q, 86, 86.1, 86.10.
// "" for what is none, as the name of an industry.
func (r *Regions) naceCode(s string) string {
	m := nacePattern.FindStringSubmatch(strings.ToUpper(lastSegment(s)))
	switch {
	case m == nil:
		return ""
	case m[1] != "":
		return m[1]
	case r.NACESection(m[3]) == "" || m[2] != "" && m[2] != r.NACESection(m[3]):
		return ""
	case m[4]+m[5] == "":
		return m[3]
	}
	return m[3] + "." + m[4] + m[5]
}

// NACESection returns the section letter of a NACE Rev. 2 code of any level,
// "" if it has none.
func (r *Regions) NACESection(code string) string {
	for _, s := range r.sections {
		if code == s.code || len(code) >= 2 && code[:2] >= s.first && code[:2] <= s.last {
			return s.code
		}
	}
	return ""
}
