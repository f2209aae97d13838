package jobs

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// BenchmarkNight is a whole night over real feeds: 9,700 JobPostings and 3,766
// courses against full ESCO v1.1.1.
func BenchmarkNight(b *testing.B) {
	real := os.Getenv("SKILLSGAP_TESTDATA")
	if real == "" {
		real = filepath.Join("..", "..", "shared", "data")
	}
	real, err := filepath.Abs(real)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(real); err != nil {
		b.Skipf("no real data: %v; set SKILLSGAP_TESTDATA", err)
	}
	dir := b.TempDir()
	t, _, err := esco.Import([]string{filepath.Join(real, "esco", "esco-v1.1.1-en-csv.zip"), filepath.Join(real, "esco", "esco-v1.1.1-relations-csv.zip")}, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "taxonomy"), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := t.Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		b.Fatal(err)
	}
	cfg := config.Default()
	cfg.Feeds = []config.Feed{
		{Name: "nhs", Kind: "vacancies", Format: "schemaorg", Path: filepath.Join(real, "vacancies", "nhs_jobposting.jsonl.gz")},
		{Name: "coursera", Kind: "credentials", Format: "table", Path: filepath.Join(real, "credentials", "coursera.csv.gz"),
			Columns:   map[string]string{"source_id": "course_id", "title": "name", "skills": "skills", "learning_outcomes": "what_you_learn", "url": "url", "language": "language"},
			Constants: map[string]string{"delivery_mode": "online", "provider": "Coursera"}},
	}
	if err := cfg.Save(dir); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		out, err := Run(b.Context(), Options{Workspace: dir, Job: "nightly", AsOf: model.NewDate(2020, 11, 30), Now: time.Now, Log: slog.New(slog.DiscardHandler)})
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
