package disclosure

import (
	"fmt"
	"math"
	"slices"
)

// Finding is something that publications tell and should not.
type Finding struct {
	Publication string
	Cell        string  // measure and conditions
	Low, High   float64 // what the cell, or its change, lies between
	What        string  // what is wrong with it
}

// String returns the finding in one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s", f.Publication, f.Cell, f.What)
}

// Audit looks at publications as an intruder does, oldest first: it knows what they show, how
// cells add up, and that no count is below 0, and nothing else. Withheld cells are
// those marked so. It finds
//
//   - counts shown that are below the threshold,
//   - withheld cells, of which it finds the least and the greatest value by linear
//     programming, that lie between narrower bounds than the rule asks for: the
//     threshold for a count, for a sum what dominance leaves open,
//   - changes of a cell between two publications by less than the threshold, shown or
//     following from shown ones.
//
// Where more than 3,000 withheld cells are connected, those farther from the cell at hand
// count as free, as if less were known of them. An error says that a publication
// contradicts itself.
func Audit(published []*Publication, rule Rule) ([]Finding, error) {
	rule, err := rule.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	var findings []Finding
	var systems []*system
	for _, p := range published {
		c, err := newCodes(p)
		if err != nil {
			return nil, fmt.Errorf("audit %s: %w", p.Name, err)
		}
		s, err := newSystem(p, c)
		if err != nil {
			return nil, fmt.Errorf("audit %s: %w", p.Name, err)
		}
		a := newAuditor(p.Name, s, rule)
		if err := a.bound(); err != nil {
			return nil, fmt.Errorf("audit %s: %w", p.Name, err)
		}
		for _, before := range systems {
			a.changes(before)
		}
		systems = append(systems, s)
		findings = append(findings, a.findings...)
	}
	return findings, nil
}

// auditor looks at one publication.
type auditor struct {
	*protector
	name     string
	layer    *layer
	findings []Finding
}

func newAuditor(name string, s *system, rule Rule) *auditor {
	a := &auditor{protector: newProtector(s, rule), name: name}
	a.relaxed = true
	n := len(s.cells) + len(s.lines)
	a.layer = &layer{x: make([]float64, n), base: make([]float64, n), holds: make([]bool, len(s.lines)), need: make([]need, len(s.cells))}
	for i := range s.cells {
		f := &s.cells[i]
		a.withheld[i] = f.Withheld
		if !f.Withheld {
			a.layer.x[i] = float64(f.Value)
		}
		if f.signed {
			a.layer.base[i] = math.Inf(-1)
		}
		if f.Withheld && !f.virtual && !f.notStated {
			a.layer.need[i].width = float64(rule.Threshold)
		}
		if !f.Withheld && !f.virtual && !f.magnitude && !f.notStated && rule.small(f.Value) {
			a.find(int32(i), float64(f.Value), float64(f.Value), fmt.Sprintf("%d is shown, below the threshold of %d", f.Value, rule.Threshold))
		}
	}
	for i := range a.layer.holds {
		a.layer.holds[i] = true
	}
	return a
}

func (a *auditor) find(i int32, low, high float64, what string) {
	a.findings = append(a.findings, Finding{a.name, a.nameOf(i), low, high, what})
}

// bound finds withheld cells that are bounded too narrowly.
func (a *auditor) bound() error {
	done := make([]bool, len(a.cells)+len(a.lines))
	for i := range int32(len(a.cells)) {
		if !a.withheld[i] || done[i] {
			continue
		}
		r, _ := a.region(a.layer, i, regionCells, false)
		if !r.complete(a) {
			return fmt.Errorf("no figures fit what is shown around cell %s", a.nameOf(i))
		}
		a.widths(r)
		for _, v := range r.variables {
			done[v] = true
		}
	}
	return nil
}

// widths explores a region and notes cells with too little room.
func (a *auditor) widths(r *region) {
	p := a.layer.progress()
	for _, v := range r.variables {
		if int(v) < len(a.cells) && a.cells[v].magnitude && !a.cells[v].virtual {
			a.layer.need[v].width = max(1, math.Abs(a.layer.x[v]))
		}
	}
	r.explore(a.layer, &p)
	for _, v := range r.variables {
		if int(v) >= len(a.cells) || a.layer.need[v].wide(&p, v) {
			continue
		}
		low, high := p.least[v], p.most[v]
		if t := float64(a.rule.Threshold); a.cells[v].absent && (low <= slackOf(high) || low >= t-slackOf(t)) {
			continue
		}
		if a.cells[v].magnitude && high-low >= (1-a.rule.Dominance)*math.Abs(low)-slackOf(low) {
			continue
		}
		a.find(v, low, high, fmt.Sprintf("it is withheld, but what is shown puts it between %.4g and %.4g", low, high))
	}
}

// complete gives the unknown cells of the region values that fit all lines, and tells
// whether there are any. It corrects rounding errors by starting again where it came.
func (r *region) complete(a *auditor) bool {
	for range 4 {
		if !r.approach(a) {
			return false
		}
		if r.fits(a) {
			return true
		}
	}
	return false
}

