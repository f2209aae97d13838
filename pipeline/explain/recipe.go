package explain

// recipe says how a column of a dataset of cells is made.
type recipe struct {
	formula string // in which the parts stand by their names
	places  string // in its stead where supply is counted in places
	// parts are columns: of the same row, or dataset.column of the same cell and
	// skill; or sums over the records.
	parts     []string
	low, high string // columns that hold the ends of its interval
	vacancies scope  // whose records it rests on
	supply    scope
	// also names the other cells on whose vacancies it rests.
	also []string
	// compared names the rows besides its own that decide it.
	compared string
}

// The cells on which a figure may rest besides its own.
const (
	before  = "before"  // the same, in the twelve months before
	parent  = "parent"  // the wider cell towards which its share is drawn
	country = "country" // the same occupations in the country
	region  = "region"  // all occupations of the region
)

// The rows that may decide a figure besides its own.
const (
	skillsOfCell  = "the skills of the cell"
	cellsOfRegion = "the region's cells of the same level of occupations"
)

// The thresholds that formulas name.
const minCell, minLinks = "thresholds.cell_vacancies", "thresholds.skill_links"

const wilson, newcombe = "end of Wilson's interval of ", "end of Newcombe's interval of demand_share on cells.n_effective less supply_share on cells.supply_n_effective"

// recipes say how each column of the cells' datasets is made, but for those of
// their keys.
func recipes() map[string]recipe {
	all := map[string]recipe{}
	for dataset, columns := range map[string]map[string]recipe{"cells": cellRecipes(), "skill_demand": demandRecipes(), "skill_supply": supplyRecipes(), "skill_gaps": gapRecipes()} {
		for column, r := range columns {
			all[dataset+"."+column] = r
		}
	}
	return all
}

func cellRecipes() map[string]recipe {
	return map[string]recipe{
		"n_effective":        {formula: "(Σ w)² / Σ w²", parts: []string{sumW, sumW2}, vacancies: records},
		"vacancies":          {formula: "number of v", parts: []string{countV}, vacancies: records},
		"openings":           {formula: "Σ posts", parts: []string{sumPosts}, vacancies: records},
		"demand_base":        {formula: "Σ w", parts: []string{sumW}, vacancies: records},
		"calibrated":         {formula: "Σ posts with an official total / openings", parts: []string{sumOfficial, "openings"}, vacancies: records},
		"any_digital":        {formula: "Σ w a / Σ w", parts: []string{sumWA, sumW}, low: "any_digital_low", high: "any_digital_high", vacancies: digital},
		"any_digital_low":    {formula: "lower " + wilson + "any_digital on n_effective", parts: []string{"any_digital", "n_effective"}, vacancies: digital},
		"any_digital_high":   {formula: "upper " + wilson + "any_digital on n_effective", parts: []string{"any_digital", "n_effective"}, vacancies: digital},
		"any_green":          {formula: "Σ w a / Σ w", parts: []string{sumWA, sumW}, low: "any_green_low", high: "any_green_high", vacancies: green},
		"any_green_low":      {formula: "lower " + wilson + "any_green on n_effective", parts: []string{"any_green", "n_effective"}, vacancies: green},
		"any_green_high":     {formula: "upper " + wilson + "any_green on n_effective", parts: []string{"any_green", "n_effective"}, vacancies: green},
		"coverage":           {formula: "Σ D min(1, S / D) / Σ D over all skills that are asked for; of each, D is Σ w p / demand_base, and S what teaches it over supply_base", parts: []string{"demand_base", "supply_base"}, vacancies: everySkill, supply: everySkill},
		"skills_left_out":    {formula: "number of skills for which fewer vacancies than thresholds.skill_links ask, but some, and which no aligned credential teaches", parts: []string{minLinks}, vacancies: everySkill, supply: everySkill},
		"supply_unit":        {formula: "places if the number of c without places is 0, else credentials", parts: []string{countUnstated}, supply: records},
		"supply_credentials": {formula: "number of c", parts: []string{countC}, supply: records},
		"supply_base":        {formula: "number of c", places: "Σ places", parts: []string{countC, sumPlaces}, supply: records},
		"supply_n_effective": {formula: "number of c", places: "(Σ places)² / Σ places²", parts: []string{countC, sumPlaces, sumPlaces2}, supply: records},
	}
}

