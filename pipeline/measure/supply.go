package measure

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
}

func (t *taught) count() int32 { return t.offers[local] + t.offers[online] }

func (t *taught) allPlaces() int64 { return t.places[local] + t.places[online] }

func (t *taught) share(b *supplyBase) float64 {
	if b.unit == unitPlaces {
		return Share(t.allPlaces(), b.amount)
	}
	return Share(int64(t.count()), b.amount)
}

// measure adds up those of the aligned offers that can be followed in the
// region and are open in the run's period.
func (s *supply) measure(r *run, aligned []int32, level int, region int32) {
	for _, i := range s.found {
		s.bySkill[i] = taught{}
	}
	*s = supply{bySkill: s.bySkill, found: s.found[:0]}
	unstated, places, squares := int32(0), int64(0), 0.0
	for _, i := range aligned {
		o := &r.offers[i]
		where := local
		if o.online {
			where = online
		}
		if where == local && o.regions[level] != region || !o.overlaps(r.first, r.last) {
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
		s.unit, s.amount, s.nEffective = unitPlaces, places, EffectiveSize(float64(places), squares)
	default:
		s.unit, s.amount, s.nEffective = unitCredentials, int64(s.offers), float64(s.offers)
	}
}

func (s *supply) add(o *offer, where int) {
	for _, i := range o.skills {
		t := &s.bySkill[i]
		if t.count() == 0 {
			s.found = append(s.found, i)
		}
		t.offers[where]++
		t.places[where] += int64(o.places)
		if o.places == 0 {
			t.unstated[where]++
		}
	}
}
