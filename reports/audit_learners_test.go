package reports

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// learned is figures about learners in which everything holds.
type learned struct {
	uptake       []model.Uptake
	outcomes     []model.Outcome
	trajectories []model.Trajectory
	comparisons  []model.AdjustedComparison
}

func wholeLearned() learned {
	all := model.LearnerGroup{UnitKind: "all", UnitCode: model.Total, Breakdown: model.Total, Category: model.Total}
	women, men := all, all
	women.Breakdown, women.Category, men.Breakdown, men.Category = "gender", "female", "gender", "male"
	row := func(g model.LearnerGroup, enrolled, known, done int64) model.Uptake {
		rate := float64(done) / float64(known)
		return model.Uptake{
			LearnerGroup: g, Enrolled: &enrolled, OutcomeKnown: &known, Completed: &done, Certified: &done, Release: model.Release{ReleasedOn: june},
			CompletionRate: &rate, CompletionRateLow: to(rate / 2), CompletionRateHigh: to(1.0), CertificationRate: &rate, CertificationRateLow: to(0.0), CertificationRateHigh: to(1.0),
		}
	}
	return learned{
		uptake: []model.Uptake{row(all, 60, 50, 30), row(women, 40, 35, 20), row(men, 20, 15, 10)},
		outcomes: []model.Outcome{{
			LearnerGroup: all, Horizon: "6m", Indicator: "employed", Unit: "share", Participants: to(int64(50)), Respondents: to(int64(40)), ResponseRate: to(0.8),
			Completers: to(int64(30)), CompletersRespondents: to(int64(25)), NonCompleters: to(int64(20)), NonCompletersRespondents: to(int64(15)),
			Value: to(0.5), ValueLow: to(0.4), ValueHigh: to(0.6), Weighted: to(0.45), WeightedLow: to(0.3), WeightedHigh: to(0.6),
		}},
		trajectories: []model.Trajectory{{UnitKind: "all", UnitCode: model.Total, Sequence: "employment", Horizon: "6m", OnEntry: "inactive", After6: "employed", Participants: to(int64(12))}},
		comparisons: []model.AdjustedComparison{{
			UnitKind: "all", UnitCode: model.Total, Horizon: "6m", Indicator: "employed", Comparison: "participants_comparison", Naming: "estimated effect", Unit: "share",
			Treated: to(int64(30)), Untreated: to(int64(60)), DifferenceRaw: to(0.1), DifferenceRawLow: to(0.0), DifferenceRawHigh: to(0.2),
			DifferenceAdjusted: to(0.1), BalanceMaxSMD: to(0.05), Overlap: to(1.0), VerdictCode: "more", Verdict: "more",
		}},
	}
}

func (l *learned) write(t *testing.T, d *warehouse.Draft) {
	t.Helper()
	putLearned(t, d, model.Uptakes, l.uptake)
	putLearned(t, d, model.Outcomes, l.outcomes)
	putLearned(t, d, model.Trajectories, l.trajectories)
	putLearned(t, d, model.AdjComparisons, l.comparisons)
}

// putLearned writes rows that tell of nobody as protected ones.
func putLearned[R any](t testing.TB, d *warehouse.Draft, ds model.Dataset[R], rows []R) {
	t.Helper()
	nobody, err := disclosure.Protect(&disclosure.Publication{Name: "nobody"}, nil, disclosure.Rule{})
	check(t, err)
	protected, err := disclosure.Rows(nobody, rows, func(_ *disclosure.Result, row R) (R, error) { return row, nil })
	check(t, err)
	check(t, warehouse.WriteProtected(d, ds, protected))
}

// brokenCase is a mistake and what the audit must say of it.
type brokenCase = struct {
	name, first string
	plant       func(*planted)
}

var brokenUptake = []brokenCase{
	{"a figure of two persons", "wrong=figures", func(p *planted) { p.learned.uptake[0].Persons = to(int64(2)) }},
	{"more completed than known", "wrong=figures", func(p *planted) { p.learned.uptake[1].Completed = to(int64(36)) }},
	{"a rate of another base", "wrong=figures", func(p *planted) { p.learned.uptake[1].CompletionRate = to(0.9) }},
	{"a figure withheld without saying so", "wrong=suppressed", func(p *planted) {
		p.learned.uptake[2].Enrolled = nil
	}},
	{"parts that are more than the whole", "wrong=parts", func(p *planted) { p.learned.uptake[2].Enrolled = to(int64(21)) }},
}

var brokenOutcomes = []brokenCase{
	{"more respondents than leavers", "dataset=outcomes", func(p *planted) { p.learned.outcomes[0].Respondents = to(int64(51)) }},
	{"a value outside its interval", "dataset=outcomes", func(p *planted) { p.learned.outcomes[0].Value = to(0.7) }},
	{"a value in spite of attrition", "dataset=outcomes", func(p *planted) {
		p.learned.outcomes[0].Suppressed, p.learned.outcomes[0].Rule = true, "attrition"
	}},
	{"an effect of who completed", "dataset=adjusted_comparisons", func(p *planted) { p.learned.comparisons[0].Comparison = "completers_non_completers" }},
	{"an effect without balance", "dataset=adjusted_comparisons", func(p *planted) { p.learned.comparisons[0].BalanceMaxSMD = to(0.2) }},
	{"a path of one person", "dataset=trajectories", func(p *planted) { p.learned.trajectories[0].Participants = to(int64(1)) }},
}
