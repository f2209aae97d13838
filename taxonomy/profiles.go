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
