package generate

import (
	"fmt"
	"slices"
)

// slot is the place of a credential in the plan.
type slot struct {
	number int // of the record, from 0
	truth  int // index into world.story of the credential planted; -1 for none
	group  int // index into world.groups
	inTurn int // the how manieth it is of its group
	place  int // index into world.regions; their number for online
	parts  []int
}

const (
	leastForStory = 300 // credentials; a smaller plan has no room for planted ones
	gapExtras     = 13  // more credentials where the gap is, so that one teaching its skill is few
	balancedLocal = 6   // credentials of the balanced group in each region, and online
)

// plan lays out all credentials: one in five online, the planted ones first.
func (w *world) plan() []slot {
	p := planner{world: w, turns: make([]int, len(w.groups)), left: w.options.Credentials}
	p.online = p.left / 5
	if p.left >= leastForStory {
		p.plantCredentials()
		p.fillBalanced()
	}
	groups := p.regular()
	for n := 0; p.online > 0; n++ {
		p.add(groups[n%len(groups)], len(w.regions), -1)
	}
	for n := 0; p.left > 0; n++ {
		p.add(groups[n%len(groups)], n/len(groups)%len(w.regions), -1)
	}
	p.link()
	return p.slots
}

type planner struct {
	*world
	slots  []slot
	turns  []int // credentials so far, by group
	left   int   // credentials still to plan
	online int   // of these, online
}

func (p *planner) add(group, place, truth int) {
	if p.left == 0 {
		return
	}
	p.slots = append(p.slots, slot{number: len(p.slots), truth: truth, group: group, inTurn: p.turns[group], place: place})
	p.turns[group]++
	p.left--
	if place == len(p.regions) {
		p.online--
	}
}

// regular returns the groups that credentials of the usual kind are for: all
// but the balanced one where it has its own already.
func (p *planner) regular() []int {
	var groups []int
	for g := range p.groups {
		if p.turns[g] == 0 || !p.balanced(g) || len(p.groups) == 1 {
			groups = append(groups, g)
		}
	}
	return groups
}

func (p *planner) plantCredentials() {
	for i, t := range p.story {
		group := slices.IndexFunc(p.groups, func(g group) bool { return g.isco == t.ISCO08 })
		place := slices.IndexFunc(p.regions, func(r region) bool { return r.code == t.Region })
		seen := slices.ContainsFunc(p.story[:i], func(o Truth) bool { return o.SourceID == t.SourceID })
		if t.SourceID == "" || group < 0 || place < 0 || seen {
			continue
		}
		p.add(group, place, i)
		if t.Name == truthGap {
			for range gapExtras {
				p.add(group, place, -1)
			}
		}
	}
}

func (p *planner) fillBalanced() {
	for g := range p.groups {
		if !p.balanced(g) {
			continue
		}
		for place := range len(p.regions) + 1 {
			for range balancedLocal {
				p.add(g, place, -1)
			}
		}
	}
}

func (w *world) balanced(group int) bool { return w.jobs[w.groups[group].jobs[0]].balanced }

// link makes one in twelve credentials of the graph a programme of the two
// before it from the same provider.
func (p *planner) link() {
	before := map[*provider][]int{}
	for i := range p.slots {
		s := &p.slots[i]
		by := p.provider(s)
		if by.table || s.truth >= 0 {
			continue
		}
		known := before[by]
		if len(known) >= 2 && fixedInt("programme", fmt.Sprint(i))%12 == 0 {
			s.parts = slices.Clone(known[len(known)-2:])
		} else {
			before[by] = append(known, i)
		}
	}
}

// provider returns who offers the credential.
func (w *world) provider(s *slot) *provider {
	return &w.providers[s.place][w.clusters[w.groups[s.group].cluster].catalogue]
}
