package disclosure

import (
	"errors"
	"slices"
	"strings"
)

// Result is a publication of which nothing more is shown than may be. Only
// [Protect] makes one.
type Result struct {
	protector *protector
	release   Release
	tables    Publication // as published
	order     map[string]position
	summary   Summary
}

// position finds the cells of a table.
type position struct {
	table *Table
	order []int
}

// Summary counts the cells of a [Result], each once however many tables hold it.
type Summary struct {
	Cells         int // all
	Zero          int // with nothing to count
	Sensitive     int // withheld by threshold, dominance, group or change since a release
	Complementary int // withheld lest a sensitive cell be computed
	LeftOut       int // of levels of detail that are left out as a whole
	Unstated      int // small, of persons of whom something is not known: not shown
	Shown         int
	// Safe counts the cells at or above the threshold, of which LostSafe are withheld as
	// complements: the price of protection.
	Safe, LostSafe int
}

// Release is what has to be remembered of a publication so that later ones
// can be set against it: the figures of all its cells, those withheld too. It
// belongs in the restricted zone.
type Release struct {
	Name  string
	Cells []Held // by Key
}

// Held is a cell of a [Release].
type Held struct {
	Key   string // measure and conditions: persons|age=55+|gender=f
	Value int64
	// Persons is, of a sum, the number of persons that it is over.
	Persons int64
	Shown   bool
}

// Release returns what later publications need to know of this one.
func (r *Result) Release() Release { return r.release }

// Published returns the tables as they may be published: withheld cells have no value.
func (r *Result) Published() *Publication { return &r.tables }

// Summary returns what was withheld.
func (r *Result) Summary() Summary { return r.summary }

// Rule returns the rule by which the publication is protected, defaults filled in.
func (r *Result) Rule() Rule { return r.protector.rule }

// Value returns the figure of a cell as published; at holds a category for each
// dimension of the table, "" for the total. Shown is false where it is withheld,
// and where the table has no such cell: unknown is never zero.
func (r *Result) Value(table string, at ...string) (value int64, shown bool) {
	p, met := r.order[table]
	if !met || len(at) != len(p.order) {
		return 0, false
	}
	g := r.protector
	if i := g.find(p.table, p.order, at); i >= 0 {
		if g.withheld[i] || g.unshown(i) {
			return 0, false
		}
		return g.cells[i].Value, true
	}
	return 0, false
}

// LeftOut tells whether the level of detail of a figure is left out of the publication:
// then nothing is said of any cell of it, not even that it is zero.
func (r *Result) LeftOut(table string, at []string) bool {
	p, met := r.order[table]
	if !met || len(at) != len(p.order) {
		return false
	}
	g := r.protector
	conditions, known := g.conditions(nil, p.table, p.order, at)
	level, met := g.level[string(g.levelKey(nil, g.measure[p.table.Measure], conditions))]
	return known && met && g.detail.gone[level]
}

// Protected is rows of a dataset that hold nothing about persons but what a
// [Result] shows. Only [Rows] and [None] make one; the warehouse writes datasets
// derived from learners from nothing else.
type Protected[R any] struct {
	rows []R
	made bool
}

// ErrNothing says that a row shows nothing: were it there, it would tell that there is
// somebody of whom it is.
var ErrNothing = errors.New("the row shows nothing")

// Rows makes a row for each key out of protected figures. Row must take every
// figure about persons from the result that it is given, and leave unknown what
// cannot be told from shown figures; it sees nothing else of the publication. Where it
// returns [ErrNothing] there is no row.
func Rows[K, R any](result *Result, keys []K, row func(figures *Result, key K) (R, error)) (Protected[R], error) {
	p := Protected[R]{made: true, rows: make([]R, 0, len(keys))}
	if result == nil || result.order == nil {
		return Protected[R]{}, errors.New("make rows: the result is not of Protect")
	}
	for _, k := range keys {
		r, err := row(result, k)
		if errors.Is(err, ErrNothing) {
			continue
		}
		if err != nil {
			return Protected[R]{}, err
		}
		p.rows = append(p.rows, r)
	}
	return p, nil
}

// None returns no rows: of a night without learners.
func None[R any]() Protected[R] { return Protected[R]{made: true} }

// Open returns the rows, for the warehouse to write. It fails for a value that neither
// Rows nor None made.
func (p Protected[R]) Open() ([]R, error) {
	if !p.made {
		return nil, errors.New("rows are not protected: make them with disclosure.Rows")
	}
	return p.rows, nil
}

// result is what the protector has decided, for the tables given.
func (g *protector) result(tables *Publication) *Result {
	r := &Result{protector: g, tables: *tables, order: map[string]position{}}
	r.release = Release{Name: tables.Name, Cells: make([]Held, 0, len(g.cells))}
	for i := range g.cells {
		f := &g.cells[i]
		if !f.virtual {
			r.summary.add(f, g.withheld[i], g.first[i], g.isGone(int32(i)), g.unshown(int32(i)), g.rule.Threshold)
		}
		if !g.isGone(int32(i)) {
			r.release.Cells = append(r.release.Cells, Held{Key: g.nameOf(int32(i)), Value: f.Value, Persons: f.Persons, Shown: !g.withheld[i]})
		}
	}
	slices.SortFunc(r.release.Cells, func(a, b Held) int { return strings.Compare(a.Key, b.Key) })
	for t := range r.tables.Tables {
		table := &r.tables.Tables[t]
		kept := table.Cells[:0] // a copy already
		for k, c := range table.Cells {
			switch i := g.tables[t][k]; {
			case g.isGone(i):
				continue
			case g.withheld[i], g.unshown(i):
				c = Cell{At: c.At, Withheld: true}
			}
			kept = append(kept, c)
		}
		table.Cells = kept
		r.order[table.Name] = position{table, g.order(table)}
	}
	return r
}

// unshown tells whether a count is left out though it may follow from others: it is small, and of
// whom it is is not known.
func (g *protector) unshown(i int32) bool {
	return g.cells[i].notStated && g.rule.small(g.cells[i].Value)
}

func (s *Summary) add(f *figure, withheld, first, gone, unshown bool, threshold int64) {
	s.Cells++
	safe := !f.magnitude && f.Value >= threshold
	if safe {
		s.Safe++
	}
	if gone {
		s.LeftOut++
	}
	switch {
	case first:
		s.Sensitive++
	case withheld:
		s.Complementary++
		if safe {
			s.LostSafe++
		}
	case unshown:
		s.Unstated++
	case f.Value == 0:
		s.Zero++
		s.Shown++
	default:
		s.Shown++
	}
}
