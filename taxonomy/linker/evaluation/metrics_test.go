package evaluation

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func rankingOf(skills ...int32) []linker.Match {
	var ranking []linker.Match
	for _, s := range skills {
		ranking = append(ranking, linker.Match{Skill: s})
	}
	return ranking
}

func TestRankingMetrics(t *testing.T) {
	for _, c := range []struct {
		name             string
		labels           []int32
		unknown          int
		ranking          []int32
		rp1, rp5, rp10   float64
		hit1, hit5, rank float64
	}{
		{"first of one", []int32{7}, 0, []int32{7, 1, 2}, 1, 1, 1, 1, 1, 1},
		{"third of one", []int32{7}, 0, []int32{1, 2, 7}, 0, 1, 1, 0, 1, 1.0 / 3},
		{"not there", []int32{7}, 0, []int32{1, 2}, 0, 0, 0, 0, 0, 0},
		{"nothing ranked", []int32{7}, 0, nil, 0, 0, 0, 0, 0, 0},
		{"one of two", []int32{7, 8}, 0, []int32{1, 8}, 0, 0.5, 0.5, 0, 1, 0.5},
		{"two of two, one late", []int32{7, 8}, 0, []int32{8, 1, 2, 3, 4, 7}, 1, 0.5, 1, 1, 1, 1},
		{"more labels than places", []int32{1, 2, 3, 4, 5, 6, 7}, 0, []int32{1, 2, 3, 4, 5}, 1, 1, 5.0 / 7, 1, 1, 1},
		{"an unknown label counts", []int32{7}, 1, []int32{7}, 1, 0.5, 0.5, 1, 1, 1},
		{"unknown labels alone", nil, 2, []int32{7}, 0, 0, 0, 0, 0, 0},
		{"a skill ranked twice counts once", []int32{7, 8}, 0, []int32{7, 7, 1}, 1, 0.5, 0.5, 1, 1, 1},
	} {
		item := &Item{Skills: c.labels, Unknown: c.unknown}
		ranks := Ranks(item, rankingOf(c.ranking...))
		got := []float64{
			RPrecision(ranks, 1, item.Labels()), RPrecision(ranks, 5, item.Labels()), RPrecision(ranks, 10, item.Labels()),
			Hit(ranks, 1), Hit(ranks, 5), ReciprocalRank(ranks),
		}
		if want := []float64{c.rp1, c.rp5, c.rp10, c.hit1, c.hit5, c.rank}; !slices.EqualFunc(got, want, near) {
			t.Errorf("%s: RP@1, RP@5, RP@10, hit@1, hit@5, reciprocal rank %v, want %v", c.name, got, want)
		}
	}
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		counts                Counts
		precision, recall, f1 float64
	}{
		{Counts{Right: 3, Links: 4, Labels: 6}, 0.75, 0.5, 0.6},
		{Counts{Right: 2, Links: 2, Labels: 2}, 1, 1, 1},
		{Counts{Right: 0, Links: 5, Labels: 2}, 0, 0, 0},
		{Counts{Links: 0, Labels: 2}, 0, 0, 0},
		{Counts{}, 0, 0, 0},
	} {
		if !near(c.counts.Precision(), c.precision) || !near(c.counts.Recall(), c.recall) || !near(c.counts.F1(), c.f1) {
			t.Errorf("%+v: precision %v, recall %v, F1 %v", c.counts, c.counts.Precision(), c.counts.Recall(), c.counts.F1())
		}
	}
}

func TestReliability(t *testing.T) {
	// Two bins of two: .1 and .3 of which half is right, .8 and .9 of which all is.
	got := reliabilityOf([]scored{{0.9, 1}, {0.1, 0}, {0.3, 1}, {0.8, 1}}, 2)
	if want := []Bin{{2, 0.2, 0.5}, {2, 0.85, 1}}; got.Links != 4 || !slices.EqualFunc(got.Bins, want, sameBin) {
		t.Errorf("got %+v, want bins %+v", got, want)
	}
	if want := (2*0.3 + 2*0.15) / 4; !near(got.Error, want) {
		t.Errorf("error %v, want %v", got.Error, want)
	}
	// Of equal scores each bin has the share of all: no order decides.
	got = reliabilityOf([]scored{{0.5, 1}, {0.5, 1}, {0.5, 0}, {0.5, 0}}, 2)
	if want := []Bin{{2, 0.5, 0.5}, {2, 0.5, 0.5}}; !slices.EqualFunc(got.Bins, want, sameBin) || !near(got.Error, 0) {
		t.Errorf("ties: got %+v, want bins %+v", got, want)
	}
	if got = reliabilityOf([]scored{{0.4, 1}}, 10); len(got.Bins) != 1 || !near(got.Error, 0.6) {
		t.Errorf("one link: %+v", got)
	}
	if got = reliabilityOf(nil, 10); got.Links != 0 || got.Error != 0 || len(got.Bins) != 0 {
		t.Errorf("no link: %+v", got)
	}
}

