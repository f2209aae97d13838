package recommend

import (
	"cmp"
	"math"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Market is what vacancies show of an ISCO-08 unit group over twelve months, in the
// region asked for or, where that has no published cell, in the narrowest region
// around it that has one.
type Market struct {
	ISCO           string // unit group, four digits
	Region         string // of the cell
	Level          int32  // of the region: 0 country, 1 and 2 NUTS level
	Vacancies      int32
	NEffective     float64 // effective number of vacancies
	Asked          []Asked // ascending by skill, each once
	Openings       int64   // posts in the twelve months
	OpeningsBefore *int64  // posts in the twelve months before; nil where no cell was published, or the last month is not over
	Wages          []Wage
}

// Asked is a skill of a market that is published: one that vacancies ask for, or
// that training teaches.
type Asked struct {
	Skill     int32   // index into [taxonomy.Taxonomy].Skills
	Share     float64 // of openings whose vacancy asks for it, 0 to 1
	Vacancies int32   // that ask for it
	// GrowthLow and GrowthHigh are the 95 % interval of its growth against the twelve
	// months before, clustered by employer; nil where none is told.
	GrowthLow, GrowthHigh *float64
	Declining             bool // its share fell beyond chance, false discoveries held down
}

// bySkill orders what is asked.
func bySkill(a, b Asked) int { return cmp.Compare(a.Skill, b.Skill) }

// find returns what the market knows of a skill.
func (m *Market) find(skill int32) (Asked, bool) {
	i, ok := slices.BinarySearchFunc(m.Asked, Asked{Skill: skill}, bySkill)
	if !ok {
		return Asked{}, false
	}
	return m.Asked[i], true
}

// demand returns the sum of all shares, the mean number of skills that an opening
// asks for.
func (m *Market) demand() (total float64) {
	for _, a := range m.Asked {
		total += a.Share
	}
	return total
}

// Growth returns openings over those of the twelve months before. Unit: ratio; 1
// is no change. Where nothing is known of the year before, or nothing was on offer
// in it, or the twelve months are not over, there is no figure, and ok is false. It moves with the feeds too: a new
// feed is no growth of a labour market.
func (m *Market) Growth() (growth float64, ok bool) {
	if m.OpeningsBefore == nil || *m.OpeningsBefore == 0 {
		return 0, false
	}
	return float64(m.Openings) / float64(*m.OpeningsBefore), true
}

// LocalHalf is the effective number of vacancies at which their part in the weights is
// half of what it can be at most, [MaxLocal]: the number from which a cell is
// published. MaxLocal leaves ESCO half of the weight however many vacancies there are:
// they write down what cannot be taken for granted, ESCO what everybody does.
const (
	LocalHalf = 30
	MaxLocal  = 0.5
)

// Specificity says how specific to single occupations what vacancies ask is.
type Specificity struct {
	markets int
	asking  map[int32]int // markets whose vacancies ask for a skill
}

// NewSpecificity counts in how many of the markets of a region a skill is asked for.
func NewSpecificity(markets []Market) Specificity {
	s := Specificity{len(markets), map[int32]int{}}
	for i := range markets {
		for _, a := range markets[i].Asked {
			if a.Share > 0 {
				s.asking[a.Skill]++
			}
		}
	}
	return s
}

// Of returns ln(1 + N/n) / ln(1 + N) for a skill that n of N markets ask for: 1 where
// one alone does, and little where all do, as for teamwork. Unit: none, above 0 up to
// 1. A skill that none asks for is as specific as can be.
//
// Source: inverse document frequency, Spärck Jones, K. (1972), A statistical
// interpretation of term specificity and its application in retrieval, Journal of
// Documentation 28, 11-21, scaled to 1. It stands for the comparative advantage by
// which Dawson et al. (see [Reached]) keep general skills from deciding.
func (s Specificity) Of(skill int32) float64 {
	n := s.asking[skill]
	if n == 0 || s.markets <= 1 {
		return 1
	}
	return math.Log(1+float64(s.markets)/float64(n)) / math.Log(1+float64(s.markets))
}

// CommonPart and LeastMarkets say which skills are common: at least that part of the
// markets asks for them. Of fewer markets nothing is told.
const (
	CommonPart   = 0.5
	LeastMarkets = 10
)

// Common tells whether so many occupations ask for a skill that it says nothing of any
// of them, as what a hospital writes into all its vacancies.
func (s Specificity) Common(skill int32) bool {
	return s.markets >= LeastMarkets && float64(s.asking[skill]) >= CommonPart*float64(s.markets)
}

// Importance says how much a skill counts for an occupation.
type Importance struct {
	Skill     int32
	Weight    float64 // above 0; all weights of an occupation add up to 1
	Share     float64 // demand share in the market; 0 where it asks too rarely to be published
	Essential bool    // to the unit group, see [EssentialSkills]
}

// LocalPart returns the part that vacancies have in the weights, [MaxLocal] times
// n/(n+[LocalHalf]) with n their effective number; 0 where they ask for nothing.
func (m *Market) LocalPart() float64 {
	if m.demand() == 0 {
		return 0
	}
	return MaxLocal * m.NEffective / (m.NEffective + LocalHalf)
}

// Importances returns the skills of the occupation in ascending order, weighted by
// what vacancies ask, λ DF/ΣDF, and by what ESCO says, (1-λ) E/ΣE: D is the demand
// share, F its [Specificity], E the mean over the group's occupations of 1 where the
// skill is essential and [OptionalWeight] where it is optional, λ the
// [Market.LocalPart]. What is known of one alone counts whole; where nothing is known
// there is none.
func (m *Market) Importances(t *taxonomy.Taxonomy, specific Specificity) []Importance {
	members := t.UnitGroup(m.ISCO)
	profile := profileWeights(t, members)
	local, total := m.LocalPart(), 0.0
	for _, a := range m.Asked {
		total += a.Share * specific.Of(a.Skill)
	}
	if len(profile) == 0 && total > 0 {
		local = 1
	}
	bySkill := make(map[int32]*Importance, len(profile)+len(m.Asked))
	at := func(skill int32) *Importance {
		if bySkill[skill] == nil {
			bySkill[skill] = &Importance{Skill: skill}
		}
		return bySkill[skill]
	}
	for s, weight := range profile {
		at(s).Weight = (1 - local) * weight
	}
	for _, a := range m.Asked {
		if a.Share == 0 {
			continue
		}
		i := at(a.Skill)
		i.Share = a.Share
		i.Weight += local * a.Share * specific.Of(a.Skill) / total
	}
	for _, s := range EssentialSkills(t, members) {
		at(s).Essential = true
	}
	all := make([]Importance, 0, len(bySkill))
	for _, i := range bySkill {
		if i.Weight > 0 {
			all = append(all, *i)
		}
	}
	slices.SortFunc(all, func(a, b Importance) int { return cmp.Compare(a.Skill, b.Skill) })
	return all
}
