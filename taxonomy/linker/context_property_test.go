package linker

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// postings draws texts in the forms of vacancies: lists that lost their breaks,
// headings, bullets, glued sentences.
func postings(without string) *rapid.Generator[string] {
	parts := []string{
		" ", " ", " ", ". ", ".", "\n", ": ", ":", ", ", " - ", " -", "• ", "•-", "* ", "*", "1) ", " 2)", "a) ", "(", ")", ";", "\t", "\xff", "é", "ß",
		"Requirements", "What we offer", "About us", "Desirable", "Experience of", "knowledge", "Java", "the", "We", "you", "not", "required", "but",
		"ideally", "training", "provided", "min.", "3", "B", "kat.", "Mile widziane", "znajomość", "🙂", "www", "A", "TEAM WORK", "we will train you in",
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return strings.ContainsAny(p, without) })
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 40), func(drawn []string) string { return strings.Join(drawn, "") })
}

func TestSentencesHold(t *testing.T) {
	x := sealed(t, "en")
	d := &document{}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(postings(""), rapid.String()).Draw(t, "text")
		d.read(x, text)
		d.markContext(x)
		next, at := 0, int32(0)
		for _, s := range d.sentences {
			if s.first != next || s.last <= s.first || s.last-s.first > sentenceLimit {
				t.Fatalf("sentence %d to %d after %d in %q", s.first, s.last, next, text)
			}
			if s.likely < 0 || s.likely > 1 || s.about > aboutApplication {
				t.Fatalf("%+v", s.surroundings)
			}
			next = s.last
		}
		if next != len(d.tokens) {
			t.Fatalf("%d of %d tokens are in sentences of %q", next, len(d.tokens), text)
		}
		for i, w := range d.tokens {
			if w.start < at || w.end <= w.start || !utf8.ValidString(text[w.start:w.end]) {
				t.Fatalf("token %d to %d after %d in %q", w.start, w.end, at, text)
			}
			at = w.end
			if got := d.requirementOf(i, i+1); got != RequirementRequired && got != RequirementPreferred && got != RequirementOffered {
				t.Fatalf("requirement %q", got)
			}
		}
	})
}

// TestSplittingAgain cuts a text, writes each sentence on a line of its own and
// cuts again: nothing changes. Brackets and list marks lose their partners.
func TestSplittingAgain(t *testing.T) {
	x := sealed(t, "en")
	d := &document{}
	lines := func(text string) string {
		d.read(x, text)
		var all []string
		for _, s := range d.sentences {
			all = append(all, text[d.tokens[s.first].start:d.tokens[s.last-1].end])
		}
		return strings.Join(all, "\n")
	}
	rapid.Check(t, func(t *rapid.T) {
		text := postings("()").Draw(t, "text")
		once := lines(text)
		if twice := lines(once); twice != once {
			t.Fatalf("%q is cut into %q, and that into %q", text, once, twice)
		}
	})
}

// sealed returns the lexicon of a language without names.
func sealed(t testing.TB, language string) *lexicon {
	t.Helper()
	x, err := newLexicon(language)
	if err != nil {
		t.Fatal(err)
	}
	x.seal()
	return x
}

func TestReadAllocatesNothing(t *testing.T) {
	x := sealed(t, "en")
	d := &document{}
	text := "About us: we care. Requirements:Experience of audits • Ideally Java - not required\nVous êtes chargé de la gestion des stocks dans une équipe."
	read := func() {
		d.read(x, text)
		d.markContext(x)
	}
	read()
	if n := testing.AllocsPerRun(100, read); n > 0 {
		t.Errorf("%v allocations a text", n)
	}
}
