package disclosure_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

func TestSpeed(t *testing.T) {
	for _, c := range []struct {
		n      int
		sizes  []int
		tables [][]int
	}{
		{2000, []int{4, 6, 8, 7}, [][]int{{0, 1, 2, 3}}},
		{20000, []int{4, 6, 8, 7}, [][]int{{0, 1, 2, 3}}},
		{100000, []int{4, 6, 8, 7}, [][]int{{0, 1, 2, 3}}},
		{200000, []int{60, 9, 4, 6, 5, 4}, [][]int{{0, 1, 2, 3}, {0, 1, 4, 3}, {0, 1, 5}, {0, 2, 4}}},
	} {
		p := draw(rand.New(rand.NewPCG(1, 2)), c.n, c.sizes...).publication("x", c.tables...)
		start := time.Now()
		r, err := disclosure.Protect(p, nil, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d persons: %v %+v", c.n, time.Since(start), r.Summary())
	}
}
