package recommend

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// instance is a catalogue, a target and a request drawn at random.
type instance struct {
	offers  []Offer
	links   []Link
	target  Target
	request Request
}

const asOf = model.Date(20000)

// draw makes an instance with n offers. Amounts are round, so that equal ones and
// limits that are met exactly occur; one offer in six leaves something unsaid.
func draw(random *rand.Rand, n int) *instance {
	in := &instance{request: Request{AsOf: asOf, AnyEntry: true}}
	skills := 4 + random.IntN(9)
	for s := range skills {
		if weight := random.IntN(20); weight > 0 {
			in.target.Wants = append(in.target.Wants, Want{Skill: int32(s), Weight: float64(weight) / 20})
		}
	}
	for i := range n {
		o := Offer{ID: fmt.Sprintf("c%02d", i), Title: fmt.Sprint("Course ", i), Currency: "EUR", CreditScheme: "ECTS", EQF: 4}
		if stated(random) {
			o.Price = pointer(model.Money(random.IntN(20) * 5000))
		}
		if stated(random) {
			o.Hours = pointer(float64(4 + 4*random.IntN(20)))
		}
		if stated(random) {
			o.Weeks = pointer(float64(1 + random.IntN(12)))
		}
		if random.IntN(2) == 0 {
			o.drawDates(random)
		}
		for s := range skills {
			if random.IntN(3) == 0 {
				o.Teaches = append(o.Teaches, Credit{Skill: int32(s), P: float64(1+random.IntN(10)) / 10})
			}
		}
		in.offers = append(in.offers, o)
	}
	for range random.IntN(4) {
		in.links = append(in.links, Link{in.any(random), in.any(random), []string{PartOf, Prerequisite, LeadsTo, Equivalent}[random.IntN(4)]})
	}
	in.request.Limits = drawLimits(random)
	if random.IntN(3) == 0 {
		in.request.Finish = asOf + model.Date(7*random.IntN(30))
	}
	return in
}

// drawDates gives an offer its first day, its last day or both: those of a course that is
// held once, or of one that may begin on many days.
func (o *Offer) drawDates(random *rand.Rand) {
	first := asOf + model.Date(7*(random.IntN(12)-1))
	length := model.Date(7 * (1 + random.IntN(12)))
	if o.Weeks != nil && random.IntN(3) > 0 {
		length = model.Date(7 * *o.Weeks)
	}
	if stated(random) {
		o.StartsOn = first
	}
	if stated(random) {
		o.EndsOn = first + length
	}
}

func (in *instance) any(random *rand.Rand) string {
	return in.offers[random.IntN(len(in.offers))].ID
}

func stated(random *rand.Rand) bool { return random.IntN(6) > 0 }

func drawLimits(random *rand.Rand) Limits {
	l := Limits{Credentials: 1 + random.IntN(6)}
	if random.IntN(2) == 0 {
		l.Money, l.Currency = pointer(model.Money(random.IntN(60)*5000)), "EUR"
	}
	if random.IntN(2) == 0 {
		l.Hours = pointer(float64(random.IntN(50) * 4))
	}
	if random.IntN(3) == 0 {
		l.Weeks = pointer(float64(random.IntN(30)))
	}
	if random.IntN(4) == 0 {
		l.HoursPerWeek = pointer(float64(1 + random.IntN(20)))
	}
	return l
}

func pointer[T any](v T) *T { return &v }

func (in *instance) problem(t interface{ Fatal(...any) }) *problem {
	return in.pool(t).problem(in.target)
}

