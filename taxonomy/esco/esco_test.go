package esco

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/skillsgap/skillsgap/taxonomy"
)

var update = flag.Bool("update", false, "write the golden files anew")

const bundle = "testdata/bundle"

// TestGolden imports two releases, two languages and a table of labels, with
// everything in them that is awkward, and compares all that comes out.
func TestGolden(t *testing.T) {
	x, report, err := Import([]string{bundle}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := dump(x, report)
	golden := filepath.Join("testdata", "bundle.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the import differs from %s (run with -update to accept):\n%s", golden, got)
	}
}

// dump prints a taxonomy and the report of its import.
func dump(x *taxonomy.Taxonomy, report Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "release %q of %q, languages %q\n", x.Release, x.Releases, x.Languages)
	for _, s := range x.Skills {
		fmt.Fprintf(&b, "skill %s %s %q flags %05b broader %q\n", s.URI, s.Type, s.ReuseLevel, s.Flags, s.Broader)
		dumpTexts(&b, s.Labels, s.Descriptions)
	}
	for _, g := range x.SkillGroups {
		fmt.Fprintf(&b, "group %s %q broader %q\n", g.URI, g.Code, g.Broader)
		dumpTexts(&b, g.Labels, nil)
	}
	for _, o := range x.Occupations {
		fmt.Fprintf(&b, "occupation %s %q ISCO %s broader %q essential %d optional %d\n", o.URI, o.Code, o.ISCO, o.Broader, o.Essential, o.Optional)
		dumpTexts(&b, o.Labels, o.Descriptions)
	}
	for _, g := range x.ISCOGroups {
		fmt.Fprintf(&b, "ISCO %s\n", g.Code)
		dumpTexts(&b, g.Labels, nil)
	}
	fmt.Fprintf(&b, "skill relations %+v\nunresolved %+v\n\n", x.SkillRelations, x.Unresolved)
	for _, f := range report.Files {
		fmt.Fprintf(&b, "%+v\n", f)
	}
	for _, s := range report.Skipped {
		fmt.Fprintf(&b, "skipped %s: %s\n", s.Path, s.Reason)
	}
	fmt.Fprintf(&b, "unknown URIs %d, unknown relations %d, bad rows %d\n", report.UnknownURIs, report.UnknownRelations, report.BadRows)
	return b.String()
}

func dumpTexts(b *strings.Builder, labels []taxonomy.Label, descriptions []taxonomy.Text) {
	for _, l := range labels {
		fmt.Fprintf(b, "  %s %s: %q\n", l.Language, [...]string{"preferred", "alternative", "hidden"}[l.Kind], l.Text)
	}
	for _, d := range descriptions {
		fmt.Fprintf(b, "  %s description: %q\n", d.Language, d.Text)
	}
}

