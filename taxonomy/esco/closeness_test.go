package esco

import (
	"testing"
	"time"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// TestRealCloseness looks at skills of ESCO v1.1.1 by name.
func TestRealCloseness(t *testing.T) {
	x, _ := mustImport(t, release111(testData(t))...)
	byName := map[string]int32{}
	for i := range x.Skills {
		byName[x.SkillName(int32(i), "en")] = int32(i)
	}
	begun := time.Now()
	c := x.Closeness()
	if took := time.Since(begun); took > time.Second {
		t.Errorf("Closeness took %v", took)
	}
	tests := []struct {
		held, asked string
		want        float64
	}{
		{"supervise nursing staff", "supervise staff", taxonomy.WeightNarrower},
		{"supervise staff", "supervise nursing staff", taxonomy.WeightBroader},
		{"supervise nursing staff", "supervise event staff", taxonomy.WeightSibling},
		{"curl hair", "style hair", taxonomy.WeightNarrower},
		{"Python (computer programming)", "computer programming", taxonomy.WeightNarrower},
		{"computer programming", "Python (computer programming)", 0},        // one of 35
		{"Python (computer programming)", "Java (computer programming)", 0}, // likewise
		{"German", "French", 0}, // both below a heading alone
		{"cope with stage fright", "cope with stress", taxonomy.WeightNarrower},
		{"cope with stage fright", "tolerate stress", 0}, // transversal
	}
	for _, test := range tests {
		held, ok := byName[test.held]
		asked, also := byName[test.asked]
		if !ok || !also {
			t.Fatalf("ESCO has no %q or no %q", test.held, test.asked)
		}
		if got := c.Weight(held, asked); got != test.want {
			t.Errorf("%s held, %s asked: %v, want %v", test.held, test.asked, got, test.want)
		}
	}
	pairs := 0
	for i := range x.Skills {
		pairs += len(c.Asked(int32(i))) - 1
	}
	if pairs < 15000 || pairs > 40000 { // a dense relation would be of no use
		t.Errorf("%d pairs are close", pairs)
	}
	t.Logf("%d skills, %d close pairs", len(x.Skills), pairs)
}
