package measure

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Alignment says why an offer counts as supply for an occupation group.
type Alignment struct {
	Stated bool    // it states an occupation of the group
	Shared []int32 // skills it teaches that ESCO gives the group: indices into [Input].Skills
}

// Aligned tells whether and why an offer is aligned with the occupation group of a
// code, whose profile is in ascending order, by the rule of all cells: it states an
// occupation of the group, or teaches enough of its skills ([taxonomy.Aligned]).
func Aligned(offer *Offer, code string, profile []int32, skills []Skill) (why Alignment, ok bool) {
	why.Stated = slices.Contains(offer.Occupations, code) ||
		!strings.Contains(code, ":") && slices.ContainsFunc(offer.ISCOs, func(stated string) bool { return strings.HasPrefix(stated, code) })
	own := 0
	for _, a := range offer.Skills {
		if _, found := slices.BinarySearch(profile, a.Skill); found {
			why.Shared = append(why.Shared, a.Skill)
			if skills[a.Skill].special() {
				own++
			}
		}
	}
	return why, why.Stated || taxonomy.Aligned(len(why.Shared), own, len(offer.Skills))
}
