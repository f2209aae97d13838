package main

import (
	"cmp"
	_ "embed"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/reports"
	"github.com/skillsgap/skillsgap/taxonomy"
)

//go:embed reach.html.tmpl
var reachPage string

// reachAnswer is what reach prints. Shares and distances are from 0 to 1.
type reachAnswer struct {
	Meta        reports.Meta      `json:"-"`
	Region      string            `json:"region"`
	Month       string            `json:"month"` // that ends the twelve months, YYYY-MM-DD
	Held        []heldSkill       `json:"held"`
	Credentials []heldCredential  `json:"credentials,omitempty"`
	Former      *occupationName   `json:"former_occupation,omitempty"`
	Prior       *priorAnswer      `json:"prior_learning,omitempty"`
	Occupations []reachOccupation `json:"occupations"`
	OutOfReach  int               `json:"out_of_reach"` // occupations with figures that are not within reach
	Notes       []string          `json:"notes,omitempty"`
}

// heldSkill is a skill that the person holds.
type heldSkill struct {
	URI      string               `json:"uri"`
	Label    string               `json:"label"`
	Weight   float64              `json:"weight"`
	State    string               `json:"state"` // proven, declared or assumed
	Evidence []recommend.Evidence `json:"evidence"`
}

// reachOccupation is an occupation within reach.
type reachOccupation struct {
	ISCO           string           `json:"isco08"`
	Label          string           `json:"label"`
	Former         bool             `json:"former,omitempty"` // the group of the former occupation
	Within         bool             `json:"within_reach"`
	Distance       float64          `json:"distance"`
	Covered        float64          `json:"covered"`
	Proven         float64          `json:"proven"`
	Declared       float64          `json:"declared"`
	MarketRegion   string           `json:"market_region"` // whose vacancies weight the skills
	Vacancies      int32            `json:"vacancies"`
	NEffective     float64          `json:"n_effective"`
	LocalPart      float64          `json:"local_part"` // of the weights
	Openings       int64            `json:"openings"`
	OpeningsBefore *int64           `json:"openings_before"`
	Partial        bool             `json:"month_not_over,omitempty"` // why there is no growth
	Growth         *float64         `json:"growth"`                   // of openings, ratio
	Wages          []recommend.Wage `json:"wages"`
	HeldSkills     []reachSkill     `json:"held"`
	Missing        []reachSkill     `json:"missing"`
}

// reachSkill is a skill of an occupation within reach.
type reachSkill struct {
	URI         string  `json:"uri"`
	Label       string  `json:"label"`
	Weight      float64 `json:"weight"`       // of all skills of the occupation
	DemandShare float64 `json:"demand_share"` // 0: asked too rarely to be published
	Essential   bool    `json:"essential"`
	Held        float64 `json:"held,omitempty"`
	State       string  `json:"state,omitempty"`   // of the skill held
	Nearest     string  `json:"nearest,omitempty"` // label of the closest skill held
	Closeness   float64 `json:"closeness,omitempty"`
}

func newReachAnswer(t *taxonomy.Taxonomy, language string, p *person, market *pipeline.LabourMarket, reached []recommend.Reached) *reachAnswer {
	a := &reachAnswer{
		Region: market.Region, Month: market.Month.String(), Held: heldSkills(t, language, p.held), Credentials: p.credentials, Former: p.former,
		Occupations: []reachOccupation{}, Notes: p.notes,
	}
	for i := range reached {
		r := &reached[i]
		o := reachOccupation{
			ISCO: r.Market.ISCO, Label: t.ISCOName(r.Market.ISCO, language), Former: p.former != nil && p.former.ISCO == r.Market.ISCO, Within: r.Within,
			Distance: round4(r.Distance), Covered: round4(r.Covered), Proven: round4(r.Proven), Declared: round4(r.Declared), MarketRegion: r.Market.Region,
			Vacancies: r.Market.Vacancies, NEffective: round4(r.Market.NEffective), LocalPart: round4(r.LocalPart),
			Openings: r.Market.Openings, OpeningsBefore: r.Market.OpeningsBefore, Partial: market.Partial, Wages: r.Market.Wages,
			HeldSkills: reachSkills(t, language, r.Held), Missing: reachSkills(t, language, r.Missing),
		}
		if growth, ok := r.Market.Growth(); ok {
			growth = round4(growth)
			o.Growth = &growth
		}
		a.Occupations = append(a.Occupations, o)
	}
	return a
}

func reachSkills(t *taxonomy.Taxonomy, language string, requirements []recommend.Requirement) []reachSkill {
	skills := []reachSkill{}
	for _, q := range requirements {
		s := reachSkill{
			URI: t.Skills[q.Skill].URI, Label: t.SkillName(q.Skill, language), Weight: round4(q.Weight), DemandShare: round4(q.Share),
			Essential: q.Essential, Held: q.Held, State: q.State,
		}
		if q.Nearest >= 0 && q.Nearest != q.Skill {
			s.Nearest, s.Closeness = t.SkillName(q.Nearest, language), round4(q.Closeness)
		}
		skills = append(skills, s)
	}
	return skills
}

// priorAnswer is what a person covers of an occupation's essential skills.
type priorAnswer struct {
	Occupation occupationName `json:"occupation"`
	Essential  int            `json:"essential_skills"`
	Proven     int            `json:"proven"`
	Declared   int            `json:"declared"`
	Assumed    int            `json:"assumed"`
	Near       int            `json:"near"`
	Open       int            `json:"open"`
	Share      *float64       `json:"share"` // proven over all; null where nothing is essential
	Skills     []priorSkill   `json:"skills"`
}

type priorSkill struct {
	URI      string               `json:"uri"`
	Label    string               `json:"label"`
	State    string               `json:"state"`
	Evidence []recommend.Evidence `json:"evidence,omitempty"`
	Nearest  string               `json:"nearest,omitempty"`
}

func newPriorAnswer(t *taxonomy.Taxonomy, language string, target occupationName, p recommend.PriorLearning) *priorAnswer {
	a := &priorAnswer{Occupation: target, Essential: len(p.Essential), Proven: p.Proven, Declared: p.Declared, Assumed: p.Assumed, Near: p.Near, Open: p.Open, Skills: []priorSkill{}}
	if share, ok := p.Share(); ok {
		share = round4(share)
		a.Share = &share
	}
	for _, e := range p.Essential {
		s := priorSkill{URI: t.Skills[e.Skill].URI, Label: t.SkillName(e.Skill, language), State: e.State, Evidence: e.Evidence}
		if e.State == recommend.PriorNear {
			s.Nearest = t.SkillName(e.Nearest, language)
		}
		a.Skills = append(a.Skills, s)
	}
	states := []string{recommend.StateProven, recommend.StateDeclared, recommend.StateAssumed, recommend.PriorNear, recommend.PriorOpen}
	slices.SortStableFunc(a.Skills, func(x, y priorSkill) int {
		return cmp.Compare(slices.Index(states, x.State), slices.Index(states, y.State))
	})
	return a
}
