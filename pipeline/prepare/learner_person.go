package prepare

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// person reads what somebody is on a day.
func (v *values) person(on model.Date) model.Person {
	r := v.row
	p := model.Person{
		LearnerKey: v.key(), AgeBand: v.ageBand(on), Gender: v.word("gender", r.Gender, genders),
		Education: v.education("education", r.Education), Employment: v.word("employment", r.Employment, employments),
		Disability: v.answer("disability", r.Disability), ThirdCountry: v.answer("third_country", r.ThirdCountry),
		ForeignBackground: v.answer("foreign_background", r.ForeignBackground), Minority: v.answer("minority", r.Minority),
		Homeless: v.answer("homeless", r.Homeless), Rural: v.answer("rural", r.Rural), MinimumIncome: v.answer("minimum_income", r.MinimumIncome),
		IncomeBand: v.ownWords(r.IncomeBand, maxWords), NACE: v.nace("nace", r.NACE),
	}
	p.ISCO08, p.OccupationURI = v.occupation()
	p.RegionCode, p.RegionLevel, p.RegionName = v.residence()
	return p
}

// incomes are the incomes before a participation, and their currency.
func (v *values) incomes() (before, earlier *model.Money, currency string) {
	before, earlier = v.income("income_before", v.row.IncomeBefore), v.income("income_earlier", v.row.IncomeEarlier)
	if before != nil || earlier != nil {
		currency = v.currency("currency", v.row.Currency)
	}
	return before, earlier, currency
}

// AgeBands are the age bands of ESF+ and, between them, 30-54.
var AgeBands = []string{"0-17", "18-29", "30-54", "55+"}

// ageBand is the band of ESF+ where the age is known, else the feed's own.
func (v *values) ageBand(on model.Date) string {
	r := v.row
	switch {
	case !saysNothing(r.BirthDate):
		if age, ok := v.ageOn(on); ok {
			return bandOf(age)
		}
		v.unread = append(v.unread, "birth_date")
	case r.Age != "":
		if age, ok := v.amount("age", r.Age); ok && age <= maxAge {
			return bandOf(int(age))
		}
		v.unread.check("age", false, r.Age)
	}
	return remember(v.cells.words, v, cell{"age_band", "", r.AgeBand}, func() string { return ownBand(r.AgeBand) })
}

// maxAge bounds an age in years; what is above is a mistake.
const maxAge = 120

// ageOn returns the completed years of age. Of a year of birth alone it is the age
// that is reached within the year.
func (v *values) ageOn(on model.Date) (int, bool) {
	now := on.Time()
	born := strings.TrimSpace(v.row.BirthDate)
	if year, err := strconv.Atoi(born); err == nil && len(born) == 4 {
		age := now.Year() - year
		return age, age >= 0 && age <= maxAge
	}
	birth := remember(v.cells.births, v, cell{"", v.row.DateFormat, born}, func() calendarDay {
		day, err := readDate(born, v.row.DateFormat) // births lie before the dates of the labour market
		if err != nil || day == 0 {
			return calendarDay{}
		}
		return calendarDay{day.Time().Year(), day.Time().Month(), day.Time().Day()}
	})
	if birth.day == 0 {
		return 0, false
	}
	age := now.Year() - birth.year
	if now.Month() < birth.month || now.Month() == birth.month && now.Day() < birth.day {
		age--
	}
	return age, age >= 0 && age <= maxAge
}

func bandOf(age int) string {
	switch {
	case age < 18:
		return AgeBands[0]
	case age < 30:
		return AgeBands[1]
	case age < 55:
		return AgeBands[2]
	}
	return AgeBands[3]
}

var (
	bandOpen    = regexp.MustCompile(`^(?:>=|≥|over|ab|from)?\s*(\d{1,3})\s*(?:\+|<=|>=|and (?:over|above|older)|or (?:over|older)|years and (?:over|older))?$`)
	bandBetween = regexp.MustCompile(`^(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})(?: years)?$`)
	bandBelow   = regexp.MustCompile(`^(?:<|under|below|unter|less than)\s*(\d{1,3})$`)
)

// ownBand is an age band as a feed has it, written as 25-34, 55+ or 0-17.
func ownBand(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if m := bandBetween.FindStringSubmatch(s); m != nil {
		return m[1] + "-" + m[2]
	}
	if m := bandBelow.FindStringSubmatch(s); m != nil {
		below, _ := strconv.Atoi(m[1]) // the pattern has found digits
		return fmt.Sprintf("0-%d", max(below-1, 0))
	}
	if m := bandOpen.FindStringSubmatch(s); m != nil && m[0] != m[1] {
		return m[1] + "+"
	}
	return ownWords(s, maxWords)
}

