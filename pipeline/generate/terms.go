package generate

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// terms draws hours, price, dates and what else a catalogue says of an offer,
// leaving out some.
func (w *world) terms(r *rand.Rand, s *slot, c *credential) {
	p := w.phrases[c.language]
	hours := float64(8 * (1 + r.IntN(15)))
	if len(s.parts) > 0 {
		hours *= 3
	}
	if r.IntN(12) > 0 {
		c.hours = hours
	}
	if r.IntN(10) < 6 {
		c.ects = max(0.5, math.Round(hours/12.5)/2)
	}
	if r.IntN(10) < 8 {
		c.eqf = map[byte]int{'1': 6, '2': 6, '3': 5, '9': 3}[c.job.isco[0]]
		if c.eqf == 0 {
			c.eqf = 4
		}
	}
	c.price = -1
	switch n := r.IntN(20); {
	case n < 3:
		c.price = 0
	case n < 18:
		c.price = 50 * (1 + r.IntN(int(hours)/4+4))
	}
	if c.provider.table && !c.provider.noPlaces {
		c.places = 8 + r.IntN(17)
		if w.storied(s.group) {
			c.places = evenPlaces
		}
	}
	c.schedule = pick(r, []string{"part-time", "part-time", "evening", "weekend", "full-time"})
	if c.mode == "online" {
		c.schedule = pick(r, []string{"self-paced", "self-paced", "evening"})
	}
	if r.IntN(8) > 0 {
		c.assessment = pick(r, p["assessment"])
	}
	if r.IntN(3) == 0 {
		c.prerequisite = pick(r, p["prerequisite"])
	}
	if r.IntN(3) == 0 {
		c.recognition = pick(r, p["recognition"])
	}
	if r.IntN(10) < 6 {
		c.qaScheme, c.qaValidTo = scheme(c), w.options.AsOf+model.Date(30+r.IntN(900))
	}
	w.dates(r, s, c, hours)
}

// schemes of quality assurance. The records are synthetic: nothing is said of
// what the real schemes cover.
var schemes = []string{"Qualiopi", "QQI", "ISO 21001"}

// scheme is the quality assurance usual in the provider's country.
func scheme(c *credential) string {
	switch {
	case c.region != nil && c.region.country == "FR":
		return schemes[0]
	case c.region != nil && c.region.country == "IE":
		return schemes[1]
	}
	return schemes[2]
}

// dates draws a run, a standing offer or none. The credentials of planted
// groups are on offer all the time, so that their shares hold in every month.
func (w *world) dates(r *rand.Rand, s *slot, c *credential, hours float64) {
	o := w.options
	switch n := r.IntN(10); {
	case n < 4 || n < 7 && w.storied(s.group):
		c.starts, c.ends = o.firstDay()-model.Date(30+r.IntN(60)), o.AsOf+model.Date(90+r.IntN(200))
	case n < 7:
		c.starts = o.AsOf - 360 + model.Date(r.IntN(420))
		c.ends = c.starts + model.Date(hours)
	}
}

// storied tells whether a planted figure is about the group's credentials.
func (w *world) storied(group int) bool {
	return slices.ContainsFunc(w.story, func(t Truth) bool {
		return t.ISCO08 == w.groups[group].isco && (t.Name == truthGap || t.Name == truthBalanced || t.Name == truthUncovered)
	})
}

// evenPlaces is what credentials state where places must not tip a share.
const evenPlaces = 16

// disguise turns the credential into a planted one.
func (w *world) disguise(r *rand.Rand, c *credential, t *Truth) {
	switch t.Name {
	case truthGap, truthAgeing:
		w.teachOnly(r, c, t)
		if t.Name == truthAgeing {
			c.hours, c.updated = 40, w.options.AsOf-2200
		}
	case truthExpired:
		c.qaScheme, c.qaValidTo = scheme(c), w.options.AsOf-273
	case truthDisguised:
		c.titlePlace, c.kind = "disguised", "MicroCredential"
		c.hours, c.ects, c.eqf, c.price = 4500, 180, 6, 9600
		c.starts, c.ends = w.options.firstDay(), w.options.firstDay()+1095
	case truthAttendance:
		c.titlePlace, c.kind = "attendance", "Badge"
		c.hours, c.ects, c.eqf, c.price, c.assessment, c.qaScheme, c.qaValidTo = 3, 0, 0, 0, "none", "", 0
	case truthStuffed:
		c.hours, c.ects, c.price, c.mentions = 5, 0, 90, w.name(r, c.language, w.stuffing(c))
	}
}

// teachOnly makes the credential teach the skills of the truth: the one of a
// gap besides others, those of an ageing course and no others.
func (w *world) teachOnly(r *rand.Rand, c *credential, t *Truth) {
	var skills []int32
	for _, o := range w.story {
		if o.SourceID == t.SourceID {
			skill, _ := w.taxonomy.SkillIndex(o.SkillURI)
			skills = append(skills, skill)
		}
	}
	if t.Name == truthGap {
		for _, m := range c.mentions {
			skills = append(skills, m.skill)
		}
	}
	c.mentions = w.name(r, c.language, skills)
	c.starts, c.ends = 0, 0
	c.listsNone, c.outcomesNone = false, false
}

// stuffed is how many skills the keyword-stuffed course claims to teach.
const stuffed = 32

// stuffing collects skills of the credential's cluster.
func (w *world) stuffing(c *credential) []int32 {
	var skills []int32
	for i := range w.jobs {
		for _, a := range w.jobs[i].asks {
			fits := w.jobs[i].cluster == c.job.cluster && w.taxonomy.Skills[a.skill].Flags&taxonomy.Transversal == 0
			if fits && len(skills) < stuffed && !slices.Contains(skills, a.skill) && len(a.planted) == 0 {
				skills = append(skills, a.skill)
			}
		}
	}
	return skills
}
