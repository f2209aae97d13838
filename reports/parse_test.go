package reports

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a golden file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs; run go test ./reports -update and look at the change\n%s", path, firstDifference(string(want), string(got)))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want: " + w[i] + "\ngot:  " + g[i]
		}
	}
	return "one is longer"
}

const small = `-- title: Vacancies by country
-- question: Where are
--   the vacancies?
-- parameters:
--   source | text | | Name of a feed;
--     empty for all of them
--   top | integer | 10 | Rows
-- grain: a country
-- columns:
--   country   | Country   | text                      |           | ISO 3166-1 code
--   vacancies | Vacancies | integer of=all bar        | vacancies | Vacancies without repeats
--   all       | All       | integer hidden            | vacancies | All of them
-- chart: bars label=country value=vacancies rows=5 | Vacancies by country
-- method: Counts the vacancies
--   of every feed.
--
--   Then orders them.
-- caveats:
--   One.
--   Two,
--     in two lines.

SELECT country, count(*) AS vacancies, 7 AS "all" FROM vacancies
-- section is a word like others here
WHERE duplicate_of IS NULL AND $source IN ('', source)
GROUP BY country ORDER BY vacancies DESC LIMIT $top
`

func TestParse(t *testing.T) {
	got, err := Parse("folder/by-country.sql", small)
	if err != nil {
		t.Fatal(err)
	}
	want := &Report{
		Name: "by-country", Title: "Vacancies by country", Question: "Where are the vacancies?",
		Order:  100,
		Method: []string{"Counts the vacancies of every feed.", "Then orders them."}, Caveats: []string{"One.", "Two, in two lines."},
		Parameters: []Parameter{
			{Name: "source", Type: "text", Meaning: "Name of a feed; empty for all of them"},
			{Name: "top", Type: "integer", Default: "10", Meaning: "Rows"},
		},
		Sections: []Section{{
			Name: "by-country", Title: "Vacancies by country", Grain: "a country",
			Columns: []Column{
				{Name: "country", Heading: "Country", Kind: KindText, Meaning: "ISO 3166-1 code", Digits: 2},
				{Name: "vacancies", Heading: "Vacancies", Kind: KindInteger, Unit: "vacancies", Meaning: "Vacancies without repeats", Of: "all", Bar: true, Digits: 2},
				{Name: "all", Heading: "All", Kind: KindInteger, Unit: "vacancies", Meaning: "All of them", Hidden: true, Digits: 2},
			},
			Chart: &Chart{Kind: "bars", Label: "country", Value: "vacancies", Rows: 5, Caption: "Vacancies by country"},
		}},
	}
	want.Sections[0].SQL = got.Sections[0].SQL
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if sql := got.Sections[0].SQL; !strings.HasPrefix(sql, "SELECT country") || !strings.HasSuffix(sql, "LIMIT $top") {
		t.Errorf("SQL: %s", sql)
	}
}

// TestBadHeaders holds every message of the parser: one fixture for each group
// of mistakes, all messages of which are in errors.txt.
func TestBadHeaders(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.bad.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	var got strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.Replace(filepath.Base(file), ".bad", "", 1)
		if _, err = Parse(name, string(text)); err == nil {
			t.Errorf("%s: no error", file)
			continue
		}
		got.WriteString(err.Error() + "\n")
	}
	golden(t, "bad/errors.txt", []byte(got.String()))
	if _, err := Parse("large.sql", strings.Repeat("-", maxFile+1)); err == nil {
		t.Error("a file of any size is read")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add("-- section: a\n-- title: b\n-- shared:\nWITH")
	f.Add("-- chart: dumbbell label= from=a | b\n-- columns:\n--   a | A | share interval=a,a note=a | 1 | m")
	if err := fs.WalkDir(builtin, "library", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			text, _ := builtin.ReadFile(path)
			f.Add(string(text))
		}
		return err
	}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse("x.sql", text)
		if err != nil {
			return
		}
		if r.Title == "" || r.Question == "" || len(r.Method) == 0 || len(r.Sections) == 0 {
			t.Fatalf("incomplete report without an error: %+v", r)
		}
		for _, s := range r.Sections {
			if s.SQL == "" || s.Grain == "" || len(s.Columns) == 0 {
				t.Fatalf("incomplete section without an error: %+v", s)
			}
			for _, name := range placeholders(r.Shared + s.SQL) {
				if _, ok := r.parameter(name); !ok {
					t.Fatalf("parameter %q is not described", name)
				}
			}
		}
	})
}
