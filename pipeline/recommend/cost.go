package recommend

import (
	"math"
	"slices"
)

// The budgets that add up over a bundle.
const (
	money = iota
	hours
	weeks
	budgets
)

// amounts is what a candidate costs; NaN where that is not stated.
type amounts struct{ price, hours, weeks, weekly float64 }

// FullTime is the hours per week that nobody who keeps his own pace is taken to exceed.
const FullTime = 40.0

// orNaN returns the amount, NaN where it is not known.
func orNaN(amount float64, known bool) float64 {
	if !known {
		return math.NaN()
	}
	return amount
}

// orZero is the reverse.
func orZero(amount float64) float64 {
	if math.IsNaN(amount) {
		return 0
	}
	return amount
}

// price fills in what the candidates cost, and which of them are beyond a limit.
func (b *problem) price() {
	pace := FullTime
	if h := b.pool.request.HoursPerWeek; h != nil {
		pace = min(pace, *h)
	}
	shared := map[int32]int{} // by part: the candidates that hold its hours
	for k := range b.candidates {
		c := &b.candidates[k]
		o := &b.pool.catalogue.offers[c.offer]
		c.amounts = amounts{math.NaN(), math.NaN(), orNaN(o.weeks(pace)), orNaN(o.weekly())}
		c.atFullTime = orNaN(o.weeks(FullTime))
		if o.Price != nil {
			c.price = float64(*o.Price) / 100
		}
		if o.Hours != nil {
			c.hours = *o.Hours
			c.units, c.rest = b.units(c.offer)
		}
		for _, u := range c.units {
			shared[u.part]++
		}
	}
	b.schedule()
	own := make([]Why, len(b.candidates))
	for k := range b.candidates {
		c := &b.candidates[k]
		c.least = [budgets]float64{orZero(c.price), c.rest, orZero(c.weeks)}
		for i := range c.units {
			u := &c.units[i]
			u.least = u.hours / float64(shared[u.part])
			c.least[hours] += u.least
		}
		c.beyond = b.misfit(c)
		own[k] = c.beyond
	}
	for k := range b.candidates {
		c := &b.candidates[k]
		switch {
		case c.beyond != "":
		case len(c.closure) > b.pool.request.Credentials:
			c.beyond = WhyTooManyNeeds
		case len(c.closure) > 1 && (slices.ContainsFunc(c.closure, func(n int32) bool { return own[n] != "" }) || !b.empty().fits(int32(k))):
			c.beyond = WhyNeedsUnfit
		}
	}
}

// units parts the hours of an offer into those of its declared parts and the rest. It
// is one unit of its own where a part does not state its hours or all are more than
// the whole, for then nobody can tell what is common.
func (b *problem) units(i int32) (units []unit, rest float64) {
	c := b.pool.catalogue
	whole := *c.offers[i].Hours
	rest = whole
	for _, part := range c.parts[i] {
		h := c.offers[part].Hours
		if h == nil || *h > rest || len(c.parts[part]) > 0 { // parts of parts are not looked into
			return []unit{{part: i, hours: whole}}, 0
		}
		units, rest = append(units, unit{part: part, hours: *h}), rest-*h
	}
	if len(units) == 0 {
		return []unit{{part: i, hours: whole}}, 0
	}
	return units, rest
}

// misfit returns why a candidate alone is beyond the limits, "" where it is not.
func (b *problem) misfit(c *candidate) Why {
	l := &b.pool.request.Limits
	o := &b.pool.catalogue.offers[c.offer]
	switch {
	case l.Money != nil && o.Price == nil:
		return WhyNoPrice
	case l.Money != nil && *o.Price > 0 && o.Currency != l.Currency:
		return WhyCurrency
	case l.Money != nil && *o.Price > *l.Money:
		return WhyPrice
	case l.Hours != nil && o.Hours == nil:
		return WhyNoHours
	case l.Hours != nil && *o.Hours > *l.Hours:
		return WhyHours
	}
	if l.HoursPerWeek != nil && !(c.weekly <= *l.HoursPerWeek) {
		if math.IsNaN(c.weekly) {
			return WhyNoPerWeek
		}
		return WhyPerWeek
	}
	if l.Weeks != nil {
		switch {
		case math.IsNaN(c.weeks):
			return WhyNoWeeks
		case c.weeks > *l.Weeks:
			return WhyWeeks
		}
	}
	return b.untimely(c)
}

// purse is what is left to spend; +Inf where there is no limit.
type purse struct {
	left  [budgets]float64
	count int
}

func (b *problem) purse() purse {
	l := &b.pool.request.Limits
	p := purse{[budgets]float64{math.Inf(1), math.Inf(1), math.Inf(1)}, l.Credentials}
	if l.Money != nil {
		p.left[money] = float64(*l.Money) / 100
	}
	if l.Hours != nil {
		p.left[hours] = *l.Hours
	}
	if l.Weeks != nil {
		p.left[weeks] = *l.Weeks
	}
	return p
}

// budgeted tells whether more is bounded than the number of credentials.
func (p *purse) budgeted() bool {
	return slices.ContainsFunc(p.left[:], limited)
}

// limited tells whether an amount is bounded.
func limited(left float64) bool { return !math.IsInf(left, 1) }

// slack lets sums of amounts that make up a limit exactly pass, whatever the order in
// which they are added.
const slack = 1e-9
