package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// object is a decoded JSON object.
type object = map[string]any

// decodeObject decodes a JSON object; numbers stay text.
func decodeObject(raw []byte) (object, *Violation) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, &Violation{RuleJSONBroken, brokenMessage(err)}
	}
	if rest := bytes.TrimSpace(raw[dec.InputOffset():]); len(rest) > 0 {
		return nil, &Violation{RuleJSONBroken, fmt.Sprintf("text after the end of the JSON value at byte %d; deliver one record a line", dec.InputOffset())}
	}
	o, ok := v.(object)
	if !ok {
		return nil, &Violation{RuleJSONBroken, "the record is not a JSON object; deliver objects"}
	}
	return o, nil
}

func brokenMessage(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("not valid JSON at byte %d: %v; correct the record there", syntax.Offset, err)
	}
	return fmt.Sprintf("not valid JSON: %v; correct the record", err)
}

// checkShape bounds the nesting and the number of values of JSON before it is
// decoded: a value takes up to a hundred times its bytes in memory.
func checkShape(raw []byte, lim limits) *Violation {
	var n nesting
	values := 0
	for _, c := range raw {
		n.step(c)
		if !n.inString && (c == ',' || c == '{' || c == '[') {
			values++
		}
		switch {
		case n.depth > lim.depth:
			return &Violation{RuleJSONDepth, fmt.Sprintf("nested deeper than %d levels; flatten the record", lim.depth)}
		case values > lim.values:
			return &Violation{RuleTooManyValues, fmt.Sprintf("more than %d values; deliver what belongs to one record", lim.values)}
		}
	}
	return nil
}

// first returns the first element of an array, or v itself.
func first(v any) any {
	if list, ok := v.([]any); ok {
		if len(list) == 0 {
			return nil
		}
		return first(list[0])
	}
	return v
}

// each returns the elements of an array, v itself as the only one, or none.
func each(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// objectOf returns the first object in v, or nil, from which all fields are
// empty.
func objectOf(v any) object {
	for _, item := range each(v) {
		if o, ok := item.(object); ok {
			return o
		}
	}
	return nil
}

// textOf returns v as text: a string, number or truth value as it is; of an
// array the first text; of an object @value, name, or, if it is a language
// map, the text in the language asked for, else English, else the first.
func textOf(v any, language string) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	case []any:
		for _, item := range v {
			if s := textOf(item, language); s != "" {
				return s
			}
		}
	case object:
		for _, key := range []string{"@value", "name", "label", "value", "@id"} {
			if inner, ok := v[key]; ok {
				return textOf(inner, language)
			}
		}
		if key := pickLanguage(v, language); key != "" {
			return textOf(v[key], language)
		}
	}
	return ""
}

// textsOf returns every text in v, in order.
func textsOf(v any, language string) []string {
	var texts []string
	for _, item := range each(v) {
		if o, ok := item.(object); ok {
			if key := pickLanguage(o, language); key != "" {
				texts = append(texts, textsOf(o[key], language)...)
				continue
			}
		}
		if s := textOf(item, language); s != "" {
			texts = append(texts, s)
		}
	}
	return texts
}

// pickLanguage returns the key of a language map to read, or "" if o is none.
func pickLanguage(o object, language string) string {
	if len(o) == 0 {
		return ""
	}
	keys := slices.Sorted(maps.Keys(o))
	for _, k := range keys {
		if !isLanguageTag(k) {
			return ""
		}
	}
	for _, want := range []string{language, "en"} {
		for _, k := range keys {
			if want != "" && baseLanguage(k) == baseLanguage(want) {
				return k
			}
		}
	}
	return keys[0]
}

func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	return base
}

// isLanguageTag reports whether s looks like a BCP 47 tag.
func isLanguageTag(s string) bool {
	base, rest, _ := strings.Cut(s, "-")
	if len(base) < 2 || len(base) > 3 && base != "@none" || len(rest) > 12 {
		return false
	}
	for _, c := range base {
		if (c < 'a' || c > 'z') && c != '@' {
			return false
		}
	}
	return true
}

// typeNames returns the local names of the @type of o.
func typeNames(o object) []string {
	var names []string
	for _, t := range each(o["@type"]) {
		if s, ok := t.(string); ok {
			names = append(names, s[strings.LastIndexAny(s, "/#:")+1:])
		}
	}
	return names
}
