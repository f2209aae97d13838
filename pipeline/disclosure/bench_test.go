package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// BenchmarkProtect protects publications of several sizes.
func BenchmarkProtect(b *testing.B) {
	for _, c := range []struct {
		persons int
		sizes   []int
		tables  [][]int
	}{
		{20_000, []int{4, 6, 8, 7}, [][]int{{0, 1, 2, 3}}},
		{200_000, []int{60, 9, 4, 6, 5, 4}, [][]int{{0, 1, 2}, {0, 1, 3}, {0, 4}, {0, 5}}},
		{400_000, []int{200, 12, 4, 6, 5, 4}, [][]int{{0, 1, 2}, {0, 1, 3}, {0, 1, 4}, {0, 1, 5}}},
	} {
		p := draw(rand.New(rand.NewPCG(1, 2)), c.persons, c.sizes...).publication("x", c.tables...)
		cells := 0
		for i := range p.Tables {
			cells += len(p.Tables[i].Cells)
		}
		b.Run(fmt.Sprint(cells), func(b *testing.B) {
			for b.Loop() {
				r, err := disclosure.Protect(p, nil, disclosure.Rule{})
				if err != nil {
					b.Fatal(err)
				}
				s := r.Summary()
				b.ReportMetric(float64(s.LostSafe)/float64(s.Safe), "lost/safe")
				b.ReportMetric(float64(s.Sensitive)/float64(s.Cells), "sensitive/cell")
			}
		})
	}
}
