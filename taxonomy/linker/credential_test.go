package linker_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

func newFinder(t testing.TB, titles ...linker.CredentialTitle) *linker.CredentialFinder {
	t.Helper()
	f, err := linker.NewCredentialFinder(titles)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// credentialNames returns the names found, sorted, a ? before what is preferred.
func credentialNames(matches []linker.CredentialMatch) []string {
	names := []string{}
	for _, m := range matches {
		if m.Requirement == linker.RequirementPreferred {
			m.Name = "?" + m.Name
		}
		names = append(names, m.Name)
	}
	slices.Sort(names)
	return names
}

func TestCredentialCases(t *testing.T) {
	file, err := os.ReadFile("testdata/credentials.txt")
	if err != nil {
		t.Fatal(err)
	}
	f := newFinder(t)
	cases := 0
	for line := range strings.Lines(string(file)) {
		fields := strings.Split(line, "|")
		if line[0] == '#' || len(fields) != 3 {
			continue
		}
		cases++
		text := strings.ReplaceAll(strings.TrimSpace(fields[1]), " / ", "\n")
		want := []string{}
		for _, name := range strings.Split(strings.TrimSpace(fields[2]), "; ") {
			if name != "-" {
				want = append(want, name)
			}
		}
		slices.Sort(want)
		if got := credentialNames(f.Find(text, strings.TrimSpace(fields[0]))); !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
	if cases < 100 {
		t.Errorf("only %d cases were read", cases)
	}
}

func TestCredentialEvidence(t *testing.T) {
	f := newFinder(t)
	for text, want := range map[string]string{
		"é: a full driving licence (category C1) helps":     "driving licence (category C1",
		"Registration with the Nursing & Midwifery Council": "Nursing & Midwifery Council",
		"You must be a member of the Society of Dyers.":     "Society of Dyers",
	} {
		got := f.Find(text, "en-GB")
		if len(got) != 1 || text[got[0].Start:got[0].End] != want {
			t.Errorf("%q has %+v, want the evidence %q", text, got, want)
		}
	}
}

// TestCredentialOnce keeps the stronger of two ways to ask, at its first place.
func TestCredentialOnce(t *testing.T) {
	text := "CISSP is desirable. A current CISSP is essential. CISSP!"
	got := newFinder(t).Find(text, "en")
	if len(got) != 1 || got[0].Requirement != linker.RequirementRequired || got[0].Start != strings.Index(text, "CISSP is essential") {
		t.Errorf("got %+v", got)
	}
}

func TestCredentialTitles(t *testing.T) {
	f := newFinder(t,
		linker.CredentialTitle{ID: "c1", Title: "Certificate in Dementia Care Practice", Languages: []string{"en"}},
		linker.CredentialTitle{ID: "c2", Title: "Health and safety awareness", Languages: []string{"en"}},
		linker.CredentialTitle{ID: "c3", Title: "First aid at work", Languages: []string{"en"}},
		linker.CredentialTitle{ID: "c4", Title: "Leadership", Languages: []string{"en"}},
		linker.CredentialTitle{ID: "c5", Title: "Certificate in Dementia Care Practice"},
		linker.CredentialTitle{ID: "c6", Title: "Kursus i varm svejsning certifikat", Languages: []string{"da"}},
	)
	for text, want := range map[string]string{
		"You have the Certificate in Dementia Care Practice.": "c1 micro_credential Certificate in Dementia Care Practice",
		"Good health and safety awareness":                    "",
		"A health and safety awareness certificate":           "c2 micro_credential Health and safety awareness",
		"A current first aid certificate":                     "c3 certificate first aid certificate",
		"Leadership certificate or award":                     "",
	} {
		got := ""
		for _, m := range f.Find(text, "en") {
			got += m.ID + " " + m.Kind + " " + m.Name
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := f.Find("Certificate in Dementia Care Practice", "xx"); len(got) != 1 || got[0].ID != "c5" {
		t.Errorf("a title without a language is found in none: %+v", got)
	}
}

// credentialTexts draws texts that have names of credentials in them, torn and
// decorated.
func credentialTexts() *rapid.Generator[string] {
	parts := []string{
		" ", ", ", ". ", "\n", "(", ")", "/", "+", "é", "\xff", "NMC", "PIN", "registered with the", "Institute of", "driving licence", "category", "C+E", "kat. B",
		"Führerschein", "prawo jazdy", "permis", "valid", "licence", "Certified", "Certification", "must", "desirable", "no", "we pay", "CISSP", "ITIL", "qualified", "member of the", "Royal College",
	}
	return rapid.Custom(func(t *rapid.T) string {
		drawn := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(parts), rapid.String()), 0, 40).Draw(t, "parts")
		return strings.Join(drawn, rapid.SampledFrom([]string{"", " "}).Draw(t, "glue"))
	})
}

func TestCredentialProperties(t *testing.T) {
	f := newFinder(t)
	rapid.Check(t, func(t *rapid.T) {
		text := credentialTexts().Draw(t, "text")
		checkCredentials(t, f, text, rapid.SampledFrom([]string{"", "en", "de", "fr", "pl", "xx"}).Draw(t, "language"))
	})
}

func checkCredentials(t interface{ Fatalf(string, ...any) }, f *linker.CredentialFinder, text, language string) {
	found := f.Find(text, language)
	seen := map[string]bool{}
	for i, m := range found {
		switch {
		case m.Start < 0 || m.Start >= m.End || m.End > len(text):
			t.Fatalf("span %d to %d of %d bytes", m.Start, m.End, len(text))
		case !utf8.RuneStart(text[m.Start]) || m.End < len(text) && startsInside(text, m.End):
			t.Fatalf("span %d to %d cuts a rune of %q", m.Start, m.End, text)
		case m.Name == "" || m.Kind == "" || seen[m.Name]:
			t.Fatalf("%+v has no name or kind, or is there twice", m)
		case m.Requirement != linker.RequirementRequired && m.Requirement != linker.RequirementPreferred:
			t.Fatalf("requirement %q", m.Requirement)
		case i > 0 && m.Start < found[i-1].Start:
			t.Fatalf("not in order: %+v", found)
		}
		seen[m.Name] = true
	}
	if again := f.Find(text, language); !slices.Equal(found, again) {
		t.Fatalf("the second time it gives %+v, the first %+v", again, found)
	}
}

func TestCredentialsInHostileText(t *testing.T) {
	f := newFinder(t)
	for name, text := range map[string]string{
		"one endless word": strings.Repeat("a", 1<<20),
		"openers":          strings.Repeat("registered with the Society of ", 1<<14),
		"closers":          strings.Repeat("Valid Certified Certification licence ", 1<<14),
		"names":            strings.Repeat("NMC or HCPC ", 1<<15) + "registered",
		"capitals":         "registered with the " + strings.Repeat("Society ", 1<<15),
		"broken bytes":     strings.Repeat("\xff\xe2\x80 NMC PIN", 1<<14),
	} {
		t.Run(name, func(t *testing.T) { checkCredentials(t, f, text, "en") })
	}
}

func FuzzCredentials(f *testing.F) {
	finder := newFinder(f)
	for _, seed := range []string{"", "NMC PIN", "prawo jazdy kat. C+E", "member of the Institute of \xff", "driving licence (category é", "CERTIFIED NMC"} {
		f.Add(seed, "en")
	}
	f.Fuzz(func(t *testing.T, text, language string) { checkCredentials(t, finder, text, language) })
}

func BenchmarkCredentials(b *testing.B) {
	f := newFinder(b)
	text := strings.Repeat("You will lead a busy team in a modern hospital and work with patients every day. ", 20) + "You must have NMC registration and a full UK driving licence."
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f.Find(text, "en")
	}
}
