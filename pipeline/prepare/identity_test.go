package prepare

import "testing"

func TestWebPage(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/jobs?id=7#apply":                     "https://example.org/jobs?id=7#apply",
		"https://example.org/jobs?id=0123456789":                  "https://example.org/jobs?id=0123456789",
		"https://ann:secret@example.org/jobs":                     "https://example.org/jobs",
		"https://example.org/jobs?job=7&to=ann@example.org":       "https://example.org/jobs",
		"https://example.org/jobs?job=7&to=ann%40example.org#top": "https://example.org/jobs#top",
		"https://example.org/jobs?call=%2B44+1632+960123":         "https://example.org/jobs",
		"https://example.org/jobs#ann@example.org":                "https://example.org/jobs",
		"https://example.org/ann@example.org":                     "",
		"https://example.org/%zz?to=ann@example.org":              "",
		"https://example.org/%zz":                                 "https://example.org/%zz",
		"mailto:ann@example.org":                                  "",
		"www.example.org":                                         "",
		"\thttps://example.org":                                   "https://example.org",
		"https://example.org/jobs?to=ann&#64;example.org":         "https://example.org/jobs",
		"https://example.org/jobs?a=1&copy=2":                     "https://example.org/jobs?a=1&copy=2",
		"https://example.org/call +44 20 7946 0958":               "",
		"https://example.org/ann%2540example.org":                 "",
		"https://example.org/<b>":                                 "",
	} {
		if got := webPage(in); got != want {
			t.Errorf("webPage(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSourceID(t *testing.T) {
	const page = "https://example.org/jobs"
	for _, c := range []struct{ id, page, kept, want string }{
		{" 7 ", page, page, "7"},
		{"", page, page, page},
		{"", "", "", "hash"},
		{"ann@example.org", page, page, shortHash("ann@example.org")},
		{"tel:+442079460958", page, page, shortHash("tel:+442079460958")},
		{"0123456789", page, page, "0123456789"},
		{"", page + "?to=ann@example.org", page, shortHash(page + "?to=ann@example.org")},
	} {
		if got := sourceID(c.id, c.page, c.kept, "hash"); got != c.want {
			t.Errorf("sourceID(%q, %q) = %q, want %q", c.id, c.page, got, c.want)
		}
	}
}
