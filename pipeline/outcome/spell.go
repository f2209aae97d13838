package outcome

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// spell is the time of a person in a credential, of which nothing is left: a person
// who comes back counts once, with the first start and the last exit. The record of
// the European Social Fund is one for each participant and operation, which a
// credential is here.
type spell struct {
	first    int32 // participation with which it began: what the person was on entry
	last     bool  // no other one of the person ended later
	names    []int32
	exit     model.Date
	result   result
	awarded  model.Date // 0 where the credential is not awarded
	attained reply
	price    int64
	paidIn   int32
	quality  int64 // last opinion, in ten-thousandths; noMoney where none is given
	effect   int64
}

// spells returns those that ended before the release, ordered by person, credential.
func (l *Learners) spells() []spell {
	order := everyRow(len(l.taken))
	slices.SortStableFunc(order, func(i, j int32) int {
		a, b := &l.taken[i], &l.taken[j]
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.credential, b.credential), cmp.Compare(a.started, b.started))
	})
	var all []spell
	latest := map[int32]int{} // spell of each person that ended last
	for from := 0; from < len(order); {
		a, to := &l.taken[order[from]], from+1
		for to < len(order) && l.taken[order[to]].person == a.person && l.taken[order[to]].credential == a.credential {
			to++
		}
		if s, left := l.spell(order[from:to]); left {
			if before, met := latest[a.person]; !met || all[before].exit < s.exit {
				latest[a.person] = len(all)
			}
			all = append(all, s)
		}
		from = to
	}
	for _, i := range latest {
		all[i].last = true
	}
	return all
}

// spell joins the participations of a person in a credential, in order of their start. One
// that lasts, or whose end is not known, is no spell yet.
func (l *Learners) spell(parts []int32) (s spell, left bool) {
	s = spell{first: parts[0], quality: noMoney, effect: noMoney}
	s.price, s.paidIn = l.paid(parts)
	for _, i := range parts {
		t := &l.taken[i]
		end := cmp.Or(t.ended, t.certifiedOn)
		if end == 0 {
			return s, false
		}
		s.exit, s.result = max(s.exit, end), max(s.result, t.result)
		if !slices.Contains(s.names, t.name) {
			s.names = append(s.names, t.name)
		}
		if t.certifiedOn != 0 && (s.awarded == 0 || t.certifiedOn < s.awarded) {
			s.awarded = t.certifiedOn
		}
	}
	if s.attained = isNo; s.awarded != 0 {
		s.attained = isYes
	} else if slices.ContainsFunc(parts, func(i int32) bool { return l.taken[i].award == unsaid && l.taken[i].result != resultNot }) {
		s.attained = unsaid
	}
	return s, true
}

// paid returns what was paid for all of some participations together, noMoney where the price
// of one is not stated, or not in the currency of the others.
func (l *Learners) paid(parts []int32) (price int64, currency int32) {
	currency = l.taken[parts[0]].priceCurrency
	for _, i := range parts {
		t := &l.taken[i]
		if t.price == noMoney || t.priceCurrency != currency {
			return noMoney, currency
		}
		price += t.price
	}
	return price, currency
}

// seen is what is known of a person at a horizon after leaving.
type seen struct {
	status                                                      state
	search, training, qualified, improved, related, saidRelated reply
	major                                                       byte
	income                                                      int64
	currency                                                    int32
}

// at returns what observations, those of the person, tell of a spell at a horizon. Each
// field counts from the observation nearest to the horizon that states it; on leaving,
// and within a quarter, from the last.
func (l *Learners) at(s *spell, of []observation, h horizon) seen {
	out := seen{income: noMoney}
	type best struct{ status, search, training, improved, work, said, income float64 }
	none := best{-1, -1, -1, -1, -1, -1, -1}
	b := none
	nearer := func(have *float64, d float64) bool {
		if *have >= 0 && *have < d {
			return false
		}
		*have = d
		return true
	}
	work := int32(-1)
	for i := range of {
		o := &of[i]
		if o.name >= 0 && !slices.Contains(s.names, o.name) {
			continue
		}
		d, within := h.distance(s, o)
		if !within {
			continue
		}
		if o.status != stateNotKnown && nearer(&b.status, d) {
			out.status = o.status
			out.search = searching(o)
		} else if o.status == stateNotKnown && o.search != unsaid && nearer(&b.status, d) {
			out.status, out.search = stateNotKnown, o.search
		}
		if o.training != unsaid && nearer(&b.training, d) {
			out.training = o.training
		}
		out.qualified = max(out.qualified, o.qualified)
		if o.improved != unsaid && nearer(&b.improved, d) {
			out.improved = o.improved
		}
		if o.work >= 0 && nearer(&b.work, d) {
			work, out.major = o.work, o.major
		}
		if o.related != unsaid && nearer(&b.said, d) {
			out.saidRelated = o.related
		}
		if o.income != noMoney && nearer(&b.income, d) {
			out.income, out.currency = o.income, o.currency
		}
	}
	out.related, out.saidRelated = l.relatedWork(s, &out, work)
	return out
}

// searching tells whether who is not in employment seeks work; the unemployed do, by
// definition.
func searching(o *observation) reply {
	switch {
	case o.status == stateEmployed:
		return isNo // the last event counts: EECR04
	case o.search != unsaid:
		return o.search
	case o.status == stateUnemployed:
		return isYes
	}
	return unsaid
}

// relatedWork tells whether a person works in an occupation for which the credential
// trains, by its skills, and as the person says. Who does not work, does not.
func (l *Learners) relatedWork(s *spell, at *seen, work int32) (bySkills, said reply) {
	switch at.status {
	case stateNotKnown:
		return unsaid, unsaid
	case stateEmployed:
	default:
		return isNo, isNo
	}
	if work < 0 {
		return unsaid, at.saidRelated
	}
	key := [2]int32{l.taken[s.first].credential, work}
	bySkills, asked := l.related[key]
	if !asked {
		bySkills = l.trainsFor(key[0], work)
		l.related[key] = bySkills
	}
	return bySkills, at.saidRelated
}
