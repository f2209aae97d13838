package disclosure

import "math"

// layer is one sight an intruder has of the cells: the publication itself, or the
// difference between it and an earlier release. Its numbers are not negative: where
// a difference is, it is turned round, and the intruder is granted the knowledge
// of which cells grew and which shrank. After the cells come the slacks of lines
// that are inequalities.
type layer struct {
	x      []float64 // the true numbers
	sign   []float64 // -1 where a number is turned round; nil for none
	base   []float64 // the least that an intruder takes a withheld cell for
	hidden []bool    // cells that an earlier release withholds; nil for none
	holds  []bool    // lines that hold in the layer
	need   []need    // of each cell
}

// need is what the interval of a cell must contain for the cell to be protected.
type need struct {
	low, high float64
	width     float64 // asked of a withheld cell whatever it contains; 0 for nothing
	set       bool
}

// progress is how far the cells of a layer are known to be able to go.
type progress struct {
	least, most []float64
}

func (l *layer) progress() progress {
	p := progress{make([]float64, len(l.x)), make([]float64, len(l.x))}
	copy(p.least, l.x)
	copy(p.most, l.x)
	return p
}

// covers tells whether a cell has been seen to go as far as its need asks, up or down.
func (n *need) covers(p *progress, i int32, up bool) bool {
	switch {
	case n.set && up:
		return p.most[i] >= n.high-slackOf(n.high)
	case n.set:
		return p.least[i] <= n.low+slackOf(n.low) && n.wide(p, i)
	case n.width == 0:
		return true
	}
	return n.wide(p, i)
}

// done tells whether a cell has been seen to go as far as its need asks both ways.
func (n *need) done(p *progress, i int32) bool {
	return n.covers(p, i, true) && n.covers(p, i, false)
}

// wide tells whether what has been seen of a cell is as wide as its need asks.
func (n *need) wide(p *progress, i int32) bool {
	return p.most[i]-p.least[i] >= n.width-slackOf(n.width)
}

// slackOf is what two numbers of that size may differ by and count as equal.
func slackOf(v float64) float64 { return 1e-6 * max(1, math.Abs(v)) }

// coefficients calls add for every variable of line l with its coefficient.
func (l *layer) coefficients(s *system, at int32, add func(variable int32, a float64)) {
	of := func(i int32) float64 {
		if l.sign != nil {
			return l.sign[i]
		}
		return 1
	}
	n := &s.lines[at]
	whole, part := 1.0, -1.0
	if n.kind == atMost {
		whole, part = -1, 1
	}
	add(n.whole, whole*of(n.whole))
	for _, i := range n.parts {
		add(i, part*of(i))
	}
	if n.kind != equal {
		add(s.slack(at), -1)
	}
}
