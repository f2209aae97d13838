package jobs

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// registered writes rows of a table of enrolments: so many persons of each gender and age in
// each of two credentials. Seed tells these persons from others.
func registered(seed, day string, persons int, genders ...string) string {
	var rows strings.Builder
	for _, credential := range []string{"baking", "welding"} {
		for _, gender := range genders {
			for _, age := range []string{"18-29", "30-54"} {
				for i := range persons {
					status := "completed"
					if i%3 == 0 {
						status = "withdrawn"
					}
					fmt.Fprintf(&rows, "%s-%s-%s-%s-%d,%s,%s,%s,%s,%s\n", seed, credential, gender, age, i, credential, day, status, gender, age)
				}
			}
		}
	}
	return rows.String()
}

// released runs a night over a table of enrolments and returns its uptake.
func released(t *testing.T, o Options, day model.Date, table string) []model.Uptake {
	t.Helper()
	if err := os.WriteFile(filepath.Join(o.Workspace, "inbox", "enrolments.csv"), []byte("who,what,from,result,gender,age\n"+table), 0o600); err != nil {
		t.Fatal(err)
	}
	o.AsOf = day
	if _, err := Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	rows, err := warehouse.ReadCurrentMonth[model.Uptake](o.Workspace, model.Uptakes.Info, 0)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestReleases: figures about learners change on release dates alone. From one release to the
// next no change by one to nine persons can be told by subtraction, and a closed quarter to
// which nobody comes late stays as it is.
func TestReleases(t *testing.T) {
	dir := t.TempDir()
	for _, sub := range []string{"taxonomy", "inbox"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := escoOf(t, false).Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		t.Fatal(err)
	}
	cfg := config.Default()
	cfg.Feeds = []config.Feed{{Name: "school", Kind: "enrolments", Format: "table", Path: "inbox/enrolments.csv", Columns: map[string]string{
		"learner": "who", "credential": "what", "started_on": "from", "status": "result", "gender": "gender", "age_band": "age",
	}}}
	cfg.Jobs = map[string]config.Job{"nightly": {Stages: []string{"concepts", "read", "link", "measure", "outcomes", "publish"}}}
	o := Options{Workspace: dir, Job: "nightly", Program: "p1", Now: time.Now, LearnerSecret: strings.Repeat("0f", 32), Log: slog.New(slog.DiscardHandler)}
	save(t, cfg, o)

	table := ""
	for _, day := range []string{"2024-05-06", "2024-08-05", "2024-11-04", "2025-02-03"} {
		table += registered(day, day, 30, "female", "male")
	}
	first := released(t, o, model.NewDate(2025, time.April, 15), table)
	before := hashesOf(t, o)
	// Three men of each age, in each credential, come late to the quarter that is closed; eight
	// women begin in the new one.
	table += registered("late", "2025-02-10", 3, "male") + registered("new", "2025-04-07", 30, "male") + registered("few", "2025-04-07", 2, "female")
	released(t, o, model.NewDate(2025, time.June, 30), table)
	for file, hash := range hashesOf(t, o) {
		if strings.Contains(file, "/uptake/") && before[file] != hash {
			t.Errorf("%s has changed between release dates", file)
		}
	}
	second := released(t, o, model.NewDate(2025, time.July, 1), table)

	was, is := deduced(first), deduced(second)
	both := 0
	for key, n := range is {
		if m, known := was[key]; known {
			both++
			if change := max(n-m, m-n); 0 < change && change < 10 {
				t.Errorf("%s was %d and is %d: %d persons can be told", key, m, n, change)
			}
		}
	}
	if both < 100 {
		t.Errorf("only %d figures are known of both releases", both)
	}
	stays := map[string]int64{"female 2025-01-01": 120, "male 2024-10-01": 120, "TOTAL 2024-10-01": 240}
	for i := range second {
		u := &second[i]
		if u.ReleasedOn != model.NewDate(2025, time.July, 1) {
			t.Fatalf("a row is of the release of %s", u.ReleasedOn)
		}
		if want, closed := stays[u.Category+" "+u.Quarter.String()]; closed && u.UnitKind == "all" {
			delete(stays, u.Category+" "+u.Quarter.String())
			if u.Enrolled == nil || *u.Enrolled != want {
				t.Errorf("%s in the quarter of %s does not stay: %v", u.Category, u.Quarter, u.Enrolled)
			}
		}
		if u.UnitKind == "all" && u.Category == "female" && u.Quarter == 0 && !u.Suppressed {
			t.Error("eight women more are shown")
		}
	}
	if len(stays) > 0 {
		t.Errorf("there are no rows of %v", stays)
	}
}

// deduced returns the participations that rows of uptake tell, by row, with those that follow by
// one subtraction: a category from the total and the others, a quarter from all of them.
func deduced(rows []model.Uptake) map[string]int64 {
	type line struct{ whole, parts string }
	figures, missing, sums := map[string]int64{}, map[line][]string{}, map[line]int64{}
	name := func(u *model.Uptake, breakdown, category, quarter string) string {
		return strings.Join([]string{u.UnitKind, u.UnitCode, breakdown, category, quarter}, " ")
	}
	for i := range rows {
		u := &rows[i]
		quarter := u.Quarter.String()
		own := name(u, u.Breakdown, u.Category, quarter)
		lines := []line{{name(u, model.Total, model.Total, quarter), u.Breakdown}}
		if u.Quarter != 0 {
			lines = append(lines, line{name(u, u.Breakdown, u.Category, model.Date(0).String()), "quarters"})
		}
		if u.Enrolled != nil {
			figures[own] = *u.Enrolled
		}
		for _, l := range lines {
			if u.Enrolled != nil {
				sums[l] += *u.Enrolled
			} else {
				missing[l] = append(missing[l], own)
			}
		}
	}
	for l, of := range missing {
		if whole, known := figures[l.whole]; known && len(of) == 1 && of[0] != l.whole {
			figures[of[0]] = whole - sums[l]
		}
	}
	return figures
}
