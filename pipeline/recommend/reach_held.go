package recommend

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Weights of what a person holds. What the person says counts in full; what follows
// from something else only in part.
const (
	WeightProven   = 1.0 // taught by a credential held, times the probability that it teaches it
	WeightDeclared = 1.0 // told by the person or the counsellor
	WeightAssumed  = 0.6 // from a former occupation, a free text, or mere attendance
)

// States of a skill held, by the best that shows it.
const (
	StateProven   = "proven"   // a credential held more likely teaches it than not: from [LeastCredit]
	StateDeclared = "declared" // the person or the counsellor says so
	StateAssumed  = "assumed"  // neither
)

// Held is a skill that a person can do, with all that shows it.
type Held struct {
	Skill    int32   // index into [taxonomy.Taxonomy].Skills
	Weight   float64 // above 0 up to 1: the greatest that any evidence gives
	Proven   float64 // the greatest that proof gives; 0 where there is none
	Declared float64 // the greatest that the person's word gives; 0 where it is not given
	Evidence []Evidence
}

// State returns the state of the skill by the best that shows it.
func (h *Held) State() string {
	switch {
	case h.Proven > 0:
		return StateProven
	case h.Declared > 0:
		return StateDeclared
	}
	return StateAssumed
}

// Kinds of evidence that a person can do a skill.
const (
	EvidenceDeclared   = "declared"   // named as held
	EvidenceCredential = "credential" // a credential held teaches or assesses it
	EvidenceAttendance = "attendance" // a credential without assessment speaks of it
	EvidenceOccupation = "occupation" // essential to a former occupation
	EvidenceText       = "text"       // a text of the person speaks of it
)

// Evidence is one reason to believe that a person can do a skill.
type Evidence struct {
	Kind   string  `json:"kind"`
	ID     string  `json:"id,omitempty"`     // credential_id, or URI or code of the occupation
	Source string  `json:"source,omitempty"` // title of the credential, name of the occupation
	Text   string  `json:"text,omitempty"`   // the words that speak of the skill
	Weight float64 `json:"weight"`           // above 0 up to 1
}

// Holdings collects what a person holds. The zero value is a person of whom
// nothing is known.
type Holdings struct{ bySkill map[int32]*Held }

// Add adds a reason to believe that the person can do the skill. Evidence without
// weight shows nothing and is left out.
func (h *Holdings) Add(skill int32, e Evidence) {
	if !(e.Weight > 0) {
		return
	}
	if h.bySkill == nil {
		h.bySkill = map[int32]*Held{}
	}
	s := h.bySkill[skill]
	if s == nil {
		s = &Held{Skill: skill}
		h.bySkill[skill] = s
	}
	weight := min(e.Weight, 1)
	s.Weight = max(s.Weight, weight)
	switch {
	case e.Kind == EvidenceCredential && weight >= LeastCredit:
		s.Proven = max(s.Proven, weight)
	case e.Kind == EvidenceDeclared:
		s.Declared = max(s.Declared, weight)
	}
	s.Evidence = append(s.Evidence, e)
}

// All returns the skills held in ascending order, each once, its evidence with
// the heaviest first.
func (h *Holdings) All() []Held {
	all := make([]Held, 0, len(h.bySkill))
	for _, s := range h.bySkill {
		held := *s
		held.Evidence = slices.Clone(s.Evidence)
		slices.SortStableFunc(held.Evidence, func(a, b Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
		all = append(all, held)
	}
	slices.SortFunc(all, func(a, b Held) int { return cmp.Compare(a.Skill, b.Skill) })
	return all
}

// satisfaction knows how far a person satisfies who asks for a skill.
type satisfaction struct {
	held  map[int32]*Held
	close *taxonomy.Closeness
}

func newSatisfaction(held []Held, close *taxonomy.Closeness) satisfaction {
	s := satisfaction{map[int32]*Held{}, close}
	for i := range held {
		s.held[held[i].Skill] = &held[i]
	}
	return s
}

// itself returns the weight of the skill itself, 0 where it is not held.
func (s satisfaction) itself(skill int32) float64 {
	if h := s.held[skill]; h != nil {
		return h.Weight
	}
	return 0
}

// nearest returns how far the person satisfies who asks for the skill, from 0 to
// 1, and by which skill held; -1 where by none. It is the greatest of weight x
// closeness, never a sum; of equal ones the smaller index counts.
func (s satisfaction) nearest(skill int32) (weight float64, by int32) {
	by = -1
	for _, n := range s.close.Asked(skill) {
		if w := s.itself(n.Skill) * n.Weight; w > weight {
			weight, by = w, n.Skill
		}
	}
	return weight, by
}