// TestAnyPackaging: the same files give the same taxonomy from a folder, an
// archive, compressed, one by one in any order, and from a file system.
func TestAnyPackaging(t *testing.T) {
	want, _, err := Import([]string{bundle}, nil)
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	var separate []string
	err = fs.WalkDir(os.DirFS(bundle), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(bundle, name))
		if err != nil {
			return err
		}
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(content); err != nil {
			return err
		}
		if name != "notes.csv" {
			separate = append(separate, filepath.Join(bundle, name))
		}
		small := filepath.Join(work, filepath.FromSlash(name)+".gz")
		if err := os.MkdirAll(filepath.Dir(small), 0o755); err != nil {
			return err
		}
		return os.WriteFile(small, compress(t, content), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	zipped := filepath.Join(t.TempDir(), "all.zip")
	if err := os.WriteFile(zipped, archive.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(separate)
	for name, paths := range map[string][]string{
		"zip": {zipped}, "twice": {zipped, zipped}, "one by one": separate, "gzip": {work}, "folder and zip": {bundle, zipped},
	} {
		got, _, err := Import(paths, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another taxonomy:\n%s", name, dump(got, Report{}))
		}
	}
	got, report, err := ImportFS(os.DirFS(bundle), "", nil)
	if err != nil || !reflect.DeepEqual(got, want) || report.Files[0].Path != "example-v2.1.0/ISCOGroups_en.csv" {
		t.Errorf("file system: %v, first file %+v", err, report.Files[0])
	}
}

func compress(t *testing.T, content []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// files makes a file system of texts.
func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

const (
	twoSkills = "conceptType,conceptUri,skillType,preferredLabel\nKnowledgeSkillCompetence,s:1,knowledge,one\nKnowledgeSkillCompetence,s:2,,two\n"
	oneJob    = "conceptUri,iscoGroup,preferredLabel\no:1,1111,job\n"
	oneLink   = "occupationUri,relationType,skillUri\no:1,essential,s:1\n"
)

// TestShortBundle: a bundle with only the required columns, and no release in its
// paths, is enough.
func TestShortBundle(t *testing.T) {
	x, _, err := ImportFS(files(map[string]string{
		"skills_en.csv": twoSkills, "occupations_en.csv": oneJob, "occupationSkillRelations.csv": oneLink,
		"greenSkillsCollection_en.csv": "conceptUri\ns:2\n",
	}), "v1.1.1 (excerpt)", []string{"EN"})
	if err != nil {
		t.Fatal(err)
	}
	if x.Release != "ESCO v1.1.1 (excerpt)" || len(x.Skills) != 2 || x.Relations() != 1 || x.Skills[1].Flags != taxonomy.Green || x.Skills[0].Type != taxonomy.TypeKnowledge {
		t.Errorf("%+v", x)
	}
	x, _, err = ImportFS(files(map[string]string{"skills_en.csv": twoSkills}), "", nil)
	if err != nil || x.Release != "ESCO (release not stated)" || len(x.Skills) != 2 {
		t.Errorf("skills alone: %+v, %v", x, err)
	}
}

// TestUnstatedFilesFillGaps: files of unknown release give what the pinned release
// lacks, and only labels otherwise.
func TestUnstatedFilesFillGaps(t *testing.T) {
	x, report, err := ImportFS(files(map[string]string{
		"esco-v1.2.0/skills_en.csv":         twoSkills,
		"more/skills_fr.csv":                "conceptUri,skillType,preferredLabel\ns:1,,un\ns:3,,trois\n",
		"more/occupations_fr.csv":           "conceptUri,iscoGroup,preferredLabel\no:1,1111,métier\n",
		"more/occupationSkillRelations.csv": oneLink,
	}), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Skills) != 2 || report.UnknownURIs != 1 || x.SkillName(0, "fr") != "un" || x.Relations() != 1 || x.OccupationName(0, "en") != "métier" {
		t.Errorf("%+v\n%+v", x, report)
	}
}

// TestUnstatedBundle: a whole bundle of unknown release is pinned before a
// translation whose release is known.
func TestUnstatedBundle(t *testing.T) {
	x, report, err := ImportFS(files(map[string]string{
		"bundle/skills_en.csv":                twoSkills,
		"bundle/occupations_en.csv":           oneJob,
		"bundle/occupationSkillRelations.csv": oneLink,
		"v1.0-fr/skills_fr.csv":               "conceptUri,skillType,preferredLabel\ns:1,,un\ns:3,,trois\n",
	}), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Skills) != 2 || report.UnknownURIs != 1 || x.Relations() != 1 || !slices.Equal(x.Releases, []string{"ESCO (release not stated)", "ESCO v1.0"}) {
		t.Errorf("%+v\n%+v", x, report)
	}
}

func TestImportErrors(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"nothing", map[string]string{"readme.txt": "x"}, []string{"no table of ESCO", "ESCO CSV download"}},
		{"unknown tables only", map[string]string{"a.csv": "a,b\n"}, []string{"no table of ESCO"}},
		{"no skills", map[string]string{"v1.2/occupations_en.csv": oneJob}, []string{"ESCO v1.2", "no file of skills"}},
		{"relations of another release", map[string]string{"v1.1/skills_en.csv": twoSkills, "v1.2/occupationSkillRelations.csv": oneLink}, []string{"ESCO v1.2", "no file of skills", "state the release"}},
		{"missing column", map[string]string{"skills_en.csv": "conceptUri,skillType\n"}, []string{"skills_en.csv", "preferredLabel", "get the file again"}},
		{"missing relation column", map[string]string{"occupationSkillRelations.csv": "occupationUri,skillUri\n"}, []string{"occupationSkillRelations.csv", "relationType"}},
		{"no language", map[string]string{"skills.csv": twoSkills}, []string{"skills.csv", "language is unknown", "skills_fr.csv"}},
		{"empty", map[string]string{"skills_en.csv": ""}, []string{"skills_en.csv", "is empty"}},
		{"open quote", map[string]string{"skills_en.csv": twoSkills + "KnowledgeSkillCompetence,s:3,,\"thr"}, []string{"skills_en.csv", "line 3", "get the file again"}},
		{"endless quote", map[string]string{"skills_en.csv": twoSkills + "x,s:3,,\"" + strings.Repeat("a", 2*maxRecord)}, []string{"a row is longer", "quotation mark"}},
		{"not UTF-8", map[string]string{"skills_en.csv": twoSkills + "KnowledgeSkillCompetence,s:3,,n\xe9e\n"}, []string{"line 4", "UTF-8"}},
		{"damaged gzip", map[string]string{"skills_en.csv.gz": "\x1f\x8b" + twoSkills}, []string{"damaged gzip"}},
		{"damaged zip", map[string]string{"esco.zip": "PK\x03\x04" + twoSkills}, []string{"esco.zip", "damaged zip"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := ImportFS(files(test.files), "", nil)
			var fileError *FileError
			if !errors.As(err, &fileError) {
				t.Fatalf("error %v", err)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q lacks %q", err, want)
				}
			}
		})
	}
}

