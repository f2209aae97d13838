package linker

import (
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Crosswalk sets the occupations of a national classification beside those of
// ESCO, and so gives these names in a language.
type Crosswalk struct {
	Language string // of the names, BCP 47
	Rows     []CrosswalkRow
}

// CrosswalkRow is a national occupation and the ESCO occupation that it
// corresponds to. What is not known is "".
type CrosswalkRow struct {
	Occupation     string // URI or ESCO code of the ESCO occupation
	OccupationName string // name of the ESCO occupation
	Code           string // national code, or that of the ISCO-08 unit group
	Name           string // name of the national occupation
}

// Check reports a crosswalk none of whose rows names anything: the columns are the
// wrong ones, or those of another classification.
func (c *Crosswalk) Check(t *taxonomy.Taxonomy) error {
	units, find := NewUnitGroups(t, *c), occupationFinder(t)
	for _, r := range c.Rows {
		_, found := find(r.Occupation)
		_, known := units.Of(r.Code)
		if r.Name != "" && (found || known) {
			return nil
		}
	}
	return fmt.Errorf("none of its %d rows has a name and a code or occupation of %s: check its columns", len(c.Rows), t.Release)
}

// UnitGroups gives the ISCO-08 unit groups of national codes.
type UnitGroups struct {
	known  []string          // unit groups of the taxonomy, ascending
	codes  map[string]string // national code to unit group
	digits map[string]string // its first four digits to unit group
}

// NewUnitGroups returns the map of national codes that crosswalks make: a code
// belongs to the unit group of its first four digits if the taxonomy has it, else
// to that of the ESCO occupation beside it. A code that no crosswalk holds goes
// where most codes with its first four digits go, of equally many to the smaller
// group.
func NewUnitGroups(t *taxonomy.Taxonomy, crosswalks ...Crosswalk) *UnitGroups {
	u := &UnitGroups{known: unitGroups(t), codes: map[string]string{}, digits: map[string]string{}}
	find, counts := occupationFinder(t), map[[2]string]int{}
	for i := range crosswalks {
		for _, r := range crosswalks[i].Rows {
			o, ok := find(r.Occupation)
			if !ok || len(r.Code) < 4 || u.has(r.Code[:4]) {
				continue
			}
			group := t.Occupations[o].ISCO
			if old, ok := u.codes[r.Code]; !ok || group < old {
				u.codes[r.Code] = group
			}
			counts[[2]string{r.Code[:4], group}]++
		}
	}
	most := map[string]int{}
	for k, n := range counts {
		best := u.digits[k[0]]
		if n > most[k[0]] || n == most[k[0]] && k[1] < best {
			u.digits[k[0]], most[k[0]] = k[1], n
		}
	}
	return u
}

func (u *UnitGroups) has(group string) bool {
	_, ok := slices.BinarySearch(u.known, group)
	return ok
}

// Of returns the unit group of a national code; false if nothing is known of it.
func (u *UnitGroups) Of(code string) (group string, ok bool) {
	if len(code) < 4 {
		return "", false
	}
	if u.has(code[:4]) {
		return code[:4], true
	}
	if group, ok = u.codes[code]; ok {
		return group, true
	}
	group, ok = u.digits[code[:4]]
	return group, ok
}

// Exceptions returns the first four digits of the crosswalks' codes that are no
// unit group, with the unit group where most of their codes go.
func (u *UnitGroups) Exceptions() map[string]string { return u.digits }

// occupationFinder returns a function that finds an occupation by URI or code.
func occupationFinder(t *taxonomy.Taxonomy) func(id string) (int32, bool) {
	byCode := map[string]int32{}
	for i := range t.Occupations {
		if code := t.Occupations[i].Code; code != "" {
			byCode[code] = int32(i)
		}
	}
	return func(id string) (int32, bool) {
		if i, ok := t.OccupationIndex(id); ok {
			return i, true
		}
		i, ok := byCode[id]
		return i, ok
	}
}

// addCrosswalk adds the names of a crosswalk. A row whose national code lies in
// another unit group than its ESCO occupation names the group alone: the country
// sees that work elsewhere.
func (x *titleIndex) addCrosswalk(t *taxonomy.Taxonomy, groups []string, c *Crosswalk) {
	units, find := NewUnitGroups(t, *c), occupationFinder(t)
	seen := map[int32][]int32{} // occupation to the groups of its rows
	for _, r := range c.Rows {
		o, found := find(r.Occupation)
		code, ok := units.Of(r.Code)
		if !ok && found {
			code = t.Occupations[o].ISCO
		}
		g, ok := slices.BinarySearch(groups, code)
		if !ok {
			continue
		}
		if found {
			seen[o] = append(seen[o], int32(g))
		}
		if !found || t.Occupations[o].ISCO != code {
			x.add(r.Name, none, int32(g), officialShare)
			continue
		}
		x.add(r.Name, o, int32(g), officialShare)
		x.add(r.OccupationName, o, int32(g), officialShare)
	}
	for o, gs := range seen {
		if g := mostFrequent(gs); groups[g] != t.Occupations[o].ISCO {
			x.national[o] = g
		}
	}
	for i := range x.names {
		n := &x.names[i]
		if g, ok := x.national[n.occupation]; ok && n.share == reviewedShare {
			n.occupation, n.group = none, g
		}
	}
}

// mostFrequent returns the most frequent number, of equally frequent ones the
// smallest. It sorts them.
func mostFrequent(numbers []int32) int32 {
	slices.Sort(numbers)
	best, most := numbers[0], 0
	for i := 0; i < len(numbers); {
		n := i
		for n < len(numbers) && numbers[n] == numbers[i] {
			n++
		}
		if n-i > most {
			best, most = numbers[i], n-i
		}
		i = n
	}
	return best
}
