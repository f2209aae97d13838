package model

import "cmp"

// LearnerGroup says of whom the figures of a row are: the participations of a
// unit, and of these a group.
type LearnerGroup struct {
	UnitKind  string `parquet:"unit_kind,dict" desc:"what unit_code is: all, credential, provider, region (of residence), field (of the credential), skill (of uptake: the credentials that teach it together, over all quarters, where each has a row that is shown; not additive) or funding"`
	UnitCode  string `parquet:"unit_code,dict" desc:"TOTAL of all; credential_id, else the credential as its feed names it; name of the provider; NUTS code, ISO 3166-1 code of a country, else the region as its feed names it; ISCED-F 2013 broad field (two digits) or field as stated; ESCO skill; funding of enrolments. not_known: the rest"`
	Breakdown string `parquet:"breakdown,dict" desc:"TOTAL; a group, which is a column of enrolments (region: region_code); or two, as in gender x age_band"`
	Category  string `parquet:"category,dict" desc:"TOTAL; value of that column, yes or no where it is a yes or no; not_known where the feed does not say; of two as in female x 18-29. Of employment, unemployed holds long_term_unemployed and other_unemployed; of region, a region holds those below it"`
}

// Compare orders groups by unit, breakdown and category.
func (g *LearnerGroup) Compare(o *LearnerGroup) int {
	return cmp.Or(cmp.Compare(g.UnitKind, o.UnitKind), cmp.Compare(g.UnitCode, o.UnitCode), cmp.Compare(g.Breakdown, o.Breakdown), cmp.Compare(g.Category, o.Category))
}

// Release says when and why figures about persons are published, or are not.
type Release struct {
	ReleasedOn Date   `parquet:"released_on,date" desc:"day of the release: learner tables change on release dates alone, and hold what lies in quarters closed by then"`
	Suppressed bool   `parquet:"suppressed" desc:"a figure of the row is withheld, and null"`
	Rule       string `parquet:"rule,optional,dict" desc:"why: disclosure (a count is below the threshold, a sum is one person's, or the figure would give such a one away: which of these is not told); attrition (too few were reached); both as disclosure, attrition; null where nothing is withheld"`
}

// Uptake is who takes credentials: what is on offer and recommended, who enrols,
// completes and is certified. Persons, costs and outside_sector are those of the row.
type Uptake struct {
	LearnerGroup
	Quarter Date `parquet:"quarter,optional,date" desc:"first day of the quarter of start; null: all closed quarters together"`

	Offered      *int64 `parquet:"offered,optional" desc:"credentials on offer in the quarter, undated ones until withdrawn; null for groups of persons" unit:"credentials" source:"feed"`
	Recommended  *int64 `parquet:"recommended,optional" desc:"recommendations of such credentials, each to a region and occupation, on the night of the release; null for a quarter and for groups of persons" unit:"recommendations"`
	Enrolled     *int64 `parquet:"enrolled,optional" desc:"participations that began" unit:"participations"`
	Persons      *int64 `parquet:"persons,optional" desc:"persons behind them, each once; null for a quarter and for a skill" unit:"persons"`
	OutcomeKnown *int64 `parquet:"outcome_known,optional" desc:"of these participations, those known to be completed or not: the base of both rates" unit:"participations"`
	Completed    *int64 `parquet:"completed,optional" desc:"of these, completed, certified ones included" unit:"participations"`
	Certified    *int64 `parquet:"certified,optional" desc:"of these, certified" unit:"participations"`

	CompletionRate        *float64 `parquet:"completion_rate,optional" desc:"completed over outcome_known" unit:"0..1"`
	CompletionRateLow     *float64 `parquet:"completion_rate_low,optional" desc:"lower end of its 95 % Wilson interval" unit:"0..1"`
	CompletionRateHigh    *float64 `parquet:"completion_rate_high,optional" desc:"upper end" unit:"0..1"`
	CertificationRate     *float64 `parquet:"certification_rate,optional" desc:"certified over outcome_known" unit:"0..1"`
	CertificationRateLow  *float64 `parquet:"certification_rate_low,optional" desc:"lower end of its 95 % Wilson interval" unit:"0..1"`
	CertificationRateHigh *float64 `parquet:"certification_rate_high,optional" desc:"upper end" unit:"0..1"`

	ParticipationBase      *int64   `parquet:"participation_base,optional" desc:"participations whose category of the breakdown is known: the base of the group's share among learners" unit:"participations"`
	ReferenceRegion        string   `parquet:"reference_region,optional,dict" desc:"region of the reference population: the unit's own; else the countries in which learners live, joined by +: their populations count together" source:"feed"`
	ReferenceShare         *float64 `parquet:"reference_share,optional" desc:"share of the group in the reference population, among the categories that it gives" unit:"0..1" source:"feed"`
	ParticipationRatio     *float64 `parquet:"participation_ratio,optional" desc:"share of the group among learners over reference_share: below 1, the group is reached less than others. For single groups over all quarters alone" unit:"ratio"`
	ParticipationRatioLow  *float64 `parquet:"participation_ratio_low,optional" desc:"lower end of the 95 % Wilson interval of the share among learners, over reference_share" unit:"ratio"`
	ParticipationRatioHigh *float64 `parquet:"participation_ratio_high,optional" desc:"upper end" unit:"ratio"`

	SectorKnown       *int64   `parquet:"sector_known,optional" desc:"participations whose learner's sector on entry and whose provider's are known: the base of outside_sector; for TOTAL over all quarters alone" unit:"participations"`
	OutsideSector     *float64 `parquet:"outside_sector,optional" desc:"share of learners whose NACE section on entry is not the provider's" unit:"0..1"`
	OutsideSectorLow  *float64 `parquet:"outside_sector_low,optional" desc:"lower end of its 95 % Wilson interval" unit:"0..1"`
	OutsideSectorHigh *float64 `parquet:"outside_sector_high,optional" desc:"upper end" unit:"0..1"`

	CostBase          *int64   `parquet:"cost_base,optional" desc:"participations whose price is stated in currency and that are known to be completed or not; for TOTAL over all quarters alone" unit:"participations"`
	CostCompleted     *int64   `parquet:"cost_completed,optional" desc:"of these, completed" unit:"participations"`
	CostPerCompletion *float64 `parquet:"cost_per_completion,optional" desc:"what was paid for all of cost_base, over cost_completed" unit:"currency"`
	Currency          string   `parquet:"currency,optional,dict" desc:"ISO 4217 code: that of most prices"`
	Release
}

func compareUptake(a, b *Uptake) int {
	return cmp.Or(a.Compare(&b.LearnerGroup), cmp.Compare(a.Quarter, b.Quarter))
}
