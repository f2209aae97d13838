package source

import "strings"

// splitList parts the items of a list in one string. A separator given parts
// it everywhere; otherwise it is the first of line break, semicolon and comma
// that the string holds. Round brackets keep what they enclose together.
// Sentences (prose) are parted by line breaks, and by the separator given
// unless it is a comma or semicolon.
func splitList(s, separator string, prose bool) []string {
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
	for _, item := range splitOutside(s, separator) {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// splitOutside parts s at separators that stand outside round brackets.
// Brackets that do not pair do not count.
func splitOutside(s, separator string) []string {
	if strings.Count(s, "(") != strings.Count(s, ")") {
		return strings.Split(s, separator)
	}
	var parts []string
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')':
			depth--
		case depth <= 0 && strings.HasPrefix(s[i:], separator):
			parts = append(parts, s[start:i])
			start = i + len(separator)
			i = start - 1
		}
	}
	return append(parts, s[start:])
}
