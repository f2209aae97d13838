package reports

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func library(t *testing.T) *Library {
	t.Helper()
	lib, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func report(t *testing.T, name string) *Report {
	t.Helper()
	r, err := library(t).Get(name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answer runs a section and returns its rows by column name.
func answer(t *testing.T, q Querier, name string, params map[string]string) []map[string]string {
	t.Helper()
	rows, err := report(t, name).Run(context.Background(), q, params)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Release()
	got := &records{}
	if err := stream(rows, got); err != nil {
		t.Fatal(err)
	}
	return (&PageSection{rows: got}).Records()
}

func column(rows []map[string]string, name string) []string {
	var values []string
	for _, row := range rows {
		values = append(values, row[name])
	}
	return values
}

func optional(f *float64) string {
	if f == nil {
		return ""
	}
	return floatText(*f, 64)
}

// TestReports checks every report over one snapshot.
func TestReports(t *testing.T) {
	s := newSample()
	db := s.write(t)
	for name, test := range map[string]func(*testing.T, *sample, Querier){
		"SkillGapsAreTheStoredOnes":    skillGapsAreTheStoredOnes,
		"HeadlineIsTheBest20":          headlineIsTheBest20,
		"SkillGapsHaveEveryLevel":      skillGapsHaveEveryLevel,
		"ParametersNarrow":             parametersNarrow,
		"HeadlineFollowsTheParameters": headlineFollowsTheParameters,
		"CredentialSupplyCounts":       credentialSupplyCounts,
		"DataQualityShowsTheRun":       dataQualityShowsTheRun,
		"EmployerRecognitionCounts":    employerRecognitionCounts,
		"NothingIsExplained":           nothingIsExplained,
		"CommandsRun":                  commandsRun,
		"EverySectionHasRows":          everySectionHasRows,
	} {
		t.Run(name, func(t *testing.T) { test(t, s, db) })
	}
}

// everySectionHasRows also proves that every header describes the columns of
// its query.
func everySectionHasRows(t *testing.T, _ *sample, db Querier) {
	for _, name := range library(t).Names() {
		for _, section := range report(t, name).Sections {
			rows := len(answer(t, db, name, map[string]string{"section": section.Name}))
			if (rows == 0) != (section.Name == nothingSection) {
				t.Errorf("%s, section %s: %d rows", name, section.Name, rows)
			}
		}
	}
}

// TestEmptySnapshot: the night before the first feed arrives is no error.
func TestEmptySnapshot(t *testing.T) {
	empty := (&sample{}).write(t)
	for _, name := range library(t).Names() {
		r := report(t, name)
		for _, s := range r.Sections {
			answer(t, empty, name, map[string]string{"section": s.Name})
		}
	}
}

func skillGapsAreTheStoredOnes(t *testing.T, s *sample, db Querier) {
	rows := answer(t, db, "skill-gaps", nil)
	stored := map[string]int{}
	for i, g := range s.gaps {
		stored[g.RegionCode+g.OccupationCode+g.SkillURI] = i
	}
	for _, row := range rows {
		g := s.gaps[stored[row["region_code"]+row["occupation_code"]+row["skill_uri"]]]
		d := s.demands[slices.IndexFunc(s.demands, func(d model.SkillDemand) bool { return d.CellKey == g.CellKey && d.SkillURI == g.SkillURI })]
		for name, want := range map[string]string{
			"demand_share": floatText(g.DemandShare, 64), "demand_low": floatText(d.ShareLow, 64), "demand_high": floatText(d.ShareHigh, 64),
			"supply_share": optional(g.SupplyShare), "share_gap": optional(g.ShareGap), "gap_low": optional(g.GapLow), "gap_high": optional(g.GapHigh),
			"places_per_opening": optional(g.PlacesPerOpening), "asking": fmt.Sprint(d.Vacancies), "employers": fmt.Sprint(d.Employers),
			"uncovered": fmt.Sprint(g.Uncovered), "uncertain": fmt.Sprint(*g.GapLow <= 0), "month": "2020-11-01",
		} {
			if row[name] != want {
				t.Errorf("%s of %s: %q, stored %q", name, row["skill"], row[name], want)
			}
		}
		if g.Transversal || g.LanguageSkill || *g.ShareGap <= 0 {
			t.Errorf("%s is ranked among the specific gaps", row["skill"])
		}
	}
}

// headlineIsTheBest20 recomputes the first rows of the page without SQL.
func headlineIsTheBest20(t *testing.T, s *sample, db Querier) {
	rows := answer(t, db, "skill-gaps", nil)
	var want []model.SkillGap
	for _, g := range s.gaps {
		if g.RegionCode == "FR" && g.OccupationCode == model.Total && g.NACESection == model.Total && !g.Transversal && !g.LanguageSkill && *g.ShareGap > 0 {
			want = append(want, g)
		}
	}
	slices.SortFunc(want, func(a, b model.SkillGap) int { return -compareFloats(*a.GapLow, *b.GapLow) })
	for i, g := range want[:20] {
		if rows[i]["skill_uri"] != g.SkillURI || rows[i]["level"] != "" || rows[i]["region"] != "France" {
			t.Errorf("row %d: %v, want %s", i, rows[i], g.SkillURI)
		}
	}
	if rows[20]["level"] == "" || rows[20]["region"] != "Germany" {
		t.Errorf("row 20 still belongs to the headline: %v", rows[20])
	}
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func skillGapsHaveEveryLevel(t *testing.T, _ *sample, db Querier) {
	trained, untrained := answer(t, db, "skill-gaps", nil), answer(t, db, "skill-gaps", map[string]string{"section": "untrained"})
	sectors := answer(t, db, "skill-gaps", map[string]string{"section": "sectors"})
	for _, c := range sampleCells {
		n := 0
		for _, row := range slices.Concat(trained, untrained, sectors) {
			sector := cmp.Or(row["nace_section"], model.Total)
			occupation := cmp.Or(row["occupation_code"], model.Total)
			if row["region_code"] == c.region && occupation == c.occupation && sector == c.sector {
				n++
			}
		}
		if n < 5 {
			t.Errorf("%v has %d rows", c, n)
		}
	}
	for _, row := range trained {
		if row["supply_share"] == "" {
			t.Errorf("a cell without training is ranked by gap: %v", row)
		}
	}
}

func parametersNarrow(t *testing.T, _ *sample, db Querier) {
	for _, test := range []struct {
		params map[string]string
		column string
		want   []string
	}{
		{map[string]string{"region": "FR10"}, "region_code", []string{"FR10"}},
		{map[string]string{"region_level": "nuts1"}, "region_code", []string{"FR1"}},
		{map[string]string{"occupation": "2512"}, "occupation_code", []string{"2512"}},
		{map[string]string{"sector": "Q", "section": "sectors"}, "sector", []string{"Sector Q: Health and social work"}},
		{map[string]string{"sector": "Q"}, "sector", nil},
		{map[string]string{"section": "occupations"}, "occupation", []string{"Software developers"}},
		{map[string]string{"skills": "transversal"}, "digital", []string{"false"}},
		{map[string]string{"month": "2020-11-17", "language": "fr", "region": "FR", "occupation": "2", "rows": "1", "top": "50"}, "month", []string{"2020-11-01"}},
		{map[string]string{"month": "2019-01-01"}, "month", nil},
		{map[string]string{"section": "untrained"}, "region", []string{"Germany", "Île-de-France"}},
	} {
		got := slices.Compact(column(answer(t, db, "skill-gaps", test.params), test.column))
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: %s is %v, want %v", test.params, test.column, got, test.want)
		}
	}
	french := column(answer(t, db, "credential-supply", map[string]string{"language": "fr"}), "skill")
	if french[0] != "dispenser des soins centrés sur la personne" || french[1] != sampleSkills[4] {
		t.Errorf("names in French, else in English: %v", french[:2])
	}
}

// nothingIsExplained: a code that no cell has is no good news.
func nothingIsExplained(t *testing.T, _ *sample, db Querier) {
	for _, test := range []struct {
		report string
		params map[string]string
		want   string
	}{
		{"skill-gaps", map[string]string{"region": "XX"}, "No published cell has period 12m and region XX: check the code, or the cell is below the publication threshold."},
		{"skill-gaps", map[string]string{"occupation": "ZZ", "sector": "q", "section": "untrained"}, "period 12m and occupation ZZ and sector q:"},
		{"skill-gaps", map[string]string{"sector": "q"}, "Sectors have demand alone."},
		{"skill-gaps", map[string]string{"region": "fr", "section": "untrained", "region_level": "country"}, "Training is aligned with every cell chosen."},
		{"credential-supply", map[string]string{"country": "XX"}, "No credential on offer has country XX."},
		{"employer-recognition", map[string]string{"region": "XX"}, "No vacancy was posted in these months that has region XX."},
	} {
		r := report(t, test.report)
		var table bytes.Buffer
		if err := r.Render(context.Background(), &table, "table", db, test.params, sampleMeta); err != nil || !strings.Contains(table.String(), test.want) {
			t.Errorf("%v: %v\n%s", test.params, err, table.String())
		}
	}
	var page bytes.Buffer
	err := report(t, "skill-gaps").Render(context.Background(), &page, "html", db, map[string]string{"region": "XX"}, sampleMeta)
	if err != nil || strings.Count(page.String(), "No published cell has period 12m and region XX") != 5 || strings.Contains(page.String(), "more often than it is taught") {
		t.Errorf("%v: the page does not tell", err)
	}
	if rows := answer(t, (&sample{}).write(t), "skill-gaps", map[string]string{"section": "nothing"}); len(rows) != 1 || !strings.HasPrefix(rows[0]["message"], "No cell is published") {
		t.Errorf("an empty snapshot: %v", rows)
	}
}

// commandsRun: what a page tells to type is a query that answers, or names a figure by
// keys that a shell takes as they are.
func commandsRun(t *testing.T, _ *sample, db Querier) {
	command := answer(t, db, "employer-recognition", map[string]string{"section": "credentials", "region": "fr"})[0]["command"]
	statement := strings.TrimSuffix(strings.TrimPrefix(command, `skillsgap query "`), `"`)
	if strings.ContainsAny(statement, "\"$`\\") || len(statement) != len(command)-len(`skillsgap query ""`) {
		t.Fatalf("a shell would not take %s", command)
	}
	rows, err := db.Query(context.Background(), statement)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Release()
	got := &records{}
	if err := stream(rows, got); err != nil {
		t.Fatal(err)
	}
	if len(got.rows) == 0 {
		t.Errorf("no vacancy is behind %s", command)
	}
	address := regexp.MustCompile(`^skillsgap explain (skill_gaps\.share_gap|skill_demand\.share) region=\w+( occupation=\S+)?( sector=[A-U])?( month=[-0-9]+)?( period=1m)? skill=http://\S+$`)
	for section, region := range map[string]string{"gaps": "FR10", "occupations": "", "general": "fr", "untrained": ""} {
		if command := answer(t, db, "skill-gaps", map[string]string{"section": section, "region": region})[0]["command"]; !address.MatchString(command) || strings.ContainsAny(command, "\"$`\\&;|'") {
			t.Errorf("section %s: %s", section, command)
		}
	}
}

func headlineFollowsTheParameters(t *testing.T, _ *sample, db Querier) {
	for region, want := range map[string]string{"": "France", "DE": "Germany", "FR10": "Île-de-France"} {
		rows := answer(t, db, "skill-gaps", map[string]string{"region": region, "section": "figures"})
		if len(rows) != 1 || rows[0]["region"] != want || rows[0]["occupation"] != "All occupations" || rows[0]["months"] != "twelve months to November 2020" {
			t.Errorf("region %q: %v", region, rows)
		}
	}
}

// notOnOffer tells, for the sample, which records of credentials do not count.
func notOnOffer(c model.Credential) bool {
	moved := c.CredentialID == fmt.Sprintf("%032x", 37) && c.Version == 1
	return moved || c.DuplicateOf != "" || c.WithdrawnOn != 0 || c.EndsOn != 0 && c.EndsOn < sampleMonth
}

func credentialSupplyCounts(t *testing.T, s *sample, db Querier) {
	offers := slices.DeleteFunc(slices.Clone(s.credentials), notOnOffer)
	online := slices.DeleteFunc(slices.Clone(offers), func(c model.Credential) bool { return c.DeliveryMode != "online" })
	figures := answer(t, db, "credential-supply", map[string]string{"section": "figures"})[0]
	if figures["credentials"] != fmt.Sprint(len(offers)) || figures["online"] != fmt.Sprint(len(online)) {
		t.Errorf("%v, want %d and %d", figures, len(offers), len(online))
	}
	german := slices.DeleteFunc(slices.Clone(offers), func(c model.Credential) bool { return c.Country != "DE" })
	inGermany := answer(t, db, "credential-supply", map[string]string{"section": "figures", "country": "de"})[0]
	if inGermany["credentials"] != fmt.Sprint(len(german)) {
		t.Errorf("in Germany %v, want %d", inGermany, len(german))
	}
	teaching := map[string]bool{}
	for _, k := range s.taught {
		if k.SkillURI == skillURI(0) && slices.ContainsFunc(offers, func(c model.Credential) bool { return c.CredentialID == k.CredentialID }) {
			teaching[k.CredentialID] = true
		}
	}
	first := answer(t, db, "credential-supply", nil)[0]
	if first["skill_uri"] != skillURI(0) || first["credentials"] != fmt.Sprint(len(teaching)) {
		t.Errorf("%v, want %d credentials", first, len(teaching))
	}
}

// employerRecognitionCounts counts again what the sample names in twelve months.
func employerRecognitionCounts(t *testing.T, s *sample, db Querier) {
	posted := map[string]bool{} // in the months that count, without repeats
	for _, v := range s.vacancies {
		if v.DuplicateOf == "" && v.PostedMonth > sampleMonth.AddMonths(-12) {
			posted[v.VacancyID] = true
		}
	}
	vacancies, required := map[string]int{}, map[string]int{}
	for _, n := range s.named {
		if posted[n.VacancyID] {
			vacancies[n.Name]++
			if n.Requirement == "required" {
				required[n.Name]++
			}
		}
	}
	rows := answer(t, db, "employer-recognition", nil)
	if len(rows) != len(vacancies) {
		t.Errorf("%d credentials, want %d", len(rows), len(vacancies))
	}
	for _, row := range rows {
		if row["vacancies"] != fmt.Sprint(vacancies[row["name"]]) || row["required"] != fmt.Sprint(required[row["name"]]) || row["all_vacancies"] != fmt.Sprint(len(posted)) {
			t.Errorf("%v, want %d of %d, %d required", row, vacancies[row["name"]], len(posted), required[row["name"]])
		}
		if (row["command"] == "") != strings.Contains(row["name"], "$") || (row["offer"] == "Course 5") != (row["name"] == "Course 5") {
			t.Errorf("command or offer of %v", row)
		}
	}
	if got := column(answer(t, db, "employer-recognition", map[string]string{"kind": "micro_credential", "region": "fr", "occupation": "25"}), "name"); !slices.Equal(got, []string{"Course 5"}) {
		t.Errorf("titles of the catalogue: %v", got)
	}
	for _, section := range []string{"occupations", "regions"} {
		if got := column(answer(t, db, "employer-recognition", map[string]string{"section": section, "top": "1", "region_level": "nuts2"}), "name"); !slices.Equal(got, []string{"driving licence"}) {
			t.Errorf("%s: %v", section, got)
		}
	}
}

func dataQualityShowsTheRun(t *testing.T, _ *sample, db Querier) {
	rows := answer(t, db, "data-quality", nil)
	if len(rows) != len(sampleReads) {
		t.Fatalf("feeds %v, want those of run r1", rows)
	}
	for _, row := range rows {
		want := sampleReads[slices.IndexFunc(sampleReads, func(r model.Run) bool { return r.Feed == row["source"] })]
		got := [...]string{row["records"], row["accepted"], row["duplicates"], row["rejected"], row["status"], row["message"]}
		if got != [...]string{fmt.Sprint(want.RowsIn), fmt.Sprint(want.Accepted), fmt.Sprint(want.Duplicates), fmt.Sprint(want.Rejected), want.Status, want.Message} {
			t.Errorf("%v, want %+v", row, want)
		}
	}
	figures := answer(t, db, "data-quality", map[string]string{"section": "figures"})[0]
	if figures["records"] != "194" || figures["feeds"] != "4" || figures["failed"] != "1" {
		t.Errorf("figures %v", figures)
	}
	months := answer(t, db, "data-quality", map[string]string{"section": "months"})
	if months[0]["month"] != "2020-11-01" || len(months) != 20 {
		t.Errorf("%d months, the newest %s", len(months), months[0]["month"])
	}
	if rows := answer(t, db, "data-quality", map[string]string{"section": "vacancies", "source": "portal"}); rows[0]["source"] != "portal" || len(rows) != 10 {
		t.Errorf("facts of one feed: %v", rows)
	}
}

func TestParamErrors(t *testing.T) {
	r := report(t, "skill-gaps")
	for name, test := range map[string]struct{ value, want string }{
		"regoin":  {"FR", `did you mean "region"?`},
		"period":  {"13m", `want one of 12m, 1m, not "13m"; did you mean "12m"?`},
		"rows":    {"many", `want an integer, not "many"`},
		"month":   {"2020-11", `want a date as YYYY-MM-DD`},
		"section": {"gap", `want one of figures, gaps, general, nothing, occupations, sectors, untrained`},
	} {
		_, err := r.Run(context.Background(), nil, map[string]string{name: test.value})
		var wrong *ParamError
		if !errors.As(err, &wrong) || wrong.Name != name || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s=%s: %v", name, test.value, err)
		}
	}
	none := &Report{Name: "none", Sections: []Section{{Name: "none"}}}
	if _, err := none.Run(context.Background(), nil, map[string]string{"x": ""}); err == nil || !strings.Contains(err.Error(), "it has none") {
		t.Error(err)
	}
}

// own is a report of a user's own with the given columns and SELECT.
func own(columns, query string) string {
	return "-- title: Own\n-- question: Own?\n-- grain: a row\n-- columns:\n" + columns + "-- method: By hand.\n" + query + "\n"
}

func TestResultMustMatchHeader(t *testing.T) {
	db := (&sample{}).write(t)
	for query, want := range map[string]string{
		"SELECT 1::INTEGER AS one, 2 AS two": `column "two", which the header does not describe`,
		"SELECT 1::INTEGER AS oen":           `did you mean "one"?`,
		"SELECT 'one' AS one":                `column "one" as utf8, which cannot be shown as integer`,
		"SELECT one FROM nowhere":            `run report "own", section "own"`,
	} {
		r, err := Parse("own.sql", own("--   one | One | integer | rows | One\n", query))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Run(context.Background(), db, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

func TestLoadUsersReports(t *testing.T) {
	mine := own("--   one | One | integer | rows | One\n", "SELECT 1::INTEGER AS one")
	lib, err := Load(fstest.MapFS{
		"mine.sql":         {Data: []byte(mine)},
		"data-quality.sql": {Data: []byte(mine)},
		"broken.sql":       {Data: []byte("-- titel: Broken")},
		"styled.sql":       {Data: []byte(mine)}, "styled.html.tmpl": {Data: []byte("{{.Nothing")},
		"notes.txt": {Data: []byte("no report")},
	})
	for _, want := range []string{`broken.sql:1: unknown key "titel"; did you mean "title"?`, "styled.html.tmpl"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	var header *HeaderError
	if !errors.As(err, &header) {
		t.Errorf("no *HeaderError in %v", err)
	}
	all := append(library(t).Names(), "mine")
	slices.Sort(all)
	if got := lib.Names(); !slices.Equal(got, all) {
		t.Errorf("names %v", got)
	}
	if r, err := lib.Get("data-quality"); err != nil || r.Title != "Own" {
		t.Errorf("the user's report does not win: %v, %v", r, err)
	}
	if _, err := lib.Get("skil-gaps"); err == nil || !strings.Contains(err.Error(), `did you mean "skill-gaps"?`) {
		t.Error(err)
	}
}