func demandRecipes() map[string]recipe {
	growth := []string{"share", sumWPBefore, sumWBefore}
	const clustered = "end of the interval of growth_12m, clustered by employer: the logarithm of the ratio, linearised, by Student's t, or that of independent vacancies where it is wider"
	return map[string]recipe{
		"vacancies":             {formula: "number of v that ask", parts: []string{countAsking}, vacancies: oneSkill},
		"openings":              {formula: "Σ posts of v that ask", parts: []string{sumAsking}, vacancies: oneSkill},
		"open_stock":            {formula: "Σ posts of v that ask and are open", parts: []string{sumOpen}, vacancies: oneSkill},
		"employers":             {formula: "number of employers that ask", parts: []string{countEmployers}, vacancies: oneSkill},
		"weighted":              {formula: "Σ w p", parts: []string{sumWP}, vacancies: oneSkill},
		"n_effective":           {formula: "cells.n_effective", parts: []string{"cells.n_effective"}, vacancies: oneSkill},
		"share":                 {formula: "weighted / cells.demand_base", parts: []string{"weighted", "cells.demand_base"}, low: "share_low", high: "share_high", vacancies: oneSkill},
		"share_low":             {formula: "lower " + wilson + "share on n_effective", parts: []string{"share", "n_effective"}, vacancies: oneSkill},
		"share_high":            {formula: "upper " + wilson + "share on n_effective", parts: []string{"share", "n_effective"}, vacancies: oneSkill},
		"share_shrunk":          {formula: "(n_effective share + thresholds.cell_vacancies P) / (n_effective + thresholds.cell_vacancies), where P is its Σ w p / its Σ w, those of the parent cell", parts: []string{"n_effective", "share", minCell, sumWPParent, sumWParent}, vacancies: oneSkill, also: []string{parent}},
		"share_corrected":       {formula: "share, what was found in texts taken for the part measures.linker_recall of what they ask", parts: []string{"share"}, low: "corrected_low", high: "corrected_high", vacancies: oneSkill},
		"corrected_low":         {formula: "lower end of the interval of share_corrected", parts: []string{"share_corrected"}, vacancies: oneSkill},
		"corrected_high":        {formula: "upper end of the interval of share_corrected", parts: []string{"share_corrected"}, vacancies: oneSkill},
		"growth_12m":            {formula: "share / (Σ w p before / Σ w before)", parts: growth, low: "growth_low", high: "growth_high", vacancies: oneSkill, also: []string{before}},
		"growth_low":            {formula: "lower " + clustered, parts: append([]string{"growth_12m"}, growth...), vacancies: oneSkill, also: []string{before}},
		"growth_high":           {formula: "upper " + clustered, parts: append([]string{"growth_12m"}, growth...), vacancies: oneSkill, also: []string{before}},
		"one_employer_dominant": {formula: "Σ w p of one employer > weighted / 2", parts: []string{"weighted"}, vacancies: oneSkill},
	}
}

