package model

// Total is the code that stands for "all" in occupation_code and nace_section,
// as in Eurostat's tables.
const Total = "TOTAL"

// CellKey is the grain of all measures: region x occupation (or sector) x
// month x period. Either occupation_code or nace_section is [Total] or both are.
// Cells of a sector hold demand alone.
type CellKey struct {
	Month           Date   `parquet:"-" partition:"month" desc:"first day of the month that ends the period"`
	Period          string `parquet:"period,dict" desc:"1m: that month; 12m: the twelve months ending with it"`
	RegionCode      string `parquet:"region_code,dict" desc:"region of the workplace"`
	RegionLevel     int32  `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level"`
	OccupationCode  string `parquet:"occupation_code,dict" desc:"TOTAL, ISCO-08 digits or ESCO URI"`
	OccupationLevel string `parquet:"occupation_level,dict" desc:"all, isco1, isco2, isco4 or occupation"`
	NACESection     string `parquet:"nace_section,dict" desc:"NACE Rev. 2 section letter of the employer, or TOTAL"`
}

// Cell is a published cell: its bases.
type Cell struct {
	CellKey
	NEffective        float64  `parquet:"n_effective" desc:"effective number of vacancies, (sum w)^2 / sum w^2 over the weighted posts w of each" unit:"vacancies"`
	Vacancies         int32    `parquet:"vacancies" desc:"vacancies that are not duplicates" unit:"vacancies"`
	Openings          int64    `parquet:"openings" desc:"posts on offer in these vacancies" unit:"posts"`
	DemandBase        float64  `parquet:"demand_base" desc:"these posts, weighted to official totals where a table gives them: the base of demand shares" unit:"posts"`
	Calibrated        *float64 `parquet:"calibrated,optional" desc:"part of the openings whose group has an official total; null where no table is given" unit:"0..1"`
	AnyDigital        float64  `parquet:"any_digital" desc:"share of posts whose vacancy asks any digital skill, 1 - product of (1 - probability) for each vacancy" unit:"0..1"`
	AnyDigitalLow     float64  `parquet:"any_digital_low" desc:"lower end of its 95 % Wilson interval" unit:"0..1"`
	AnyDigitalHigh    float64  `parquet:"any_digital_high" desc:"upper end of its 95 % Wilson interval" unit:"0..1"`
	AnyGreen          float64  `parquet:"any_green" desc:"share of posts whose vacancy asks any green skill, likewise" unit:"0..1"`
	AnyGreenLow       float64  `parquet:"any_green_low" desc:"lower end of its 95 % Wilson interval" unit:"0..1"`
	AnyGreenHigh      float64  `parquet:"any_green_high" desc:"upper end of its 95 % Wilson interval" unit:"0..1"`
	Coverage          *float64 `parquet:"coverage,optional" desc:"demand met by supply, sum of D min(1, S/D) over sum of D; null where no credential is aligned" unit:"0..1"`
	SkillsLeftOut     int32    `parquet:"skills_left_out" desc:"skills below the publication threshold, counted but not written" unit:"skills"`
	SupplyUnit        *string  `parquet:"supply_unit,optional,dict" desc:"places or credentials; null where no credential is aligned"`
	SupplyCredentials int32    `parquet:"supply_credentials" desc:"credentials aligned with the occupation, local and online" unit:"credentials"`
	SupplyBase        float64  `parquet:"supply_base" desc:"places or credentials aligned: the base of supply shares" unit:"supply_unit"`
	SupplyNEffective  float64  `parquet:"supply_n_effective" desc:"effective number of aligned credentials" unit:"credentials"`
}

// SkillDemand is the demand for a skill in a cell.
type SkillDemand struct {
	CellKey
	SkillURI            string   `parquet:"skill_uri,dict" desc:"ESCO skill"`
	Vacancies           int32    `parquet:"vacancies" desc:"vacancies in which the skill was found, however surely" unit:"vacancies"`
	Openings            int64    `parquet:"openings" desc:"posts in these vacancies" unit:"posts"`
	OpenStock           int64    `parquet:"open_stock" desc:"of these, posts of vacancies open on the month's last day" unit:"posts"`
	Employers           int32    `parquet:"employers" desc:"distinct employers named in these vacancies" unit:"employers"`
	Weighted            float64  `parquet:"weighted" desc:"posts asking for the skill: sum of weighted posts x probability that the vacancy asks for it" unit:"posts"`
	NEffective          float64  `parquet:"n_effective" desc:"effective number of vacancies of the cell: the base of the interval" unit:"vacancies"`
	Share               float64  `parquet:"share" desc:"demand share D: weighted over the demand_base of the cell" unit:"0..1"`
	ShareLow            float64  `parquet:"share_low" desc:"lower end of the 95 % Wilson interval" unit:"0..1"`
	ShareHigh           float64  `parquet:"share_high" desc:"upper end of the 95 % Wilson interval" unit:"0..1"`
	ShareShrunk         *float64 `parquet:"share_shrunk,optional" desc:"share drawn towards that of the parent cell (the wider region, of a country the wider occupation), which counts as much as the smallest cell that is written; null where there is none" unit:"0..1"`
	ShareCorrected      *float64 `parquet:"share_corrected,optional" desc:"share corrected for the part of skills that the linker does not find; null where measures.linker_recall is not configured" unit:"0..1"`
	CorrectedLow        *float64 `parquet:"corrected_low,optional" desc:"lower end of its 95 % interval" unit:"0..1"`
	CorrectedHigh       *float64 `parquet:"corrected_high,optional" desc:"upper end of its 95 % interval" unit:"0..1"`
	Growth12m           *float64 `parquet:"growth_12m,optional" desc:"12m share over the share in the twelve months before; null where these hold too few vacancies or none asking" unit:"ratio"`
	GrowthLow           *float64 `parquet:"growth_low,optional" desc:"lower end of its 95 % interval, clustered by employer" unit:"ratio"`
	GrowthHigh          *float64 `parquet:"growth_high,optional" desc:"upper end of that interval" unit:"ratio"`
	OneEmployerDominant *bool    `parquet:"one_employer_dominant,optional" desc:"one employer holds more than half of weighted; null where vacancies without a named employer could decide it"`
}

