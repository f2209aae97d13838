package jobs

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/reports"
)

// posting is a JobPosting of the feed small.
type posting struct {
	ID          string   `json:"identifier"`
	Type        string   `json:"@type"`
	Title       string   `json:"title"`
	Posted      string   `json:"datePosted"`
	Description string   `json:"description,omitempty"`
	Skills      []string `json:"skills,omitempty"`
}

// smallWorkspace makes a workspace with a feed of postings and one of credentials
// whose quality assurance is valid to a day.
func smallWorkspace(t *testing.T) (o Options, post func(...posting), course func(title, validTo string)) {
	o = sampleWorkspace(t, 400)
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Feeds = []config.Feed{
		{Name: "small", Kind: "vacancies", Format: "schemaorg", Path: "inbox/small.jsonl", Content: config.ContentFull, Constants: map[string]string{"country": "GB"}},
		{Name: "courses", Kind: "credentials", Format: "table", Path: "inbox/courses.csv", Content: config.ContentFull,
			Columns: map[string]string{"source_id": "id", "title": "title", "skills": "skills", "qa_scheme": "scheme", "qa_valid_to": "valid_to"}},
	}
	cfg.Thresholds.CellVacancies, cfg.Thresholds.SkillLinks = 1, 1
	save(t, *cfg, o)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(o.Workspace, "inbox", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	post = func(ps ...posting) {
		var lines []string
		for _, p := range ps {
			p.Type = "JobPosting"
			line, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, string(line))
		}
		write("small.jsonl", strings.Join(lines, "\n"))
	}
	course = func(title, validTo string) {
		write("courses.csv", "id,title,skills,scheme,valid_to\nc1,"+title+",\"use spreadsheets software; teamwork principles\",Qualiopi,"+validTo+"\n")
	}
	return o, post, course
}

// TestNightsOneByOneAreNightsAnew: whatever changes from night to night, what a
// night takes over is what another program computes, and no audit objects.
func TestNightsOneByOneAreNightsAnew(t *testing.T) {
	o, post, course := smallWorkspace(t)
	o.AsOf = model.NewDate(2026, 6, 20)
	office := posting{ID: "skilled", Title: "Office clerk", Posted: "2026-05-04", Skills: []string{"use spreadsheets software", "teamwork principles", "answer incoming calls"}}
	plain := posting{ID: "plain", Title: "Plumber", Posted: "2026-05-20", Description: "Come and see us."}
	first := posting{ID: "first", Title: "Web developer", Posted: "2026-05-10", Description: "You use spreadsheets software and work in teams."}
	again := posting{ID: "again", Title: "Web developer", Posted: "2026-05-12", Description: "You use spreadsheets software and work in teams."}
	other := posting{ID: "other", Title: "Nurse", Posted: "2026-05-25", Description: "Teamwork principles matter."}
	nights := []func(){
		func() { post(office, plain, first, again, other); course("Office", "2026-06-21") },
		func() { office.Skills = office.Skills[2:]; post(office, plain, first, again, other) }, // a version with fewer skills
		func() { other.Description += " Come!"; post(office, plain, first, again, other) },     // a neighbour in its month
		func() { plain.Posted = "2026-06-18"; post(office, plain, first, again, other) },       // re-dated, without a skill
		func() { first.Description += " Now."; post(office, plain, first, again, other) },      // a duplicate's original
		func() { course("Office work", "2027-06-30"); post(office, plain, again, other) },      // its quality assurance is renewed
		func() { other.Title = "Senior nurse"; post(office, plain, first, again, other) },      // after the old one has expired
	}
	audits, err := reports.Audits()
	if err != nil {
		t.Fatal(err)
	}
	for i, change := range nights {
		change()
		o.AsOf++
		o.Program = "p1"
		took := runNight(t, o)
		for _, what := range findings(t, o, audits) {
			t.Errorf("night %d: %s", i+1, what)
		}
		o.Program = "p2"
		if d := cmp.Diff(runNight(t, o), took); d != "" {
			t.Errorf("night %d: %s", i+1, d)
		}
	}
}

// findings returns what verifying the workspace finds.
func findings(t *testing.T, o Options, audits []warehouse.Audit) []string {
	t.Helper()
	v, err := warehouse.Verify(t.Context(), o.Workspace, warehouse.VerifyOptions{Audits: audits, FeedVersions: filepath.Join(o.Workspace, pipeline.VersionsDir)})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range v.Findings {
		all = append(all, fmt.Sprint(f))
	}
	return all
}

// TestFromDeltaToFull: what only deltas have listed is withdrawn once the feed is
// said to list all it offers, though its file is the same.
func TestFromDeltaToFull(t *testing.T) {
	o, post, course := smallWorkspace(t)
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	course("Office", "2027-06-30")
	cfg.Feeds[0].Content = config.ContentDelta
	save(t, *cfg, o)
	a, b := posting{ID: "a", Title: "Nurse", Posted: "2026-05-01"}, posting{ID: "b", Title: "Plumber", Posted: "2026-05-02"}
	post(a)
	runNight(t, o)
	post(b)
	runNight(t, o)
	if got := withdrawn(t, o); got != "" {
		t.Errorf("of deltas withdrawn: %s", got)
	}
	cfg.Feeds[0].Content = config.ContentFull
	save(t, *cfg, o)
	runNight(t, o)
	if got := withdrawn(t, o); got != fmt.Sprintf("1 on %s", o.AsOf) {
		t.Errorf("of a full feed withdrawn: %q", got)
	}
}

// TestABrokenLineWithdrawsNothing: it may be the record that is missing.
func TestABrokenLineWithdrawsNothing(t *testing.T) {
	o, post, course := smallWorkspace(t)
	course("Office", "2027-06-30")
	post(posting{ID: "a", Title: "Nurse", Posted: "2026-05-01"}, posting{ID: "b", Title: "Plumber", Posted: "2026-05-02"})
	runNight(t, o)
	feed := filepath.Join(o.Workspace, "inbox", "small.jsonl")
	text, err := os.ReadFile(feed)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(feed, []byte(strings.Replace(string(text), `"Plumber",`, `"Plumber",,`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := withdrawn(t, o); got != "" || !strings.Contains(strings.Join(out.Warnings, "\n"), "none is taken for withdrawn") {
		t.Errorf("withdrawn: %s; warnings %q", got, out.Warnings)
	}
}

// TestADamagedVersionIsNotRead: the copy of a feed file has other bytes than its
// name says.
func TestADamagedVersionIsNotRead(t *testing.T) {
	o, post, course := smallWorkspace(t)
	course("Office", "2027-06-30")
	post(posting{ID: "a", Title: "Nurse", Posted: "2026-05-01"})
	want := vacancyFiles(runNight(t, o))
	versions, err := filepath.Glob(filepath.Join(o.Workspace, pipeline.VersionsDir, "*"))
	if err != nil || len(versions) != 2 {
		t.Fatal(versions, err)
	}
	for _, v := range versions {
		if err := os.WriteFile(v, []byte(`{"@type":"JobPosting","title":"Spy","identifier":"z"}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o.Program = "p2" // so that the feeds are decoded
	_, err = Run(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "is damaged: remove the copy") {
		t.Errorf("error = %v", err)
	}
	if d := cmp.Diff(want, vacancyFiles(hashesOf(t, o))); d != "" {
		t.Error(d)
	}
}
