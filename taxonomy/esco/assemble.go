package esco

import (
	"cmp"
	"maps"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// taxonomy puts the concepts in order and links them by index.
func (b *builder) taxonomy() *taxonomy.Taxonomy {
	t := &taxonomy.Taxonomy{}
	all := slices.SortedFunc(maps.Values(b.concepts), func(x, y *concept) int { return cmp.Compare(x.uri, y.uri) })
	skills := int32(0)
	for _, c := range all {
		if c.subject == skill {
			c.index = skills
			skills++
		}
	}
	iscoSeen := map[string]bool{}
	for _, c := range all {
		switch c.subject {
		case skill:
			t.Skills = append(t.Skills, c.asSkill())
			t.SkillRelations = append(t.SkillRelations, c.skillRelations()...)
		case group:
			t.SkillGroups = append(t.SkillGroups, taxonomy.SkillGroup{URI: c.uri, Code: c.code, Broader: c.broaderURIs(group), Labels: c.sortedLabels()})
		case occupation:
			t.Occupations = append(t.Occupations, c.asOccupation())
		case iscoGroup:
			if !iscoSeen[c.code] {
				t.ISCOGroups = append(t.ISCOGroups, taxonomy.ISCOGroup{Code: c.code, Labels: c.sortedLabels()})
			}
			iscoSeen[c.code] = true
		}
	}
	slices.SortFunc(t.ISCOGroups, func(x, y taxonomy.ISCOGroup) int { return cmp.Compare(x.Code, y.Code) })
	for key := range b.unresolved {
		if key[0] == essential {
			t.Unresolved.Essential++
		} else {
			t.Unresolved.Optional++
		}
	}
	t.Languages = languagesOf(all)
	return t
}

func (c *concept) asSkill() taxonomy.Skill {
	return taxonomy.Skill{
		URI: c.uri, Type: c.skillType, ReuseLevel: c.reuseLevel, Flags: c.flags,
		Broader: c.broaderURIs(skill, group), Labels: c.sortedLabels(), Descriptions: c.sortedDescriptions(),
	}
}

func (c *concept) asOccupation() taxonomy.Occupation {
	return taxonomy.Occupation{
		URI: c.uri, Code: c.code, ISCO: c.isco,
		Broader: c.broaderURIs(occupation), Labels: c.sortedLabels(), Descriptions: c.sortedDescriptions(),
		Essential: indices(c.essential), Optional: indices(c.optional),
	}
}

// skillRelations are ordered by target, each target once; essential wins.
func (c *concept) skillRelations() []taxonomy.SkillRelation {
	var list []taxonomy.SkillRelation
	for _, essential := range []bool{true, false} {
		for _, r := range c.relations {
			if r.essential == essential {
				list = append(list, taxonomy.SkillRelation{From: c.index, To: r.to.index, Essential: essential})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y taxonomy.SkillRelation) int { return cmp.Compare(x.To, y.To) })
	return slices.CompactFunc(list, func(x, y taxonomy.SkillRelation) bool { return x.To == y.To })
}

// indices are the positions of skills, ascending and each once.
func indices(skills []*concept) []int32 {
	var list []int32
	for _, s := range skills {
		list = append(list, s.index)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// broaderURIs are the URIs of the broader concepts of the subjects, ascending and
// each once.
func (c *concept) broaderURIs(subjects ...subject) []string {
	var uris []string
	for _, b := range c.broader {
		if slices.Contains(subjects, b.subject) {
			uris = append(uris, b.uri)
		}
	}
	slices.Sort(uris)
	return slices.Compact(uris)
}

func (c *concept) sortedLabels() []taxonomy.Label {
	slices.SortFunc(c.labels, func(x, y taxonomy.Label) int {
		return cmp.Or(cmp.Compare(x.Language, y.Language), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Text, y.Text))
	})
	c.labels = slices.Compact(c.labels) // Compact clears what it leaves over
	return c.labels
}

func (c *concept) sortedDescriptions() []taxonomy.Text {
	slices.SortFunc(c.descriptions, func(x, y taxonomy.Text) int { return cmp.Compare(x.Language, y.Language) })
	return c.descriptions
}

// languagesOf are the languages of the labels, ascending.
func languagesOf(all []*concept) []string {
	seen := map[string]bool{}
	for _, c := range all {
		for _, l := range c.labels {
			seen[l.Language] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