// SkillSupply is the teaching of a skill by the credentials aligned with a
// cell's occupation. Where any is aligned, each skill with a row in skill_demand
// has one here, a share of 0 with its interval included.
type SkillSupply struct {
	CellKey
	SkillURI          string  `parquet:"skill_uri,dict" desc:"ESCO skill"`
	SupplyUnit        string  `parquet:"supply_unit,dict" desc:"places if every aligned credential states them, else credentials"`
	CredentialsLocal  int32   `parquet:"credentials_local" desc:"credentials in the region in which the skill was found, however surely" unit:"credentials"`
	CredentialsOnline int32   `parquet:"credentials_online" desc:"online credentials likewise; not to be summed over regions" unit:"credentials"`
	PlacesLocal       *int64  `parquet:"places_local,optional" desc:"their places; null where one does not state them" unit:"places"`
	PlacesOnline      *int64  `parquet:"places_online,optional" desc:"likewise, online" unit:"places"`
	Completions       *int64  `parquet:"completions,optional" desc:"completions, disclosure-protected; null until learner records exist" unit:"persons"`
	Share             float64 `parquet:"share" desc:"supply share S: places (or credentials) x probability that the credential teaches the skill, local plus online, over the cell's supply base" unit:"0..1"`
	ShareLow          float64 `parquet:"share_low" desc:"lower end of the 95 % Wilson interval" unit:"0..1"`
	ShareHigh         float64 `parquet:"share_high" desc:"upper end of the 95 % Wilson interval" unit:"0..1"`
}

// SkillGap sets demand beside supply for a skill in a cell. Sector cells have
// none: no training says which sector it is for.
type SkillGap struct {
	CellKey
	SkillURI         string   `parquet:"skill_uri,dict" desc:"ESCO skill"`
	DemandShare      float64  `parquet:"demand_share" desc:"D" unit:"0..1"`
	SupplyShare      *float64 `parquet:"supply_share,optional" desc:"S; null where no credential is aligned with the occupation" unit:"0..1"`
	ShareGap         *float64 `parquet:"share_gap,optional" desc:"training-provision gap D - S" unit:"-1..1"`
	GapLow           *float64 `parquet:"gap_low,optional" desc:"lower end of the 95 % Newcombe interval" unit:"-1..1"`
	GapHigh          *float64 `parquet:"gap_high,optional" desc:"upper end of the 95 % Newcombe interval" unit:"-1..1"`
	LogRatio         *float64 `parquet:"log_ratio,optional" desc:"ln((D + 0.001) / (S + 0.001))"`
	YearlyPlaces     *float64 `parquet:"yearly_places,optional" desc:"relevant places teaching the skill in the twelve months, each x probability; null where one credential does not state its places" unit:"places"`
	YearlyOpenings   *float64 `parquet:"yearly_openings,optional" desc:"posts asking for the skill in the twelve months: skill_demand.weighted" unit:"posts"`
	PlacesPerOpening *float64 `parquet:"places_per_opening,optional" desc:"yearly_places over yearly_openings" unit:"places per post"`
	Uncovered        bool     `parquet:"uncovered" desc:"no aligned credential teaches the skill"`
	LocationQuotient *float64 `parquet:"location_quotient,optional" desc:"demand share of the cell over that of the same occupations in the country; null for countries" unit:"ratio"`
	Specificity      *float64 `parquet:"specificity,optional" desc:"tf-idf: demand share x ln(cells / cells asking for the skill), over the region's cells of the same level of occupations"`
	Emerging         *bool    `parquet:"emerging,optional" desc:"demand share grew against the twelve months before: two-sided test clustered by employer, Benjamini-Hochberg at 5 % over the skills of the cell; null where not tested"`
	Declining        *bool    `parquet:"declining,optional" desc:"it fell, likewise"`
	RankLow          *int32   `parquet:"rank_low,optional" desc:"best rank by share_gap in the cell (1 is the widest gap) within the 95 % confidence set of all ranks together; null without share_gap"`
	RankHigh         *int32   `parquet:"rank_high,optional" desc:"worst rank in that set"`
	Tier             *int32   `parquet:"tier,optional" desc:"1: skills whose gap may be the widest of the cell; 2: the widest of the others; and so on"`
	Green            bool     `parquet:"green" desc:"in ESCO's green collection" source:"taxonomy"`
	Digital          bool     `parquet:"digital" desc:"in ESCO's digital collection" source:"taxonomy"`
	Transversal      bool     `parquet:"transversal" desc:"in ESCO's transversal collection" source:"taxonomy"`
	LanguageSkill    bool     `parquet:"language_skill" desc:"in ESCO's language collection" source:"taxonomy"`
}
