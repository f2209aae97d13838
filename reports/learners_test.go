package reports

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// learnerReports are those that tell of persons.
var learnerReports = []string{"uptake", "reach-of-groups", "outcomes", "did-it-help", "provider-claims"}

// TestLearnerReports checks what the reports on learners tell of one release.
func TestLearnerReports(t *testing.T) {
	db := newSample().write(t)
	for name, test := range map[string]func(*testing.T, Querier){
		"FunnelCountsWhatIsStored":  funnelCountsWhatIsStored,
		"WithheldIsSaidOnceOver":    withheldIsSaidOnceOver,
		"AttritionIsSaid":           attritionIsSaid,
		"LeastReachedComeFirst":     leastReachedComeFirst,
		"EffectOnlyWhereItMayBe":    effectOnlyWhereItMayBe,
		"ClaimsAreJudged":           claimsAreJudged,
		"LearnerParametersNarrow":   learnerParametersNarrow,
		"LearnerNothingIsExplained": learnerNothingIsExplained,
	} {
		t.Run(name, func(t *testing.T) { test(t, db) })
	}
}

func lines(rows []map[string]string, names ...string) string {
	var all []string
	for _, row := range rows {
		var line []string
		for _, name := range names {
			line = append(line, row[name])
		}
		all = append(all, strings.Join(line, " "))
	}
	return strings.Join(all, "; ")
}

