package explain

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// also reads the vacancies of another cell that a figure rests on; ok is false where
// there is no such cell.
func (e *Explainer) also(ctx context.Context, name string, at *place, own *Population, vacancies scope) (p Population, ok bool, err error) {
	other, ok := *at, true
	switch name {
	case before:
		other.Month = at.Month.AddMonths(-12)
	case country:
		other.RegionCode, other.RegionLevel = e.countryOf(at), 0
	case region:
		other.OccupationCode, other.OccupationLevel, other.NACESection = model.Total, "all", model.Total
	case parent:
		other, ok, err = e.parent(ctx, at, own)
	}
	if err != nil || !ok {
		return p, false, err
	}
	p, err = e.population(ctx, name, &other, vacancies, nothing)
	return p, true, err
}

func (e *Explainer) countryOf(at *place) string {
	return e.Regions.Levels(at.RegionCode, at.RegionCode)[0]
}

// parent finds the cell towards which a share is drawn: the next wider region, in a
// country the next wider group of occupations; those not published are passed over.
func (e *Explainer) parent(ctx context.Context, at *place, own *Population) (place, bool, error) {
	type published struct {
		Region     string `json:"region_code"`
		Occupation string `json:"occupation_code"`
		Section    string `json:"nace_section"`
		Level      string `json:"occupation_level"`
	}
	cells, err := warehouse.Select[published](ctx, e.DB, `SELECT region_code, occupation_code, nace_section, occupation_level FROM cells WHERE month = $month::DATE AND period = $period`,
		sql.Named("month", at.Month.String()), sql.Named("period", at.Period))
	if err != nil {
		return place{}, false, fmt.Errorf("list cells: %w", err)
	}
	levels := e.Regions.Levels(at.RegionCode, at.RegionCode)
	var candidates []place
	for level := at.RegionLevel - 1; level >= 0; level-- {
		wider := *at
		wider.RegionCode, wider.RegionLevel = levels[level], level
		candidates = append(candidates, wider)
	}
	for _, code := range widerGroups(at, own) {
		wider := *at
		wider.RegionCode, wider.RegionLevel, wider.OccupationCode, wider.NACESection = levels[0], 0, code, model.Total
		candidates = append(candidates, wider)
	}
	for _, c := range candidates {
		found := slices.IndexFunc(cells, func(p published) bool {
			return p.Region == c.RegionCode && p.Occupation == c.OccupationCode && p.Section == c.NACESection
		})
		if found >= 0 {
			c.OccupationLevel = cells[found].Level
			return c, true, nil
		}
	}
	return place{}, false, nil
}

// widerGroups lists the groups of occupations that hold a cell's, the next first. Of
// an ESCO occupation whose vacancies state several groups the first counts.
func widerGroups(at *place, own *Population) []string {
	code := at.OccupationCode
	switch at.OccupationLevel {
	case "all":
		if at.NACESection == model.Total {
			return nil
		}
		return []string{model.Total}
	case "occupation":
		code = ""
		for i := range own.Vacancies {
			if group := own.Vacancies[i].ISCO08; len(group) == 4 && (code == "" || group < code) {
				code = group
			}
		}
		if code == "" {
			return nil
		}
		return []string{code, code[:2], code[:1], model.Total}
	case "isco4":
		return []string{code[:2], code[:1], model.Total}
	case "isco2":
		return []string{code[:1], model.Total}
	}
	return []string{model.Total}
}

// compare lists the figures of the other rows that decide one: the shares of all
// skills of the cell, or the cells of the region beside it.
func (e *Explainer) compare(ctx context.Context, what string, at *place) ([]Part, error) {
	args := []any{
		sql.Named("month", at.Month.String()), sql.Named("period", at.Period), sql.Named("region", at.RegionCode),
		sql.Named("occupation", at.OccupationCode), sql.Named("section", at.NACESection), sql.Named("level", at.OccupationLevel),
	}
	const ofMonth = ` WHERE month = $month::DATE AND period = $period AND region_code = $region AND nace_section = $section AND `
	switch what {
	case skillsOfCell:
		type shares struct {
			Skill  string          `json:"skill_uri"`
			Demand json.RawMessage `json:"demand_share"`
			Supply json.RawMessage `json:"supply_share"`
		}
		rows, err := warehouse.Select[shares](ctx, e.DB, `SELECT skill_uri, demand_share, supply_share FROM skill_gaps`+ofMonth+`occupation_code = $occupation ORDER BY skill_uri`, args...)
		var parts []Part
		for _, r := range rows {
			parts = append(parts, Part{Name: "demand_share", Of: r.Skill, Value: r.Demand, Meaning: "demand share of the skill"}, Part{Name: "supply_share", Of: r.Skill, Value: r.Supply, Meaning: "supply share of the skill"})
		}
		return parts, err
	case cellsOfRegion:
		type cell struct {
			Occupation string          `json:"occupation_code"`
			Vacancies  json.RawMessage `json:"vacancies"`
		}
		rows, err := warehouse.Select[cell](ctx, e.DB, `SELECT occupation_code, vacancies FROM cells`+ofMonth+`occupation_level = $level ORDER BY occupation_code`, args...)
		var parts []Part
		for _, r := range rows {
			parts = append(parts, Part{Name: "vacancies", Of: r.Occupation, Value: r.Vacancies, Meaning: "vacancies of the cell"})
		}
		return parts, err
	}
	return nil, nil
}
