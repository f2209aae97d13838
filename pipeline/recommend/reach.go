package recommend

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Reached is an occupation as seen by a person. Of its skills, weighted by
// [Market.Importances]:
//
//   - covered is what the person holds, each skill by the weight with which it is
//     held;
//   - distance is what is left, less what close skills help: the sum of weights
//     times one minus the greatest of weight held x closeness.
//
// Both are from 0 to 1; a person who holds more is never covered less nor further
// away. The distance has a direction, from the person to the occupation: what the
// person can do and the occupation does not ask for costs nothing.
//
// Source: human-capital shortage as in Nedelkoska, L., Neffke, F. and Wiederhold,
// S. (2015), Skill mismatch and the costs of job displacement, annual congress of
// the European Economic Association, which is the directed form of the
// task-based distance of Gathmann, C. and Schönberg, U. (2007), How general is
// human capital? A task-based approach, IZA Discussion Paper 3067.
// Weights from vacancies, as in Dawson, N., Williams, M.-A. and Rizoiu, M.-A.
// (2021), Skill-driven recommendations for job transition pathways, PLOS ONE 16,
// e0254722.
type Reached struct {
	Market    Market
	LocalPart float64 // part of the weights that comes from vacancies, the rest is ESCO's
	Covered   float64
	Proven    float64 // of this, by what is proven
	Declared  float64 // of this, by the person's word beyond what is proven
	Distance  float64
	Within    bool          // within reach: see [Reach]
	Held      []Requirement // by falling weight
	Missing   []Requirement // by falling weight
}

// Requirement is a skill of an occupation beside what a person holds.
type Requirement struct {
	Importance
	Held      float64 // weight with which the skill itself is held; 0 where it is missing
	State     string  // of the skill held; "" where it is missing
	Nearest   int32   // the held skill that is closest; -1 where none is
	Closeness float64 // weight held x closeness of that skill
}

// MaxDistance is the distance beyond which an occupation is not called within
// reach: more than nine tenths of it would have to be learnt.
const MaxDistance = 0.9

// Reach returns the occupations of the markets, which are all those of a region, from the nearest to the furthest; of
// equally near ones the more covered first, then the smaller code. One beyond
// [MaxDistance], or of which the person has nothing but transversal skills, is not
// within reach. One of which no skill is known is left out.
func Reach(t *taxonomy.Taxonomy, close *taxonomy.Closeness, held []Held, markets []Market) []Reached {
	s, specific := newSatisfaction(held, close), NewSpecificity(markets)
	var all []Reached
	for i := range markets {
		if r, ok := reach(t, s, &markets[i], specific); ok {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b Reached) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(b.Covered, a.Covered), cmp.Compare(a.Market.ISCO, b.Market.ISCO))
	})
	return all
}

func reach(t *taxonomy.Taxonomy, s satisfaction, m *Market, specific Specificity) (Reached, bool) {
	r := Reached{Market: *m, LocalPart: m.LocalPart()}
	if r.LocalPart > 0 && len(t.UnitGroup(m.ISCO)) == 0 {
		r.LocalPart = 1
	}
	own := false
	var satisfied float64
	for _, i := range m.Importances(t, specific) {
		q := s.requirement(i)
		satisfied += i.Weight * q.Closeness
		r.Covered += i.Weight * q.Held
		if h := s.held[i.Skill]; h != nil {
			r.Proven += i.Weight * h.Proven
			r.Declared += i.Weight * max(0, h.Declared-h.Proven)
		}
		if q.Held > 0 {
			r.Held = append(r.Held, q)
		} else {
			r.Missing = append(r.Missing, q)
		}
		own = own || q.Closeness > 0 && t.Skills[i.Skill].Flags&taxonomy.Transversal == 0
	}
	r.Distance = min(max(1-satisfied, 0), 1)
	r.Covered, r.Proven, r.Declared = min(r.Covered, 1), min(r.Proven, 1), min(r.Declared, 1)
	heaviest := func(a, b Requirement) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Skill, b.Skill))
	}
	slices.SortFunc(r.Held, heaviest)
	slices.SortFunc(r.Missing, heaviest)
	r.Within = own && r.Distance <= MaxDistance
	return r, len(r.Held)+len(r.Missing) > 0
}

// requirement sets a skill beside what the person holds.
func (s satisfaction) requirement(i Importance) Requirement {
	q := Requirement{Importance: i, Held: s.itself(i.Skill)}
	if q.Held > 0 {
		q.State = s.held[i.Skill].State()
	}
	q.Closeness, q.Nearest = s.nearest(i.Skill)
	return q
}
