package prepare

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// schemeISO3166 is the scheme of region codes at country level.
const schemeISO3166 = "ISO3166"

// Regions holds the code lists: regions, countries, languages, currencies,
// ISCO-08 groups and NACE sections. It never changes after [LoadRegions].
type Regions struct {
	rows     []model.Region          // ordered by code
	byCode   map[string]model.Region // countries by ISO code
	children map[string]int          // number of regions one level down
	names    map[string][]string     // country + "/" + folded name -> codes
	parts    map[string][]string     // the same for members of joint names and for towns

	countries  map[string]string // folded code or name -> ISO 3166-1 alpha-2
	languages  map[string]string // folded code or name -> BCP 47
	currencies map[string]string // folded name or sign -> ISO 4217
	isco       map[string]bool
	sections   []section
}

// section is a section of NACE with the divisions it spans.
type section struct{ code, first, last string }

// LoadRegions reads the code lists of package data: fsys holds them below
// reference/.
func LoadRegions(fsys fs.FS) (*Regions, error) {
	r := &Regions{
		byCode: map[string]model.Region{}, children: map[string]int{}, names: map[string][]string{}, parts: map[string][]string{},
		countries: map[string]string{}, languages: map[string]string{}, currencies: map[string]string{}, isco: map[string]bool{},
	}
	for _, list := range []struct {
		file    string
		columns int
		add     func([]string) error
	}{
		{"countries.csv", 3, r.addCountry},
		{"regions.csv", 6, r.addRegion},
		{"places.csv", 3, r.addPlace},
		{"languages.csv", 2, r.addLanguage},
		{"currencies.csv", 2, r.addCurrency},
		{"isco08.csv", 1, func(row []string) error { r.isco[row[0]] = true; return nil }},
		{"nace.csv", 4, func(row []string) error { r.sections = append(r.sections, section{row[0], row[1], row[2]}); return nil }},
	} {
		if err := readList(fsys, "reference/"+list.file, list.columns, list.add); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(r.rows, func(a, b model.Region) int { return strings.Compare(a.RegionCode, b.RegionCode) })
	return r, nil
}

func readList(fsys fs.FS, name string, columns int, add func([]string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("open code list: %w", err)
	}
	defer f.Close()
	rd := csv.NewReader(f)
	rd.Comma, rd.FieldsPerRecord = ';', columns
	rows, err := rd.ReadAll()
	if err == nil && len(rows) < 2 {
		err = errors.New("no rows")
	}
	if err != nil {
		return fmt.Errorf("read code list %s: %w", name, err)
	}
	for i, row := range rows[1:] {
		if err := add(row); err != nil {
			return fmt.Errorf("read code list %s, row %d: %w", name, i+2, err)
		}
	}
	return nil
}

func (r *Regions) addCountry(row []string) error {
	code, names := row[0], strings.Split(row[2], "|")
	country := model.Region{RegionCode: code, RegionScheme: schemeISO3166, Country: code, Label: names[0]}
	r.rows = append(r.rows, country)
	r.byCode[code] = country
	for _, key := range append(names, code, row[1]) {
		r.countries[fold(key)] = code
	}
	return nil
}

func (r *Regions) addRegion(row []string) error {
	level, err := strconv.Atoi(row[2])
	if err != nil || level < 1 || level > 3 {
		return fmt.Errorf("level %q; want 1, 2 or 3", row[2])
	}
	if _, ok := r.byCode[row[3]]; !ok {
		return fmt.Errorf("region %s: its parent %s is not listed before it", row[0], row[3])
	}
	region := model.Region{RegionCode: row[0], RegionScheme: row[1], RegionLevel: int32(level), ParentCode: row[3], Country: row[4], Label: row[5]}
	r.rows = append(r.rows, region)
	r.byCode[region.RegionCode] = region
	r.children[region.ParentCode]++
	r.addNames(region)
	return nil
}

// addPlace enters a town whose region bears another name.
func (r *Regions) addPlace(row []string) error {
	region, ok := r.byCode[row[2]]
	if !ok || region.Country != row[0] {
		return fmt.Errorf("%s: %s is no region of %s", row[1], row[2], row[0])
	}
	enter(r.parts, region, map[string]bool{fold(row[1]): true})
	return nil
}

func (r *Regions) addLanguage(row []string) error {
	for _, key := range append(strings.Split(row[1], "|"), row[0]) {
		// Of names that two languages share, the first language keeps it.
		if _, taken := r.languages[fold(key)]; !taken || key == row[0] {
			r.languages[fold(key)] = row[0]
		}
	}
	return nil
}

func (r *Regions) addCurrency(row []string) error {
	for _, key := range append(strings.Split(row[1], "|"), row[0]) {
		r.currencies[currencyKey(key)] = row[0]
	}
	return nil
}

// Rows returns all regions, ordered by code. The caller must not change them.
func (r *Regions) Rows() []model.Region { return r.rows }

// Ancestors returns the country of a region and its regions from NUTS level 1
// down to the region itself; for a country the country alone; nil for a code
// that is not listed.
func (r *Regions) Ancestors(code string) []string {
	var path []string
	for code != "" {
		region, ok := r.byCode[code]
		if !ok {
			return nil
		}
		path = append(path, code)
		code = region.ParentCode
	}
	slices.Reverse(path)
	return path
}

// Levels returns country, NUTS 1 and NUTS 2 of a region, "" where not known; of a
// region that is not listed the country alone.
func (r *Regions) Levels(region, country string) [3]string {
	levels := [3]string{country}
	copy(levels[:], r.Ancestors(region))
	return levels
}
