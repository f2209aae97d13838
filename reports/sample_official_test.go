package reports

import (
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// sampleOfficial is a workforce table of two groups in France, and what follows of
// it; of the first all signals but hours are stated.
func sampleOfficial() official {
	key := func(code string) model.TableKey {
		return model.TableKey{
			RegionCode: "FR", OccupationCode: code, OccupationLevel: "isco1", PeriodFrom: sampleMonth.AddMonths(-4), PeriodTo: sampleMonth.AddMonths(-2),
		}
	}
	return official{
		workforce: []model.Workforce{
			{
				Source: "survey", TableKey: key("2"), Employed: to[int64](900), Unemployed: to[int64](20), Vacancies: to[int64](100),
				Wage: to(model.Money(330000)), WageEarlier: to(model.Money(300000)), Currency: "EUR", WagePeriod: "month", UnderQualified: to(model.Score(500)),
			},
			{Source: "survey", TableKey: key("7"), Employed: to[int64](980), Unemployed: to[int64](80), Vacancies: to[int64](20), UnderQualified: to(model.Score(2500))},
		},
		calibration: []model.Calibration{
			{TableKey: key("2"), Official: to[int64](100), Openings: 40, Weight: to(2.5), Use: "used"},
			{TableKey: key("7"), Official: to[int64](20), Use: "not_represented"},
			{TableKey: model.TableKey{RegionCode: model.Total, OccupationCode: model.Total}, Openings: 3, Weight: to(2.5), Use: "uncovered"},
		},
		shortage: []model.Shortage{
			{
				TableKey: key("2"), VacancyRate: to(0.1), VacancyRateEconomy: to(0.06), VacancyRateScore: to(1.0),
				Tightness: to(0.8333), TightnessEconomy: to(0.5454), TightnessScore: to(0.9), Wage: to(3300.0), WageGrowth: to(0.1),
				UnderQualified: to(0.05), UnderQualifiedEconomy: to(0.15), UnderQualifiedScore: to(-0.4),
				Index: to(0.5), IndexLow: to(0.25), IndexHigh: to(0.95), ComponentsPresent: 3, ComparedOccupations: 2, InShortage: to(true),
			},
			{
				TableKey: key("7"), VacancyRate: to(0.02), VacancyRateEconomy: to(0.06), VacancyRateScore: to(-1.0),
				Index: to(-1.0), ComponentsPresent: 1, ComparedOccupations: 2,
			},
		},
		skills: []model.SkillShortage{
			{
				RegionCode: "FR", PeriodFrom: sampleMonth.AddMonths(-4), PeriodTo: sampleMonth.AddMonths(-2), Month: sampleMonth.AddMonths(-2), SkillURI: skillURI(12),
				OccupationLevel: "isco1", Index: 0.45, Occupations: 2, Judged: 1, InShortage: to[int32](1), Importance: 0.4, Behind: []string{"2", "7"},
			},
			{
				RegionCode: "FR", PeriodFrom: sampleMonth.AddMonths(-4), PeriodTo: sampleMonth.AddMonths(-2), Month: sampleMonth.AddMonths(-2), SkillURI: skillURI(7),
				OccupationLevel: "isco1", Index: -1, Occupations: 1, Importance: 0.2, Behind: []string{"7"},
			},
		},
	}
}
