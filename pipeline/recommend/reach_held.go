package recommend

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Weights of what a person holds. They are declared: what nobody has seen counts,
// but for less than what has been shown.
const (
	WeightProven  = 1.0 // told by the person or the counsellor, or taught by a credential held
	WeightAssumed = 0.6 // from a former occupation, a free text, or mere attendance
)

// Held is a skill that a person can do, with all that shows it.
type Held struct {
	Skill    int32   // index into [taxonomy.Taxonomy].Skills
	Weight   float64 // above 0 up to 1: the greatest that any evidence gives
	Assumed  bool    // nothing but assumptions shows it
	Evidence []Evidence
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

// assumed tells whether the evidence is an assumption.
func (e Evidence) assumed() bool {
	return e.Kind != EvidenceDeclared && e.Kind != EvidenceCredential
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
		s = &Held{Skill: skill, Assumed: true}
		h.bySkill[skill] = s
	}
	s.Weight = max(s.Weight, min(e.Weight, 1))
	s.Assumed = s.Assumed && e.assumed()
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
