package outcome

import (
	"cmp"
	"math"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// comparer makes samples.
type comparer struct {
	o     *Outcomes
	from  []int32           // where in the observations, ordered by person, those of a person begin
	first map[int32][]int32 // participations of each credential, -1 for all: a person's first
	left  map[int32][]int32 // spells of each credential, -1 for all
	size  []int64
	ranks [len(groups)][]int32
}

// comparedUnit is a credential, -1 for all.
type comparedUnit struct {
	kind, code string
	credential int32
}

func newComparer(o *Outcomes) *comparer {
	c := &comparer{o: o, from: make([]int32, len(o.l.persons)+1), first: map[int32][]int32{}, left: map[int32][]int32{}, size: make([]int64, len(o.l.offers))}
	for g := range groups {
		c.ranks[g] = rank(o.l.groups[g])
	}
	for i := range o.l.followed {
		c.from[o.l.followed[i].person+1]++
	}
	for person := range len(o.l.persons) {
		c.from[person+1] += c.from[person]
	}
	for i := range o.spells {
		credential := o.l.taken[o.spells[i].first].credential
		c.left[credential] = append(c.left[credential], int32(i))
	}
	c.left[whole] = everyRow(len(o.spells))
	type key struct{ person, credential int32 }
	first := map[key]int32{}
	note := func(k key, i int32) {
		if before, met := first[k]; !met || o.l.taken[i].started < o.l.taken[before].started {
			first[k] = i
		}
	}
	for i := range o.l.taken {
		t := &o.l.taken[i]
		c.size[t.credential]++
		note(key{t.person, t.credential}, int32(i))
		note(key{t.person, whole}, int32(i))
	}
	for k, i := range first {
		c.first[k.credential] = append(c.first[k.credential], i)
	}
	return c
}

// units lists all and the greatest credentials.
func (c *comparer) units() []comparedUnit {
	units := []comparedUnit{{unitAll, model.Total, whole}}
	for i, n := range c.size {
		if n >= 2*MinPersons {
			units = append(units, comparedUnit{unitCredential, c.o.offer.name(int32(i)), int32(i)})
		}
	}
	slices.SortFunc(units[1:], func(a, b comparedUnit) int {
		return cmp.Or(cmp.Compare(c.size[b.credential], c.size[a.credential]), cmp.Compare(a.code, b.code))
	})
	return units[:min(len(units), mostComparedUnits+1)]
}

// sinceStart are horizons after the (would-be) start, and how far from them an observation may
// lie: follow-ups are planned from the day of leaving.
var sinceStart = [...]struct{ at, within float64 }{after6: {6, 3}, after12: {12, 3}, after24: {24, 6}}

// outcomeSince returns what is known of a person at a horizon after a start: of observations the
// nearest; NaN where none tells it. Months after leaving are counted from the day of leaving.
func (c *comparer) outcomeSince(person int32, start, left model.Date, names []int32, h horizon, income bool) float64 {
	best, value := math.Inf(1), math.NaN()
	of := c.o.l.followed[c.from[person]:c.from[person+1]]
	for i := range of {
		o := &of[i]
		if o.name >= 0 && names != nil && !slices.Contains(names, o.name) {
			continue
		}
		on := o.on
		if on == 0 {
			on = later(left, int(o.months))
		}
		v := c.value(o, income)
		d := math.Abs(float64(on-start)/daysOfMonth - sinceStart[h].at)
		if !math.IsNaN(v) && d <= sinceStart[h].within && d < best {
			best, value = d, v
		}
	}
	return value
}

// value is the status in employment of an observation, or its income.
func (c *comparer) value(o *observation, income bool) float64 {
	switch {
	case income && (o.income == noMoney || o.currency != c.o.l.incomeIn):
		return math.NaN()
	case income:
		return float64(o.income) / 100
	case o.status == stateNotKnown:
		return math.NaN()
	case o.status == stateEmployed:
		return 1
	}
	return 0
}
