package taxonomy

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// sample is a small invented taxonomy.
func sample() *Taxonomy {
	return &Taxonomy{
		Release: "ESCO v9.1", Releases: []string{"ESCO v9.1"}, Languages: []string{"en", "fr"},
		Skills: []Skill{
			{
				URI: "http://example.org/skill/a", Type: TypeSkill, ReuseLevel: "cross-sector", Flags: Green | DigComp,
				Broader: []string{"http://example.org/group/g"},
				Labels: []Label{
					{"tend a garden", "en", Preferred}, {"gardening", "en", Alternative}, {"gardning", "en", Hidden},
					{"entretenir un jardin d'été", "fr", Preferred},
				},
				Descriptions: []Text{{"Keep a garden alive.", "en"}},
			},
			{
				URI: "http://example.org/skill/b", Type: TypeKnowledge,
				Labels: []Label{{"garden soils", "en", Preferred}},
			},
		},
		SkillGroups: []SkillGroup{{URI: "http://example.org/group/g", Code: "S1", Labels: []Label{{"gardening", "en", Preferred}}}},
		Occupations: []Occupation{{
			URI: "http://example.org/occupation/o", Code: "6113.1", ISCO: "6113",
			Labels:    []Label{{"gardener", "en", Preferred}, {"jardinier", "fr", Preferred}},
			Essential: []int32{0}, Optional: []int32{1},
		}},
		ISCOGroups: []ISCOGroup{
			{Code: "6", Labels: []Label{{"Agricultural workers", "en", Preferred}}},
			{Code: "6113", Labels: []Label{{"Gardeners", "en", Preferred}, {"Jardiniers", "fr", Preferred}}},
		},
		SkillRelations: []SkillRelation{{From: 0, To: 1, Essential: true}},
		Unresolved:     RelationCount{Optional: 2},
	}
}

func TestIndices(t *testing.T) {
	x := sample()
	if i, ok := x.SkillIndex("http://example.org/skill/b"); !ok || i != 1 {
		t.Errorf("SkillIndex = %d, %t", i, ok)
	}
	if i, ok := x.OccupationIndex("http://example.org/occupation/o"); !ok || i != 0 {
		t.Errorf("OccupationIndex = %d, %t", i, ok)
	}
	if i, ok := x.SkillGroupIndex("http://example.org/group/g"); !ok || i != 0 {
		t.Errorf("SkillGroupIndex = %d, %t", i, ok)
	}
	if _, ok := x.SkillIndex("http://example.org/skill/z"); ok {
		t.Error("SkillIndex finds an unknown URI")
	}
}

func TestNames(t *testing.T) {
	x := sample()
	tests := []struct{ name, got, want string }{
		{"own language", x.SkillName(0, "fr"), "entretenir un jardin d'été"},
		{"region falls back to language", x.OccupationName(0, "fr-BE"), "jardinier"},
		{"missing language falls back to English", x.SkillName(0, "de"), "tend a garden"},
		{"no language", x.OccupationName(0, ""), "gardener"},
		{"out of range", x.SkillName(7, "en") + x.OccupationName(-1, "en"), ""},
		{"unit group", x.ISCOName("6113", "fr"), "Jardiniers"},
		{"major group", x.ISCOName("6", "fr"), "Agricultural workers"},
		{"unknown group", x.ISCOName("99", "fr"), "99"},
		{"any language", Name([]Label{{"x", "de", Alternative}, {"y", "sv", Preferred}}, "fr", "uri"), "y"},
		{"no preferred label", Name([]Label{{"x", "en", Alternative}}, "en", "uri"), "uri"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.name, test.got, test.want)
		}
	}
}

func TestRelations(t *testing.T) {
	x := sample()
	if got, want := x.RelationCount(), (RelationCount{Essential: 1, Optional: 3}); got != want || x.Relations() != 4 {
		t.Errorf("RelationCount = %+v, Relations = %d", got, x.Relations())
	}
}

