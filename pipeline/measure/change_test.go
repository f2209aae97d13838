package measure

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// posts returns sums of so many posts of which so many ask.
func posts(asking, all int64) DemandSums {
	return DemandSums{asking * Certain * Certain, all * Certain}
}

// TestGapChange: cases worked by hand. Before, 4 of 10 posts ask and a fifth of the
// training teaches: the gap is .2.
func TestGapChange(t *testing.T) {
	before := GapSums{posts(4, 10), 0.2}
	for _, c := range []struct {
		name       string
		after      GapSums
		left, came DemandSums
		relinked   float64
		want       GapParts
	}{
		{"nothing", before, posts(0, 0), posts(0, 0), 0.2, GapParts{}},
		// 9 of 20: .45
		{"ten posts come, five ask", GapSums{posts(9, 20), 0.2}, posts(0, 0), posts(5, 10), 0.2, GapParts{New: 0.05}},
		// 4 of 8: .5
		{"two posts leave that do not ask", GapSums{posts(4, 8), 0.2}, posts(0, 2), posts(0, 0), 0.2, GapParts{Left: 0.1}},
		// They leave first: 4/8 = .5 (+.1), then 8/12 = .6667 (+.1667). They come first:
		// 8/14 = .5714 (+.1714), then 8/12 (+.0952). The means: left .0976, new .1690.
		{"two leave, four come that all ask", GapSums{posts(8, 12), 0.2}, posts(0, 2), posts(4, 4), 0.2, GapParts{Left: 0.5 * (0.1 + 8.0/12 - 8.0/14), New: 0.5 * (8.0/12 - 0.5 + 8.0/14 - 0.4)}},
		// Nothing stays: they come first alone, for an empty cell has no share. (4 + 3) / 20 = .35, then .3.
		{"all leave, ten others come", GapSums{posts(3, 10), 0.2}, posts(4, 10), posts(3, 10), 0.2, GapParts{New: -0.05, Left: -0.05}},
		{"two more are found to ask", GapSums{posts(6, 10), 0.2}, posts(0, 0), posts(0, 0), 0.2, GapParts{Model: 0.2}},
		{"training doubles", GapSums{posts(4, 10), 0.4}, posts(0, 0), posts(0, 0), 0.2, GapParts{Catalogue: -0.2}},
		{"half of the training is found otherwise, then more is on offer", GapSums{posts(4, 10), 0.4}, posts(0, 0), posts(0, 0), 0.1, GapParts{Model: 0.1, Catalogue: -0.3}},
	} {
		got := GapChange(before, c.after, c.left, c.came, c.relinked)
		for name, pair := range map[string][2]float64{"model": {got.Model, c.want.Model}, "left": {got.Left, c.want.Left}, "new": {got.New, c.want.New}, "catalogue": {got.Catalogue, c.want.Catalogue}} {
			if math.Abs(pair[0]-pair[1]) > 1e-12 {
				t.Errorf("%s: %s is %v, want %v", c.name, name, pair[0], pair[1])
			}
		}
	}
}

// TestPartsAddUp: to the difference of the gaps, whatever left or came, and what has
// no cause has no part.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) DemandSums {
			all := rapid.Int64Range(0, 1_000_000).Draw(t, name)
			return DemandSums{rapid.Int64Range(0, all*Certain*Certain).Draw(t, name+" asking"), all * Certain}
		}
		share := rapid.Float64Range(0, 1)
		was, is, left, came := draw("was"), draw("is"), draw("left"), draw("came")
		before := GapSums{was.plus(left), share.Draw(t, "supply before")}
		after := GapSums{is.plus(came), share.Draw(t, "supply after")}
		relinked := share.Draw(t, "relinked")
		got := GapChange(before, after, left, came, relinked)
		sum := got.Model + got.Left + got.New + got.Catalogue
		moved := (after.Demand.share() - after.Supply) - (before.Demand.share() - before.Supply)
		if math.Abs(sum-moved) > 1e-12 {
			t.Fatalf("parts %+v add up to %v, the gap moved by %v", got, sum, moved)
		}
		same := GapChange(before, GapSums{was.plus(came), before.Supply}, left, came, before.Supply)
		if same.Model != 0 || same.Catalogue != 0 {
			t.Fatalf("the same records and supply, but %+v", same)
		}
		if came == (DemandSums{}) && same.New != 0 || left == (DemandSums{}) && same.Left != 0 {
			t.Fatalf("none left or came, but %+v", same)
		}
	})
}

// TestSumsOf: the sums of a stored share are those it was computed from.
func TestSumsOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.Int64Range(1, 10_000_000).Draw(t, "posts")
		d := DemandSums{rapid.Int64Range(0, all*Certain).Draw(t, "asking") * Certain, all * Certain}
		if got := SumsOf(d.share(), float64(all)); got != d {
			t.Fatalf("%+v became %+v", d, got)
		}
	})
}
