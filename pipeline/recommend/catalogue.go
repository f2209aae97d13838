package recommend

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Catalogue holds all offers, indexed by what they teach. It is not changed by use,
// so several goroutines may choose from one.
type Catalogue struct {
	offers []Offer // in ascending order of id
	byID   map[string]int32
	taught map[int32][]int32 // skill to the offers that teach it
	near   func(skill int32) []taxonomy.Near
	group  []int32           // by offer: of shared content
	needs  [][]int32         // by offer: declared prerequisites
	absent [][]string        // by offer: declared prerequisites that are not on offer
	parts  [][]int32         // by offer: its declared parts
	links  map[[2]int32]bool // declared, between offers of which one leads on to the other
	equal  map[[2]int32]bool // declared equivalent
}

// NewCatalogue indexes offers and the links between them; what is not on offer may be
// at one end of a link. near lists, for a skill that is wanted, the skills whose teaching
// counts for it, as [taxonomy.Closeness.Asked] does; where it is nil, none other does.
func NewCatalogue(offers []Offer, links []Link, near func(skill int32) []taxonomy.Near) (*Catalogue, error) {
	c := &Catalogue{
		offers: slices.Clone(offers), byID: make(map[string]int32, len(offers)), taught: map[int32][]int32{}, near: near,
		needs: make([][]int32, len(offers)), absent: make([][]string, len(offers)), parts: make([][]int32, len(offers)), links: map[[2]int32]bool{}, equal: map[[2]int32]bool{},
	}
	slices.SortFunc(c.offers, func(a, b Offer) int { return cmp.Compare(a.ID, b.ID) })
	for i := range c.offers {
		o := &c.offers[i]
		if _, twice := c.byID[o.ID]; twice {
			return nil, fmt.Errorf("offer %q is given twice", o.ID)
		}
		c.byID[o.ID] = int32(i)
		for k, t := range o.Teaches {
			if !(t.P > 0 && t.P <= 1) || k > 0 && t.Skill <= o.Teaches[k-1].Skill {
				return nil, fmt.Errorf("offer %q teaches skill %d with probability %v: want each skill once, in order, above 0 up to 1", o.ID, t.Skill, t.P)
			}
			c.taught[t.Skill] = append(c.taught[t.Skill], int32(i))
		}
	}
	c.link(links)
	return c, nil
}

// link takes in the relations and finds the groups of shared content.
func (c *Catalogue) link(links []Link) {
	c.group = make([]int32, len(c.offers))
	for i := range c.group {
		c.group[i] = int32(i)
	}
	course := map[string]int32{}
	for i := range c.offers {
		name := c.offers[i].Course
		if first, seen := course[name]; seen {
			c.join(first, int32(i))
		} else if name != "" {
			course[name] = int32(i)
		}
	}
	outside := map[string][]int32{} // what is not on offer still has parts in common
	for _, l := range links {
		from, known := c.byID[l.From]
		to, both := c.byID[l.To]
		switch {
		case l.Kind == PartOf && known && !both:
			for _, other := range outside[l.To] {
				c.links[pair(other, from)] = true
			}
			outside[l.To] = append(outside[l.To], from)
		case l.Kind == Prerequisite && both && !known:
			c.absent[to] = append(c.absent[to], l.From)
		case !known || !both || from == to:
		case l.Kind == Prerequisite:
			c.needs[to] = append(c.needs[to], from)
			c.links[pair(from, to)] = true
		case l.Kind == LeadsTo:
			c.links[pair(from, to)] = true
		case l.Kind == PartOf:
			c.parts[to] = append(c.parts[to], from)
			c.join(from, to)
		case l.Kind == Equivalent:
			c.equal[pair(from, to)] = true
			c.join(from, to)
		}
	}
	for i := range c.offers {
		slices.Sort(c.needs[i])
		slices.Sort(c.parts[i])
		c.needs[i], c.parts[i] = slices.Compact(c.needs[i]), slices.Compact(c.parts[i])
		for _, a := range c.parts[i] {
			for _, b := range c.parts[i] {
				if a < b {
					c.links[pair(a, b)] = true
				}
			}
		}
		c.group[i] = c.root(int32(i))
	}
}

// join puts two offers into one group of shared content; its root is the smallest.
func (c *Catalogue) join(a, b int32) {
	a, b = c.root(a), c.root(b)
	c.group[max(a, b)] = min(a, b)
}

func (c *Catalogue) root(i int32) int32 {
	for c.group[i] != i {
		i = c.group[i]
	}
	return i
}

func pair(a, b int32) [2]int32 { return [2]int32{min(a, b), max(a, b)} }

// stackable tells whether two offers are joined by a declared link, with one credit
// scheme and levels at most a step apart: only then may learning add up.
func (c *Catalogue) stackable(a, b int32) bool {
	x, y := &c.offers[a], &c.offers[b]
	return c.links[pair(a, b)] && x.CreditScheme != "" && x.CreditScheme == y.CreditScheme &&
		x.EQF > 0 && y.EQF > 0 && max(x.EQF, y.EQF)-min(x.EQF, y.EQF) <= 1
}

// Offer returns an offer by its id; ok is false where there is none.
func (c *Catalogue) Offer(id string) (o *Offer, ok bool) {
	i, ok := c.byID[id]
	if !ok {
		return nil, false
	}
	return &c.offers[i], true
}

// same tells whether two offers are declared equivalent or repeat one course, so that
// holding one is holding the other.
func (c *Catalogue) same(a, b int32) bool {
	return c.equal[pair(a, b)] || c.offers[a].Course != "" && c.offers[a].Course == c.offers[b].Course
}
