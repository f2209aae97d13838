package evaluation

import (
	"errors"
	"strings"
)

var errNoList = errors.New(`write a list of names: ["one", "another"]`)

// parseList reads a list of strings as JSON or Python writes it: in brackets,
// parted by commas, between double or single quotes; a backslash takes the next
// sign as it is.
func parseList(s string) ([]string, error) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return nil, errNoList
	}
	rest := strings.TrimSpace(s[1 : len(s)-1])
	var items []string
	for rest != "" {
		item, after, ok := cutQuoted(rest)
		if !ok {
			return nil, errNoList
		}
		items = append(items, item)
		if after = strings.TrimSpace(after); after == "" {
			break
		}
		if after[0] != ',' {
			return nil, errNoList
		}
		rest = strings.TrimSpace(after[1:])
	}
	return items, nil
}

// cutQuoted cuts the quoted string at the start of s off.
func cutQuoted(s string) (item, after string, ok bool) {
	quote := s[0]
	if quote != '"' && quote != '\'' {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			return b.String(), s[i+1:], true
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}
