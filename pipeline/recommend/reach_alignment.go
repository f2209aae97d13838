package recommend

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// AgeingPart is the part of what a credential teaches from which, where it declines,
// the credential is called ageing.
const AgeingPart = 0.5

// Teaching is a credential on offer.
type Teaching struct {
	ID      string
	Skills  []int32  // taught or assessed, ascending, each once
	ISCOs   []string // ISCO-08 unit groups stated
	Hours   *float64 // nil where not stated
	Regions []string // country, then the regions down to its place; empty where not known
	Online  bool
}

// Aligner sets credentials against the occupations of a labour market. It is safe
// for concurrent use.
type Aligner struct {
	taxonomy *taxonomy.Taxonomy
	close    *taxonomy.Closeness
	groups   []alignedGroup // in order of code
	minAsked int32
	general  []bool // by skill: transversal or widespread
}

// alignedGroup is what is known of a unit group.
type alignedGroup struct {
	isco        string
	profile     []int32 // ESCO skills, ascending
	essential   []int32 // ascending
	now, before map[string]*Market
	countries   []string // with a market, ascending
}

// NewAligner takes the markets of all regions in the newest twelve months and in
// the twelve months before, and the number of vacancies from which a skill counts
// as asked for.
func NewAligner(t *taxonomy.Taxonomy, close *taxonomy.Closeness, now, before []Market, minAsked int) *Aligner {
	a := &Aligner{taxonomy: t, close: close, minAsked: int32(minAsked), general: t.Widespread()}
	for i := range a.general {
		a.general[i] = a.general[i] || t.Skills[i].Flags&taxonomy.Transversal != 0
	}
	at := map[string]int{}
	for i := range now {
		m := &now[i]
		if _, known := at[m.ISCO]; !known {
			at[m.ISCO] = len(a.groups)
			a.groups = append(a.groups, newAlignedGroup(t, m.ISCO))
		}
		g := &a.groups[at[m.ISCO]]
		g.now[m.Region] = m
		if m.Level == 0 {
			g.countries = append(g.countries, m.Region)
		}
	}
	for i := range before {
		if g, known := at[before[i].ISCO]; known {
			a.groups[g].before[before[i].Region] = &before[i]
		}
	}
	for i := range a.groups {
		slices.Sort(a.groups[i].countries)
	}
	slices.SortFunc(a.groups, func(x, y alignedGroup) int { return strings.Compare(x.isco, y.isco) })
	return a
}

func newAlignedGroup(t *taxonomy.Taxonomy, isco string) alignedGroup {
	members := t.UnitGroup(isco)
	g := alignedGroup{isco: isco, essential: EssentialSkills(t, members), now: map[string]*Market{}, before: map[string]*Market{}}
	for s := range profileWeights(t, members) {
		g.profile = append(g.profile, s)
	}
	slices.Sort(g.profile)
	return g
}

// Align returns the rows of a credential in order of occupation and region. A
// credential of which no skill is known has none.
func (a *Aligner) Align(o *Teaching) []model.Alignment {
	var rows []model.Alignment
	for i := range a.groups {
		g := &a.groups[i]
		for _, region := range g.places(o) {
			if row, related := a.row(o, g, g.now[region]); related {
				rows = append(rows, row)
			}
		}
	}
	markMain(rows)
	for i := range rows {
		rows[i].Ageing = ageing(&rows[i])
	}
	return rows
}

// ageing tells whether a credential is ageing in an occupation that it is for: at
// least [AgeingPart] of the skills that it teaches decline there, and demand for all
// that it teaches fell beyond chance. Where it is not for the occupation, or there is
// no trend, nothing is said. That skills decline is told by the measures, with false
// discoveries held down among all skills of the cell, so that a catalogue of
// thousands of credentials has no flag by chance alone. When a credential was last
// changed does not count: an old course on what is asked is not ageing, a new one on
// what is asked no more is.
func ageing(r *model.Alignment) *bool {
	if !r.Main || r.Trend == nil {
		return nil
	}
	is := part(int(r.SkillsDeclining), int(r.SkillsTaught)) >= AgeingPart && *r.TrendHigh < 1
	return &is
}