func TestMissingLanguage(t *testing.T) {
	_, _, err := Import([]string{bundle}, []string{"en", "pt"})
	if err == nil || !strings.Contains(err.Error(), `"pt"`) || !strings.Contains(err.Error(), "skills_pt.csv") {
		t.Errorf("error %v", err)
	}
}

func TestPathErrors(t *testing.T) {
	for path, want := range map[string]string{
		"testdata/none":           "cannot be read",
		bundle + "/notes.csv":     "a,b",
		"testdata/.gitattributes": "of no ESCO table",
	} {
		if _, _, err := Import([]string{path}, nil); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
	}
}

// TestBomb: files that expand to more than the bounds are refused, each and all
// together.
func TestBomb(t *testing.T) {
	fsys := files(map[string]string{"skills_en.csv.gz": string(compress(t, []byte(twoSkills+strings.Repeat("x,s:1,,aaaa\n", 50_000))))})
	for name, found := range map[string]*finder{
		"file":  {limit: 200_000},
		"total": {limit: maxFileBytes, total: maxTotalBytes - 200_000},
	} {
		if err := found.addFolder(fsys, ""); err != nil {
			t.Fatal(err)
		}
		_, _, err := importFiles(found, "", nil)
		if !errors.Is(err, errTooLarge) || !strings.Contains(err.Error(), "skills_en.csv.gz") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestReleaseOf(t *testing.T) {
	for path, want := range map[string]string{
		"esco-v1.1.1-en-csv.zip/skills_en.csv":                                "v1.1.1",
		"data/v1.0-fr/skills_fr.csv.gz":                                       "v1.0",
		"ESCO dataset - V1.2.0 - classification - fr - csv.zip/skills_fr.csv": "v1.2.0",
		"tools-v9.9/esco-v1.1.0.zip/skills_en.csv":                            "v1.1.0",
		"v111/skills_en.csv":                                                  "",
		"dev1.2/skills_en.csv":                                                "",
	} {
		if got := releaseOf(path).name; got != want {
			t.Errorf("releaseOf(%q) = %q, want %q", path, got, want)
		}
	}
	for stated, want := range map[string]string{"": "ESCO (release not stated)", "1.1.1": "ESCO v1.1.1", "v1.1.1": "ESCO v1.1.1", "ESCO v1.1.1 (excerpt)": "ESCO v1.1.1 (excerpt)"} {
		if got := statedRelease(stated).title(); got != want {
			t.Errorf("title of %q = %q, want %q", stated, got, want)
		}
	}
	ascending := []release{{}, statedRelease("unofficial"), releaseOf("v1.0"), releaseOf("v1.0.9"), releaseOf("v1.1"), releaseOf("v1.10")}
	if !slices.IsSortedFunc(ascending, release.compare) {
		t.Errorf("releases out of order: %v", ascending)
	}
}

// FuzzTable reads any bytes as every kind of table.
func FuzzTable(f *testing.F) {
	f.Add([]byte(twoSkills))
	f.Add([]byte(oneLink))
	f.Add([]byte("\ufeffconceptUri,lang,preferredLabel\r\ns:1,fr,\"un\r\ndeux\"\r\n"))
	f.Add([]byte("Level 0 URI,Level 0 preferred term,Level 0 code\ng:1,x\n\n,,,,,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"skills_en.csv", "occupations_en.csv", "skillsHierarchy_en.csv", "broaderRelationsSkillPillar.csv", "occupationSkillRelations.csv", "skillSkillRelations.csv", "greenSkillsCollection_en.csv", "any.csv"} {
			x, _, err := ImportFS(files(map[string]string{"v1.0/skills_en.csv": twoSkills, name: string(data)}), "", nil)
			if err != nil {
				continue
			}
			if err := x.Validate(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
