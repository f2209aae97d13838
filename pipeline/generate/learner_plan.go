package generate

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// programme is a credential of the catalogues that learners take.
type programme struct {
	*credential
	called  string // what the enrolment table calls it: its id or its title
	sector  string // NACE code of its provider
	profile *profile
	effect  bool    // it does what the story says of truthEffect
	price   float64 // usual price, in euro
}

const (
	popular      = 60 // credentials that learners take
	quarters     = 10 // that participations start in, the last with the as-of date
	titledOneIn  = 4  // of so many credentials without a truth one is called by its title
	returnsOneIn = 11 // of so many learners one takes a second credential
)

// persons is added to the seed for them. With the starter's seed their draws lie
// near what is planted, as about half of all draws do: a truth shown once should
// not be the unlucky one.
const persons = 5000

// planted sizes: learners for each learner of a usual credential.
const (
	truthWeight   = 9 // of a credential whose effect is planted
	claimWeight   = 6.5
	keptWeight    = 3.5
	insiderWeight = 3
)

// programmes chooses the credentials that learners take: those of the story,
// where the catalogues have them, and others spread over the plan.
func (w *world) programmes() ([]programme, weights) {
	plan := w.plan()
	all := make([]credential, len(plan))
	titles, storied := map[string]int{}, map[string]bool{}
	var insiders *provider
	for _, t := range w.story {
		storied[t.SourceID] = storied[t.SourceID] || t.ofLearners()
	}
	for i := range plan {
		all[i] = w.credential(plan, &plan[i])
		titles[all[i].title]++
		for _, t := range w.story {
			if t.Name == truthInsiders && t.SourceID == all[i].id {
				insiders = all[i].provider
			}
		}
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		first := func(i int) bool { return storied[all[i].id] }
		return cmp.Or(compareBool(first(b), first(a)), cmp.Compare(fixed("popular", all[a].id), fixed("popular", all[b].id)), cmp.Compare(a, b))
	})
	var chosen []programme
	var sizes weights
	for _, i := range order[:min(popular, len(order))] {
		p, size := w.programme(&all[i], len(chosen), insiders)
		if !storied[p.id] && titles[p.title] == 1 && fixedInt("titled", p.id)%titledOneIn == 0 {
			p.called = p.title
		}
		chosen = append(chosen, p)
		sizes.add(size)
	}
	return chosen, sizes
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// programme returns the credential as learners take it, with its size; insiders
// is the provider of that truth.
func (w *world) programme(c *credential, rank int, insiders *provider) (programme, float64) {
	p := programme{credential: c, called: c.id, sector: w.sectorOf(c.provider), profile: &usualProfile, price: float64(c.price)}
	if c.price <= 0 {
		p.price = 100 + 400*fixed("paid", c.id)
	}
	size := 1.6 - 1.2*float64(rank)/popular
	if c.provider == insiders {
		p.profile, size = &insiderProfile, insiderWeight
	}
	for _, t := range w.story {
		if t.SourceID != c.id {
			continue
		}
		switch t.Name {
		case truthEffect:
			p.profile, p.effect, size = &effectProfile, true, truthWeight
		case truthNoEffect:
			p.profile, size = &noEffectProfile, truthWeight
		case truthClaim:
			p.profile, size = &claimProfile, claimWeight
		case truthKept:
			size = keptWeight
		}
	}
	return p, size
}

// sectorOf is the economic activity of the sector that a provider belongs to: the
// first of its family of jobs.
func (w *world) sectorOf(p *provider) string {
	for r := range w.providers {
		for catalogue := range w.providers[r] {
			if &w.providers[r][catalogue] != p {
				continue
			}
			for _, c := range w.clusters {
				if c.catalogue == catalogue {
					return c.nace[0]
				}
			}
		}
	}
	return ""
}

// participation is a person in a programme.
type participation struct {
	person
	programme *programme
	number    int
	starts    model.Date
	ends      model.Date // 0 while it lasts
	completed bool
	certified bool
	funding   string
	price     float64
	career    career
}

// learners draws all participations, in the order of their persons' numbers:
// those of the learners, then the second ones of the learners who return.
func (w *world) learners() []participation {
	programmes, sizes := w.programmes()
	if len(programmes) == 0 {
		return nil
	}
	usual := make([]int, 0, len(programmes)) // returning changes nothing of what is planted
	for i := range programmes {
		if programmes[i].profile == &usualProfile {
			usual = append(usual, i)
		}
	}
	var all []participation
	for i := range w.options.Learners {
		which, when, funded := even(i)
		r := stream(w.options.Seed+persons, learnerStream, i)
		p := &programmes[sizes.at(which)]
		first := w.participation(r, i, p, w.firstStart()+model.Date(when*float64(w.options.AsOf-w.firstStart())), funded)
		all = append(all, first)
		if r.IntN(returnsOneIn) > 0 || first.ends == 0 || len(usual) == 0 {
			continue
		}
		again := &programmes[usual[r.IntN(len(usual))]]
		if on := first.ends + model.Date(30+r.IntN(200)); on <= w.options.AsOf && again != p {
			all = append(all, w.again(r, &first, again, on))
		}
	}
	for i := range all {
		all[i].number = i
	}
	return all
}

// firstStart is the first day on which a participation starts.
func (w *world) firstStart() model.Date { return w.options.AsOf.AddMonths(1 - 3*quarters) }

func (w *world) participation(r *rand.Rand, number int, p *programme, on model.Date, funded float64) participation {
	return w.take(r, w.person(r, number, p.profile, on, p.sector, p.region), p, on, funded)
}

// again is the second participation of a learner, whose situation at its start
// is that of the end of the first.
func (w *world) again(r *rand.Rand, first *participation, p *programme, on model.Date) participation {
	q := first.person
	q.work = first.career.at(0).work
	q.age = int(on-q.born) * 4 / 1461
	return w.take(r, q, p, on, r.Float64())
}

// learnerID is the id of a learner in the feeds, comparisonID that of somebody
// to compare with.
func learnerID(number int) string    { return fmt.Sprintf("L-%06d", number+1) }
func comparisonID(number int) string { return fmt.Sprintf("R-%06d", number+1) }
