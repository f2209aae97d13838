package linker

import "strings"

// singular drops an English plural ending.
func singular(w string) string {
	switch {
	case w == "securities", w == "goods", w == "premises": // no plurals of security, good, premise
		return w
	case len(w) < 4 || !strings.HasSuffix(w, "s"), strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ics") && len(w) > len("ceramics"): // electronics is not electronic
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}

// mendStem unites what British doubling and the stemmer leave apart.
func mendStem(stem string) string {
	if stem == "analysi" {
		return "analyz" // as analyse
	}
	if len(stem) > 5 && strings.HasSuffix(stem, "ll") {
		return stem[:len(stem)-1] // the American double l of fulfil
	}
	return stem
}

// uninflected drops the inflection of an English verb or noun and keeps derived
// words apart: manage, manages, managed and managing become one, management and
// manager do not.
func uninflected(w string) string {
	w = bareForm(singular(w))
	if len(w) > 5 && strings.HasSuffix(w, "ll") {
		return w[:len(w)-1] // travelling is to travel, in American too
	}
	return w
}

func bareForm(w string) string {
	bare, ing := strings.CutSuffix(w, "ing")
	if !ing {
		var ed bool
		if bare, ed = strings.CutSuffix(w, "ed"); !ed {
			return withoutE(w)
		}
	}
	n := len(bare)
	switch {
	case n < 2 || !strings.ContainsAny(bare, "aeiouy"):
		return withoutE(w) // string, bed
	case !ing && bare[n-1] == 'i':
		return bare[:n-1] + "y" // carried
	case bare[n-1] == bare[n-2] && !strings.ContainsRune("lsz", rune(bare[n-1])):
		return bare[:n-1] // planned
	case n == 2, n == 3 && vowel(bare[1]) && !vowel(bare[0]) && !vowel(bare[2]) && !strings.ContainsRune("wxy", rune(bare[2])):
		return bare + "e" // using, caring
	}
	return withoutE(bare)
}

// withoutE drops a silent final e of longer words, which other forms lack.
func withoutE(w string) string {
	if len(w) > 4 && strings.HasSuffix(w, "e") {
		return w[:len(w)-1]
	}
	return w
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
