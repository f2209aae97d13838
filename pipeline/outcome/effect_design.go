package outcome

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Rules of the expansion of covariates into columns; the same for all data.
const (
	// minLevelShare and minLevelPersons: a level of a categorical covariate, a
	// heap of zeros and an unknown value get a column of their own where one
	// side has at least so many. Rarer levels of a covariate are one column.
	minLevelShare   = 0.02
	minLevelPersons = 5
	// personsPerColumn: squares are added if the smaller side has so many persons
	// for each column (Vittinghoff, E. and McCulloch, C. E. (2007), Relaxing the
	// rule of ten events per variable, American Journal of Epidemiology 165, 710-718).
	personsPerColumn = 5
)

// names of levels and columns
const (
	unknownLevel = "unknown"
	rareLevels   = "rare"
)

// term is one column of a design: a value for each person, centred on the
// mean of the treated, in pooled standard deviations.
type term struct {
	name   string
	values []float64
	// left is true of the most frequent level of a categorical covariate, which
	// follows from the others: its balance is told, but it is no column.
	left bool
}

// design is the persons of an estimate as numbers: the untreated first. Row i
// of x holds 1 and the values of all terms.
type design struct {
	n, untreated int
	p            int // columns of x, with the constant
	balanced     int // those behind the constant that weights balance
	x            []float64
	main         []term // the covariates themselves, of which balance is told
}

// newDesign expands the covariates of persons, who come untreated first, with
// or without the outcome before among them.
func newDesign(s *Sample, persons []*Person, before bool) *design {
	d := &design{n: len(persons)}
	d.untreated = untreatedOf(persons)
	d.mainTerms(s, persons, before)
	d.fill()
	return d
}

func untreatedOf(persons []*Person) int {
	n := slices.IndexFunc(persons, func(p *Person) bool { return p.Treated })
	if n < 0 {
		return len(persons)
	}
	return n
}

// mainTerms makes the columns of the covariates themselves.
func (d *design) mainTerms(s *Sample, persons []*Person, before bool) {
	numeric := func(name string, value func(*Person) float64) {
		values := make([]float64, d.n)
		for i, p := range persons {
			values[i] = value(p)
		}
		d.numeric(name, values)
	}
	for k, name := range s.Numeric {
		numeric(name, func(p *Person) float64 { return p.Numeric[k] })
	}
	if before {
		numeric(s.Measured.Name+" before", func(p *Person) float64 { return p.Before })
	}
	for k, name := range s.Categorical {
		d.categorical(name, persons, k)
	}
}

// numeric adds a numeric covariate: its values, unknown ones at the mean of
// the known treated ones (0 when centred), and columns for unknown and zero.
func (d *design) numeric(name string, values []float64) {
	unknown, zero := make([]float64, d.n), make([]float64, d.n)
	known := func(from, to int) (all []float64) {
		for _, v := range values[from:to] {
			if !math.IsNaN(v) {
				all = append(all, v)
			}
		}
		return all
	}
	centre := stat.Mean(known(d.untreated, d.n), nil)
	if math.IsNaN(centre) {
		centre = stat.Mean(known(0, d.n), nil)
	}
	for i, v := range values {
		switch {
		case math.IsNaN(v):
			unknown[i], values[i] = 1, centre
		case v == 0:
			zero[i] = 1
		}
	}
	d.add(term{name: name, values: values})
	if manyValued(values) && d.often(zero) {
		d.add(term{name: name + " is 0", values: zero})
	}
	if d.often(unknown) {
		d.add(term{name: name + " " + unknownLevel, values: unknown})
	}
}

// categorical adds a column for each level but the most frequent one.
func (d *design) categorical(name string, persons []*Person, k int) {
	columns := map[string][]float64{}
	for i, p := range persons {
		level := p.Categories[k]
		if level == "" {
			level = unknownLevel
		}
		if columns[level] == nil {
			columns[level] = make([]float64, d.n)
		}
		columns[level][i] = 1
	}
	rare := make([]float64, d.n)
	for level, column := range columns {
		if d.often(column) {
			continue
		}
		for i, v := range column {
			rare[i] += v
		}
		delete(columns, level)
	}
	columns[rareLevels] = rare
	levels := slices.Sorted(maps.Keys(columns))
	most := slices.MaxFunc(levels, func(a, b string) int { return cmp.Compare(floats.Sum(columns[a]), floats.Sum(columns[b])) })
	for _, level := range levels {
		d.add(term{name: name + " = " + level, values: columns[level], left: level == most})
	}
}

// often tells whether an indicator is 1 often enough, on either side, to be a column.
func (d *design) often(indicator []float64) bool {
	for _, side := range [][]float64{indicator[:d.untreated], indicator[d.untreated:]} {
		if count := floats.Sum(side); count >= minLevelPersons && count >= minLevelShare*float64(len(side)) {
			return true
		}
	}
	return false
}

// add standardises a column and adds it; one that does not vary is left out.
func (d *design) add(t term) {
	if d.standardise(t.values) {
		d.main = append(d.main, t)
	}
}

// standardise centres values on the mean of the treated and divides them by the
// pooled standard deviation sqrt((s1² + s0²) / 2), as standardised mean
// differences are (Austin 2009); where neither side varies by that of all. It
// returns false of values that do not vary.
func (d *design) standardise(values []float64) bool {
	centre := stat.Mean(values[d.untreated:], nil)
	scale := math.Sqrt((variance(values[:d.untreated]) + variance(values[d.untreated:])) / 2)
	if scale <= 1e-12*math.Abs(centre) {
		scale = math.Sqrt(variance(values))
	}
	if scale <= 1e-12*math.Abs(centre) || scale == 0 {
		return false
	}
	for i := range values {
		values[i] = (values[i] - centre) / scale
	}
	return true
}

// variance is that of a sample; of fewer than two values it is 0.
func variance(values []float64) float64 {
	if len(values) < 2 {
		return 0
	}
	return stat.Variance(values, nil)
}

// fill lays the columns out row by row: a constant, the main terms and, where
// the sides are large enough, the squares of those with more than two values.
func (d *design) fill() {
	var columns, squares []*term
	for i := range d.main {
		t := &d.main[i]
		if t.left {
			continue
		}
		columns = append(columns, t)
		if square := (term{values: make([]float64, d.n)}); manyValued(t.values) {
			floats.MulTo(square.values, t.values, t.values)
			if d.standardise(square.values) {
				squares = append(squares, &square)
			}
		}
	}
	d.balanced = len(columns)
	if min(d.untreated, d.n-d.untreated) >= personsPerColumn*(len(columns)+len(squares)) {
		columns = append(columns, squares...)
	}
	d.p = 1 + len(columns)
	d.x = make([]float64, d.n*d.p)
	for i := range d.n {
		row := d.row(i)
		row[0] = 1
		for j, t := range columns {
			row[1+j] = t.values[i]
		}
	}
}

// manyValued tells whether there are more than two different values.
func manyValued(values []float64) bool {
	a := values[0]
	b := slices.IndexFunc(values, func(v float64) bool { return v != a })
	return b >= 0 && slices.ContainsFunc(values[b:], func(v float64) bool { return v != a && v != values[b] })
}

func (d *design) row(i int) []float64 { return d.x[i*d.p : (i+1)*d.p : (i+1)*d.p] }
