package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// grow lets some persons come, and now and then some go.
func (p *people) grow(r *rand.Rand) {
	more := draw(r, r.IntN(1+len(p.rows)/4), p.sizes...)
	p.rows = append(slices.Clone(p.rows), more.rows...)
	if r.IntN(3) == 0 {
		for range r.IntN(4) {
			k := r.IntN(len(p.rows))
			p.rows = slices.Delete(slices.Clone(p.rows), k, k+1)
		}
	}
}

// TestReleases publishes growing populations several times and attacks what is published:
// no change of a cell by 1 to 9 persons may be told.
func TestReleases(t *testing.T) {
	shown, lost := 0, 0
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := draw(r, 100+r.IntN(2000), 2+r.IntN(4), 2+r.IntN(4), 2+r.IntN(3))
		var earlier []disclosure.Release
		var published, truth []*disclosure.Publication
		for k := range 4 {
			now := p.publication(fmt.Sprint("release ", k), []int{0, 1}, []int{1, 2}, []int{0, 2})
			result, err := disclosure.Protect(now, earlier, disclosure.Rule{})
			if err != nil {
				t.Fatal(err)
			}
			truth = append(truth, now)
			earlier, published = append(earlier, result.Release()), append(published, result.Published())
			if k > 0 {
				shown, lost = shown+result.Summary().Shown, lost+result.Summary().Cells-result.Summary().Shown
			}
			p.grow(r)
		}
		findings, err := disclosure.Audit(published, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			t.Errorf("seed %d: %v", seed, f)
		}
		attack(t, seed, published)
		for k := range published {
			for j := range k {
				attackGrowth(t, seed, truth[j], truth[k], published[j], published[k])
			}
		}
	}
	t.Logf("%d cells shown, %d withheld in later releases", shown, lost)
}

// attack subtracts publications by linear programming of the test's own: the change of a
// cell lies between the least of now less the greatest of then, and the reverse.
func attack(t *testing.T, seed uint64, published []*disclosure.Publication) {
	type interval struct{ low, high float64 }
	of := func(k int) map[string]interval {
		out := map[string]interval{}
		p := published[k]
		for i := range p.Tables {
			for _, c := range p.Tables[i].Cells {
				if !c.Withheld {
					out[cellName(&p.Tables[i], c.At)] = interval{float64(c.Value), float64(c.Value)}
				}
			}
		}
		in := newIntruder(p)
		for i, n := range in.cells {
			low, high := in.bounds(t, i)
			out[n] = interval{low, high}
		}
		return out
	}
	all := make([]map[string]interval, len(published))
	for k := range published {
		all[k] = of(k)
		for j := range k {
			for n, now := range all[k] {
				then := all[j][n]
				low, high := now.low-then.high, now.high-then.low
				if low > 1e-6 && high < 10-1e-6 || high < -1e-6 && low > -10+1e-6 {
					t.Errorf("seed %d: cell %s changed by %g to %g between publications %d and %d", seed, n, low, high, j, k)
				}
			}
		}
	}
}

// attackGrowth bounds the changes between two publications from those that are shown in
// both, by an intruder who knows that no cell has shrunk, where that is so.
func attackGrowth(t *testing.T, seed uint64, then, now, shownThen, shownNow *disclosure.Publication) {
	change := &disclosure.Publication{}
	truth := map[string]int64{}
	for i := range now.Tables {
		table := now.Tables[i]
		table.Cells = slices.Clone(table.Cells)
		for c := range table.Cells {
			cell := &table.Cells[c]
			if cell.Value -= then.Tables[i].Cells[c].Value; cell.Value < 0 {
				return
			}
			truth[cellName(&table, cell.At)] = cell.Value
			cell.Withheld = shownThen.Tables[i].Cells[c].Withheld || shownNow.Tables[i].Cells[c].Withheld
		}
		change.Tables = append(change.Tables, table)
	}
	in := newIntruder(change)
	for i, n := range in.cells {
		if truth[n] == 0 || truth[n] >= 10 {
			continue
		}
		if low, high := in.bounds(t, i); low > 1e-6 || high < 10-1e-6 {
			t.Errorf("seed %d: the growth of cell %s by %d lies between %g and %g", seed, n, truth[n], low, high)
		}
	}
}
