package disclosure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// people is a made-up population: for each person a category of each dimension.
type people struct {
	sizes []int
	rows  [][]int
}

// draw makes up n persons with categories of unequal size.
func draw(r *rand.Rand, n int, sizes ...int) *people {
	p := &people{sizes: sizes}
	skew := make([]float64, len(sizes))
	for d := range skew {
		skew[d] = 0.5 + 2*r.Float64()
	}
	for range n {
		row := make([]int, len(sizes))
		for d, k := range sizes {
			row[d] = int(math.Pow(r.Float64(), skew[d]) * float64(k))
		}
		p.rows = append(p.rows, row)
	}
	return p
}

// table counts the people by some of their dimensions, with all totals.
func (p *people) table(dimensions ...int) disclosure.Table {
	t := disclosure.Table{Measure: "persons"}
	for _, d := range dimensions {
		t.Name += fmt.Sprint("d", d)
		t.Dimensions = append(t.Dimensions, fmt.Sprint("d", d))
	}
	all := 1
	for _, d := range dimensions {
		all *= p.sizes[d] + 1
	}
	counts := make([]int64, all)
	for _, row := range p.rows {
		for mask := range 1 << len(dimensions) {
			at := 0
			for n, d := range dimensions {
				at *= p.sizes[d] + 1
				if mask&(1<<n) != 0 {
					at += row[d] + 1
				}
			}
			counts[at]++
		}
	}
	for at, n := range counts {
		cell := make([]string, len(dimensions))
		for k := len(dimensions) - 1; k >= 0; k-- {
			size := p.sizes[dimensions[k]] + 1
			if c := at % size; c > 0 {
				cell[k] = strconv.Itoa(c)
			}
			at /= size
		}
		t.Cells = append(t.Cells, disclosure.Cell{At: cell, Value: n})
	}
	return t
}

// publication counts the people by one or several sets of dimensions.
func (p *people) publication(name string, tables ...[]int) *disclosure.Publication {
	out := &disclosure.Publication{Name: name}
	for d := range p.sizes {
		out.Dimensions = append(out.Dimensions, disclosure.Dimension{Name: fmt.Sprint("d", d)})
	}
	for _, t := range tables {
		out.Tables = append(out.Tables, p.table(t...))
	}
	return out
}
