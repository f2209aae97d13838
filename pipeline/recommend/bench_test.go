package recommend

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// BenchmarkRegion chooses for 400 occupations of one region among 5,000 credentials,
// on two cores: without limits, as a night does, and within limits, as for a person.
func BenchmarkRegion(b *testing.B) {
	b.Run("night", func(b *testing.B) { benchmarkRegion(b, Request{AsOf: asOf, AnyEntry: true}) })
	b.Run("person", func(b *testing.B) {
		benchmarkRegion(b, Request{AsOf: asOf, AnyEntry: true, Rungs: 3, Limits: Limits{
			Money: pointer(model.Money(100000)), Currency: "EUR", Hours: pointer(120.0), HoursPerWeek: pointer(12.0), Weeks: pointer(26.0),
		}})
	})
}

func benchmarkRegion(b *testing.B, r Request) {
	random := rand.New(rand.NewPCG(3, 5))
	offers, links := manyOffers(random)
	targets := make([]Target, 400)
	for o := range targets {
		targets[o] = manyWants(random, o)
	}
	considered, gain, bound := 0, 0.0, 0.0
	for b.Loop() {
		c, err := NewCatalogue(offers, links, nil)
		if err != nil {
			b.Fatal(err)
		}
		p, err := c.Pool(r)
		if err != nil {
			b.Fatal(err)
		}
		var all sync.Mutex
		var group sync.WaitGroup
		for half := range 2 {
			group.Go(func() {
				for _, target := range targets[half*200 : half*200+200] {
					bundle := p.Choose(target)
					all.Lock()
					considered += bundle.Considered
					gain += bundle.Gain
					bound += bundle.UpperBound
					all.Unlock()
				}
			})
		}
		group.Wait()
	}
	b.ReportMetric(float64(considered)/float64(b.N*len(targets)), "candidates/target")
	b.ReportMetric(100*gain/bound, "%of-bound")
}

// manyOffers draws 5,000 offers for 400 occupations, each occupation with 60 skills, two
// of which the next one has not, and 40 that all share.
func manyOffers(random *rand.Rand) (offers []Offer, links []Link) {
	for i := range 5000 {
		o := Offer{ID: fmt.Sprintf("c%04d", i), Title: fmt.Sprint("Course ", i), Currency: "EUR", Hours: pointer(float64(8 + 8*random.IntN(15))), Weeks: pointer(float64(1 + random.IntN(20)))}
		if stated(random) {
			o.Price = pointer(model.Money(random.IntN(40) * 5000))
		}
		teaches := map[int32]bool{}
		occupation := random.IntN(400)
		for range 6 + random.IntN(10) {
			teaches[skillOf(random, occupation)] = true
		}
		for s := range int32(400*2 + 60 + 40) {
			if teaches[s] {
				o.Teaches = append(o.Teaches, Credit{Skill: s, P: 0.5 + random.Float64()/2})
			}
		}
		offers = append(offers, o)
		if i%20 == 1 {
			links = append(links, Link{offers[i-1].ID, o.ID, []string{PartOf, Prerequisite, LeadsTo}[i%3]})
		}
	}
	return offers, links
}

func skillOf(random *rand.Rand, occupation int) int32 {
	if random.IntN(4) == 0 {
		return int32(400*2 + 60 + random.IntN(40))
	}
	return int32(occupation*2 + random.IntN(60)) // those near have most in common
}

// manyWants draws 60 gaps of an occupation.
func manyWants(random *rand.Rand, occupation int) (t Target) {
	seen := map[int32]bool{}
	for range 60 {
		s := skillOf(random, min(occupation, 398))
		if !seen[s] {
			seen[s] = true
			t.Wants = append(t.Wants, Want{Skill: s, Weight: random.Float64() / 2})
		}
	}
	return t
}
