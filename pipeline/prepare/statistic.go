package prepare

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// The bounds of official figures: what is above is a mistake of columns or units.
const (
	maxPersons = 1_000_000_000 // also posts
	maxHours   = 168           // of a week
	maxRegion  = 2             // the finest level of NUTS that measures have
)

// VacancyTotal prepares an official number of vacancies, or says which rule the
// row breaks. Nothing of an official row is guessed: it is read or rejected.
func (p *Preparer) VacancyTotal(feed string, r *source.Statistic) (model.VacancyTotal, *source.Violation) {
	key, broken := p.tableKey(r)
	f := figures{broken: broken}
	posts := f.count("vacancies", r.Vacancies)
	if posts == nil {
		f.missing()
		posts = new(int64)
	}
	return model.VacancyTotal{Source: feed, TableKey: key, Vacancies: *posts}, f.broken
}

// Workforce prepares a row of a workforce table in the manner of
// [Preparer.VacancyTotal].
func (p *Preparer) Workforce(feed string, r *source.Statistic) (model.Workforce, *source.Violation) {
	key, broken := p.tableKey(r)
	f := figures{broken: broken}
	w := model.Workforce{
		Source: feed, TableKey: key,
		Employed: f.count("employed", r.Employed), Unemployed: f.count("unemployed", r.Unemployed), Vacancies: f.count("vacancies", r.Vacancies),
		Wage: f.wage("wage", r.Wage), WageEarlier: f.wage("wage_earlier", r.WageEarlier),
		Hours: f.hours("hours", r.Hours), HoursEarlier: f.hours("hours_earlier", r.HoursEarlier),
		UnderQualified: f.share("under_qualified", r.UnderQualified),
	}
	if w.Wage != nil || w.WageEarlier != nil {
		w.Currency, w.WagePeriod = p.codes.currencyCode(r.Currency), periodOf(r.WagePeriod)
		f.check(w.Currency != "" || saysNothing(r.Currency), "currency", r.Currency, "an ISO 4217 code, as EUR")
		f.check(w.WagePeriod != "" || saysNothing(r.WagePeriod), "wage_period", r.WagePeriod, "hour, day, week, month or year")
	}
	if w.Employed == nil && w.Unemployed == nil && w.Vacancies == nil && w.Wage == nil && w.WageEarlier == nil && w.Hours == nil && w.HoursEarlier == nil && w.UnderQualified == nil {
		f.missing()
	}
	return w, f.broken
}

// tableKey reads of whom and when the figures of a row are.
func (p *Preparer) tableKey(r *source.Statistic) (model.TableKey, *source.Violation) {
	var k model.TableKey
	at := p.codes.locate(r.Place)
	var u unread
	p.codes.checkPlace(&u, r.Place, at)
	// Of a code that is not listed, locate takes the longest listed beginning.
	guessed := r.RegionCode != "" && len(lastSegment(r.RegionCode)) != len(at.region.RegionCode)
	for at.region.RegionLevel > maxRegion && p.codes.children[at.region.ParentCode] == 1 { // the same territory
		at.region = p.codes.byCode[at.region.ParentCode]
	}
	if at.region.RegionLevel < 0 || at.region.RegionLevel > maxRegion || guessed || len(u) > 0 {
		return k, &source.Violation{Rule: source.RuleRegionUnknown, Message: fmt.Sprintf("region code %q, region %q, country %q: no country, or region of NUTS level 1 or 2, is known by all of them", clip(r.RegionCode), clip(r.Region), clip(r.Country))}
	}
	k.RegionCode, k.RegionLevel = at.region.RegionCode, at.region.RegionLevel
	var ok bool
	if k.OccupationCode, k.OccupationLevel, ok = p.codes.iscoGroup(r.ISCO08); !ok {
		return k, &source.Violation{Rule: source.RuleGroupUnknown, Message: fmt.Sprintf("group of occupations %q: an ISCO-08 code of 1 to 4 digits, or TOTAL", clip(r.ISCO08))}
	}
	from, okFrom := readMonths(r.PeriodFrom, r.DateFormat)
	to, okTo := readMonths(r.PeriodTo, r.DateFormat)
	k.PeriodFrom, k.PeriodTo = from.first, to.last
	switch {
	case !okFrom || !okTo || k.PeriodTo != 0 && k.PeriodFrom > k.PeriodTo:
		return k, &source.Violation{Rule: source.RulePeriodUnclear, Message: fmt.Sprintf("period from %q to %q: months, quarters, years or dates in order, as 2026-04 to 2026-06", clip(r.PeriodFrom), clip(r.PeriodTo))}
	case k.PeriodFrom > p.opts.AsOf:
		return k, &source.Violation{Rule: source.RulePeriodAfterAsOf, Message: fmt.Sprintf("the period begins on %s, after the as-of date %s; a later run reads it", k.PeriodFrom, p.opts.AsOf)}
	}
	return k, nil
}

