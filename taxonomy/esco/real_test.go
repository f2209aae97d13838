package esco

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// testData is the folder esco of the real test data. Without it the test is
// skipped, except in CI.
func testData(t testing.TB) string {
	t.Helper()
	root := os.Getenv("SKILLSGAP_TESTDATA")
	if root == "" {
		root = filepath.Join(repository(t), "..", "shared", "data")
	}
	folder := filepath.Join(root, "esco")
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no real ESCO files in %s: set SKILLSGAP_TESTDATA", folder)
		}
		t.Skipf("no real ESCO files in %s: set SKILLSGAP_TESTDATA to test with them", folder)
	}
	return folder
}

// repository is the folder with go.mod.
func repository(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(folder, "go.mod")); missing == nil {
			return folder
		}
		if filepath.Dir(folder) == folder {
			err = errors.New("no go.mod above the test")
		}
		folder = filepath.Dir(folder)
	}
	t.Fatal(err)
	return ""
}

func release111(folder string) []string {
	return []string{
		filepath.Join(folder, "esco-v1.1.1-en-csv.zip"),
		filepath.Join(folder, "esco-v1.1.1-relations-csv.zip"),
	}
}

func mustImport(t testing.TB, paths ...string) (*taxonomy.Taxonomy, Report) {
	t.Helper()
	x, report, err := Import(paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Validate(); err != nil {
		t.Fatal(err)
	}
	if report.BadRows > 0 {
		t.Errorf("%d bad rows: %+v", report.BadRows, report.Files)
	}
	return x, report
}

// countLabels counts the labels of the skills.
func countLabels(x *taxonomy.Taxonomy, kind taxonomy.LabelKind, language string) int {
	n := 0
	for i := range x.Skills {
		for _, l := range x.Skills[i].Labels {
			if l.Kind == kind && l.Language == language {
				n++
			}
		}
	}
	return n
}

func countFlag(x *taxonomy.Taxonomy, flag taxonomy.Flags) int {
	n := 0
	for i := range x.Skills {
		if x.Skills[i].Flags&flag != 0 {
			n++
		}
	}
	return n
}

func TestRelease111(t *testing.T) {
	x, report := mustImport(t, release111(testData(t))...)
	got := map[string]int{
		"skills": len(x.Skills), "groups": len(x.SkillGroups), "occupations": len(x.Occupations), "ISCO groups": len(x.ISCOGroups),
		"relations": x.Relations(), "essential": x.RelationCount().Essential, "unresolved": x.Unresolved.Essential + x.Unresolved.Optional,
		"skill relations": len(x.SkillRelations),
		"preferred":       countLabels(x, taxonomy.Preferred, "en"), "alternative": countLabels(x, taxonomy.Alternative, "en"),
		"green": countFlag(x, taxonomy.Green), "digital": countFlag(x, taxonomy.Digital), "transversal": countFlag(x, taxonomy.Transversal),
		"language": countFlag(x, taxonomy.LanguageSkill), "digcomp": countFlag(x, taxonomy.DigComp),
		"unknown": report.UnknownURIs,
	}
	// 640 groups have a file of their own, 7 are only in the hierarchy. The 67
	// unresolved relations are those of an occupation that has no row.
	want := map[string]int{
		"skills": 13896, "groups": 647, "occupations": 3007, "ISCO groups": 619,
		"relations": 123855, "essential": 64946, "unresolved": 67, "skill relations": 5899,
		"preferred": 13896, "alternative": 97483,
		"green": 570, "digital": 1201, "transversal": 96, "language": 346, "digcomp": 26,
		"unknown": 0,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if x.Release != "ESCO v1.1.1" || report.Release != x.Release || !slices.Equal(x.Languages, []string{"en"}) {
		t.Errorf("release %q, languages %q", x.Release, x.Languages)
	}
	for i := range x.Skills {
		if len(x.Skills[i].Broader) == 0 {
			t.Errorf("%s is below nothing", x.Skills[i].URI)
		}
	}
	path := filepath.Join(t.TempDir(), "esco.bin")
	if err := x.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := taxonomy.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Fingerprint() != x.Fingerprint() {
		t.Error("the loaded taxonomy is another")
	}
}

func TestRelease110(t *testing.T) {
	folder := testData(t)
	x, _ := mustImport(t,
		filepath.Join(folder, "esco-v1.1.0-en-csv.zip"),
		filepath.Join(folder, "esco-v1.1.0-relations-csv.zip"))
	if len(x.Skills) != 13891 || len(x.Occupations) != 3008 || x.Relations() != 123852 || x.Unresolved != (taxonomy.RelationCount{}) {
		t.Errorf("%d skills, %d occupations, %d relations, %+v unresolved", len(x.Skills), len(x.Occupations), x.Relations(), x.Unresolved)
	}
	if n := countFlag(x, taxonomy.Digital); n != 21 {
		t.Errorf("%d digital skills, want the 21 of the ICT collection", n)
	}
}

// TestEverything imports the whole folder: two releases, two translations of a
// third, and the table of labels.
func TestEverything(t *testing.T) {
	folder := testData(t)
	x, report := mustImport(t, folder)
	alone, _ := mustImport(t, release111(folder)[0])
	if x.Release != "ESCO v1.1.1" || !slices.Equal(x.Releases, []string{"ESCO v1.1.1", "ESCO v1.1.0", "ESCO v1.0"}) {
		t.Errorf("releases %q", x.Releases)
	}
	if !slices.Equal(x.Languages, []string{"de", "en", "es", "fr", "nl", "sv"}) {
		t.Errorf("languages %q", x.Languages)
	}
	if len(x.Skills) != 13896 || len(x.Occupations) != 3007 || x.Relations() != 123855 {
		t.Error("older releases change the concepts or relations")
	}
	if n := countLabels(x, taxonomy.Alternative, "en"); n != 97483 {
		t.Errorf("older releases change the English labels: %d", n)
	}
	for i := range x.Skills {
		if x.Skills[i].URI != alone.Skills[i].URI || x.SkillName(int32(i), "en") != alone.SkillName(int32(i), "en") {
			t.Errorf("%s: an older release changes the name to %q", x.Skills[i].URI, x.SkillName(int32(i), "en"))
		}
	}
	unknown := map[string]int{}
	for _, f := range report.Files {
		if f.Release != "v1.1.0" {
			unknown[f.Language] += f.UnknownURIs
		}
	}
	if want := map[string]int{"": 199, "en": 0, "fr": 109, "es": 109}; !reflect.DeepEqual(unknown, want) {
		t.Errorf("unknown URIs by language of the file: %v, want %v", unknown, want)
	}
	for language, want := range map[string]int{"fr": 13379, "es": 13379, "de": 12310, "sv": 7873, "nl": 5418} {
		if n := countLabels(x, taxonomy.Preferred, language); n != want {
			t.Errorf("%d preferred labels in %s, want %d", n, language, want)
		}
	}
}

// TestUnstatedTranslation gives the French files without their release: they must
// not bring back concepts that the pinned release has retired.
func TestUnstatedTranslation(t *testing.T) {
	folder := testData(t)
	fsys := os.DirFS(filepath.Join(folder, "v1.0-fr"))
	found := newFinder()
	defer found.close()
	if err := found.addFolder(fsys, "french"); err != nil {
		t.Fatal(err)
	}
	if err := found.addPath(release111(folder)[0]); err != nil {
		t.Fatal(err)
	}
	x, report, err := importFiles(found, "", []string{"fr"})
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Skills) != 13896 || report.UnknownURIs != 109 || !slices.Equal(x.Languages, []string{"fr"}) {
		t.Errorf("%d skills, %d unknown, languages %q", len(x.Skills), report.UnknownURIs, x.Languages)
	}
}

func BenchmarkImport(b *testing.B) {
	paths := release111(testData(b))
	for b.Loop() {
		if _, _, err := Import(paths, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	x, _ := mustImport(b, release111(testData(b))...)
	path := filepath.Join(b.TempDir(), "esco.bin")
	if err := x.Save(path); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := taxonomy.Load(path); err != nil {
			b.Fatal(err)
		}
	}
}
