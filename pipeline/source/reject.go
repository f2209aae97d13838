package source

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// rawBytes is how much of a rejected record is kept.
const rawBytes = 2000

// NewReject returns the row for a record of a feed that broke a rule, with
// what is kept of the record: contacts removed, at most 2,000 bytes.
func NewReject(feed string, r Record, v *Violation) model.Reject {
	return model.Reject{
		Source:  feed,
		File:    contact.RemoveTokens(r.File), // of an archive's member, the publisher chose the name
		Record:  r.Number,
		Rule:    v.Rule,
		Message: contact.RemoveTokens(contact.Unmask(v.Message)), // it may quote a value
		Raw:     cleanRaw(r.Raw),
	}
}

// contactKey begins a JSON member that names a person to write to.
var contactKey = regexp.MustCompile(`(?i)"[\w:-]*(?:contact|recruiter|hiring_?manager|e-?mail|phone|mobile|\bfax|kontakt|ansprechpartner|correo|courriel)[\w-]*"\s*:\s*`)

// cleanRaw works on twice the bytes it keeps, so that a contact cut in half by
// the first cut is not among those kept.
func cleanRaw(raw []byte) string {
	text := strings.ToValidUTF8(string(raw[:min(len(raw), 2*rawBytes)]), "\ufffd")
	text = contact.Remove(plainRaw(withoutContactKeys(text)))
	if len(text) <= rawBytes {
		return text
	}
	end := rawBytes
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// plainRaw takes away what parts a contact or hides it: escapes of JSON and HTML,
// and tags.
func plainRaw(text string) string {
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		text = jsonEscape.ReplaceAllStringFunc(text, func(escape string) string {
			if s, err := strconv.Unquote(`"` + escape + `"`); err == nil {
				return s
			}
			return " "
		})
	}
	return tag.ReplaceAllString(contact.Unmask(text), "")
}

var (
	jsonEscape = regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|[nrt/])`)
	tag        = regexp.MustCompile(`</?[a-zA-Z][^<>]{0,200}>|<!--`)
)

// withoutContactKeys makes the values of contact keys null, however deep they
// are nested and also where the text is not valid JSON.
func withoutContactKeys(text string) string {
	var b strings.Builder
	for {
		loc := contactKey.FindStringIndex(text)
		if loc == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:loc[1]])
		b.WriteString("null")
		text = text[loc[1]+valueEnd(text[loc[1]:]):]
	}
}

// valueEnd returns the length of the JSON value that text begins with.
func valueEnd(text string) int {
	var e nesting
	for i := range len(text) {
		c := text[i]
		if e.depth == 0 && !e.inString && (c == ',' || c == '}' || c == ']') {
			return i
		}
		if e.step(c) {
			return i + 1
		}
	}
	return len(text)
}
