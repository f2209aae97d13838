package explain

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// stored holds the rows of a cell, and of a skill in it, as far as they are read.
type stored struct {
	e    *Explainer
	at   *place
	rows map[string]row // by dataset
}

// get returns the row of a dataset; an empty one where it has none.
func (s *stored) get(ctx context.Context, dataset string) (row, error) {
	if r, ok := s.rows[dataset]; ok {
		return r, nil
	}
	query := `SELECT * FROM ` + dataset + ` WHERE month = $month::DATE AND period = $period AND region_code = $region AND occupation_code = $occupation AND nace_section = $section`
	if dataset != model.Cells.Name {
		query += ` AND skill_uri = $skill`
	}
	found, err := warehouse.Select[row](ctx, s.e.DB, query, sql.Named("month", s.at.Month.String()), sql.Named("period", s.at.Period),
		sql.Named("region", s.at.RegionCode), sql.Named("occupation", s.at.OccupationCode), sql.Named("section", s.at.NACESection), sql.Named("skill", s.at.skill))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", dataset, err)
	}
	s.rows[dataset] = row{}
	if len(found) > 0 {
		s.rows[dataset] = found[0]
	}
	return s.rows[dataset], nil
}

// cellFigure explains a column of a cell or of a skill in a cell.
func (e *Explainer) cellFigure(ctx context.Context, x *Explanation, f *columnInfo, at *place) error {
	rows := &stored{e, at, map[string]row{}}
	cell, err := rows.get(ctx, model.Cells.Name)
	if err != nil {
		return err
	}
	if len(cell) == 0 {
		return wrong("no cell of %s is published for %.7s, %s: it has fewer effective vacancies than thresholds.cell_vacancies in %s; ask for a wider region or group of occupations, or period=12m", at.title(), at.Month, at.Period, config.FileName)
	}
	at.OccupationLevel = cell.text("occupation_level")
	if at.RegionLevel, err = number(cell.get("region_level")); err != nil {
		return err
	}
	found, err := rows.get(ctx, f.info.Name)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return wrong("%s has no row of %q in %s for %.7s, %s: fewer vacancies than thresholds.skill_links in %s ask for it there, or, of supply, no credential is aligned with the occupation; ask for a wider region or group of occupations",
			f.info.Name, at.names["skill_uri"], at.title(), at.Month, at.Period, config.FileName)
	}
	x.Row, x.Value, x.Base = at.keys(f), found.get(f.column), base(cell)
	made := recipes()[f.name()]
	if made.low != "" {
		x.Low, x.High = found.get(made.low), found.get(made.high)
	}
	if f.from == sourceLearners {
		x.Note = noteLearners
		return nil
	}
	if made.vacancies != nothing || made.supply != nothing {
		p, err := e.population(ctx, own, at, made.vacancies, made.supply)
		if err != nil {
			return err
		}
		x.Populations = append(x.Populations, p)
	}
	for _, name := range made.also {
		p, ok, err := e.also(ctx, name, at, &x.Populations[0], made.vacancies)
		if err != nil {
			return err
		}
		if ok {
			x.Populations = append(x.Populations, p)
		}
	}
	if err := e.weigh(ctx, x); err != nil {
		return err
	}
	if x.Compared, err = e.compare(ctx, made.compared, at); err != nil {
		return err
	}
	x.ComparedWith = made.compared
	return e.fillParts(ctx, x, f, rows, made)
}

// sourceLearners is the source, in the tag of a column, of what is made of learners'
// records.
const sourceLearners = "learners"

// fillParts puts the parts of a formula into the explanation, and into the formula.
func (e *Explainer) fillParts(ctx context.Context, x *Explanation, f *columnInfo, rows *stored, made recipe) error {
	cell, err := rows.get(ctx, model.Cells.Name)
	if err != nil {
		return err
	}
	x.Formula = made.formula
	if made.places != "" && cell.text("supply_unit") == "places" {
		x.Formula = made.places
	}
	for _, name := range made.parts {
		if made.places != "" && !strings.Contains(x.Formula, name) { // of the other unit
			continue
		}
		p := Part{Name: name}
		if s, ok := sums()[name]; ok {
			p.Meaning, p.Value = s.meaning, x.total(s)
		} else if value, ok := e.threshold(name); ok {
			p.Meaning, p.Value = "as it is configured now", exact(value)
		} else if p, err = e.part(ctx, name, f.info.Name, rows); err != nil {
			return err
		}
		x.Parts = append(x.Parts, p)
	}
	x.PutIn = putIn(x.Formula, x.Parts)
	return nil
}

