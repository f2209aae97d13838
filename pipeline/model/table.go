package model

import "cmp"

// TableKey says of whom and when the figures of a row are: a group of
// occupations in a region, over a period.
type TableKey struct {
	RegionCode      string `parquet:"region_code,dict" desc:"region: NUTS code, at country level the ISO 3166-1 code" source:"feed, code list"`
	RegionLevel     int32  `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level" source:"feed, code list"`
	OccupationCode  string `parquet:"occupation_code,dict" desc:"ISCO-08 digits, or TOTAL for all occupations"`
	OccupationLevel string `parquet:"occupation_level,dict" desc:"all, isco1, isco2, isco3 or isco4"`
	PeriodFrom      Date   `parquet:"period_from,optional,date" desc:"first day of the first month of the period; null: from the beginning"`
	PeriodTo        Date   `parquet:"period_to,optional,date" desc:"first day of the last month of the period; null: to the end"`
}

// Compare orders keys by region, period and occupation.
func (k *TableKey) Compare(o *TableKey) int {
	return cmp.Or(cmp.Compare(k.RegionLevel, o.RegionLevel), cmp.Compare(k.RegionCode, o.RegionCode),
		cmp.Compare(k.PeriodFrom, o.PeriodFrom), cmp.Compare(k.PeriodTo, o.PeriodTo),
		cmp.Compare(k.OccupationLevel, o.OccupationLevel), cmp.Compare(k.OccupationCode, o.OccupationCode))
}

// VacancyTotal is an official number of vacancies.
type VacancyTotal struct {
	Source string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml; of several that give the same group and period, the one that stands first there counts" source:"configuration"`
	TableKey
	Vacancies int64 `parquet:"vacancies" desc:"posts vacant in the period, by official statistics" unit:"posts"`
}

// Workforce is what official statistics say of those who work in a group of
// occupations, or seek work in it.
type Workforce struct {
	Source string `parquet:"source,dict" desc:"name of the feed in skillsgap.yaml; of several, each figure counts from the one that stands first there and states it" source:"configuration"`
	TableKey
	Employed       *int64   `parquet:"employed,optional" desc:"persons employed" unit:"persons"`
	Unemployed     *int64   `parquet:"unemployed,optional" desc:"persons unemployed whose last work was in the group" unit:"persons"`
	Vacancies      *int64   `parquet:"vacancies,optional" desc:"posts vacant" unit:"posts"`
	Wage           *Money   `parquet:"wage,optional,decimal(2:18)" desc:"median pay per wage_period" unit:"currency"`
	WageEarlier    *Money   `parquet:"wage_earlier,optional,decimal(2:18)" desc:"median pay in an earlier period, in the same currency and per the same wage_period" unit:"currency"`
	Currency       string   `parquet:"currency,optional,dict" desc:"ISO 4217 code" source:"feed, code list"`
	WagePeriod     string   `parquet:"wage_period,optional,dict" desc:"hour, day, week, month or year"`
	Hours          *float64 `parquet:"hours,optional" desc:"usual hours worked a week" unit:"hours"`
	HoursEarlier   *float64 `parquet:"hours_earlier,optional" desc:"usual hours a week in an earlier period" unit:"hours"`
	UnderQualified *Score   `parquet:"under_qualified,optional,decimal(4:5)" desc:"share of the employed whose qualification is below what their work asks" unit:"0..1"`
}

// Calibration is what became of an official total of vacancies: how many posts
// of it the feeds show, and the weight that their vacancies have for it. The
// rows of use uncovered, a period each, are the vacancies outside all groups.
type Calibration struct {
	TableKey
	Official *int64   `parquet:"official,optional" desc:"posts vacant, by official statistics; null for uncovered vacancies" unit:"posts"`
	Openings int64    `parquet:"openings" desc:"posts of the group's vacancies in the feeds" unit:"posts"`
	Weight   *float64 `parquet:"weight,optional" desc:"what an opening of the group counts for, in ten-thousandths exactly; null where no vacancy has it" unit:"posts per opening"`
	Use      string   `parquet:"use,dict" desc:"used: its vacancies count official over openings; bounded: more than 1,000, at which the weight stops; not_represented: no vacancy in the feeds stands for its posts; contradicted: statistics know no post, the feeds show some; margin: finer groups lie in it, which count in its stead; overlapping: it shares vacancies with a group of finer occupations, which counts in its stead; uncovered: vacancies in no group that counts, with the weight of all groups together"`
}

