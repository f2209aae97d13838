package generate

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// credential is an offer before it is put into a format.
type credential struct {
	id, kind, title, description string
	titlePlace                   string // of the phrases its title comes from
	language                     string
	provider                     *provider
	region                       *region // nil for online
	town                         int
	job                          *job
	statesJob                    bool // it names its occupation
	mentions                     []mention
	outcomes                     []string
	listsURIs                    bool // its skills carry URIs, in the graph
	listsNone, outcomesNone      bool // it leaves them out, in the table

	mode, schedule, assessment, prerequisite, recognition, qaScheme string

	hours, ects  float64 // 0 is not stated
	eqf          int     // likewise
	price        int     // in euro; -1 is not stated
	places       int     // 0 is not stated
	starts, ends model.Date
	qaValidTo    model.Date
	updated      model.Date
	parts        []string // ids of what it is made of
}

// credential draws what is in a slot of the plan.
func (w *world) credential(plan []slot, s *slot) credential {
	r := stream(w.options.Seed, credentialStream, s.number)
	g := &w.groups[s.group]
	c := credential{
		id: w.credentialID(s), provider: w.provider(s),
		job: &w.jobs[g.jobs[g.weights.draw(r)]], updated: w.options.AsOf - model.Date(r.IntN(500)),
	}
	c.language = w.language(c.provider.language)
	c.mode = "online"
	if s.place < len(w.regions) {
		c.region = &w.regions[s.place]
		c.town = r.IntN(len(c.region.towns))
		c.mode = pick(r, []string{"in person", "in person", "in person", "blended"})
	} else if len(w.labels.skills) > 1 && r.IntN(2) == 0 {
		c.language = french
	}
	c.kind, c.titlePlace = pick(r, []string{"MicroCredential", "MicroCredential", "Course"}), "course.title"
	c.mentions = w.name(r, c.language, w.taught(r, s, c.job))
	c.statesJob = r.IntN(10) < 3
	c.listsURIs = r.IntN(10) < 6
	lists := r.IntN(10)
	c.listsNone, c.outcomesNone = lists == 9, lists > 5 && lists < 9
	w.terms(r, s, &c)
	for _, i := range s.parts {
		c.parts, c.titlePlace = append(c.parts, w.credentialID(&plan[i])), "programme"
	}
	if s.truth >= 0 {
		w.disguise(r, &c, &w.story[s.truth])
	}
	w.describe(r, &c)
	return c
}

// credentialID returns the id that the credential has in its feed: in a graph
// a CTID, ce- and a UUID.
func (w *world) credentialID(s *slot) string {
	if s.truth >= 0 {
		return w.story[s.truth].SourceID
	}
	if w.provider(s).table {
		return fmt.Sprintf("SYN-C-%05d", s.number+1)
	}
	r := stream(w.options.Seed, identifierStream, s.number)
	high, low := r.Uint64(), r.Uint64()
	return fmt.Sprintf("ce-%08x-%04x-4%03x-%04x-%012x", high>>32, high>>16&0xffff, high&0xfff, low>>48&0x3fff|0x8000, low&0xffffffffffff)
}

// taught chooses the skills that a credential teaches: some of those of its
// job, in the balanced group each as often as it is asked.
func (w *world) taught(r *rand.Rand, s *slot, j *job) []int32 {
	if w.balanced(s.group) {
		return w.evenly(s)
	}
	type drawn struct {
		skill int32
		key   float64
	}
	var all []drawn
	for _, a := range j.asks {
		if w.withheld(a.skill, s) {
			continue
		}
		weight := 0.35 + 1.3*fixed("supply", j.isco, w.taxonomy.Skills[a.skill].URI)
		if w.promised(a.skill, s) {
			weight = math.Inf(1)
		}
		all = append(all, drawn{a.skill, math.Pow(r.Float64(), 1/weight)})
	}
	slices.SortFunc(all, func(a, b drawn) int { return cmp.Compare(b.key, a.key) })
	var skills []int32
	for _, d := range all[:min(len(all), 4+r.IntN(4))] {
		skills = append(skills, d.skill)
	}
	if len(w.common) > 0 && r.IntN(4) == 0 {
		skills = append(skills, pick(r, w.common).skill)
	}
	return skills
}

// evenly chooses so that of the credentials of the group in turn each skill
// takes its share, as near as whole numbers allow, and two at least.
func (w *world) evenly(s *slot) []int32 {
	g := &w.groups[s.group]
	share := map[int32]float64{}
	var order []int32
	add := func(a ask, part float64) {
		if _, ok := share[a.skill]; !ok {
			order = append(order, a.skill)
		}
		share[a.skill] += a.rate * part
	}
	for _, j := range g.jobs {
		for _, a := range w.jobs[j].asks {
			add(a, w.jobs[j].weight/g.weights.total())
		}
	}
	for _, a := range w.common {
		add(a, 1)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(share[b], share[a]) })
	var chosen []int32
	for _, skill := range order {
		start := fixed("turn", w.taxonomy.Skills[skill].URI) + float64(s.inTurn)*share[skill]
		if math.Floor(start+share[skill]) > math.Floor(start) {
			chosen = append(chosen, skill)
		}
	}
	for _, skill := range order {
		if len(chosen) < 2 && !slices.Contains(chosen, skill) {
			chosen = append(chosen, skill)
		}
	}
	return chosen
}

// withheld tells whether the story keeps the slot from teaching the skill: an
// uncovered one is taught nowhere, that of a gap not online and in its region
// by the planted credential alone.
func (w *world) withheld(skill int32, s *slot) bool {
	uri := w.taxonomy.Skills[skill].URI
	for _, t := range w.story {
		if t.SkillURI != uri {
			continue
		}
		there := s.place == len(w.regions) || w.regions[s.place].code == t.Region
		if t.Name == truthUncovered || t.Name == truthGap && there {
			return true
		}
	}
	return false
}

// promised tells whether the story makes the slot teach the skill: every second
// course does so in regions without the gap, so that it is a gap of one region.
func (w *world) promised(skill int32, s *slot) bool {
	uri := w.taxonomy.Skills[skill].URI
	return s.inTurn/len(w.regions)%2 == 0 && slices.ContainsFunc(w.story, func(t Truth) bool {
		return t.Figure == figureElsewhere && t.SkillURI == uri && t.ISCO08 == w.groups[s.group].isco
	})
}

func (w *world) name(r *rand.Rand, language string, skills []int32) []mention {
	all := make([]mention, len(skills))
	for i, s := range skills {
		all[i] = mention{named: w.labels.skill(r, language, s), skill: s}
	}
	return all
}

// describe writes title, description and outcomes.
func (w *world) describe(r *rand.Rand, c *credential) {
	p := w.phrases[c.language]
	occupation, _, _ := strings.Cut(w.labels.occupations[c.language][c.job.occupation][0], "/")
	c.title = fill(pick(r, p[c.titlePlace]), "skill", capital(c.mentions[0].text), "occupation", occupation)
	c.description = fill(pick(r, p["course.first"]), "occupation", occupation) + " " + pick(r, p["course.second"])
	inTurn := p.inTurn(r)
	for _, m := range c.mentions {
		c.outcomes = append(c.outcomes, fill(inTurn("outcome."+m.form), "skill", m.text))
	}
}
