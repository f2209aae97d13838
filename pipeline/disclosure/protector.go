package disclosure

import "math"

// protector decides which cells are withheld.
type protector struct {
	*system
	rule     Rule
	withheld []bool // of each cell; virtual ones always are
	first    []bool // withheld for itself, not for another
	layers   []*layer
	seen     []progress // of each layer
	place    []int32    // of each variable in the region at hand, -1 outside
	queue    []int32    // lines to be looked at again
	queued   []bool
	detail   *levels
	swapper  *swapper
	// relaxed says that lines which lead out of a region are forgotten, rather than taken
	// to be fixed outside: bounds are then too wide rather than too narrow.
	relaxed bool
}

func newProtector(s *system, rule Rule) *protector {
	n := len(s.cells)
	g := &protector{system: s, rule: rule, withheld: make([]bool, n), first: make([]bool, n)}
	g.place = make([]int32, n+len(s.lines))
	for i := range g.place {
		g.place[i] = -1
	}
	g.queued, g.detail = make([]bool, len(s.lines)), newLevels(s)
	return g
}

// unknown tells whether a variable of a layer is not published.
func (g *protector) unknown(l *layer, v int32) bool {
	return int(v) >= len(g.cells) || g.withheld[v] || l.hidden != nil && l.hidden[v]
}

// withhold withholds a cell, and looks at its lines again.
func (g *protector) withhold(i int32) {
	g.withheld[i] = true
	for _, at := range g.of[i] {
		if !g.queued[at] {
			g.queued[at] = true
			g.queue = append(g.queue, at)
		}
	}
}

// complement withholds further cells until every cell has room, see the pseudo-code of
// the package.
func (g *protector) complement() {
	for at := range int32(len(g.lines)) {
		g.queue, g.queued[at] = append(g.queue, at), true
	}
	g.leaveOutSecret()
	for again := true; again; {
		g.swaps()
		g.settleLines()
		again = false
		for k := range g.layers {
			for i := range int32(len(g.cells)) {
				for tries := 1; !g.proved(k, i); tries++ {
					again = true
					g.settleLines()
					if tries%coarsenTries == 0 {
						g.coarsenAround(g.layers[k], i)
					}
					if tries > mostTries {
						g.leaveOut(g.cells[i].level)
					}
				}
			}
		}
	}
}

// How many times cells are withheld for one before the block around it is made coarser, and
// before its level is left out.
const (
	coarsenTries = 5
	mostTries    = 20
)

// settleLines looks at the lines of the queue until each by itself gives room.
func (g *protector) settleLines() {
	for len(g.queue) > 0 {
		at := g.queue[0]
		g.queue, g.queued[at] = g.queue[1:], false
		for _, l := range g.layers {
			if !l.holds[at] {
				continue
			}
			for {
				short, any := g.shortfall(l, at)
				if !any {
					break
				}
				k := g.cheapestOf(l, at, short)
				if k < 0 {
					break // nothing left in the line: wider moves decide
				}
				g.withhold(k)
			}
		}
	}
}

// shortfall returns how much room a line lacks for one of its withheld cells to be as
// great as it must, while all other lines are forgotten.
func (g *protector) shortfall(l *layer, at int32) (short float64, any bool) {
	var side [2]float64 // the room below of the unknown cells on either side
	var count [2]int
	all := 0
	l.coefficients(g.system, at, func(v int32, a float64) {
		if g.unknown(l, v) {
			s := sideOf(a)
			side[s] += l.x[v] - l.base[v]
			count[s]++
			all++
		}
	})
	l.coefficients(g.system, at, func(v int32, a float64) {
		if int(v) >= len(g.cells) || !g.unknown(l, v) {
			return
		}
		n := &l.need[v]
		s := sideOf(a)
		switch {
		case all == 1 && (n.set || n.width > 0):
			any, short = true, max(short, n.high-l.x[v], n.width)
		case n.set && count[1-s] == 0:
			if lack := n.high - l.x[v] - (side[s] - (l.x[v] - l.base[v])); lack > slackOf(n.high) {
				any, short = true, max(short, lack)
			}
		}
	})
	return short, any
}

// sideOf tells on which side of a line a coefficient stands.
func sideOf(a float64) int {
	if a > 0 {
		return 1
	}
	return 0
}

// cheapestOf returns the shown cell of a line that best makes up for what room is
// short, -1 where there is none.
func (g *protector) cheapestOf(l *layer, at int32, short float64) int32 {
	best, least := int32(-1), math.Inf(1)
	l.coefficients(g.system, at, func(v int32, _ float64) {
		if !g.candidate(l, v) {
			return
		}
		share := min(1, (l.x[v]-l.base[v])/max(short, 1))
		if cost := g.cost(l, v, at) / max(share, 0.05); cost < least || cost == least && v < best {
			best, least = v, cost
		}
	})
	return best
}

// candidate tells whether withholding a cell can help others. A zero helps none: that
// a cell with nothing to count is withheld would be no doubt about the others.
func (g *protector) candidate(l *layer, v int32) bool {
	return int(v) < len(g.cells) && !g.unknown(l, v) && !g.cells[v].virtual && l.x[v] > l.base[v]
}

// cost is what it costs to withhold a cell: one for the cell, a little for how many
// persons it tells of, and one for every other line that must then lose a cell too.
func (g *protector) cost(l *layer, v, at int32) float64 {
	cost := 1 + 0.05*math.Log2(1+math.Abs(float64(g.cells[v].Value)))
	for _, other := range g.of[v] {
		if other == at || !l.holds[other] {
			continue
		}
		alone := true
		l.coefficients(g.system, other, func(o int32, _ float64) { alone = alone && (o == v || !g.unknown(l, o)) })
		if alone {
			cost++
		}
	}
	return cost
}
