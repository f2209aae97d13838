package pipeline

import (
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestWhatRowsTell audits rows of uptake, with what follows from those that are shown.
func TestWhatRowsTell(t *testing.T) {
	day := model.NewDate(2026, 1, 1)
	row := func(breakdown, category string, enrolled *int64) *model.Uptake {
		return &model.Uptake{LearnerGroup: model.LearnerGroup{UnitKind: "all", UnitCode: model.Total, Breakdown: breakdown, Category: category}, Enrolled: enrolled, Release: model.Release{ReleasedOn: day}}
	}
	n := func(v int64) *int64 { return &v }
	for _, c := range []struct {
		name string
		rows []*model.Uptake
		want string // of a finding, "" for none
	}{
		{"one withheld", []*model.Uptake{row(model.Total, model.Total, n(40)), row("gender", "male", n(34)), row("gender", "female", nil)}, "gender=female"},
		{"two withheld", []*model.Uptake{row(model.Total, model.Total, n(40)), row("gender", "male", n(20)), row("gender", "female", nil), row("gender", "not_known", nil)}, ""},
		{"nothing left", []*model.Uptake{row(model.Total, model.Total, n(40)), row("gender", "male", n(40)), row("gender", "female", nil)}, ""},
		{"too few shown", []*model.Uptake{row(model.Total, model.Total, n(4))}, "below the threshold"},
		{"regions add up", []*model.Uptake{row(model.Total, model.Total, n(40)), row("region", "AT", n(40)), row("region", "AT13", n(20)), row("region", "AT11", n(20))}, ""},
	} {
		sights := map[string]*sight{}
		for _, r := range c.rows {
			unit, at := unitOf(&r.LearnerGroup)
			seeUptake(sightOf(sights, "participations"+unit, day), at, r)
		}
		findings, err := disclosure.Audit(sights["participations"].publications("participations", sights["participations"].categories), disclosure.Rule{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var told []string
		for _, f := range findings {
			told = append(told, f.String())
		}
		if got := strings.Join(told, "; "); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