func funnelCountsWhatIsStored(t *testing.T, db Querier) {
	const want = "Offered 36 credentials ; Recommended 90 recommendations ; Enrolled 1200 participations ; " +
		"Result known 1000 participations 1200; Completed 640 participations 1000; Certified 500 participations 1000"
	if got := lines(answer(t, db, "uptake", map[string]string{"section": "funnel"}), "step", "figure", "counted", "whole"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// withheldIsSaidOnceOver: a withheld figure is no dash and no zero, and no cell says why.
func withheldIsSaidOnceOver(t *testing.T, db Querier) {
	groups := answer(t, db, "uptake", map[string]string{"section": "groups"})
	if got := lines(groups[len(groups)-1:], "category", "enrolled", "completion_rate", "withheld", "no_rate"); got != "non binary   withheld withheld" {
		t.Errorf("withheld group: %q", got)
	}
	for _, name := range learnerReports {
		var page bytes.Buffer
		if err := report(t, name).Render(context.Background(), &page, "html", db, nil, sampleMeta); err != nil {
			t.Fatal(err)
		}
		cells := strings.Count(page.String(), `<span class="i">withheld</span>`)
		if name == "uptake" && cells != 4 { // participations, known and two rates
			t.Errorf("uptake has %d withheld cells, want 4", cells)
		}
		for _, word := range []string{"threshold", "complementary", "too small"} {
			if strings.Contains(page.String(), `<span class="i">`+word) {
				t.Errorf("%s: a cell says %q", name, word)
			}
		}
	}
}

func attritionIsSaid(t *testing.T, db Querier) {
	const want = "EECR03 0.625 0.8 ; EECR05 0.45 0.6666666666666666 ; EECR06  0.3333333333333333 too few reached"
	if got := lines(answer(t, db, "outcomes", map[string]string{"section": "esf"}), "indicator", "value", "response_rate", "no_value"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func leastReachedComeFirst(t *testing.T, db Querier) {
	const want = "Age: 55+ reached less; Gender: male reached less; Disability: yes no difference found; Gender: female reached more"
	if got := lines(answer(t, db, "reach-of-groups", nil), "label", "verdict"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if rows := answer(t, db, "reach-of-groups", map[string]string{"section": "figures"}); rows[0]["least"] != "Age: 55+" || rows[0]["less"] != "2" || rows[0]["outside"] != "0.25" {
		t.Errorf("key figures %v", rows[0])
	}
}

// effectOnlyWhereItMayBe: no row but those that may be called so has the word.
func effectOnlyWhereItMayBe(t *testing.T, db Querier) {
	for _, section := range []string{"employment", "income", "completers", "completers-income", "untold"} {
		for _, row := range answer(t, db, "did-it-help", map[string]string{"section": section}) {
			may := row["naming"] == "estimated effect"
			if text := fmt.Sprint(row); strings.Contains(text, "effect") && !may || may && strings.HasPrefix(section, "completers") {
				t.Errorf("%s: %v", section, row)
			}
		}
		if s, ok := report(t, "did-it-help").Section(section); !ok || strings.Contains(fmt.Sprint(s.Title, s.Text, s.Chart), "effect") {
			t.Errorf("section %s itself says it", section)
		}
	}
	const want = "Cannot be told: 18 participants and 900 comparison persons are too few; needed are 20 on each side.; Withheld: disclosure control."
	if got := lines(answer(t, db, "did-it-help", map[string]string{"section": "untold"}), "said"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func claimsAreJudged(t *testing.T, db Querier) {
	const want = "92 % 0.5 claims more than was measured; 52 % 0.5 within the interval measured"
	if got := lines(answer(t, db, "provider-claims", nil), "stated", "outcome", "verdict"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	others := map[string]bool{}
	for _, row := range answer(t, db, "provider-claims", map[string]string{"section": "others"}) {
		others[row["claim_id"][:1]+" "+row["verdict"]+": "+row["why"]] = true
	}
	for _, want := range []string{
		"c not measured: No outcome of this kind, so long after leaving, is known of this credential",
		"d not comparable: No indicator of outcomes is defined like it",
		"e not comparable: Those followed up left in another period",
	} {
		if !others[want] {
			t.Errorf("missing %q in %v", want, others)
		}
	}
}

func learnerParametersNarrow(t *testing.T, db Querier) {
	for _, c := range []struct {
		report, section, params, column, want string
	}{
		{"uptake", "figures", "unit_kind=provider", "unit", bakery},
		{"uptake", "figures", "unit_kind=provider,unit=LONG", "unit", longer},
		{"uptake", "figures", "unit_kind=credential,unit=" + sampleCredential(1), "unit", "Course 1"},
		{"uptake", "figures", "unit_kind=region,unit=fr10", "unit", "Île-de-France"},
		{"uptake", "pairs", "pair=gender x age_band", "category", "55+ x female"},
		{"uptake", "units", "unit_kind=provider,rows=1", "unit", bakery},
		{"outcomes", "figures", "unit_kind=credential", "unit", "Course 0"},
		{"outcomes", "groups", "indicator=further_learning", "category", ""},
		{"did-it-help", "untold", "credential=course 1", "label", "Course 1, 6 months after the start"},
		{"did-it-help", "employment", "horizon=12m", "verdict_code", "no-difference"},
		{"provider-claims", "claims", "provider=long", "words", ""},
	} {
		params := map[string]string{"section": c.section}
		for _, pair := range strings.Split(c.params, ",") {
			name, value, _ := strings.Cut(pair, "=")
			params[name] = value
		}
		if got := lines(answer(t, db, c.report, params), c.column); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.report, c.params, got, c.want)
		}
	}
	for name, bad := range map[string]map[string]string{
		"uptake": {"unit_kind": "vendor"}, "reach-of-groups": {"unit_kind": "skill"}, "outcomes": {"horizon": "18m"}, "did-it-help": {"horizon": "q2"}, "provider-claims": {"rows": "many"},
	} {
		_, err := report(t, name).Run(context.Background(), nil, bad)
		if wrong := new(ParamError); !errors.As(err, &wrong) {
			t.Errorf("%s %v: %v", name, bad, err)
		}
	}
}

func learnerNothingIsExplained(t *testing.T, db Querier) {
	for name, params := range map[string]map[string]string{
		"uptake": {"unit": "nowhere"}, "reach-of-groups": {"unit": "nowhere"}, "outcomes": {"unit": "nowhere"}, "did-it-help": {"credential": "nowhere"}, "provider-claims": {"provider": "nowhere"},
	} {
		params["section"] = nothingSection
		if got := lines(answer(t, db, name, params), "message"); !strings.HasPrefix(got, "No ") || !strings.Contains(got, "nowhere") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestLearnerReportsCiteTheirSources: a definition without its source is hearsay.
func TestLearnerReportsCiteTheirSources(t *testing.T) {
	for name, sources := range map[string][]string{
		"uptake":          {"Regulation (EU) 2021/1057", "Wilson", "Willenborg", "Hundepool", "Fischetti"},
		"reach-of-groups": {"Wilson"},
		"outcomes":        {"Regulation (EU) 2021/1057", "Wilson", "Oh and", "Willenborg"},
		"did-it-help":     {"Newcombe", "Rosenbaum", "Bang", "Hainmueller", "VanderWeele", "Austin", "Abadie"},
		"provider-claims": {"Regulation (EU) 2021/1057", "Wilson"},
	} {
		for _, source := range sources {
			if method := strings.Join(report(t, name).Method, " "); !strings.Contains(method, source) {
				t.Errorf("%s does not cite %s", name, source)
			}
		}
	}
}

// TestStepWithoutANumber: a step without a number has no bar, and says so.
func TestStepWithoutANumber(t *testing.T) {
	s := newSample()
	s.learners.uptake[0].Completed, s.learners.uptake[0].CompletionRate = nil, nil
	s.learners.uptake[0].Release = model.Release{ReleasedOn: released.ReleasedOn, Suppressed: true, Rule: "disclosure"}
	var page bytes.Buffer
	if err := report(t, "uptake").Render(context.Background(), &page, "html", s.write(t), nil, sampleMeta); err != nil {
		t.Fatal(err)
	}
	if text := page.String(); !strings.Contains(text, ">withheld</text>") || strings.Contains(text, "Completed: 0") {
		t.Error("the funnel does not say that a step is withheld")
	}
}
