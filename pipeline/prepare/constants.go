package prepare

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// CheckConstants reports the first constant of a feed, in alphabetical order
// of the fields, whose value no record could be given: a country, region code,
// language, currency or mode of delivery that the code lists do not know. Call
// it when the configuration is read; records would just leave the value out.
func (r *Regions) CheckConstants(constants map[string]string) error {
	for _, field := range slices.Sorted(maps.Keys(constants)) {
		value := strings.TrimSpace(constants[field])
		known, want := true, ""
		switch field {
		case "country":
			known, want = r.countryCode(value) != "", "an ISO 3166-1 code or a name, as IE or Ireland"
		case "region_code":
			_, known = r.regionCode(value, r.countryCode(constants["country"]))
			want = "a NUTS code in the country of the feed, as IE06"
		case "language":
			known, want = r.knowsLanguages(value), "codes or names, as en or English"
		case "currency":
			known, want = r.currencyCode(value) != "", "an ISO 4217 code or a name, as EUR or Euro"
		case "delivery_mode":
			known, want = deliveryMode(value) != "", "online, in person or blended"
		}
		if !known && value != "" {
			return fmt.Errorf("constant %s: %q is not known; use %s", field, value, want)
		}
	}
	return nil
}

func (r *Regions) knowsLanguages(list string) bool {
	for name := range strings.FieldsFuncSeq(list, func(c rune) bool { return strings.ContainsRune(",;|\n", c) }) {
		if r.languageCode(name) == "" {
			return false
		}
	}
	return true
}