// Words of closed lists, as fold writes them.
var (
	genders = map[string]string{
		"f": "female", "female": "female", "woman": "female", "w": "female", "weiblich": "female", "femme": "female",
		"m": "male", "male": "male", "man": "male", "mannlich": "male", "homme": "male",
		"x": "other", "other": "other", "o": "other", "d": "other", "diverse": "other", "divers": "other", "non binary": "other", "nonbinary": "other",
	}
	employments = map[string]string{
		"employed": "employed", "self employed": "employed", "in work": "employed", "working": "employed", "in employment": "employed",
		"unemployed": "unemployed", "jobseeker": "unemployed", "job seeker": "unemployed",
		"long term unemployed": "long_term_unemployed", "longterm unemployed": "long_term_unemployed",
		"inactive": "inactive", "student": "inactive", "retired": "inactive", "economically inactive": "inactive", "in education": "inactive",
	}
	statuses = map[string]string{
		"enrolled": "enrolled", "active": "enrolled", "ongoing": "enrolled", "in progress": "enrolled", "started": "enrolled",
		"completed": "completed", "complete": "completed", "finished": "completed",
		"certified": "certified", "passed": "certified", "pass": "certified", "distinction": "certified", "awarded": "certified",
		"failed": "left", "fail": "left", "withdrawn": "left", "dropped out": "left", "drop out": "left", "dropout": "left", "left": "left", "cancelled": "left",
	}
	fundings = map[string]string{
		"voucher": "voucher", "individual learning account": "individual_learning_account", "ila": "individual_learning_account",
		"employer": "employer", "public": "public", "state": "public", "grant": "public", "other": "other",
		"none": "none", "self": "none", "self funded": "none", "learner": "none", "own means": "none",
	}
)

// word reads a word of a closed list; "" where it says nothing or cannot be read.
func (v *values) word(field, s string, list map[string]string) string {
	return remember(v.cells.words, v, cell{field, "", s}, func() string {
		if ours, ok := list[fold(s)]; ok {
			return ours
		}
		v.unread.check(field, false, s)
		return ""
	})
}

var yesNo = map[string]bool{
	"yes": true, "y": true, "true": true, "1": true, "t": true, "oui": true, "ja": true, "tak": true, "si": true, "sim": true,
	"no": false, "n": false, "false": false, "0": false, "f": false, "non": false, "nein": false, "nie": false, "nee": false, "nao": false,
}

// flag reads a yes or no; nil where it says neither.
func (v *values) flag(field, s string) *bool {
	return remember(v.cells.flags, v, cell{field, "", s}, func() *bool {
		answer, ok := yesNo[fold(s)]
		switch {
		case !ok:
			v.unread.check(field, false, s)
			return nil
		case answer:
			return &v.cells.yes
		}
		return &v.cells.no
	})
}

// answer reads a yes or no as a word; "" where it says neither.
func (v *values) answer(field, s string) string {
	switch answer := v.flag(field, s); {
	case answer == nil:
		return ""
	case *answer:
		return "yes"
	}
	return "no"
}

var iscedLevel = regexp.MustCompile(`^(?:isced)?\s*(?:2011)?\s*(?:levels?)?\s*([0-8])(?:\s*(?:-|–|to)\s*([0-8]))?$`)

// education is 0-2, 3-4 or 5-8 of ISCED where the level lies in one of these, else
// the feed's own words.
func (v *values) education(field, s string) string {
	return remember(v.cells.words, v, cell{field, "", s}, func() string { return v.level(field, s) })
}

func (v *values) level(field, s string) string {
	m := iscedLevel.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return ownWords(s, maxWords)
	}
	from, to := m[1], m[1]
	if m[2] != "" {
		to = m[2]
	}
	for _, band := range []string{"0-2", "3-4", "5-8"} {
		if from >= band[:1] && to <= band[2:] && from <= to {
			return band
		}
	}
	v.unread = append(v.unread, field)
	return ""
}

func (v *values) nace(field, s string) string {
	return remember(v.cells.words, v, cell{field, "", s}, func() string {
		code := v.prep.codes.naceCode(s)
		v.unread.check(field, code != "", s)
		return code
	})
}

func (v *values) currency(field, s string) string {
	return remember(v.cells.words, v, cell{field, "", s}, func() string {
		code := v.prep.codes.currencyCode(s)
		v.unread.check(field, code != "", s)
		return code
	})
}

// occupation reads a URI or a code; of anything else it keeps the title.
func (v *values) occupation() (isco08, uri string) {
	s := v.row.Occupation
	o := remember(v.cells.occupations, v, cell{"", "", s}, func() occupation {
		if uri := v.prep.occupationURI(s); uri != "" {
			return occupation{uri: uri}
		}
		if code := v.prep.codes.iscoCode(s); code != "" {
			return occupation{isco08: code}
		}
		return occupation{title: ownWords(s, maxCredential)}
	})
	v.title = o.title
	return o.isco08, o.uri
}

