package reports

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// official is the part of a planted snapshot that official figures make.
type official struct {
	totals      []model.VacancyTotal
	workforce   []model.Workforce
	calibration []model.Calibration
	shortage    []model.Shortage
	skills      []model.SkillShortage
}

// wholeOfficial returns an occupation with three signals and one without any, and
// the skill that the first asks for.
func wholeOfficial() official {
	key := func(code string) model.TableKey {
		return model.TableKey{RegionCode: "IE", OccupationCode: code, OccupationLevel: "isco1", PeriodFrom: june}
	}
	return official{
		totals: []model.VacancyTotal{{Source: "totals", TableKey: key("7"), Vacancies: 6}, {Source: "totals", TableKey: key("8"), Vacancies: 5}},
		workforce: []model.Workforce{
			{Source: "workforce", TableKey: key("7"), Employed: to[int64](30), Vacancies: to[int64](10), Wage: to(model.Money(210000)), Currency: "EUR"},
			{Source: "workforce", TableKey: key("8"), Hours: to(38.0)},
		},
		calibration: []model.Calibration{
			{TableKey: key("7"), Official: to[int64](6), Openings: 4, Weight: to(1.5), Use: "used"},
			{TableKey: key("8"), Official: to[int64](5), Use: "not_represented"},
			{TableKey: model.TableKey{RegionCode: model.Total, OccupationCode: model.Total}, Openings: 2, Weight: to(1.5), Use: "uncovered"},
		},
		shortage: []model.Shortage{
			{
				TableKey: key("7"), VacancyRate: to(0.25), VacancyRateScore: to(2.0), TightnessScore: to(1.0), WageScore: to(0.3), Index: to(1.1),
				IndexLow: to(0.65), IndexHigh: to(1.5), ComponentsPresent: 3, ComparedOccupations: 2, InShortage: to(true),
			},
			{TableKey: key("8"), ComparedOccupations: 2},
		},
		skills: []model.SkillShortage{{
			RegionCode: "IE", PeriodFrom: june, Month: june, SkillURI: "polish", OccupationLevel: "isco1", Index: 1.1, Occupations: 1, Judged: 1, InShortage: to[int32](1), Importance: 0.5, Behind: []string{"7"},
		}},
	}
}

func (o *official) write(t testing.TB, d *warehouse.Draft) {
	t.Helper()
	put(t, d, model.VacancyTotals, o.totals)
	put(t, d, model.Workforces, o.workforce)
	put(t, d, model.Calibrations, o.calibration)
	put(t, d, model.Shortages, o.shortage)
	put(t, d, model.SkillShortages, o.skills)
}

type auditCase = struct {
	name, first string
	plant       func(*planted)
}

func officialCases() []auditCase {
	return []auditCase{
		{"a period that ends before it begins", "dataset=vacancy_totals", func(p *planted) { p.official.totals[1].PeriodTo = june.AddMonths(-1) }},
		{"no region", "dataset=workforce region_code=XX", func(p *planted) { p.official.workforce[1].RegionCode = "XX" }},
		{"no figure", "dataset=workforce", func(p *planted) { p.official.workforce[1].Hours = nil }},
		{"below 0", "dataset=workforce", func(p *planted) { p.official.workforce[0].Employed = to[int64](-1) }},
		{"hours of a fortnight", "dataset=workforce", func(p *planted) { p.official.workforce[1].Hours = to(170.0) }},
		{"another weight", "dataset=calibration region_code=IE occupation_code=7", func(p *planted) { p.official.calibration[0].Weight = to(1.6) }},
		{"no weight", "dataset=calibration", func(p *planted) { p.official.calibration[0].Weight = nil }},
		{"not represented, and yet", "what=not_represented", func(p *planted) { p.official.calibration[1].Openings = 1 }},
		{"of another total", "dataset=calibration", func(p *planted) { p.official.totals[1].Vacancies = 4 }},
	}
}

func shortageCases() []auditCase {
	return []auditCase{
		{"no mean", "dataset=shortage region_code=IE of=7", func(p *planted) { p.official.shortage[0].Index = to(1.2) }},
		{"another count of scores", "components_present=2", func(p *planted) { p.official.shortage[0].ComponentsPresent = 2 }},
		{"short by one signal", "of=7", func(p *planted) { p.official.shortage[0].IndexLow = to(-0.1) }},
		{"not short", "of=7", func(p *planted) { p.official.shortage[0].InShortage = to(false) }},
		{"an index of nothing", "of=8", func(p *planted) { p.official.shortage[1].Index = to(0.0) }},
		{"of no table", "of=8", func(p *planted) { p.official.workforce = p.official.workforce[:1] }},
		{"a skill above all", "dataset=skill_shortage", func(p *planted) { p.official.skills[0].Index = 1.3 }},
		{"more occupations than there are", "dataset=skill_shortage", func(p *planted) { p.official.skills[0].Occupations = 2 }},
		{"more judged than there are", "dataset=skill_shortage", func(p *planted) { p.official.skills[0].Judged = 2 }},
		{"short without a verdict", "dataset=skill_shortage", func(p *planted) { p.official.skills[0].Judged = 0 }},
		{"a verdict that is not told", "dataset=skill_shortage", func(p *planted) { p.official.skills[0].InShortage = nil }},
		{"of another period", "dataset=skill_shortage", func(p *planted) { p.official.skills[0].PeriodFrom = 0 }},
	}
}
