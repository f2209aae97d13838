package jobs

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// changesWorkspace is a sample whose nights compare themselves with the one before.
func changesWorkspace(t *testing.T) Options {
	t.Helper()
	o := sampleWorkspace(t, 700)
	cfg, err := config.Load(o.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Jobs["nightly"] = config.Job{Stages: []string{"concepts", "read", "link", "measure", "changes", "publish"}}
	cfg.Measures.Months = 2
	save(t, *cfg, o)
	return o
}

// changes reads why gaps have moved, and counts the rows of each kind.
func changes(t *testing.T, o Options) (rows []model.GapChange, kinds map[string]int) {
	t.Helper()
	kinds = map[string]int{}
	err := warehouse.ReadCurrent(o.Workspace, model.GapChanges.Info, func(_ model.Date, some []model.GapChange) error {
		rows = append(rows, some...)
		for i := range some {
			kinds[some[i].Change]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, kinds
}

// checkParts: the parts of a gap that has moved are known and add up to what it has
// moved by, and others have none.
func checkParts(t *testing.T, rows []model.GapChange) {
	t.Helper()
	for _, r := range rows {
		if r.Change != "moved" {
			if r.Model != nil || (r.Before == nil) == (r.After == nil) {
				t.Errorf("%s, but %+v", r.Change, r)
			}
			continue
		}
		if moved, parts := *r.After-*r.Before, *r.Model+*r.LeftVacancies+*r.NewVacancies+*r.Catalogue; math.Abs(moved-parts) > 1e-12 || math.Abs(moved) < 0.001 {
			t.Errorf("%s %s %s: moved by %v, parts %v", r.RegionCode, r.OccupationCode, r.SkillURI, moved, parts)
		}
	}
}

// TestWhyGapsMoved: some vacancies go out of the twelve months, others come.
func TestWhyGapsMoved(t *testing.T) {
	o := changesWorkspace(t)
	var news []string
	editJobBoard(t, o, func(lines []string) []string {
		for _, line := range lines {
			if strings.Contains(line, `"datePosted":"2026-06`) {
				news = append(news, line)
			}
		}
		return slices.DeleteFunc(lines, func(line string) bool { return slices.Contains(news, line) })
	})
	o.AsOf = model.NewDate(2026, 5, 31)
	runNight(t, o)
	if rows, _ := changes(t, o); len(rows) > 0 || len(news) < 10 {
		t.Fatalf("the first night has %d changes; %d vacancies to come", len(rows), len(news))
	}
	editJobBoard(t, o, func(lines []string) []string { return append(lines, news...) })
	o.AsOf = model.NewDate(2026, 6, 30)
	want := runNight(t, o)
	rows, kinds := changes(t, o)
	checkParts(t, rows)
	if kinds["moved"] < 100 || kinds["appeared"] == 0 || kinds["disappeared"] == 0 {
		t.Errorf("changes: %v", kinds)
	}
	left, came := 0, 0
	for _, r := range rows {
		if r.Model != nil && *r.Model != 0 {
			t.Fatalf("nothing is linked otherwise, but %+v", r)
		}
		if r.Catalogue != nil && math.Abs(*r.Catalogue-(*r.SupplyBefore-*r.SupplyAfter)) > 1e-12 {
			t.Errorf("catalogue of %+v", r)
		}
		left, came = left+int(*r.Left), came+int(*r.New)
	}
	if left == 0 || came == 0 {
		t.Errorf("%d left, %d came", left, came)
	}

	again := o
	for name, alter := range map[string]func(){
		"again":                func() {},
		"with another program": func() { again.Program = "p2" },
		"without reading":      func() { again.Program, again.NoFeeds = "p3", true },
	} {
		alter()
		if d := cmp.Diff(want, runNight(t, again)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestQuietNightsHaveNoChanges: where nothing comes and nothing leaves, no gap moves.
func TestQuietNightsHaveNoChanges(t *testing.T) {
	o := changesWorkspace(t)
	for range 2 {
		o.AsOf++
		runNight(t, o)
	}
	if rows, kinds := changes(t, o); len(rows) > 0 {
		t.Errorf("a quiet night changes %v: %+v", kinds, rows[0])
	}
}
