package measure

import "github.com/skillsgap/skillsgap/pipeline/model"

// grouping is one way to divide the postings of a region into cells.
type grouping struct {
	level        string // occupation_level of its cells
	digits       int    // length of its ISCO-08 codes, 0 if it has none
	sector       bool   // its codes are NACE sections of all occupations
	regionLevels int    // it is published from country to this many levels
	parent       int    // place of the grouping of wider groups, -1 for none
	wider        bool   // shares of narrower cells are set in relation to its own
	codes        []string
	aligned      [][]int32 // by code: the offers aligned with it, ascending
}

func groupings() []grouping {
	return []grouping{
		{level: "all", regionLevels: RegionLevels, parent: -1, wider: true},
		{level: "all", regionLevels: RegionLevels, sector: true, wider: true},
		{level: "isco1", regionLevels: RegionLevels, digits: 1, wider: true},
		{level: "isco2", regionLevels: RegionLevels, digits: 2, parent: 2, wider: true},
		{level: "isco4", regionLevels: RegionLevels, digits: 4, parent: 3, wider: true},
		{level: "occupation", regionLevels: 1, parent: 4},
	}
}

// everyone tells whether the grouping's cells are of all occupations.
func (g *grouping) everyone() bool { return g.level == "all" && !g.sector }

// code returns the group that a posting belongs to, "" where it is not known.
func (g *grouping) code(p *Posting) string {
	switch {
	case g.sector:
		return p.Section
	case g.everyone():
		return model.Total
	case g.digits == 0:
		return p.Occupation
	case len(p.ISCO) >= g.digits:
		return p.ISCO[:g.digits]
	}
	return ""
}

// key returns the part of a cell's key that the group fixes.
func (g *grouping) key(code string) model.CellKey {
	k := model.CellKey{OccupationCode: code, OccupationLevel: g.level, NACESection: model.Total}
	if g.sector {
		k.OccupationCode, k.NACESection = model.Total, code
	}
	return k
}
