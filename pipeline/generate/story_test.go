package generate

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// truths returns the story's rows of a name.
func truths(t *testing.T, w *world, name string) []Truth {
	t.Helper()
	all := slices.DeleteFunc(slices.Clone(w.story), func(t Truth) bool { return t.Name != name })
	if len(all) == 0 {
		t.Fatalf("nothing is told of %s", name)
	}
	return all
}

// feedTexts returns the texts of all vacancies of both feeds, by id.
func feedTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, p := range postings(t) {
		asks, _ := p["qualifications"].(string)
		texts[p["identifier"].(map[string]any)["value"].(string)] = p["description"].(string) + "\n" + asks
	}
	for _, row := range tableRows(t, fileEmployment, vacancySeparator, vacancyColumns) {
		texts[row["source_id"]] = row["description"]
	}
	return texts
}

// asked returns the share of the unit group's vacancies, posted from first to
// last, whose text in the feed names the skill; region "" is all.
func asked(t *testing.T, w *world, texts map[string]string, truth Truth, first, last model.Date) float64 {
	t.Helper()
	skill, ok := w.taxonomy.SkillIndex(truth.SkillURI)
	if !ok {
		t.Fatalf("%s is not in the taxonomy", truth.SkillURI)
	}
	n, all := 0.0, 0.0
	for _, v := range must(t, soundVacancies) {
		if v.job.isco != truth.ISCO08 || truth.Region != "" && v.region.code != truth.Region || v.posted < first || v.posted > last {
			continue
		}
		all++
		if slices.ContainsFunc(w.labels.skills[v.language][skill], func(name named) bool {
			return strings.Contains(strings.ToLower(texts[v.id]), strings.ToLower(name.text))
		}) {
			n++
		}
	}
	if all < 50 {
		t.Fatalf("%+v: %v vacancies are too few", truth, all)
	}
	return n / all
}

func starterCredentials(w *world) []credential {
	plan := w.plan()
	all := make([]credential, len(plan))
	for i := range plan {
		all[i] = w.credential(plan, &plan[i])
	}
	return all
}

func (c *credential) teaches(skill int32) bool {
	return slices.ContainsFunc(c.mentions, func(m mention) bool { return m.skill == skill })
}

// aligned returns the credentials aligned with the unit group that can be
// followed in the region, by the rule of the measures: they state one of its
// occupations, or teach two of its skills that are not transversal and these
// are a fifth of what they teach. A region of "" is everywhere.
func aligned(w *world, isco, region string) []credential {
	profile := map[int32]bool{}
	for _, o := range w.taxonomy.Occupations {
		if o.ISCO == isco {
			for _, s := range slices.Concat(o.Essential, o.Optional) {
				profile[s] = true
			}
		}
	}
	return slices.DeleteFunc(starterCredentials(w), func(c credential) bool {
		if region != "" && c.region != nil && c.region.code != region {
			return true
		}
		shared := 0
		for _, m := range c.mentions {
			if profile[m.skill] && w.taxonomy.Skills[m.skill].Flags&taxonomy.Transversal == 0 {
				shared++
			}
		}
		states := c.statesJob && c.job.isco == isco
		return !states && (shared < 2 || 5*shared < len(c.mentions))
	})
}

func TestGapIsPlanted(t *testing.T) {
	w, texts := starterWorld(t), feedTexts(t)
	rows := truths(t, w, truthGap)
	demand, supply := rows[0], rows[1]
	lastYear := w.options.AsOf.AddMonths(-11)
	between(t, "demand", asked(t, w, texts, demand, lastYear, w.options.AsOf), demand.From-0.08, demand.From+0.08)

	skill, _ := w.taxonomy.SkillIndex(supply.SkillURI)
	offers := aligned(w, supply.ISCO08, supply.Region)
	places, teaching := 0, 0
	for _, c := range offers {
		places += c.places
		if c.places == 0 {
			t.Errorf("%s states no places: the cell is not counted in places", c.id)
		}
		if c.teaches(skill) {
			teaching += c.places
			if c.id != supply.SourceID {
				t.Errorf("%s teaches the skill of the gap too", c.id)
			}
		}
	}
	between(t, "supply", float64(teaching)/float64(places), supply.From-0.015, supply.From+0.015)
	for _, r := range w.regions {
		taught := slices.ContainsFunc(aligned(w, supply.ISCO08, r.code), func(c credential) bool { return c.teaches(skill) })
		if !taught {
			t.Errorf("the skill of the gap is not taught in %s either", r.code)
		}
		elsewhere := rows[2]
		if elsewhere.Region = r.code; r.code != supply.Region {
			between(t, "demand in "+r.code, asked(t, w, texts, elsewhere, 0, w.options.AsOf), elsewhere.From-0.08, elsewhere.From+0.08)
		}
	}
}

func TestUncoveredIsPlanted(t *testing.T) {
	w, texts := starterWorld(t), feedTexts(t)
	truth := truths(t, w, truthUncovered)[0]
	between(t, "demand", asked(t, w, texts, truth, 0, w.options.AsOf), truth.From-0.05, truth.From+0.05)
	skill, _ := w.taxonomy.SkillIndex(truth.SkillURI)
	for _, c := range starterCredentials(w) {
		text := strings.ToLower(c.title + c.description + strings.Join(c.outcomes, " "))
		if c.teaches(skill) || slices.ContainsFunc(w.labels.skills[c.language][skill], func(n named) bool {
			return strings.Contains(text, strings.ToLower(n.text))
		}) {
			t.Errorf("%s teaches the skill", c.id)
		}
	}
	if len(aligned(w, truth.ISCO08, "")) < 12 {
		t.Error("too few credentials for the group: uncovered says little")
	}
}

