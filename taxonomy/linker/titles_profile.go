package linker

import (
	"math"
	"slices"
)

// What a word says of the ISCO-08 groups around it: the shares with which its
// frequency among all names, in the major, sub-major, minor and unit group count.
var kinShares = [...]float64{0.1, 0.15, 0.2, 0.2, 0.35}

// wholeMass is the mass of a name that counts in full when all its words are
// found; a single common word is less.
const wholeMass = 10

// profiles say which words the names of each unit group have. Words are taken by
// their roots.
type profiles struct {
	roots  map[string]int32
	mass   []float32       // by root: its rarity among the groups
	kin    [][]groupWeight // by root: log of how much likelier it makes a group
	share  [][]groupWeight // by root: its part of the group's vector of length 1
	having [][]int32       // by root: names that have it
	first  [][]beginning   // by root: names that begin with it
	masses []float32       // by name
	// by name, as names has it: read for thousands of names a title, it should lie in
	// as few cache lines as it can
	groupOf []int32
	names   []title
}

// groupWeight is what a root weighs for a group.
type groupWeight struct {
	group  int32
	weight float32
}

// beginning is a name with its second root; unknown where it has but one.
type beginning struct{ name, second int32 }

// build computes the profiles of the names.
func (p *profiles) build(groups []string) {
	names, n := p.names, len(p.roots)
	p.having, p.first, p.masses = make([][]int32, n), make([][]beginning, n), make([]float32, len(names))
	p.groupOf = make([]int32, len(names))
	for i := range names {
		p.groupOf[i] = names[i].group
		roots := names[i].roots
		for _, r := range roots {
			p.having[r] = append(p.having[r], int32(i))
		}
		begins := beginning{int32(i), unknown}
		if len(roots) > 1 {
			begins.second = roots[1]
		}
		if len(roots) > 0 {
			p.first[roots[0]] = append(p.first[roots[0]], begins)
		}
	}
	p.mass, p.share, p.kin = make([]float32, n), make([][]groupWeight, n), make([][]groupWeight, n)
	counts := newGroupCounts(groups)
	for i := range names {
		counts.add(names[i].group, len(names[i].roots))
	}
	for r := range p.having {
		in := p.countGroups(p.having[r])
		p.mass[r] = float32(math.Log(float64(len(groups))/float64(len(in)))) + 0.1
		for _, g := range in {
			p.share[r] = append(p.share[r], groupWeight{g.group, (1 + log(g.weight)) * p.mass[r]})
		}
		p.kin[r] = counts.kin(in)
	}
	p.normalise(len(groups))
	for i := range names {
		for _, r := range names[i].roots {
			p.masses[i] += p.mass[r]
		}
	}
}

func log(x float32) float32 { return float32(math.Log(float64(x))) }

// countGroups counts names by group, ascending.
func (p *profiles) countGroups(names []int32) []groupWeight {
	var in []groupWeight
	for _, n := range names {
		in = append(in, groupWeight{p.names[n].group, 1})
	}
	slices.SortFunc(in, func(a, b groupWeight) int { return int(a.group - b.group) })
	counted := in[:0]
	for _, g := range in {
		if last := len(counted) - 1; last >= 0 && counted[last].group == g.group {
			counted[last].weight++
			continue
		}
		counted = append(counted, g)
	}
	return counted
}

// normalise makes the vector of each group one of length 1.
func (p *profiles) normalise(groups int) {
	squares := make([]float64, groups)
	for _, ws := range p.share {
		for _, w := range ws {
			squares[w.group] += float64(w.weight) * float64(w.weight)
		}
	}
	for _, ws := range p.share {
		for i := range ws {
			ws[i].weight /= float32(math.Sqrt(squares[ws[i].group]))
		}
	}
}

// groupCounts counts words by ISCO-08 group of every level.
type groupCounts struct {
	path  [][5]int32 // by unit group: all, its major, sub-major and minor group, itself
	words []float64  // by node of the paths
}

func newGroupCounts(groups []string) *groupCounts {
	c, nodes := &groupCounts{path: make([][5]int32, len(groups))}, map[string]int32{}
	for g, code := range groups {
		for level := range c.path[g] {
			c.path[g][level] = number(nodes, code[:min(level, len(code))])
		}
	}
	c.words = make([]float64, len(nodes))
	return c
}

func (c *groupCounts) add(group int32, words int) {
	for _, node := range c.path[group] {
		c.words[node] += float64(words)
	}
}

// kin returns what a root that so many names of some groups have says of those
// groups and their kin. Of all others it says nothing for or against.
func (c *groupCounts) kin(in []groupWeight) []groupWeight {
	having := map[int32]float64{}
	for _, g := range in {
		for _, node := range c.path[g.group] {
			having[node] += float64(g.weight)
		}
	}
	var kin []groupWeight
	for g := range c.path {
		path := c.path[g]
		everywhere := having[path[0]] / c.words[path[0]]
		likelier := kinShares[0]
		for level := 1; level < len(path); level++ {
			if n := having[path[level]]; n > 0 {
				likelier += kinShares[level] * n / c.words[path[level]] / everywhere
			}
		}
		if likelier > kinShares[0] {
			kin = append(kin, groupWeight{int32(g), float32(math.Log(likelier / kinShares[0]))})
		}
	}
	return kin
}