func sameBin(a, b Bin) bool {
	return a.Links == b.Links && near(a.Score, b.Score) && near(a.Right, b.Right)
}

func TestBootstrap(t *testing.T) {
	values := make([]float64, 400) // half 0, half 1: the standard error of the mean is .025
	for i := range values {
		values[i] = float64(i % 2)
	}
	b := Bootstrap{Draws: 2000, Seed: 1}
	e := b.Estimate(len(values), meanOf(values))
	if e.Value != 0.5 || math.Abs(e.Low-(0.5-1.96*0.025)) > 0.005 || math.Abs(e.High-(0.5+1.96*0.025)) > 0.005 {
		t.Errorf("mean %+v, want .5 from .451 to .549", e)
	}
	if again := b.Estimate(len(values), meanOf(values)); again != e {
		t.Errorf("%+v, then %+v of the same seed", e, again)
	}
	if other := (Bootstrap{Draws: 2000, Seed: 2}).Estimate(len(values), meanOf(values)); other == e {
		t.Errorf("%+v of two seeds", other)
	}
	for _, c := range []struct {
		name        string
		differences []float64
		want        Difference
	}{
		{"always better", []float64{0.5, 0.5}, Difference{Estimate{0.5, 0.5, 0.5}, 1}},
		{"always the same", []float64{0, 0, 0}, Difference{}},
		{"always worse", []float64{-1}, Difference{Estimate{-1, -1, -1}, 0}},
	} {
		if got := b.Difference(c.differences); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	// A mean of 1, 0, -1 and 0 is above 0 as often as below.
	if got := b.Difference([]float64{1, 0, -1, 0}); got.Better < 0.32 || got.Better > 0.41 {
		t.Errorf("better in %v of the draws, want .363", got.Better)
	}
}

func TestRankingProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		skills := rapid.SliceOfNDistinct(rapid.Int32Range(0, 30), 1, 12, rapid.ID[int32]).Draw(t, "labels")
		slices.Sort(skills)
		item := &Item{Skills: skills, Unknown: rapid.IntRange(0, 3).Draw(t, "unknown")}
		ranking := rapid.SliceOfDistinct(rapid.Int32Range(0, 30), rapid.ID[int32]).Draw(t, "ranking")
		ranks := Ranks(item, rankingOf(ranking...))
		for k := 1; k <= 12; k++ {
			if rp := RPrecision(ranks, k, item.Labels()); rp < 0 || rp > 1 {
				t.Fatalf("RP@%d %v", k, rp)
			}
		}
		item.Unknown = 0
		for k := 1; k <= 12; k++ { // a perfect ranking
			if rp := RPrecision(Ranks(item, rankingOf(skills...)), k, item.Labels()); rp != 1 {
				t.Fatalf("RP@%d of the labels themselves is %v", k, rp)
			}
		}
	})
}

func TestReliabilityProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		links := rapid.SliceOf(rapid.Custom(func(t *rapid.T) scored {
			return scored{score: float64(rapid.IntRange(0, 20).Draw(t, "score")) / 20, right: float64(rapid.IntRange(0, 1).Draw(t, "right"))}
		})).Draw(t, "links")
		r := reliabilityOf(links, 10)
		n, right, want := 0, 0.0, 0.0
		for _, b := range r.Bins {
			n, right = n+b.Links, right+b.Right*float64(b.Links)
		}
		for _, l := range links {
			want += l.right
		}
		if n != len(links) || !near(right, want) || r.Error < 0 || r.Error > 1 {
			t.Fatalf("%d links, %v right: %+v", len(links), want, r)
		}
		for _, b := range r.Bins {
			if b.Links != len(links)/10 && b.Links != len(links)/10+1 {
				t.Fatalf("bin of %d among %d", b.Links, len(links))
			}
		}
		shuffled := rapid.Permutation(links).Draw(t, "shuffled")
		if s := reliabilityOf(shuffled, 10); !near(s.Error, r.Error) {
			t.Fatalf("error %v, in another order %v", r.Error, s.Error)
		}
	})
}
