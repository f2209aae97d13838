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

// Names of levels that no data give.
const (
	unknownLevel = "unknown"
	rareLevels   = "rare"
)

// numeric adds a numeric covariate: its values, unknown ones at the mean of
// the known treated ones (0 when centred), and columns for unknown and, if it has
// more than two values, zero.
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
	many := manyValued(known(0, d.n))
	for i, v := range values {
		switch {
		case math.IsNaN(v):
			unknown[i], values[i] = 1, centre
		case v == 0:
			zero[i] = 1
		}
	}
	d.add(term{name: name, values: values, many: many})
	if many && d.often(zero) {
		d.add(term{name: name + " is 0", values: zero})
	}
	if d.often(unknown) {
		d.add(term{name: name + " " + unknownLevel, values: unknown})
	}
}

// manyValued tells whether there are more than two different values.
func manyValued(values []float64) bool {
	second := slices.IndexFunc(values, func(v float64) bool { return v != values[0] })
	return second >= 0 && slices.ContainsFunc(values[second:], func(v float64) bool { return v != values[0] && v != values[second] })
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
