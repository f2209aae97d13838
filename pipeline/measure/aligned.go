package measure

import (
	"slices"
	"strings"
)

// Alignment says why an offer counts as supply for an occupation group.
type Alignment struct {
	Stated bool    // it states an occupation of the group
	Shared []int32 // skills it teaches that ESCO gives the group: indices into [Input].Skills
}

// Aligned tells whether and why an offer is aligned with the occupation group of a
// code, whose profile is in ascending order, by the rule of all cells: it states an
// occupation of the group, or teaches enough of its skills ([Options]).
func Aligned(offer *Offer, code string, profile []int32, skills []Skill, opts Options) (why Alignment, ok bool, err error) {
	if opts, err = opts.withDefaults(); err != nil {
		return why, false, err
	}
	why.Stated = slices.Contains(offer.Occupations, code) ||
		!strings.Contains(code, ":") && slices.ContainsFunc(offer.ISCOs, func(stated string) bool { return strings.HasPrefix(stated, code) })
	own := 0
	for _, a := range offer.Skills {
		if _, found := slices.BinarySearch(profile, a.Skill); found {
			why.Shared = append(why.Shared, a.Skill)
			if !skills[a.Skill].Transversal {
				own++
			}
		}
	}
	return why, why.Stated || opts.enough(len(why.Shared), own, len(offer.Skills)), nil
}

// enough tells whether an offer that teaches so many skills shares enough of them
// with a group: MinShared that are not transversal, and the part MinSharedPart.
func (o Options) enough(shared, own, taught int) bool {
	return own >= o.MinShared && Share(int64(shared), int64(taught)) >= o.MinSharedPart
}
