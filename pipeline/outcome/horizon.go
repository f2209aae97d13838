package outcome

import (
	"math"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// horizon is a time after leaving.
type horizon uint8

const (
	onLeaving horizon = iota
	after6
	after12
	after24
	secondQuarter
	fourthQuarter
	anyTime
)

func (h horizon) String() string {
	return [...]string{"leaving", "6m", "12m", "24m", "q2", "q4", "any"}[h]
}

// fourWeeks is how long after the end a person is on leaving, in the European Social Fund.
const fourWeeks = 28

const daysOfMonth = 365.25 / 12

// horizonMonths are the horizons counted in months, and how far from them an observation may lie.
var horizonMonths = [...]struct{ at, within float64 }{after6: {6, 1}, after12: {12, 2}, after24: {24, 3}}

// mature tells whether a horizon after leaving lies before the release: only then is a person
// in a denominator.
func (h horizon) mature(exit, release model.Date) bool {
	switch h {
	case onLeaving, anyTime:
		return exit+fourWeeks < release
	case secondQuarter:
		return quarterOf(exit).AddMonths(3*3) <= release
	case fourthQuarter:
		return quarterOf(exit).AddMonths(5*3) <= release
	}
	return later(exit, int(horizonMonths[h].at)) < release
}

// later returns the day so many months later, the last of its month where that is shorter.
func later(d model.Date, n int) model.Date {
	return min(d.AddMonths(n)+(d-d.Month()), d.AddMonths(n).MonthEnd())
}

// distance tells how far an observation lies from a horizon after the end of a spell, and
// whether it lies near enough to count. On leaving, and in a quarter, the later is nearer.
func (h horizon) distance(s *spell, o *observation) (d float64, within bool) {
	if o.on == 0 && o.name < 0 && !s.last {
		return 0, false // months after the last leaving
	}
	days := float64(o.on - s.exit)
	if o.on == 0 {
		days = float64(o.months) * daysOfMonth
	}
	switch h {
	case onLeaving:
		if o.months >= 0 && (o.name >= 0 || s.last) {
			return fourWeeks - min(max(days, 0), fourWeeks), o.months == 0
		}
		return fourWeeks - days, 0 <= days && days <= fourWeeks
	case secondQuarter, fourthQuarter:
		on := o.on
		if on == 0 {
			on = later(s.exit, int(o.months))
		}
		want := map[horizon]int{secondQuarter: 2, fourthQuarter: 4}[h]
		return float64(math.MaxInt32 - on), quarterOf(s.exit).AddMonths(3*want) == quarterOf(on)
	case anyTime:
		return 0, true
	}
	after := days / daysOfMonth
	if o.months >= 0 && (o.name >= 0 || s.last) {
		after = float64(o.months)
	}
	d = math.Abs(after - horizonMonths[h].at)
	return d, d <= horizonMonths[h].within
}

// trainsFor tells whether an occupation is one for which a credential trains.
func (l *Learners) trainsFor(credential, work int32) reply {
	id := l.offers[credential].id
	if id == "" {
		return unsaid
	}
	isco, uri, _ := strings.Cut(l.work.Categories[work], "\n")
	related, told := l.basis.Related(id, isco, uri)
	switch {
	case !told:
		return unsaid
	case related:
		return isYes
	}
	return isNo
}
