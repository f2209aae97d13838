package disclosure

import "slices"

// region is some connected unknown variables of a layer and the lines between them.
type region struct {
	variables []int32 // those that are known, from known on, are candidates
	known     int
	// sums gives, for a whole, its parts: then it is no variable of the polytope, since
	// it follows from them, and is not negative where they are not.
	sums   [][]term
	ranked []int32 // the wholes with sums, narrow ones first
	number []int32 // of each variable in the polytope; -1 for sums
	of     []int32 // the variable of each number
	// leading is how many variables of the polytope are unknown; known ones follow.
	leading   int
	equations [][]term
	lines     []int32 // of the equations
	source    []int32 // the line by which a sum is one
}

// region gathers unknown variables around cell i, nearest first, until there are
// size; all others count as known. It tells whether there are no others.
func (g *protector) region(l *layer, i int32, size int, candidates bool) (r *region, whole bool) {
	r = &region{variables: []int32{i}}
	g.place[i] = 0
	whole = true
	add := func(v int32, _ float64) {
		if g.place[v] >= 0 || !g.unknown(l, v) {
			return
		}
		if len(r.variables) >= size {
			whole = false
			return
		}
		g.place[v] = int32(len(r.variables))
		r.variables = append(r.variables, v)
	}
	for at := 0; at < len(r.variables); at++ {
		for _, line := range g.linesOf(r.variables[at]) {
			if l.holds[line] {
				l.coefficients(g.system, line, add)
			}
		}
	}
	r.known = len(r.variables)
	var lines []int32
	for _, v := range r.variables {
		for _, line := range g.linesOf(v) {
			if l.holds[line] {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if candidates {
		for _, line := range lines {
			l.coefficients(g.system, line, func(v int32, _ float64) {
				if g.place[v] < 0 && g.candidate(l, v) {
					g.place[v] = int32(len(r.variables))
					r.variables = append(r.variables, v)
				}
			})
		}
	}
	r.sum(g, l, lines)
	for _, v := range r.variables {
		g.place[v] = -1
	}
	return r, whole
}

// sum finds the variables that are sums of others.
func (r *region) sum(g *protector, l *layer, lines []int32) {
	n := len(r.variables)
	r.sums, r.number, r.source = make([][]term, n), make([]int32, n), make([]int32, n)
	for _, at := range lines {
		if g.relaxed && g.leadsOut(l, at) {
			continue
		}
		line := &g.lines[at]
		j := g.place[line.whole]
		if line.kind == equal && j >= 0 && int(j) < r.known && r.sums[j] == nil && l.alike(line) {
			r.sums[j], r.source[j] = []term{}, at
			for _, i := range line.parts {
				if k := g.place[i]; k >= 0 {
					r.sums[j] = append(r.sums[j], term{k, 1})
				}
			}
			continue
		}
		var e []term
		l.coefficients(g.system, at, func(v int32, a float64) {
			if k := g.place[v]; k >= 0 {
				e = append(e, term{k, a})
			}
		})
		r.equations, r.lines = append(r.equations, e), append(r.lines, at)
	}
	depth := make([]int8, n)
	var rank func(j int32) int8
	rank = func(j int32) int8 {
		if r.sums[j] != nil && depth[j] == 0 {
			for _, t := range r.sums[j] {
				depth[j] = max(depth[j], rank(t.variable)+1)
			}
			depth[j] = max(depth[j], 1)
		}
		return depth[j]
	}
	for j := range int32(n) {
		if rank(j) > 0 {
			r.ranked = append(r.ranked, j)
			r.number[j] = -1
		} else {
			r.number[j] = int32(len(r.of))
			r.of = append(r.of, j)
			if int(j) < r.known {
				r.leading++
			}
		}
	}
	slices.SortStableFunc(r.ranked, func(a, b int32) int { return int(depth[a]) - int(depth[b]) })
	for _, j := range r.ranked {
		r.sums[j] = r.expand(r.sums[j])
	}
}

// leadsOut tells whether a line has unknown variables outside the region at hand.
func (g *protector) leadsOut(l *layer, at int32) (out bool) {
	l.coefficients(g.system, at, func(v int32, _ float64) { out = out || g.place[v] < 0 && g.unknown(l, v) })
	return out
}

// alike tells whether the whole of a line and its parts all grow or all shrink.
func (l *layer) alike(n *line) bool {
	if l.sign == nil {
		return true
	}
	for _, i := range n.parts {
		if l.sign[i] != l.sign[n.whole] {
			return false
		}
	}
	return true
}

// expand replaces sums among terms by what they are sums of.
func (r *region) expand(terms []term) []term {
	by := map[int32]float64{}
	for _, t := range terms {
		if r.number[t.variable] >= 0 {
			by[t.variable] += t.a
			continue
		}
		for _, u := range r.sums[t.variable] {
			by[u.variable] += t.a * u.a
		}
	}
	out := make([]term, 0, len(by))
	for v, a := range by {
		if a != 0 {
			out = append(out, term{v, a})
		}
	}
	slices.SortFunc(out, func(a, b term) int { return int(a.variable - b.variable) })
	return out
}

// form returns a variable of the region as a sum of variables of the polytope.
func (r *region) form(j int32) []term {
	terms := r.sums[j]
	if r.number[j] >= 0 {
		terms = []term{{j, 1}}
	}
	out := make([]term, len(terms))
	for k, t := range terms {
		out[k] = term{r.number[t.variable], t.a}
	}
	return out
}

// linesOf returns the lines in which a variable stands.
func (g *protector) linesOf(v int32) []int32 {
	if n := int32(len(g.cells)); v >= n {
		return []int32{v - n}
	}
	return g.of[v]
}
