package prepare

import (
	"os"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

func statisticPreparer(t testing.TB) *Preparer {
	t.Helper()
	codes, err := LoadRegions(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(Options{AsOf: model.NewDate(2026, 6, 30), Regions: codes})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// place reads "AT13", "AT13 in DE" and "Wien in Austria".
func place(s string) source.Place {
	name, country, _ := strings.Cut(s, " in ")
	if strings.ContainsAny(name, "0123456789") || len(name) == 2 {
		return source.Place{RegionCode: name, Country: country}
	}
	return source.Place{Region: name, Country: country}
}

func TestWhoAndWhenOfOfficialFigures(t *testing.T) {
	p := statisticPreparer(t)
	for _, c := range []struct{ place, group, from, to, want string }{
		{"AT13", "25", "2026-01", "2026-03", "AT13 2 25 isco2 2026-01-01 2026-03-01"},
		{"AT", "OC2", "2026-Q1", "2026-Q1", "AT 0 2 isco1 2026-01-01 2026-03-01"},
		{"AT1", "TOTAL", "2025", "2025", "AT1 1 TOTAL all 2025-01-01 2025-12-01"},
		{"EL", "2221", "2026M05", "", "GR 0 2221 isco4 2026-05-01 "},
		{"Wien in Austria", "C251", ":", "2026-06-17", "AT13 2 251 isco3  2026-06-01"},
		{"AT13", "2512", "", "", "AT13 2 2512 isco4  "},
		{"AT130", "25", "", "", "AT13 2 25 isco2  "},      // the only region of AT13
		{"AT112", "25", "", "", source.RuleRegionUnknown}, // too fine
		{"AT1X", "25", "", "", source.RuleRegionUnknown},  // AT1 and something else
		{"AT-9", "25", "", "", source.RuleRegionUnknown},
		{"AT13 in DE", "25", "", "", source.RuleRegionUnknown},
		{"Atlantis in Austria", "25", "", "", source.RuleRegionUnknown},
		{"", "25", "", "", source.RuleRegionUnknown},
		{"AT13", "", "", "", source.RuleGroupUnknown},
		{"AT13", "99", "", "", source.RuleGroupUnknown},
		{"AT13", "25120", "", "", source.RuleGroupUnknown},
		{"AT13", "ICT", "", "", source.RuleGroupUnknown},
		{"AT13", "25", "2026-Q5", "", source.RulePeriodUnclear},
		{"AT13", "25", "2026-13", "", source.RulePeriodUnclear},
		{"AT13", "25", "0001", "", source.RulePeriodUnclear},
		{"AT13", "25", "2026-04", "2026-03", source.RulePeriodUnclear},
		{"AT13", "25", "soon", "", source.RulePeriodUnclear},
		{"AT13", "25", "2026-07", "", source.RulePeriodAfterAsOf},
	} {
		row, broken := p.VacancyTotal("totals", &source.Statistic{Place: place(c.place), ISCO08: c.group, PeriodFrom: c.from, PeriodTo: c.to, Vacancies: "7"})
		k := row.TableKey
		got := strings.Join([]string{k.RegionCode, string('0' + k.RegionLevel), k.OccupationCode, k.OccupationLevel, k.PeriodFrom.String(), k.PeriodTo.String()}, " ")
		if broken != nil {
			got = broken.Rule
		}
		if got != c.want {
			t.Errorf("%+v: %s, want %s (%v)", c, got, c.want, broken)
		}
	}
}

func TestOfficialFigures(t *testing.T) {
	p := statisticPreparer(t)
	row := func(set func(*source.Statistic)) (model.Workforce, *source.Violation) {
		s := source.Statistic{Place: place("AT"), ISCO08: "2"}
		set(&s)
		return p.Workforce("workforce", &s)
	}
	for name, c := range map[string]struct {
		set  func(*source.Statistic)
		rule string // "" where the row is taken
	}{
		"none":               {func(*source.Statistic) {}, source.RuleFigureMissing},
		"not available":      {func(s *source.Statistic) { s.Employed, s.Vacancies = ":", "n/a" }, source.RuleFigureMissing},
		"no post vacant":     {func(s *source.Statistic) { s.Vacancies = "0" }, ""},
		"in thousands":       {func(s *source.Statistic) { s.Employed = "12.3" }, source.RuleFigureUnclear},
		"below 0":            {func(s *source.Statistic) { s.Employed = "-5" }, source.RuleFigureUnclear},
		"words":              {func(s *source.Statistic) { s.Unemployed = "many" }, source.RuleFigureUnclear},
		"too many":           {func(s *source.Statistic) { s.Employed = "1000000001" }, source.RuleFigureUnclear},
		"no pay":             {func(s *source.Statistic) { s.Wage = "0" }, source.RuleFigureUnclear},
		"pay":                {func(s *source.Statistic) { s.Wage, s.Currency, s.WagePeriod = "2 345,50", "Euro", "monthly" }, ""},
		"currency unknown":   {func(s *source.Statistic) { s.Wage, s.Currency = "20", "florins of old" }, source.RuleFigureUnclear},
		"period unknown":     {func(s *source.Statistic) { s.Wage, s.WagePeriod = "20", "now and then" }, source.RuleFigureUnclear},
		"hours of two weeks": {func(s *source.Statistic) { s.Hours = "200" }, source.RuleFigureUnclear},
		"share":              {func(s *source.Statistic) { s.UnderQualified = "0.125" }, ""},
		"percent":            {func(s *source.Statistic) { s.UnderQualified = "12,5 %" }, ""},
		"percent as share":   {func(s *source.Statistic) { s.UnderQualified = "12.5" }, source.RuleFigureUnclear},
	} {
		_, broken := row(c.set)
		got := ""
		if broken != nil {
			got = broken.Rule
		}
		if got != c.rule {
			t.Errorf("%s: rule %q, want %q (%v)", name, got, c.rule, broken)
		}
	}
	w, _ := row(func(s *source.Statistic) {
		s.Employed, s.Wage, s.Currency, s.WagePeriod, s.HoursEarlier, s.UnderQualified = "12 300", "2 345,50", "Euro", "monthly", "38.5", "12,5 %"
	})
	if *w.Employed != 12300 || *w.Wage != 234550 || w.Currency != "EUR" || w.WagePeriod != "month" || *w.HoursEarlier != 38.5 || *w.UnderQualified != 1250 || w.Unemployed != nil {
		t.Errorf("read as %+v", w)
	}
}

func FuzzStatistic(f *testing.F) {
	p := statisticPreparer(f)
	for _, s := range []string{"2026-Q1", "2026-04", "2026", "45000", "0000-00-00", "1:00", "12,5 %", "OC25", "AT13"} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, region, group, value string) {
		s := source.Statistic{
			Place: source.Place{RegionCode: region}, ISCO08: group, PeriodFrom: value, PeriodTo: value, Vacancies: value, Wage: value, Hours: value, UnderQualified: value,
		}
		w, broken := p.Workforce("workforce", &s)
		if broken != nil {
			return
		}
		if w.RegionCode == "" || w.RegionLevel < 0 || w.RegionLevel > maxRegion || w.OccupationCode == "" || w.PeriodTo != 0 && w.PeriodTo < w.PeriodFrom ||
			w.Vacancies != nil && *w.Vacancies < 0 || w.Wage != nil && *w.Wage <= 0 || w.UnderQualified != nil && (*w.UnderQualified < 0 || *w.UnderQualified > 10000) {
			t.Errorf("%+v is accepted as %+v", s, w)
		}
	})
}
