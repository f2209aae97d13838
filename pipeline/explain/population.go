package explain

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// Population holds the records of a cell over its period.
type Population struct {
	Cell        string       `json:"cell"`  // which: the figure's own, or another that its formula names
	First       string       `json:"first"` // month
	Last        string       `json:"last"`
	Region      string       `json:"region_code"`
	Occupation  string       `json:"occupation_code"`
	Section     string       `json:"nace_section"`
	Vacancies   []Vacancy    `json:"vacancies"`
	Credentials []Credential `json:"credentials"`
}

// Vacancy is a vacancy that counts in a cell.
type Vacancy struct {
	VacancyID  string  `json:"vacancy_id"`
	Version    int32   `json:"version"`
	Title      string  `json:"title"`
	Employer   string  `json:"employer"`
	URL        string  `json:"url"`
	Month      string  `json:"posted_month"`
	Region     string  `json:"region_code"`
	Country    string  `json:"country"`
	Occupation string  `json:"occupation_uri"`
	ISCO08     string  `json:"isco08"`
	NACE       string  `json:"nace"`
	Openings   int64   `json:"openings"`             // its posts
	Weight     float64 `json:"weight"`               // what they count for demand: see [Explainer.weigh]
	Official   *bool   `json:"official,omitempty"`   // its group has an official total; nil where no table is given
	PostedOn   string  `json:"posted_on,omitempty"`  // "" where not stated
	OpenUntil  string  `json:"open_until,omitempty"` // last day open; "" until further notice
	Open       bool    `json:"open_on_the_last_day"` // of the period
	Asks       []Ask   `json:"asks"`                 // what the figure is about
}

// Ask is a skill that a vacancy asks for, and where it says so.
type Ask struct {
	SkillURI    string  `json:"skill_uri"`
	Skill       string  `json:"skill"`
	Probability float64 `json:"probability"`
	Method      string  `json:"method"`
	Requirement string  `json:"requirement"`
	Evidence
}

// Evidence is a span of a text, in half-open UTF-8 byte offsets.
type Evidence struct {
	Field string `json:"evidence_field"`
	Start int32  `json:"evidence_start"`
	End   int32  `json:"evidence_end"`
	Text  string `json:"evidence_text"`
}

// own is the population of the figure's own cell.
const own = "own"

// scope says which records and skills a figure rests on.
type scope int

const (
	nothing  scope = iota
	records        // without skills
	oneSkill       // with the figure's skill
	digital        // with the skills of ESCO's digital collection
	green          // of the green collection
	everySkill
)

// vacanciesSQL selects the vacancies that count: the newest version, no duplicate,
// in the months, region, occupation and sector; with what they ask for.
const vacanciesSQL = `
WITH newest AS (FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)),
counted AS (
  FROM newest WHERE duplicate_of IS NULL AND posted_month BETWEEN $first::DATE AND $last::DATE
    AND CASE $level WHEN 'all' THEN true WHEN 'occupation' THEN occupation_uri = $occupation ELSE starts_with(isco08, $occupation) END
    AND list_contains(from_json($places, '["VARCHAR"]'), coalesce(region_code, '') || ' ' || coalesce(country, ''))
    AND ($section = 'TOTAL' OR list_contains(from_json($activities, '["VARCHAR"]'), nace))
),
names AS (SELECT skill_uri, arg_min(label, (language <> $language)::VARCHAR || language) AS skill FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri),
asks AS (
  SELECT s.vacancy_id, list({skill_uri: s.skill_uri, skill: coalesce(n.skill, s.skill_uri), probability: s.score, method: s.method, requirement: coalesce(s.requirement, ''),
    evidence_field: s.evidence_field, evidence_start: s.evidence_start, evidence_end: s.evidence_end, evidence_text: s.evidence_text} ORDER BY s.skill_uri) AS asks
  FROM vacancy_skills s JOIN counted USING (vacancy_id) JOIN skills k USING (skill_uri) LEFT JOIN names n USING (skill_uri)
  WHERE s.posted_month BETWEEN $first::DATE AND $last::DATE AND s.requirement IS DISTINCT FROM 'offered' AND s.score > 0
    AND CASE $skills WHEN 'none' THEN false WHEN 'digital' THEN k.digital WHEN 'green' THEN k.green WHEN 'every' THEN true ELSE s.skill_uri = $skills END
  GROUP BY s.vacancy_id
)
SELECT vacancy_id, version, title, coalesce(employer, '') AS employer, coalesce(url, '') AS url, posted_month, coalesce(region_code, '') AS region_code,
  coalesce(country, '') AS country, coalesce(occupation_uri, '') AS occupation_uri, coalesce(isco08, '') AS isco08, coalesce(nace, '') AS nace,
  greatest(openings, 1) AS openings, coalesce(posted_on::VARCHAR, '') AS posted_on, coalesce(least(expires_on, withdrawn_on - 1)::VARCHAR, '') AS open_until,
  coalesce(posted_on <= last_day($last::DATE), true) AND coalesce(least(expires_on, withdrawn_on - 1) >= last_day($last::DATE), true) AS open_on_the_last_day,
  coalesce(asks, []) AS asks
FROM counted LEFT JOIN asks USING (vacancy_id)
ORDER BY len(coalesce(asks, [])) = 0, posted_month DESC, vacancy_id`

