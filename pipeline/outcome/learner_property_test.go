package outcome_test

import (
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// drawn returns counted learners.
func drawn(t testing.TB, n, credentials int) (*outcome.Learners, int64) {
	l := outcome.New((&learners{release: model.NewDate(2025, 10, 1)}).basis())
	enrolments := int64(0)
	drawLearners(n, credentials, func(rows []model.Enrolment) {
		check(t, l.AddEnrolments(rows))
		enrolments += int64(len(rows))
	}, func(rows []model.FollowUp) { check(t, l.AddFollowUps(rows)) })
	return l, enrolments
}

// TestPartsAddUp draws learners and checks that in every table the parts of a category add up
// to it along each dimension, and that the whole of uptake is the enrolments.
func TestPartsAddUp(t *testing.T) {
	l, enrolments := drawn(t, 3_000, 12)
	uptake, err := l.Uptake(inOrder)
	check(t, err)
	outcomes, err := l.Outcomes(inOrder)
	check(t, err)
	tables := slices.Concat(uptake.Tables, outcomes.Tables)
	if len(tables) < 300 {
		t.Fatalf("only %d tables", len(tables))
	}
	for _, table := range tables {
		if len(table.Overlapping) == 0 {
			addsUp(t, table)
		}
		if whole := table.Cells[0]; table.Measure == "participations" && whole.Value != enrolments {
			t.Errorf("%s: the whole is %d, there are %d enrolments", table.Name, whole.Value, enrolments)
		}
	}
	figures := shown(tables)
	for _, k := range uptake.Keys() {
		r := uptake.Row(figures, k)
		if *r.Certified > *r.Completed || *r.Completed > *r.OutcomeKnown || *r.OutcomeKnown > *r.Enrolled || r.Persons != nil && *r.Persons > *r.Enrolled || r.Suppressed {
			t.Errorf("%+v: more of a part than of its whole", r.LearnerGroup)
		}
	}
	for _, k := range outcomes.Keys() {
		if r := outcomes.Row(figures, k); *r.Respondents > *r.Participants || r.Completers != nil && *r.Completers+*r.NonCompleters > *r.Participants {
			t.Errorf("%+v %s %s: more of a part than of its whole", r.LearnerGroup, r.Horizon, r.Indicator)
		}
	}
}

// addsUp checks that each category of a table is the sum of its parts.
func addsUp(t *testing.T, table *outcome.Table) {
	t.Helper()
	type at = string
	cells := map[at]int64{}
	for _, c := range table.Cells {
		cells[join(table.Names(c.At))] = c.Value
	}
	for i, d := range table.Dimensions {
		parents, sums := d.Parents(), map[at]int64{}
		for _, c := range table.Cells {
			if names := table.Names(c.At); names[i] != "" {
				names[i] = parents[names[i]]
				sums[join(names)] += c.Value
			}
		}
		for whole, sum := range sums {
			if cells[whole] != sum {
				t.Errorf("%s: %s is %d, its parts along %s sum to %d", table.Name, whole, cells[whole], d.Name, sum)
			}
		}
	}
}

func join(names []string) (s string) {
	for _, n := range names {
		s += n + "|"
	}
	return s
}

// BenchmarkLearners counts a million participations with three million follow-ups, by all single
// groups and pairs.
func BenchmarkLearners(b *testing.B) {
	for b.Loop() {
		l, _ := drawn(b, 1_000_000, 2_000)
		uptake, err := l.Uptake(inOrder)
		check(b, err)
		outcomes, err := l.Outcomes(inOrder)
		check(b, err)
		b.ReportMetric(float64(len(uptake.Tables)+len(outcomes.Tables)), "tables")
	}
}
