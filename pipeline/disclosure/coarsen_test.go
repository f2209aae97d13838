package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// TestLeavesOutDetail protects a sparse cross of four dimensions: its finest level is left
// out, of which then nothing is told, and its totals are published.
func TestLeavesOutDetail(t *testing.T) {
	p := draw(rand.New(rand.NewPCG(1, 2)), 8_000, 4, 6, 8, 7).publication("now", []int{0, 1, 2, 3})
	name := p.Tables[0].Name
	result, err := disclosure.Protect(p, nil, disclosure.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	if s := result.Summary(); s.LeftOut == 0 || s.Shown < 300 {
		t.Errorf("%+v", s)
	}
	if fine := []string{"1", "1", "1", "1"}; !result.LeftOut(name, fine) {
		t.Error("the finest level is not left out")
	} else if _, shown := result.Value(name, fine...); shown {
		t.Error("a cell of a level that is left out is shown")
	}
	if result.LeftOut(name, []string{"1", "", "", ""}) {
		t.Error("a total is left out")
	}
	for _, c := range result.Published().Tables[0].Cells {
		if result.LeftOut(name, c.At) {
			t.Fatalf("%v is published", c.At)
		}
	}
	for _, h := range result.Release().Cells {
		if h.Shown && h.Value > 0 && h.Value < 10 {
			t.Errorf("%s is shown", h.Key)
		}
	}
	findings, err := disclosure.Audit([]*disclosure.Publication{result.Published()}, disclosure.Rule{})
	if err != nil || len(findings) > 0 {
		t.Error(err, findings[:min(3, len(findings))])
	}
	// A later release of the same persons tells nothing new.
	again, err := disclosure.Protect(p, []disclosure.Release{result.Release()}, disclosure.Rule{})
	if err != nil || again.Summary() != result.Summary() {
		t.Errorf("%v: %+v, then %+v", err, result.Summary(), again.Summary())
	}
}
