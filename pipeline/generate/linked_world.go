package generate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

const (
	linkedOccupations = 400
	mostCandidates    = 90  // skills of an occupation's own that its vacancies may ask
	generalSkills     = 150 // skills that any vacancy may ask
)

// The parts of a vacancy's links: the rest, a twentieth, is what a linker
// mistakes.
const (
	ownPart     = 0.65
	generalPart = 0.30
)

// linkedSkill is what all vacancies share of a skill.
type linkedSkill struct {
	name   string
	score  float64 // typical probability of a link to it
	growth float64 // factor by which its rate changes over all months
}

// linkedOccupation is an occupation as its vacancies ask.
type linkedOccupation struct {
	uri, isco, title string
	asks             []linkedAsk // in order of skill
	weights          weights     // of asks
}

// linkedAsk is the probability that a vacancy asks for a skill.
type linkedAsk struct {
	skill       int32
	probability float64
}

// linkedCountry is a country with its regions of NUTS levels 1 to 3.
type linkedCountry struct {
	row     model.Region
	byLevel [4][]model.Region
	finest  weights // of byLevel[3], the great cities first
}

// linkedMarkets are the countries and how many of a hundred vacancies are there.
var linkedMarkets = []struct {
	country string
	part    float64
}{{"NL", 32}, {"BE", 24}, {"AT", 20}, {"SE", 16}, {"IE", 8}}

func (l *Linked) addSkills() {
	l.skills = make([]linkedSkill, len(l.taxonomy.Skills))
	for i := range l.skills { // few names are mistaken often, most seldom
		l.mistaken.add(math.Pow(0.001+fixed("mistaken", l.taxonomy.Skills[i].URI), -1.2))
	}
	for i := range l.skills {
		uri := l.taxonomy.Skills[i].URI
		s := &l.skills[i]
		s.name = l.taxonomy.SkillName(int32(i), "en")
		s.score = 0.4 + 0.58*math.Sqrt(fixed("score", uri))
		switch trend := fixed("growth", uri); {
		case trend < 0.03:
			s.growth = 2.5
		case trend < 0.06:
			s.growth = 0.4
		default:
			s.growth = 0.85 + 0.3*fixed("drift", uri)
		}
	}
}

// addOccupations takes the occupations with the most particular numbers of their
// own: the choice belongs to the taxonomy, not to the seed. Their frequencies
// follow Zipf's law.
func (l *Linked) addOccupations() {
	var chosen []int
	for i := range l.taxonomy.Occupations {
		if o := &l.taxonomy.Occupations[i]; len(o.Essential)+len(o.Optional) > 0 && len(o.ISCO) == 4 {
			chosen = append(chosen, i)
		}
	}
	rank := func(i int) float64 { return fixed("rank", l.taxonomy.Occupations[i].URI) }
	slices.SortFunc(chosen, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	general := l.general()
	for n, i := range chosen[:min(len(chosen), linkedOccupations)] {
		o := &l.taxonomy.Occupations[i]
		asks := append(scaled(l.profile(i), ownPart*l.options.Skills), general...)
		slices.SortStableFunc(asks, func(a, b linkedAsk) int { return cmp.Compare(a.skill, b.skill) })
		asks = slices.CompactFunc(asks, func(a, b linkedAsk) bool { return a.skill == b.skill }) // its own comes first
		made := linkedOccupation{uri: o.URI, isco: o.ISCO, title: l.taxonomy.OccupationName(int32(i), "en"), asks: asks}
		for _, a := range asks {
			made.weights.add(a.probability)
		}
		l.occupations = append(l.occupations, made)
		l.frequency.add(1 / math.Pow(float64(n)+4, 0.95))
	}
}

// profile weighs the skills that ESCO gives an occupation, essential ones more,
// and, where they are few, those of its neighbours in ISCO-08.
func (l *Linked) profile(occupation int) []linkedAsk {
	o := &l.taxonomy.Occupations[occupation]
	var skills []linkedAsk
	seen := map[int32]bool{}
	add := func(list []int32, weight float64) {
		for _, s := range list {
			if !seen[s] && len(skills) < mostCandidates {
				seen[s] = true
				skills = append(skills, linkedAsk{s, weight * (0.15 + 1.7*fixed("rate", o.URI, l.taxonomy.Skills[s].URI))})
			}
		}
	}
	add(o.Essential, 1)
	add(o.Optional, 0.5)
	for digits := 4; digits >= 2 && len(skills) < int(1.5*l.options.Skills); digits-- {
		for i := range l.taxonomy.Occupations {
			if other := &l.taxonomy.Occupations[i]; strings.HasPrefix(other.ISCO, o.ISCO[:digits]) {
				add(other.Essential, 0.3)
			}
		}
	}
	return skills
}

// general weighs the skills that vacancies of every occupation ask: the
// transversal ones, then those of digital work.
func (l *Linked) general() []linkedAsk {
	var skills []linkedAsk
	for _, flag := range []taxonomy.Flags{taxonomy.Transversal, taxonomy.Digital} {
		for i := range l.taxonomy.Skills {
			if len(skills) < generalSkills && l.taxonomy.Skills[i].Flags&flag != 0 {
				skills = append(skills, linkedAsk{int32(i), 1 / (1 + 30*fixed("general", l.taxonomy.Skills[i].URI))})
			}
		}
	}
	return scaled(skills, generalPart*l.options.Skills)
}

// scaled makes probabilities of weights, none above 0.9, so that they add up to
// the number of links wanted, as far as there are skills.
func scaled(skills []linkedAsk, links float64) []linkedAsk {
	for range 4 {
		sum, full := 0.0, 0.0
		for _, s := range skills {
			if s.probability >= 0.9 {
				full += 0.9
			} else {
				sum += s.probability
			}
		}
		if sum == 0 {
			break
		}
		factor := max(links-full, 0) / sum
		for i := range skills {
			if skills[i].probability < 0.9 {
				skills[i].probability = min(skills[i].probability*factor, 0.9)
			}
		}
	}
	return skills
}

func (l *Linked) addRegions(regions []model.Region) {
	for _, m := range linkedMarkets {
		var c linkedCountry
		for _, r := range regions {
			switch {
			case r.Country != m.country:
			case r.RegionLevel == 0:
				c.row = r
			default:
				c.byLevel[r.RegionLevel] = append(c.byLevel[r.RegionLevel], r)
			}
		}
		if len(c.byLevel[3]) == 0 {
			continue
		}
		for _, r := range c.byLevel[3] {
			c.finest.add(1 / (0.1 + fixed("city", r.RegionCode)))
		}
		l.countries = append(l.countries, c)
		l.countryFor.add(m.part)
	}
}
