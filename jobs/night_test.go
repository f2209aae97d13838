package jobs

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// sampleWorkspace makes a workspace with the starter's taxonomy and sample feeds
// of so many vacancies; its nightly job makes no pages.
func sampleWorkspace(tb testing.TB, vacancies int) Options {
	tb.Helper()
	dir := tb.TempDir()
	bundle, err := fs.Sub(data.Starter, "starter/taxonomy")
	if err != nil {
		tb.Fatal(err)
	}
	t, _, err := esco.ImportFS(bundle, "v1.1.1 (excerpt)", nil)
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "taxonomy"), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := t.Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		tb.Fatal(err)
	}
	options := generate.StarterOptions()
	options.Vacancies = vacancies
	feeds, err := generate.Feeds(t, options, filepath.Join(dir, "inbox"))
	if err != nil {
		tb.Fatal(err)
	}
	cfg := config.Default()
	for _, f := range feeds {
		cfg.Feeds = append(cfg.Feeds, config.Feed{
			Name: f.Name, Kind: f.Kind, Format: f.Format, Path: "inbox/" + f.Path, Content: config.ContentFull,
			Columns: f.Columns, Values: f.Values, Constants: f.Constants, Separator: f.Separator, ListSeparator: f.ListSeparator, DateFormat: f.DateFormat,
		})
	}
	all := 1.0 // a test may take away what it likes
	cfg.Thresholds.WithdrawnShare, cfg.Thresholds.CellVacancies = &all, 5
	cfg.Jobs = map[string]config.Job{"nightly": {Stages: []string{"concepts", "read", "link", "measure", "shortage", "publish"}}}
	o := Options{Workspace: dir, Job: "nightly", AsOf: options.AsOf, Program: "p1", Now: time.Now, LearnerSecret: strings.Repeat("0f", 32), Log: slog.New(slog.DiscardHandler)}
	save(tb, cfg, o)
	return o
}

func save(tb testing.TB, cfg config.Config, o Options) {
	tb.Helper()
	if err := cfg.Save(o.Workspace); err != nil {
		tb.Fatal(err)
	}
}

// runNight runs a night and returns the hashes of its files.
func runNight(tb testing.TB, o Options) map[string]string {
	tb.Helper()
	if _, err := Run(tb.Context(), o); err != nil {
		tb.Fatal(err)
	}
	return hashesOf(tb, o)
}

func hashesOf(tb testing.TB, o Options) map[string]string {
	tb.Helper()
	m, err := warehouse.CurrentManifest(o.Workspace)
	if err != nil {
		tb.Fatal(err)
	}
	hashes := map[string]string{}
	for _, f := range m.Files {
		hashes[f.Path] = f.SHA256
	}
	return hashes
}

// editJobBoard rewrites the feed of JobPostings, a line each.
func editJobBoard(tb testing.TB, o Options, edit func(lines []string) []string) {
	tb.Helper()
	name := filepath.Join(o.Workspace, "inbox", "job-board.jsonl.gz")
	packed, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		tb.Fatal(err)
	}
	text, err := io.ReadAll(zr)
	if err != nil {
		tb.Fatal(err)
	}
	lines := edit(strings.Split(strings.TrimSpace(string(text)), "\n"))
	var out bytes.Buffer
	zw := gzip.NewWriter(&out)
	_, err = io.WriteString(zw, strings.Join(lines, "\n"))
	if err := errors.Join(err, zw.Close(), os.WriteFile(name, out.Bytes(), 0o600)); err != nil {
		tb.Fatal(err)
	}
}

// TestANightIsAFunctionOfItsInputs: whatever the number of workers, and whether
// rows are taken over from the night before or computed anew.
func TestANightIsAFunctionOfItsInputs(t *testing.T) {
	o := sampleWorkspace(t, 700)
	want := runNight(t, o)
	if len(want) < 60 {
		t.Fatalf("only %d files", len(want))
	}
	again := o
	for _, step := range []struct {
		name  string
		alter func()
	}{
		{"again", func() {}},
		{"with another program", func() { again.Program = "p2" }},
		{"with another program, without reading feeds", func() { again.Program, again.NoFeeds = "p3", true }},
	} {
		step.alter()
		if d := cmp.Diff(want, runNight(t, again)); d != "" {
			t.Errorf("%s: %s", step.name, d)
		}
	}
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, workers := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(workers)
		if d := cmp.Diff(want, runNight(t, sampleWorkspace(t, 700))); d != "" {
			t.Errorf("with %d workers: %s", workers, d)
		}
	}
}

