package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Protect decides which cells of a publication are withheld: those that the rule
// calls sensitive, those whose change since an earlier release is, and as
// many others as keep all these from being computed. Earlier holds all releases of
// which anything is still public, oldest first. The result does not depend on the order
// of tables, cells and releases. An error says that figures contradict each other.
func Protect(p *Publication, earlier []Release, rule Rule) (*Result, error) {
	rule, err := rule.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("protect %s: %w", p.Name, err)
	}
	c, err := newCodes(p)
	if err != nil {
		return nil, fmt.Errorf("protect %s: %w", p.Name, err)
	}
	tables := withZeros(p, c, rule)
	s, err := newSystem(tables, c)
	if err != nil {
		return nil, fmt.Errorf("protect %s: %w", p.Name, err)
	}
	g := newProtector(s, rule)
	g.addPublication()
	for i := range earlier {
		g.addRelease(&earlier[i])
	}
	g.complement()
	g.showAgain()
	for g.secureDetail() {
		g.complement()
	}
	return g.result(tables), nil
}

// addPublication adds the layer of the publication itself, and withholds what is
// sensitive in it.
func (g *protector) addPublication() {
	n := len(g.cells) + len(g.lines)
	l := &layer{x: make([]float64, n), base: make([]float64, n), holds: make([]bool, len(g.lines)), need: make([]need, len(g.cells))}
	t := float64(g.rule.Threshold)
	for i := range g.cells {
		f := &g.cells[i]
		l.x[i] = float64(f.Value)
		if f.signed {
			l.base[i] = math.Inf(-1)
		}
		if f.magnitude {
			l.need[i] = need{width: max(1, (1-g.rule.Dominance)*math.Abs(l.x[i]))}
		} else if !f.virtual && !f.notStated {
			l.need[i] = need{width: t}
		}
		if g.sensitive(f) {
			g.sensible(l, int32(i), 0)
		}
		g.withheld[i] = g.withheld[i] || f.virtual && !g.knownZero(int32(i))
	}
	for at := range g.lines {
		l.holds[at] = true
		if g.lines[at].kind != equal {
			slack := 0.0
			l.coefficients(g.system, int32(at), func(v int32, a float64) {
				if int(v) < len(g.cells) {
					slack += a * l.x[v]
				}
			})
			l.x[g.slack(int32(at))] = slack
		}
	}
	g.addGroups(l)
	g.layers, g.seen = append(g.layers, l), append(g.seen, l.progress())
}

// knownZero tells whether a total of nobody that no table gives is told all the same: the
// tables of its level leave out what is zero.
func (g *protector) knownZero(i int32) bool {
	return g.cells[i].Value == 0 && slices.ContainsFunc(g.detail.cells[g.cells[i].level], func(o int32) bool { return !g.cells[o].virtual })
}

// addGroups withholds the categories of small groups of which all have one, wide groups first.
// That nobody of a wider group has a category is told already.
func (g *protector) addGroups(l *layer) {
	var lines []int32
	for at := range g.lines {
		if g.groups(&g.lines[at]) {
			lines = append(lines, int32(at))
		}
	}
	slices.SortStableFunc(lines, func(a, b int32) int {
		return cmp.Compare(g.depth(g.cells[g.lines[a].whole].key), g.depth(g.cells[g.lines[b].whole].key))
	})
	for _, at := range lines {
		var open []int32
		for _, i := range g.lines[at].parts {
			if !g.zeroOfAll(at, i) {
				open = append(open, i)
			}
		}
		if len(open) > 1 {
			for _, i := range open {
				g.sensible(l, i, float64(g.cells[g.lines[at].whole].Value))
			}
		}
	}
}

// zeroOfAll tells whether a part of a line is zero in a wider group too, for all to see.
func (g *protector) zeroOfAll(at, i int32) bool {
	return g.cells[i].Value == 0 && slices.ContainsFunc(g.of[i], func(other int32) bool {
		n := &g.lines[other]
		return other != at && n.whole != i && n.kind == equal && g.cells[n.whole].Value == 0 && !g.withheld[n.whole]
	})
}

