package evaluation

import (
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// Depth is how far a ranking is looked at.
const Depth = 1000

// Ranks returns the places, from 1, at which the skills of an item stand in a
// ranking, ascending. Of a skill that stands there twice the first place counts.
func Ranks(item *Item, ranking []linker.Match) []int {
	var ranks []int
	for _, skill := range item.Skills {
		if i := slices.IndexFunc(ranking, func(m linker.Match) bool { return m.Skill == skill }); i >= 0 {
			ranks = append(ranks, i+1)
		}
	}
	slices.Sort(ranks)
	return ranks
}

// RPrecision returns RP@k, 0..1, of an item that has that many labels, at least
// one, at those ranks. Source: Buckley and Voorhees 2004, cut at k as in Zhang et
// al. 2022 and Decorte et al. 2022.
func RPrecision(ranks []int, k, labels int) float64 {
	return float64(within(ranks, k)) / float64(min(k, labels))
}

// Hit returns 1 if one of the ascending ranks is k or less, else 0.
func Hit(ranks []int, k int) float64 { return float64(min(1, within(ranks, k))) }

// ReciprocalRank returns 1 by the first of the ascending ranks; 0 if there is
// none.
func ReciprocalRank(ranks []int) float64 {
	if len(ranks) == 0 {
		return 0
	}
	return 1 / float64(ranks[0])
}

// within counts the ranks up to k.
func within(ranks []int, k int) int {
	n := 0
	for _, rank := range ranks {
		if rank <= k {
			n++
		}
	}
	return n
}

// Counts sets links against labels.
type Counts struct {
	Right  int `json:"right"` // links that are labels
	Links  int `json:"links"`
	Labels int `json:"labels"`
}

// Precision returns the share of the links that is right, 0 without links.
func (c Counts) Precision() float64 { return ratio(float64(c.Right), float64(c.Links)) }

// Recall returns the share of the labels that is linked, 0 without labels.
func (c Counts) Recall() float64 { return ratio(float64(c.Right), float64(c.Labels)) }

// F1 returns the harmonic mean of precision and recall, 0 where nothing is right.
func (c Counts) F1() float64 { return ratio(2*float64(c.Right), float64(c.Links+c.Labels)) }

func (c Counts) plus(o Counts) Counts {
	return Counts{Right: c.Right + o.Right, Links: c.Links + o.Links, Labels: c.Labels + o.Labels}
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}
