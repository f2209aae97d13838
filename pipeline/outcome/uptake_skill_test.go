package outcome_test

import (
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// TestSkillsTellNoCredential: where one of the credentials that teach a skill is withheld, so is
// the skill, though as a count of more persons it could be shown.
func TestSkillsTellNoCredential(t *testing.T) {
	l, _, err := readLearners("testdata/learners/skills.txt")
	check(t, err)
	counted := outcome.New(l.basis())
	check(t, counted.AddEnrolments(l.enrolments))
	uptake, err := counted.Uptake(inOrder)
	check(t, err)
	f := &outcome.Figures{}
	for _, table := range uptake.Tables {
		for _, c := range table.Cells {
			names := table.Names(c.At)
			f.Take(table.Name, names, c.Value, slices.Contains(names, "credential c2"))
		}
	}
	enrolled := map[string]*int64{}
	for _, k := range uptake.Keys() {
		if r := uptake.Row(f, k); r.UnitKind == "skill" {
			enrolled[r.UnitCode] = r.Enrolled
			if r.Suppressed != (r.Enrolled == nil) || r.Suppressed && (r.Completed != nil || r.CompletionRate != nil) {
				t.Errorf("%+v", r)
			}
		}
	}
	if weld, solder := enrolled["weld"], enrolled["solder"]; weld != nil || solder == nil || *solder != 2 {
		t.Errorf("weld has %v, solder %v", weld, solder)
	}
}
