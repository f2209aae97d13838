package prepare

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/skillsgap/skillsgap/pipeline/source/contact"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"blocks", "<p>One</p><ul><li>Two</li><li>Three</li></ul>", "One\nTwo\nThree"},
		{"inline", "<p>You <b>lead</b> a te<i>a</i>m.</p>", "You lead a team."},
		{"escaped twice", "&lt;p&gt;R&amp;amp;D &lt;strong&gt;work&lt;/strong&gt;&lt;/p&gt;", "R&D work"},
		{"escaped three times", "&amp;lt;p&amp;gt;Work&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;hard&amp;lt;/p&amp;gt;", "Work\nhard"},
		{"entities in plain text", "Fish &amp; chips &lt; 5 &euro;", "Fish & chips < 5 €"},
		{"line breaks of plain text stay", "One\r\n\r\nTwo\tthree", "One\nTwo three"},
		{"line breaks of source do not", "<p>One\ntwo</p>\n<p>Three</p>", "One two\nThree"},
		{"line breaks stay without blocks", "<b>One</b>\nTwo", "One\nTwo"},
		{"break elements", "One<br/>Two<br>\nThree", "One\nTwo\nThree"},
		{"scripts and comments", "<p>One<script>alert('x')</script><!-- no --><style>p{}</style></p>", "One"},
		{"not markup", "Knowledge of List<String> and 3 < 4", "Knowledge of List<String> and 3 < 4"},
		{"word processor", "<p>One<o:p></o:p></p>", "One"},
		{"bullets", "• One\n- Two\nThree • Four", "One\nTwo\nThree\nFour"},
		{"spaces", "<p>\u00a0One\u00a0\u00a0two\u200b\u00ad </p>", "One two"},
		{"table", "<table><tr><td>Pay</td><td>Good</td></tr></table>", "Pay\nGood"},
		{"NFC", "Ko\u0308chin", "Köchin"},
		{"contact", "<p>Cook.</p><p>For details contact:</p><p>Ann Lee<br>ann@example.org</p>", "Cook."},
		{"empty", "<p> </p>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Text(c.in); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		" Nurse\n(m/f/d) ":                       "Nurse (m/f/d)",
		"Nurse &amp; carer":                      "Nurse & carer",
		"Nurse - call 01632 960123":              "Nurse - call",
		"<b>Cook</b> - apply to ann@example.org": "Cook - apply to",
		"- ":                                     "",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

// checkText checks what holds for every prepared text.
func checkText(t interface{ Fatalf(string, ...any) }, in string) {
	got := Text(in)
	if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
		t.Fatalf("Text(%q) = %q is not UTF-8 in NFC", in, got)
	}
	if s, e, ok := contact.Email(got); ok {
		t.Fatalf("address %q in Text(%q)", got[s:e], in)
	}
	for _, line := range strings.Split(got, "\n") {
		if got != "" && (line == "" || strings.TrimSpace(line) != line) {
			t.Fatalf("line %q of Text(%q)", line, in)
		}
	}
	if line := Line(in); strings.Contains(line, "\n") {
		t.Fatalf("Line(%q) = %q", in, line)
	}
}

func TestTextHolds(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"<p>", "</p>", "&lt;br&gt;", "&amp;lt;p&amp;gt;", "<script>", "</script>", "<", ">", "&", "ann@example.org", "a (at) b.org", "\n",
		" ", "•", "-", "e\u0301", "\u00a0", "\xff", "Ann Lee", "contact ", ": ", "word", "01632 960123", "<List>", "&#64;", "x&commat;y.org",
	})
	rapid.Check(t, func(t *rapid.T) {
		checkText(t, strings.Join(rapid.SliceOfN(piece, 0, 25).Draw(t, "text"), ""))
	})
}

// TestHostileText: four times the text takes about four times as long, where
// going through it anew for each contact would take sixteen times as long.
func TestHostileText(t *testing.T) {
	for _, piece := range []string{
		"ann@example.org ", "01632 960123, ", "please contact ", "&lt;p&gt;", "<p>", "(at) ", "Dr Ann Lee\n", "0 ", "a@bc ", "a@bc 01632 960123 ",
		"a (at) b ", "@ ", "a@", "a @ b.c", ". ", "+", "(", "600-123-456 ", "contact Dr Lee. ", "1 - 0", "a@bc\n", "\u00a0",
	} {
		took := func(size int) time.Duration {
			text := strings.Repeat(piece, size/len(piece))
			start := time.Now()
			Text(text)
			Line(text)
			return time.Since(start)
		}
		if short, long := took(maxText/4), took(maxText); long > 10*short+500*time.Millisecond {
			t.Errorf("%q again and again takes %v, and %v for four times as many", piece, short, long)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("&lt;p&gt;Care&lt;/p&gt;\n<ul><li>a&#64;b.org")
	f.Add("e\u0301\xff<br>• x (at) y . org")
	f.Fuzz(func(t *testing.T, in string) { checkText(t, in) })
}
