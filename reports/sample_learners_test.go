package reports

import (
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// sampleLearners are figures about learners as a release gives them. One group is
// withheld, one figure lies behind too few answers.
type sampleLearners struct {
	learned
	claims []model.ProviderClaim
}

var released = model.Release{ReleasedOn: model.NewDate(2020, 10, 1)}

const (
	bakery = "Bakery School"
	longer = "Long Course Ltd"
)

func unitOf(kind, code string) model.LearnerGroup {
	return model.LearnerGroup{UnitKind: kind, UnitCode: code, Breakdown: model.Total, Category: model.Total}
}

func (g groupOf) in(breakdown, category string) model.LearnerGroup {
	g.Breakdown, g.Category = breakdown, category
	return model.LearnerGroup(g)
}

type groupOf model.LearnerGroup

// taken is a row of uptake: of those enrolled the known, the completed and the certified.
func taken(g model.LearnerGroup, enrolled, known, completed, certified int64) model.Uptake {
	row := model.Uptake{LearnerGroup: g, Enrolled: &enrolled, OutcomeKnown: &known, Completed: &completed, Certified: &certified, Release: released}
	row.CompletionRate, row.CompletionRateLow, row.CompletionRateHigh = share(completed, known)
	row.CertificationRate, row.CertificationRateLow, row.CertificationRateHigh = share(certified, known)
	return row
}

// share returns part of whole with its interval.
func share(part, whole int64) (value, low, high *float64) {
	p := float64(part) / float64(whole)
	l, h := wilson(p, float64(whole))
	return &p, &l, &h
}

// against sets a group against its share in the population.
func against(row model.Uptake, base int64, reference float64) model.Uptake {
	value, low, high := share(*row.Enrolled, base)
	row.ParticipationBase, row.ReferenceRegion, row.ReferenceShare = &base, "FR", &reference
	row.ParticipationRatio, row.ParticipationRatioLow, row.ParticipationRatioHigh = to(*value/reference), to(*low/reference), to(*high/reference)
	return row
}

func newSampleLearners() sampleLearners {
	var s sampleLearners
	s.takeUp()
	s.follow()
	s.compare()
	s.claim()
	return s
}

func (s *sampleLearners) takeUp() {
	all := unitOf("all", model.Total)
	whole := taken(all, 1200, 1000, 640, 500)
	whole.Offered, whole.Recommended, whole.Persons = to(int64(36)), to(int64(90)), to(int64(1100))
	whole.SectorKnown, whole.CostBase, whole.CostCompleted, whole.CostPerCompletion, whole.Currency = to(int64(800)), to(int64(600)), to(int64(400)), to(1234.5), "EUR"
	whole.OutsideSector, whole.OutsideSectorLow, whole.OutsideSectorHigh = share(200, 800)
	withheld := model.Uptake{LearnerGroup: groupOf(all).in("gender", "non_binary"), Release: model.Release{ReleasedOn: released.ReleasedOn, Suppressed: true, Rule: "disclosure"}}
	s.uptake = []model.Uptake{
		whole, withheld,
		against(taken(groupOf(all).in("gender", "female"), 700, 600, 400, 300), 1180, 0.51),
		against(taken(groupOf(all).in("gender", "male"), 480, 390, 235, 195), 1180, 0.49),
		against(taken(groupOf(all).in("age_band", "55+"), 60, 50, 30, 20), 1200, 0.31),
		against(taken(groupOf(all).in("disability", "yes"), 100, 80, 50, 40), 1100, 0.09),
		taken(groupOf(all).in("disability", "no"), 1000, 800, 550, 440),
		taken(groupOf(all).in("age_band x gender", "55+ x female"), 40, 35, 20, 15),
		against(taken(groupOf(unitOf("provider", bakery)).in("age_band", "55+"), 12, 11, 10, 10), 400, 0.31),
	}
	for i, quarter := range []model.Date{model.NewDate(2020, 4, 1), model.NewDate(2020, 7, 1)} {
		row := taken(all, 600, int64(560-120*i), 320, 250)
		row.Quarter, row.Offered = quarter, to(int64(30))
		s.uptake = append(s.uptake, row)
	}
	for i, unit := range []model.LearnerGroup{
		unitOf("provider", bakery), unitOf("provider", longer), unitOf("credential", sampleCredential(0)), unitOf("credential", sampleCredential(1)),
		unitOf("funding", "voucher"), unitOf("funding", "employer"), unitOf("region", "FR10"), unitOf("skill", skillURI(0)),
	} {
		row := taken(unit, int64(400-20*i), 300, 200, 150)
		row.SectorKnown = to(int64(250))
		row.OutsideSector, row.OutsideSectorLow, row.OutsideSectorHigh = share(int64(20+30*i), 250)
		row.CostBase, row.CostCompleted, row.CostPerCompletion, row.Currency = to(int64(200)), to(int64(130)), to(900.0+float64(i)), "EUR"
		s.uptake = append(s.uptake, row)
	}
}

func sampleCredential(i int) string { return strings.Repeat("0", 31) + string(rune('1'+i)) }

// became is a row of outcomes: of the base those who answered, and of these those with it.
func became(g model.LearnerGroup, indicator, horizon, definition, base string, participants, respondents, with int64) model.Outcome {
	row := model.Outcome{
		LearnerGroup: g, Indicator: indicator, Horizon: horizon, Definition: definition, Base: base, Unit: "share", Release: released,
		Participants: &participants, Respondents: &respondents, ResponseRate: to(float64(respondents) / float64(participants)),
		Completers: to(participants / 2), CompletersRespondents: to(respondents / 2), NonCompleters: to(participants / 2), NonCompletersRespondents: to(respondents / 2),
	}
	if 2*respondents < participants {
		row.Suppressed, row.Rule = true, "attrition"
		return row
	}
	row.Value, row.ValueLow, row.ValueHigh = share(with, respondents)
	row.Weighted, row.WeightedLow, row.WeightedHigh = share(with*19/20, respondents)
	row.CompletersValue, row.CompletersLow, row.CompletersHigh = share(with*11/20, respondents/2)
	row.NonCompletersValue, row.NonCompletersLow, row.NonCompletersHigh = share(with*9/20, respondents/2)
	return row
}

func (s *sampleLearners) follow() {
	all, first := unitOf("all", model.Total), unitOf("credential", sampleCredential(0))
	const esf, employed, everybody = "ESF+ Regulation (EU) 2021/1057, Annex I: ", "employed: in employment, self-employment included, at the horizon", "all leavers"
	with := became(all, "employed", "6m", employed, everybody, 900, 600, 420)
	with.CostBase, with.CostEmployed, with.CostPerEmployed = to(int64(300)), to(int64(210)), to(2345.6)
	quarter := became(all, "employed", "6m", employed, everybody, 400, 300, 200)
	quarter.Cohort = model.NewDate(2020, 1, 1)
	group := groupOf(all)
	hidden := model.Outcome{LearnerGroup: group.in("gender", "non_binary"), Indicator: "employed", Horizon: "6m", Definition: employed, Base: everybody, Unit: "share", Release: model.Release{ReleasedOn: released.ReleasedOn, Suppressed: true, Rule: "disclosure"}}
	income := became(all, "income", "12m", "income: mean income per month", "leavers whose income is stated", 700, 400, 0)
	income.Unit, income.Currency, income.Value, income.ValueLow, income.ValueHigh = "currency per month", "EUR", to(2100.4), to(2050.0), to(2150.0)
	income.Weighted, income.WeightedLow, income.WeightedHigh = nil, nil, nil
	income.CompletersValue, income.CompletersLow, income.CompletersHigh = to(2200.0), to(2100.0), to(2300.0)
	income.NonCompletersValue, income.NonCompletersLow, income.NonCompletersHigh = to(1900.0), to(1800.0), to(2000.0)
	opinion := income
	opinion.Indicator, opinion.Horizon, opinion.Definition, opinion.Base = "feedback_quality", "any", "feedback_quality: mean of the last opinion, 0 the worst, 1 the best of the scale", "leavers who gave an opinion"
	opinion.Unit, opinion.Currency, opinion.Value, opinion.ValueLow, opinion.ValueHigh = "score", "", to(0.8), to(0.75), to(0.85)
	opinion.CompletersValue, opinion.CompletersLow, opinion.CompletersHigh = to(0.9), to(0.85), to(0.95)
	opinion.NonCompletersValue, opinion.NonCompletersLow, opinion.NonCompletersHigh = to(0.7), to(0.6), to(0.8)
	claimed := became(first, "employed", "6m", employed, everybody, 200, 150, 75)
	quarterOf := claimed
	quarterOf.Cohort = model.NewDate(2020, 1, 1)
	s.outcomes = []model.Outcome{
		with, quarter, hidden, income, opinion, claimed, quarterOf,
		became(group.in("gender", "female"), "employed", "6m", employed, everybody, 500, 350, 250),
		became(group.in("gender", "male"), "employed", "6m", employed, everybody, 400, 150, 100),
		became(all, "EECR03", "leaving", esf+"EECR03 gaining a qualification on leaving", everybody, 1000, 800, 500),
		became(all, "EECR05", "6m", esf+"EECR05 in employment six months after leaving", "leavers unemployed or inactive on entry", 300, 200, 90),
		became(all, "EECR06", "6m", esf+"EECR06 improved labour-market situation six months after leaving; a pay rise alone does not count", "leavers employed on entry", 600, 200, 80),
		became(all, "employed", "12m", employed, everybody, 700, 400, 300),
		became(all, "employed", "q2", employed, everybody, 800, 500, 350),
		became(all, "further_learning", "6m", "further_learning: in education or training at the horizon", everybody, 900, 600, 100),
	}
	for i, path := range [][2]string{{model.Total, model.Total}, {"employed", "employed"}, {"unemployed", "employed"}, {"unemployed", "not_known"}} {
		s.trajectories = append(s.trajectories, model.Trajectory{UnitKind: "all", UnitCode: model.Total, Sequence: "employment", Horizon: "6m", OnEntry: path[0], After6: path[1], Participants: to([]int64{900, 500, 120, 80}[i]), Release: released})
	}
	s.trajectories = append(s.trajectories, model.Trajectory{UnitKind: "all", UnitCode: model.Total, Sequence: "employment", Horizon: "6m", OnEntry: "inactive", After6: "employed", Release: hidden.Release})
}

// compare gives a difference that holds, one that cannot be told and one that is withheld.
func (s *sampleLearners) compare() {
	row := model.AdjustedComparison{
		UnitKind: "all", UnitCode: model.Total, Horizon: "6m", Indicator: "employed", Comparison: "participants_comparison", Naming: "estimated effect", Method: "doubly robust", Unit: "share",
		Treated: to(int64(600)), Untreated: to(int64(900)), DifferenceRaw: to(0.12), DifferenceRawLow: to(0.07), DifferenceRawHigh: to(0.17),
		DifferenceAdjusted: to(0.05), DifferenceAdjustedLow: to(0.01), DifferenceAdjustedHigh: to(0.09), Change: to(0.04), ChangeLow: to(-0.01), ChangeHigh: to(0.09),
		BalanceMaxSMDBefore: to(0.45), BalanceMaxSMD: to(0.03), Overlap: to(0.97), ESS: to(310.4), EValue: to(1.4), EValueLimit: to(1.12),
		VerdictCode: "more", Verdict: "employment 6 months after the start: 5.0 percentage points more among participants than among like comparison persons. This is an estimated effect.", Release: released,
	}
	none := row
	none.Horizon, none.DifferenceAdjusted, none.DifferenceAdjustedLow, none.VerdictCode = "12m", to(0.01), to(-0.04), "no-difference"
	none.Verdict = "employment 12 months after the start: no difference found between participants and like comparison persons."
	pay := row
	pay.Indicator, pay.Unit, pay.Currency = "income", "currency per month", "EUR"
	pay.DifferenceRaw, pay.DifferenceRawLow, pay.DifferenceRawHigh = to(240.0), to(150.0), to(330.0)
	pay.DifferenceAdjusted, pay.DifferenceAdjustedLow, pay.DifferenceAdjustedHigh = to(80.0), to(-20.0), to(180.0)
	pay.VerdictCode, pay.Verdict = "no-difference", "income 6 months after the start: no difference found."
	pay.Change, pay.ChangeLow, pay.ChangeHigh = nil, nil, nil
	left, leftPay := row, pay
	left.Comparison, left.Naming, left.Verdict = "completers_non_completers", "adjusted difference", "employment 6 months after leaving: 5.0 percentage points more among persons who completed. This is an adjusted difference and says nothing of cause."
	leftPay.Comparison, leftPay.Naming = left.Comparison, left.Naming
	few := model.AdjustedComparison{
		UnitKind: "credential", UnitCode: sampleCredential(0), Horizon: "6m", Indicator: "employed", Comparison: "participants_comparison", Method: row.Method, Unit: "share",
		Treated: to(int64(18)), Untreated: to(int64(900)), DifferenceRaw: to(0.2), DifferenceRawLow: to(-0.05), DifferenceRawHigh: to(0.4),
		VerdictCode: "too-few", Verdict: "Cannot be told: 18 participants and 900 comparison persons are too few; needed are 20 on each side.", Release: released,
	}
	withheld := model.AdjustedComparison{
		UnitKind: "credential", UnitCode: sampleCredential(1), Horizon: "6m", Indicator: "employed", Comparison: "participants_comparison", Method: row.Method, Unit: "share",
		Release: model.Release{ReleasedOn: released.ReleasedOn, Suppressed: true, Rule: "disclosure"},
	}
	s.comparisons = []model.AdjustedComparison{row, none, pay, left, leftPay, few, withheld}
}

// claim lets providers claim 92 % where 50 % were measured, 52 %, and what cannot be compared.
func (s *sampleLearners) claim() {
	percent := func(p int) *model.Money { return to(model.Money(p * 100)) }
	claim := model.ProviderClaim{
		ClaimID: strings.Repeat("a", 32), CredentialID: sampleCredential(0), Source: "catalogue", Provider: bakery, Wording: "92 % of our graduates have a job", Measure: "employmentRate", Value: percent(92), Unit: "percent",
		Population: "participants", PeriodFrom: model.NewDate(2020, 1, 1), PeriodTo: model.NewDate(2020, 3, 31), MonthsAfter: to(int32(6)), Method: "Survey", Indicator: "employed", Horizon: "6m", Comparable: true,
	}
	near, never, vague := claim, claim, claim
	near.ClaimID, near.Value, near.Wording = strings.Repeat("b", 32), percent(52), "Half find work"
	never.ClaimID, never.CredentialID = strings.Repeat("c", 32), sampleCredential(1)
	vague.ClaimID, vague.Comparable, vague.Indicator, vague.Population, vague.Reason = strings.Repeat("d", 32), false, "", "", "no indicator of outcomes is defined like it"
	early := claim
	early.ClaimID, early.PeriodFrom, early.PeriodTo = strings.Repeat("e", 32), model.NewDate(2015, 1, 1), model.NewDate(2015, 12, 31)
	s.claims = []model.ProviderClaim{claim, near, never, vague, early}
}

func (s *sampleLearners) write(t testing.TB, d *warehouse.Draft) {
	t.Helper()
	putLearned(t, d, model.Uptakes, s.uptake)
	putLearned(t, d, model.Outcomes, s.outcomes)
	putLearned(t, d, model.Trajectories, s.trajectories)
	putLearned(t, d, model.AdjComparisons, s.comparisons)
	put(t, d, model.Claims, s.claims)
}