func supplyRecipes() map[string]recipe {
	return map[string]recipe{
		"supply_unit":        {formula: "cells.supply_unit", parts: []string{"cells.supply_unit"}, supply: oneSkill},
		"credentials_local":  {formula: "number of local c that teach", parts: []string{countLocal}, supply: oneSkill},
		"credentials_online": {formula: "number of online c that teach", parts: []string{countOnline}, supply: oneSkill},
		"places_local":       {formula: "Σ places of local c that teach", parts: []string{sumLocal}, supply: oneSkill},
		"places_online":      {formula: "Σ places of online c that teach", parts: []string{sumOnline}, supply: oneSkill},
		"completions":        {},
		"share":              {formula: "Σ p / cells.supply_base", places: "Σ places p / cells.supply_base", parts: []string{sumP, sumPlacesP, "cells.supply_base"}, low: "share_low", high: "share_high", supply: oneSkill},
		"share_low":          {formula: "lower " + wilson + "share on cells.supply_n_effective", parts: []string{"share", "cells.supply_n_effective"}, supply: oneSkill},
		"share_high":         {formula: "upper " + wilson + "share on cells.supply_n_effective", parts: []string{"share", "cells.supply_n_effective"}, supply: oneSkill},
	}
}

func gapRecipes() map[string]recipe {
	both := recipe{vacancies: oneSkill, supply: oneSkill}
	with := func(r recipe, formula string, parts ...string) recipe {
		r.formula, r.parts = formula, parts
		return r
	}
	sides := []string{"demand_share", "cells.n_effective", "supply_share", "cells.supply_n_effective"}
	gap := with(both, "demand_share - supply_share", "demand_share", "supply_share")
	gap.low, gap.high = "gap_low", "gap_high"
	ranks := recipe{compared: skillsOfCell, vacancies: oneSkill, supply: oneSkill, parts: []string{"cells.n_effective", "cells.supply_n_effective"}}
	const intervals = " among the skills of the cell by Newcombe's intervals of share_gap, on cells.n_effective and cells.supply_n_effective, which hold all gaps together (Bonferroni)"
	moved := recipe{vacancies: everySkill, also: []string{before}}
	const tested = ": by a two-sided test clustered by employer, Benjamini-Hochberg at 5 % over the skills of the cell, and the interval of growth_12m beside 1"
	flag := func(collection string) recipe {
		return recipe{formula: "the skill is in ESCO's " + collection + " collection"}
	}
	return map[string]recipe{
		"demand_share":       with(recipe{vacancies: oneSkill}, "skill_demand.share", "skill_demand.share"),
		"supply_share":       with(recipe{supply: oneSkill}, "skill_supply.share", "skill_supply.share"),
		"share_gap":          gap,
		"gap_low":            with(both, "lower "+newcombe, sides...),
		"gap_high":           with(both, "upper "+newcombe, sides...),
		"log_ratio":          with(both, "ln((demand_share + 0.001) / (supply_share + 0.001))", "demand_share", "supply_share"),
		"yearly_places":      with(recipe{supply: oneSkill}, sumPlacesP, sumPlacesP),
		"yearly_openings":    with(recipe{vacancies: oneSkill}, "skill_demand.weighted", "skill_demand.weighted"),
		"places_per_opening": with(both, "yearly_places / yearly_openings", "yearly_places", "yearly_openings"),
		"uncovered":          with(recipe{supply: oneSkill}, countLocal+" + "+countOnline+" = 0", countLocal, countOnline),
		"location_quotient":  with(recipe{vacancies: oneSkill, also: []string{country}}, "demand_share / (Σ w p of the country / Σ w of the country)", "demand_share", sumWPCountry, sumWCountry),
		"specificity":        with(recipe{vacancies: oneSkill, also: []string{region}, compared: cellsOfRegion}, "demand_share ln(number of the region's cells of the same level / number of those in which any v asks)", "demand_share"),
		"emerging":           with(moved, "the demand share rose"+tested),
		"declining":          with(moved, "the demand share fell"+tested),
		"rank_low":           with(ranks, "1 + number of gaps wholly above,"+intervals, ranks.parts...),
		"rank_high":          with(ranks, "number of gaps not wholly below,"+intervals, ranks.parts...),
		"tier":               with(ranks, "1: what may be the widest; 2: what may be the widest of the others; and so on,"+intervals, ranks.parts...),
		"green":              flag("green"),
		"digital":            flag("digital"),
		"transversal":        flag("transversal"),
		"language_skill":     flag("language"),
	}
}
