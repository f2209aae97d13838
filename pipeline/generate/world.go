package generate

import (
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// world is what all records have in common.
type world struct {
	options  Options
	taxonomy *taxonomy.Taxonomy
	labels   *labels
	regions  []region
	clusters []cluster
	phrases  map[string]phrases
	names    map[string]nameParts
	common   []ask
	story    []Truth

	regionWeights weights
	jobs          []job
	jobWeights    weights
	groups        []group
	employers     [][][]employer // by region and cluster
	providers     [][]provider   // by region, the last for online ones, and catalogue
}

func newWorld(t *taxonomy.Taxonomy, options Options) (*world, error) {
	s, err := readSeeds()
	if err != nil {
		return nil, err
	}
	languages := intersection([]string{english, french}, t.Languages)
	if len(languages) == 0 {
		return nil, fmt.Errorf("taxonomy with labels in %v: want English or French, import one of them", t.Languages)
	}
	w := &world{
		options: options, taxonomy: t, labels: newLabels(t, languages),
		regions: s.regions, clusters: s.clusters, phrases: s.phrases, names: s.names, story: known(t, s.story),
	}
	for i := range w.regions {
		w.regionWeights.add(w.regions[i].weight)
	}
	for _, c := range s.common {
		if skill, ok := t.SkillIndex(c.uri); ok {
			w.common = append(w.common, ask{skill: skill, rate: c.share})
		}
	}
	if err := w.addJobs(s); err != nil {
		return nil, err
	}
	w.addGroups()
	w.addOrganisations()
	return w, nil
}

// language returns the wanted language where there are labels in it.
func (w *world) language(wanted string) string {
	if _, ok := w.labels.skills[wanted]; ok {
		return wanted
	}
	if wanted == french {
		return english
	}
	return french
}

func intersection(wanted, have []string) []string {
	return slices.DeleteFunc(wanted, func(l string) bool { return !slices.Contains(have, l) })
}

// known returns the truths whose skill and unit group the taxonomy has.
func known(t *taxonomy.Taxonomy, story []Truth) []Truth {
	groups := map[string]bool{}
	for i := range t.Occupations {
		groups[t.Occupations[i].ISCO] = true
	}
	return slices.DeleteFunc(slices.Clone(story), func(truth Truth) bool {
		_, ok := t.SkillIndex(truth.SkillURI)
		return truth.ISCO08 != "" && !groups[truth.ISCO08] || truth.SkillURI != "" && !ok
	})
}
