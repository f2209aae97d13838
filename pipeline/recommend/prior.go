package recommend

import (
	"github.com/skillsgap/skillsgap/taxonomy"
)

// PriorLearning is the part of an occupation's essential skills that a person
// already covers: what a body that validates prior learning would look at. It
// counts skills, n of m, and prepares a validation: it is none.
type PriorLearning struct {
	Essential []PriorSkill // ascending by skill
	Proven    int          // of these, held with proof
	Declared  int          // held by the person's word: still to be shown
	Assumed   int          // held by assumption alone: still to be shown
	Near      int          // not held, but a close skill is
	Open      int          // neither
}

// PriorSkill is an essential skill with what shows that the person can do it.
type PriorSkill struct {
	Skill     int32
	State     string     // that of a skill held, [PriorNear] or [PriorOpen]
	Evidence  []Evidence // of the skill itself or, where that is near, of the closest skill held
	Nearest   int32      // the closest skill held; -1 where none is
	Closeness float64    // weight held x closeness of that skill
}

// States of an essential skill that is not held.
const (
	PriorNear = "near"
	PriorOpen = "open"
)

// Share returns the proven essential skills over all, from 0 to 1. Where the
// occupation has no essential skill there is nothing to cover, and ok is false.
func (p *PriorLearning) Share() (share float64, ok bool) {
	if len(p.Essential) == 0 {
		return 0, false
	}
	return float64(p.Proven) / float64(len(p.Essential)), true
}

// Prior returns what a person covers of the essential skills of an occupation, or
// of those typical of several ([EssentialSkills]). A skill that is close to one
// held does not cover it: it is named, so that the person can show more.
func Prior(t *taxonomy.Taxonomy, close *taxonomy.Closeness, held []Held, occupations []int32) PriorLearning {
	s := newSatisfaction(held, close)
	var p PriorLearning
	for _, skill := range EssentialSkills(t, occupations) {
		e := PriorSkill{Skill: skill}
		e.Closeness, e.Nearest = s.nearest(skill)
		itself := s.held[skill]
		switch {
		case itself != nil:
			e.State, e.Evidence = itself.State(), itself.Evidence
			*map[string]*int{StateProven: &p.Proven, StateDeclared: &p.Declared, StateAssumed: &p.Assumed}[e.State]++
		case e.Nearest >= 0:
			e.State, e.Evidence = PriorNear, s.held[e.Nearest].Evidence
			p.Near++
		default:
			e.State = PriorOpen
			p.Open++
		}
		p.Essential = append(p.Essential, e)
	}
	return p
}