func (in *instance) pool(t interface{ Fatal(...any) }) *Pool {
	c, err := NewCatalogue(in.offers, in.links, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Pool(in.request)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// optimum tries every subset, by definitions written down anew: the slow way.
func (in *instance) optimum() (best float64, chosen []int) {
	n := len(in.offers)
	for set := range 1 << n {
		var members []int
		for i := range n {
			if set>>i&1 == 1 {
				members = append(members, i)
			}
		}
		if in.allowed(members) {
			if g := in.gain(members); g > best {
				best, chosen = g, members
			}
		}
	}
	return best, chosen
}

func (in *instance) gain(members []int) float64 {
	groups := in.groups()
	total := 0.0
	for _, w := range in.target.Wants {
		greatest := map[int]float64{}
		for _, i := range members {
			o := &in.offers[i]
			all, p, wanted := 0.0, 0.0, 0
			for _, t := range o.Teaches {
				all += t.P
				if slices.ContainsFunc(in.target.Wants, func(w Want) bool { return w.Skill == t.Skill }) {
					wanted++
				}
				if t.Skill == w.Skill && t.P >= 0.5 {
					p = t.P
				}
			}
			if 2*wanted < len(o.Teaches) {
				p = 0
			}
			allowed := 2.0
			if o.Hours != nil {
				allowed = *o.Hours / 5
			}
			if allowed < 0.1*all {
				p = 0
			}
			greatest[groups[i]] = max(greatest[groups[i]], p*min(1, allowed/max(all, 1e-300)))
		}
		open := 1.0
		for i := range in.offers {
			open *= 1 - greatest[i]
		}
		total += w.Weight * (1 - open)
	}
	return total
}

// groups numbers the groups of shared content by spreading the smallest number.
func (in *instance) groups() []int {
	groups := make([]int, len(in.offers))
	for i := range groups {
		groups[i] = i
	}
	for range in.offers {
		for _, l := range in.links {
			if l.Kind == PartOf || l.Kind == Equivalent {
				from, to := in.index(l.From), in.index(l.To)
				low := min(groups[from], groups[to])
				groups[from], groups[to] = low, low
			}
		}
	}
	return groups
}

func (in *instance) index(id string) int {
	return slices.IndexFunc(in.offers, func(o Offer) bool { return o.ID == id })
}

func (in *instance) allowed(members []int) bool {
	l := in.request.Limits
	price, length := model.Money(0), 0.0
	for _, i := range members {
		o := &in.offers[i]
		switch {
		case l.Money != nil && o.Price == nil, l.Hours != nil && o.Hours == nil, l.Weeks != nil && o.Weeks == nil:
			return false
		case l.HoursPerWeek != nil && (o.Hours == nil || o.Weeks == nil || *o.Hours / *o.Weeks > *l.HoursPerWeek):
			return false
		}
		if o.Price != nil {
			price += *o.Price
		}
		if o.Weeks != nil {
			length += *o.Weeks
		}
		for _, k := range in.links {
			if k.Kind == Prerequisite && k.From != k.To && k.To == o.ID && !slices.Contains(members, in.index(k.From)) {
				return false
			}
		}
	}
	return len(members) <= l.Credentials && (l.Money == nil || price <= *l.Money) &&
		(l.Hours == nil || in.hours(members) <= *l.Hours) && (l.Weeks == nil || length <= *l.Weeks) && in.inTime(members, length)
}

// inTime tries to lay the members on days: each on the first on which it may begin and
// what it needs is over.
func (in *instance) inTime(members []int, length float64) bool {
	finish := in.request.Finish
	if finish != 0 && 7*length > float64(finish-asOf) {
		return false
	}
	begins := map[int]float64{}
	for range members { // each turn settles those whose needs are settled
		for _, i := range members {
			begins[i] = float64(max(in.offers[i].StartsOn, asOf))
			for n := range in.needs(i) {
				if n != i && !in.needs(n)[i] {
					begins[i] = max(begins[i], in.offers[n].over(begins[n]))
				}
			}
		}
	}
	for _, i := range members {
		o := &in.offers[i]
		once, ongoing := o.held()
		switch {
		case o.EndsOn != 0 && o.EndsOn < asOf, once && o.StartsOn < asOf:
			return false
		case o.StartsOn >= asOf && !ongoing && begins[i] > float64(o.StartsOn), o.EndsOn != 0 && begins[i] > float64(o.EndsOn):
			return false
		case finish == 0:
		case o.Weeks == nil, once && o.EndsOn > finish, !once && begins[i]+7**o.Weeks > float64(finish):
			return false
		}
	}
	return true
}

// held tells of an offer with both dates and its weeks whether it is held once or may
// begin on more days.
func (o *Offer) held() (once, ongoing bool) {
	if o.StartsOn == 0 || o.EndsOn == 0 || o.Weeks == nil {
		return false, false
	}
	once = float64(o.EndsOn-o.StartsOn) <= 7**o.Weeks
	return once, !once
}

// over is the first day on which what needs an offer may begin.
func (o *Offer) over(begins float64) float64 {
	once, _ := o.held()
	switch {
	case o.EndsOn != 0 && (once || o.Weeks == nil):
		return float64(o.EndsOn) + 1
	case o.Weeks != nil:
		return begins + 7**o.Weeks
	}
	return begins
}

// needs lists all that an offer needs, directly or not.
func (in *instance) needs(i int) map[int]bool {
	needs := map[int]bool{}
	for range in.offers {
		for _, l := range in.links {
			if to := in.index(l.To); l.Kind == Prerequisite && l.From != l.To && (to == i || needs[to]) {
				needs[in.index(l.From)] = true
			}
		}
	}
	return needs
}

// hours adds up what the members take, the hours of a part of two of them once.
func (in *instance) hours(members []int) float64 {
	counted := map[string]float64{}
	for _, i := range members {
		for part, h := range in.split(i) {
			counted[part] = h
		}
	}
	total := 0.0
	for _, h := range counted {
		total += h
	}
	return total
}

// split gives the hours of an offer by part; what is in no part is its own.
func (in *instance) split(i int) map[string]float64 {
	o := &in.offers[i]
	if o.Hours == nil {
		return nil
	}
	rest, by := *o.Hours, map[string]float64{}
	for _, part := range in.parts(o.ID) {
		h := in.offers[in.index(part)].Hours
		if h == nil || len(in.parts(part)) > 0 {
			return map[string]float64{o.ID: *o.Hours}
		}
		by[part] = *h
		rest -= *h
	}
	if rest < 0 || len(by) == 0 {
		return map[string]float64{o.ID: *o.Hours}
	}
	by["rest of "+o.ID] = rest
	return by
}

func (in *instance) parts(id string) []string {
	var parts []string
	for _, l := range in.links {
		if l.Kind == PartOf && l.To == id && l.From != id && !slices.Contains(parts, l.From) {
			parts = append(parts, l.From)
		}
	}
	return parts
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9 }
