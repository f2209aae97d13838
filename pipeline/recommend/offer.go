package recommend

import (
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// SkillHours is the least number of hours that learning a skill is taken to need. The
// smallest units from which occupational profiles are widened (the satellite units of
// the METIS4SKILLS project) take 10 to 15 hours: such a unit is credited with two or
// three skills.
const SkillHours = 5.0

// UnstatedHours is what an offer that states no hours is credited as having: the
// shortest of these units, so two skills. It is no estimate of its hours, and never
// counts against a limit.
const UnstatedHours = 10.0

// HoursPerECTS turns ECTS into hours where hours are not stated: the lower end of the
// 25 to 30 hours of the ECTS Users' Guide (European Commission, 2015).
const HoursPerECTS = 25.0

// LeastCredit is the probability that an offer teaches a skill below which it is not
// credited with it: nobody can be sent to a course for what it more likely does not
// teach.
const LeastCredit = 0.5

// LeastScale is the factor for its hours below which an offer is credited with nothing:
// one that names more than ten times the skills that its hours allow for is a list of
// keywords.
const LeastScale = 0.1

// Levels is the number of region levels of an offer: country, NUTS 1 and NUTS 2.
const Levels = 3

// Offer is a credential on offer. Nil, zero and "" stand for what is not stated.
type Offer struct {
	ID      string
	Title   string
	Course  string         // what repeats of one course have in common, as provider and title; "" for none
	Regions [Levels]string // of delivery, by level, the country as ISO code
	Online  bool           // can be followed from anywhere

	Languages    []string // BCP 47
	Mode         string   // online, in_person, blended
	Schedule     string   // full_time, part_time, evening, weekend, self_paced
	EQF          int32    // 1 to 8
	CreditScheme string   // ECTS, ECVET, …
	Conformity   string   // as in column conformity
	Accredited   bool     // quality assurance is valid

	Price        *model.Money // full price to the learner; 0 is free
	Currency     string       // ISO 4217
	Hours        *float64     // learner effort
	Reckoned     bool         // Hours follow from ECTS
	HoursPerWeek *float64
	Weeks        *float64 // from the first to the last day

	StartsOn, EndsOn model.Date // first and last day of the offer
	Deadline         model.Date // last day for applications
	WithdrawnOn      model.Date

	ISCOs    []string // ISCO-08 groups stated
	Teaches  []Credit // each skill once, in ascending order
	Requires []int32  // skills asked for on entry
}

// Credit is a skill with a probability: that an offer teaches it.
type Credit struct {
	Skill   int32
	P       float64 // above 0 up to 1
	General bool    // as in [Want]
}

// Link is a relation that a catalogue declares between two offers, by their ids:
// From is part_of, prerequisite (of To), leads_to or equivalent to To.
type Link struct{ From, To, Kind string }

// The kinds of links.
const (
	PartOf       = "part_of"
	Prerequisite = "prerequisite"
	LeadsTo      = "leads_to"
	Equivalent   = "equivalent"
)

// SelfPaced is the schedule of an offer whose learner decides how many hours a week.
const SelfPaced = "self_paced"

// capacity is the number of skills that an offer's hours allow for.
func (o *Offer) capacity() float64 {
	if o.Hours == nil {
		return UnstatedHours / SkillHours
	}
	return *o.Hours / SkillHours
}

// Scale is the factor, at most 1, by which the hours of the offer cap the credits
// whose sum is given.
func (o *Offer) Scale(sum float64) float64 {
	if sum <= o.capacity() {
		return 1
	}
	return o.capacity() / sum
}

// weekly returns the hours per week of the offer; known is false where they are not.
// A learner who keeps his own pace needs none.
func (o *Offer) weekly() (hours float64, known bool) {
	switch {
	case o.HoursPerWeek != nil:
		return *o.HoursPerWeek, true
	case o.Hours != nil && o.Weeks != nil && *o.Weeks > 0:
		return *o.Hours / *o.Weeks, true
	}
	return 0, o.Schedule == SelfPaced
}

// weeks returns how long the offer takes; pace is the hours per week of a learner who
// keeps his own.
func (o *Offer) weeks(pace float64) (weeks float64, known bool) {
	switch {
	case o.Weeks != nil:
		return *o.Weeks, true
	case o.Hours != nil && o.HoursPerWeek != nil && *o.HoursPerWeek > 0:
		return *o.Hours / *o.HoursPerWeek, true
	case o.Hours != nil && o.Schedule == SelfPaced && pace > 0:
		return *o.Hours / pace, true
	}
	return 0, false
}
