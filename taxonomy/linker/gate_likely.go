package linker

import "math"

// Weights of the cues in the logistic function of likelihood. They were set by
// hand. A fit on synthetic vacancy sentences with and without skills, which know
// no headings and few applications, gave the size of those for asking, address,
// demand, employer and benefits; the others were set by reading real vacancies.
const (
	likelyBias        = -0.6
	likelyAsking      = 1.2  // a word such as experience
	likelyAddress     = 0.9  // you, the candidate
	likelyDemand      = 0.9  // a phrase such as "you will be responsible"
	likelyFirm        = 0.8  // essential, desirable
	likelyDuty        = 1.6  // it begins with a verb of duties
	likelyEmployerWe  = -0.8 // it begins with we and does not turn to the worker
	likelyEmployer    = -1.8
	likelyBenefits    = -2.6
	likelyApplication = -2.6
	likelyOffers      = -0.8
	likelyHeading     = -1.5
	likelyTerse       = -0.3 // one or two words
)

// likelyBelow is the weight of the heading above, by what that is about.
var likelyBelow = [...]float64{aboutDemand: 1.4, aboutEmployer: -0.8, aboutBenefits: -1.5, aboutApplication: -1.2}

// likelihood is the probability, by a logistic function of a few cues, that a
// sentence of so many words asks for a skill at all.
func likelihood(c *surroundings, length int) float32 {
	z := likelyBias + likelyBelow[c.section]
	for _, f := range [...]struct {
		holds  bool
		weight float64
	}{
		{c.classes&asking != 0, likelyAsking},
		{c.classes&address != 0, likelyAddress},
		{c.cues&cueDemand != 0, likelyDemand},
		{c.firm(), likelyFirm},
		{c.head&duty != 0, likelyDuty},
		{c.head&employer != 0 && !c.turns(), likelyEmployerWe},
		{c.cues&cueEmployer != 0, likelyEmployer},
		{c.cues&cueBenefits != 0, likelyBenefits},
		{c.cues&cueApplication != 0, likelyApplication},
		{c.cues&(cueOffers|cueOffersNext) != 0, likelyOffers},
		{c.heading, likelyHeading},
		{length <= 2, likelyTerse},
	} {
		if f.holds {
			z += f.weight
		}
	}
	return float32(1 / (1 + math.Exp(-z)))
}
