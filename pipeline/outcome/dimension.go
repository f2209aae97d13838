package outcome

import "slices"

// NotKnown is the category of what the feeds do not say, so that parts add up
// to the whole.
const NotKnown = "not_known"

// Dimension is a classification of participations: a tree of categories, whose
// topmost are parts of the total. The parts of a category add up to it.
type Dimension struct {
	Name string
	// Attribute marks what others may not learn of a person, such as a result.
	Attribute  bool
	Categories []string // name of each category, by its code
	parents    []int32  // of each category; [whole] for the topmost
	codes      map[string]int32
}

// whole is the code of the total over a dimension.
const whole int32 = -1

func newDimension(name string, attribute bool) *Dimension {
	return &Dimension{Name: name, Attribute: attribute, codes: map[string]int32{}}
}

// code returns the code of a category below others, nearest first, which it adds
// where they are new.
func (d *Dimension) code(category string, above ...string) int32 {
	if c, known := d.codes[category]; known {
		return c
	}
	parent := whole
	if len(above) > 0 {
		parent = d.code(above[0], above[1:]...)
	}
	c := int32(len(d.Categories))
	d.codes[category] = c
	d.Categories, d.parents = append(d.Categories, category), append(d.parents, parent)
	return c
}

// Parents returns, for each category that is part of a wider one, that one; nil
// where there is none.
func (d *Dimension) Parents() map[string]string {
	var parents map[string]string
	for c, p := range d.parents {
		if p != whole {
			if parents == nil {
				parents = map[string]string{}
			}
			parents[d.Categories[c]] = d.Categories[p]
		}
	}
	return parents
}

// NotStated lists the categories of an attribute of those of whom it is not known: that a result is
// not known says nothing of a person.
func (d *Dimension) NotStated() []string {
	if d.Attribute && slices.Contains(d.Categories, NotKnown) {
		return []string{NotKnown}
	}
	return nil
}

// above returns a category with all that it is part of, the total last.
func (d *Dimension) above(c int32) (codes []int32) {
	for ; c != whole; c = d.parents[c] {
		codes = append(codes, c)
	}
	return append(codes, whole)
}

// depth returns how many steps a category is below the total, "".
func (d *Dimension) depth(category string) int {
	if code, met := d.codes[category]; met {
		return len(d.above(code)) - 1
	}
	return 0
}

// coarser returns a column that tells categories apart down to a depth: 1 for the topmost.
func (c column) coarser(depth int) column {
	upper := make([]int32, len(c.Categories))
	for code := range upper {
		way := c.above(int32(code)) // the total last
		upper[code] = way[max(0, len(way)-1-depth)]
	}
	codes := make([]int32, len(c.codes))
	for row, code := range c.codes {
		codes[row] = upper[code]
	}
	return column{c.Dimension, codes}
}

// answers makes a dimension of an answer: known, which is yes or no, and not known.
func answers(name string) *Dimension {
	d := newDimension(name, true)
	d.code(yes, known)
	d.code(no, known)
	d.code(NotKnown)
	return d
}

// Categories of an answer, and those of a result.
const (
	known        = "known"
	yes          = "yes"
	no           = "no"
	completed    = "completed"
	certified    = "certified"
	notCertified = "completed_only"
	notCompleted = "not_completed"
)

// column holds the category of every participation in a dimension.
type column struct {
	*Dimension
	codes []int32
}

func newColumn(d *Dimension, rows int) column { return column{d, make([]int32, rows)} }
