package explain

import (
	"context"
	"database/sql"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// Credential is a credential that counts as supply of a cell.
type Credential struct {
	CredentialID string   `json:"credential_id"`
	Version      int32    `json:"version"`
	Title        string   `json:"title"`
	Provider     string   `json:"provider"`
	URL          string   `json:"url"`
	Region       string   `json:"region_code"`
	Country      string   `json:"country"`
	Online       bool     `json:"online"`               // counts in every region, and as online alone
	Places       int64    `json:"places"`               // 0 where not stated
	StartsOn     string   `json:"starts_on,omitempty"`  // "" where not stated
	OpenUntil    string   `json:"open_until,omitempty"` // its end, or the day before it was withdrawn
	Aligned      string   `json:"aligned"`              // why: everyone, stated or shared
	Shared       []string `json:"shared_skills"`        // of the occupation's ESCO skills, those it teaches
	Skills       int      `json:"skills"`               // how many it teaches
	Teaches      []Taught `json:"teaches"`              // of these, what the figure is about
}

// Why a credential is aligned with a cell's occupation.
const (
	Everyone = "everyone" // the cell is of all occupations: all that teach anything are
	Stated   = "stated"   // it states an occupation of the group
	Shared   = "shared"   // it teaches enough of the skills that ESCO gives the group
)

// Taught is a skill that a credential teaches or assesses, and where it says so.
type Taught struct {
	SkillURI    string  `json:"skill_uri"`
	Skill       string  `json:"skill"`
	Relation    string  `json:"relation"`
	Probability float64 `json:"probability"`
	Method      string  `json:"method"`
	Evidence
}

// offer is a credential as it is stored, with all that it teaches.
type offer struct {
	Credential
	Occupations []string `json:"occupation_uris"`
	ISCO08s     []string `json:"isco08s"`
	From        int32    `json:"from_day"` // days since 1970; 0 where not known
	To          int32    `json:"to_day"`
}

// offersSQL selects the credentials that count: the newest version, no duplicate,
// not withdrawn already when first seen.
const offersSQL = `
WITH newest AS (FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)),
names AS (SELECT skill_uri, arg_min(label, (language <> $language)::VARCHAR || language) AS skill FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri),
taught AS (
  SELECT s.credential_id, list({skill_uri: s.skill_uri, skill: coalesce(n.skill, s.skill_uri), relation: s.relation, probability: s.score, method: s.method,
    evidence_field: s.evidence_field, evidence_start: s.evidence_start, evidence_end: s.evidence_end, evidence_text: s.evidence_text} ORDER BY s.skill_uri, s.relation) AS teaches
  FROM credential_skills s LEFT JOIN names n USING (skill_uri) WHERE s.relation <> 'requires' AND s.score > 0 GROUP BY s.credential_id
)
SELECT credential_id, version, title, coalesce(provider, '') AS provider, coalesce(url, '') AS url, coalesce(region_code, '') AS region_code, coalesce(country, '') AS country,
  coalesce(delivery_mode = 'online', false) AS online, coalesce(places, 0) AS places,
  coalesce(starts_on::VARCHAR, '') AS starts_on, coalesce(least(ends_on, withdrawn_on - 1)::VARCHAR, '') AS open_until,
  coalesce(starts_on - DATE '1970-01-01', 0) AS from_day, coalesce(least(ends_on, withdrawn_on - 1) - DATE '1970-01-01', 0) AS to_day,
  occupation_uris, isco08s, coalesce(teaches, []) AS teaches
FROM newest LEFT JOIN taught USING (credential_id)
WHERE duplicate_of IS NULL AND NOT coalesce(withdrawn_on <= first_seen_on, false)
ORDER BY credential_id`

// credentials reads the supply of a cell: the aligned credentials that are local or
// online and open in the period.
func (e *Explainer) credentials(ctx context.Context, at *place, first model.Date, s scope) ([]Credential, error) {
	offers, err := warehouse.Select[offer](ctx, e.DB, offersSQL, sql.Named("language", e.Language))
	if err != nil {
		return nil, err
	}
	skills := make([]measure.Skill, len(e.Taxonomy.Skills))
	for i, widespread := range e.Taxonomy.Widespread() {
		skills[i].Transversal, skills[i].Widespread = e.Taxonomy.Skills[i].Flags&taxonomy.Transversal != 0, widespread
	}
	profile := e.Taxonomy.Profiles()[at.OccupationCode]
	last := at.Month.MonthEnd()
	var counted []Credential
	for i := range offers {
		o := &offers[i]
		local := e.Regions.Levels(o.Region, o.Country)[at.RegionLevel] == at.RegionCode
		open := model.Date(o.From) <= last && (o.To == 0 || model.Date(o.To) >= first)
		if !o.Online && !local || !open {
			continue
		}
		if !e.align(o, at, profile, skills) {
			continue
		}
		o.Teaches = slices.DeleteFunc(o.Teaches, func(t Taught) bool { return s == records || s == oneSkill && t.SkillURI != at.skill })
		counted = append(counted, o.Credential)
	}
	slices.SortStableFunc(counted, func(a, b Credential) int { return len(b.Teaches) - len(a.Teaches) })
	return counted, nil
}

// align tells whether an offer is aligned with the cell's occupation, and notes why.
func (e *Explainer) align(o *offer, at *place, profile []int32, skills []measure.Skill) bool {
	m := measure.Offer{Occupations: o.Occupations, ISCOs: o.ISCO08s}
	for _, t := range o.Teaches {
		skill, ok := e.Taxonomy.SkillIndex(t.SkillURI)
		if ok && !slices.ContainsFunc(m.Skills, func(a measure.Ask) bool { return a.Skill == skill }) {
			m.Skills = append(m.Skills, measure.Ask{Skill: skill})
		}
	}
	o.Skills, o.Shared = len(m.Skills), []string{}
	if at.OccupationCode == model.Total {
		o.Aligned = Everyone
		return len(m.Skills) > 0
	}
	why, ok := measure.Aligned(&m, at.OccupationCode, profile, skills)
	o.Aligned = Shared
	if why.Stated {
		o.Aligned = Stated
	}
	for _, s := range why.Shared {
		o.Shared = append(o.Shared, e.Taxonomy.SkillName(s, e.Language))
	}
	return ok
}
