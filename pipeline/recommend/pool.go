package recommend

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Pool is what suits a request, whatever is wanted. Several goroutines may choose
// from one.
type Pool struct {
	catalogue *Catalogue
	request   Request
	why       []Why // by offer, "" where it suits
}

// Pool looks at every offer once. A request that contradicts itself is an error.
func (c *Catalogue) Pool(r Request) (*Pool, error) {
	if err := r.settle(); err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	p := &Pool{catalogue: c, request: r, why: make([]Why, len(c.offers))}
	for i := range c.offers {
		p.why[i] = r.unfit(&c.offers[i])
	}
	for changed := true; changed; { // what needs an offer that does not suit does not suit
		changed = false
		for i := range c.offers {
			if p.why[i] == "" && !p.needsMet(int32(i)) {
				p.why[i], changed = WhyPrerequisite, true
			}
		}
	}
	return p, nil
}

func (p *Pool) needsMet(i int32) bool {
	c := p.catalogue
	for _, n := range c.needs[i] {
		if p.why[n] != "" && !p.holds(n) {
			return false
		}
	}
	for _, id := range c.absent[i] {
		if !slices.Contains(p.request.Held, id) {
			return false
		}
	}
	return true
}

// holds tells whether an offer, or one that shares its content by being equivalent
// or the same course, is held.
func (p *Pool) holds(i int32) bool {
	return slices.ContainsFunc(p.request.Held, func(id string) bool {
		h, known := p.catalogue.byID[id]
		return known && (h == i || p.catalogue.same(h, i))
	})
}

// candidate is an offer that may be chosen for a target.
type candidate struct {
	offer   int32
	credits []Credit // of wanted skills, by their place in the target
	group   int32    // of shared content; -1 where no other candidate is of it
	closure []int32  // candidates it needs that are not held, and itself, ascending
	scale   float64  // by which its hours cap its credits

	amounts            // at the pace of the request
	days               // at the pace of the request
	atFullTime float64 // weeks of a learner in full time
	units      []unit  // parts of its hours that others share; with rest they make hours
	rest       float64
	least      [budgets]float64 // what it adds to a budget at least, whatever else is chosen, 0 where not known
	beyond     Why              // the limit that it, or what it needs, exceeds alone
}

// unit is a part of an offer's hours that other candidates may share.
type unit struct {
	part  int32 // the offer that is the part
	hours float64
	least float64 // divided among all candidates that may share it
}

// problem is a target and its candidates, in order of id.
type problem struct {
	pool       *Pool
	wants      []Want // in ascending order of skill
	candidates []candidate
	alone      []float64   // what each adds to nothing
	left       map[Why]int // offers that teach something wanted but do not suit
}

// problem gathers the candidates of a target.
func (p *Pool) problem(target Target) *problem {
	b := &problem{pool: p, wants: slices.Clone(target.Wants), left: map[Why]int{}}
	slices.SortFunc(b.wants, func(a, b Want) int { return cmp.Compare(a.Skill, b.Skill) })
	for i := range b.wants {
		b.wants[i].General = target.general(b.wants[i].Skill, b.wants[i].General)
	}
	credits := p.credits(b.wants, &target)
	var chosen []int32
	for i := range credits {
		if p.why[i] != "" {
			b.left[p.why[i]]++
			continue
		}
		chosen = append(chosen, i)
	}
	for k := 0; k < len(chosen); k++ { // what they need may teach nothing wanted
		for _, n := range p.catalogue.needs[chosen[k]] {
			if p.why[n] == "" && !p.holds(n) && !slices.Contains(chosen, n) {
				chosen = append(chosen, n)
			}
		}
	}
	slices.Sort(chosen)
	place := make(map[int32]int32, len(chosen))
	members := make(map[int32]int, len(chosen))
	for k, i := range chosen {
		place[i] = int32(k)
		members[p.catalogue.group[i]]++
	}
	b.candidates = make([]candidate, len(chosen))
	for k, i := range chosen {
		c := &b.candidates[k]
		c.offer, c.group = i, -1
		c.credits, c.scale = p.capped(i, credits[i])
		if members[p.catalogue.group[i]] > 1 {
			c.group = p.catalogue.group[i]
		}
		c.closure = p.closure(i, place)
	}
	b.price()
	b.alone = make([]float64, len(b.candidates))
	for k, start := 0, b.empty(); k < len(b.alone); k++ {
		b.alone[k] = start.adds(int32(k))
	}
	return b
}

// credits returns, for each offer that teaches a wanted skill or one near to it and
// suits the target, the uncapped credits by place in the target.
func (p *Pool) credits(wants []Want, target *Target) map[int32][]Credit {
	all := map[int32][]Credit{}
	suits := map[int32]bool{}
	for w := range wants {
		near := []taxonomy.Near{{Skill: wants[w].Skill, Weight: 1}}
		if p.catalogue.near != nil && !wants[w].General {
			near = append(near, p.catalogue.near(wants[w].Skill)...)
		}
		for _, n := range near {
			for _, i := range p.catalogue.taught[n.Skill] {
				suit, known := suits[i]
				if !known {
					suit = target.suits(&p.catalogue.offers[i], wants)
					suits[i] = suit
				}
				if !suit {
					continue
				}
				if credits := p.teaching(all[i], i, n, int32(w)); len(credits) > 0 {
					all[i] = credits
				}
			}
		}
	}
	return all
}

// teaching adds the credit of an offer for a near skill to a place in the target. The
// greatest counts where several come to one place.
func (p *Pool) teaching(credits []Credit, i int32, n taxonomy.Near, place int32) []Credit {
	teaches := p.catalogue.offers[i].Teaches
	at, _ := slices.BinarySearchFunc(teaches, n.Skill, func(c Credit, s int32) int { return cmp.Compare(c.Skill, s) })
	if teaches[at].P < LeastCredit {
		return credits
	}
	credit := Credit{Skill: place, P: n.Weight * teaches[at].P}
	if last := len(credits) - 1; last >= 0 && credits[last].Skill == place {
		credits[last].P = max(credits[last].P, credit.P)
		return credits
	}
	return append(credits, credit)
}

// capped scales the credits of an offer to its hours: neither what it teaches nor what
// it is credited with may exceed what they allow for.
func (p *Pool) capped(i int32, credits []Credit) ([]Credit, float64) {
	o := &p.catalogue.offers[i]
	scale := o.Scale(max(sum(o.Teaches), sum(credits)))
	if scale < LeastScale {
		return nil, scale
	}
	for k := range credits {
		credits[k].P *= scale
	}
	return credits, scale
}

func sum(credits []Credit) float64 {
	total := 0.0
	for _, c := range credits {
		total += c.P
	}
	return total
}

// closure lists the candidates that an offer needs, directly or not, with itself.
func (p *Pool) closure(i int32, place map[int32]int32) []int32 {
	closure := []int32{place[i]}
	for todo := []int32{i}; len(todo) > 0; todo = todo[1:] {
		for _, n := range p.catalogue.needs[todo[0]] {
			if k, candidate := place[n]; candidate && !slices.Contains(closure, k) {
				closure = append(closure, k)
				todo = append(todo, n)
			}
		}
	}
	slices.Sort(closure)
	return closure
}