// iscoGroup returns the code and level of a group of ISCO-08: of 25, OC25 or C25
// it is 25, isco2.
func (r *Regions) iscoGroup(s string) (code, level string, ok bool) {
	code = strings.ToUpper(lastSegment(s))
	if code == model.Total || code == "T" {
		return model.Total, "all", true
	}
	code = strings.TrimPrefix(strings.TrimPrefix(code, "O"), "C")
	if len(code) == 0 || len(code) > 4 {
		return "", "", false
	}
	for unit := range r.isco {
		if strings.HasPrefix(unit, code) {
			return code, "isco" + strconv.Itoa(len(code)), true
		}
	}
	return "", "", false
}

// months are the first days of the first and last month of a period; 0 is open.
type months struct{ first, last model.Date }

var (
	yearPattern    = regexp.MustCompile(`^(\d{4})$`)
	quarterPattern = regexp.MustCompile(`(?i)^(\d{4})[-/ ]?Q([1-4])$`)
	monthPattern   = regexp.MustCompile(`(?i)^(\d{4})[-/ ]?M?(0[1-9]|1[0-2])$`)
)

// readMonths reads a period of one word: 2026, 2026-Q2, 2026-04, or a date.
func readMonths(s, format string) (months, bool) {
	s = strings.TrimSpace(s)
	year := func(digits string) (int, bool) {
		y, _ := strconv.Atoi(digits) // the pattern has found four
		return y, y >= firstYear && y <= lastYear
	}
	if m := yearPattern.FindStringSubmatch(s); m != nil {
		y, ok := year(m[1])
		return months{model.NewDate(y, time.January, 1), model.NewDate(y, time.December, 1)}, ok
	}
	if m := quarterPattern.FindStringSubmatch(s); m != nil {
		y, ok := year(m[1])
		first := time.Month(3*int(m[2][0]-'1') + 1)
		return months{model.NewDate(y, first, 1), model.NewDate(y, first+2, 1)}, ok
	}
	if m := monthPattern.FindStringSubmatch(s); m != nil {
		y, ok := year(m[1])
		n, _ := strconv.Atoi(m[2])
		day := model.NewDate(y, time.Month(n), 1)
		return months{day, day}, ok
	}
	day, err := ParseDate(s, format)
	if err != nil || day == 0 {
		return months{}, s == "" || err == nil && saysNothing(s)
	}
	return months{day.Month(), day.Month()}, true
}

// figures reads the numbers of an official row and keeps the first rule broken.
type figures struct{ broken *source.Violation }

func (f *figures) check(ok bool, field, value, want string) {
	if !ok && f.broken == nil {
		f.broken = &source.Violation{Rule: source.RuleFigureUnclear, Message: fmt.Sprintf("%s %q: want %s", field, clip(value), want)}
	}
}

func (f *figures) missing() {
	if f.broken == nil {
		f.broken = &source.Violation{Rule: source.RuleFigureMissing, Message: "the row states no figure; leave it out"}
	}
}

// number reads a number; stated is whether there is one. ":" and "n/a" say that
// there is none.
func (f *figures) number(field, s, want string, within func(float64) bool) (n float64, stated bool) {
	s = strings.TrimSpace(s)
	n, ok := parseNumber(s)
	switch {
	case ok && within(n):
		return n, true
	case ok || !saysNothing(s):
		f.check(false, field, s, want)
	}
	return 0, false
}

func (f *figures) count(field, s string) *int64 {
	n, stated := f.number(field, s, "a whole number of persons or posts, not of thousands", func(n float64) bool { return n <= maxPersons && n == math.Trunc(n) })
	if !stated {
		return nil
	}
	whole := int64(n)
	return &whole
}

func (f *figures) wage(field, s string) *model.Money {
	n, stated := f.number(field, s, "an amount above 0", func(n float64) bool { return n >= leastPay && n <= maxAmount })
	if !stated {
		return nil
	}
	return money(n)
}

func (f *figures) hours(field, s string) *float64 {
	n, stated := f.number(field, s, "hours a week, above 0 up to 168", func(n float64) bool { return n > 0 && n <= maxHours })
	if !stated {
		return nil
	}
	return &n
}

func (f *figures) share(field, s string) *model.Score {
	unit := 1.0
	if percent, ok := strings.CutSuffix(strings.TrimSpace(s), "%"); ok {
		s, unit = percent, 100
	}
	n, stated := f.number(field, s, "a share from 0 to 1, or with a % sign", func(n float64) bool { return n <= unit })
	if !stated {
		return nil
	}
	score := model.ScoreOf(n / unit)
	return &score
}
