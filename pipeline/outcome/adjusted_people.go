package outcome

import (
	"cmp"
	"math"
	"slices"
)

// comparedPerson is a person of a sample, coded.
type comparedPerson struct {
	treated bool
	outcome float64
	groups  *[len(groups)]int32
	entry   entryValues
}

// add adds a person whose outcome is known.
func (s *comparedSample) add(p comparedPerson) {
	if math.IsNaN(p.outcome) {
		return
	}
	row, column := 1, 0
	if p.treated {
		row = 0
	}
	if !s.income && p.outcome == 0 {
		column = 1
	}
	s.counts[row][column]++
	s.people = append(s.people, p)
}

// thinned returns at most so many persons of each side, the same whatever their order.
func (c *comparer) thinned(s *comparedSample) []Person {
	sides := [2]int{}
	for side, n := range s.counts {
		sides[side] = int(n[0] + n[1])
	}
	kept := s.people
	if max(sides[0], sides[1]) > mostComparedPersons {
		slices.SortFunc(s.people, func(a, b comparedPerson) int { return c.compare(s, &a, &b) })
		kept = nil
		met := [2]int{}
		for _, p := range s.people {
			side := 1
			if p.treated {
				side = 0
			}
			step := (sides[side] + mostComparedPersons - 1) / mostComparedPersons
			if met[side]%step == 0 {
				kept = append(kept, p)
			}
			met[side]++
		}
	}
	persons := make([]Person, len(kept))
	for i := range kept {
		persons[i] = c.person(s, &kept[i])
	}
	return persons
}

// compare orders people as [comparePersons] orders what they become.
func (c *comparer) compare(s *comparedSample, a, b *comparedPerson) int {
	if a.treated != b.treated {
		if a.treated {
			return 1
		}
		return -1
	}
	earlier := cmp.Compare(c.money(&a.entry, a.entry.earlier), c.money(&b.entry, b.entry.earlier))
	before := cmp.Compare(c.money(&a.entry, a.entry.before), c.money(&b.entry, b.entry.before))
	if !s.income {
		earlier, before = cmp.Or(before, earlier), 0
	}
	if earlier != 0 {
		return earlier
	}
	for g := range groups {
		if d := cmp.Compare(c.ranks[g][a.groups[g]], c.ranks[g][b.groups[g]]); d != 0 {
			return d
		}
	}
	return cmp.Or(cmp.Compare(a.entry.major, b.entry.major), before, cmp.Compare(a.outcome, b.outcome))
}

// money is an income on entry, NaN where it is not known in the currency of most.
func (c *comparer) money(entry *entryValues, v int64) float64 {
	if v == noMoney || entry.currency != c.o.l.incomeIn {
		return math.NaN()
	}
	return float64(v) / 100
}

// person puts what is known of somebody into words.
func (c *comparer) person(s *comparedSample, of *comparedPerson) Person {
	p := Person{Treated: of.treated, Outcome: of.outcome, Before: math.NaN()}
	before, earlier := c.money(&of.entry, of.entry.before), c.money(&of.entry, of.entry.earlier)
	if p.Numeric = []float64{earlier}; s.income {
		p.Before = before
	} else {
		p.Numeric = []float64{before, earlier}
	}
	for g := range groups {
		p.Categories = append(p.Categories, knownName(c.o.l.groups[g].Categories[of.groups[g]]))
	}
	occupation := ""
	if of.entry.major != 0 {
		occupation = string(rune(of.entry.major))
	}
	p.Categories = append(p.Categories, occupation)
	return p
}

func knownName(category string) string {
	if category == NotKnown {
		return ""
	}
	return category
}

// rank returns the place of each category of a dimension in the order of their names.
func rank(d *Dimension) []int32 {
	order := everyRow(len(d.Categories))
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(knownName(d.Categories[a]), knownName(d.Categories[b])) })
	ranks := make([]int32, len(order))
	for place, code := range order {
		ranks[code] = int32(place)
	}
	return ranks
}
