package prepare

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

var (
	bracketed = regexp.MustCompile(`\s*\([^)]*\)`)
	// What lists add to a name: "Arr. Hasselt", "Devon CC", "Bristol, City of".
	addedBefore = regexp.MustCompile(`^(?:Arr\.|Prov\.|Bezirk|Miasto|Makroregion województwo|Comunidad de|Principado de|Región de|Région de|Kreisfreie Stadt)\s+`)
	addedAfter  = regexp.MustCompile(`(?:,? (?:CC|City of|County of|Kreisfreie Stadt|Landkreis|Stadtkreis|City|stołeczny|regionalny))$`)
	joint       = regexp.MustCompile(`, | and | & |/| et | und | e | y | - | — | oraz | og `)
)

// generic are members of joint names that name no place by themselves.
var generic = map[string]bool{
	"north": true, "south": true, "east": true, "west": true, "mid": true, "central": true, "inner": true, "outer": true,
	"islands": true, "the valleys": true, "county": true, "city": true, "area": true, "region": true, "highlands": true,
	"inner london": true, "outer london": true, "city of": true, "county of": true,
}

// addNames enters the names by which a region is found: its label, without
// what lists add to it, and the languages of a label with several. Apart are
// names that others may bear too: the members of a joint name ("Hackney and
// Newham"), and a name without the brackets that tell it apart ("Frankfurt
// (Oder)").
func (r *Regions) addNames(region model.Region) {
	full, members := map[string]bool{}, map[string]bool{}
	for _, name := range append(strings.Split(region.Label, "/"), region.Label) {
		name = strings.TrimSpace(name)
		bare := addedAfter.ReplaceAllString(addedBefore.ReplaceAllString(name, ""), "")
		full[fold(name)], full[fold(bare)] = true, true
		members[fold(bracketed.ReplaceAllString(bare, ""))] = true
	}
	for _, part := range joint.Split(bracketed.ReplaceAllString(region.Label, ""), -1) {
		if key := fold(addedAfter.ReplaceAllString(part, "")); len(key) > 3 && !generic[key] {
			members[key] = true
		}
	}
	for key := range full {
		delete(members, key)
	}
	enter(r.names, region, full)
	enter(r.parts, region, members)
}

func enter(index map[string][]string, region model.Region, keys map[string]bool) {
	for key := range keys {
		if key != "" {
			key = region.Country + "/" + key
			index[key] = append(index[key], region.RegionCode)
		}
	}
}

// named returns the region that a name in a country determines, or "". Of
// several regions of one name it is the finest that holds them all; below the
// country, that is, or there is none. full says that the name is a region's
// own, not that of a town or of a member of a joint name.
func (r *Regions) named(country, name string) (code string, full bool) {
	key := country + "/" + fold(name)
	codes, full := r.names[key]
	if !full {
		codes = r.parts[key]
	}
	if len(codes) == 0 { // zachodnio-pomorskie
		codes, full = r.names[country+"/"+strings.ReplaceAll(key[len(country)+1:], " ", "")]
	}
	if len(codes) == 0 {
		return "", false
	}
	common := r.Ancestors(codes[0])
	for _, code := range codes[1:] {
		common = shared(common, r.Ancestors(code))
	}
	if len(common) < 2 {
		return "", full
	}
	return r.narrow(common[len(common)-1], codes), full
}

// shared returns the beginning that two paths have in common.
func shared(a, b []string) []string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// narrow goes down from code to the finest of codes as long as there is only
// one region a level down: those are the same territory.
func (r *Regions) narrow(code string, codes []string) string {
	for _, finer := range slices.Sorted(slices.Values(codes)) {
		path := r.Ancestors(finer)
		at := slices.Index(path, code)
		for at >= 0 && at+1 < len(path) && r.children[code] == 1 {
			at++
			code = path[at]
		}
	}
	return code
}

// location is where a record is, in codes.
type location struct {
	country string
	region  model.Region
	method  string // code, name, country, constant; "" where no region is known

	// What the place states and was understood; see [Regions.checkPlace].
	countryRead, codeRead, regionRead bool
}

// nowhere is the location of a record that says nothing.
func nowhere() location { return location{region: model.Region{RegionLevel: -1}} }

// locate finds the country and the finest known region of a place.
func (r *Regions) locate(p source.Place) location {
	p.Locality, p.Region = Line(p.Locality), Line(p.Region)
	country := r.countryCode(p.Country)
	at := nowhere()
	at.countryRead = country != ""
	if code, ok := r.regionCode(p.RegionCode, country); ok {
		at.set(r.byCode[code], method("code", p.FromConstant))
		at.codeRead, at.regionRead = at.region.RegionLevel > 0 || !isoRegion.MatchString(lastSegment(p.RegionCode)), true
		return at
	}
	if region, ok := r.byCode[p.Region]; ok && region.RegionLevel > 0 && (country == "" || region.Country == country) {
		at.set(region, method("code", p.FromConstant))
		at.regionRead = true
		return at
	}
	if p.Region == "" && !strings.ContainsAny(p.RegionCode, "0123456789/") {
		p.Region, at.codeRead = Line(p.RegionCode), true // a name in the field for codes
	}
	if country == "" {
		country = r.countryCode(lastPart(p.Locality))
	}
	if country == "" {
		at.codeRead = false
		return at
	}
	outer := p.Region
	if outer == "" && p.Country != "" && len(p.Country) > 3 {
		outer = p.Country // Scotland is a region of GB
	}
	for i, parts := range [][]string{r.placeParts(p.Locality, outer), r.placeParts(p.Locality, "")} {
		if code := r.matchParts(country, parts); code != "" {
			at.set(r.byCode[code], method("name", p.FromConstant))
			at.regionRead, at.codeRead = i == 0, at.codeRead && i == 0
			return at
		}
	}
	at.set(r.byCode[country], method("country", p.CountryFromConstant))
	at.codeRead = false
	return at
}

