package model

import "cmp"

// Recommendation is a credential in the bundle that is recommended for a region and
// an occupation: which credentials on offer, taken together, teach most of what is
// asked there and not taught. Bundles are of the newest month, over twelve months,
// for countries and NUTS 2 regions and for ISCO-08 unit groups.
type Recommendation struct {
	BundleID        string   `parquet:"bundle_id,dict" desc:"the first 16 bytes of the SHA-256 of region, occupation and credentials, in hex"`
	Kind            string   `parquet:"kind,dict" desc:"stack: all joined by declared links, with one credit scheme and levels at most a step apart; else bundle"`
	Month           Date     `parquet:"month,date" desc:"first day of the month that ends the twelve months of the gaps"`
	RegionCode      string   `parquet:"region_code,dict" desc:"region of the gaps; credentials are there or online"`
	RegionLevel     int32    `parquet:"region_level" desc:"0 country, 2 NUTS level"`
	OccupationCode  string   `parquet:"occupation_code,dict" desc:"ISCO-08 unit group"`
	OccupationLevel string   `parquet:"occupation_level,dict" desc:"isco4"`
	Rank            int32    `parquet:"rank" desc:"place in the order in which to take the credentials, from 1"`
	CredentialID    string   `parquet:"credential_id,dict" desc:"the credential"`
	SkillsClosed    []string `parquet:"skills_closed,list" desc:"ESCO skills of the target that are more likely taught than not once this credential is taken, and were not before; the widest gap first"`
	MarginalGain    float64  `parquet:"marginal_gain" desc:"what the credential adds to those before it" unit:"sum of gaps"`
	CumulativeGain  float64  `parquet:"cumulative_gain" desc:"gain of it and those before it: sum over skills of the gap times the probability that one of them teaches it" unit:"sum of gaps"`
	Wanted          float64  `parquet:"wanted" desc:"the whole target: the sum of positive training-provision gaps; of demand shares where no training is aligned" unit:"sum of gaps"`
	Price           *Money   `parquet:"price,optional,decimal(2:18)" desc:"price of the credential; null where not stated" unit:"currency"`
	Currency        string   `parquet:"currency,optional,dict" desc:"ISO 4217"`
	Hours           *float64 `parquet:"hours,optional" desc:"hours of the credential; where it states only ECTS, 25 for each; null where neither" unit:"hours"`
	HoursReckoned   bool     `parquet:"hours_reckoned" desc:"the credential states no hours: they are reckoned from its ECTS"`
	Credited        float64  `parquet:"credited" desc:"factor by which its hours cap what is credited to it: a skill takes 5 hours or more" unit:"0..1"`
	UpperBound      float64  `parquet:"upper_bound" desc:"no choice of as many credentials gains more than this" unit:"sum of gaps"`
	RunnerUpID      string   `parquet:"runner_up_id,optional,dict" desc:"the best other credential in its place; null where there is none"`
	RunnerUpLoss    *float64 `parquet:"runner_up_loss,optional" desc:"what the bundle would lose by that" unit:"sum of gaps"`
	NamedBy         int32    `parquet:"named_by" desc:"vacancies of the region and occupation in the twelve months that name the credential" unit:"vacancies"`
	NotClosed       []string `parquet:"not_closed,list" desc:"ESCO skills of the target that stay open after it and those before it, the widest gap first"`
	Reasons         []string `parquet:"reasons,list" desc:"why it is in the bundle, and how sure that is: sentences in English"`
}

func compareRecommendation(a, b *Recommendation) int {
	return cmp.Or(cmp.Compare(a.RegionLevel, b.RegionLevel), cmp.Compare(a.RegionCode, b.RegionCode), cmp.Compare(a.OccupationCode, b.OccupationCode), cmp.Compare(a.Rank, b.Rank))
}
