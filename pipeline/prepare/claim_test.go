package prepare_test

import (
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// claimed prepares one claim of a credential.
func claimed(t *testing.T, claim source.Claim) model.ProviderClaim {
	t.Helper()
	c, broken := preparer(t, "2026-06-30").Credential("registry", &source.Credential{SourceID: "a", Title: "Optics", Provider: "Example", Claims: []source.Claim{claim, claim}})
	if broken != nil || len(c.Claims) != 1 {
		t.Fatalf("%d claims: %v", len(c.Claims), broken)
	}
	return c.Claims[0]
}

// sound is a claim that outcomes can be set beside.
func sound() source.Claim {
	return source.Claim{
		Wording: "95 % of all who left are in work six months later", Measure: "employmentRate", Value: "95", Unit: "percent", Of: "subjectsInSet",
		From: "2024-01-01", To: "2024-12-31", Months: "6", Definition: "Paid work of any hours", Method: "register", URL: "https://example.org/outcomes",
	}
}

func TestClaim(t *testing.T) {
	got := claimed(t, sound())
	value, months := model.Money(9500), int32(6)
	want := model.ProviderClaim{
		ClaimID: got.ClaimID, CredentialID: got.CredentialID, Source: "registry", Provider: "Example", Wording: "95 % of all who left are in work six months later",
		Measure: "employmentRate", Value: &value, Unit: "percent", Population: "participants", PeriodFrom: model.NewDate(2024, 1, 1), PeriodTo: model.NewDate(2024, 12, 31),
		MonthsAfter: &months, Method: "Paid work of any hours; register", SourceURL: "https://example.org/outcomes", Indicator: "employed", Horizon: "6m", Comparable: true,
	}
	if *got.Value != value || *got.MonthsAfter != months {
		t.Errorf("value %d, months %d", *got.Value, *got.MonthsAfter)
	}
	got.Value, got.MonthsAfter = &value, &months
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// A claim is set beside outcomes only where what is claimed, of whom and when are
// defined likewise; else it says why not.
func TestComparable(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*source.Claim)
		reason string // "": comparable
	}{
		"as it is":             {func(*source.Claim) {}, ""},
		"of holders":           {func(c *source.Claim) { c.Of, c.Measure = "holders", "jobsObtained" }, ""},
		"related work":         {func(c *source.Claim) { c.Measure = "relatedEmployment" }, ""},
		"on leaving":           {func(c *source.Claim) { c.Months = "0" }, ""},
		"one end of a period":  {func(c *source.Claim) { c.From = "" }, ""},
		"words with training":  {func(c *source.Claim) { c.Wording = "95 % are in work six months after the training" }, ""},
		"median pay":           {func(c *source.Claim) { c.Measure, c.Unit, c.Period = "earningsDistribution.median", "EUR", "MONTH" }, ""},
		"no figure":            {func(c *source.Claim) { c.Value = "" }, "no figure"},
		"a figure in words":    {func(c *source.Claim) { c.Value = "most" }, "no figure"},
		"a number":             {func(c *source.Claim) { c.Unit = "persons" }, "number of persons"},
		"job or learning":      {func(c *source.Claim) { c.Wording = "95 % find a job or further education" }, "education or training"},
		"job and opportunity":  {func(c *source.Claim) { c.Wording = "a job and/or a new educational opportunity" }, "education or training"},
		"in French":            {func(c *source.Claim) { c.Definition = "en emploi ou en formation" }, "education or training"},
		"another measure":      {func(c *source.Claim) { c.Measure = "passRate" }, "no indicator"},
		"highest pay":          {func(c *source.Claim) { c.Measure, c.Unit = "highEarnings", "EUR" }, "no indicator"},
		"above a threshold":    {func(c *source.Claim) { c.Threshold = "20 hours a week" }, "threshold"},
		"some left out":        {func(c *source.Claim) { c.Of = source.SomeLeftOut }, "leaves out"},
		"of whom is not said":  {func(c *source.Claim) { c.Of = "" }, "completers alone"},
		"when is not said":     {func(c *source.Claim) { c.Months = "" }, "how long after"},
		"after nine months":    {func(c *source.Claim) { c.Months = "9" }, "so long after"},
		"no period":            {func(c *source.Claim) { c.From, c.To = "", "" }, "when they left"},
		"pay by the year":      {func(c *source.Claim) { c.Measure, c.Unit, c.Period = "medianEarnings", "EUR", "year" }, "by the month"},
		"pay without a period": {func(c *source.Claim) { c.Measure, c.Unit = "medianEarnings", "EUR" }, "by the month"},
	} {
		claim := sound()
		c.change(&claim)
		got := claimed(t, claim)
		if got.Comparable != (c.reason == "") || got.Comparable != (got.Reason == "") || !strings.Contains(got.Reason, c.reason) {
			t.Errorf("%s: comparable %v, %q", name, got.Comparable, got.Reason)
		}
	}
}

// Contacts in the words of a claim are not kept.
func TestClaimWithoutContacts(t *testing.T) {
	claim := sound()
	claim.Wording += ", says Ann Example, ann@example.org"
	claim.Population = "ask +33 1 99 00 12 34"
	if got := claimed(t, claim); strings.Contains(got.Wording+got.PopulationStated, "ann@") || strings.Contains(got.PopulationStated, "99 00") {
		t.Errorf("kept: %q, %q", got.Wording, got.PopulationStated)
	}
}

// A changed claim is another version of the credential; without claims the hash of
// its content is what it was before claims were read.
func TestClaimsAreContent(t *testing.T) {
	hash := func(claims ...source.Claim) string {
		c, _ := preparer(t, "2026-06-30").Credential("registry", &source.Credential{SourceID: "a", Title: "Optics", Claims: claims})
		return c.ContentHash
	}
	other := sound()
	other.Value = "61"
	if hash() == hash(sound()) || hash(sound()) == hash(other) || hash() != hash([]source.Claim{}...) {
		t.Error("the content's hash does not tell claims apart")
	}
}