// skillsOf returns what vacanciesSQL calls the skills of a scope.
func (s scope) skillsOf(skill string) string {
	switch s {
	case oneSkill:
		return skill
	case digital:
		return "digital"
	case green:
		return "green"
	case everySkill:
		return "every"
	}
	return "none"
}

// population reads the records of a cell.
func (e *Explainer) population(ctx context.Context, name string, at *place, vacancies, credentials scope) (Population, error) {
	first := at.Month
	if at.Period == measure.TwelveMonths {
		first = at.Month.AddMonths(-11)
	}
	p := Population{
		Cell: name, First: first.String(), Last: at.Month.String(), Region: at.RegionCode, Occupation: at.OccupationCode, Section: at.NACESection,
		Vacancies: []Vacancy{}, Credentials: []Credential{},
	}
	if vacancies != nothing {
		places, err := e.places(ctx, at)
		if err != nil {
			return p, err
		}
		activities, err := e.activities(ctx, at.NACESection)
		if err != nil {
			return p, err
		}
		found, err := warehouse.Select[Vacancy](ctx, e.DB, vacanciesSQL,
			sql.Named("first", p.First), sql.Named("last", p.Last), sql.Named("level", at.OccupationLevel), sql.Named("occupation", at.OccupationCode),
			sql.Named("places", places), sql.Named("section", at.NACESection), sql.Named("activities", activities),
			sql.Named("skills", vacancies.skillsOf(at.skill)), sql.Named("language", e.Language))
		if err != nil {
			return p, fmt.Errorf("read vacancies: %w", err)
		}
		p.Vacancies = append(p.Vacancies, found...)
	}
	if credentials != nothing && at.NACESection == model.Total { // none is aligned with a sector
		found, err := e.credentials(ctx, at, first, credentials)
		if err != nil {
			return p, fmt.Errorf("read credentials: %w", err)
		}
		p.Credentials = append(p.Credentials, found...)
	}
	return p, nil
}

// places lists, as JSON, the pairs of region and country that lie in the cell's
// region.
func (e *Explainer) places(ctx context.Context, at *place) (string, error) {
	type pair struct {
		Region  string `json:"region_code"`
		Country string `json:"country"`
	}
	pairs, err := warehouse.Select[pair](ctx, e.DB, `SELECT DISTINCT coalesce(region_code, '') AS region_code, coalesce(country, '') AS country FROM vacancies`)
	if err != nil {
		return "", fmt.Errorf("list places: %w", err)
	}
	within := []string{}
	for _, p := range pairs {
		if e.Regions.Levels(p.Region, p.Country)[at.RegionLevel] == at.RegionCode {
			within = append(within, p.Region+" "+p.Country)
		}
	}
	return encoded(within)
}

// activities lists, as JSON, the NACE codes of a section.
func (e *Explainer) activities(ctx context.Context, section string) (string, error) {
	within := []string{}
	if section != model.Total {
		type activity struct{ NACE string }
		all, err := warehouse.Select[activity](ctx, e.DB, `SELECT DISTINCT nace FROM vacancies WHERE nace IS NOT NULL`)
		if err != nil {
			return "", fmt.Errorf("list activities: %w", err)
		}
		for _, a := range all {
			if e.Regions.NACESection(a.NACE) == section {
				within = append(within, a.NACE)
			}
		}
	}
	return encoded(within)
}

func encoded(list []string) (string, error) {
	text, err := json.Marshal(list)
	return string(text), err
}