// TestNewsTouchItsOwnMonthsOnly: the second of two nights of a day reads some
// vacancies more. It writes what one night with all of them writes, and of the
// facts only the months of those.
func TestNewsTouchItsOwnMonthsOnly(t *testing.T) {
	o := sampleWorkspace(t, 700)
	var news []string
	editJobBoard(t, o, func(lines []string) []string {
		for _, line := range lines {
			if strings.Contains(line, `"datePosted":"2026-05`) && len(news) < 20 {
				news = append(news, line)
			}
		}
		if len(news) < 10 {
			t.Fatalf("only %d vacancies of May", len(news))
		}
		return slices.DeleteFunc(lines, func(line string) bool { return slices.Contains(news, line) })
	})
	before := runNight(t, o)
	editJobBoard(t, o, func(lines []string) []string { return append(lines, news...) })
	after := runNight(t, o)

	whole := sampleWorkspace(t, 700)
	editJobBoard(t, whole, func(lines []string) []string {
		return append(slices.DeleteFunc(lines, func(line string) bool { return slices.Contains(news, line) }), news...)
	})
	if d := cmp.Diff(runNight(t, whole), after); d != "" {
		t.Errorf("two steps are not one: %s", d)
	}
	for file, hash := range after {
		changed := before[file] != hash
		switch {
		case strings.Contains(file, "posted_month="):
			may := strings.Contains(file, "posted_month=2026-05-01")
			namesNone := may && strings.Contains(file, "vacancy_credentials") // of the vacancies that are new
			if changed != may && !namesNone && !strings.Contains(file, "credential_texts") {
				t.Errorf("%s changed: %v", file, changed)
			}
		case strings.Contains(file, "/month=") && changed && file < "public/"+strings.Split(file, "/")[1]+"/month=2026-05-01":
			t.Errorf("%s lies before what is new, and changed", file)
		}
	}
}

// TestWithdrawnAndBack: what a full feed no longer lists is withdrawn as of that
// night, what it lists again is not.
func TestWithdrawnAndBack(t *testing.T) {
	o := sampleWorkspace(t, 400)
	runNight(t, o)
	var gone []string
	editJobBoard(t, o, func(lines []string) []string { gone = lines[:5]; return lines[5:] })
	o.AsOf++
	runNight(t, o)
	if got := withdrawn(t, o); got != fmt.Sprintf("5 on %s", o.AsOf) {
		t.Errorf("withdrawn: %s", got)
	}
	day := o.AsOf
	o.AsOf++
	runNight(t, o)
	if got := withdrawn(t, o); got != fmt.Sprintf("5 on %s", day) {
		t.Errorf("a day later: %s", got)
	}
	editJobBoard(t, o, func(lines []string) []string { return append(lines, gone...) })
	o.AsOf++
	runNight(t, o)
	if got := withdrawn(t, o); got != "" {
		t.Errorf("listed again: %s", got)
	}
}

