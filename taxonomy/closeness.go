package taxonomy

import (
	"cmp"
	"slices"
)

// Weights of closeness: how far a person who can do one skill, or a course that
// teaches it, satisfies who asks for another. They are declared, not fitted. ESCO
// v1.1.1 itself has their order: of the occupations related to a skill, on average
// 30 % are related to its broader skill too, 22 % the other way round, 18 % to a
// sibling's, 0.4 % to any other skill (families of up to [MaxFamily]).
const (
	WeightSame     = 1.0  // the skill itself
	WeightNarrower = 0.7  // a narrower skill is held, the broader one is asked for
	WeightTwice    = 0.49 // the same over two steps: WeightNarrower squared
	WeightBroader  = 0.4  // a broader skill is held, a narrower one is asked for
	WeightSibling  = 0.2  // another skill right below the same broader one is held
)

// MaxFamily is the number of narrower skills above which a skill is no more than
// a heading: "advise others" has 271. Who holds such a skill gets no credit for
// those below it, nor do these for one another. In ESCO v1.1.1 two skills below
// one that has more than fifty are as rarely needed by the same occupation as any
// two. The other way stays: one of many ways to advise is advice.
const MaxFamily = 20

// Near is a skill close to another one. Weight is in (0, 1].
type Near struct {
	Skill  int32 // index into Taxonomy.Skills
	Weight float64
}

// Closeness knows which skills are close to which. It is a sparse relation with a
// direction: from the skill that is held (or taught) to the one that is asked for.
//
// Two skills are close by the shortest way over the broader relations between
// skills, as in the edge distance of Rada, R. et al. (1989), Development and
// application of a metric on semantic nets, IEEE Transactions on Systems, Man, and
// Cybernetics 19, 17-30; a way up counts for more than a way down, and a wide
// family says little, for it carries little information (Resnik, P. (1995), Using
// information content to evaluate semantic similarity in a taxonomy, IJCAI).
//
// A pair has one weight, the greatest of all ways, never their sum. Three things
// are left out on purpose:
//
//   - headings of the skills hierarchy and fields of education: they gather what is
//     done in a similar manner, "adjust sporting equipment" beside "manage vessel
//     engines", and all languages;
//   - ways down from, and between those below, a skill of the transversal
//     collection: "perform dance" is below "work independently";
//   - the essential and optional relations between skills: they say what helps in
//     learning, not what is alike.
type Closeness struct {
	asked, held [][]Near
}

// Closeness computes the relation; whoever needs it more than once keeps it. It
// takes some milliseconds for the whole of ESCO.
func (t *Taxonomy) Closeness() *Closeness {
	above, below := t.family()
	b := closenessBuilder{make([]map[int32]float64, len(t.Skills))}
	for s := range int32(len(t.Skills)) {
		b.add(s, s, WeightSame)
		for _, parent := range above[s] {
			b.add(s, parent, WeightNarrower)
			for _, grandparent := range above[parent] {
				b.add(s, grandparent, WeightTwice)
			}
			if len(below[parent]) > MaxFamily || t.Skills[parent].Flags&Transversal != 0 {
				continue
			}
			b.add(parent, s, WeightBroader)
			for _, sibling := range below[parent] {
				b.add(s, sibling, WeightSibling)
			}
		}
	}
	return b.build()
}

// family returns, for each skill, the skills right above and right below it,
// ascending.
func (t *Taxonomy) family() (above, below [][]int32) {
	above, below = make([][]int32, len(t.Skills)), make([][]int32, len(t.Skills))
	for s := range int32(len(t.Skills)) {
		for _, uri := range t.Skills[s].Broader {
			if parent, isSkill := t.SkillIndex(uri); isSkill && parent != s && !slices.Contains(above[s], parent) {
				above[s] = append(above[s], parent)
				below[parent] = append(below[parent], s)
			}
		}
	}
	return above, below
}

// closenessBuilder keeps, for each skill held, the greatest weight for each skill
// asked.
type closenessBuilder struct{ held []map[int32]float64 }

func (b *closenessBuilder) add(held, asked int32, weight float64) {
	if b.held[held] == nil {
		b.held[held] = map[int32]float64{}
	}
	b.held[held][asked] = max(b.held[held][asked], weight)
}

func (b *closenessBuilder) build() *Closeness {
	c := &Closeness{asked: make([][]Near, len(b.held)), held: make([][]Near, len(b.held))}
	for held, near := range b.held {
		for asked, weight := range near {
			c.held[held] = append(c.held[held], Near{asked, weight})
		}
		slices.SortFunc(c.held[held], bySkill)
		for _, n := range c.held[held] { // held ascends, so each list of asked does
			c.asked[n.Skill] = append(c.asked[n.Skill], Near{int32(held), n.Weight})
		}
	}
	return c
}

func bySkill(a, b Near) int { return cmp.Compare(a.Skill, b.Skill) }

// Asked returns the skills that satisfy, wholly or in part, who asks for the
// skill: itself at [WeightSame] among them, in ascending order. The caller must
// not change the list.
func (c *Closeness) Asked(skill int32) []Near { return c.asked[skill] }

// Held returns the skills that are satisfied, wholly or in part, by who holds the
// skill: the same relation as Asked, read the other way.
func (c *Closeness) Held(skill int32) []Near { return c.held[skill] }

// Weight returns how far holding one skill satisfies asking for another, from 0
// to 1: 0 where they are not close.
func (c *Closeness) Weight(held, asked int32) float64 {
	i, found := slices.BinarySearchFunc(c.held[held], Near{Skill: asked}, bySkill)
	if !found {
		return 0
	}
	return c.held[held][i].Weight
}
