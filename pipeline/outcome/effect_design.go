package outcome

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// term is one column of a design: a value for each person, centred on the
// mean of the treated, in pooled standard deviations.
type term struct {
	name   string
	values []float64
	many   bool // a numeric covariate with more than two values
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
		numeric(s.Measured.Name+", before", func(p *Person) float64 { return p.Before })
	}
	for k, name := range s.Categorical {
		d.categorical(name, persons, k)
	}
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
		if square := (term{values: make([]float64, d.n)}); t.many {
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

func (d *design) row(i int) []float64 { return d.x[i*d.p : (i+1)*d.p : (i+1)*d.p] }
