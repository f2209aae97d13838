package reports

import (
	"slices"
	"strings"
)

// The parser needs three facts of a statement: how it begins, whether it is a
// single one, and which parameters it names. DuckDB judges everything else.

// tokens calls each for every word, parameter and semicolon of an SQL text,
// outside comments, string literals and quoted identifiers.
func tokens(text string, each func(token string)) {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case strings.HasPrefix(text[i:], "--"):
			i += through(text[i:], "\n", 2)
		case strings.HasPrefix(text[i:], "/*"):
			i += through(text[i:], "*/", 2)
		case c == '\'' || c == '"':
			i += through(text[i:], string(c), 1)
		case c == ';':
			each(";")
			i++
		case c == '$' || isWord(c):
			end := i + 1
			for end < len(text) && isWord(text[end]) {
				end++
			}
			each(text[i:end])
			i = end
		default:
			i++
		}
	}
}

// through returns the length of text up to the end of the first mark that lies
// behind its opening bytes.
func through(text, mark string, opening int) int {
	if at := strings.Index(text[opening:], mark); at >= 0 {
		return opening + at + len(mark)
	}
	return len(text)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// placeholders returns the names of the parameters in an SQL text, sorted.
func placeholders(text string) []string {
	var names []string
	tokens(text, func(token string) {
		if len(token) > 1 && token[0] == '$' && !slices.Contains(names, token[1:]) {
			names = append(names, token[1:])
		}
	})
	slices.Sort(names)
	return names
}

// startsWith reports whether the first word of an SQL text is the given one.
func startsWith(text, word string) bool {
	first := ""
	tokens(text, func(token string) {
		if first == "" {
			first = token
		}
	})
	return strings.EqualFold(first, word)
}

func (p *parser) oneStatement(b block) {
	semicolon := false
	tokens(b.sql, func(token string) { semicolon = semicolon || token == ";" })
	if semicolon {
		p.fail(b.line, "a section or audit is one SELECT, without a semicolon")
	}
}

// checkParameters refuses parameters that are used but not described, and the
// reverse.
func (p *parser) checkParameters(blocks []block) {
	used := map[string]bool{}
	for _, b := range blocks {
		for _, name := range placeholders(b.sql) {
			used[name] = true
			if _, ok := p.report.parameter(name); !ok {
				p.fail(b.line, "parameter $%s is used below, but not described in \"-- parameters:\"%s", name, didYouMean(name, p.parameterNames()))
			}
		}
	}
	for _, q := range p.report.Parameters {
		if !used[q.Name] {
			p.fail(0, "parameter %q is described, but no SELECT uses $%s", q.Name, q.Name)
		}
	}
}

func (p *parser) parameterNames() []string {
	var names []string
	for _, q := range p.report.Parameters {
		names = append(names, q.Name)
	}
	return names
}
