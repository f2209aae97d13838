package jobs

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// linkedWorkspace makes a workspace of generated facts: of full ESCO, else of the
// starter's part of it.
func linkedWorkspace(tb testing.TB, dir string, full bool, options generate.LinkedOptions) Options {
	tb.Helper()
	for _, sub := range []string{"taxonomy", "inbox"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	cfg := config.Default()
	cfg.Feeds = pipeline.LinkedFeeds()
	for _, f := range cfg.Feeds {
		if err := os.WriteFile(filepath.Join(dir, strings.TrimSuffix(f.Path, "*")+".jsonl"), nil, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	if months, err := strconv.Atoi(os.Getenv("SKILLSGAP_LINKED_MONTHS")); err == nil {
		cfg.Measures.Months = months
	}
	cfg.Jobs = map[string]config.Job{"nightly": {Stages: []string{"concepts", "read", "link", "measure", "publish"}}}
	cfg.Thresholds.CellVacancies = 5
	if full {
		cfg.Thresholds.CellVacancies = 30
	}
	o := Options{Workspace: dir, Job: "nightly", AsOf: options.AsOf, Program: "p1", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	save(tb, cfg, o)
	if err := escoOf(tb, full).Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		tb.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "warehouse", "current")); err == nil {
		return o // it was made before
	}
	generating := o
	generating.Stages = pipeline.LinkedStages(options)
	if _, err := Run(tb.Context(), generating); err != nil {
		tb.Fatal(err)
	}
	return o
}

func escoOf(tb testing.TB, full bool) *taxonomy.Taxonomy {
	tb.Helper()
	var t *taxonomy.Taxonomy
	var err error
	if full {
		dir := filepath.Join(realData(tb), "esco")
		t, _, err = esco.Import([]string{filepath.Join(dir, "esco-v1.1.1-en-csv.zip"), filepath.Join(dir, "esco-v1.1.1-relations-csv.zip")}, nil)
	} else {
		bundle, failed := fs.Sub(data.Starter, "starter/taxonomy")
		if failed != nil {
			tb.Fatal(failed)
		}
		t, _, err = esco.ImportFS(bundle, "v1.1.1 (excerpt)", nil)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func linkedOptions(vacancies int) generate.LinkedOptions {
	return generate.LinkedOptions{Vacancies: vacancies, Credentials: max(vacancies/200, 100), Skills: 25, Months: generate.Months, Seed: 7, AsOf: model.NewDate(2026, time.June, 30)}
}

// BenchmarkLinkedNight measures a workspace of generated facts, and nights that bring
// a fiftieth more vacancies as a feed: "more" texts of three countries, to be linked,
// "stated" facts as those of the workspace, of all its countries, whose skills are
// stated. It makes no pages. It reports seconds
// by stage, seconds of all processors together and the peak of memory, both as the
// operating system sees them. Of the
// environment, SKILLSGAP_LINKED is the number of vacancies, SKILLSGAP_LINKED_MONTHS
// that of months measured; SKILLSGAP_LINKED_DIR keeps the workspace, which is then
// used again.
func BenchmarkLinkedNight(b *testing.B) {
	vacancies := 1000
	if text := os.Getenv("SKILLSGAP_LINKED"); text != "" {
		var err error
		if vacancies, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	dir := os.Getenv("SKILLSGAP_LINKED_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	o := linkedWorkspace(b, dir, vacancies >= 10_000, linkedOptions(vacancies))
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			timeStages(b, o)
		}
	})
	for _, more := range []struct {
		name string
		drop func(tb testing.TB, o Options, n, round int)
	}{{"more", postings}, {"stated", statedPostings}} {
		b.Run(more.name, func(b *testing.B) {
			for round := 0; b.Loop(); round++ {
				b.StopTimer()
				more.drop(b, o, vacancies/50, round)
				b.StartTimer()
				timeStages(b, o)
			}
		})
	}
}

// timeStages runs a night and reports what its stages took.
func timeStages(b *testing.B, o Options) {
	b.Helper()
	// Not every system can forget the peak of before.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	before := processorTime()
	out, err := Run(b.Context(), o)
	if err != nil {
		b.Fatal(err)
	}
	for _, row := range out.Ledger {
		if row.Feed == "" && row.Stage != StageEnd {
			b.ReportMetric(float64(row.FinishedAt-row.StartedAt)/1e6, row.Stage+"-s")
		}
	}
	if after := processorTime(); after > 0 {
		b.ReportMetric(after-before, "cpu-s")
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return
	}
	if peak := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status); peak != nil {
		kib, _ := strconv.ParseFloat(string(peak[1]), 64)
		b.ReportMetric(kib/1024, "peak-MiB")
	}
}

// processorTime returns the seconds that the process has computed, in hundredths; 0
// where the system does not tell.
func processorTime() float64 {
	text, _ := os.ReadFile("/proc/self/stat")
	_, fields, _ := strings.Cut(string(text), ") ") // the name may hold spaces
	of := strings.Fields(fields)
	if len(of) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(of[11], 64)
	system, _ := strconv.ParseFloat(of[12], 64)
	return (user + system) / 100
}

// postings drops a feed of n advertisements, posted in the as-of month, into the
// inbox.
func postings(tb testing.TB, o Options, n, round int) {
	tb.Helper()
	dir := tb.TempDir()
	t, err := pipeline.LoadTaxonomy(filepath.Join(o.Workspace, pipeline.TaxonomyFile))
	if err != nil {
		tb.Fatal(err)
	}
	options := generate.StarterOptions()
	options.Vacancies, options.AsOf, options.Seed = 2*n, o.AsOf, uint64(round)
	if _, err := generate.Feeds(t, options, dir); err != nil {
		tb.Fatal(err)
	}
	in, err := os.Open(filepath.Join(dir, "job-board.jsonl.gz"))
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	lines, err := gzip.NewReader(in)
	if err != nil {
		tb.Fatal(err)
	}
	var feed bytes.Buffer
	posted, expires := regexp.MustCompile(`"datePosted":"\d{4}-\d\d`), regexp.MustCompile(`"validThrough":"[^"]*",?`)
	month := o.AsOf.String()[:len("2026-06")]
	scanner := bufio.NewScanner(lines)
	scanner.Buffer(nil, 1<<20)
	for read := 0; read < n && scanner.Scan(); read++ {
		line := posted.ReplaceAll(scanner.Bytes(), []byte(`"datePosted":"`+month))
		line = bytes.ReplaceAll(expires.ReplaceAll(line, nil), []byte(`",}`), []byte(`"}`))
		line = bytes.ReplaceAll(line, []byte(month+"-31"), []byte(month+"-30"))
		feed.Write(append(line, '\n'))
	}
	name := filepath.Join(o.Workspace, "inbox", generate.LinkedVacancies+"-"+strconv.Itoa(round)+".jsonl")
	if err := errors.Join(scanner.Err(), os.WriteFile(name, feed.Bytes(), 0o600)); err != nil && !errors.Is(err, io.EOF) {
		tb.Fatal(err)
	}
}

// statedPostings drops a feed of n vacancies that state what a linker would have found,
// drawn as those of the workspace are.
func statedPostings(tb testing.TB, o Options, n, round int) {
	tb.Helper()
	t, err := pipeline.LoadTaxonomy(filepath.Join(o.Workspace, pipeline.TaxonomyFile))
	if err != nil {
		tb.Fatal(err)
	}
	regions, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		tb.Fatal(err)
	}
	options := linkedOptions(n)
	options.First, options.Months = 50*n*(round+2), 1 // none is in the workspace yet
	drawn, err := generate.NewLinked(t, regions.Rows(), options)
	if err != nil {
		tb.Fatal(err)
	}
	type object = map[string]any
	var feed bytes.Buffer
	to := json.NewEncoder(&feed)
	for v := range drawn.Vacancies(o.AsOf.Month()) {
		posting := object{
			"@type": "JobPosting", "identifier": "stated-" + v.Row.SourceID, "url": v.Row.URL, "title": v.Row.Title, "datePosted": v.Row.FirstSeenOn.String(),
			"hiringOrganization": object{"name": v.Row.Employer}, "totalJobOpenings": v.Row.Openings, "inLanguage": "en",
			"industry":             object{"inDefinedTermSet": "NACE", "termCode": v.Row.NACE},
			"jobLocation":          object{"address": object{"addressCountry": v.Row.Country, "addressRegion": v.Row.RegionCode}},
			"occupationalCategory": []object{{"@id": v.Row.OccupationURI}, {"inCodeSet": "ISCO-08", "codeValue": v.Row.ISCO08}},
		}
		var skills []object
		for i := range v.Skills {
			skills = append(skills, object{"@id": v.Skills[i].SkillURI, "name": v.Skills[i].EvidenceText})
		}
		posting["skills"] = skills
		if err := to.Encode(posting); err != nil {
			tb.Fatal(err)
		}
	}
	name := filepath.Join(o.Workspace, "inbox", generate.LinkedVacancies+"-stated-"+strconv.Itoa(round)+".jsonl")
	if err := os.WriteFile(name, feed.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
}

// TestLinkedFactsAreASnapshot: generated facts are the same for a seed, no check of
// the warehouse finds fault with them, and nights go on from them.
func TestLinkedFactsAreASnapshot(t *testing.T) {
	options := linkedOptions(900)
	o := linkedWorkspace(t, t.TempDir(), false, options)
	generated := hashesOf(t, o)
	if d := cmp.Diff(generated, hashesOf(t, linkedWorkspace(t, t.TempDir(), false, options))); d != "" {
		t.Errorf("generated again: %s", d)
	}
	verify(t, o)
	measured := runNight(t, o)
	for path, hash := range generated {
		if strings.Contains(path, "/vacancy_") && measured[path] != hash {
			t.Errorf("%s is not as it was generated", path)
		}
	}
	if d := cmp.Diff(measured, runNight(t, o)); d != "" {
		t.Errorf("measured again: %s", d)
	}
	postings(t, o, 30, 0)
	more := runNight(t, o)
	changed := 0
	for path := range measured {
		if strings.Contains(path, "/vacancy_skills/") && more[path] != measured[path] {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("a feed of the as-of month changed the skills of %d months, want 1", changed)
	}
	taken, anew := 0, 0
	for path, hash := range more {
		switch month, _, _ := strings.Cut(path, "/data-"); {
		case !strings.HasSuffix(month, "/cells/month=2026-06-01"):
		case hash == measured[path]:
			taken++
		default:
			anew++
		}
	}
	if taken == 0 || anew == 0 {
		t.Errorf("a feed of some countries left the cells of %d countries and changed those of %d, want some of both", taken, anew)
	}
	verify(t, o)
	var again map[string]string
	for _, least := range []float64{6, 5} { // another threshold takes no measure over
		cfg, err := config.Load(o.Workspace)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Thresholds.CellVacancies = least
		save(t, *cfg, o)
		again = runNight(t, o)
	}
	if d := cmp.Diff(more, again); d != "" {
		t.Errorf("all countries measured anew: %s", d)
	}
}

// verify checks the current snapshot with all audits.
func verify(t *testing.T, o Options) {
	t.Helper()
	audits, err := reports.Audits(os.DirFS(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	v, err := warehouse.Verify(t.Context(), o.Workspace, warehouse.VerifyOptions{Audits: audits, FeedVersions: filepath.Join(o.Workspace, pipeline.VersionsDir)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Findings {
		t.Error(f)
	}
	if v.Audits == 0 {
		t.Error("no audit was run")
	}
}
