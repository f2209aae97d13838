package reports

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Parameter is what a reader may choose. In a header it is a line
//
//	name | type | default | meaning
//
// whose type is text, integer, date (YYYY-MM-DD, or nothing where the default
// is nothing) or the choices "a, b, c". In SQL it is $name: a BIGINT for an
// integer, else a VARCHAR.
type Parameter struct {
	Name    string
	Type    string   // text, integer, date or choice
	Choices []string // where Type is choice
	Default string
	Meaning string
}

// ParamError is a parameter that a report has not, or a value that does not
// fit it.
type ParamError struct {
	Report, Name, Value string
	Message             string // what is wrong and what was meant
}

// Error says which parameter of which report is wrong, and why.
func (e *ParamError) Error() string {
	return fmt.Sprintf("report %q: parameter %q: %s", e.Report, e.Name, e.Message)
}

func (p *parser) parameter(it item) {
	parts := strings.Split(it.text, "|")
	if len(parts) != 4 {
		p.fail(it.line, "parameter: want name | type | default | meaning, got %d of the 4 parts", len(parts))
		return
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	q := Parameter{Name: parts[0], Type: parts[1], Default: parts[2], Meaning: parts[3]}
	if strings.Contains(q.Type, ",") {
		q.Type = "choice"
		for _, choice := range strings.Split(parts[1], ",") {
			q.Choices = append(q.Choices, strings.TrimSpace(choice))
		}
	}
	types := []string{"text", "integer", "date", "choice"}
	switch _, twice := p.report.parameter(q.Name); {
	case !namePattern.MatchString(q.Name):
		p.fail(it.line, "parameter name %q: want lower-case letters, digits and _", q.Name)
	case q.Name == sectionParameter:
		p.fail(it.line, "parameter name %q is taken: it chooses the section", q.Name)
	case twice:
		p.fail(it.line, "parameter %q was given before", q.Name)
	case !slices.Contains(types, q.Type):
		p.fail(it.line, "parameter %q: unknown type %q%s", q.Name, q.Type, didYouMean(q.Type, types[:3]))
	case q.Meaning == "":
		p.fail(it.line, "parameter %q: missing meaning", q.Name)
	default:
		if _, problem := q.value(q.Default); problem != "" {
			p.fail(it.line, "parameter %q: default %q: %s", q.Name, q.Default, problem)
		}
	}
	p.report.Parameters = append(p.report.Parameters, q)
}

func (r *Report) parameter(name string) (*Parameter, bool) {
	for i := range r.Parameters {
		if r.Parameters[i].Name == name {
			return &r.Parameters[i], true
		}
	}
	return nil, false
}

// value returns what is bound for the text of a parameter, or what is wrong
// with it.
func (q *Parameter) value(text string) (bound any, problem string) {
	switch q.Type {
	case "integer":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Sprintf("want an integer, not %q", text)
		}
		return n, ""
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err != nil && (text != "" || q.Default != "") {
			return nil, fmt.Sprintf("want a date as YYYY-MM-DD, not %q", text)
		}
	case "choice":
		if !slices.Contains(q.Choices, text) {
			return nil, fmt.Sprintf("want one of %s, not %q%s", strings.Join(q.Choices, ", "), text, didYouMean(text, q.Choices))
		}
	}
	return text, ""
}

// settle returns the text of every parameter: the given one, else the default.
func (r *Report) settle(given map[string]string) (map[string]string, error) {
	settled := make(map[string]string, len(r.Parameters))
	for _, q := range r.Parameters {
		settled[q.Name] = q.Default
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		q, ok := r.parameter(name)
		if !ok {
			names := slices.Sorted(maps.Keys(settled))
			message := fmt.Sprintf("unknown%s It has: %s", didYouMeanOrStop(name, names), strings.Join(names, ", "))
			if len(names) == 0 {
				message = "unknown; it has none"
			}
			return nil, &ParamError{r.Name, name, given[name], message}
		}
		if _, problem := q.value(given[name]); problem != "" {
			return nil, &ParamError{r.Name, name, given[name], problem}
		}
		settled[name] = given[name]
	}
	return settled, nil
}

// arguments returns the parameters that a statement uses, to be bound by name.
func (r *Report) arguments(statement string, settled map[string]string) []any {
	var args []any
	for _, name := range placeholders(statement) {
		if q, ok := r.parameter(name); ok {
			bound, _ := q.value(settled[name])
			args = append(args, sql.Named(name, bound))
		}
	}
	return args
}
