package measure

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// align finds, for each group that may become a cell, the offers aligned with
// it.
func (m *Measurer) align(in *Input) {
	var teaching []int32
	for i := range in.Offers {
		if len(in.Offers[i].Skills) > 0 {
			teaching = append(teaching, int32(i))
		}
	}
	inProfile := make([]bool, len(in.Skills))
	for i := range m.groupings {
		g := &m.groupings[i]
		g.aligned = make([][]int32, len(g.codes))
		postings := make([]int, len(g.codes))
		for p := range m.postings {
			if code := m.postings[p].groups[i]; code >= 0 {
				postings[code]++
			}
		}
		for c, code := range g.codes {
			switch {
			case g.everyone():
				g.aligned[c] = teaching
			case float64(postings[c]) < m.options.MinCell:
				// No effective size exceeds the number of postings.
			default:
				mark(inProfile, in.Profiles[code], true)
				g.aligned[c] = m.alignedWith(in, g, code, inProfile)
				mark(inProfile, in.Profiles[code], false)
			}
		}
	}
}

func mark(in []bool, skills []int32, value bool) {
	for _, s := range skills {
		in[s] = value
	}
}

func (m *Measurer) alignedWith(in *Input, g *grouping, code string, inProfile []bool) []int32 {
	var aligned []int32
	for i := range in.Offers {
		if o := &in.Offers[i]; g.statedBy(o, code) || sharesEnough(in.Skills, o, inProfile) {
			aligned = append(aligned, int32(i))
		}
	}
	return aligned
}

// statedBy tells whether the offer states an occupation of the group.
func (g *grouping) statedBy(o *Offer, code string) bool {
	if g.digits == 0 {
		return slices.Contains(o.Occupations, code)
	}
	return slices.ContainsFunc(o.ISCOs, func(stated string) bool { return strings.HasPrefix(stated, code) })
}

// sharesEnough tells whether enough of what the offer teaches is in the group's
// profile.
func sharesEnough(skills []Skill, o *Offer, inProfile []bool) bool {
	shared, own := 0, 0
	for _, a := range o.Skills {
		if inProfile[a.Skill] {
			shared++
			if skills[a.Skill].special() {
				own++
			}
		}
	}
	return taxonomy.Aligned(shared, own, len(o.Skills))
}
