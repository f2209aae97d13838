package recommend

import (
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// OptionalWeight is what a skill that ESCO calls optional for an occupation counts
// beside one that is essential.
const OptionalWeight = 0.5

// EssentialSkills returns the skills that ESCO calls essential for an occupation
// or, of several, for at least half of them: what is typical of an ISCO-08 unit
// group. Occupations are indices into [taxonomy.Taxonomy].Occupations; skills come
// in ascending order. Of no occupation there are none.
func EssentialSkills(t *taxonomy.Taxonomy, occupations []int32) []int32 {
	count := map[int32]int{}
	for _, o := range occupations {
		for _, s := range t.Occupations[o].Essential {
			count[s]++
		}
	}
	var typical []int32
	for s, n := range count {
		if 2*n >= len(occupations) {
			typical = append(typical, s)
		}
	}
	slices.Sort(typical)
	return typical
}

// profileWeights returns how much each skill counts for the occupations by ESCO
// alone: the mean over them of 1 where it is essential and [OptionalWeight] where
// it is optional, scaled to a sum of 1.
func profileWeights(t *taxonomy.Taxonomy, occupations []int32) map[int32]float64 {
	weights := map[int32]float64{}
	total := 0.0
	for _, o := range occupations {
		for _, s := range t.Occupations[o].Essential {
			weights[s]++
			total++
		}
		for _, s := range t.Occupations[o].Optional {
			weights[s] += OptionalWeight
			total += OptionalWeight
		}
	}
	for s := range weights {
		weights[s] /= total
	}
	return weights
}
