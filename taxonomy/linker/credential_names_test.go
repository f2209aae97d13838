package linker

import (
	"strings"
	"testing"
)

// TestCredentialFile looks up each name of the file in its own language: one whose
// words are skipped there would never be found, or as something else.
func TestCredentialFile(t *testing.T) {
	rows, err := loadCredentials()
	if err != nil {
		t.Fatal(err)
	}
	f, err := NewCredentialFinder(nil)
	if err != nil {
		t.Fatal(err)
	}
	names, canonical := 0, map[string]string{}
	for _, r := range rows {
		if r.canonical == "" {
			continue
		}
		names++
		if kind, known := canonical[r.canonical]; known && kind != r.kind {
			t.Errorf("%s is a %s and a %s", r.canonical, kind, r.kind)
		}
		canonical[r.canonical] = r.kind
		language := strings.TrimPrefix(r.language, anyLanguage)
		s := f.sets[language]
		var d document
		d.read(s.lexicon, r.name)
		found := false
		for _, id := range s.at(nil, r.name, d.tokens, false) {
			found = found || s.entries[id].name == r.canonical
		}
		if !found || len(d.sentences) != 1 || losesCapital(s, r.name) {
			t.Errorf("%s %q does not read as %s", r.language, r.name, r.canonical)
		}
	}
	if names < 250 || len(canonical) < 250 {
		t.Errorf("%d names of %d credentials", names, len(canonical))
	}
}

// losesCapital says whether a capital is skipped as an article: the D of "permis D".
func losesCapital(s *credentialSet, name string) bool {
	for scan := (scanner{text: name}); ; {
		p, ok := scan.next()
		if !ok {
			return false
		}
		if p.letters == upperCase && s.lexicon.find(strings.ToLower(name[p.start:p.end])).class&article != 0 {
			return true
		}
	}
}