// markMain marks, in each country, what a credential is for: the occupations that
// it states or, where it states none, that aligned one of whose demand it covers
// most, of equal ones the smallest code. One whose vacancies ask for nothing that it
// teaches is none.
func markMain(rows []model.Alignment) {
	best := map[string]int{}
	stated := map[string]bool{}
	for i := range rows {
		r := &rows[i]
		if stated[r.TrendRegion] = stated[r.TrendRegion] || r.Stated; r.Stated {
			r.Main = true
		}
		b, seen := best[r.TrendRegion]
		if r.Aligned && r.SkillsAsked > 0 && (!seen || r.DemandCovered > rows[b].DemandCovered) {
			best[r.TrendRegion] = i
		}
	}
	for country, i := range best {
		rows[i].Main = rows[i].Main || !stated[country]
	}
}

// places returns the regions whose market a credential is set against.
func (g *alignedGroup) places(o *Teaching) []string {
	if o.Online || len(o.Regions) == 0 {
		return g.countries
	}
	for _, region := range slices.Backward(o.Regions) {
		if g.now[region] != nil {
			return []string{region}
		}
	}
	return nil
}

// row sets a credential against a market. A pair that shares [taxonomy.MinShared] with
// what vacancies ask or ESCO gives has a row though not aligned.
func (a *Aligner) row(o *Teaching, g *alignedGroup, m *Market) (row model.Alignment, related bool) {
	row = model.Alignment{
		CredentialID: o.ID, OccupationCode: g.isco, RegionCode: m.Region, RegionLevel: m.Level, NEffective: m.NEffective,
		Stated: slices.Contains(o.ISCOs, g.isco), SkillsTaught: int32(len(o.Skills)), EssentialSkills: int32(len(g.essential)),
	}
	inProfile, ownInProfile, own := 0, 0, 0
	var demand float64
	for _, s := range o.Skills {
		asked, _ := m.find(s)
		_, esco := slices.BinarySearch(g.profile, s)
		isAsked := asked.Vacancies >= a.minAsked
		demand += asked.Share
		if isAsked {
			row.SkillsAsked++
		}
		special := !a.general[s]
		if esco {
			inProfile++
		}
		if esco && special {
			ownInProfile++
		}
		if (esco || isAsked) && special {
			own++
		}
	}
	row.Aligned = row.Stated || taxonomy.Aligned(inProfile, ownInProfile, len(o.Skills))
	if len(o.Skills) == 0 || !row.Aligned && own < taxonomy.MinShared {
		return row, false
	}
	row.AskedShare = part(int(row.SkillsAsked), len(o.Skills))
	if total := m.demand(); total > 0 {
		row.DemandCovered = min(demand/total, 1)
	}
	if o.Hours != nil && *o.Hours > 0 {
		perHour := float64(len(o.Skills)) / *o.Hours
		crowded := perHour*SkillHours > 1
		row.SkillsPerHour, row.Crowded = &perHour, &crowded
	}
	a.essential(o, g, &row)
	g.trend(o, &row)
	return row, true
}

// essential counts what is taught of the group's essential skills.
func (a *Aligner) essential(o *Teaching, g *alignedGroup, row *model.Alignment) {
	for _, s := range g.essential {
		if _, taught := slices.BinarySearch(o.Skills, s); taught {
			row.EssentialCovered++
			continue
		}
		if slices.ContainsFunc(a.close.Asked(s), func(n taxonomy.Near) bool {
			_, taught := slices.BinarySearch(o.Skills, n.Skill)
			return taught
		}) {
			row.EssentialNear++
		}
	}
	if len(g.essential) > 0 {
		share := part(int(row.EssentialCovered), len(g.essential))
		row.EssentialShare = &share
	}
}

// trend takes the trend of what is taught in the country: its cell stands on more
// vacancies than that of a region, and whoever has learnt something may move.
func (g *alignedGroup) trend(o *Teaching, row *model.Alignment) {
	row.TrendRegion = row.RegionCode
	if row.RegionLevel > 0 {
		row.TrendRegion = o.Regions[0]
	}
	now, before := g.now[row.TrendRegion], g.before[row.TrendRegion]
	if now == nil || before == nil {
		return
	}
	for _, s := range o.Skills {
		if a, _ := now.find(s); a.Declining {
			row.SkillsDeclining++
		}
	}
	t, ok := TrendOf(o.Skills, now, before)
	row.TrendSkills = int32(t.Skills)
	if ok {
		row.Trend, row.TrendLow, row.TrendHigh = &t.Ratio, &t.Low, &t.High
	}
}

// part returns n of m; of nothing it is 0.
func part(n, m int) float64 {
	if m == 0 {
		return 0
	}
	return float64(n) / float64(m)
}
