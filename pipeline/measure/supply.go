package measure

import "github.com/skillsgap/skillsgap/pipeline/model"

// Offers are counted apart by where they can be followed.
const (
	local = iota
	online
)

// The two supply units, as in column supply_unit.
const (
	unitPlaces      = "places"
	unitCredentials = "credentials"
)

// supplyBase is what the supply shares of a cell refer to.
type supplyBase struct {
	offers     int32  // aligned, local or online, open in the period
	unit       string // "" without offers
	amount     int64  // all these offers, in unit
	nEffective float64
}

// supply adds up the aligned offers of a cell by skill.
type supply struct {
	bySkill []taught
	found   []int32 // skills taught, in order of appearance
	supplyBase
}

// taught is the supply of a skill in a cell.
type taught struct {
	places           [2]int64 // stated, local and online
	offers, unstated [2]int32 // of these, without stated places
	// Each offer x probability, and its places x probability, in ten-thousandths.
	offersWeighted, placesWeighted int64
}

func (t *taught) count() int32 { return t.offers[local] + t.offers[online] }

func (t *taught) share(b *supplyBase) float64 {
	if b.unit == unitPlaces {
		return Share(t.placesWeighted, b.amount*Certain)
	}
	return Share(t.offersWeighted, b.amount*Certain)
}

// measure adds up those of the aligned offers that can be followed in the
// region and are open in the period.
func (s *supply) measure(p *Period, aligned []int32, level int, region int32) {
	for _, i := range s.found {
		s.bySkill[i] = taught{}
	}
	*s = supply{bySkill: s.bySkill, found: s.found[:0]}
	unstated, places, squares := int32(0), int64(0), 0.0
	for _, i := range aligned {
		o := &p.offers[i]
		where := local
		if o.online {
			where = online
		}
		if where == local && o.regions[level] != region || !o.overlaps(p.first, p.last) {
			continue
		}
		s.offers++
		places += int64(o.places)
		squares += float64(o.places) * float64(o.places)
		if o.places == 0 {
			unstated++
		}
		s.add(o, where)
	}
	switch {
	case s.offers == 0:
	case unstated == 0:
		s.unit, s.amount, s.nEffective = unitPlaces, places, model.EffectiveSize(float64(places), squares)
	default:
		s.unit, s.amount, s.nEffective = unitCredentials, int64(s.offers), float64(s.offers)
	}
}

func (s *supply) add(o *offer, where int) {
	for _, a := range o.skills {
		t := &s.bySkill[a.Skill]
		if t.count() == 0 {
			s.found = append(s.found, a.Skill)
		}
		t.offers[where]++
		t.places[where] += int64(o.places)
		t.offersWeighted += int64(a.Probability)
		t.placesWeighted += int64(o.places) * int64(a.Probability)
		if o.places == 0 {
			t.unstated[where]++
		}
	}
}
