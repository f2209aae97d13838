package evaluation

import (
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// Links is what the links of sentences are worth.
type Links struct {
	Counts
	Precision *Estimate `json:"precision,omitempty"` // nil without a sentence that has a label, as the next two
	Recall    *Estimate `json:"recall,omitempty"`
	F1        *Estimate `json:"f1,omitempty"`
	Carried   *Estimate `json:"carried,omitempty"` // links of a sentence without a label; nil if there is none
	// Reliability is that of the links with a score of .05 or more in sentences
	// with a label, ReliabilityOfAll that in all sentences.
	Reliability      Reliability `json:"reliability"`
	ReliabilityOfAll Reliability `json:"reliability_of_all"`
	Curve            []Point     `json:"curve"`
}

// Point is what the links are worth at another threshold.
type Point struct {
	Threshold float64 `json:"threshold"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Carried   float64 `json:"carried"`
}

// Type is what a type of skill gets.
type Type struct {
	Name string `json:"name"` // a type of ESCO; transversal and language skills are also of another
	Counts
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	InFive    float64 `json:"in_five"` // share of the labels among the first five of the ranking
}

// reliabilityBins is the number of bins of Reliability.
const reliabilityBins = 10

// links measures the links of sentences with a label and without.
func (m *measurer) links(with, without []outcome) *Links {
	l := &Links{
		Reliability:      reliabilityOf(scoredOf(with), reliabilityBins),
		ReliabilityOfAll: reliabilityOf(scoredOf(slices.Concat(with, without)), reliabilityBins),
	}
	if len(with) > 0 {
		counts := make([]Counts, len(with))
		for i, o := range with {
			counts[i] = countsOf(o.item, o.links)
			l.Counts = l.plus(counts[i])
		}
		estimate := func(of func(Counts) float64) *Estimate {
			e := m.bootstrap.Estimate(len(counts), func(sample []int) float64 {
				sum := Counts{}
				for _, i := range sample {
					sum = sum.plus(counts[i])
				}
				return of(sum)
			})
			return &e
		}
		l.Precision, l.Recall, l.F1 = estimate(Counts.Precision), estimate(Counts.Recall), estimate(Counts.F1)
	}
	if len(without) > 0 {
		numbers := make([]float64, len(without))
		for i, o := range without {
			numbers[i] = float64(len(o.links))
		}
		carried := m.bootstrap.Estimate(len(numbers), meanOf(numbers))
		l.Carried = &carried
	}
	for percent := 5; percent <= 95; percent += 5 {
		l.Curve = append(l.Curve, pointOf(float64(percent)/100, with, without))
	}
	return l
}

// countsOf sets the links of an item against its labels.
func countsOf(item *Item, links []linker.Match) Counts {
	c := Counts{Links: len(links), Labels: item.Labels()}
	for _, link := range links {
		if has(item, link.Skill) {
			c.Right++
		}
	}
	return c
}

func has(item *Item, skill int32) bool {
	_, found := slices.BinarySearch(item.Skills, skill)
	return found
}

func scoredOf(seen []outcome) []scored {
	var all []scored
	for _, o := range seen {
		for _, link := range o.wide {
			s := scored{score: link.Score}
			if has(o.item, link.Skill) {
				s.right = 1
			}
			all = append(all, s)
		}
	}
	return all
}

// pointOf counts what the links are worth from a score.
func pointOf(threshold float64, with, without []outcome) Point {
	from := func(o outcome) []linker.Match {
		return slices.DeleteFunc(slices.Clone(o.wide), func(m linker.Match) bool { return m.Score < threshold })
	}
	sum, carried := Counts{}, 0
	for _, o := range with {
		sum = sum.plus(countsOf(o.item, from(o)))
	}
	for _, o := range without {
		carried += len(from(o))
	}
	return Point{
		Threshold: threshold, Precision: sum.Precision(), Recall: sum.Recall(), F1: sum.F1(),
		Carried: ratio(float64(carried), float64(len(without))),
	}
}

// types measures each type of skill on sentences with a label; types that have
// neither labels nor links are left out.
func (m *measurer) types(with []outcome) []Type {
	is := func(of taxonomy.SkillType) func(*taxonomy.Skill) bool {
		return func(s *taxonomy.Skill) bool { return s.Type == of }
	}
	flagged := func(flag taxonomy.Flags) func(*taxonomy.Skill) bool {
		return func(s *taxonomy.Skill) bool { return s.Flags&flag != 0 }
	}
	var types []Type
	for _, kind := range []struct {
		name string
		has  func(*taxonomy.Skill) bool
	}{
		{"knowledge", is(taxonomy.TypeKnowledge)}, {"skill", is(taxonomy.TypeSkill)}, {"attitude", is(taxonomy.TypeAttitude)},
		{"language", func(s *taxonomy.Skill) bool {
			return s.Type == taxonomy.TypeLanguage || s.Flags&taxonomy.LanguageSkill != 0
		}},
		{"transversal", flagged(taxonomy.Transversal)},
	} {
		if t := m.typeOf(kind.name, kind.has, with); t.Labels+t.Links > 0 {
			types = append(types, t)
		}
	}
	return types
}

// typeOf measures the skills of a type.
func (m *measurer) typeOf(name string, is func(*taxonomy.Skill) bool, with []outcome) Type {
	of := func(skill int32) bool { return is(&m.taxonomy.Skills[skill]) }
	t, inFive := Type{Name: name}, 0
	for _, o := range with {
		for _, skill := range o.item.Skills {
			if of(skill) {
				t.Labels++
				if slices.ContainsFunc(o.top, func(m linker.Match) bool { return m.Skill == skill }) {
					inFive++
				}
			}
		}
		for _, link := range o.links {
			if of(link.Skill) {
				t.Links++
				if has(o.item, link.Skill) {
					t.Right++
				}
			}
		}
	}
	t.Precision, t.Recall, t.InFive = t.Counts.Precision(), t.Counts.Recall(), ratio(float64(inFive), float64(t.Labels))
	return t
}
