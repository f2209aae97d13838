package outcome

import "github.com/skillsgap/skillsgap/pipeline/model"

// group is a column of enrolments by which learners are told apart.
type group struct {
	name string
	of   func(*model.Person) string // "" where it is not known
}

// groups are the groups of learners, in the order of their names in pairs.
var groups = [...]group{
	{"age_band", func(p *model.Person) string { return p.AgeBand }},
	{"gender", func(p *model.Person) string { return p.Gender }},
	{"education", func(p *model.Person) string { return p.Education }},
	{employment, func(p *model.Person) string { return p.Employment }},
	{"disability", func(p *model.Person) string { return p.Disability }},
	{"third_country", func(p *model.Person) string { return p.ThirdCountry }},
	{"foreign_background", func(p *model.Person) string { return p.ForeignBackground }},
	{"minority", func(p *model.Person) string { return p.Minority }},
	{"homeless", func(p *model.Person) string { return p.Homeless }},
	{"rural", func(p *model.Person) string { return p.Rural }},
	{"minimum_income", func(p *model.Person) string { return p.MinimumIncome }},
	{"income_band", func(p *model.Person) string { return p.IncomeBand }},
	{region, func(p *model.Person) string {
		if p.RegionCode != "" {
			return p.RegionCode
		}
		return p.RegionName
	}},
}

// Groups lists the names of the groups of learners.
func Groups() []string {
	names := make([]string, len(groups))
	for i := range groups {
		names[i] = groups[i].name
	}
	return names
}

// Places of the groups that others speak of.
const (
	byAge        = 0
	byGender     = 1
	byEducation  = 2
	byEmployment = 3
	byRegion     = len(groups) - 1
)

// Names of groups, and of their categories.
const (
	employment   = "employment"
	region       = "region"
	employed     = "employed"
	unemployed   = "unemployed"
	longTerm     = "long_term_unemployed"
	otherwise    = "other_unemployed"
	inactive     = "inactive"
	notEmployed  = "not_employed"
	restOfRegion = " not_known" // after a region: which of those below it is not known
)

// newGroups makes the dimensions of the groups. Above gives the regions that a
// region is part of, nearest first.
func newGroups() [len(groups)]*Dimension {
	var all [len(groups)]*Dimension
	for i := range groups {
		all[i] = newDimension(groups[i].name, false)
		all[i].code(NotKnown)
	}
	e := all[byEmployment]
	e.code(longTerm, unemployed, notEmployed)
	e.code(otherwise, unemployed, notEmployed)
	e.code(inactive, notEmployed)
	e.code(employed)
	return all
}

// categorise returns the category of a person in a group: the finest, so that what is
// part of a wider one is never counted beside it.
func (l *Learners) categorise(g int, p *model.Person) int32 {
	d, value := l.groups[g], groups[g].of(p)
	switch {
	case value == "":
		return d.code(NotKnown)
	case g == byEmployment && value == unemployed:
		return d.code(otherwise)
	case g != byRegion:
		return d.code(value)
	}
	if c, met := l.regions[value]; met {
		return c
	}
	var c int32
	if p.RegionLevel == finestRegion || p.RegionCode == "" { // nothing that is published lies below it
		c = d.code(value, l.basis.Above(value)...)
	} else {
		c = d.code(value+restOfRegion, append([]string{value}, l.basis.Above(value)...)...)
	}
	l.regions[value] = c
	return c
}

// finestRegion is the level of NUTS down to which learners are told apart.
const finestRegion = 2
