package linker_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sourcegraph/conc/pool"
	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// texts draws texts that have names of skills in them, torn and decorated.
func texts() *rapid.Generator[string] {
	parts := []string{
		" ", " ", " ", ", ", ". ", "\n", "; ", "• ", "-", "'", "’s", "/", "(", ")", "&", "…", "\u00a0", "\xff", "\xe2\x80", "\u00ad", "\u200d",
		"ﬁ", "ﬃ", "e\u0301", "Å", "ß", "İ", "ǆ", "漢字", "𝐀", "½", "㎏", "1", "2020", "IT", "no", "not", "required", "experience", "of", "and", "a", "the",
		"équipe", "pas", "de", "diriger", "une", "comptabilité", "R", "C++", "C#", "c♯", ".NET", "ASP.NET", "Swift", "JAVA", "We", "you",
		"Requirements", ":", " - ", "1) ", "*", "Desirable", "What we offer", "Experience", "training in", "provided", "ideally", "but",
	}
	for _, s := range smallSkills {
		parts = append(parts, s.official, strings.ToUpper(s.official), s.french)
		parts = append(parts, strings.Fields(s.official)...)
	}
	return rapid.Custom(func(t *rapid.T) string {
		drawn := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(parts), rapid.String()), 0, 40).Draw(t, "parts")
		return strings.Join(drawn, rapid.SampledFrom([]string{"", " "}).Draw(t, "glue"))
	})
}

// checkMatches fails unless all matches are sound for the text.
func checkMatches(t interface{ Fatalf(string, ...any) }, text string, matches []linker.Match) {
	seen := map[int32]bool{}
	for _, m := range matches {
		switch {
		case m.Start < 0 || m.End > len(text) || m.Start >= m.End:
			t.Fatalf("span %d to %d of %d bytes", m.Start, m.End, len(text))
		case !utf8.RuneStart(text[m.Start]) || m.End < len(text) && startsInside(text, m.End):
			t.Fatalf("span %d to %d cuts a rune of %q", m.Start, m.End, text)
		case m.Score < 0 || m.Score > 1:
			t.Fatalf("score %v", m.Score)
		case seen[m.Skill]:
			t.Fatalf("skill %d twice", m.Skill)
		}
		seen[m.Skill] = true
	}
}

// startsInside says whether byte i is inside a valid rune of the text.
func startsInside(text string, i int) bool {
	for back := 1; back < utf8.UTFMax && i-back >= 0; back++ {
		if _, size := utf8.DecodeRuneInString(text[i-back:]); size > back {
			return true
		}
	}
	return false
}

func TestProperties(t *testing.T) {
	l, _ := newSmall(t)
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		language := rapid.SampledFrom([]string{"", "en", "fr", "xx"}).Draw(t, "language")
		links, ranks := l.Link(text, language), l.Rank(text, language, 5)
		checkMatches(t, text, links)
		checkMatches(t, text, ranks)
		if !slices.IsSortedFunc(links, func(a, b linker.Match) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			return int(a.Skill - b.Skill)
		}) {
			t.Fatalf("links are not in order: %+v", links)
		}
		for _, m := range links {
			if m.Score < l.DefaultThreshold()-1e-6 {
				t.Fatalf("score %v is below the threshold", m.Score)
			}
		}
		if m, ok := l.Name(text, language); ok {
			checkMatches(t, text, []linker.Match{m})
		}
		l.Classify(text, "", language, 3)
		if again := l.Link(text, language); !reflect.DeepEqual(links, again) {
			t.Fatalf("the second time it gives %+v, the first %+v", again, links)
		}
	})
}

func TestLowerThresholdFindsTheSame(t *testing.T) {
	l, _ := newSmall(t)
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		found := map[int32]float64{}
		for _, m := range l.LinkMin(text, "en", rapid.Float64Range(0, l.DefaultThreshold()).Draw(t, "least")) {
			found[m.Skill] = m.Score
		}
		for _, m := range l.Link(text, "en") {
			if score, ok := found[m.Skill]; !ok || score != m.Score {
				t.Fatalf("%+v has score %v at a lower threshold", m, score)
			}
		}
	})
}

func TestConcurrentUse(t *testing.T) {
	l, _ := newSmall(t)
	text := "You will lead a team in primary care, with skills in Java, accounting and event management; gérer une équipe."
	want := l.Link(text, "")
	wantRank := l.Rank(text, "en", 5)
	workers := pool.New().WithMaxGoroutines(8)
	for range 200 {
		workers.Go(func() {
			if got := l.Link(text, ""); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if got := l.Rank(text, "en", 5); !reflect.DeepEqual(got, wantRank) {
				t.Errorf("got %+v, want %+v", got, wantRank)
			}
			l.Name("Java Programming", "en")
			l.Classify("Senior Practice Nurse", "", "en", 2)
		})
	}
	workers.Wait()
}

func TestHostileText(t *testing.T) {
	l, _ := newSmall(t)
	for name, text := range map[string]string{
		"one endless word":     strings.Repeat("a", 1<<20),
		"one word, over again": strings.Repeat("team ", 1<<17),
		"a name, over again":   strings.Repeat("lead manage a team ", 1<<15),
		"full stops":           strings.Repeat(".", 1<<19) + strings.Repeat(". ", 1<<18),
		"broken bytes":         strings.Repeat("\xff\xe2\x80", 1<<18),
		"marks":                "e" + strings.Repeat("\u0301", 1<<19),
	} {
		t.Run(name, func(t *testing.T) {
			checkMatches(t, text, l.LinkMin(text, "", 0))
			checkMatches(t, text, l.Rank(text, "", 5))
			l.Name(text, "en")
			l.Classify(text, "", "en", 3)
		})
	}
}

func FuzzLink(f *testing.F) {
	for _, seed := range []string{"", "lead a team", "Java or Swift; no C++", "e\u0301quipe ﬃ\xff", "Pas de comptabilité", "WE LEAD A TEAM & IT", "Requirements:Java - 1) lead a team •-no C++ (desirable)Accounting", "What we offer: Java\nVous savez gérer une équipe"} {
		f.Add(seed, "en")
	}
	f.Add("diriger une équipe", "")
	l, _ := newSmall(f)
	f.Fuzz(func(t *testing.T, text, language string) {
		checkMatches(t, text, l.LinkMin(text, language, 0))
		checkMatches(t, text, l.Rank(text, language, 10))
		if m, ok := l.Name(text, language); ok {
			checkMatches(t, text, []linker.Match{m})
		}
		l.Classify(text, "", language, 3)
	})
}
