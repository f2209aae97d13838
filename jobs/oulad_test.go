package jobs

import (
	"database/sql"
	"fmt"
	"log/slog"
	"maps"
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

// ouladGroups are groups that the Open University Learning Analytics Dataset tells apart,
// in the order of their names in pairs, each as DuckDB finds it in the file.
var ouladGroups = [][2]string{
	{"age_band", "replace(age_band, '55<=', '55+')"},
	{"gender", "CASE gender WHEN 'F' THEN 'female' ELSE 'male' END"},
	{"disability", "CASE disability WHEN 'Y' THEN 'yes' ELSE 'no' END"},
	{"income_band", "CASE imd_band WHEN '20-Oct' THEN '10-20%' ELSE coalesce(imd_band, 'not_known') END"},
}

// ouladWorkspace makes a workspace whose one feed is the registrations of that dataset
// (Kuzilek, Hlosta and Zdrahal, Scientific Data 2017), as its file is.
func ouladWorkspace(tb testing.TB, file string) Options {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "taxonomy"), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := escoOf(tb, false).Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		tb.Fatal(err)
	}
	cfg := config.Default()
	cfg.Feeds = []config.Feed{{
		Name: "oulad", Kind: "enrolments", Format: "table", Path: file,
		Columns: map[string]string{
			"learner": "id_student", "credential": "code_module", "started_on": "code_presentation", "status": "final_result",
			"gender": "gender", "age_band": "age_band", "income_band": "imd_band", "disability": "disability", "region": "region", "education": "highest_education",
		},
		Values: map[string]map[string]string{
			"started_on":  {"2013B": "2013-02-01", "2013J": "2013-10-01", "2014B": "2014-02-01", "2014J": "2014-10-01"},
			"status":      {"Pass": "completed", "Distinction": "completed", "Fail": "failed", "Withdrawn": "withdrawn"},
			"income_band": {"20-Oct": "10-20%"}, // a spreadsheet has read it as a day
		},
		Constants: map[string]string{"provider": "The Open University"},
	}}
	cfg.Jobs = map[string]config.Job{"nightly": {Stages: []string{"concepts", "read", "link", "measure", "outcomes", "publish"}}}
	o := Options{Workspace: dir, Job: "nightly", AsOf: model.NewDate(2016, time.January, 1), Program: "p1", Now: time.Now, LearnerSecret: strings.Repeat("0f", 32), Log: slog.New(slog.DiscardHandler)}
	save(tb, cfg, o)
	return o
}

// TestOULAD: 32,593 real registrations load through a mapping, and who enrols and completes
// by gender, age, deprivation and disability is what DuckDB counts in the file.
func TestOULAD(t *testing.T) {
	file := filepath.Join(realData(t), "outcomes", "oulad", "studentInfo.csv.gz")
	o := ouladWorkspace(t, file)
	out, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range out.Ledger {
		if r.Feed == "oulad" && (r.RowsIn != 32_593 || r.Accepted != 32_593) {
			t.Errorf("%d of %d registrations are taken, of 32,593", r.Accepted, r.RowsIn)
		}
	}
	want := countOULAD(t, file)
	uptake, err := warehouse.ReadCurrentMonth[model.Uptake](o.Workspace, model.Uptakes.Info, 0)
	if err != nil {
		t.Fatal(err)
	}
	compared, withheld := 0, 0
	for i := range uptake {
		u := &uptake[i]
		key := strings.Join([]string{u.UnitKind, u.UnitCode, u.Breakdown, u.Category}, " ")
		counted, asked := want[key]
		if u.Quarter != 0 || !asked {
			continue
		}
		delete(want, key)
		if u.Suppressed {
			withheld++
		} else {
			compared++
		}
		for k, got := range []*int64{u.Enrolled, u.Completed, u.Persons} {
			if got == nil && u.Suppressed || got == nil && k == 2 && u.UnitKind != "all" && u.Breakdown != model.Total {
				continue
			}
			if got == nil || *got != counted[k] {
				t.Errorf("%s: figure %d is not as DuckDB counts, %d", key, k, counted[k])
			}
		}
	}
	for key := range want { // tables most of whose cells are small are left out
		if strings.HasPrefix(key, "all") && !strings.Contains(key, " x ") {
			t.Errorf("there is no row of %s", key)
		}
	}
	t.Logf("%d rows are as DuckDB counts; of %d that it counts too figures are withheld, and %d have no row", compared, withheld, len(want))
	if compared < 100 || withheld == 0 {
		t.Errorf("%d rows compared and %d withheld: the test has no subject", compared, withheld)
	}
}

// registrations counts them, those completed, and the persons behind them.
type registrations [3]int64

// countOULAD counts registrations, by single groups and their pairs, and those of each module by single groups, straight from the file.
func countOULAD(t *testing.T, file string) map[string]registrations {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	counts := map[string]registrations{}
	const all, module = "'all TOTAL'", "'credential ' || code_module"
	count := func(breakdown, category string, units ...string) {
		for _, unit := range units {
			maps.Copy(counts, countedBy(t, db, file, unit, unit+" || ' "+breakdown+" ' || "+category))
		}
	}
	count(model.Total, "'"+model.Total+"'", all, module)
	for i, a := range ouladGroups {
		count(a[0], a[1], all, module)
		for _, b := range ouladGroups[:i] {
			count(b[0]+" x "+a[0], b[1]+" || ' x ' || "+a[1], all)
		}
	}
	if whole := counts["all TOTAL TOTAL TOTAL"]; whole[0] != 32_593 || whole[2] != 28_785 {
		t.Errorf("the file has %v, want 32,593 registrations of 28,785 persons", whole)
	}
	return counts
}

// countedBy counts registrations by category, and persons where they count once in all: by
// the first registration, of several on one day that of the first module.
func countedBy(t *testing.T, db *sql.DB, file, unit, category string) map[string]registrations {
	t.Helper()
	rows, err := db.Query(fmt.Sprintf(`WITH registered AS (
		SELECT *, %s AS category, row_number() OVER (PARTITION BY id_student, %s ORDER BY left(code_presentation, 4), right(code_presentation, 1), code_module) AS nth
		FROM read_csv('%s', header = true, all_varchar = true))
		SELECT category, count(*), count(*) FILTER (final_result IN ('Pass', 'Distinction')), count(*) FILTER (nth = 1) FROM registered GROUP BY ALL`, category, unit, file))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]registrations{}
	for rows.Next() {
		var name string
		var r registrations
		if err := rows.Scan(&name, &r[0], &r[1], &r[2]); err != nil {
			t.Fatal(err)
		}
		counts[name] = r
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return counts
}
