package recommend

import (
	"cmp"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// MinWages is the number of vacancies stating their pay from which a median is
// given: below it one employer's pay would pass for that of an occupation.
const MinWages = 10

// Pay is what a vacancy offers: the middle of the stated range, or the one end that
// is stated.
type Pay struct {
	Amount   model.Money
	Currency string
	Period   string // hour, day, week, month or year
}

// PayOf returns the pay of a stated range. ok is false where neither end, or no
// currency or period is stated: an amount without them says nothing.
func PayOf(low, high *model.Money, currency, period string) (p Pay, ok bool) {
	p = Pay{Currency: currency, Period: period}
	switch {
	case currency == "" || period == "" || low == nil && high == nil:
		return p, false
	case low == nil:
		p.Amount = *high
	case high == nil:
		p.Amount = *low
	default:
		p.Amount = *low + (*high-*low)/2
	}
	return p, p.Amount > 0
}

// Wage is the median pay of vacancies that state it in one currency for one period.
type Wage struct {
	Currency  string      `json:"currency"`
	Period    string      `json:"period"`
	Median    model.Money `json:"median_hundredths"` // of the currency
	Vacancies int         `json:"vacancies"`         // that state it
}

// Wages returns a median for each currency and period that at least [MinWages]
// vacancies state, the one stated most often first. Amounts are never converted
// from one period to another: hours per month are not stated. Unit: hundredths of
// the currency. Of an even number of amounts it is the middle of the two in the
// middle, rounded down. Where two medians in one currency are pay by the hour that
// differs more than [MaxPayRatio] times, one is stated for the wrong period, and that
// of fewer vacancies is left out.
func Wages(pays []Pay) []Wage {
	byUnit := map[[2]string][]model.Money{}
	for _, p := range pays {
		unit := [2]string{p.Currency, p.Period}
		byUnit[unit] = append(byUnit[unit], p.Amount)
	}
	var wages []Wage
	for unit, amounts := range byUnit {
		if len(amounts) < MinWages {
			continue
		}
		slices.Sort(amounts)
		low, high := amounts[(len(amounts)-1)/2], amounts[len(amounts)/2]
		wages = append(wages, Wage{Currency: unit[0], Period: unit[1], Median: low + (high-low)/2, Vacancies: len(amounts)})
	}
	slices.SortFunc(wages, func(a, b Wage) int {
		return cmp.Or(cmp.Compare(b.Vacancies, a.Vacancies), strings.Compare(a.Currency, b.Currency), strings.Compare(a.Period, b.Period))
	})
	var plausible []Wage
	for _, w := range wages {
		if !slices.ContainsFunc(plausible, w.contradicts) {
			plausible = append(plausible, w)
		}
	}
	return plausible
}

// MaxPayRatio is how many times pay by the hour may differ between two periods for
// which the pay of an occupation is stated.
const MaxPayRatio = 5

// workingHours returns how many hours a full-time worker works in a period, roughly.
func workingHours(period string) float64 {
	switch period {
	case "day":
		return 7.5
	case "week":
		return 37.5
	case "month":
		return 150
	case "year":
		return 1700
	}
	return 1
}

func (w Wage) contradicts(o Wage) bool {
	a, b := float64(w.Median)/workingHours(w.Period), float64(o.Median)/workingHours(o.Period)
	return w.Currency == o.Currency && max(a, b) > MaxPayRatio*min(a, b)
}
