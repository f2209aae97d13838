package main

import (
	"database/sql"
	"encoding/json"
	"math"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// nursing is the cell and skill of most headline figures: nurses in a NUTS 2 region,
// and "evaluate nursing care". Of the others the cell is all of France.
const (
	nursingRegion, nursingGroup = "FRE1", "2221"
	nursingSkill                = "http://data.europa.eu/esco/skill/e98a5096-de98-46d2-88c8-951f4029c038"
)

// factsSQL is what counts in the twelve months to June 2026, from the facts alone:
// vacancies and what they ask for, credentials and what they teach, and of these the
// ones aligned with the occupations and open to the region. $profile lists what ESCO
// gives these occupations, which no dataset holds.
const factsSQL = `
WITH posted AS (
  SELECT v.*, posted_month >= DATE '2025-07-01' AS now FROM vacancies v
  WHERE version = (SELECT max(version) FROM vacancies o WHERE o.vacancy_id = v.vacancy_id) AND duplicate_of IS NULL
    AND posted_month BETWEEN DATE '2024-07-01' AND DATE '2026-06-01'
), both_years AS (
  FROM posted WHERE starts_with(coalesce(region_code, country), $region) AND ($group = '' OR starts_with(isco08, $group))
), cell AS (FROM both_years WHERE now),
found AS (
  SELECT vacancy_id, skill_uri, score AS p FROM vacancy_skills WHERE requirement IS DISTINCT FROM 'offered'
), asks AS (SELECT * FROM cell JOIN found USING (vacancy_id)),
asking AS (FROM asks WHERE skill_uri = $skill),
base AS (SELECT sum(openings) AS posts, sum(openings)::DOUBLE * sum(openings) / sum(openings * openings) AS n FROM cell),
demand AS (SELECT skill_uri, sum(openings * p)::DOUBLE / any_value(posts) AS share FROM asks, base GROUP BY skill_uri),
teaches AS (SELECT credential_id, skill_uri, max(score) AS p FROM credential_skills WHERE relation IN ('teaches', 'assesses') GROUP BY ALL),
profile AS (SELECT unnest(from_json($profile, '["VARCHAR"]')) AS skill_uri),
matched AS (
  SELECT credential_id, count(*) AS taught, count(p.skill_uri) AS shared, count(p.skill_uri) FILTER (NOT k.transversal) AS own
  FROM teaches JOIN skills k USING (skill_uri) LEFT JOIN profile p USING (skill_uri) GROUP BY credential_id
), aligned AS (
  SELECT c.* FROM credentials c LEFT JOIN matched USING (credential_id)
  WHERE version = (SELECT max(version) FROM credentials o WHERE o.credential_id = c.credential_id) AND duplicate_of IS NULL
    AND coalesce(withdrawn_on > first_seen_on, true)
    AND coalesce(starts_on, DATE '2026-06-30') <= DATE '2026-06-30' AND least(ends_on, withdrawn_on - 1, DATE '9999-01-01') >= DATE '2025-07-01'
    AND (delivery_mode = 'online' OR starts_with(coalesce(region_code, country), $region))
    AND CASE $group WHEN '' THEN taught > 0 ELSE
      EXISTS (SELECT 1 FROM unnest(c.isco08s) t(stated) WHERE starts_with(stated, $group)) OR own >= 2 AND shared >= 0.2 * taught END
), unit AS (
  SELECT bool_and(places IS NOT NULL) AS in_places, CASE WHEN in_places THEN sum(places) ELSE count(*) END AS whole,
    CASE WHEN in_places THEN sum(places)::DOUBLE * sum(places) / sum(places * places) ELSE count(*) END AS n FROM aligned
), supply AS (
  SELECT skill_uri, sum(CASE WHEN in_places THEN places ELSE 1 END * p)::DOUBLE / any_value(whole) AS share
  FROM aligned JOIN teaches USING (credential_id), unit GROUP BY skill_uri
), d AS (SELECT coalesce(max(share), 0) AS share FROM demand WHERE skill_uri = $skill),
s AS (SELECT coalesce(max(share), 0) AS share FROM supply WHERE skill_uri = $skill),
wilson AS (
  SELECT share, (share + z*z/2/n - z * sqrt(share*(1-share)/n + z*z/4/n/n)) / (1 + z*z/n) AS low,
    (share + z*z/2/n + z * sqrt(share*(1-share)/n + z*z/4/n/n)) / (1 + z*z/n) AS high, side
  FROM (SELECT d.share, base.n, 'demand' AS side FROM d, base UNION ALL SELECT s.share, unit.n, 'supply' FROM s, unit), (SELECT 1.959963984540054 AS z)
) `

// headlines are the figures that a page leads with, each with what it says, where it
// is stored and how plain SQL computes it from the facts.
var headlines = []struct{ says, dataset, column, region, group, query string }{
	{"vacancies advertised in France in a year", "cells", "vacancies", "FR", "", `SELECT count(*) FROM cell`},
	{"posts they offer", "cells", "openings", "FR", "", `SELECT sum(openings) FROM cell`},
	{"how many equal vacancies they are worth", "cells", "n_effective", "FR", "", `SELECT n FROM base`},
	{"share of posts that ask for any digital skill", "cells", "any_digital", "FR", "",
		`SELECT sum(openings * round(1 - none, 4)::DECIMAL(5,4))::DOUBLE / any_value(posts) FROM base, (SELECT any_value(openings) AS openings, product(1 - p::DOUBLE) AS none FROM asks JOIN skills USING (skill_uri) WHERE digital GROUP BY vacancy_id)`},
	{"share of posts that ask for any green skill", "cells", "any_green", "FR", "",
		`SELECT sum(openings * round(1 - none, 4)::DECIMAL(5,4))::DOUBLE / any_value(posts) FROM base, (SELECT any_value(openings) AS openings, product(1 - p::DOUBLE) AS none FROM asks JOIN skills USING (skill_uri) WHERE green GROUP BY vacancy_id)`},
	{"part of the demand for nurses' skills that training meets", "cells", "coverage", nursingRegion, nursingGroup,
		`SELECT sum(least(demand.share, coalesce(supply.share, 0))) / sum(demand.share) FROM demand LEFT JOIN supply USING (skill_uri)`},
	{"vacancies that ask nurses to evaluate care", "skill_demand", "vacancies", nursingRegion, nursingGroup, `SELECT count(*) FROM asking`},
	{"posts that ask for it", "skill_demand", "weighted", nursingRegion, nursingGroup, `SELECT sum(openings * p) FROM asking`},
	{"share of posts that ask for it", "skill_demand", "share", nursingRegion, nursingGroup, `SELECT share FROM d`},
	{"what that share is at the least", "skill_demand", "share_low", nursingRegion, nursingGroup, `SELECT low FROM wilson WHERE side = 'demand'`},
	{"employers that ask for it", "skill_demand", "employers", nursingRegion, nursingGroup, `SELECT count(DISTINCT employer) FROM asking`},
	{"posts that ask for it and are open at the month's end", "skill_demand", "open_stock", nursingRegion, nursingGroup,
		`SELECT sum(openings) FROM asking WHERE coalesce(posted_on, DATE '2026-06-01') <= DATE '2026-06-30' AND least(expires_on, withdrawn_on - 1, DATE '9999-01-01') >= DATE '2026-06-30'`},
	{"how much more often it is asked for than a year before", "skill_demand", "growth_12m", nursingRegion, nursingGroup,
		`SELECT d.share / (SELECT sum(openings * coalesce(p, 0))::DOUBLE / sum(openings) FROM both_years LEFT JOIN (FROM found WHERE skill_uri = $skill) USING (vacancy_id) WHERE NOT now) FROM d`},
	{"whether one employer asks for more than half of it", "skill_demand", "one_employer_dominant", nursingRegion, nursingGroup,
		`SELECT (max(own) FILTER (employer IS NOT NULL) > sum(own) / 2)::INTEGER FROM (SELECT employer, sum(openings * p) AS own FROM asking GROUP BY employer)`},
	{"share of the places aligned with nurses that teach it", "skill_supply", "share", nursingRegion, nursingGroup, `SELECT share FROM s`},
	{"credentials of the region that teach it", "skill_supply", "credentials_local", nursingRegion, nursingGroup,
		`SELECT count(*) FROM aligned SEMI JOIN (FROM teaches WHERE skill_uri = $skill) USING (credential_id) WHERE delivery_mode IS DISTINCT FROM 'online'`},
	{"the gap between the two shares", "skill_gaps", "share_gap", nursingRegion, nursingGroup, `SELECT d.share - s.share FROM d, s`},
	{"what the gap is at the least", "skill_gaps", "gap_low", nursingRegion, nursingGroup,
		`SELECT a.share - b.share - sqrt((a.share - a.low)^2 + (b.high - b.share)^2) FROM wilson a, wilson b WHERE a.side = 'demand' AND b.side = 'supply'`},
	{"places that teach it for each post that asks for it", "skill_gaps", "places_per_opening", nursingRegion, nursingGroup,
		`SELECT (SELECT sum(places * p) FROM aligned JOIN (FROM teaches WHERE skill_uri = $skill) USING (credential_id))::DOUBLE / sum(openings * p) FROM asking`},
	{"how often it is asked for there, set against France", "skill_gaps", "location_quotient", nursingRegion, nursingGroup,
		`SELECT d.share / (SELECT sum(openings * coalesce(p, 0))::DOUBLE / sum(openings) FROM posted LEFT JOIN (FROM found WHERE skill_uri = $skill) USING (vacancy_id) WHERE now AND country = 'FR' AND starts_with(isco08, $group)) FROM d`},
}

// headlineFigures compares the headline figures of the starter with what plain SQL
// computes from the facts: another path to the same figures, without a measure.
func headlineFigures(t *testing.T, db *warehouse.DB, workspace string) {
	taxonomy, err := pipeline.LoadTaxonomy(taxonomyPath(workspace))
	if err != nil {
		t.Fatal(err)
	}
	var uris []string
	for _, skill := range taxonomy.Profiles()[nursingGroup] {
		uris = append(uris, taxonomy.Skills[skill].URI)
	}
	profile, err := json.Marshal(uris)
	if err != nil {
		t.Fatal(err)
	}
	if len(headlines) != 20 {
		t.Errorf("%d headline figures", len(headlines))
	}
	for _, h := range headlines {
		skill, group := "", h.group
		if h.dataset != "cells" {
			skill = " AND skill_uri = $skill"
		}
		if group == "" {
			group = "TOTAL"
		}
		args := []any{sql.Named("region", h.region), sql.Named("group", h.group), sql.Named("code", group), sql.Named("skill", nursingSkill), sql.Named("profile", string(profile))}
		stored := oneFigure(t, db, h.says, `SELECT `+h.column+`::DOUBLE AS figure FROM `+h.dataset+
			` WHERE month = DATE '2026-06-01' AND period = '12m' AND nace_section = 'TOTAL' AND region_code = $region AND occupation_code = $code`+skill, args...)
		again := oneFigure(t, db, h.says, factsSQL+`SELECT (`+h.query+`)::DOUBLE AS figure`, args...)
		if math.Abs(stored-again) > 1e-12*max(1, math.Abs(stored)) {
			t.Errorf("%s (%s.%s) is %v; from the facts it is %v", h.says, h.dataset, h.column, stored, again)
		}
	}
}

// oneFigure returns the only figure of a query; it must be known.
func oneFigure(t *testing.T, db *warehouse.DB, says, query string, args ...any) float64 {
	t.Helper()
	rows, err := warehouse.Select[struct{ Figure *float64 }](t.Context(), db, query, args...)
	if err != nil || len(rows) != 1 || rows[0].Figure == nil {
		t.Fatalf("%s: %d rows, %v", says, len(rows), err)
	}
	return *rows[0].Figure
}
