package model

import "cmp"

// GapChange says why the gap of a skill in a cell, over the twelve months ending with
// the newest month, is another than in the snapshot of an earlier as-of date. The
// parts add up to after less before.
type GapChange struct {
	Month           Date     `parquet:"month,date" desc:"first day of the newest month, which ends the twelve months"`
	RegionCode      string   `parquet:"region_code,dict" desc:"region of the workplace"`
	RegionLevel     int32    `parquet:"region_level" desc:"0 country, 1 and 2 NUTS level"`
	OccupationCode  string   `parquet:"occupation_code,dict" desc:"TOTAL, ISCO-08 digits or ESCO URI"`
	OccupationLevel string   `parquet:"occupation_level,dict" desc:"all, isco1, isco2, isco4 or occupation"`
	SkillURI        string   `parquet:"skill_uri,dict" desc:"ESCO skill"`
	Change          string   `parquet:"change,dict" desc:"moved: the gap is another, by 0.001 or more; appeared or disappeared: it is published, or was, in one of the two snapshots alone"`
	ComparedWith    Date     `parquet:"compared_with,date" desc:"as-of date of the snapshot before: of those kept, the newest of an earlier as-of date" source:"run"`
	Before          *float64 `parquet:"before,optional" desc:"gap in the snapshot before; null where it was not published or not known" unit:"-1..1"`
	After           *float64 `parquet:"after,optional" desc:"gap in this snapshot, likewise" unit:"-1..1"`
	DemandBefore    *float64 `parquet:"demand_before,optional" desc:"demand share in the snapshot before" unit:"0..1"`
	DemandAfter     *float64 `parquet:"demand_after,optional" desc:"demand share in this snapshot" unit:"0..1"`
	SupplyBefore    *float64 `parquet:"supply_before,optional" desc:"supply share in the snapshot before" unit:"0..1"`
	SupplyAfter     *float64 `parquet:"supply_after,optional" desc:"supply share in this snapshot" unit:"0..1"`
	Model           *float64 `parquet:"model,optional" desc:"part of the same records, linked or weighted otherwise: read, linked or aligned by another program, taxonomy or model, or counting for more or fewer posts, since official totals or the number of vacancies that stand for them are others; null, like the other parts, unless the gap has moved" unit:"-1..1"`
	LeftVacancies   *float64 `parquet:"left_vacancies,optional" desc:"part of the vacancies that count no more: the twelve months have passed them, a newer version has followed, they were found to repeat another, or their feed has gone" unit:"-1..1"`
	NewVacancies    *float64 `parquet:"new_vacancies,optional" desc:"part of the vacancies that did not count before: new ones and newer versions" unit:"-1..1"`
	Catalogue       *float64 `parquet:"catalogue,optional" desc:"part of the supply: credentials that are new, changed or gone, and starts that the twelve months now hold or no more" unit:"-1..1"`
	Left            *int32   `parquet:"left,optional" desc:"vacancies of the cell that count no more" unit:"vacancies"`
	New             *int32   `parquet:"new,optional" desc:"vacancies of the cell that did not count before" unit:"vacancies"`
}

// GapChanges is the dataset of [GapChange].
var GapChanges = table("gap_changes", "changes", "computed", Public, "a gap that is another than in the snapshot of an earlier as-of date, and why", compareGapChange)

func compareGapChange(a, b *GapChange) int {
	return cmp.Or(cmp.Compare(a.RegionLevel, b.RegionLevel), cmp.Compare(a.RegionCode, b.RegionCode),
		cmp.Compare(a.OccupationLevel, b.OccupationLevel), cmp.Compare(a.OccupationCode, b.OccupationCode), cmp.Compare(a.SkillURI, b.SkillURI))
}
