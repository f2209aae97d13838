package main

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"math"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow/array"

	"github.com/skillsgap/skillsgap/jobs"
	"github.com/skillsgap/skillsgap/pipeline/generate"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// TestStarter runs the nightly job on the starter workspace and looks for the
// truths planted in it, each where data/starter/STORY.md says that it shows.
func TestStarter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "starter")
	if err := runInit(io.Discard, initOptions{dir: dir}); err != nil {
		t.Fatal(err)
	}
	out, err := jobs.Run(t.Context(), jobs.Options{Workspace: dir, Job: "nightly", Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Warnings) > 0 {
		t.Errorf("warnings: %v", out.Warnings)
	}
	db, err := warehouse.Open(t.Context(), dir, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	story, err := generate.Story()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, truth := range story {
		seen[truth.Name] = true
		if check := truthChecks[truth.Name+" "+truth.Figure]; check.query != "" {
			t.Run(truth.Name+"_"+truth.Figure, func(t *testing.T) { check.run(t, db, truth) })
		}
	}
	if len(seen) < 9 {
		t.Errorf("the story tells only of %v", seen)
	}
	t.Run("gap_recommended", func(t *testing.T) {
		check := truthCheck{`SELECT count(*) = 1 AND bool_and(list_contains(skills_closed, $skill)), format('{} times', count(*))
			FROM recommendations JOIN credentials USING (credential_id) WHERE occupation_code = $isco08 AND recommendations.region_code = $region AND source_id = $source`}
		for _, truth := range story {
			if truth.Name == "gap" && truth.Figure == "supply" {
				check.run(t, db, truth)
			}
		}
	})
	t.Run("pages", func(t *testing.T) { checkPages(t, filepath.Dir(out.Index)) })
	t.Run("figures_recomputed", func(t *testing.T) { recompute(t, db) })
	t.Run("headline_figures", func(t *testing.T) { headlineFigures(t, db, dir) })
	t.Run("figures_explained", func(t *testing.T) { explainFigures(t, db, dir, 20) })
}

// truthCheck is a query whose single row must say yes, with what it saw.
type truthCheck struct{ query string }

// latest is the last month, over twelve months.
const latest = ` month = (SELECT max(month) FROM skill_gaps) AND period = '12m' `

// truthChecks asks of each truth that a stage built so far should find whether
// it did. $region is "" for a truth of all regions.
var truthChecks = map[string]truthCheck{
	"gap demand": {`SELECT demand_share BETWEEN 0.3 AND 0.5 AND gap_low > 0
		AND gap_low = (SELECT max(gap_low) FROM skill_gaps WHERE ` + latest + ` AND occupation_code = $isco08 AND region_code = $region),
		format('demand {} gap_low {}', demand_share, gap_low)
		FROM skill_gaps WHERE ` + latest + ` AND occupation_code = $isco08 AND region_code = $region AND skill_uri = $skill`},
	"gap supply": {`SELECT share < 0.1 AND credentials_local + credentials_online = 1, format('supply {}', share)
		FROM skill_supply WHERE ` + latest + ` AND occupation_code = $isco08 AND region_code = $region AND skill_uri = $skill`},
	"uncovered demand": {`SELECT bool_and(uncovered) AND min(demand_share) > 0.25 AND count(*) >= 3, format('{} cells, demand from {}', count(*), min(demand_share))
		FROM skill_gaps WHERE ` + latest + ` AND occupation_code = $isco08 AND skill_uri = $skill`},
	"uncovered supply": {`SELECT max(share) = 0 AND max(share_high) > 0, format('supply up to {}', max(share))
		FROM skill_supply WHERE ` + latest + ` AND occupation_code = $isco08 AND skill_uri = $skill`},
	"emerging demand":  {`SELECT count(*) FILTER (emerging) >= 2 AND NOT bool_or(declining) AND min(growth_12m) > 1.5, format('growth from {}, {} times emerging', min(growth_12m), count(*) FILTER (emerging))` + national},
	"declining demand": {`SELECT count(*) FILTER (declining) >= 1 AND NOT bool_or(emerging) AND max(growth_12m) < 0.7, format('growth to {}, {} times declining', max(growth_12m), count(*) FILTER (declining))` + national},
	"balanced ": {`SELECT min(coverage) > 0.85, format('coverage from {} in {} cells', min(coverage), count(*))
		FROM cells WHERE ` + latest + ` AND occupation_code = $isco08 AND region_level = 0`},
	"stuffed ": {`SELECT count(*) > 50 AND count(*) FILTER (source_id = $source) = 0, format('{} of {} recommendations', count(*) FILTER (source_id = $source), count(*))
		FROM recommendations JOIN credentials USING (credential_id)`},
	"expired ":   {`SELECT count(*) = 1 AND bool_and(source_id = $source), format('{} expired', count(*)) FROM credentials WHERE qa_status = 'expired'`},
	"disguised ": {`SELECT conformity = 'full_qualification', conformity FROM credentials WHERE source_id = $source`},
	// Of all credentials one more is ageing: two of the four skills it teaches are the
	// declining ones.
	"ageing teaches": {`SELECT bool_or(ageing AND source_id = $source AND skills_declining = 2 AND alignment.region_code = $region) AND count(DISTINCT credential_id) FILTER (ageing) <= 2
		AND count(DISTINCT credential_id) FILTER (ageing IS NOT NULL) > 400,
		format('{} of {} ageing', count(DISTINCT credential_id) FILTER (ageing), count(DISTINCT credential_id) FILTER (ageing IS NOT NULL))
		FROM alignment JOIN credentials USING (credential_id) WHERE main`},
	"shortage ": {`SELECT count(*) FILTER (occupation_code = $isco08 AND in_shortage AND place = 1) = count(DISTINCT region_code) AND count(DISTINCT region_code) = 9
			AND count(*) FILTER (in_shortage AND occupation_code <> $isco08) < 10,
		format('{} of {} regions, {} others in shortage', count(*) FILTER (occupation_code = $isco08 AND in_shortage AND place = 1), count(DISTINCT region_code), count(*) FILTER (in_shortage AND occupation_code <> $isco08))
		FROM (SELECT *, rank() OVER (PARTITION BY region_code ORDER BY index DESC) AS place FROM shortage)`},
	"claim claimed": {`SELECT count(*) FILTER (comparable) = 1 AND bool_and(value = 100 * $planted AND indicator = 'employed' AND horizon = '6m' AND population = 'participants') FILTER (comparable)
		AND bool_and(NOT comparable) FILTER (wording LIKE '%further education%') IS NOT FALSE, format('{} claims, {} comparable', count(*), count(*) FILTER (comparable))
		FROM provider_claims JOIN credentials USING (credential_id) WHERE source_id = $source`},
	"kept_claim claimed": {`SELECT count(*) FILTER (comparable) = 1 AND bool_and(value = 100 * $planted AND indicator = 'employed' AND horizon = '6m' AND population = 'participants') FILTER (comparable)
		AND bool_and(NOT comparable) FILTER (wording LIKE '%further education%') IS NOT FALSE, format('{} claims, {} comparable', count(*), count(*) FILTER (comparable))
		FROM provider_claims JOIN credentials USING (credential_id) WHERE source_id = $source`},
	"claim employed_6m":      {`SELECT value_high < 0.95 AND abs(coalesce(weighted, value) - $planted) < 0.05, format('value {} weighted {}', value, weighted)` + measuredClaim},
	"kept_claim employed_6m": {`SELECT 0.7 BETWEEN value_low AND value_high AND abs(coalesce(weighted, value) - $planted) < 0.07, format('value {} weighted {}', value, weighted)` + measuredClaim},
	"unreached participation_ratio": {`SELECT count(*) = 1 AND bool_and($planted BETWEEN participation_ratio_low AND participation_ratio_high), format('{}', min(participation_ratio))
		FROM uptake WHERE unit_kind = 'all' AND breakdown = 'age_band' AND category = '55+' AND quarter IS NULL`},
	"cost ratio": {`SELECT abs(max(cost_per_completion) FILTER (unit_code = 'public') / max(cost_per_completion) FILTER (unit_code = 'voucher') - $planted) < 0.25, format('{} against {}', max(cost_per_completion) FILTER (unit_code = 'public'), max(cost_per_completion) FILTER (unit_code = 'voucher'))
		FROM uptake WHERE unit_kind = 'funding' AND breakdown = 'TOTAL' AND quarter IS NULL`},
	"insiders own_sector": {`SELECT max(1 - outside_sector_low) FILTER (unit_code = provider) >= $planted AND max(1 - outside_sector) FILTER (unit_code <> provider) < 0.6, format('outside {}', max(outside_sector) FILTER (unit_code = provider))
		FROM uptake, (SELECT provider FROM credentials WHERE source_id = $source) WHERE unit_kind = 'provider' AND breakdown = 'TOTAL' AND quarter IS NULL`},
	"no_effect income_12m": {`SELECT difference_raw_low > 50 AND $planted BETWEEN difference_adjusted_low AND difference_adjusted_high, format('raw {} adjusted {}', difference_raw, difference_adjusted)` + comparedWith + `AND horizon = '12m' AND indicator = 'income'`},
	"effect income_12m":    {`SELECT difference_raw < 60 AND difference_adjusted_low > 0 AND $planted BETWEEN difference_adjusted_low AND difference_adjusted_high, format('raw {} adjusted {}', difference_raw, difference_adjusted)` + comparedWith + `AND horizon = '12m' AND indicator = 'income'`},
	"effect employed_6m":   {`SELECT abs(difference_raw) < 0.06 AND difference_adjusted_low > 0 AND $planted BETWEEN difference_adjusted_low AND difference_adjusted_high, format('raw {} adjusted {}', difference_raw, difference_adjusted)` + comparedWith + `AND horizon = '6m' AND indicator = 'employed'`},
	"completers employed_6m": {`SELECT difference_raw_low > 0.1 AND $planted BETWEEN difference_adjusted_low AND difference_adjusted_high, format('raw {} adjusted {}', difference_raw, difference_adjusted)
		FROM adjusted_comparisons WHERE unit_kind = 'all' AND comparison = 'completers_non_completers' AND horizon = '6m' AND indicator = 'employed'`},
	"attendance ": {`SELECT conformity = 'attendance_only', conformity FROM credentials WHERE source_id = $source`},
}

// measuredClaim is of those who left a credential, and comparedWith of its participants against
// comparison persons.
const (
	measuredClaim = ` FROM outcomes JOIN credentials ON unit_code = credential_id
		WHERE unit_kind = 'credential' AND source_id = $source AND breakdown = 'TOTAL' AND cohort IS NULL AND horizon = '6m' AND indicator = 'employed'`
	comparedWith = ` FROM adjusted_comparisons JOIN credentials ON unit_code = credential_id
		WHERE unit_kind = 'credential' AND source_id = $source AND comparison = 'participants_comparison' `
)

// national is of the unit group in the three countries.
const national = ` FROM skill_gaps JOIN skill_demand USING (month, period, region_code, region_level, occupation_code, nace_section, skill_uri)
	WHERE ` + latest + ` AND region_level = 0 AND occupation_code = $isco08 AND skill_uri = $skill`

func (c truthCheck) run(t *testing.T, db *warehouse.DB, truth generate.Truth) {
	t.Helper()
	rows, err := db.Query(t.Context(), c.query, sql.Named("isco08", truth.ISCO08), sql.Named("region", truth.Region),
		sql.Named("skill", truth.SkillURI), sql.Named("source", truth.SourceID), sql.Named("planted", truth.From))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Release()
	if !rows.Next() || rows.Record().NumRows() != 1 {
		t.Fatalf("%+v: no row (%v)", truth, rows.Err())
	}
	says, saw := rows.Record().Column(0).(*array.Boolean), rows.Record().Column(1).(*array.String)
	if says.IsNull(0) || !says.Value(0) {
		t.Errorf("%+v not recovered: %s", truth, saw.Value(0))
	}
}

// recompute compares the demand shares of all national cells with those that
// plain SQL computes from the facts: another path to the same figures.
func recompute(t *testing.T, db *warehouse.DB) {
	const query = `
WITH counted AS (
	SELECT v.* FROM vacancies v
	WHERE duplicate_of IS NULL AND version = (SELECT max(version) FROM vacancies w WHERE w.vacancy_id = v.vacancy_id)
	AND posted_month BETWEEN DATE '2025-07-01' AND DATE '2026-06-01'
), cell AS (
	SELECT country, sum(openings) AS openings, count(*) AS vacancies, sum(openings) * sum(openings) / sum(openings * openings) AS n_effective FROM counted GROUP BY country
), asked AS (
	SELECT c.country, s.skill_uri, sum(c.openings * s.score) AS openings, count(*) AS vacancies
	FROM counted c JOIN vacancy_skills s USING (vacancy_id) WHERE s.requirement IS DISTINCT FROM 'offered' GROUP BY ALL
)
SELECT d.share, asked.openings / cell.openings AS recomputed, d.n_effective, cell.n_effective, CAST(d.vacancies AS BIGINT), asked.vacancies
FROM skill_demand d JOIN asked ON asked.country = d.region_code AND asked.skill_uri = d.skill_uri JOIN cell ON cell.country = d.region_code
WHERE d.month = DATE '2026-06-01' AND d.period = '12m' AND d.region_level = 0 AND d.occupation_level = 'all' AND d.nace_section = 'TOTAL'`
	rows, err := db.Query(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Release()
	compared := 0
	for rows.Next() {
		rec := rows.Record()
		for i := range int(rec.NumRows()) {
			share, again := rec.Column(0).(*array.Float64).Value(i), rec.Column(1).(*array.Float64).Value(i)
			n, nAgain := rec.Column(2).(*array.Float64).Value(i), rec.Column(3).(*array.Float64).Value(i)
			asked, askedAgain := rec.Column(4).(*array.Int64).Value(i), rec.Column(5).(*array.Int64).Value(i)
			if math.Abs(share-again) > 1e-12 || math.Abs(n-nAgain) > 1e-6 || asked != askedAgain {
				t.Errorf("row %d: share %v, recomputed %v; n %v, recomputed %v; vacancies %d, recomputed %d", compared, share, again, n, nAgain, asked, askedAgain)
			}
			compared++
		}
	}
	if rows.Err() != nil || compared < 300 {
		t.Errorf("compared %d figures: %v", compared, rows.Err())
	}
}