func TestTrendsArePlanted(t *testing.T) {
	w, texts := starterWorld(t), feedTexts(t)
	year := w.options.AsOf.AddMonths(-11)
	for _, name := range []string{"emerging", "declining"} {
		for _, truth := range truths(t, w, name) {
			before := asked(t, w, texts, truth, 0, year-1)
			after := asked(t, w, texts, truth, year, w.options.AsOf)
			between(t, name+" in the first year", before, 0.75*truth.From+0.25*truth.To-0.06, 0.75*truth.From+0.25*truth.To+0.06)
			between(t, name+" in the second year", after, 0.25*truth.From+0.75*truth.To-0.06, 0.25*truth.From+0.75*truth.To+0.06)
			between(t, name+": growth away from 1", math.Abs(math.Log(after/before)), math.Log(1.6), 9)
		}
	}
}

// Supply matches demand in the balanced group, skill by skill.
func TestBalanceIsPlanted(t *testing.T) {
	w, texts := starterWorld(t), feedTexts(t)
	truth := truths(t, w, truthBalanced)[0]
	offers := aligned(w, truth.ISCO08, "")
	between(t, "credentials aligned", float64(len(offers)), 40, 46)
	covered, all := 0.0, 0.0
	for skill := range w.taxonomy.Skills {
		truth.SkillURI = w.taxonomy.Skills[skill].URI
		demand, supply := asked(t, w, texts, truth, w.options.AsOf.AddMonths(-11), w.options.AsOf), 0.0
		if demand < 0.02 {
			continue
		}
		for i := range offers {
			if offers[i].teaches(int32(skill)) {
				supply += 1 / float64(len(offers))
			}
		}
		if math.Abs(demand-supply) > 0.08 {
			t.Errorf("%s: demand %.2f, supply %.2f", w.taxonomy.SkillName(int32(skill), english), demand, supply)
		}
		covered += min(demand, supply)
		all += demand
	}
	between(t, "coverage", covered/all, 0.88, 1)
}

func TestDisguisesArePlanted(t *testing.T) {
	w := starterWorld(t)
	byID := map[string]credential{}
	for _, c := range starterCredentials(w) {
		byID[c.id] = c
	}
	at := func(name string) credential {
		truth := truths(t, w, name)[0]
		c, ok := byID[truth.SourceID]
		if !ok || c.job.isco != truth.ISCO08 || c.region.code != truth.Region {
			t.Errorf("%s: no credential %s for %s in %s", name, truth.SourceID, truth.ISCO08, truth.Region)
		}
		return c
	}
	if c := at(truthDisguised); c.kind != "MicroCredential" || c.ects != 180 || c.hours != 4500 {
		t.Errorf("disguised qualification: %+v", c)
	}
	if c := at(truthAttendance); c.assessment != "none" || c.kind != "Badge" || c.hours > 8 {
		t.Errorf("attendance badge: %+v", c)
	}
	if c := at(truthStuffed); len(c.mentions) < 30 || c.hours != 5 {
		t.Errorf("stuffed course: %d skills in %v hours", len(c.mentions), c.hours)
	}
	ageing, rows := at(truthAgeing), truths(t, w, truthAgeing)
	declining := 0
	for _, row := range rows {
		skill, _ := w.taxonomy.SkillIndex(row.SkillURI)
		if !ageing.teaches(skill) {
			t.Errorf("the ageing course does not teach %s", row.SkillURI)
		}
		if slices.ContainsFunc(w.story, func(o Truth) bool { return o.Name == "declining" && o.SkillURI == row.SkillURI }) {
			declining++
		}
	}
	if len(ageing.mentions) != len(rows) || 2*declining <= len(rows) {
		t.Errorf("the ageing course teaches %d skills, %d of them declining", len(ageing.mentions), declining)
	}
	if c := at(truthExpired); c.qaValidTo == 0 || c.qaValidTo >= w.options.AsOf {
		t.Errorf("expired quality assurance: %+v", c)
	}
	for id, c := range byID {
		if c.qaValidTo != 0 && c.qaValidTo < w.options.AsOf && id != truths(t, w, truthExpired)[0].SourceID {
			t.Errorf("the quality assurance of %s has expired too", id)
		}
	}
}

func TestStoryIsTheSame(t *testing.T) {
	story, err := Story()
	if err != nil {
		t.Fatal(err)
	}
	if w := starterWorld(t); len(w.story) != len(story) {
		t.Errorf("the starter taxonomy has the concepts of %d of %d truths", len(w.story), len(story))
	}
}

// In every region the group of the story has more vacant posts, fewer who seek work,
// and faster growth than any other.
func TestShortageIsPlanted(t *testing.T) {
	w := starterWorld(t)
	truth := truths(t, w, truthShortage)[0]
	signals := func(p workers) []float64 {
		return []float64{float64(p.vacant) / float64(p.employed), -float64(p.unemployed) / float64(p.employed), float64(p.pay) / float64(p.payBefore), p.hours / p.hoursBefore, p.below}
	}
	for i := range w.regions {
		short := signals(w.workersOf(truth.ISCO08, &w.regions[i]))
		for _, g := range w.groups {
			for s, other := range signals(w.workersOf(g.isco, &w.regions[i])) {
				if g.isco != truth.ISCO08 && other >= short[s] {
					t.Errorf("%s in %s: signal %d is %.3f, that of %s %.3f", truth.ISCO08, w.regions[i].code, s, short[s], g.isco, other)
				}
			}
		}
	}
}
