package linker

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// pieces returns the written words of a text; | begins a sentence, comma comes
// before a broken piece.
func pieces(text string) []string {
	var words []string
	for scan := (scanner{text: text}); ; {
		p, ok := scan.next()
		if !ok {
			return words
		}
		word := text[p.start:p.end]
		if p.broken {
			word = "," + word
		}
		if p.newSentence {
			word = "|" + word
		}
		words = append(words, word)
	}
}

func TestScan(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"...", ""},
		{"one two", "|one two"},
		{"C++, C# and .NET", "|C++ ,C# and .NET"},
		{"ASP.NET 3.5", "|ASP .NET 3 5"},
		{"the internet", "|the internet"},
		{".network", "|network"},
		{"R&D", "|R & D"},
		{"co-ordinate e-learning well-being", "|co-ordinate e-learning well-being"},
		{"patient-centred", "|patient centred"},
		{"re- use", "|re use"},
		{"the nurse's don't", "|the nurse don"},
		{"l’équipe d'abord", "|l équipe d abord"},
		{"'s t", "|s t"},
		{"End. Start", "|End |Start"},
		{"the team.Also", "|the team |Also"},
		{"e.g. this i.e. that", "|e g this i e that"},
		{"a\nb\tc; d • e", "|a |b |c |d |e"},
		{"(one) – two: three/four", "|,one ,two ,three ,four"},
		{"soft\u00adhyphen zero\u200dwidth", "|soft\u00adhyphen zero\u200dwidth"},
		{"e\u0301quipe", "|e\u0301quipe"},
		{"\u0301x", "|x"},
		{"a\xffb", "|a b"},
		{"C♯ 漢字", "|C♯ 漢字"},
		{"Is it? 'Yes'", "|Is it |Yes"},
		{"Requirements:Degree", "|Requirements |,Degree"},
		{"10:30 at http://x", "|10 ,30 at http ,x"},
		{"(m/w/d)Wir", "|,m ,w ,d |,Wir"},
		{"• -one\n•-two * three ✓ four ➢five", "|,one |two |three |four |five"},
		{"tasks: - one - two-part - three", "|tasks |,one |,two part |,three"},
		{"one - two", "|one ,two"},
		{"1) one 2)two b) three", "|one |two |three"},
		{"(band 5) x (a) y", "|,band 5 ,x ,a ,y"},
		{"Kolleg*innen col·la", "|Kolleg innen col la"},
		{"min. 3 years, kat. B and so. Then", "|min 3 years ,kat B and so |Then"},
		{"it is 5. Then 6", "|it is 5 |Then 6"},
	}
	for _, tt := range tests {
		if got := strings.Join(pieces(tt.text), " "); got != tt.want {
			t.Errorf("%q gives %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestScanSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		last := 0
		for scan := (scanner{text: text}); ; {
			p, ok := scan.next()
			if !ok {
				return
			}
			word := text[p.start:p.end]
			if p.start < last || p.start >= p.end || p.end > len(text) {
				t.Fatalf("piece %d to %d after %d in %q", p.start, p.end, last, text)
			}
			if !utf8.ValidString(word) {
				t.Fatalf("piece %q of %q cuts a rune", word, text)
			}
			last = p.end
		}
	})
}

func TestFold(t *testing.T) {
	tests := []struct{ word, want string }{
		{"Team", "team"},
		{"co-ordinate", "coordinate"},
		{"ﬁle", "file"},
		{"oﬃce", "office"},
		{"STRASSE", "strasse"},
		{"Straße", "strasse"},
		{"e\u0301quipe", "équipe"},
		{"É", "é"},
		{"soft\u00adhyphen", "softhyphen"},
		{"𝐥𝐞𝐚𝐝", "lead"},
		{"C♯", "c#"},
		{".NET", ".net"},
		{"&", "and"},
		{strings.Repeat("a", maxTokenBytes+1), ""},
	}
	for _, tt := range tests {
		if got := string(fold(nil, tt.word)); got != tt.want {
			t.Errorf("fold(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestEnglishForms(t *testing.T) {
	x, err := newLexicon("en")
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("testdata/forms.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		stemA, lemmaA, lightA := x.forms(fields[0])
		stemB, lemmaB, lightB := x.forms(fields[1])
		got := "none"
		switch {
		case lightA == lightB:
			got = "light"
		case lemmaA == lemmaB:
			got = "lemma"
		case stemA == stemB:
			got = "stem"
		}
		if got != fields[2] {
			t.Errorf("%s and %s share %s, want %s (stems %s, %s; lemmas %s, %s)", fields[0], fields[1], got, fields[2], stemA, stemB, lemmaA, lemmaB)
		}
	}
}

// TestWordFiles reads every embedded word list.
func TestWordFiles(t *testing.T) {
	for _, language := range strings.Fields(tongueList) {
		classes, err := loadClasses(language)
		if err != nil {
			t.Fatal(err)
		}
		has := class(0)
		for w, c := range classes {
			has |= c
			if string(fold(nil, w)) != w {
				t.Errorf("words/%s.txt: %q is not in its normal form", language, w)
			}
		}
		want := function | conjunction | negator | bridge | needless | lifts | grade | asking | employer | address | duty
		if language != "pl" { // has no articles
			want |= article
		}
		if has&want != want {
			t.Errorf("words/%s.txt lacks a class", language)
		}
	}
	if classes, err := loadClasses("xx"); err != nil || len(classes) > 0 {
		t.Errorf("a language without a file: %v, %v", classes, err)
	}
}

func TestAliasFile(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		aliases, err := loadAliases(language)
		if err != nil || len(aliases) == 0 {
			t.Fatalf("%s: %d aliases, %v", language, len(aliases), err)
		}
		actions := []string{"skill", "name", "hint", "drop", "nothing", "aside"}
		for i, a := range aliases {
			if !slices.Contains(actions, a.action) || a.action == "skill" && a.skill == "" || a.name == "" {
				t.Errorf("%+v is not sound", a)
			}
			if slices.Contains(aliases[:i], a) {
				t.Errorf("%+v stands twice", a)
			}
		}
	}
}
