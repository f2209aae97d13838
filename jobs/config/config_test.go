package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const minimal = `version: 1
feeds:
  - name: jobs
    kind: vacancies
    format: schemaorg
    path: inbox/jobs.jsonl.gz
`

func TestParseFillsDefaults(t *testing.T) {
	c, err := Parse("skillsgap.yaml", []byte(minimal))
	if err != nil {
		t.Fatal(err)
	}
	if c.Thresholds.CellVacancies != 30 || c.Measures.Months != 13 || len(c.Jobs["nightly"].Stages) == 0 {
		t.Errorf("defaults not filled: %+v", c)
	}
	today := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	if got := c.AsOfDate(today); !got.Equal(today) {
		t.Errorf("as-of date = %v, want the day of the run", got)
	}
}

// Each file testdata/<name>.bad.yaml carries the message it must give in its
// first line, after "# want: ".
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.bad.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(text), "\n")
			want := strings.TrimPrefix(first, "# want: ")
			_, err = Parse("skillsgap.yaml", text)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("error = %v\nwant it to contain %q", err, want)
			}
			var typed *Error
			if !errors.As(err, &typed) {
				t.Errorf("error %T is not a *config.Error", err)
			}
		})
	}
}

func TestAnEmptyFileSaysWhatToWrite(t *testing.T) {
	if _, err := Parse("skillsgap.yaml", []byte(" \n")); err == nil || !strings.Contains(err.Error(), "is empty: write at least version: 1") {
		t.Errorf("error = %v", err)
	}
}

func TestSaveThenLoad(t *testing.T) {
	want := Default()
	want.AsOf = "2026-06-30"
	want.Feeds = []Feed{{Name: "jobs", Kind: "vacancies", Format: "table", Path: "inbox/*.csv", Content: ContentFull, Columns: map[string]string{"title": "headline"}, Separator: ";"}}
	dir := t.TempDir()
	if err := want.Save(dir); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, *got); d != "" {
		t.Error(d)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte("version: 9\n"))
	f.Add([]byte("feeds: [{name: [}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Parse("skillsgap.yaml", text)
		if (c == nil) == (err == nil) {
			t.Fatalf("config %v with error %v", c, err)
		}
	})
}
