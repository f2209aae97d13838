package contact_test

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

func TestUnmask(t *testing.T) {
	for in, want := range map[string]string{
		"a&amp;amp;#64;b.org":                      "a@b.org",
		"a&commat;b.org":                           "a@b.org",
		"a%40b.org, 25%40 off":                     "a@b.org, 25%40 off",
		"%2B44 20":                                 "+44 20",
		"a\uff20b.org \uff10\uff12\uff10":          "a@b.org 020",
		"a\u200b@b.org":                            "a@b.org",
		"write to ann at mail dot co dot uk today": "write to ann@mail.co.uk today",
		"care at home, no dot com":                 "care at home, no dot com",
		"R&D, 100 % of 20":                         "R&D, 100 % of 20",
	} {
		if got := contact.Unmask(in); got != want {
			t.Errorf("Unmask(%q) = %q, want %q", in, got, want)
		}
	}
}
