package recommend

import (
	"math/rand/v2"
	"testing"
)

// TestAgainstOptimum sets 1,000 instances of up to 15 candidates against the best of
// all their subsets: branch and bound finds it, the bound is never below it, and
// greedy comes near.
func TestAgainstOptimum(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	const instances = 1000
	shares, counted, worst := 0.0, 0, 1.0
	for i := range instances {
		in := draw(random, 1+random.IntN(15))
		best, chosen := in.optimum()
		b := in.problem(t)
		greedy, states := b.lazyGreedy()
		bundle := in.pool(t).Choose(in.target)
		if !near(bundle.Gain, best) || !bundle.Exact {
			t.Fatalf("instance %d: gain %v, the optimum is %v, by %v: %+v", i, bundle.Gain, best, chosen, in)
		}
		if bound := b.bound(states); bound < best-equal {
			t.Fatalf("instance %d: bound %v is below the optimum %v", i, bound, best)
		}
		if !b.feasible(greedy.chosen) {
			t.Fatalf("instance %d: greedy spends more than there is", i)
		}
		if best > 0 {
			share := greedy.gain / best
			shares, counted, worst = shares+share, counted+1, min(worst, share)
		}
	}
	mean := shares / float64(counted)
	t.Logf("greedy gains %.2f %% of the optimum on average over %d instances, %.1f %% at worst", 100*mean, counted, 100*worst)
	if mean < 0.95 {
		t.Errorf("greedy gains %v of the optimum on average; want 0.95", mean)
	}
}
