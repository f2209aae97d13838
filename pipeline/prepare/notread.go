package prepare

import (
	"slices"
	"unicode"

	"github.com/skillsgap/skillsgap/pipeline/source"
)

// unread collects the fields of a record that the feed fills in a way that
// could not be read, by their names in columns of skillsgap.yaml.
type unread []string

// check notes field unless it was read or its value says that there is none.
func (u *unread) check(field string, read bool, value string) {
	if !read && !saysNothing(value) {
		*u = append(*u, field)
	}
}

// fields returns the fields in alphabetical order, each once.
func (u unread) fields() []string {
	slices.Sort(u)
	return slices.Compact(u)
}

// noValue are the words by which feeds say that there is no value, as fold
// writes them.
var noValue = map[string]bool{
	"na": true, "n a": true, "nan": true, "nil": true, "no": true, "none": true, "null": true, "undefined": true, "blank": true, "empty": true,
	"unknown": true, "not known": true, "unspecified": true, "not specified": true, "not stated": true, "not available": true,
	"not applicable": true, "not provided": true, "not given": true, "tbc": true, "tbd": true, "tba": true, "to be confirmed": true,
	"unbekannt": true, "keine": true, "keine angabe": true, "keine angaben": true, "k a": true, "inconnu": true, "aucun": true, "aucune": true,
	"non precise": true, "non renseigne": true, "brak": true, "brak danych": true, "nie dotyczy": true, "nie podano": true,
	"desconocido": true, "ninguno": true, "sconosciuto": true, "nessuno": true, "onbekend": true, "geen": true, "okand": true, "ingen": true,
}

// saysNothing reports whether a value says that there is none: nothing, signs
// and zeros alone (-, 0, 0000-00-00), or a word for it.
func saysNothing(value string) bool {
	letters := false
	for _, r := range value {
		if r != '0' && unicode.IsDigit(r) {
			return false // no word for it has a digit
		}
		letters = letters || unicode.IsLetter(r)
	}
	return !letters || noValue[fold(value)]
}

// skillField returns the field that lists skills of a relation.
func skillField(relation string) string {
	switch relation {
	case "preferred":
		return "skills_preferred"
	case "assesses":
		return "skills_assessed"
	case "requires":
		return "skills_required"
	}
	return "skills"
}

// checkPlace notes what the location of a record leaves out of what its feed
// says: a country or code that is not known, and names that no region below
// the country could be found by.
func (r *Regions) checkPlace(u *unread, p source.Place, at location) {
	u.check("country", at.countryRead, p.Country)
	u.check("region_code", at.codeRead, p.RegionCode)
	if at.region.RegionLevel > 0 {
		u.check("region", at.regionRead, p.Region)
		return
	}
	for _, name := range []struct{ field, value string }{{"region", p.Region}, {"locality", p.Locality}} {
		u.check(name.field, len(r.placeParts(Line(name.value), "")) == 0, name.value) // the country again, or a postcode
	}
}
