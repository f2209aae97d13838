package pipeline

import (
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// unitGroups is the level of occupations at which a person or a credential is set
// against what vacancies ask.
const unitGroups = "isco4"

// marketKey is what tells cells of one month apart.
type marketKey struct {
	Period          string `parquet:"period,dict"`
	RegionCode      string `parquet:"region_code,dict"`
	RegionLevel     int32  `parquet:"region_level"`
	OccupationCode  string `parquet:"occupation_code,dict"`
	OccupationLevel string `parquet:"occupation_level,dict"`
}

// wanted tells whether the cell is a unit group over twelve months; those have no
// sector.
func (k *marketKey) wanted() bool {
	return k.Period == measure.TwelveMonths && k.OccupationLevel == unitGroups
}

// marketCell and marketDemand are the columns of cells and skill_demand that make a
// market.
type marketCell struct {
	marketKey
	NEffective float64 `parquet:"n_effective"`
	Vacancies  int32   `parquet:"vacancies"`
	Openings   int64   `parquet:"openings"`
}

type marketDemand struct {
	marketKey
	SkillURI   string   `parquet:"skill_uri,dict"`
	Share      float64  `parquet:"share"`
	Vacancies  int32    `parquet:"vacancies"`
	GrowthLow  *float64 `parquet:"growth_low,optional"`
	GrowthHigh *float64 `parquet:"growth_high,optional"`
}

// marketGap is what skill_gaps adds: which skills decline.
type marketGap struct {
	marketKey
	SkillURI  string `parquet:"skill_uri,dict"`
	Declining *bool  `parquet:"declining,optional"`
}

// markets puts a month's rows, which come in key order, together to the markets of
// all unit groups and regions.
func markets(t *taxonomy.Taxonomy, cells []marketCell, demand []marketDemand, gaps []marketGap) []recommend.Market {
	type row struct {
		marketKey
		skill string
	}
	declining := map[row]bool{}
	for i := range gaps {
		if g := &gaps[i]; g.Declining != nil && *g.Declining && g.wanted() {
			declining[row{g.marketKey, g.SkillURI}] = true
		}
	}
	var all []recommend.Market
	at := map[marketKey]int{}
	for i := range cells {
		if c := &cells[i]; c.wanted() {
			at[c.marketKey] = len(all)
			all = append(all, recommend.Market{
				ISCO: c.OccupationCode, Region: c.RegionCode, Level: c.RegionLevel,
				Vacancies: c.Vacancies, NEffective: c.NEffective, Openings: c.Openings,
			})
		}
	}
	for i := range demand {
		d := &demand[i]
		if !d.wanted() {
			continue
		}
		m, published := at[d.marketKey]
		skill, known := t.SkillIndex(d.SkillURI)
		if published && known {
			all[m].Asked = append(all[m].Asked, recommend.Asked{
				Skill: skill, Share: d.Share, Vacancies: d.Vacancies, GrowthLow: d.GrowthLow, GrowthHigh: d.GrowthHigh,
				Declining: declining[row{d.marketKey, d.SkillURI}],
			})
		}
	}
	return all
}

// yearBefore is the month that ends the twelve months before those that end with
// the month.
func yearBefore(month model.Date) model.Date { return month.AddMonths(-year) }

// year is the length of the period, in months.
const year = 12
