package generate

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// starterTaxonomy imports the bundle once for all tests.
var starterTaxonomy = sync.OnceValues(func() (*taxonomy.Taxonomy, error) {
	bundle, err := fs.Sub(data.Starter, "starter/taxonomy")
	if err != nil {
		return nil, err
	}
	t, _, err := esco.ImportFS(bundle, "v1.1.1", nil)
	return t, err
})

// starterFeeds generates the feeds of the starter workspace once.
var starterFeeds = sync.OnceValues(func() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "feeds-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	t, err := starterTaxonomy()
	if err != nil {
		return nil, err
	}
	feeds, err := Feeds(t, StarterOptions(), dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range feeds {
		if files[f.Path], err = os.ReadFile(filepath.Join(dir, f.Path)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

func must[T any](t testing.TB, get func() (T, error)) T {
	t.Helper()
	v, err := get()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func starterWorld(t testing.TB) *world {
	t.Helper()
	w, err := newWorld(must(t, starterTaxonomy), StarterOptions())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func unpack(t testing.TB, zipped []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	if !reader.ModTime.IsZero() {
		t.Errorf("the compressed file carries the time %v", reader.ModTime)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// postings reads the JobPostings of the starter.
func postings(t testing.TB) []map[string]any { return must(t, starterPostings) }

var starterPostings = sync.OnceValues(func() ([]map[string]any, error) {
	files, err := starterFeeds()
	if err != nil {
		return nil, err
	}
	reader, err := gzip.NewReader(bytes.NewReader(files[fileJobBoard]))
	if err != nil {
		return nil, err
	}
	var all []map[string]any
	for decoder := json.NewDecoder(reader); ; {
		var p map[string]any
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
})

// tableRows reads a table of the starter by our fields.
func tableRows(t testing.TB, file string, separator rune, columns [][2]string) []map[string]string {
	t.Helper()
	reader := csv.NewReader(bytes.NewReader(unpack(t, must(t, starterFeeds)[file])))
	reader.Comma, reader.FieldsPerRecord = separator, -1
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			at := slices.IndexFunc(columns, func(c [2]string) bool { return c[1] == lines[0][i] })
			row[columns[at][0]] = cell
		}
		all = append(all, row)
	}
	return all
}

// graph reads the CTDL graph of the starter.
func graph(t testing.TB) []map[string]any {
	t.Helper()
	var document struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(unpack(t, must(t, starterFeeds)[fileRegistry]), &document); err != nil {
		t.Fatal(err)
	}
	return document.Graph
}

func TestFeedsAreTheSameBytes(t *testing.T) {
	options := Options{Vacancies: 700, Credentials: 350, Learners: 400, Seed: 7, AsOf: model.NewDate(2025, time.March, 15)}
	var first map[string]string
	for range 2 {
		dir, files := t.TempDir(), map[string]string{}
		feeds, err := Feeds(must(t, starterTaxonomy), options, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range feeds {
			text, err := os.ReadFile(filepath.Join(dir, f.Path))
			if err != nil {
				t.Fatal(err)
			}
			files[f.Path] = string(text)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != len(feeds) {
			t.Errorf("%d files for %d feeds", len(entries), len(feeds))
		}
		for name := range first {
			if first[name] != files[name] {
				t.Errorf("%s differs from one run to the next", name)
			}
		}
		first = files
	}
}

// A record is the same whatever was drawn before it.
func TestRecordsAreIndependent(t *testing.T) {
	w := starterWorld(t)
	forward := map[int]string{}
	for i := range 200 {
		v := w.vacancy(i)
		forward[i] = v.id + v.title + v.text.write(plainText)
	}
	for i := 199; i >= 0; i-- {
		if v := w.vacancy(i); v.id+v.title+v.text.write(plainText) != forward[i] {
			t.Fatalf("vacancy %d differs when it is drawn in another order", i)
		}
	}
}

// Whatever the options, as many records come out as were asked for, none
// posted after the as-of date except on purpose.
func TestFeedsOfAnyOptions(t *testing.T) {
	tax := must(t, starterTaxonomy)
	rapid.Check(t, func(r *rapid.T) {
		o := Options{
			Vacancies:   rapid.IntRange(0, 60).Draw(r, "vacancies"),
			Credentials: rapid.IntRange(0, 400).Draw(r, "credentials"),
			Seed:        rapid.Uint64().Draw(r, "seed"),
			AsOf:        model.Date(rapid.IntRange(12000, 30000).Draw(r, "as of")),
		}
		w, err := newWorld(tax, o)
		if err != nil {
			r.Fatal(err)
		}
		for i := range o.Vacancies {
			if v := w.vacancy(i); v.posted > o.AsOf || v.posted < o.firstDay() {
				r.Fatalf("vacancy %d is posted on %v, outside %v to %v", i, v.posted, o.firstDay(), o.AsOf)
			}
		}
		plan := w.plan()
		if len(plan) != o.Credentials {
			r.Fatalf("%d credentials planned: want %d", len(plan), o.Credentials)
		}
		online, ids := 0, map[string]bool{}
		for i := range plan {
			c := w.credential(plan, &plan[i])
			ids[c.id] = true
			if c.region == nil {
				online++
			}
			if c.ends != 0 && c.ends < c.starts {
				r.Fatalf("credential %s ends on %v before it starts on %v", c.id, c.ends, c.starts)
			}
			if len(c.mentions) == 0 {
				r.Fatalf("credential %s teaches nothing", c.id)
			}
		}
		if online != o.Credentials/5 || len(ids) != o.Credentials {
			r.Fatalf("%d online and %d ids of %d", online, len(ids), o.Credentials)
		}
	})
}

func TestOptionsRefused(t *testing.T) {
	asOf := model.NewDate(2026, time.June, 30)
	for _, c := range []struct {
		options Options
		want    string
	}{
		{Options{Vacancies: -1, AsOf: asOf}, "-1 vacancies"},
		{Options{Credentials: -1, AsOf: asOf}, "-1 credentials"},
		{Options{Learners: -1, AsOf: asOf}, "-1 learners"},
		{Options{Vacancies: 1}, "as-of date"},
	} {
		_, err := Feeds(must(t, starterTaxonomy), c.options, t.TempDir())
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v: want an error with %q", c.options, err, c.want)
		}
	}
	empty := &taxonomy.Taxonomy{Release: "ESCO v0", Languages: []string{english}}
	if _, err := Feeds(empty, StarterOptions(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "import") {
		t.Errorf("taxonomy without occupations: %v", err)
	}
}

// The mapping names fields that the readers know.
func TestColumnsAreFields(t *testing.T) {
	for kind, columns := range map[source.Kind]map[string]string{
		source.Vacancies: mapping(vacancyColumns), source.Credentials: mapping(credentialColumns), source.Enrolments: enrolmentSheet.mapping(),
		source.Comparison: comparisonSheet.mapping(), source.FollowUps: followUpSheet.mapping(), source.FeedbackKind: feedbackSheet.mapping(),
		source.ReferencePopulation: referenceSheet.mapping(),
	} {
		if err := source.CheckFields(kind, columns); err != nil {
			t.Error(err)
		}
	}
}

// Full ESCO in English alone: occupations, skills and phrases of whatever is
// there.
func TestFeedsOfFullESCO(t *testing.T) {
	folder := testData(t)
	full, _, err := esco.Import([]string{
		filepath.Join(folder, "esco/esco-v1.1.1-en-csv.zip"), filepath.Join(folder, "esco/esco-v1.1.1-relations-csv.zip"),
	}, []string{english})
	if err != nil {
		t.Fatal(err)
	}
	options := Options{Vacancies: 500, Credentials: 400, Learners: 200, Seed: 3, AsOf: model.NewDate(2026, time.June, 30)}
	if _, err := Feeds(full, options, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(full, options)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.jobs) < 2900 || len(w.groups) < 400 {
		t.Errorf("%d jobs of %d groups: want nearly all occupations", len(w.jobs), len(w.groups))
	}
	for i := range 200 {
		checkMentions(t, w, i)
	}
}

// testData returns the folder of real data. Without it the test is skipped, in
// CI it fails.
func testData(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("SKILLSGAP_TESTDATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no real data: %v; set SKILLSGAP_TESTDATA", err)
		}
		t.Skipf("no real data at %s: set SKILLSGAP_TESTDATA to run this test", folder)
	}
	return folder
}
