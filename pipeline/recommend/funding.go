package recommend

import (
	"math"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Fund is a rule by which somebody else pays for training: a voucher, an individual
// learning account, a grant.
type Fund struct {
	Name       string
	Currency   string      // of all amounts, ISO 4217
	Maximum    model.Money // most that it pays; of an account, most that it can hold
	Accrual    model.Money // what a year adds to an account; 0 where it is no account
	Hours      float64     // most hours of training paid for; 0 for no limit
	Groups     []string    // groups of persons for whom it is; none for everybody
	Accredited bool        // only where the quality assurance is valid
	Share      float64     // the learner's own share of each price, 0 to 1
	LeaveDays  float64     // days of paid leave for the training
}

// Person is what a fund asks of a person.
type Person struct {
	Groups []string
	Years  float64 // over which an account has grown
}

// Payment says who pays how much for a bundle by one fund. Amounts are in the fund's
// currency.
type Payment struct {
	Fund      *Fund
	Refused   string      // why it pays nothing for this person; "" where it may
	Available model.Money // what it has for the person
	Items     []Paid      // in the order of the steps
	Paid      *model.Money
	Own       *model.Money // what is left to the learner; like Paid nil where a price is not stated or is in another currency
}

// Paid is who pays for one credential.
type Paid struct {
	Offer *Offer
	Paid  *model.Money // nil where that cannot be told
	Own   *model.Money
	Why   string // why it is not paid, or cannot be told; "" where the fund pays
}

// Pay applies a fund to the steps in their order: each price less the learner's share,
// until money or hours are spent. No figure is made up for a price that is not stated,
// nor for the sum that it would be part of.
func (f *Fund) Pay(steps []Step, p Person) Payment {
	pay := Payment{Fund: f, Available: f.available(p)}
	if len(f.Groups) > 0 && !slices.ContainsFunc(p.Groups, func(g string) bool { return slices.Contains(f.Groups, g) }) {
		pay.Refused = "only for groups that the person is not said to be in"
	} else if f.Accrual > 0 && pay.Available == 0 {
		pay.Refused = "nothing has accrued: the years are not given, or none"
	}
	left, hoursLeft := pay.Available, f.Hours
	if f.Hours == 0 {
		hoursLeft = math.Inf(1)
	}
	if pay.Refused != "" {
		left = 0
	}
	var paid, own model.Money
	known := true
	for i := range steps {
		item := f.payFor(steps[i].Offer, &left, &hoursLeft)
		if pay.Refused != "" {
			item.Why = pay.Refused
		}
		pay.Items = append(pay.Items, item)
		if item.Paid == nil {
			known = false
			continue
		}
		paid, own = paid+*item.Paid, own+*item.Own
	}
	if known {
		pay.Paid, pay.Own = &paid, &own
	}
	return pay
}

// available is what the fund has for a person.
func (f *Fund) available(p Person) model.Money {
	if f.Accrual == 0 {
		return f.Maximum
	}
	return min(f.Maximum, model.Money(math.Floor(float64(f.Accrual)*max(0, p.Years)+slack)))
}

// payFor pays for one credential out of what is left.
func (f *Fund) payFor(o *Offer, left *model.Money, hours *float64) Paid {
	item := Paid{Offer: o}
	switch {
	case o.Price == nil:
		item.Why = "its price is not stated"
		return item
	case *o.Price > 0 && o.Currency != f.Currency:
		item.Why = "its price is in another currency"
		return item
	}
	paid, own := model.Money(0), *o.Price
	switch {
	case *o.Price == 0:
		item.Why = "it is free"
	case f.Accredited && !o.Accredited:
		item.Why = "no valid quality assurance is stated"
	case !math.IsInf(*hours, 1) && o.Hours == nil:
		item.Why = "its hours are not stated, and the fund pays for so many"
	case o.Hours != nil && *o.Hours > *hours+slack:
		item.Why = "it takes more hours than the fund still pays for"
	default:
		paid = min(*left, model.Money(math.Floor(float64(*o.Price)*(1-f.Share)+slack)))
		own = *o.Price - paid
		*left -= paid
		if paid == 0 {
			item.Why = "nothing is left in the fund"
		} else if o.Hours != nil {
			*hours -= *o.Hours
		}
	}
	item.Paid, item.Own = &paid, &own
	return item
}
