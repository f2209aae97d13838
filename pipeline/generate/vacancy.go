package generate

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// vacancy is an advertisement before it is put into a format.
type vacancy struct {
	id       string
	job      *job
	region   *region
	town     int // index into the region's towns
	employer *employer
	language string
	posted   model.Date
	expires  model.Date
	openings int
	salary   salary
	title    string
	mentions []mention
	text     text

	// What the format makes of it.
	markup       markup
	onlyCountry  bool // the place is not stated
	lists        bool // it carries a list of its skills
	listsURIs    bool // with their URIs
	separateAsks bool // the requirements are a field of their own
	textSalary   bool // pay is a sentence
}

// mention is a skill named in a text.
type mention struct {
	named
	skill     int32
	preferred bool // would be nice to have
}

// salary is pay per month or year in euro; 0 is not stated.
type salary struct {
	from, to int
	yearly   bool
}

// markup is how a text is written.
type markup int

const (
	plainText markup = iota
	html
	escapedHTML // escaped once more, as real feeds do
)

// repeats is how many records stand for one that repeats an earlier record.
const repeats = 50

// vacancy draws record number i of all vacancies.
func (w *world) vacancy(i int) vacancy {
	r := stream(w.options.Seed, vacancyStream, i)
	id, posted := fmt.Sprintf("SYN-V-%07d", i+1), w.postedOn(r, i)
	if i > 0 && r.IntN(repeats) == 0 {
		v := w.vacancy(max(0, i-1-r.IntN(400)))
		v.id, v.posted = id, max(posted, v.posted)
		return v
	}
	v := vacancy{id: id, posted: posted}
	v.expires = v.posted + model.Date(14+r.IntN(47))
	where, what, asks := even(i)
	region := w.regionWeights.at(where)
	v.region, v.job = &w.regions[region], &w.jobs[w.jobWeights.at(what)]
	v.town = r.IntN(len(v.region.towns))
	v.employer = &w.employers[region][v.job.cluster][r.IntN(employersPerCluster)]
	v.language = w.language(v.region.languages[v.region.languageWeights.draw(r)])
	v.openings = openings(r)
	v.salary = drawSalary(r, v.job)
	v.title = w.title(r, &v)
	v.mentions = w.mentions(r, &v, asks)
	v.markup = markup(own([]int{0, 1, 1, 1, 2}, "markup", v.employer.id))
	v.onlyCountry = r.IntN(70) == 0
	v.lists, v.listsURIs = r.IntN(4) == 0, r.IntN(2) == 0
	v.separateAsks = r.IntN(7) == 0
	v.textSalary = r.IntN(12) == 0
	v.text = w.advertisement(r, &v)
	return v
}

// postedOn spreads the records evenly, in order, from the first day of the
// period to the as-of date.
func (w *world) postedOn(r *rand.Rand, i int) model.Date {
	first, days := w.options.firstDay(), float64(w.options.AsOf-w.options.firstDay()+1)
	return first + model.Date(days*(float64(i)+r.Float64())/float64(w.options.Vacancies))
}

func openings(r *rand.Rand) int {
	switch n := r.IntN(100); {
	case n < 1:
		return 3
	case n < 6:
		return 2
	}
	return 1
}

// drawSalary follows the skill level of the ISCO major group.
func drawSalary(r *rand.Rand, j *job) salary {
	if r.IntN(5) < 2 {
		return salary{}
	}
	yearly := map[byte]int{'1': 62, '2': 48, '3': 38, '4': 31, '5': 28, '6': 28, '7': 33, '8': 30, '9': 26}[j.isco[0]]
	from := max(yearly, 30)*1000 + 500*r.IntN(12) - 3000
	s := salary{from: from, to: from + 1000*(2+r.IntN(6)), yearly: true}
	if r.IntN(2) == 0 {
		s = salary{from: s.from / 12 / 10 * 10, to: s.to / 12 / 10 * 10}
	}
	return s
}

func (w *world) title(r *rand.Rand, v *vacancy) string {
	name := w.labels.occupation(r, v.language, v.job.occupation)
	return fill(pick(r, w.phrases[v.language]["title.suffix"]), "title", capital(name), "town", v.region.towns[v.town])
}

// mentions draws what the advertisement asks for. What is planted is drawn by
// an even number, from 0 to 1, so that its rate holds in small cells too.
func (w *world) mentions(r *rand.Rand, v *vacancy, even float64) []mention {
	moment := float64(v.posted-w.options.firstDay()) / float64(w.options.AsOf.MonthEnd()-w.options.firstDay())
	var all []mention
	add := func(a *ask, drawn, rate float64) {
		if drawn < rate {
			all = append(all, mention{w.labels.skill(r, v.language, a.skill), a.skill, r.IntN(6) == 0})
		}
	}
	for i := range v.job.asks {
		a, drawn := &v.job.asks[i], r.Float64()
		if len(a.planted) > 0 {
			_, drawn = math.Modf(even + fixed("planted", w.taxonomy.Skills[a.skill].URI))
		}
		add(a, drawn, w.rate(v.job, a, v.region.code, moment))
	}
	for i := range w.common {
		add(&w.common[i], r.Float64(), w.common[i].rate)
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
