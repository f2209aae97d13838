package recommend

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// drawn is an instance of up to most offers; more than ExactLimit candidates take the
// way of shortlists.
func drawn(t *rapid.T, most int) (*instance, *rand.Rand) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	in := draw(random, 1+random.IntN(most))
	in.request.Rungs = rapid.IntRange(0, 3).Draw(t, "rungs")
	return in, random
}

// A limit that is relaxed, or falls away, never makes the gain fall.
func TestGainNeverFallsWhenALimitIsRelaxed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, random := drawn(t, 60)
		before := in.pool(t).Choose(in.target)
		l := &in.request.Limits
		switch rise := random.IntN(6); {
		case rise == 0 && l.Money != nil:
			l.Money = pointer(*l.Money + 5000*1<<random.IntN(6))
		case rise == 1 && l.Hours != nil:
			l.Hours = pointer(*l.Hours + 4*float64(1+random.IntN(40)))
		case rise == 2 && l.Weeks != nil:
			l.Weeks = pointer(*l.Weeks + float64(1+random.IntN(20)))
		case rise == 3 && l.HoursPerWeek != nil:
			l.HoursPerWeek = pointer(*l.HoursPerWeek + float64(1+random.IntN(9)))
		case rise == 4:
			l.Credentials++
		case rise == 5 && in.request.Finish != 0:
			in.request.Finish += model.Date(7 * (1 + random.IntN(20)))
		default: // one limit less
			switch random.IntN(5) {
			case 0:
				l.Money = nil
			case 1:
				l.Hours = nil
			case 2:
				l.Weeks = nil
			case 3:
				l.HoursPerWeek = nil
			case 4:
				in.request.Finish = 0
			}
		}
		after := in.pool(t).Choose(in.target)
		if after.Gain < before.Gain-1e-9 {
			t.Fatalf("gain falls from %v to %v under %+v, finish %d", before.Gain, after.Gain, in.request.Limits, in.request.Finish)
		}
	})
}

// What is chosen is within the limits, counted anew, and what is said of it is right.
func TestLimitsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, _ := drawn(t, 60)
		bundle := in.pool(t).Choose(in.target)
		var members []int
		cumulative := 0.0
		for _, s := range bundle.Steps {
			members = append(members, in.index(s.Offer.ID))
			cumulative += s.Marginal
			if !near(s.Cumulative, cumulative) || s.Marginal < -equal || s.RunnerUp != nil && s.RunnerUp.ID == s.Offer.ID {
				t.Fatalf("step %+v: sum of marginal gains %v", s, cumulative)
			}
		}
		slices.Sort(members)
		if !in.allowed(members) {
			t.Fatalf("%v is beyond the limits %+v", members, in.request.Limits)
		}
		if gain := in.gain(members); !near(gain, bundle.Gain) || bundle.UpperBound < bundle.Gain {
			t.Fatalf("gain %v, bound %v, counted anew %v", bundle.Gain, bundle.UpperBound, gain)
		}
		if bundle.Hours != nil && !near(*bundle.Hours, in.hours(members)) {
			t.Fatalf("hours %v, counted anew %v", *bundle.Hours, in.hours(members))
		}
	})
}

// A member adds no more to a larger choice than to a smaller one, and never less than
// nothing.
func TestGainIsMonotoneAndSubmodular(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, random := drawn(t, 20)
		b := in.problem(t)
		if len(b.candidates) == 0 {
			return
		}
		var small, large []int32
		for k := range b.candidates {
			switch random.IntN(3) {
			case 0:
				small, large = append(small, int32(k)), append(large, int32(k))
			case 1:
				large = append(large, int32(k))
			}
		}
		k := int32(random.IntN(len(b.candidates)))
		if slices.Contains(large, k) {
			return
		}
		toSmall := b.gainOf(append(slices.Clone(small), k)) - b.gainOf(small)
		toLarge := b.gainOf(append(slices.Clone(large), k)) - b.gainOf(large)
		if toLarge < -1e-9 || toLarge > toSmall+1e-9 {
			t.Fatalf("adds %v to %v, %v to %v", toSmall, small, toLarge, large)
		}
	})
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, random := drawn(t, 40)
		before := in.pool(t).Choose(in.target)
		random.Shuffle(len(in.offers), func(i, j int) { in.offers[i], in.offers[j] = in.offers[j], in.offers[i] })
		random.Shuffle(len(in.links), func(i, j int) { in.links[i], in.links[j] = in.links[j], in.links[i] })
		wants := in.target.Wants
		random.Shuffle(len(wants), func(i, j int) { wants[i], wants[j] = wants[j], wants[i] })
		if after := in.pool(t).Choose(in.target); !reflect.DeepEqual(before, after) {
			t.Fatalf("%+v\nin another order\n%+v", before, after)
		}
	})
}

// Each step of lazy greedy is one that greedy might take that looks at every candidate
// anew, and it ends where that would.
func TestLazyIsGreedy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, _ := drawn(t, 20)
		b := in.problem(t)
		for _, worth := range []rule{byGain, perCost(b.purse())} {
			steps := b.greedy(b.affordable(), worth, b.empty())
			for i, s := range steps {
				most := 0.0
				for _, k := range b.affordable() {
					if gain, cost := s.step(k); !slices.Contains(s.chosen, k) && s.fits(k) && gain > 1e-9 {
						most = max(most, worth(gain, cost))
					}
				}
				if i == len(steps)-1 {
					if most > 0 {
						t.Fatalf("stops at %v", s.chosen)
					}
					break
				}
				gain, cost := s.step(steps[i+1].chosen[len(steps[i+1].chosen)-1])
				if len(steps[i+1].chosen) == len(s.chosen)+1 && worth(gain, cost) < most-1e-9 {
					t.Fatalf("%v, then %v worth %v; another is worth %v", s.chosen, steps[i+1].chosen, worth(gain, cost), most)
				}
			}
		}
	})
}
