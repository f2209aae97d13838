package pipeline

import (
	"fmt"
	"maps"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/outcome"
)

// publication puts tables of learners into the form in which they are protected: all of
// them at once, so that what one withholds no other one tells.
func publication(name string, tables []*outcome.Table) (*disclosure.Publication, error) {
	p := &disclosure.Publication{Name: name}
	dimensions := map[string]int{}
	for _, t := range tables {
		to := disclosure.Table{Name: t.Name, Measure: t.Measure, Overlapping: t.Overlapping, Magnitude: t.Magnitude, Signed: t.Signed}
		for _, d := range t.Dimensions {
			to.Dimensions = append(to.Dimensions, d.Name)
			at, known := dimensions[d.Name]
			if !known {
				dimensions[d.Name] = len(p.Dimensions)
				p.Dimensions = append(p.Dimensions, disclosure.Dimension{Name: d.Name, Parent: d.Parents(), Attribute: d.Attribute})
			} else if !maps.Equal(p.Dimensions[at].Parent, d.Parents()) {
				return nil, fmt.Errorf("table %s: dimension %s has other categories than in tables before", t.Name, d.Name)
			}
		}
		to.Cells = make([]disclosure.Cell, len(t.Cells))
		for i := range t.Cells {
			c := &t.Cells[i]
			to.Cells[i] = disclosure.Cell{At: t.Names(c.At), Value: c.Value, Persons: c.Persons, Largest: c.Largest}
		}
		p.Tables = append(p.Tables, to)
	}
	return p, nil
}

// figuresOf returns what a publication shows.
func figuresOf(r *disclosure.Result) *outcome.Figures {
	f := &outcome.Figures{}
	p := r.Published()
	for i := range p.Tables {
		for k := range p.Tables[i].Cells {
			c := &p.Tables[i].Cells[k]
			f.Take(p.Tables[i].Name, c.At, c.Value, c.Withheld)
		}
	}
	return f
}
