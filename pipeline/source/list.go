package source

import (
	"iter"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// splitList parts the items of a list in one string. A separator given parts
// it everywhere; otherwise it is the first of line break, semicolon and comma
// that the string holds. Round brackets keep what they enclose together.
// A list that is too long is cut one item beyond [maxListItems].
// Sentences (prose) are parted by line breaks, and by the separator given
// unless it is a comma or semicolon.
func splitList(s, separator string, prose bool) []string {
	s = contact.Unmask(s) // the semicolon of an entity parts nothing
	switch {
	case prose:
		if separator != "" && separator != "," && separator != ";" {
			s = strings.ReplaceAll(s, separator, "\n")
		}
		separator = "\n"
	case separator == "" && strings.Contains(s, "\n"):
		separator = "\n"
	case separator == "" && strings.Contains(s, ";"):
		separator = ";"
	case separator == "":
		separator = ","
	}
	var items []string
	for item := range splitOutside(s, separator) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
		if len(items) > maxListItems {
			break
		}
	}
	return items
}

// splitOutside parts s at separators that stand outside round brackets.
// Brackets that do not pair do not count.
func splitOutside(s, separator string) iter.Seq[string] {
	if strings.Count(s, "(") != strings.Count(s, ")") {
		return strings.SplitSeq(s, separator)
	}
	return func(yield func(string) bool) {
		depth, start := 0, 0
		for i := 0; i < len(s); i++ {
			switch {
			case s[i] == '(':
				depth++
			case s[i] == ')':
				depth--
			case depth <= 0 && strings.HasPrefix(s[i:], separator):
				if !yield(s[start:i]) {
					return
				}
				start = i + len(separator)
				i = start - 1
			}
		}
		yield(s[start:])
	}
}