func method(found string, constant bool) string {
	if constant {
		return "constant"
	}
	return found
}

func (at *location) set(region model.Region, method string) {
	at.country, at.region, at.method = region.Country, region, method
}

var (
	nutsCode  = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z]{1,3}$`)
	isoRegion = regexp.MustCompile(`^[A-Z]{2}-[0-9A-Z]{1,3}$`) // ISO 3166-2
)

// regionCode returns the longest listed beginning of a code: codes of another
// vintage of NUTS often differ only at the end. British codes may be ITL. A
// code outside the country stated is none, and neither is a word that happens
// to begin as a code does (Devon): only with a digit may a code be unlisted.
// Of codes of ISO 3166-2 the country is taken.
func (r *Regions) regionCode(code, country string) (string, bool) {
	code = strings.TrimSpace(code[strings.LastIndexByte(code, '/')+1:])
	if len(code) == 2 || isoRegion.MatchString(code) {
		iso := r.countryCode(code[:2])
		return iso, iso != "" && (country == "" || iso == country)
	}
	if rest, ok := strings.CutPrefix(code, "TL"); ok && rest != "" {
		code = "UK" + rest
	}
	code = strings.ToUpper(code)
	if !nutsCode.MatchString(code) {
		return "", false
	}
	shortest := len(code)
	if strings.ContainsAny(code, "0123456789") {
		shortest = 3
	}
	for ; len(code) >= shortest; code = code[:len(code)-1] {
		if region, ok := r.byCode[code]; ok && (country == "" || region.Country == country) {
			return code, true
		}
	}
	return "", false
}

// placeParts returns the parts of a locality parted by commas or brackets, then
// the outer region, without postcodes and names of countries.
func (r *Regions) placeParts(locality, outer string) []string {
	var parts []string
	for part := range strings.FieldsFuncSeq(locality, func(c rune) bool { return strings.ContainsRune(",;()[]", c) }) {
		part = strings.TrimSpace(postcode.ReplaceAllString(strings.TrimSpace(part), ""))
		if part != "" && r.countryCode(part) == "" {
			parts = append(parts, part)
		}
	}
	if outer != "" {
		parts = append(parts, outer)
	}
	return parts
}

var postcode = regexp.MustCompile(`(?i)(?:^|\s)(?:[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?|[A-Z]{0,2}-?\d{4,5}(?:\s?[A-Z]{2})?|\d\d-\d{3})$`)

// matchParts returns the region of the last part, refined by those before it.
// Where a part before it is somewhere else, the region is what holds both; if
// only the country does, a region's own name makes it unknown, while the name
// of a town is taken for another town's (Newport, Shropshire).
func (r *Regions) matchParts(country string, parts []string) string {
	found := ""
	for i, part := range slices.Backward(parts) {
		code, full := r.named(country, part)
		if code == "" && i == len(parts)-1 {
			code = r.townInRegion(country, part)
		}
		switch {
		case code == "" && i == len(parts)-1:
			return ""
		case code == "" || found != "" && slices.Contains(r.Ancestors(found), code):
			continue
		case found == "" || slices.Contains(r.Ancestors(code), found):
			found = code
		default:
			common := shared(r.Ancestors(found), r.Ancestors(code))
			if len(common) >= 2 {
				found = common[len(common)-1]
			} else if full {
				return ""
			}
		}
	}
	return found
}

// townInRegion reads "Gdańsk pomorskie", "Mielec podkarpackie" and "Manchester
// UK", parts without a comma between them: a town that lies in the region, else
// the region, if it is a large one and the only one named.
func (r *Regions) townInRegion(country, s string) string {
	for i := range len(s) {
		if s[i] != ' ' || strings.Count(s[i:], " ") > 3 {
			continue
		}
		outer, full := r.named(country, s[i+1:])
		if r.countryCode(s[i+1:]) == country {
			outer, full = country, true
		}
		switch town, _ := r.named(country, s[:i]); {
		case !full:
			continue
		case town != "" && slices.Contains(r.Ancestors(town), outer):
			return town
		case town == "" && !several.MatchString(s) && r.isLarge(outer, s[i+1:]):
			return outer
		}
	}
	return ""
}

// isLarge reports whether a name after that of a town is surely the region's:
// names of regions down to level 2 hardly ever are those of streets, hospitals
// or firms too. Polish towns bear them in capital letters (Jabłonowo Pomorskie).
func (r *Regions) isLarge(code, name string) bool {
	region := r.byCode[code]
	first, _ := utf8.DecodeRuneInString(name)
	return region.RegionLevel > 0 && region.RegionLevel <= 2 && (region.Country != "PL" || unicode.IsLower(first))
}

// several are the words between alternatives.
var several = regexp.MustCompile(joint.String() + `| or | oder | ou | lub | albo `)

func lastPart(s string) string { return s[strings.LastIndexByte(s, ',')+1:] }
