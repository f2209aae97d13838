package explain

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// place is a row of a dataset of cells: the cell, and the skill if it is of one.
type place struct {
	model.CellKey
	skill  string
	newest bool              // the month is the newest
	names  map[string]string // of the codes, by column
}

// resolve finds the cell and skill that an address names.
func (e *Explainer) resolve(ctx context.Context, f *columnInfo, given map[string]string) (*place, error) {
	at := &place{names: map[string]string{}}
	var err error
	if at.Period, err = oneOf("period", given["period"], measure.TwelveMonths, measure.OneMonth); err != nil {
		return nil, err
	}
	if at.Month, at.newest, err = e.month(ctx, given["month"]); err != nil {
		return nil, err
	}
	codes := []struct {
		column, word, otherwise, candidates string
		into                                *string
	}{
		{"region_code", "region", "", `SELECT DISTINCT region_code AS code, coalesce(label, region_code) AS label FROM cells LEFT JOIN regions USING (region_code)`, &at.RegionCode},
		{"nace_section", "sector", model.Total, `SELECT DISTINCT nace_section AS code, nace_section AS label FROM cells`, &at.NACESection},
		{"occupation_code", "occupation", model.Total, `SELECT occupation_code AS code, label FROM occupations ORDER BY language <> $language, language`, &at.OccupationCode},
		{"skill_uri", "skill", "", `SELECT skill_uri AS code, label, (kind <> 'preferred')::INTEGER AS rank FROM skill_labels ORDER BY rank, language <> $language, language`, &at.skill},
	}
	for _, c := range codes {
		if c.column == "skill_uri" && !f.ofSkills() {
			continue
		}
		value, ok := given[c.column]
		if !ok {
			value = c.otherwise
		}
		candidates, err := warehouse.Select[candidate](ctx, e.DB, c.candidates, sql.Named("language", e.Language))
		if err != nil {
			return nil, fmt.Errorf("list the codes of %s: %w", c.column, err)
		}
		found, err := choose(c.word, value, candidates)
		if err != nil {
			return nil, err
		}
		*c.into, at.names[c.column] = found.Code, found.Label
	}
	if at.NACESection != model.Total && (at.OccupationCode != model.Total || f.info.Name == model.SkillSupplies.Name || f.info.Name == model.SkillGaps.Name) {
		return nil, wrong("sector=%s: sectors have demand alone, over all occupations, for no training says which sector it is for; explain cells.… or skill_demand.… without occupation, or leave sector out", at.NACESection)
	}
	return at, nil
}

// oneOf returns the value, the first of those allowed where none is given.
func oneOf(word, value string, allowed ...string) (string, error) {
	if value == "" {
		return allowed[0], nil
	}
	if !slices.Contains(allowed, value) {
		return "", wrong("%s=%s: write %s", word, value, strings.Join(allowed, " or "))
	}
	return value, nil
}

// month returns the first day of a published month, the newest where none is given.
func (e *Explainer) month(ctx context.Context, text string) (month model.Date, newest bool, err error) {
	type published struct{ First, Last string }
	months, err := warehouse.Select[published](ctx, e.DB, `SELECT coalesce(min(month)::VARCHAR, '') AS first, coalesce(max(month)::VARCHAR, '') AS last FROM cells`)
	if err != nil {
		return 0, false, fmt.Errorf("list months: %w", err)
	}
	first, last := months[0].First, months[0].Last
	if last == "" {
		return 0, false, wrong("no cell is published: none has enough vacancies (thresholds.cell_vacancies in %s)", config.FileName)
	}
	if text == "" {
		text = last
	}
	if len(text) == len("2006-01") {
		text += "-01"
	}
	day, err := model.ParseDate(text)
	if err != nil {
		return 0, false, wrong("month=%s: write it as 2026-06 or 2026-06-01", text)
	}
	if month = day.Month(); month.String() >= first && month.String() <= last {
		return month, month.String() == last, nil
	}
	return 0, false, wrong("month=%s is not published: the months of this snapshot are %.7s to %.7s", text, first, last)
}

// candidate is a code and a name of it; of names of different rank the lowest
// counts.
type candidate struct {
	Code, Label string
	Rank        int
}

// choose finds what a code or name stands for, which is to be one code alone.
func choose(word, value string, candidates []candidate) (candidate, error) {
	if value == "" {
		var codes []string
		for _, c := range candidates {
			codes = append(codes, c.Code)
		}
		slices.Sort(codes)
		if codes = slices.Compact(codes); len(codes) > 30 {
			return candidate{}, wrong("no %s: give one by its name or code, as %s=%q", word, word, candidates[0].Label)
		}
		return candidate{}, wrong("no %s: give one, as %s=%s; there are %s", word, word, codes[0], strings.Join(codes, ", "))
	}
	var named []candidate
	for _, c := range candidates {
		if strings.EqualFold(c.Code, value) {
			return c, nil
		}
		better := len(named) == 0 || c.Rank == named[0].Rank // they come in order of rank
		if better && strings.EqualFold(c.Label, value) && !slices.ContainsFunc(named, func(n candidate) bool { return n.Code == c.Code }) {
			named = append(named, c)
		}
	}
	switch len(named) {
	case 1:
		return candidate{Code: named[0].Code, Label: nameOf(named[0].Code, candidates)}, nil
	case 0:
		return candidate{}, unknown(word, value, candidates)
	}
	var codes []string
	for _, c := range named {
		codes = append(codes, fmt.Sprintf("%s (%s)", c.Code, nameOf(c.Code, candidates)))
	}
	return candidate{}, wrong("%s=%q is the name of several: give the code of one of %s", word, value, strings.Join(codes, ", "))
}

// nameOf returns the first name of a code.
func nameOf(code string, candidates []candidate) string {
	at := slices.IndexFunc(candidates, func(c candidate) bool { return c.Code == code })
	return candidates[at].Label
}

func unknown(word, value string, candidates []candidate) error {
	var texts, holding []string
	for _, c := range candidates {
		texts = append(texts, c.Label, c.Code)
		if strings.Contains(strings.ToLower(c.Label), strings.ToLower(value)) {
			holding = append(holding, c.Label)
		}
	}
	if len(texts) == 0 {
		return wrong("%s=%q: this snapshot holds none", word, value)
	}
	if len(holding) > 0 { // nearer than by letters
		texts = holding
	}
	nearest := config.Nearest(value, texts)
	hint := ""
	if word == "region" {
		hint = "; a region without a cell is not listed"
	}
	return wrong("%s=%q is neither a code nor a name that is known; the nearest is %q%s", word, value, nearest, hint)
}
