package prepare

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// claims prepares what a provider claims of its learners, each claim once, and
// says of each whether it can be set beside outcomes.
func (p *Preparer) claims(c *Credential, r *source.Credential) []model.ProviderClaim {
	var all []model.ProviderClaim
	for i := range r.Claims {
		all = append(all, p.claim(c, &r.Claims[i]))
	}
	slices.SortFunc(all, func(a, b model.ProviderClaim) int { return cmp.Compare(a.ClaimID, b.ClaimID) })
	return slices.CompactFunc(all, func(a, b model.ProviderClaim) bool { return a.ClaimID == b.ClaimID })
}

func (p *Preparer) claim(c *Credential, r *source.Claim) model.ProviderClaim {
	m := model.ProviderClaim{
		ClaimID: shortHash(fmt.Sprintf("%s %q", c.CredentialID, *r)), CredentialID: c.CredentialID, Source: c.Source, Provider: c.Provider,
		Wording: claimWords(r.Wording), Measure: Line(r.Measure), PopulationStated: claimWords(r.Population), SourceURL: webPage(r.URL),
		Method:     claimWords(strings.Join(slices.DeleteFunc([]string{r.Definition, r.Threshold, r.Method}, func(s string) bool { return s == "" }), "; ")),
		Population: claimPopulations[r.Of],
	}
	d := dates{unread: new(unread)}
	m.PeriodFrom, m.PeriodTo = d.remark("", r.From), d.remark("", r.To)
	if n, ok := parseNumber(r.Months); ok && n == float64(int32(n)) && n <= maxMonthsAfter {
		months := int32(n)
		m.MonthsAfter, m.Horizon = &months, claimHorizons[months]
	}
	if n, ok := parseNumber(r.Value); ok && n <= maxAmount {
		m.Value, m.Unit = money(n), p.claimUnit(r)
	}
	m.Indicator = claimIndicators[r.Measure+" in "+unitKind(m.Unit)]
	m.Reason = incomparable(&m, r)
	m.Comparable = m.Reason == ""
	return m
}

// Definitions of claims in the words of outcomes: those of the terms of CTDL.
var (
	claimIndicators = map[string]string{
		"jobsObtained in percent":              "employed",
		"employmentRate in percent":            "employed",
		"relatedEmployment in percent":         "employed_related",
		"medianEarnings in money":              "median_income",
		"earningsDistribution.median in money": "median_income",
	}
	claimPopulations = map[string]string{
		"totalWIOAExiters": "participants", "totalWIOAParticipants": "participants", "subjectsInSet": "participants",
		"totalWIOACompleters": "completers", "holdersInSet": "completers", "holders": "completers",
	}
	claimHorizons = map[int32]string{0: "leaving", 6: "6m", 12: "12m", 24: "24m"}
)

const maxMonthsAfter = 600

// claimUnit is percent, persons, or the currency, with the period of income where
// it is stated.
func (p *Preparer) claimUnit(r *source.Claim) string {
	if r.Unit == "percent" || r.Unit == "persons" {
		return r.Unit
	}
	unit := p.codes.currencyCode(r.Unit)
	if period := periodOf(r.Period); unit != "" && period != "" {
		unit += " per " + period
	}
	return unit
}

func unitKind(unit string) string {
	switch unit {
	case "percent", "persons", "":
		return unit
	}
	return "money"
}

// alsoLearning finds in words what counts learners as well as those in work.
var alsoLearning = regexp.MustCompile(`(?i)\b(?:or|and|ou|et|und|oder|y|o|lub)\b[^.;]{0,30}(?:\bstud(?:y|ies)|educat|learning|school|college|universit|training|formation|étude|ausbildung|weiterbildung|studium|estudio)`)

// incomparable says why a claim cannot be set beside outcomes; "" where it can.
func incomparable(m *model.ProviderClaim, r *source.Claim) string {
	switch {
	case m.Value == nil:
		return "it states no figure that can be read"
	case m.Unit == "persons":
		return "a number of persons: out of how many is not stated"
	case alsoLearning.MatchString(r.Wording) || alsoLearning.MatchString(r.Definition):
		return "it counts education or training beside work"
	case m.Indicator == "":
		return "no indicator of outcomes is defined like it"
	case r.Threshold != "":
		return "it counts only work above a threshold"
	case r.Of == source.SomeLeftOut:
		return "it leaves out some of those who took part"
	case m.Population == "":
		return "whether it is of all who left or of completers alone is not stated"
	case m.MonthsAfter == nil:
		return "how long after leaving is not stated"
	case m.Horizon == "":
		return "outcomes are not measured so long after leaving"
	case m.PeriodFrom == 0 && m.PeriodTo == 0:
		return "when they left is not stated"
	case m.Indicator == "median_income" && !strings.HasSuffix(m.Unit, " per month"):
		return "that the pay is by the month is not stated"
	}
	return ""
}

// claimWords is a text of a claim as one line, contacts removed.
func claimWords(s string) string {
	const most = 600
	words := []rune(contact.RemoveTokens(Line(s)))
	return string(words[:min(len(words), most)])
}
