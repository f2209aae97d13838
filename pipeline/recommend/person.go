package recommend

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Missing is a skill of an occupation that a person does not hold in full.
type Missing struct {
	Skill  int32
	Share  float64 // demand share in the market; 1 for each where ESCO alone tells
	Weight float64 // Share less what the person holds of it or of a skill close to it
}

// MissingFor returns what a person lacks of an occupation, the weightiest first: the
// skills that vacancies of the market ask for, by their demand shares, or, where no
// market is known (nil), the essential skills of its members in ESCO, all alike. A
// skill that is held counts by what is not held of it, one close to a skill held by
// what closeness leaves.
func MissingFor(t *taxonomy.Taxonomy, close *taxonomy.Closeness, held []Held, market *Market, members []int32) []Missing {
	s := newSatisfaction(held, close)
	var all []Missing
	add := func(skill int32, share float64) {
		satisfied, _ := s.nearest(skill)
		if weight := share * (1 - satisfied); weight > 0 {
			all = append(all, Missing{skill, share, weight})
		}
	}
	if market != nil {
		for _, a := range market.Asked {
			add(a.Skill, a.Share)
		}
	} else {
		for _, skill := range EssentialSkills(t, members) {
			add(skill, 1)
		}
	}
	slices.SortFunc(all, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Skill, b.Skill))
	})
	return all
}

// TargetOf makes the target of a person out of what is missing for an occupation, among
// all markets of the region.
func TargetOf(t *taxonomy.Taxonomy, missing []Missing, isco string, members []int32, markets []Market) Target {
	target := Target{ISCO: isco, Specific: NewSpecificity(markets)}
	general := General(t)
	for skill := range profileWeights(t, members) {
		target.Profile = append(target.Profile, skill)
	}
	slices.Sort(target.Profile)
	for _, m := range missing {
		target.Wants = append(target.Wants, Want{m.Skill, m.Weight, general[m.Skill]})
	}
	return target
}

// General tells of each skill, by its index, whether it is one that courses for any
// trade name: of ESCO's collections of transversal or of language skills, or widespread
// ([taxonomy.WidespreadPart]). See [Want].
func General(t *taxonomy.Taxonomy) []bool {
	general := t.Widespread()
	for i := range general {
		general[i] = general[i] || t.Skills[i].Flags&(taxonomy.Transversal|taxonomy.LanguageSkill) != 0
	}
	return general
}
