package pipeline

import (
	"fmt"
	"maps"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
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
				p.Dimensions = append(p.Dimensions, disclosure.Dimension{Name: d.Name, Parent: d.Parents(), Attribute: d.Attribute, NotStated: d.NotStated()})
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
	f.LeaveOut(r.LeftOut)
	p := r.Published()
	for i := range p.Tables {
		for k := range p.Tables[i].Cells {
			c := &p.Tables[i].Cells[k]
			f.Take(p.Tables[i].Name, c.At, c.Value, c.Withheld)
		}
	}
	return f
}

// releases puts the cells of earlier releases into the form in which they are compared
// with, oldest first.
func releases(held []model.HeldCell) []disclosure.Release {
	var all []disclosure.Release
	for i := range held { // in order of release and key
		h := &held[i]
		if name := h.Release.String(); len(all) == 0 || all[len(all)-1].Name != name {
			all = append(all, disclosure.Release{Name: name})
		}
		last := &all[len(all)-1]
		last.Cells = append(last.Cells, disclosure.Held{Key: h.Key, Value: h.Value, Persons: h.Persons, Shown: h.Shown})
	}
	return all
}

// heldOf returns the cells of a publication for later releases.
func heldOf(r *disclosure.Result, release model.Date) []model.HeldCell {
	cells := r.Release().Cells
	rows := make([]model.HeldCell, len(cells))
	for i, c := range cells {
		rows[i] = model.HeldCell{Release: release, Key: c.Key, Value: c.Value, Persons: c.Persons, Shown: c.Shown}
	}
	return rows
}

// heldBut returns the cells of other releases: one that is made again takes the place of
// what it was.
func heldBut(held []model.HeldCell, release model.Date) []model.HeldCell {
	return slices.DeleteFunc(slices.Clone(held), func(h model.HeldCell) bool { return h.Release == release })
}
