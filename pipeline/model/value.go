package model

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted from 1970-01-01 (day 0), without time zone.
// The zero Date means "not known": no feed of the labour market reaches back
// to that day.
type Date int32

// DateOf returns the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return NewDate(y, m, d)
}

// NewDate returns the day y-m-d, normalised as [time.Date] does.
func NewDate(y int, m time.Month, d int) Date {
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDate reads an ISO 8601 calendar day, as in 2020-11-30.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("parse date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Month returns the first day of the month of d.
func (d Date) Month() Date {
	y, m, _ := d.Time().Date()
	return NewDate(y, m, 1)
}

// AddMonths returns the first day of the month n months after that of d.
func (d Date) AddMonths(n int) Date {
	y, m, _ := d.Time().Date()
	return NewDate(y, m+time.Month(n), 1)
}

// MonthEnd returns the last day of the month of d.
func (d Date) MonthEnd() Date { return d.AddMonths(1) - 1 }

// String returns YYYY-MM-DD, or "" for the unknown date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Score is a number from 0 to 1 in ten-thousandths, stored as DECIMAL(5,4), so
// that sums of scores are exact in any order.
type Score int32

// ScoreOf rounds p to the nearest ten-thousandth, limited to 0..1.
func ScoreOf(p float64) Score {
	switch {
	case !(p > 0): // also NaN
		return 0
	case p >= 1:
		return 10000
	}
	return Score(p*10000 + 0.5)
}

// Float returns the score as a number from 0 to 1.
func (s Score) Float() float64 { return float64(s) / 10000 }

// Money is an amount in hundredths of its currency, stored as DECIMAL(18,2).
type Money int64

// Zone says who may read a dataset.
type Zone string

// The three zones of a warehouse.
const (
	Public     Zone = "public"     // anyone: views, query, serve, export, reports
	Restricted Zone = "restricted" // learner rows: only with the operator's consent
	Internal   Zone = "internal"   // texts and rejected records: likewise
)
