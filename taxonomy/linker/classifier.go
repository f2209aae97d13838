package linker

import (
	"slices"
	"sync"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// classifier finds the unit group of a job title.
type classifier struct {
	groups  []string      // the ISCO-08 unit groups, ascending
	indexes []*titleIndex // by language
	english *titleIndex   // nil if there are no English names
	scratch sync.Pool
}

// newClassifier indexes the names of the taxonomy and of the crosswalks.
func newClassifier(t *taxonomy.Taxonomy, crosswalks []Crosswalk) (*classifier, error) {
	c := &classifier{groups: unitGroups(t)}
	for _, language := range titleLanguages(t, crosswalks) {
		x, err := newTitleIndex(language)
		if err != nil {
			return nil, err
		}
		if err := x.addTaxonomy(t, c.groups); err != nil {
			return nil, err
		}
		for i := range crosswalks {
			if primary(crosswalks[i].Language) == language {
				x.addCrosswalk(t, c.groups, &crosswalks[i])
			}
		}
		x.seal(c.groups)
		c.indexes = append(c.indexes, x)
		if language == "en" {
			c.english = x
		}
	}
	c.scratch.New = func() any { return &titleScratch{groups: make([]groupFound, len(c.groups))} }
	return c, nil
}

// unitGroups returns the ISCO-08 unit groups of the taxonomy, ascending.
func unitGroups(t *taxonomy.Taxonomy) []string {
	var groups []string
	for i := range t.ISCOGroups {
		if len(t.ISCOGroups[i].Code) == 4 {
			groups = append(groups, t.ISCOGroups[i].Code)
		}
	}
	for i := range t.Occupations {
		if t.Occupations[i].ISCO != "" {
			groups = append(groups, t.Occupations[i].ISCO)
		}
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

func titleLanguages(t *taxonomy.Taxonomy, crosswalks []Crosswalk) []string {
	var languages []string
	for _, l := range t.Languages {
		languages = append(languages, primary(l))
	}
	for i := range crosswalks {
		languages = append(languages, primary(crosswalks[i].Language))
	}
	slices.Sort(languages)
	return slices.Compact(languages)
}
