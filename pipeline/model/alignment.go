package model

import (
	"cmp"
	"strings"
)

// Alignment sets what a credential teaches against what an occupation needs: an
// ISCO-08 unit group, over the twelve months to the newest month.
type Alignment struct {
	CredentialID     string   `parquet:"credential_id,dict" desc:"the credential"`
	OccupationCode   string   `parquet:"occupation_code,dict" desc:"ISCO-08 unit group"`
	RegionCode       string   `parquet:"region_code,dict" desc:"narrowest region around the place of the credential whose cell is published; each country for one that is online or whose place is not known"`
	RegionLevel      int32    `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level"`
	Aligned          bool     `parquet:"aligned" desc:"the credential states the occupation, or enough of what it teaches are ESCO skills of it: what counts as its supply"`
	Stated           bool     `parquet:"stated" desc:"the credential states the occupation"`
	Main             bool     `parquet:"main" desc:"what the credential is for: the occupations that it states, else that aligned one, in each country, of whose demand it covers most, if its vacancies ask for anything that it teaches"`
	NEffective       float64  `parquet:"n_effective" desc:"effective number of vacancies of the cell" unit:"vacancies"`
	SkillsTaught     int32    `parquet:"skills_taught" desc:"skills that the credential teaches or assesses" unit:"skills"`
	SkillsAsked      int32    `parquet:"skills_asked" desc:"of these, asked by enough vacancies of the cell to be published" unit:"skills"`
	AskedShare       float64  `parquet:"asked_share" desc:"skills_asked over skills_taught" unit:"0..1"`
	DemandCovered    float64  `parquet:"demand_covered" desc:"demand shares of what it teaches over those of all published skills of the cell: of what vacancies ask, the part it teaches" unit:"0..1"`
	EssentialSkills  int32    `parquet:"essential_skills" desc:"skills that ESCO calls essential for at least half of the occupations of the group" unit:"skills"`
	EssentialCovered int32    `parquet:"essential_covered" desc:"of these, taught" unit:"skills"`
	EssentialNear    int32    `parquet:"essential_near" desc:"of these, not taught, but a close skill is" unit:"skills"`
	EssentialShare   *float64 `parquet:"essential_share,optional" desc:"essential_covered over essential_skills; null where there is none" unit:"0..1"`
	SkillsPerHour    *float64 `parquet:"skills_per_hour,optional" desc:"skills_taught over hours; null where hours are not known" unit:"skills per hour"`
	Crowded          *bool    `parquet:"crowded,optional" desc:"it claims more skills than its hours allow at five hours a skill, as a list of keywords does; null where hours are not known"`
	TrendRegion      string   `parquet:"trend_region,dict" desc:"country whose cell the trend is of"`
	TrendSkills      int32    `parquet:"trend_skills" desc:"skills taught with a demand share in both years" unit:"skills"`
	Trend            *float64 `parquet:"trend,optional" desc:"demand for what it teaches over that of the twelve months before: sum of shares over sum of shares; null where no skill has both" unit:"ratio"`
	TrendLow         *float64 `parquet:"trend_low,optional" desc:"lower end of its 95 % interval" unit:"ratio"`
	TrendHigh        *float64 `parquet:"trend_high,optional" desc:"upper end of its 95 % interval" unit:"ratio"`
	SkillsDeclining  int32    `parquet:"skills_declining" desc:"skills taught that are declining in skill_gaps, in the country" unit:"skills"`
	Ageing           *bool    `parquet:"ageing,optional" desc:"at least half of the skills taught are declining, and the trend's interval is below 1; null where it is not judged: not the main occupation, or no trend"`
}

func compareAlignment(a, b *Alignment) int {
	return cmp.Or(strings.Compare(a.CredentialID, b.CredentialID), strings.Compare(a.OccupationCode, b.OccupationCode), strings.Compare(a.RegionCode, b.RegionCode))
}
