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
}

// recipes say how each column of the cells' datasets is made, but for those of
// their keys.
func recipes() map[string]recipe {
	return map[string]recipe{
		"cells.n_effective":        {formula: "(Σ w)² / Σ w²", parts: []string{sumW, sumW2}, vacancies: records},
		"cells.vacancies":          {formula: "number of v", parts: []string{countV}, vacancies: records},
		"cells.openings":           {formula: "Σ w", parts: []string{sumW}, vacancies: records},
		"cells.any_digital":        {formula: "Σ w a / Σ w", parts: []string{sumWA, sumW}, vacancies: digital},
		"cells.any_green":          {formula: "Σ w a / Σ w", parts: []string{sumWA, sumW}, vacancies: green},
		"cells.coverage":           {formula: "Σ D min(1, S / D) / Σ D, over all skills that are asked for: D of each is Σ w p / Σ w, S is what teaches it over supply_base", parts: []string{sumW, "supply_base"}, vacancies: everySkill, supply: everySkill},
		"cells.skills_left_out":    {formula: "number of skills that fewer vacancies than thresholds.skill_links ask for and no aligned credential teaches", vacancies: everySkill, supply: everySkill},
		"cells.supply_unit":        {formula: "places if all aligned credentials state them, else credentials", parts: []string{countC, countUnstated}, supply: records},
		"cells.supply_credentials": {formula: "number of c", parts: []string{countC}, supply: records},
		"cells.supply_base":        {formula: "number of c", places: "Σ places", parts: []string{countC, sumPlaces}, supply: records},
		"cells.supply_n_effective": {formula: "number of c", places: "(Σ places)² / Σ places²", parts: []string{countC, sumPlaces, sumPlaces2}, supply: records},

		"skill_demand.vacancies":   {formula: "number of v that ask", parts: []string{countAsking}, vacancies: oneSkill},
		"skill_demand.openings":    {formula: "Σ w of v that ask", parts: []string{sumAsking}, vacancies: oneSkill},
		"skill_demand.open_stock":  {formula: "Σ w of v that ask and are open", parts: []string{sumOpen}, vacancies: oneSkill},
		"skill_demand.employers":   {formula: "number of employers that ask", parts: []string{countEmployers}, vacancies: oneSkill},
		"skill_demand.weighted":    {formula: "Σ w p", parts: []string{sumWP}, vacancies: oneSkill},
		"skill_demand.n_effective": {formula: "cells.n_effective", parts: []string{"cells.n_effective"}, vacancies: oneSkill},
		"skill_demand.share":       {formula: "weighted / cells.openings", parts: []string{"weighted", "cells.openings"}, low: "share_low", high: "share_high", vacancies: oneSkill},
		"skill_demand.share_low":   {formula: "lower end of Wilson's interval of share on n_effective", parts: []string{"share", "n_effective"}, vacancies: oneSkill},
		"skill_demand.share_high":  {formula: "upper end of Wilson's interval of share on n_effective", parts: []string{"share", "n_effective"}, vacancies: oneSkill},

		"skill_supply.supply_unit":        {formula: "cells.supply_unit", parts: []string{"cells.supply_unit"}, supply: oneSkill},
		"skill_supply.credentials_local":  {formula: "number of local c that teach", parts: []string{countLocal}, supply: oneSkill},
		"skill_supply.credentials_online": {formula: "number of online c that teach", parts: []string{countOnline}, supply: oneSkill},
		"skill_supply.places_local":       {formula: "Σ places of local c that teach", parts: []string{sumLocal}, supply: oneSkill},
		"skill_supply.places_online":      {formula: "Σ places of online c that teach", parts: []string{sumOnline}, supply: oneSkill},
		"skill_supply.share": {
			formula: "(credentials_local + credentials_online) / cells.supply_base", places: "(places_local + places_online) / cells.supply_base",
			parts: []string{"credentials_local", "credentials_online", "places_local", "places_online", "cells.supply_base"}, low: "share_low", high: "share_high", supply: oneSkill,
		},
		"skill_supply.share_low":  {formula: "lower end of Wilson's interval of share on cells.supply_n_effective", parts: []string{"share", "cells.supply_n_effective"}, supply: oneSkill},
		"skill_supply.share_high": {formula: "upper end of Wilson's interval of share on cells.supply_n_effective", parts: []string{"share", "cells.supply_n_effective"}, supply: oneSkill},

		"skill_gaps.demand_share": {formula: "skill_demand.share", parts: []string{"skill_demand.share"}, vacancies: oneSkill},
		"skill_gaps.supply_share": {formula: "skill_supply.share", parts: []string{"skill_supply.share"}, supply: oneSkill},
		"skill_gaps.share_gap":    {formula: "demand_share - supply_share", parts: []string{"demand_share", "supply_share"}, low: "gap_low", high: "gap_high", vacancies: oneSkill, supply: oneSkill},
		"skill_gaps.gap_low":      {formula: "lower end of Newcombe's interval of demand_share on cells.n_effective less supply_share on cells.supply_n_effective", parts: newcombe(), vacancies: oneSkill, supply: oneSkill},
		"skill_gaps.gap_high":     {formula: "upper end of Newcombe's interval of demand_share on cells.n_effective less supply_share on cells.supply_n_effective", parts: newcombe(), vacancies: oneSkill, supply: oneSkill},
		"skill_gaps.log_ratio":    {formula: "ln((demand_share + 0.001) / (supply_share + 0.001))", parts: []string{"demand_share", "supply_share"}, vacancies: oneSkill, supply: oneSkill},
		"skill_gaps.yearly_places": {
			formula: "skill_supply.places_local + skill_supply.places_online", parts: []string{"skill_supply.places_local", "skill_supply.places_online"}, supply: oneSkill,
		},
		"skill_gaps.yearly_openings":    {formula: "skill_demand.openings", parts: []string{"skill_demand.openings"}, vacancies: oneSkill},
		"skill_gaps.places_per_opening": {formula: "yearly_places / yearly_openings", parts: []string{"yearly_places", "yearly_openings"}, vacancies: oneSkill, supply: oneSkill},
		"skill_gaps.uncovered":          {formula: "number of local c that teach + number of online c that teach = 0", parts: []string{countLocal, countOnline}, supply: oneSkill},
	}
}

func newcombe() []string {
	return []string{"demand_share", "cells.n_effective", "supply_share", "cells.supply_n_effective"}
}
