package source

import (
	"regexp"
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
		File:    r.File,
		Record:  r.Number,
		Rule:    v.Rule,
		Message: v.Message,
		Raw:     cleanRaw(r.Raw),
	}
}

// contactKeys are JSON members that name a person to write to.
var contactKeys = regexp.MustCompile(`(?is)"(?:\w+:)?(?:application_?contacts?|target_?contact_?points?|contact_?points?|contacts?|e-?mail|telephone|phone)"\s*:\s*(?:\{[^{}]*\}?|\[[^\[\]]*\]?|"(?:[^"\\]|\\.)*"?)`)

// cleanRaw works on twice the bytes it keeps, so that a contact cut in half by
// the first cut is not among those kept.
func cleanRaw(raw []byte) string {
	text := strings.ToValidUTF8(string(raw[:min(len(raw), 2*rawBytes)]), "\ufffd")
	text = contactKeys.ReplaceAllString(text, `"contact":null`)
	text = contact.Remove(text)
	if len(text) <= rawBytes {
		return text
	}
	end := rawBytes
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}