// total adds up the records of the population that a sum is over; null where there is
// none.
func (x *Explanation) total(s sum) json.RawMessage {
	at := slices.IndexFunc(x.Populations, func(p Population) bool { return p.Cell == cmp.Or(s.cell, own) })
	if at < 0 {
		return null()
	}
	return exact(s.of(&x.Populations[at]))
}

// exact is a number with all its digits; null where it is not known, not a number.
func exact(value float64) json.RawMessage {
	if math.IsNaN(value) {
		return null()
	}
	return json.RawMessage(strconv.FormatFloat(value, 'g', -1, 64))
}

// threshold returns a configured threshold that a formula names.
func (e *Explainer) threshold(name string) (value float64, ok bool) {
	switch name {
	case minCell:
		return e.Options.MinCell, true
	case minLinks:
		return float64(e.Options.MinLinks), true
	}
	return 0, false
}

// part returns a stored figure that stands in a formula.
func (e *Explainer) part(ctx context.Context, name, dataset string, rows *stored) (Part, error) {
	full := name
	if !strings.Contains(name, ".") {
		full = dataset + "." + name
	}
	c, err := e.column(full)
	if err != nil {
		return Part{}, err
	}
	r, err := rows.get(ctx, c.info.Name)
	return Part{Name: name, Value: r.get(c.column), Meaning: c.meaning, Command: rows.at.command(c)}, err
}

// putIn puts values in the place of the parts' names, the longest name first.
func putIn(formula string, parts []Part) string {
	byLength := slices.SortedFunc(slices.Values(parts), func(a, b Part) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	var pairs []string
	for _, p := range byLength {
		pairs = append(pairs, p.Name, shown(p.Value))
	}
	return strings.NewReplacer(pairs...).Replace(formula)
}

// shown rounds a number for people; texts lose their quotes, null is "unknown".
func shown(value json.RawMessage) string {
	var any interface{}
	if json.Unmarshal(value, &any) != nil {
		return string(value)
	}
	switch v := any.(type) {
	case nil:
		return "unknown"
	case float64:
		if v == float64(int64(v)) {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	return fmt.Sprint(any)
}

// base says how much the figures of a cell rest on.
func base(cell row) string {
	text := fmt.Sprintf("%s vacancies with %s posts (effective number %s)", shown(cell.get("vacancies")), shown(cell.get("openings")), shown(cell.get("n_effective")))
	if unit := cell.text("supply_unit"); unit != "" && unit != "null" {
		text += fmt.Sprintf("; %s aligned credentials, counted in %s: %s (effective number %s)", shown(cell.get("supply_credentials")), unit, shown(cell.get("supply_base")), shown(cell.get("supply_n_effective")))
	} else if cell.text("nace_section") == model.Total {
		text += "; no credential is aligned"
	}
	return text
}

// title names a cell for people.
func (at *place) title() string {
	text := at.names["region_code"] + " (" + at.RegionCode + "), "
	if at.NACESection != model.Total {
		return text + "sector " + at.NACESection
	}
	return text + fmt.Sprintf("%s (%s)", at.names["occupation_code"], at.OccupationCode)
}

// values returns the key of a row by column.
func (at *place) values() map[string]string {
	return map[string]string{
		"region_code": at.RegionCode, "occupation_code": at.OccupationCode, "nace_section": at.NACESection,
		"skill_uri": at.skill, "month": at.Month.String(), "period": at.Period,
	}
}

func (at *place) keys(c *columnInfo) []Key {
	var keys []Key
	values := at.values()
	for _, k := range cellKeys {
		if k.column != "skill_uri" || c.ofSkills() {
			keys = append(keys, Key{k.column, values[k.column], at.names[k.column]})
		}
	}
	return keys
}

// command returns what explains a figure of the same cell and skill.
func (at *place) command(c *columnInfo) string {
	text, values := "skillsgap explain "+c.name(), at.values()
	for _, k := range cellKeys {
		value := values[k.column]
		usual := map[string]string{"occupation": model.Total, "sector": model.Total, "period": measure.TwelveMonths}[k.word]
		if k.word == "month" && at.newest {
			continue
		}
		if value != usual && (k.column != "skill_uri" || c.ofSkills()) {
			text += " " + k.word + "=" + value
		}
	}
	return text
}

func number(value json.RawMessage) (int32, error) {
	var n int32
	err := json.Unmarshal(value, &n)
	return n, err
}
