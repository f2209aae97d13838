package outcome_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// drawLearners draws learners: so many participations in so many credentials, three follow-ups
// for each.
func drawLearners(n, credentials int, each func([]model.Enrolment), later func([]model.FollowUp)) {
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	word := func(p float64) string {
		if r.Float64() < 0.1 {
			return ""
		}
		if r.Float64() < p {
			return "yes"
		}
		return "no"
	}
	maybe := func(p float64) *bool {
		if r.Float64() < 0.1 {
			return nil
		}
		v := r.Float64() < p
		return &v
	}
	start := model.NewDate(2022, 1, 1)
	var rows []model.Enrolment
	var followed []model.FollowUp
	for i := range n {
		key := fmt.Sprintf("%016x%048x", r.IntN(max(n*9/10, 1)), 0)
		// A few credentials have most learners.
		c := int(math.Pow(r.Float64(), 3) * float64(credentials))
		region := []string{"AT11", "AT12", "AT13", "AT21", "AT22", "AT31", "AT32", "AT33", "AT34", ""}[r.IntN(10)]
		price := model.Money(10000 + 100*r.IntN(900))
		e := model.Enrolment{
			Source: "learners", Credential: fmt.Sprint("credential ", c), CredentialID: fmt.Sprint("c", c), Provider: fmt.Sprint("provider ", c%(credentials/10+1)),
			StartedOn: start + model.Date(r.IntN(1200)), Funding: pick("voucher", "employer", "none", "public"), PricePaid: &price, PriceCurrency: "EUR",
			Person: model.Person{
				LearnerKey: key, AgeBand: pick("0-17", "18-29", "18-29", "30-54", "30-54", "30-54", "55+", ""), Gender: pick("female", "male", "male", "female", "female", "male", ""),
				Education: pick("0-2", "3-4", "5-8", "3-4", ""), Employment: pick("employed", "employed", "employed", "unemployed", "long_term_unemployed", "inactive", ""),
				Disability: word(0.08), ThirdCountry: word(0.05), ForeignBackground: word(0.2), Minority: word(0.04), Homeless: word(0.01), Rural: word(0.3),
				MinimumIncome: word(0.1), IncomeBand: pick("0-20%", "20-40%", "40-60%", "60-80%", "80-100%", ""), RegionCode: region, RegionLevel: 2,
				NACE: pick("C", "J", "Q", ""), ISCO08: pick("2512", "5321", "9112", ""),
			},
			ProviderNACE: pick("P", "J"),
		}
		if region == "" {
			e.RegionLevel = -1
		}
		done := r.Float64() < 0.6
		e.EndedOn, e.Completed = e.StartedOn+model.Date(30+r.IntN(100)), &done
		award := done && r.Float64() < 0.8
		e.Certified = &award
		rows = append(rows, e)
		for k, m := range []int32{0, 6, 12} {
			if r.Float64() < 0.7 {
				months, income := m, model.Money(150000+100*r.IntN(2000))
				f := model.FollowUp{Source: "later", LearnerKey: key, Credential: e.Credential, MonthsAfter: &months, Employment: pick("employed", "employed", "unemployed", "inactive"), JobSearch: maybe(0.5), InTraining: maybe(0.2), Related: maybe(0.4)}
				if k > 0 && f.Employment == "employed" {
					f.Income, f.Currency = &income, "EUR"
				}
				followed = append(followed, f)
			}
		}
		if len(rows) == 10_000 || i == n-1 {
			each(rows)
			later(followed)
			rows, followed = rows[:0], followed[:0]
		}
	}
}
