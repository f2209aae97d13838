package generate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// job is an occupation as it is advertised.
type job struct {
	occupation int32 // index into Taxonomy.Occupations
	uri, isco  string
	cluster    int
	weight     float64
	balanced   bool // asked in all regions at the same rates
	asks       []ask
}

// ask is a skill with the share of advertisements that ask for it.
type ask struct {
	skill   int32 // index into Taxonomy.Skills
	rate    float64
	planted []planted
}

// group is a unit group: the jobs that its credentials are for.
type group struct {
	isco    string
	cluster int
	jobs    []int
	weights weights // of the jobs
}

// Asked of a job at most this many skills, at rates that add up to so many.
const (
	mostAsks     = 14
	asksTogether = 4.6
)

func (w *world) addJobs(s *seeds) error {
	for i := range w.taxonomy.Occupations {
		o := &w.taxonomy.Occupations[i]
		j := job{occupation: int32(i), uri: o.URI, isco: o.ISCO, cluster: s.cluster(o.ISCO)}
		j.balanced = slices.ContainsFunc(w.story, func(t Truth) bool { return t.Name == truthBalanced && t.ISCO08 == o.ISCO })
		if len(o.ISCO) != 4 || len(o.Essential)+len(o.Optional) < 5 {
			continue // too little is known to tell one advertisement from another
		}
		j.asks = asksOf(w.taxonomy, o)
		w.plant(&j)
		w.jobs = append(w.jobs, j)
	}
	if len(w.jobs) == 0 {
		return fmt.Errorf("taxonomy %s: no occupation with a unit group and five skills: import its relations too", w.taxonomy.Release)
	}
	w.weighJobs()
	return nil
}

// asksOf chooses skills of the occupation, the essential ones first, and gives
// each a rate of its own.
func asksOf(t *taxonomy.Taxonomy, o *taxonomy.Occupation) []ask {
	var asks []ask
	add := func(skills []int32, low, high float64) {
		for _, s := range skills {
			asks = append(asks, ask{skill: s, rate: low + (high-low)*fixed("rate", o.URI, t.Skills[s].URI)})
		}
	}
	add(o.Essential, 0.3, 1)
	add(o.Optional, 0.15, 0.7)
	slices.SortFunc(asks, func(a, b ask) int { return cmp.Or(cmp.Compare(b.rate, a.rate), cmp.Compare(a.skill, b.skill)) })
	asks = asks[:min(len(asks), mostAsks)]
	sum := 0.0
	for _, a := range asks {
		sum += a.rate
	}
	for i := range asks {
		asks[i].rate = min(asks[i].rate*asksTogether/sum, 0.75)
	}
	return asks
}

// plant sets the planted rates, adding the skill where the job lacks it. Of two
// rates for a region the one told first holds.
func (w *world) plant(j *job) {
	for _, t := range w.story {
		if t.Figure != figureDemand && t.Figure != figureElsewhere || t.ISCO08 != j.isco {
			continue
		}
		skill, _ := w.taxonomy.SkillIndex(t.SkillURI)
		at := slices.IndexFunc(j.asks, func(a ask) bool { return a.skill == skill })
		if at < 0 {
			at = len(j.asks)
			j.asks = append(j.asks, ask{skill: skill, rate: 0.15})
		}
		j.asks[at].planted = append(j.asks[at].planted, planted{t.Region, t.From, t.To})
	}
}

// weighJobs makes the most frequent job three times as frequent as the least,
// the jobs of a unit group between them.
func (w *world) weighJobs() {
	order := make([]int, len(w.jobs))
	round := make([]int, len(w.jobs)) // place of the job in its unit group
	seen := map[string]int{}
	for i := range w.jobs {
		order[i] = i
		round[i] = seen[w.jobs[i].isco]
		seen[w.jobs[i].isco]++
	}
	slices.SortFunc(order, func(a, b int) int {
		groups := strings.Compare(w.jobs[a].isco, w.jobs[b].isco)
		if round[a]%2 == 1 {
			groups = -groups
		}
		return cmp.Or(cmp.Compare(round[a], round[b]), groups)
	})
	for rank, i := range order {
		w.jobs[i].weight = 3 - 2*float64(rank)/float64(max(1, len(order)-1))
	}
	for i := range w.jobs {
		w.jobWeights.add(w.jobs[i].weight)
	}
}

func (w *world) addGroups() {
	byCode := map[string]int{}
	for i := range w.jobs {
		j := &w.jobs[i]
		at, ok := byCode[j.isco]
		if !ok {
			at = len(w.groups)
			byCode[j.isco] = at
			w.groups = append(w.groups, group{isco: j.isco, cluster: j.cluster})
		}
		w.groups[at].jobs = append(w.groups[at].jobs, i)
		w.groups[at].weights.add(j.weight)
	}
	slices.SortFunc(w.groups, func(a, b group) int { return strings.Compare(a.isco, b.isco) })
}

// rate returns the share of the job's advertisements that ask for the skill in
// a region at a moment from 0, the start of the period, to 1.
func (w *world) rate(j *job, a *ask, region string, moment float64) float64 {
	if planted, ok := rate(a.planted, region, moment); ok {
		return planted
	}
	if j.balanced {
		return a.rate
	}
	return a.rate * (0.75 + 0.5*fixed("region", region, j.uri, w.taxonomy.Skills[a.skill].URI))
}