// sensitive tells whether a cell may not be shown for its own sake.
func (g *protector) sensitive(f *figure) bool {
	if !f.magnitude {
		return !f.notStated && g.rule.small(f.Value)
	}
	return f.Persons > 0 && f.Persons < g.rule.Threshold ||
		float64(f.Largest) > g.rule.Dominance*math.Abs(float64(f.Value)) && f.Persons > 0
}

// groups tells whether the parts of a line say that all of a small group of persons have
// one category of an attribute.
func (g *protector) groups(n *line) bool {
	whole := &g.cells[n.whole]
	if n.kind != equal || whole.magnitude || whole.notStated || len(n.parts) < 2 || whole.Value <= 0 || whole.Value >= g.rule.Group || !g.attribute(n) {
		return false
	}
	some, stated := 0, false
	for _, i := range n.parts {
		if g.cells[i].Value > 0 {
			some++
			stated = !g.cells[i].notStated
		}
	}
	return some == 1 && stated
}

// attribute tells whether a line divides a whole by an attribute.
func (g *protector) attribute(n *line) bool { return g.dimensions[n.dimension].Attribute }

// sensible withholds a cell for itself and notes what its interval must contain: for a
// count 0 and the threshold, or where that is greater the count and what is the
// threshold below the group, of which all have one category.
func (g *protector) sensible(l *layer, i int32, group float64) {
	x, t, n := l.x[i], float64(g.rule.Threshold), &l.need[i]
	g.withheld[i], g.first[i] = true, true
	*n = need{set: true, width: t, high: t}
	switch {
	case g.cells[i].magnitude:
		margin := max(1, (1/g.rule.Dominance-1)*math.Abs(x))
		n.low, n.high, n.width = x-margin, x+margin, max(1, (1-g.rule.Dominance)*math.Abs(x))
		if !g.cells[i].signed {
			n.low = max(0, n.low)
		}
	case group > 0 && x >= t:
		n.low, n.high = max(0, group-t), x
	}
}

// addRelease adds the layer of the differences to an earlier release, and withholds
// cells that were shown then and have changed by less than the threshold.
func (g *protector) addRelease(r *Release) {
	held := make(map[string]*Held, len(r.Cells))
	for i := range r.Cells {
		held[r.Cells[i].Key] = &r.Cells[i]
	}
	n, size := len(g.cells), len(g.cells)+len(g.lines)
	l := &layer{x: make([]float64, size), base: make([]float64, size), sign: make([]float64, n), hidden: make([]bool, n), holds: make([]bool, len(g.lines)), need: make([]need, n)}
	before := make([]*Held, n)
	asked := make([]bool, len(g.levels)) // levels that the release had
	for i := range g.cells {
		before[i] = held[g.nameOf(int32(i))]
		asked[g.cells[i].level] = asked[g.cells[i].level] || before[i] != nil
	}
	some := false
	for i := range g.cells {
		f, then := &g.cells[i], before[i]
		if !asked[f.level] { // nothing is known of then
			l.sign[i], l.hidden[i] = 1, true
			continue
		}
		if then == nil {
			then = &Held{Shown: true}
		}
		change, persons := f.Value-then.Value, f.Persons-then.Persons
		l.x[i], l.sign[i], l.hidden[i] = math.Abs(float64(change)), 1, !then.Shown
		if change < 0 {
			l.sign[i] = -1
		}
		if f.magnitude && change != 0 && persons > -g.rule.Threshold && persons < g.rule.Threshold ||
			!f.magnitude && !f.notStated && change != 0 && l.x[i] < float64(g.rule.Threshold) {
			some = true
			was := [2]bool{g.withheld[i], g.first[i]}
			g.sensible(l, int32(i), 0)
			if !then.Shown { // it can be told only from others
				g.withheld[i], g.first[i] = was[0], was[1]
			}
		}
	}
	for at := range g.lines {
		sum := 0.0
		l.coefficients(g.system, int32(at), func(v int32, a float64) {
			if int(v) < n {
				sum += a * l.x[v]
			}
		})
		whole, part := g.cells[g.lines[at].whole].level, g.cells[g.lines[at].parts[0]].level
		l.holds[at] = g.lines[at].kind == equal && sum == 0 && asked[whole] && asked[part]
	}
	if some {
		g.layers, g.seen = append(g.layers, l), append(g.seen, l.progress())
	}
}
