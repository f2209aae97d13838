package main

import (
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/recommend"
)

func TestAmount(t *testing.T) {
	for hundredths, want := range map[int64]string{
		0: "0", 5: "0.05", 1437: "14.37", 2000: "20.00", 9999: "99.99", 10000: "100", 10050: "100.50", 123456700: "1 234 567", 250001: "2 500.01",
	} {
		if got := amount(hundredths); got != want {
			t.Errorf("%d: %q, want %q", hundredths, got, want)
		}
	}
}

func TestFundingAddsUpAsShown(t *testing.T) {
	price, paid, own := 150.5, 75.25, 75.25
	funding := planFunding{Currency: "EUR", Available: 1000, Paid: &paid, Own: &own}
	if got, want := priceText(&price, "EUR")+": "+funding.Line(), "150.50 EUR: has up to 1 000 EUR for the person; pays 75.25 EUR, the person 75.25 EUR"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestHourlyPayIsAnHour(t *testing.T) {
	o := reachOccupation{Wages: []recommend.Wage{{Median: 1437, Currency: "EUR", Period: "hour", Vacancies: 7}, {Median: 240000, Currency: "EUR", Period: "month", Vacancies: 9}}}
	if line, want := o.OutlookLine(), "; median pay 14.37 EUR an hour (7 vacancies); median pay 2 400 EUR a month (9 vacancies)"; !strings.HasSuffix(line, want) {
		t.Errorf("%q, want it to end with %q", line, want)
	}
}

// TestOutlook: of a month that is not over the answer gives no growth, and says why.
func TestOutlook(t *testing.T) {
	growth, before := 1.25, int64(40)
	for want, o := range map[string]reachOccupation{
		", +25 % against the twelve before (40);":                               {Growth: &growth, OpeningsBefore: &before},
		", not compared with the twelve before, as the last month is not over;": {Partial: true},
		", the twelve before are not known;":                                    {},
	} {
		if got := o.OutlookLine(); !strings.Contains(got, want) {
			t.Errorf("%q does not hold %q", got, want)
		}
	}
}
