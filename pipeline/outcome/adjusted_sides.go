package outcome

import (
	"cmp"
	"fmt"
)

// participants sets those of a unit against the comparison persons; nil where one side has
// nobody whose outcome is known.
func (c *comparer) participants(u comparedUnit, h horizon, income bool) *comparedSample {
	l := c.o.l
	s := c.sample(u, h, income, Participants, participantsComparison)
	for _, i := range c.first[u.credential] {
		t := &l.taken[i]
		names := []int32{t.name}
		if u.credential == whole {
			names = nil
		}
		if v := c.outcomeSince(t.person, t.started, cmp.Or(t.ended, t.started), names, h, income); later(t.started, int(horizonMonths[h].at)) < l.basis.Release {
			s.add(comparedPerson{true, v, &t.groups, t.entry()})
		}
	}
	for i := range l.untaken {
		t := &l.untaken[i]
		if v := c.outcomeSince(t.person, t.indexOn, t.indexOn, nil, h, income); later(t.indexOn, int(horizonMonths[h].at)) < l.basis.Release {
			s.add(comparedPerson{false, v, &t.groups, t.entry})
		}
	}
	return s.orNil()
}

// completers sets those of a unit who completed against those who did not, after leaving.
func (c *comparer) completers(u comparedUnit, h horizon, income bool) *comparedSample {
	l, o := c.o.l, c.o
	s := c.sample(u, h, income, Completers, completersOthers)
	last := map[int32]int32{} // spell of each person
	for _, i := range c.left[u.credential] {
		sp := &o.spells[i]
		t := &l.taken[sp.first]
		if sp.result == resultOpen || !h.mature(sp.exit, l.basis.Release) {
			continue
		}
		if before, met := last[t.person]; !met || o.spells[before].exit < sp.exit {
			last[t.person] = i
		}
	}
	for _, i := range last {
		sp := &o.spells[i]
		t := &l.taken[sp.first]
		at := &o.seen[h][i]
		v := c.value(&observation{status: at.status, income: at.income, currency: at.currency}, income)
		s.add(comparedPerson{sp.result >= resultCompleted, v, &t.groups, t.entry()})
	}
	return s.orNil()
}

func (c *comparer) sample(u comparedUnit, h horizon, income bool, contrast Contrast, comparison string) *comparedSample {
	s := &comparedSample{kind: u.kind, code: u.code, comparison: comparison, at: h, income: income, indicator: employed}
	since := "after leaving"
	if contrast == Participants {
		since = "after the start"
	}
	s.sample = Sample{Contrast: contrast, Measured: Measured{Name: fmt.Sprintf("employment %.0f months %s", horizonMonths[h].at, since), Share: true}}
	if income {
		s.indicator, s.currency = "income", c.o.l.currencyName(c.o.l.incomeIn)
		s.sample.Measured = Measured{Name: fmt.Sprintf("income %.0f months %s", horizonMonths[h].at, since), Unit: s.currency + " a month"}
		s.sample.Numeric = []string{"income in an earlier period"}
	} else {
		s.sample.Numeric = []string{"income before", "income in an earlier period"}
	}
	for g := range groups {
		s.sample.Categorical = append(s.sample.Categorical, groups[g].name)
	}
	s.sample.Categorical = append(s.sample.Categorical, "occupation before")
	return s
}

// orNil returns a sample both of whose sides have somebody.
func (s *comparedSample) orNil() *comparedSample {
	if s.counts[0] == [2]int64{} || s.counts[1] == [2]int64{} {
		return nil
	}
	return s
}
