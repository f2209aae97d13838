package disclosure

// Publication is everything about persons that is published on one day: all
// tables of all datasets, so that what one table withholds no other one tells.
type Publication struct {
	Name       string // the release, such as its date: 2026-09-30
	Dimensions []Dimension
	Tables     []Table
}

// Dimension is a variable by which persons are counted.
type Dimension struct {
	Name string
	// Parent gives, for a category that is part of a wider one, that one: AT13 is
	// part of AT1, AT1 of AT. All others are parts of the total. Nil for none.
	Parent map[string]string
	// Attribute marks what others may not learn of a person, such as a result, a
	// labour-market status or a band of income: that all of a small group have one
	// category is protected too. Categories without a cell then count as cells
	// of zero, so that a zero can be withheld.
	Attribute bool
	// NotStated names categories that tell nothing of a person, such as that a result is
	// not known: counts with such a condition are not sensitive. Those below the threshold are
	// not shown either, but may follow from others.
	NotStated []string
}

// Table is a set of cells that are published together.
//
// Along a dimension the parts add up to the whole: Protect refuses a table whose
// parts do not. A part without a cell is zero; a remainder ("other", "not stated") is a
// category. Where there is no cell of the whole, nothing is said of it.
type Table struct {
	Name string // unique in the publication
	// Measure says what is counted or summed: enrolments, persons, income. Cells of
	// one measure with the same conditions are one cell, whatever their table, so
	// they must have one value. What is a part of something else is no measure but
	// a category: certified and not certified, rather than certified and enrolled.
	Measure    string
	Dimensions []string // of Publication.Dimensions
	// Overlapping names those of Dimensions whose parts overlap, since a person may
	// be counted in several: the credentials or quarters of distinct persons. Then
	// the whole is at least each part and at most their sum, no more.
	Overlapping []string
	// Magnitude says that cells are sums over persons, such as incomes, and no counts.
	Magnitude bool
	// Signed says that what is summed may be negative, such as changes of income.
	Signed bool
	Cells  []Cell
}

// Cell is a figure of a table.
type Cell struct {
	// At holds the category of each dimension of the table, in their order; "" is
	// the total over the dimension.
	At []string
	// Value is a count, or a sum in whole units, such as cents.
	Value int64
	// Persons is, of a sum, the number of persons that it is over.
	Persons int64
	// Largest is, of a sum, the greatest absolute contribution of one person.
	Largest int64
	// Withheld says that the figure is not published. Protect decides it, and
	// ignores what is given; Audit takes Value as unknown where it is set.
	Withheld bool
	// Absent says, of a withheld figure, that it may be that there is none: a row that is
	// not there is withheld or zero. Audit then takes no offence where it can be zero, nor
	// where it must be the threshold or more: that is no secret, but only not told.
	Absent bool
}
