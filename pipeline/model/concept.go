package model

// Skill is an ESCO skill, knowledge concept or skill group.
type Skill struct {
	SkillURI      string   `parquet:"skill_uri" desc:"ESCO URI"`
	Kind          string   `parquet:"kind,dict" desc:"skill, knowledge, language, attitude or group"`
	Code          string   `parquet:"code,optional" desc:"code of a group in the skills hierarchy, as S1.2"`
	ReuseLevel    string   `parquet:"reuse_level,optional,dict" desc:"ESCO reuse level"`
	Parents       []string `parquet:"parents,list" desc:"URIs one step broader"`
	Green         bool     `parquet:"green" desc:"in ESCO's green collection"`
	Digital       bool     `parquet:"digital" desc:"in ESCO's digital (ICT) collection"`
	Transversal   bool     `parquet:"transversal" desc:"in ESCO's transversal collection"`
	LanguageSkill bool     `parquet:"language_skill" desc:"in ESCO's language collection"`
	DigComp       bool     `parquet:"digcomp" desc:"in ESCO's DigComp collection"`
}

// SkillLabel is the name of a skill or skill group in one language.
type SkillLabel struct {
	SkillURI string `parquet:"skill_uri" desc:"ESCO URI"`
	Language string `parquet:"language,dict" desc:"BCP 47"`
	Kind     string `parquet:"kind,dict" desc:"preferred or alternative"`
	Label    string `parquet:"label" desc:"the name"`
}

// Occupation is an ESCO occupation or an ISCO-08 group, with its preferred name.
type Occupation struct {
	OccupationCode string `parquet:"occupation_code" desc:"ESCO URI of an occupation; digits of an ISCO-08 group; TOTAL for all occupations"`
	Level          string `parquet:"level,dict" desc:"occupation, isco4, isco3, isco2, isco1 or all"`
	ISCO08         string `parquet:"isco08,optional" desc:"ISCO-08 group it belongs to or is"`
	ParentCode     string `parquet:"parent_code,optional" desc:"occupation_code one step broader"`
	Language       string `parquet:"language,dict" desc:"language of label, BCP 47"`
	Label          string `parquet:"label" desc:"preferred name"`
}

// Region is a region of a code list.
type Region struct {
	RegionCode   string `parquet:"region_code" desc:"code; at country level ISO 3166-1 alpha-2"`
	RegionScheme string `parquet:"region_scheme,dict" desc:"scheme and vintage"`
	RegionLevel  int32  `parquet:"region_level" desc:"0 country, 1 to 3 NUTS level"`
	ParentCode   string `parquet:"parent_code,optional" desc:"region_code one level up"`
	Country      string `parquet:"country,dict" desc:"ISO 3166-1 alpha-2"`
	Label        string `parquet:"label" desc:"name"`
}
