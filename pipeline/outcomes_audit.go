package pipeline

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/outcome"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// DisclosureAudit returns what [warehouse.Verify] looks with at what is published of
// learners. It knows the public datasets alone: it puts their rows back into the tables that
// they came from, takes every row that is not there for withheld or zero, and bounds what
// is withheld, and what has changed since the releases of earlier snapshots.
//
// Degrees of detail of which nothing is published are not looked at, nor is how many results are
// not known, which is no secret. No count that is shown may lie below the threshold.
//
// Counts of participations and persons, and of each indicator of outcomes, are looked at
// one by one, and so is each credential and provider. Sums of money are not.
func DisclosureAudit(c *config.Config) func(earlier []*warehouse.Snapshot, s *warehouse.Snapshot) ([]string, error) {
	rule := disclosure.Rule{Threshold: int64(c.Learners.LeastPersons), Dominance: c.Learners.Dominance}
	return func(earlier []*warehouse.Snapshot, s *warehouse.Snapshot) ([]string, error) {
		sights := map[string]*sight{}
		released := map[model.Date]bool{}
		var found []string
		for _, of := range append(slices.Clone(earlier), s) {
			err := see(of, sights, released, func(g *model.LearnerGroup, counts ...*int64) {
				for _, n := range counts {
					if n != nil && *n > 0 && *n < rule.Threshold {
						found = append(found, fmt.Sprintf("%s %s, %s %s: %d is shown, below the threshold of %d", g.UnitKind, g.UnitCode, g.Breakdown, g.Category, *n, rule.Threshold))
					}
				}
			})
			if err != nil {
				return nil, err
			}
		}
		categories := map[string]map[string]bool{} // of each dimension, in any measure
		for _, s := range sights {
			for d, names := range s.categories {
				if categories[d] == nil {
					categories[d] = map[string]bool{}
				}
				maps.Copy(categories[d], names)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(sights)) {
			findings, err := disclosure.Audit(sights[name].publications(name, categories), rule)
			if err != nil {
				found = append(found, err.Error())
			}
			for _, f := range findings {
				found = append(found, f.String())
			}
		}
		slices.Sort(found)
		return slices.Compact(found), nil
	}
}

// see adds what a snapshot publishes, unless its release is known already, and has the counts
// of every row looked at.
func see(s *warehouse.Snapshot, sights map[string]*sight, released map[model.Date]bool, look func(*model.LearnerGroup, ...*int64)) error {
	uptake, err := warehouse.ReadMonth[model.Uptake](s, model.Uptakes.Info, 0)
	if err != nil || len(uptake) == 0 || released[uptake[0].ReleasedOn] {
		return err
	}
	outcomes, err := warehouse.ReadMonth[model.Outcome](s, model.Outcomes.Info, 0)
	if err != nil {
		return err
	}
	released[uptake[0].ReleasedOn] = true
	for i := range uptake {
		r := &uptake[i]
		look(&r.LearnerGroup, r.Enrolled, r.Persons, r.OutcomeKnown, r.Completed, r.Certified, r.SectorKnown, r.CostBase, r.CostCompleted, r.ParticipationBase)
		unit, at := unitOf(&r.LearnerGroup)
		seeUptake(sightOf(sights, "participations"+unit, r.ReleasedOn), at.with("quarter", dateOf(r.Quarter)), r)
		if r.Persons != nil && unit == "" && r.UnitKind != "field" && r.UnitKind != "funding" { // where persons are in one category
			sightOf(sights, "persons", r.ReleasedOn).tell(at, r.Persons)
		}
	}
	for i := range outcomes {
		r := &outcomes[i]
		look(&r.LearnerGroup, r.Participants, r.Respondents, r.Completers, r.CompletersRespondents, r.NonCompleters, r.NonCompletersRespondents, r.CostBase, r.CostEmployed)
		unit, at := unitOf(&r.LearnerGroup)
		seeOutcome(sightOf(sights, "leavers "+r.Horizon+" "+r.Indicator+unit, r.ReleasedOn), at.with("cohort", dateOf(r.Cohort)), r)
	}
	return nil
}

func seeUptake(s *sight, at conditions, r *model.Uptake) {
	s.tell(at, r.Enrolled)
	s.tell(at.with("result", "known"), r.OutcomeKnown)
	s.tell(at.with("result", outcome.NotKnown), nil) // what follows for it is no secret
	s.tell(at.with("result", "completed"), r.Completed)
	s.tell(at.with("result", "not_completed"), less(r.OutcomeKnown, r.Completed))
	s.tell(at.with("result", "certified"), r.Certified)
	s.tell(at.with("result", "completed_only"), less(r.Completed, r.Certified))
	if r.SectorKnown != nil {
		s.answer(at, "outside_sector", r.Enrolled, r.SectorKnown, r.OutsideSector)
	}
}

func seeOutcome(s *sight, at conditions, r *model.Outcome) {
	share := func(v *float64) *float64 {
		if r.Unit != "share" {
			return nil
		}
		return v
	}
	s.answer(at, "answer", r.Participants, r.Respondents, share(r.Value))
	if r.Completers == nil && r.NonCompleters == nil {
		return
	}
	s.answer(at.with("completion", "completed"), "answer", r.Completers, r.CompletersRespondents, share(r.CompletersValue))
	s.answer(at.with("completion", "not_completed"), "answer", r.NonCompleters, r.NonCompletersRespondents, share(r.NonCompletersValue))
	s.answer(at.with("completion", outcome.NotKnown), "answer", nil, nil, nil)
}

// less subtracts figures, where all are known.
func less(from *int64, parts ...*int64) *int64 {
	if from == nil || slices.Contains(parts, nil) {
		return nil
	}
	v := *from
	for _, p := range parts {
		v -= *p
	}
	return &v
}

// conditions are the categories of a cell by dimension.
type conditions map[string]string

// with adds a condition, unless it is none.
func (c conditions) with(dimension, category string) conditions {
	out := maps.Clone(c)
	if category != "" {
		out[dimension] = category
	}
	return out
}

func dateOf(d model.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// unitOf returns the conditions of a group, and a unit that is looked at by itself.
func unitOf(g *model.LearnerGroup) (unit string, at conditions) {
	at = conditions{}
	switch g.UnitKind {
	case "all":
	case "region", "field", "funding":
		at[g.UnitKind] = g.UnitCode
	default:
		unit = " of " + g.UnitKind + " " + g.UnitCode
	}
	if g.Breakdown == model.Total {
		return unit, at
	}
	names, categories := strings.Split(g.Breakdown, " x "), strings.Split(g.Category, " x ")
	if len(names) != len(categories) { // a region of such a name
		return unit + " by " + g.Breakdown + " " + g.Category, at
	}
	for i, name := range names {
		at[name] = categories[i]
	}
	return unit, at
}

// sight is what releases tell of one measure: figures by dimensions and categories.
type sight struct {
	releases   []model.Date
	tables     map[model.Date]map[string]map[string]*int64
	categories map[string]map[string]bool // of each dimension, in any release
	now        model.Date
}

func sightOf(sights map[string]*sight, measure string, release model.Date) *sight {
	s := sights[measure]
	if s == nil {
		s = &sight{tables: map[model.Date]map[string]map[string]*int64{}, categories: map[string]map[string]bool{}}
		sights[measure] = s
	}
	if s.tables[release] == nil {
		s.releases = append(s.releases, release)
		s.tables[release] = map[string]map[string]*int64{}
	}
	s.now = release
	return s
}

// tell notes a figure; of two, the one that is shown.
func (s *sight) tell(at conditions, figure *int64) {
	dimensions := slices.Sorted(maps.Keys(at))
	names := make([]string, len(dimensions))
	for i, d := range dimensions {
		names[i] = at[d]
		if s.categories[d] == nil {
			s.categories[d] = map[string]bool{}
		}
		s.categories[d][at[d]] = true
	}
	table, cell := strings.Join(dimensions, "\n"), strings.Join(names, "\n")
	if s.tables[s.now][table] == nil {
		s.tables[s.now][table] = map[string]*int64{}
	}
	if s.tables[s.now][table][cell] == nil {
		s.tables[s.now][table][cell] = figure
	}
}

// answer notes a yes or no: of all, those known, and of these the share of yes.
func (s *sight) answer(at conditions, dimension string, all, known *int64, share *float64) {
	s.tell(at, all)
	s.tell(at.with(dimension, "known"), known)
	s.tell(at.with(dimension, outcome.NotKnown), nil)
	var yes *int64
	if share != nil && known != nil {
		v := int64(math.Round(*share * float64(*known)))
		yes = &v
	}
	s.tell(at.with(dimension, "yes"), yes)
	s.tell(at.with(dimension, "no"), less(known, yes))
}

// publications puts what is told into tables. What is not is withheld or none.
func (s *sight) publications(measure string, categories map[string]map[string]bool) []*disclosure.Publication {
	var dimensions []disclosure.Dimension
	for _, d := range slices.Sorted(maps.Keys(s.categories)) {
		dimensions = append(dimensions, disclosure.Dimension{Name: d, Parent: parentsOf(d, categories[d]), NotStated: notStated(d)})
	}
	slices.Sort(s.releases)
	var all []*disclosure.Publication
	for _, release := range s.releases {
		p := &disclosure.Publication{Name: release.String(), Dimensions: dimensions}
		for _, table := range slices.Sorted(maps.Keys(s.tables[release])) {
			told := s.tables[release][table]
			if table != "" && !slices.ContainsFunc(slices.Collect(maps.Values(told)), func(v *int64) bool { return v != nil }) {
				continue // a degree of detail of which nothing is published
			}
			p.Tables = append(p.Tables, s.table(measure, table, told, categories))
		}
		all = append(all, p)
	}
	return all
}

func (s *sight) table(measure, name string, told map[string]*int64, categories map[string]map[string]bool) disclosure.Table {
	t := disclosure.Table{Name: name, Measure: measure}
	if name != "" {
		t.Dimensions = strings.Split(name, "\n")
	}
	var cross func(at []string)
	cross = func(at []string) {
		if len(at) < len(t.Dimensions) {
			for _, c := range slices.Sorted(maps.Keys(categories[t.Dimensions[len(at)]])) {
				cross(append(slices.Clone(at), c))
			}
			return
		}
		cell := disclosure.Cell{At: at}
		if v := told[strings.Join(at, "\n")]; v != nil {
			cell.Value = *v
		} else {
			cell.Withheld, cell.Absent = true, true
		}
		t.Cells = append(t.Cells, cell)
	}
	cross(nil)
	return t
}

// notStated lists the categories of attributes that say of persons nothing but that something is
// not known.
func notStated(dimension string) []string {
	if slices.Contains([]string{"result", "answer", "outside_sector"}, dimension) {
		return []string{outcome.NotKnown}
	}
	return nil
}

var nutsCode = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z]{1,3}$`)

// parentsOf returns the wider categories of a dimension of published rows.
func parentsOf(dimension string, categories map[string]bool) map[string]string {
	if dimension != "region" {
		return maps.Clone(map[string]map[string]string{
			"result":         {"certified": "completed", "completed_only": "completed", "completed": "known", "not_completed": "known"},
			"answer":         {"yes": "known", "no": "known"},
			"outside_sector": {"yes": "known", "no": "known"},
			"employment": {
				"long_term_unemployed": "unemployed", "other_unemployed": "unemployed", "unemployed": "not_employed", "inactive": "not_employed",
			},
		}[dimension])
	}
	parents := map[string]string{}
	for c := range categories {
		if whole, rest := strings.CutSuffix(c, " "+outcome.NotKnown); rest {
			parents[c] = whole
			c = whole
		}
		for nutsCode.MatchString(c) {
			parents[c] = c[:len(c)-1]
			c = parents[c]
		}
	}
	return parents
}