func TestSearch(t *testing.T) {
	x := sample()
	tests := []struct {
		text, language string
		want           []string // kind: label
	}{
		{"Gardening", "en", []string{"group: gardening", "skill: gardening"}},
		{"garden", "en", []string{"skill: garden soils", "occupation: gardener", "group: gardening", "skill: gardening"}},
		{"growing", "en", nil},
		{"soil GARD", "", []string{"skill: garden soils"}},
		{"jardin ete", "", []string{"skill: entretenir un jardin d'été"}},
		{"jardin ete", "en", nil},
		{" - ", "", nil},
	}
	for _, test := range tests {
		var got []string
		for _, hit := range x.Search(test.text, test.language, 10) {
			got = append(got, string(hit.Kind)+": "+hit.Label)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("Search(%q, %q) = %q, want %q", test.text, test.language, got, test.want)
		}
	}
	if got := x.Search("garden", "en", 2); len(got) != 2 {
		t.Errorf("Search for 2 gives %d", len(got))
	}
}

func TestSaveLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "taxonomy.bin")
	x := sample()
	for range 2 { // the second time over an existing file
		if err := x.Save(path); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, x) || got.Fingerprint() != x.Fingerprint() {
		t.Errorf("loaded %+v, saved %+v", got, x)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("Save leaves %d files", len(entries))
	}
}

func TestFingerprintChanges(t *testing.T) {
	seen := map[string]int{sample().Fingerprint(): -1}
	for i, change := range []func(*Taxonomy){
		func(x *Taxonomy) { x.Release = "ESCO v9.2" },
		func(x *Taxonomy) { x.Skills[0].Flags |= Digital },
		func(x *Taxonomy) { x.Skills[0].Labels[1].Kind = Hidden },
		func(x *Taxonomy) { x.Occupations[0].Optional = nil },
		func(x *Taxonomy) { x.SkillRelations[0].Essential = false },
	} {
		x := sample()
		change(x)
		if other, ok := seen[x.Fingerprint()]; ok {
			t.Errorf("change %d has the fingerprint of %d", i, other)
		}
		seen[x.Fingerprint()] = i
	}
}

func TestLoadErrors(t *testing.T) {
	content, err := format().pack(sample().payload())
	if err != nil {
		t.Fatal(err)
	}
	edit := func(at int, b byte) []byte {
		c := append([]byte(nil), content...)
		c[at] = b
		return c
	}
	tests := []struct {
		name    string
		content []byte
		target  error
		want    string
	}{
		{"empty", nil, ErrCorrupt, "begin with a header"},
		{"other file", []byte(strings.Repeat("conceptUri,", 20)), ErrCorrupt, "begin with a header"},
		{"newer", edit(7, 2), ErrNewerFormat, "format 2"},
		{"newer says what to do", edit(7, 2), ErrNewerFormat, "use that skillsgap"},
		{"no version", edit(7, 0), ErrCorrupt, "format 0"},
		{"huge length", edit(8, 0xff), ErrCorrupt, "states format 1 and a length"},
		{"short length", edit(15, 1), ErrCorrupt, "its length or checksum"},
		{"checksum", edit(20, content[20]+1), ErrCorrupt, "checksum"},
		{"truncated", content[:len(content)-9], ErrCorrupt, "decompressing"},
		{"says what to do", content[:60], ErrCorrupt, "skillsgap taxonomy import"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "taxonomy.bin")
			if err := os.WriteFile(path, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path)
			if !errors.Is(err, test.target) || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want %v with %q", err, test.target, test.want)
			}
		})
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func TestSaveRefusesDisorder(t *testing.T) {
	for name, spoil := range map[string]func(*Taxonomy){
		"skills":      func(x *Taxonomy) { x.Skills[1].URI = x.Skills[0].URI },
		"groups":      func(x *Taxonomy) { x.SkillGroups[0].URI = "" },
		"occupations": func(x *Taxonomy) { x.Occupations = append(x.Occupations, x.Occupations[0]) },
		"ISCO":        func(x *Taxonomy) { x.ISCOGroups[1].Code = "5" },
		"skill index": func(x *Taxonomy) { x.Occupations[0].Optional = []int32{2} },
		"order":       func(x *Taxonomy) { x.Occupations[0].Optional = []int32{1, 0} },
		"relation":    func(x *Taxonomy) { x.SkillRelations[0].To = -1 },
	} {
		x := sample()
		spoil(x)
		if err := x.Save(filepath.Join(t.TempDir(), "taxonomy.bin")); err == nil {
			t.Errorf("%s: Save accepts it", name)
		}
	}
}