// approach looks for values that fit, from those at hand.
func (r *region) approach(a *auditor) bool {
	x := a.layer.x
	r.settle(a)
	one := len(r.of) // a variable that is 1 carries the constants
	start, low := make([]float64, one+1, one+2), make([]float64, one+1, one+2)
	start[one] = 1
	for n, j := range r.of {
		start[n], low[n] = x[r.variables[j]], a.layer.base[r.variables[j]]
	}
	var equations [][]float64
	for k, e := range r.equations {
		row := make([]float64, one+1)
		a.layer.coefficients(a.system, r.lines[k], func(v int32, c float64) { row[one] += c * x[v] })
		for _, t := range r.expand(e) {
			n := r.number[t.variable]
			row[n] = t.a
			row[one] -= t.a * start[n]
		}
		equations = append(equations, row)
	}
	t := newPolytope(equations, start, low, one)
	if !t.enter() {
		return false
	}
	for n, j := range r.of {
		x[r.variables[j]] = max(t.x[n], t.low[n])
	}
	r.settle(a)
	return true
}

// fits tells whether the values at hand fit all lines.
func (r *region) fits(a *auditor) bool {
	for _, at := range r.lines {
		rest, size := 0.0, 1.0
		a.layer.coefficients(a.system, at, func(v int32, c float64) {
			rest += c * a.layer.x[v]
			size = max(size, math.Abs(a.layer.x[v]))
		})
		if math.Abs(rest) > 1e-7*size {
			return false
		}
	}
	return true
}

// settle works out the sums of the region from their parts.
func (r *region) settle(a *auditor) {
	for _, j := range r.ranked {
		sum := 0.0
		for _, i := range a.lines[r.source[j]].parts {
			sum += a.layer.x[i]
		}
		a.layer.x[r.variables[j]] = sum
	}
}

// changes finds cells whose change since an earlier publication is shown, or follows
// from changes that are, and is below the threshold.
func (a *auditor) changes(before *system) {
	n := len(a.cells)
	change, known, shown := make([]float64, n), make([]bool, n), make([]bool, n)
	for i := range a.cells {
		f := &a.cells[i]
		then := int64(0)
		known[i] = !f.Withheld && !f.virtual
		if at, ok := before.same(a.system, int32(i)); ok {
			then = before.cells[at].Value
			known[i] = known[i] && !before.cells[at].Withheld && !before.cells[at].virtual
			shown[i] = true
		}
		change[i] = float64(f.Value - then)
	}
	for again := true; again; {
		again = false
		for l := range a.lines {
			if a.lines[l].kind == equal && before.has(a.lines[l], a.system) {
				again = a.lines[l].solve(change, known) || again
			}
		}
	}
	for i, c := range change {
		if f := &a.cells[i]; known[i] && shown[i] && !f.virtual && !f.magnitude && !f.notStated && c != 0 && math.Abs(c) < float64(a.rule.Threshold) {
			a.find(int32(i), c, c, fmt.Sprintf("its change by %g since an earlier publication can be told", c))
		}
	}
}

// has tells whether a line of another system held in this one too.
func (s *system) has(n line, of *system) bool {
	whole, ok := s.same(of, n.whole)
	if !ok {
		return false
	}
	var then []int32
	for _, l := range s.of[whole] {
		if s.lines[l].whole == whole && s.dimensions[s.lines[l].dimension].Name == of.dimensions[n.dimension].Name && s.lines[l].kind == equal {
			then = s.lines[l].parts
		}
	}
	return then != nil && !slices.ContainsFunc(then, func(i int32) bool {
		now, ok := of.same(s, i)
		return !ok || !slices.Contains(n.parts, now)
	})
}

// solve works out the one number of a line that is not known, if there is just one.
func (n *line) solve(x []float64, known []bool) bool {
	missing, sum, at := 0, 0.0, int32(-1)
	for _, i := range n.parts {
		if !known[i] {
			missing, at = missing+1, i
		} else {
			sum += x[i]
		}
	}
	switch {
	case missing == 0 && !known[n.whole]:
		x[n.whole], known[n.whole] = sum, true
		return true
	case missing == 1 && known[n.whole]:
		x[at], known[at] = x[n.whole]-sum, true
		return true
	}
	return false
}

// same returns the number of the cell that cell i of another system is in this one.
func (s *system) same(of *system, i int32) (at int32, ok bool) {
	measure, ok := s.measure[of.measures[measureOf(of.cells[i].key)]]
	if !ok {
		return 0, false
	}
	conditions := unpack(nil, of.cells[i].key)
	for k, c := range conditions { // numbered by name in both: the order is the same
		d, met := s.dimension[of.dimensions[c.dimension].Name]
		if !met {
			return 0, false
		}
		code, met := s.codes.of[d].code[of.codes.of[c.dimension].names[c.category]]
		if !met {
			return 0, false
		}
		conditions[k] = condition{d, code}
	}
	at, ok = s.index[string(pack(nil, measure, conditions))]
	return at, ok
}