// residence is the region of residence down to level 2 of NUTS, or its name where
// it is none of the code list.
func (v *values) residence() (code string, level int32, name string) {
	p := &v.row.Place
	r := remember(v.cells.residences, v, cell{p.RegionCode, p.Region, p.Country}, func() residence {
		code, level, name := v.place()
		return residence{code, level, name}
	})
	return r.code, r.level, r.name
}

func (v *values) place() (code string, level int32, name string) {
	at := v.prep.codes.locate(v.row.Place)
	for at.region.RegionLevel > maxRegion {
		at.region = v.prep.codes.byCode[at.region.ParentCode]
	}
	if v.row.Region != "" && at.region.RegionLevel < 1 {
		name = ownWords(v.row.Region, maxWords)
	}
	if at.region.RegionLevel < 0 {
		v.unread.check("region_code", false, v.row.RegionCode)
		return "", -1, name
	}
	return at.region.RegionCode, at.region.RegionLevel, name
}

// amount reads a number of 0 or more; not one that says nothing.
func (v *values) amount(field, s string) (float64, bool) {
	a := remember(v.cells.amounts, v, cell{field, "", s}, func() readAmount {
		n, ok := parseNumber(s)
		if !ok || n < 0 || n > maxAmount {
			v.unread.check(field, false, s)
			return readAmount{}
		}
		return readAmount{n, true}
	})
	return a.value, a.ok
}

// perMonth are the periods of pay in a month: 52.18 weeks a year, five days and
// 40 hours a week.
var perMonth = map[string]float64{"hour": 40 * weeksOfMonth, "day": 5 * weeksOfMonth, "week": weeksOfMonth, "month": 1, "year": 1.0 / 12}

const weeksOfMonth = 365.25 / 7 / 12

// income is an income per month; nil where amount or period is not known. No
// income is one of 0.
func (v *values) income(field, s string) *model.Money {
	n, ok := v.amount(field, s)
	if !ok {
		return nil
	}
	p := v.row.IncomePeriod
	period := remember(v.cells.words, v, cell{"", "period", p}, func() string { return periodOf(p) })
	factor, known := perMonth[period]
	if !known && n > 0 {
		v.unread = append(v.unread, "income_period")
		return nil
	}
	return v.money(n * factor)
}

// reference reads a row of a reference population. Nothing of it is guessed.
func (v *values) reference(feed string) *model.ReferencePopulation {
	r := v.row
	row := &model.ReferencePopulation{Source: feed}
	row.RegionCode, row.RegionLevel, _ = v.residence()
	if row.RegionCode == "" {
		v.breaks(source.RuleRegionUnknown, "no country, or region of NUTS level 1 or 2, is known by its code, name and country")
	}
	from, okFrom := readMonths(r.PeriodFrom, r.DateFormat)
	to, okTo := readMonths(r.PeriodTo, r.DateFormat)
	if row.PeriodFrom, row.PeriodTo = from.first, to.last; !okFrom || !okTo || row.PeriodTo != 0 && row.PeriodFrom > row.PeriodTo {
		v.breaks(source.RulePeriodUnclear, "months, quarters, years or dates in order, as 2026-04 to 2026-06")
	}
	if row.Breakdown, row.Category = v.group(); row.Category == "" {
		v.breaks(source.RuleGroupMissing, fmt.Sprintf("breakdown %q, category %q: a field of enrolments and a value that it can have", clip(r.Breakdown), clip(r.Category)))
	}
	figures := figures{broken: v.broken}
	if n := figures.count("persons", r.Persons); n != nil {
		row.Persons = *n
	} else {
		figures.missing()
	}
	v.broken = figures.broken
	return row
}

// Breakdowns are the columns of persons by which they are counted in groups.
var Breakdowns = []string{
	"age_band", "gender", "education", "employment", "disability", "third_country", "foreign_background", "minority", "homeless", "rural",
	"minimum_income", "income_band",
}

// group reads a column and a value of it as they stand in enrolments.
func (v *values) group() (breakdown, category string) {
	s := v.row.Category
	breakdown = strings.ToLower(strings.TrimSpace(v.row.Breakdown))
	switch {
	case strings.EqualFold(breakdown, model.Total):
		return model.Total, model.Total
	case !slices.Contains(Breakdowns, breakdown):
		return breakdown, ""
	}
	switch breakdown {
	case "age_band":
		return breakdown, ownBand(s)
	case "gender":
		return breakdown, genders[fold(s)]
	case "education":
		return breakdown, v.education(breakdown, s)
	case "employment":
		return breakdown, employments[fold(s)]
	case "income_band":
		return breakdown, ownWords(s, maxWords)
	}
	return breakdown, v.answer(breakdown, s)
}
