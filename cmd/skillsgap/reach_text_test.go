package main

import (
	"strings"
	"testing"
)

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
