package taxonomy

import "slices"

// Profiles returns the skills that ESCO gives each occupation, essential and
// optional, and the union of them for each ISCO-08 group of 1, 2 and 4 digits:
// against these a credential is found to be aligned with an occupation.
func (t *Taxonomy) Profiles() map[string][]int32 {
	ps := make(map[string][]int32, len(t.Occupations)+len(t.ISCOGroups))
	for i := range t.Occupations {
		o := &t.Occupations[i]
		keys := []string{o.URI}
		if len(o.ISCO) == 4 {
			keys = append(keys, o.ISCO[:1], o.ISCO[:2], o.ISCO)
		}
		for _, k := range keys {
			ps[k] = append(append(ps[k], o.Essential...), o.Optional...)
		}
	}
	for k := range ps {
		slices.Sort(ps[k])
		ps[k] = slices.Compact(ps[k])
	}
	return ps
}

// MinShared, MinSharedPart and WidespreadPart say when what a credential teaches is
// taken to be for an occupation group that it does not state: it teaches at least
// MinShared of the group's ESCO skills that are neither transversal nor widespread, and
// MinSharedPart of all that it teaches are the group's. A skill is widespread that ESCO
// gives to more than WidespreadPart of all ISCO-08 unit groups: who teaches to listen,
// to calculate or to manage staff teaches it for any trade. An extract of ESCO with fewer
// than LeastGroups unit groups tells of none.
const (
	MinShared      = 2
	MinSharedPart  = 0.2
	WidespreadPart = 0.1
	LeastGroups    = 100
)

// Aligned tells whether a credential that teaches so many skills is for a group:
// shared of them are the group's, own of these neither transversal nor widespread.
func Aligned(shared, own, taught int) bool {
	return own >= MinShared && float64(shared) >= MinSharedPart*float64(taught)
}

// Widespread tells of each skill, by its index, whether it is widespread: see
// [WidespreadPart].
func (t *Taxonomy) Widespread() []bool {
	groups, having := 0, make([]int, len(t.Skills))
	for code, skills := range t.Profiles() {
		if len(code) != len("1234") {
			continue
		}
		groups++
		for _, s := range skills {
			having[s]++
		}
	}
	widespread := make([]bool, len(t.Skills))
	for s, n := range having {
		widespread[s] = groups >= LeastGroups && float64(n) > WidespreadPart*float64(groups)
	}
	return widespread
}