// Shortage is how short an occupation is in a region: signals of the labour
// market, each set against the economy and against the other occupations of its
// level. A signal whose figures are not stated is null and counts in nothing.
type Shortage struct {
	TableKey
	VacancyRate           *float64 `parquet:"vacancy_rate,optional" desc:"vacancies over vacancies and employed" unit:"0..1"`
	VacancyRateEconomy    *float64 `parquet:"vacancy_rate_economy,optional" desc:"the same of the economy" unit:"0..1"`
	VacancyRateScore      *float64 `parquet:"vacancy_rate_score,optional" desc:"their difference in standard deviations among the occupations" unit:"standard deviations"`
	Tightness             *float64 `parquet:"tightness,optional" desc:"vacancies over vacancies and unemployed: 0.5 is one unemployed for each vacancy" unit:"0..1"`
	TightnessEconomy      *float64 `parquet:"tightness_economy,optional" desc:"the same of the economy" unit:"0..1"`
	TightnessScore        *float64 `parquet:"tightness_score,optional" desc:"their difference in standard deviations among the occupations" unit:"standard deviations"`
	Wage                  *float64 `parquet:"wage,optional" desc:"median pay; null where the wages of the region and period are not all in one currency per one time" unit:"currency"`
	WageEconomy           *float64 `parquet:"wage_economy,optional" desc:"the same of the economy" unit:"currency"`
	WageScore             *float64 `parquet:"wage_score,optional" desc:"their difference in standard deviations among the occupations" unit:"standard deviations"`
	WageGrowth            *float64 `parquet:"wage_growth,optional" desc:"pay over earlier pay, less 1" unit:"ratio"`
	WageGrowthEconomy     *float64 `parquet:"wage_growth_economy,optional" desc:"the same of the economy" unit:"ratio"`
	WageGrowthScore       *float64 `parquet:"wage_growth_score,optional" desc:"their difference in standard deviations among the occupations" unit:"standard deviations"`
	HoursGrowth           *float64 `parquet:"hours_growth,optional" desc:"usual hours over earlier hours, less 1" unit:"ratio"`
	HoursGrowthEconomy    *float64 `parquet:"hours_growth_economy,optional" desc:"the same of the economy" unit:"ratio"`
	HoursGrowthScore      *float64 `parquet:"hours_growth_score,optional" desc:"their difference in standard deviations among the occupations" unit:"standard deviations"`
	UnderQualified        *float64 `parquet:"under_qualified,optional" desc:"share of the employed whose qualification is below what their work asks" unit:"0..1"`
	UnderQualifiedEconomy *float64 `parquet:"under_qualified_economy,optional" desc:"the same of the economy" unit:"0..1"`
	UnderQualifiedScore   *float64 `parquet:"under_qualified_score,optional" desc:"their difference in standard deviations among the occupations" unit:"standard deviations"`
	Index                 *float64 `parquet:"index,optional" desc:"mean of the scores present: above 0, shorter than the economy; null where none is" unit:"standard deviations"`
	IndexLow              *float64 `parquet:"index_low,optional" desc:"lowest mean when any one score is left out; null below two scores" unit:"standard deviations"`
	IndexHigh             *float64 `parquet:"index_high,optional" desc:"highest mean when any one score is left out; null below two scores" unit:"standard deviations"`
	ComponentsPresent     int32    `parquet:"components_present" desc:"scores present, of six" unit:"scores"`
	ComparedOccupations   int32    `parquet:"compared_occupations" desc:"occupations of the level that the region and period have" unit:"occupations"`
	InShortage            *bool    `parquet:"in_shortage,optional" desc:"at least three scores, an index of 0.5 or more, and above 0 whichever score is left out; null below three scores"`
}

// SkillShortage is how short a skill is: the shortage of the occupations that
// ask for it, each as far as its vacancies ask.
type SkillShortage struct {
	RegionCode      string   `parquet:"region_code,dict" desc:"region: NUTS code, at country level the ISO 3166-1 code"`
	RegionLevel     int32    `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level"`
	PeriodFrom      Date     `parquet:"period_from,optional,date" desc:"as in shortage"`
	PeriodTo        Date     `parquet:"period_to,optional,date" desc:"as in shortage"`
	Month           Date     `parquet:"month,date" desc:"month of the cells (12m) that say how far an occupation asks for the skill"`
	SkillURI        string   `parquet:"skill_uri,dict" desc:"ESCO skill"`
	OccupationLevel string   `parquet:"occupation_level,dict" desc:"level of the occupations: the finest of the table that cells have"`
	Index           float64  `parquet:"index" desc:"mean of the occupations' indices, weighted with the share of their vacancies' openings that asks for the skill" unit:"standard deviations"`
	Occupations     int32    `parquet:"occupations" desc:"occupations behind it: with an index, and a cell that asks for the skill" unit:"occupations"`
	Judged          int32    `parquet:"occupations_judged" desc:"of these, with a verdict in shortage: at least three scores" unit:"occupations"`
	InShortage      *int32   `parquet:"occupations_in_shortage,optional" desc:"of those judged, in shortage; null where none is judged" unit:"occupations"`
	Importance      float64  `parquet:"importance" desc:"sum of the weights" unit:"shares"`
	Behind          []string `parquet:"behind,list" desc:"the ISCO-08 codes of those that add most to it, at most five, the first the most"`
}

// Of returns the feed and the key of a row.
func (t *VacancyTotal) Of() (source string, key TableKey) { return t.Source, t.TableKey }

// Of returns the feed and the key of a row.
func (w *Workforce) Of() (source string, key TableKey) { return w.Source, w.TableKey }

func compareVacancyTotal(a, b *VacancyTotal) int {
	return cmp.Or(a.Compare(&b.TableKey), cmp.Compare(a.Source, b.Source))
}

func compareWorkforce(a, b *Workforce) int {
	return cmp.Or(a.Compare(&b.TableKey), cmp.Compare(a.Source, b.Source))
}

func compareCalibration(a, b *Calibration) int {
	return cmp.Or(a.Compare(&b.TableKey), cmp.Compare(a.Use, b.Use))
}

func compareSkillShortage(a, b *SkillShortage) int {
	return cmp.Or(cmp.Compare(a.RegionLevel, b.RegionLevel), cmp.Compare(a.RegionCode, b.RegionCode),
		cmp.Compare(a.PeriodFrom, b.PeriodFrom), cmp.Compare(a.PeriodTo, b.PeriodTo), cmp.Compare(a.SkillURI, b.SkillURI))
}