// withdrawn says how many vacancies are withdrawn since which days.
func withdrawn(t *testing.T, o Options) string {
	t.Helper()
	counts := map[model.Date]int{}
	type row struct {
		WithdrawnOn model.Date `parquet:"withdrawn_on,optional,date"`
	}
	err := warehouse.ReadCurrent(o.Workspace, model.Vacancies.Info, func(_ model.Date, rows []row) error {
		for _, r := range rows {
			counts[r.WithdrawnOn]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(counts, 0)
	var days []string
	for day, n := range counts {
		days = append(days, fmt.Sprintf("%d on %s", n, day))
	}
	slices.Sort(days)
	return strings.Join(days, ", ")
}

// TestAnEarlierDayKnowsNothingOfALaterOne: a run as of an earlier day goes on
// from what was known then.
func TestAnEarlierDayKnowsNothingOfALaterOne(t *testing.T) {
	o := sampleWorkspace(t, 400)
	want := runNight(t, o)
	later := o
	later.AsOf += 20
	editJobBoard(t, o, func(lines []string) []string { return lines[7:] })
	runNight(t, later)
	editJobBoard(t, o, func(lines []string) []string { return lines })
	feed := filepath.Join(o.Workspace, "inbox", "job-board.jsonl.gz")
	fresh := sampleWorkspace(t, 400)
	text, err := os.ReadFile(filepath.Join(fresh.Workspace, "inbox", "job-board.jsonl.gz"))
	if err := errors.Join(err, os.WriteFile(feed, text, 0o600)); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, runNight(t, o)); d != "" {
		t.Error(d)
	}
}

// TestAFeedThatFailsKeepsWhatWasKnown: a broken file, an empty one and one that
// has lost most of its records change nothing; a feed that is no longer
// configured leaves.
func TestAFeedThatFailsKeepsWhatWasKnown(t *testing.T) {
	o := sampleWorkspace(t, 600)
	want := vacancyFiles(runNight(t, o))
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	half := 0.5
	cfg.Thresholds.WithdrawnShare = &half
	save(t, *cfg, o)
	board := filepath.Join(o.Workspace, "inbox", "job-board.jsonl.gz")
	sound, err := os.ReadFile(board)
	if err != nil {
		t.Fatal(err)
	}
	spoil := map[string]func(){
		"cut short":  func() { err = os.WriteFile(board, sound[:len(sound)/2], 0o600) },
		"empty":      func() { err = os.WriteFile(board, nil, 0o600) },
		"most lost":  func() { editJobBoard(t, o, func(lines []string) []string { return lines[:len(lines)/3] }) },
		"no records": func() { editJobBoard(t, o, func([]string) []string { return []string{`{"@type":"Person"}`} }) },
	}
	for name, spoil := range spoil {
		if err := os.WriteFile(board, sound, 0o600); err != nil {
			t.Fatal(err)
		}
		if spoil(); err != nil {
			t.Fatal(err)
		}
		out, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "feed job-board failed") {
			t.Errorf("%s: warnings %q", name, out.Warnings)
		}
		if d := cmp.Diff(want, vacancyFiles(hashesOf(t, o))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	cfg.Feeds = slices.DeleteFunc(cfg.Feeds, func(f config.Feed) bool { return f.Name == "job-board" })
	save(t, *cfg, o)
	runNight(t, o)
	sources := map[string]int{}
	err = warehouse.ReadCurrent(o.Workspace, model.Vacancies.Info, func(_ model.Date, rows []model.Vacancy) error {
		for i := range rows {
			sources[rows[i].Source]++
		}
		return nil
	})
	if err != nil || len(sources) != 1 || sources["employment-service"] == 0 {
		t.Errorf("sources %v, %v", sources, err)
	}
}

// vacancyFiles leaves the files of facts about vacancies.
func vacancyFiles(hashes map[string]string) map[string]string {
	left := map[string]string{}
	for file, hash := range hashes {
		if strings.Contains(file, "/vacanc") {
			left[file] = hash
		}
	}
	return left
}

// TestFeedVersionsAreKept: what a kept snapshot was made from lies in the inbox
// under its hash, and no longer.
func TestFeedVersionsAreKept(t *testing.T) {
	o := sampleWorkspace(t, 400)
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Warehouse.KeepSnapshots = 2
	save(t, *cfg, o)
	versions := func() int {
		entries, err := os.ReadDir(filepath.Join(o.Workspace, "inbox", ".versions"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		return len(entries)
	}
	var counts []int
	for range 4 {
		runNight(t, o)
		counts = append(counts, versions())
		editJobBoard(t, o, func(lines []string) []string { return lines[1:] })
	}
	no := false
	cfg.Inbox.KeepVersions = &no
	save(t, *cfg, o)
	runNight(t, o)
	if counts = append(counts, versions()); !slices.Equal(counts, []int{6, 7, 7, 7, 0}) {
		t.Errorf("versions after each night: %v", counts)
	}
}

// TestDamageIsNotTakenOver: a damaged figure is computed again, a damaged fact
// ends the run, and the snapshot before stays.
func TestDamageIsNotTakenOver(t *testing.T) {
	o := sampleWorkspace(t, 400)
	want := runNight(t, o)
	spoil := func(dataset string) {
		files, err := filepath.Glob(filepath.Join(o.Workspace, "warehouse", "current", "*", dataset, "*", "*.parquet"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		file := files[len(files)-1]
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text[len(text)/2] ^= 1
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	spoil("skill_gaps")
	if d := cmp.Diff(want, runNight(t, o)); d != "" {
		t.Error(d)
	}
	if found := findings(t, o, nil); len(found) > 0 {
		t.Errorf("after a damaged figure: %q", found)
	}
	current, err := filepath.EvalSymlinks(filepath.Join(o.Workspace, "warehouse", "current"))
	if err != nil {
		t.Fatal(err)
	}
	spoil("vacancy_skills")
	_, err = Run(t.Context(), o)
	var damaged *warehouse.DamagedError
	if !errors.As(err, &damaged) || !strings.Contains(err.Error(), "vacancy_skills") {
		t.Errorf("error = %v, want one that names the damaged file", err)
	}
	if now, err := filepath.EvalSymlinks(filepath.Join(o.Workspace, "warehouse", "current")); now != current || err != nil {
		t.Errorf("current is %s, was %s; %v", now, current, err)
	}
}
