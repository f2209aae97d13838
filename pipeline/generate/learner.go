package generate

import (
	"math/rand/v2"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// person is a learner or somebody to compare learners with, on the day on which
// a participation starts or would have started.
type person struct {
	number    int
	born      model.Date
	age       int // in years
	gender    string
	education int // index into educations
	work      int // index into works
	region    *region
	job       *job // held now or last
	nace      string
	groups    map[string]bool // the yes-or-no groups of the person, those not stated left out
	band      string          // of income

	// Pay a month in the last year of work, and in the year before it; 0 is not
	// stated in the feeds, though pay and payEarlier are known here.
	pay, payEarlier float64
	statesPay       bool
	statesEducation bool
}

// The categories of the feeds, in our words.
var (
	ageBands   = []string{"0-17", "18-29", "30-54", "55+"}
	genders    = []string{"female", "male", "other"}
	educations = []string{"0-2", "3-4", "5-8"}
	works      = []string{employed, "unemployed", "long_term_unemployed", "inactive"}
)

const employed = "employed"

// youngest and eldest are the ages at the ends of each band.
var (
	youngest = []int{16, 18, 30, 55}
	eldest   = []int{17, 29, 54, 66}
)

// groupShares are the yes-or-no groups, each with its share and the share of
// persons who say nothing of it.
var groupShares = []struct {
	name          string
	share, unsaid float64
}{
	{"disability", 0.09, 0.06}, {"third_country", 0.07, 0.03}, {"foreign_background", 0.16, 0.08}, {"minority", 0.04, 0.2},
	{"homeless", 0.015, 0.15}, {"rural", 0.28, 0.02}, {"minimum_income", 0.06, 0.05},
}

// profile says who takes a programme, or stands in the comparison table.
type profile struct {
	ages      []float64 // shares of ageBands
	women     float64
	education []float64 // shares of educations
	work      []float64 // shares of works
	pay       float64   // above that of others alike, in euro a month
	ownSector float64   // share of those in work who work in the provider's sector
}

// The profiles. Of everybody who enrols 7.5 % are 55 or older, a quarter of
// their share of the population: see referenceShares.
var (
	usualProfile = profile{
		ages: []float64{0.01, 0.42, 0.495, 0.075}, women: 0.53, education: []float64{0.2, 0.47, 0.33},
		work: []float64{0.62, 0.2, 0.1, 0.08}, ownSector: 0.3,
	}
	// comparisonProfile lies between those of the programmes with and without an
	// effect, so that each can be compared with it.
	comparisonProfile = profile{
		ages: []float64{0.01, 0.3, 0.5, 0.19}, women: 0.5, education: []float64{0.28, 0.47, 0.25},
		work: []float64{0.55, 0.22, 0.13, 0.1}, ownSector: 0.1,
	}
	// effectProfile starts worse off: what the programme gives, they lacked.
	effectProfile = profile{
		ages: []float64{0.01, 0.46, 0.455, 0.075}, women: 0.56, education: []float64{0.4, 0.46, 0.14},
		work: []float64{0.3, 0.35, 0.23, 0.12}, pay: -80, ownSector: 0.3,
	}
	// noEffectProfile starts better off, which looks like an effect.
	noEffectProfile = profile{
		ages: []float64{0.005, 0.34, 0.58, 0.075}, women: 0.44, education: []float64{0.1, 0.4, 0.5},
		work: []float64{0.8, 0.13, 0.04, 0.03}, pay: 60, ownSector: 0.3,
	}
	claimProfile = profile{
		ages: []float64{0.01, 0.45, 0.465, 0.075}, women: 0.62, education: []float64{0.27, 0.51, 0.22},
		work: []float64{0.58, 0.23, 0.12, 0.07}, ownSector: 0.2,
	}
	insiderProfile = profile{
		ages: []float64{0, 0.35, 0.575, 0.075}, women: 0.35, education: []float64{0.1, 0.55, 0.35},
		work: []float64{0.95, 0.03, 0.01, 0.01}, pay: 80, ownSector: 0.96,
	}
)

// shares draws places of a list by their shares.
func shares(r *rand.Rand, of []float64) int {
	var w weights
	for _, share := range of {
		w.add(share)
	}
	return w.draw(r)
}

// person draws somebody of a profile, on a day. A sector is that of the provider,
// "" for none; a home is where a local course is held, nil for online ones and
// comparison persons.
func (w *world) person(r *rand.Rand, number int, p *profile, on model.Date, sector string, home *region) person {
	q := person{number: number, region: home, groups: map[string]bool{}}
	band := shares(r, p.ages)
	q.age = youngest[band] + r.IntN(eldest[band]-youngest[band]+1)
	q.born = model.DateOf(on.Time().AddDate(-q.age, 0, -r.IntN(364)))
	q.gender = genders[1]
	switch n := r.Float64(); {
	case n < p.women:
		q.gender = genders[0]
	case n > 0.995:
		q.gender = genders[2]
	}
	q.education, q.work = shares(r, p.education), shares(r, p.work)
	if drawn := w.regionWeights.draw(r); home == nil || r.IntN(12) == 0 {
		q.region = &w.regions[drawn]
	}
	q.job = &w.jobs[w.jobWeights.draw(r)]
	q.nace = pick(r, w.clusters[q.job.cluster].nace)
	if own := r.Float64() < p.ownSector; own && sector != "" {
		q.nace = sector
	}
	for _, g := range groupShares {
		yes, said := r.Float64() < g.share, r.Float64() >= g.unsaid
		if said {
			q.groups[g.name] = yes
		}
	}
	q.drawPay(r, band, p.pay)
	return q
}

// drawPay makes pay up of education, age, gender and work, and of what is the
// person's own. Two years of it differ by chance alone: neither of them alone
// tells all.
func (q *person) drawPay(r *rand.Rand, band int, more float64) {
	usual := 1480 + 230*float64(q.education) + []float64{-150, 0, 60, 90}[band] + []float64{0, -180, -280, -220}[q.work] + more
	if q.gender == genders[0] {
		usual -= 90
	}
	usual += 230 * r.NormFloat64()
	q.pay = max(600, usual+60*r.NormFloat64())
	q.payEarlier = max(600, usual/yearlyRise+60*r.NormFloat64())
	q.statesPay, q.statesEducation = r.IntN(30) > 0, r.IntN(40) > 0
	q.band = []string{"lowest third", "middle third", "highest third"}[min(2, int(q.pay/1700)+int(q.pay/2000))]
}

// yearlyRise is what pay grows by in a year, for everybody.
const yearlyRise = 1.02

// ageBand returns the index of the person's band.
func (q *person) ageBand() int {
	band := 0
	for i, from := range youngest {
		if q.age >= from {
			band = i
		}
	}
	return band
}
