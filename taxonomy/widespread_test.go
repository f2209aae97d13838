package taxonomy_test

import (
	"fmt"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Of 120 unit groups, a tenth are 12: a skill of 13 is widespread, one of 12 is not. Several
// occupations of a group count once. An extract of ESCO with 99 groups tells of none.
func TestWidespread(t *testing.T) {
	for groups, want := range map[int][]bool{120: {true, false}, 99: {false, false}} {
		x := &taxonomy.Taxonomy{Skills: make([]taxonomy.Skill, 2)}
		for g := range groups {
			for range 2 {
				o := taxonomy.Occupation{URI: fmt.Sprint("occupation", len(x.Occupations)), ISCO: fmt.Sprint(1000 + g)}
				if g < 13 {
					o.Optional = append(o.Optional, 0)
				}
				if g < 12 {
					o.Essential = append(o.Essential, 1)
				}
				x.Occupations = append(x.Occupations, o)
			}
		}
		if got := x.Widespread(); got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%d groups: %v; want %v", groups, got, want)
		}
	}
}

func TestAligned(t *testing.T) {
	for _, c := range []struct {
		shared, own, taught int
		want                bool
	}{{2, 2, 10, true}, {2, 2, 11, false}, {3, 1, 3, false}, {0, 0, 0, false}, {4, 2, 20, true}} {
		if got := taxonomy.Aligned(c.shared, c.own, c.taught); got != c.want {
			t.Errorf("%d shared, %d own, %d taught: %v", c.shared, c.own, c.taught, got)
		}
	}
}
