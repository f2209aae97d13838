package jobs

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// realWorkspace makes a workspace with full ESCO v1.1.1, the first postings of a
// real feed of JobPostings (0: all 9,700) and 3,766 real courses.
func realWorkspace(tb testing.TB, postings int) Options {
	tb.Helper()
	real := realData(tb)
	dir := tb.TempDir()
	t, _, err := esco.Import([]string{filepath.Join(real, "esco", "esco-v1.1.1-en-csv.zip"), filepath.Join(real, "esco", "esco-v1.1.1-relations-csv.zip")}, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for _, sub := range []string{"taxonomy", "inbox"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	if err := t.Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		tb.Fatal(err)
	}
	feed := filepath.Join(real, "vacancies", "nhs_jobposting.jsonl.gz")
	if postings > 0 {
		feed = head(tb, feed, filepath.Join(dir, "inbox", "jobs.jsonl"), postings)
	}
	cfg := config.Default()
	cfg.Feeds = []config.Feed{
		{Name: "nhs", Kind: "vacancies", Format: "schemaorg", Path: feed},
		{Name: "coursera", Kind: "credentials", Format: "table", Path: filepath.Join(real, "credentials", "coursera.csv.gz"),
			Columns:   map[string]string{"source_id": "course_id", "title": "name", "skills": "skills", "learning_outcomes": "what_you_learn", "url": "url", "language": "language"},
			Constants: map[string]string{"delivery_mode": "online", "provider": "Coursera"}},
	}
	if err := cfg.Save(dir); err != nil {
		tb.Fatal(err)
	}
	return Options{Workspace: dir, Job: "nightly", AsOf: model.NewDate(2020, 11, 30), Now: time.Now, Log: slog.New(slog.DiscardHandler)}
}

// realData finds the folder of real data, which lies beside the repository or
// where SKILLSGAP_TESTDATA says.
func realData(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("SKILLSGAP_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			tb.Fatalf("no real data: %v", err)
		}
		tb.Skipf("no real data: %v; set SKILLSGAP_TESTDATA to run this", err)
	}
	return dir
}

// head copies the first lines of a gzipped file and returns where to.
func head(tb testing.TB, from, to string, lines int) string {
	tb.Helper()
	in, err := os.Open(from)
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		tb.Fatal(err)
	}
	out, err := os.Create(to)
	if err != nil {
		tb.Fatal(err)
	}
	r := bufio.NewReader(unzipped)
	for range lines {
		line, err := r.ReadBytes('\n')
		if err != nil && err != io.EOF {
			tb.Fatal(err)
		}
		if _, err := out.Write(line); err != nil {
			tb.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		tb.Fatal(err)
	}
	return to
}

// TestRealNight walks the corridor with real feeds: every record is accounted
// for, nothing is rejected, and there are gaps.
func TestRealNight(t *testing.T) {
	o := realWorkspace(t, 500)
	out, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{"nhs": 500, "coursera": 3766}
	for _, r := range out.Ledger {
		if r.Feed == "" {
			continue
		}
		if r.RowsIn != want[r.Feed] || r.RowsIn != r.Accepted+r.Duplicates+r.Rejected || r.Rejected != 0 {
			t.Errorf("feed %s: read %d (want %d) = accepted %d + duplicates %d + rejected %d", r.Feed, r.RowsIn, want[r.Feed], r.Accepted, r.Duplicates, r.Rejected)
		}
		delete(want, r.Feed)
	}
	if len(want) > 0 || len(out.Warnings) > 0 {
		t.Errorf("feeds not read: %v; warnings: %v", want, out.Warnings)
	}
	type gap struct {
		RegionCode string `parquet:"region_code"`
		Uncovered  bool   `parquet:"uncovered"`
	}
	gaps := 0
	err = warehouse.ReadCurrent(o.Workspace, model.SkillGaps.Info, func(_ model.Date, rows []gap) error {
		for _, g := range rows {
			if g.RegionCode == "GB" {
				gaps++
			}
		}
		return nil
	})
	if err != nil || gaps < 100 {
		t.Errorf("%d gap rows for GB, %v", gaps, err)
	}
}

// BenchmarkNight is a whole night over all of the real feeds: the first in an
// empty warehouse, the same night again, and one with 200 vacancies more.
func BenchmarkNight(b *testing.B) {
	o := realWorkspace(b, 0)
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		b.Fatal(err)
	}
	all := filepath.Join(realData(b), "vacancies", "nhs_jobposting.jsonl.gz")
	inbox := filepath.Join(o.Workspace, "inbox")
	cfg.Feeds[0].Path = filepath.Join(inbox, "*.jsonl")
	save(b, *cfg, o)
	head(b, all, filepath.Join(inbox, "1.jsonl"), 9700)
	b.Run("first", func(b *testing.B) {
		benchmarkNight(b, o, func() {
			if err := os.RemoveAll(filepath.Join(o.Workspace, "warehouse")); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("again", func(b *testing.B) { benchmarkNight(b, o, func() {}) })
	more := head(b, all, filepath.Join(inbox, "2.jsonl"), 9700)
	last(b, more, 200)
	head(b, all, filepath.Join(inbox, "1.jsonl"), 9500)
	b.Run("news", func(b *testing.B) {
		benchmarkNight(b, o, func() {
			hidden := filepath.Join(inbox, "hidden")
			err := errors.Join(os.RemoveAll(filepath.Join(o.Workspace, "warehouse")), os.Rename(more, hidden))
			if err != nil {
				b.Fatal(err)
			}
			if _, err = Run(b.Context(), o); err != nil {
				b.Fatal(err)
			}
			if err := os.Rename(hidden, more); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// benchmarkNight runs nights, each after what before does, which is not timed.
func benchmarkNight(b *testing.B, o Options, before func()) {
	for b.Loop() {
		b.StopTimer()
		before()
		b.StartTimer()
		out, err := Run(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range out.Ledger {
			if r.Feed == "" {
				b.ReportMetric(float64(r.FinishedAt-r.StartedAt)/1e6, r.Stage+"-s")
			}
		}
	}
}

// last leaves the last lines of a file.
func last(tb testing.TB, file string, lines int) {
	tb.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	all := bytes.SplitAfter(text, []byte{'\n'})
	if err := os.WriteFile(file, bytes.Join(all[len(all)-lines-1:], nil), 0o600); err != nil {
		tb.Fatal(err)
	}
}
