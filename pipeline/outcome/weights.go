package outcome

import "slices"

// oneWeight is the weight of a respondent who stands for nobody else; weights are
// whole ten-thousandths, so that their sums are exact in any order.
const oneWeight = 10_000

// Limits of weights.
const (
	leastRespondents = 20 // of a weighting cell; cells with fewer are joined with others
	mostWeight       = 5  // nobody stands for more persons than that
)

// weighingGroups are what tells weighting cells apart, the last given up first.
var weighingGroups = [...]int{byEmployment, byAge, byGender, byEducation}

// weigh gives each mature leaver whose status at a horizon is known a weight: the inverse
// of the share of those like him or her on entry who were reached.
//
//	cells: status x age x gender x education on entry
//	fewer than 20 reached in a cell? join the cells of all educations, then of all genders, …
//	weight = leavers of the cell / reached, at most 5
//
// Source: weighting-class adjustment of Oh, H. L. and Scheuren, F. (1983), Weighting
// adjustment for unit nonresponse, in: Incomplete Data in Sample Surveys 2; bounds as in
// Potter, F. (1990), A study of procedures to identify and trim extreme sampling weights,
// Proceedings of the Survey Research Methods Section, American Statistical Association.
func (p *outcomePlan) weigh() {
	for h := onLeaving; h <= fourthQuarter; h++ {
		rows := p.mature[h.String()]
		weights := make([]int64, len(p.spells))
		left := slices.Clone(rows)
		for depth := len(weighingGroups); depth >= 0 && len(left) > 0; depth-- {
			columns := make([]column, 0, depth)
			for _, g := range weighingGroups[:depth] {
				columns = append(columns, p.groups[g])
			}
			left = p.weighCells(h, left, columns, weights, depth == 0)
		}
		p.weights[h] = weights
	}
}

// weighCells gives weights to the leavers of cells with enough respondents, and returns the
// others.
func (p *outcomePlan) weighCells(h horizon, rows []int32, columns []column, weights []int64, last bool) (left []int32) {
	type cell struct{ leavers, reached int64 }
	strides, _ := radix(columns, 0)
	of := func(row int32) (key uint64) {
		for i := range columns {
			key += uint64(columns[i].codes[row]) * strides[i]
		}
		return key
	}
	cells := map[uint64]*cell{}
	for _, row := range rows {
		c := cells[of(row)]
		if c == nil {
			c = &cell{}
			cells[of(row)] = c
		}
		c.leavers++
		if p.reached(h, row) {
			c.reached++
		}
	}
	for _, row := range rows {
		switch c := cells[of(row)]; {
		case c.reached < leastRespondents && !last:
			left = append(left, row)
		case p.reached(h, row):
			weights[row] = min((c.leavers*oneWeight+c.reached/2)/c.reached, mostWeight*oneWeight)
		}
	}
	return left
}

// reached tells whether a leaver was reached: the status is known.
func (p *outcomePlan) reached(h horizon, row int32) bool {
	return p.seen[h][row].status != stateNotKnown
}

// weightSum is weights of respondents, and of those who said yes.
type weightSum struct{ all, squares, yes int64 }

// weightedCells are the sums of weights of a table's cells, over what is not its answer.
type weightedCells struct {
	columns []column
	places  []int // of the columns in the table
	sums    map[uint64]*weightSum
}

// weighted sums the weights of respondents by the columns of a table but for its answer and
// completion.
func weighted(rows []int32, columns []column, r roles, weights []int64) *weightedCells {
	w := &weightedCells{}
	for i := range columns {
		if i != r.answer && i != r.completion {
			w.columns, w.places = append(w.columns, columns[i]), append(w.places, i)
		}
	}
	defer func() { // what was summed is not needed again
		for i := range w.columns {
			w.columns[i].codes = nil
		}
	}()
	answers := columns[r.answer]
	isKnown := make([]bool, len(answers.Categories))
	isYes := make([]bool, len(answers.Categories))
	for c, name := range answers.Categories {
		isKnown[c], isYes[c] = name == yes || name == no, name == yes
	}
	finest := leaves(rows, w.columns, func(sum *weightSum, row int32) {
		v := weights[row]
		if c := answers.codes[row]; v > 0 && isKnown[c] {
			sum.all, sum.squares = sum.all+v, sum.squares+v*v
			if isYes[c] {
				sum.yes += v
			}
		}
	})
	w.sums = rollUp(finest, w.columns, func(to, from *weightSum) {
		to.all, to.squares, to.yes = to.all+from.all, to.squares+from.squares, to.yes+from.yes
	})
	return w
}

// at returns the sums of a cell of the table.
func (w *weightedCells) at(at []int32) weightSum {
	strides, _ := radix(w.columns, 1)
	key := uint64(0)
	for i, place := range w.places {
		key += uint64(at[place]+1) * strides[i]
	}
	if sum := w.sums[key]; sum != nil {
		return *sum
	}
	return weightSum{}
}
