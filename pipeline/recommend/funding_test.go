package recommend

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// steps of a bundle: 400 euro and 40 hours accredited; 600 and 80 not accredited; free;
// 1,000 and 30 accredited.
func fundedSteps() []Step {
	return []Step{
		{Offer: &Offer{ID: "a", Price: pointer(model.Money(40000)), Currency: "EUR", Hours: pointer(40.0), Accredited: true}},
		{Offer: &Offer{ID: "b", Price: pointer(model.Money(60000)), Currency: "EUR", Hours: pointer(80.0)}},
		{Offer: &Offer{ID: "c", Price: pointer(model.Money(0)), Hours: pointer(10.0)}},
		{Offer: &Offer{ID: "d", Price: pointer(model.Money(100000)), Currency: "EUR", Hours: pointer(30.0), Accredited: true}},
	}
}

func TestFunds(t *testing.T) {
	for _, c := range []struct {
		name      string
		fund      Fund
		person    Person
		paid, own model.Money
		refused   bool
	}{
		{"all of it", Fund{Maximum: 500000}, Person{}, 200000, 0, false},
		{"up to the maximum", Fund{Maximum: 50000}, Person{}, 50000, 150000, false},
		{"a fifth is the learner's", Fund{Maximum: 500000, Share: 0.2}, Person{}, 160000, 40000, false},
		{"accredited only", Fund{Maximum: 500000, Accredited: true}, Person{}, 140000, 60000, false},
		{"100 hours: 40, 30, but not 80", Fund{Maximum: 500000, Hours: 100}, Person{}, 140000, 60000, false},
		{"three years of 500", Fund{Maximum: 500000, Accrual: 50000}, Person{Years: 3}, 150000, 50000, false},
		{"ten years, up to the ceiling of 800", Fund{Maximum: 80000, Accrual: 50000}, Person{Years: 10}, 80000, 120000, false},
		{"nothing accrued", Fund{Maximum: 80000, Accrual: 50000}, Person{}, 0, 200000, true},
		{"for jobseekers", Fund{Maximum: 500000, Groups: []string{"jobseeker"}}, Person{Groups: []string{"jobseeker", "young"}}, 200000, 0, false},
		{"not for others", Fund{Maximum: 500000, Groups: []string{"jobseeker"}}, Person{Groups: []string{"young"}}, 0, 200000, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.fund.Currency = "EUR"
			pay := c.fund.Pay(fundedSteps(), c.person)
			if pay.Paid == nil || *pay.Paid != c.paid || *pay.Own != c.own || (pay.Refused != "") != c.refused {
				t.Errorf("got %+v, want paid %d, own %d", pay, c.paid, c.own)
			}
		})
	}
}

func TestAnUnknownPriceGivesNoFigure(t *testing.T) {
	fund := Fund{Currency: "EUR", Maximum: 500000}
	steps := fundedSteps()
	steps[1].Offer.Price = nil
	pay := fund.Pay(steps, Person{})
	if pay.Paid != nil || pay.Own != nil || pay.Items[1].Paid != nil || pay.Items[1].Why == "" {
		t.Errorf("got %+v", pay)
	}
	if pay.Items[0].Paid == nil || *pay.Items[0].Paid != 40000 {
		t.Errorf("the others keep theirs: %+v", pay.Items[0])
	}
	steps = fundedSteps()
	steps[1].Offer.Currency = "SEK"
	if pay := fund.Pay(steps, Person{}); pay.Paid != nil {
		t.Errorf("adds up two currencies: %+v", pay)
	}
}
