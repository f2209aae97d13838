package disclosure

import "slices"

// blockCells is how many unknown cells may be connected around one that cannot be
// protected: of more, a level of detail falls.
const blockCells = 400

// levels say which levels of detail are published. A level is the cells of one
// measure with conditions on the same dimensions, equally deep in each.
type levels struct {
	cells  [][]int32 // of each level
	lines  [][]int32 // by the level of their parts
	wider  [][]int32 // the levels of the wholes
	finer  [][]int32 // the levels of the parts
	gone   []bool
	most   []int // cells that are not zero
	secret []int // those of them that are sensitive
}

func newLevels(s *system) *levels {
	n := len(s.levels)
	v := &levels{cells: make([][]int32, n), lines: make([][]int32, n), wider: make([][]int32, n), finer: make([][]int32, n)}
	v.gone, v.most, v.secret = make([]bool, n), make([]int, n), make([]int, n)
	for i := range s.cells {
		v.cells[s.cells[i].level] = append(v.cells[s.cells[i].level], int32(i))
	}
	for at := range s.lines {
		part, whole := s.cells[s.lines[at].parts[0]].level, s.cells[s.lines[at].whole].level
		v.lines[part] = append(v.lines[part], int32(at))
		if !slices.Contains(v.wider[part], whole) {
			v.wider[part], v.finer[whole] = append(v.wider[part], whole), append(v.finer[whole], part)
		}
	}
	return v
}

// count counts the cells of all levels that are sensitive.
func (g *protector) count() {
	for level, cells := range g.detail.cells {
		most, secret := 0, 0
		for _, i := range cells {
			if f := &g.cells[i]; !f.virtual && (f.Value != 0 || f.Persons != 0) {
				most++
				if g.first[i] {
					secret++
				}
			}
		}
		g.detail.most[level], g.detail.secret[level] = most, secret
	}
}

// leaveOutSecret leaves out large levels most of whose cells are sensitive, the
// most detailed first.
func (g *protector) leaveOutSecret() {
	g.count()
	v := g.detail
	for again := true; again; {
		again = false
		for level := range int32(len(v.cells)) {
			finest := !slices.ContainsFunc(v.finer[level], func(f int32) bool { return !v.gone[f] })
			if finest && !v.gone[level] && v.most[level] > blockCells && 2*v.secret[level] > v.most[level] {
				g.leaveOut(level)
				again = true
			}
		}
	}
}

// leaveOut leaves a level out of the publication, with all that is finer: as if
// nobody had asked for it. Its lines tell nothing any more.
func (g *protector) leaveOut(level int32) {
	v := g.detail
	if v.gone[level] {
		return
	}
	v.gone[level] = true
	for _, f := range v.finer[level] {
		g.leaveOut(f)
	}
	for _, l := range g.layers {
		for _, at := range v.lines[level] {
			l.holds[at] = false
		}
		for _, i := range v.cells[level] {
			l.need[i] = need{}
		}
	}
	for _, i := range v.cells[level] {
		g.withheld[i] = true
	}
	for _, w := range v.wider[level] { // totals that no table gives follow from nothing now
		virtual := slices.ContainsFunc(v.cells[w], func(i int32) bool { return g.cells[i].virtual })
		if virtual && !slices.ContainsFunc(v.finer[w], func(f int32) bool { return !v.gone[f] }) {
			g.leaveOut(w)
		}
	}
}

// isGone tells whether a cell is of a level that is left out.
func (g *protector) isGone(i int32) bool { return g.detail.gone[g.cells[i].level] }

// coarsenAround leaves out a level of the block of a cell, as long as it has too many unknown
// cells. Complements that a level made necessary are shown again.
func (g *protector) coarsenAround(l *layer, i int32) {
	for !g.isGone(i) && g.unknown(l, i) && g.tooLarge(g.block(l, i, 4*blockCells)) {
		if !g.coarsenBlock(g.block(l, i, len(g.cells)+len(g.lines))) {
			return
		}
		g.settleLines()
	}
}

// tooLarge tells whether a block has too many cells.
func (g *protector) tooLarge(block []int32) bool {
	n := 0
	for _, v := range block {
		if int(v) < len(g.cells) && !g.cells[v].virtual {
			n++
		}
	}
	return n > blockCells
}

// block gathers up to so many unknown variables that are connected with cell i.
func (g *protector) block(l *layer, i int32, size int) []int32 {
	block := []int32{i}
	g.place[i] = 0
	for at := 0; at < len(block) && len(block) < size; at++ {
		for _, line := range g.linesOf(block[at]) {
			if l.holds[line] {
				l.coefficients(g.system, line, func(v int32, _ float64) {
					if g.place[v] < 0 && g.unknown(l, v) {
						g.place[v] = 0
						block = append(block, v)
					}
				})
			}
		}
	}
	for _, v := range block {
		g.place[v] = -1
	}
	return block
}

// coarsenBlock leaves out, of the most detailed levels of a block, the one with the
// greatest share of sensitive cells; of equal ones that with most cells in the block.
func (g *protector) coarsenBlock(block []int32) bool {
	v := g.detail
	in := map[int32]int{}
	for _, i := range block {
		if int(i) < len(g.cells) && len(v.wider[g.cells[i].level]) > 0 {
			in[g.cells[i].level]++
		}
	}
	worst, share := int32(-1), 0.0
	for level := range int32(len(v.cells)) {
		if in[level] == 0 || slices.ContainsFunc(v.finer[level], func(f int32) bool { return in[f] > 0 }) {
			continue
		}
		s := float64(v.secret[level]) / float64(max(1, v.most[level]))
		if worst < 0 || s > share || s == share && in[level] > in[worst] {
			worst, share = level, s
		}
	}
	if worst < 0 {
		return false
	}
	g.showBlock(block)
	g.leaveOut(worst)
	return true
}

// showBlock shows the complements of a block again, to find them anew. What has been
// proved of cells connected with them, in any layer, is proved no more.
func (g *protector) showBlock(block []int32) {
	var shown []int32
	for _, i := range block {
		if int(i) < len(g.cells) && g.withheld[i] && !g.cells[i].virtual {
			shown = append(shown, i)
		}
	}
	for k, l := range g.layers {
		done := map[int32]bool{}
		for _, i := range shown {
			if done[i] {
				continue
			}
			for _, v := range g.block(l, i, len(g.cells)+len(g.lines)) {
				done[v] = true
				g.seen[k].least[v], g.seen[k].most[v] = l.x[v], l.x[v]
			}
		}
	}
	for _, i := range shown {
		g.withhold(i) // looks at its lines again
		g.withheld[i] = g.first[i]
	}
}
