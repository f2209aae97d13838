package disclosure

import "math"

// secureDetail looks at what totals tell of the levels that are left out, and
// withholds totals that give a sensitive cell of them away. It tells whether it withheld any.
// Bounds are carried along lines until they settle; the intruder is granted the
// knowledge of which cells of these levels are zero.
func (g *protector) secureDetail() (some bool) {
	low, high := g.propagate()
	t := float64(g.rule.Threshold)
	for i := range int32(len(g.cells)) {
		f := &g.cells[i]
		if !g.isGone(i) || f.magnitude || f.virtual || f.Value <= 0 || float64(f.Value) >= t || low[i] <= 0 && high[i] >= t {
			continue
		}
		least := int32(-1)
		for _, at := range g.of[i] {
			w := g.lines[at].whole
			if w != i && !g.withheld[w] && (least < 0 || g.cells[w].Value < g.cells[least].Value) {
				least = w
			}
		}
		if least >= 0 {
			g.withhold(least)
			g.first[least], some = true, true
		}
	}
	return some
}

// propagate bounds all cells from those shown, line by line.
func (g *protector) propagate() (low, high []float64) {
	n := len(g.cells)
	low, high = make([]float64, n), make([]float64, n)
	for i := range g.cells {
		high[i] = math.Inf(1)
		switch f := &g.cells[i]; {
		case !g.withheld[i]:
			low[i], high[i] = float64(f.Value), float64(f.Value)
		case f.signed:
			low[i] = math.Inf(-1)
		}
	}
	narrow := func(i int32, l, h float64) (some bool) {
		if l > low[i] {
			low[i], some = l, true
		}
		if h < high[i] {
			high[i], some = h, true
		}
		return some
	}
	for again, round := true, 0; again && round < 20; round++ {
		again = false
		for at := range g.lines {
			line := &g.lines[at]
			if line.kind != equal || !g.isGone(line.parts[0]) && g.shownWhole(line) {
				continue
			}
			var least, most float64
			open := 0 // parts without an upper bound
			for _, i := range line.parts {
				if least += low[i]; math.IsInf(high[i], 1) {
					open++
				} else {
					most += high[i]
				}
			}
			above := math.Inf(1)
			if open == 0 {
				above = most
			}
			again = narrow(line.whole, least, above) || again
			for _, i := range line.parts {
				others := math.Inf(1)
				switch {
				case open == 0:
					others = most - high[i]
				case open == 1 && math.IsInf(high[i], 1):
					others = most
				}
				if narrow(i, low[line.whole]-others, high[line.whole]-(least-low[i])) {
					again = true
					break // the sums are of before
				}
			}
		}
	}
	return low, high
}

// shownWhole tells whether all cells of a line are shown: then it tells nothing new.
func (g *protector) shownWhole(n *line) bool {
	if g.withheld[n.whole] {
		return false
	}
	for _, i := range n.parts {
		if g.withheld[i] {
			return false
		}
	}
	return true
}
