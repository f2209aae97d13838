package prepare

import (
	"time"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// cells remembers what cells of tables about persons were read as: the same few hold
// for millions of rows. What it returns is shared by rows, which do not change it. It
// serves one row at a time.
type cells struct {
	keys        *learnerKeys
	words       map[cell]held[string]
	flags       map[cell]held[*bool]
	dates       map[cell]held[readDay]
	births      map[cell]held[calendarDay]
	amounts     map[cell]held[readAmount]
	monies      map[model.Money]*model.Money
	occupations map[cell]held[occupation]
	residences  map[cell]held[residence]
	yes, no     bool
	months      [maxMonths + 1]int32
}

// cell is a text with what decides, beside the options, how it is read.
type cell struct{ field, by, text string }

// held is how a cell was read; unread is the field that is noted for it.
type held[A any] struct {
	as     A
	unread string
}

type (
	readDay struct {
		day model.Date
		ok  bool
	}
	calendarDay struct {
		year  int
		month time.Month
		day   int
	}
	readAmount struct {
		value float64
		ok    bool
	}
	occupation struct{ isco08, uri, title string }
	residence  struct {
		code  string
		level int32
		name  string
	}
)

func newCells(secrets [][]byte) *cells {
	c := &cells{
		keys: newLearnerKeys(secrets), words: map[cell]held[string]{}, flags: map[cell]held[*bool]{}, dates: map[cell]held[readDay]{},
		births: map[cell]held[calendarDay]{}, amounts: map[cell]held[readAmount]{}, monies: map[model.Money]*model.Money{},
		occupations: map[cell]held[occupation]{}, residences: map[cell]held[residence]{}, yes: true,
	}
	for i := range c.months {
		c.months[i] = int32(i)
	}
	return c
}

// mostHeld bounds each kind of cells: what comes later is read each time.
const mostHeld = 1 << 15

// remember returns what a cell was read as, and reads it the first time. read notes no
// field but one, and breaks no rule.
func remember[A any](in map[cell]held[A], v *values, c cell, read func() A) A {
	if h, met := in[c]; met {
		if h.unread != "" {
			v.unread = append(v.unread, h.unread)
		}
		return h.as
	}
	before := len(v.unread)
	h := held[A]{as: read()}
	if len(v.unread) > before {
		h.unread = v.unread[before]
	}
	if len(in) < mostHeld {
		in[c] = h
	}
	return h.as
}

// ownWords is [ownWords], remembered.
func (v *values) ownWords(s string, most int) string {
	by := "line"
	if most == maxWords {
		by = "words"
	}
	return remember(v.cells.words, v, cell{"", by, s}, func() string { return ownWords(s, most) })
}

// money is [money], of which rows share the commonest amounts.
func (v *values) money(n float64) *model.Money {
	m := money(n)
	if shared, met := v.cells.monies[*m]; met {
		return shared
	}
	if len(v.cells.monies) < mostHeld {
		v.cells.monies[*m] = m
	}
	return m
}
