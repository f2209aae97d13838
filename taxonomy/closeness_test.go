package taxonomy

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// hierarchy makes a taxonomy of skills from child -> parents; names are URIs.
func hierarchy(skills []string, broader map[string][]string) *Taxonomy {
	x := &Taxonomy{}
	for _, s := range skills { // in ascending order
		x.Skills = append(x.Skills, Skill{URI: s, Broader: broader[s]})
	}
	return x
}

// TestCloseness works on this family:
//
//	food (a skill)            group: kitchen (a heading)
//	 ├─ bread                  ├─ bread
//	 │   ├─ rye                └─ knife
//	 │   └─ wheat
//	 └─ soup
func TestCloseness(t *testing.T) {
	x := hierarchy([]string{"bread", "food", "knife", "rye", "soup", "wheat"}, map[string][]string{
		"bread": {"food", "group/kitchen"}, "knife": {"group/kitchen"},
		"rye": {"bread"}, "wheat": {"bread", "wheat"}, "soup": {"food"},
	})
	c := x.Closeness()
	tests := []struct {
		held, asked string
		want        float64
		why         string
	}{
		{"rye", "rye", 1, "the same"},
		{"rye", "bread", .7, "narrower held, broader asked"},
		{"rye", "food", .49, "two steps up"},
		{"bread", "rye", .4, "broader held, narrower asked"},
		{"food", "rye", 0, "two steps down say nothing"},
		{"rye", "wheat", .2, "siblings"},
		{"wheat", "rye", .2, "siblings, either way"},
		{"soup", "bread", .2, "siblings"},
		{"soup", "rye", 0, "an aunt is not close"},
		{"bread", "knife", 0, "a heading makes nobody a sibling"},
		{"wheat", "wheat", 1, "a skill that names itself as broader"},
	}
	for _, test := range tests {
		if got := c.Weight(index(t, x, test.held), index(t, x, test.asked)); got != test.want {
			t.Errorf("%s held, %s asked: %v, want %v (%s)", test.held, test.asked, got, test.want, test.why)
		}
	}
	if got, want := fmt.Sprint(c.Asked(index(t, x, "bread"))), "[{0 1} {1 0.4} {3 0.7} {4 0.2} {5 0.7}]"; got != want {
		t.Errorf("satisfy bread: %s, want %s", got, want)
	}
}

// TestClosenessCountsOnce: a pair that is close in several ways has the greatest
// weight, not a sum.
func TestClosenessCountsOnce(t *testing.T) {
	x := hierarchy([]string{"a", "b", "p", "q"}, map[string][]string{"a": {"b", "p", "q"}, "b": {"p", "q"}})
	c := x.Closeness()
	if up, down := c.Weight(0, 1), c.Weight(1, 0); up != WeightNarrower || down != WeightBroader {
		t.Errorf("narrower and twice a sibling: %v up, %v down", up, down)
	}
	if got := c.Weight(0, 2); got != WeightNarrower {
		t.Errorf("one step up and two steps up: %v", got)
	}
}

// TestClosenessOfWideFamilies: below a heading and below a transversal skill there
// is no way down and none across, but there is the way up.
func TestClosenessOfWideFamilies(t *testing.T) {
	for _, test := range []struct {
		children     int
		flags        Flags
		down, beside float64
	}{{MaxFamily, 0, WeightBroader, WeightSibling}, {MaxFamily + 1, 0, 0, 0}, {2, Transversal, 0, 0}} {
		x := hierarchy([]string{"a"}, nil)
		x.Skills[0].Flags = test.flags
		for i := range test.children {
			x.Skills = append(x.Skills, Skill{URI: fmt.Sprintf("b%03d", i), Broader: []string{"a"}})
		}
		c := x.Closeness()
		if up, down, beside := c.Weight(1, 0), c.Weight(0, 1), c.Weight(1, 2); up != WeightNarrower || down != test.down || beside != test.beside {
			t.Errorf("%d children, flags %d: up %v, down %v, beside %v", test.children, test.flags, up, down, beside)
		}
	}
}

// TestClosenessHoldsForAnyHierarchy: weights are in (0, 1], each skill is wholly
// close to itself, both readings say the same, and cycles do no harm.
func TestClosenessHoldsForAnyHierarchy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "skills")
		x := &Taxonomy{}
		for i := range n {
			var broader []string
			for _, p := range rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 3).Draw(t, "broader") {
				broader = append(broader, fmt.Sprintf("%02d", p))
			}
			x.Skills = append(x.Skills, Skill{URI: fmt.Sprintf("%02d", i), Broader: broader, Flags: Flags(rapid.Uint8().Draw(t, "flags"))})
		}
		c := x.Closeness()
		for held := range int32(n) {
			if c.Weight(held, held) != WeightSame {
				t.Fatalf("%d is not close to itself", held)
			}
			for _, near := range c.Held(held) {
				if near.Weight <= 0 || near.Weight > 1 || near.Weight == 1 && near.Skill != held {
					t.Fatalf("%d to %d: %v", held, near.Skill, near.Weight)
				}
			}
			for asked := range int32(n) {
				want := 0.0
				for _, near := range c.Asked(asked) {
					if near.Skill == held {
						want += near.Weight // a second entry would show
					}
				}
				if got := c.Weight(held, asked); got != want {
					t.Fatalf("%d to %d: %v one way, %v the other", held, asked, got, want)
				}
			}
		}
	})
}

func index(t *testing.T, x *Taxonomy, uri string) int32 {
	t.Helper()
	i, ok := x.SkillIndex(uri)
	if !ok {
		t.Fatalf("no skill %s", uri)
	}
	return i
}
