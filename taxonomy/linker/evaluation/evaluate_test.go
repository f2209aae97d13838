package evaluation

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// said makes a system that ranks and links, for each text, what is said of it.
func said(rankings map[string][]int32, links map[string][]linker.Match) System {
	return System{
		Threshold: 0.5,
		Rank:      func(text string) []linker.Match { return rankingOf(rankings[text]...) },
		Link: func(text string, least float64) []linker.Match {
			return slices.DeleteFunc(slices.Clone(links[text]), func(m linker.Match) bool { return m.Score < least })
		},
	}
}

func mustEvaluate(t interface{ Fatal(...any) }, files []*Gold, s System) *Report {
	r, err := Evaluate(context.Background(), smallTaxonomy(), files, s, Bootstrap{Draws: 50, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// values returns the measures by name.
func values(r Result) map[string]float64 {
	all := map[string]float64{}
	for _, m := range r.Ranking {
		all[m.Name] = m.Linker.Value
	}
	return all
}

// TestEvaluate works three sentences out by hand: a has the skills 0 and 1, b the
// skill 2 and one that the release does not have, c none.
func TestEvaluate(t *testing.T) {
	gold := &Gold{Name: "gold", Kind: Sentences, Unknown: []string{"x"}, Items: []Item{
		{Text: "a", Skills: []int32{0, 1}}, {Text: "b", Skills: []int32{2}, Unknown: 1}, {Text: "c"},
	}}
	s := said(map[string][]int32{"a": {1, 3, 0}, "b": {3, 2}, "c": {1}}, map[string][]linker.Match{
		"a": {{Skill: 0, Score: 0.9}, {Skill: 3, Score: 0.6}, {Skill: 1, Score: 0.2}},
		"b": {{Skill: 2, Score: 0.5}},
		"c": {{Skill: 1, Score: 0.7}, {Skill: 2, Score: 0.1}, {Skill: 3, Score: 0.01}},
	})
	s.Baseline = func(string) []linker.Match { return rankingOf(2) }
	report := mustEvaluate(t, []*Gold{gold}, s)
	r := report.Files[0]
	if len(report.Pooled) != 0 || r.Items != 3 || r.Labelled != 2 || r.Labels != 4 {
		t.Errorf("got %+v", r)
	}
	for name, want := range map[string]float64{"RP@1": 0.5, "RP@5": (1 + 0.5) / 2, "RP@10": 0.75, "MRR": (1 + 0.5) / 2} {
		if got, ok := values(r)[name]; !ok || !near(got, want) {
			t.Errorf("%s %v, want %v", name, got, want)
		}
	}
	if m := r.Ranking[1]; !near(m.Baseline.Value, 0.25) || !near(m.Difference.Value, 0.5) || m.Difference.Better < 0.6 || m.Difference.Better > 0.9 { // better in draws that have a: three in four
		t.Errorf("RP@5 against the baseline: %+v, %+v", *m.Baseline, *m.Difference)
	}
	l := r.Links
	if l.Counts != (Counts{Right: 2, Links: 3, Labels: 4}) || !near(l.Precision.Value, 2.0/3) || !near(l.Recall.Value, 0.5) || !near(l.F1.Value, 4.0/7) || !near(l.Carried.Value, 1) {
		t.Errorf("links %+v", l)
	}
	if l.Reliability.Links != 4 || l.ReliabilityOfAll.Links != 6 {
		t.Errorf("%d and %d links from .05, want 4 and 6", l.Reliability.Links, l.ReliabilityOfAll.Links)
	}
	if p := l.Curve[0]; !near(p.Precision, 0.75) || !near(p.Recall, 0.75) || !near(p.Carried, 2) {
		t.Errorf("from .05: %+v", p)
	}
	if p := l.Curve[11]; !near(p.Threshold, 0.6) || !near(p.Precision, 0.5) || !near(p.Recall, 0.25) || !near(p.Carried, 1) {
		t.Errorf("from .60: %+v", p)
	}
	checkTypes(t, r.Types)
}

func checkTypes(t *testing.T, types []Type) {
	t.Helper()
	want := []Type{
		{Name: "knowledge", Counts: Counts{Right: 1, Links: 1, Labels: 1}, Precision: 1, Recall: 1, InFive: 1},
		{Name: "skill", Counts: Counts{Right: 1, Links: 1, Labels: 2}, Precision: 1, Recall: 0.5, InFive: 1},
		{Name: "language", Counts: Counts{Links: 1}},
		{Name: "transversal", Counts: Counts{Labels: 1}, InFive: 1},
	}
	if !slices.Equal(types, want) {
		t.Errorf("types\n%+v, want\n%+v", types, want)
	}
}

func TestEvaluateNamesAndPools(t *testing.T) {
	names := func(name, text string, skill int32) *Gold {
		return &Gold{Name: name, Kind: Names, Items: []Item{{Text: text, Skills: []int32{skill}}}}
	}
	none := &Gold{Name: "none", Kind: Sentences, Items: []Item{{Text: "c"}}}
	s := said(map[string][]int32{"a": {1}, "b": {1, 2}}, nil)
	r := mustEvaluate(t, []*Gold{names("one", "a", 1), none, names("two", "b", 2)}, s)
	if len(r.Files) != 3 || len(r.Pooled) != 1 || r.Pooled[0].Kind != Names {
		t.Fatalf("files %+v, pooled %+v", r.Files, r.Pooled)
	}
	got := values(r.Pooled[0])
	if got["hit@1"] != 0.5 || got["hit@5"] != 1 || got["hit@10"] != 1 || got["MRR"] != 0.75 || r.Pooled[0].Links != nil {
		t.Errorf("pooled names %v", got)
	}
	if r.Files[1].Ranking != nil || r.Files[1].Links.Precision != nil || r.Files[1].Links.Carried.Value != 0 {
		t.Errorf("sentences that carry none: %+v", r.Files[1])
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

func TestEvaluateStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	gold := &Gold{Kind: Sentences, Items: []Item{{Text: "a"}}}
	if _, err := Evaluate(ctx, smallTaxonomy(), []*Gold{gold}, said(nil, nil), Bootstrap{Draws: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestOrderDoesNotCount draws gold and what a system says: the order of the items
// changes no value, and a system that knows the labels gets 1.
func TestOrderDoesNotCount(t *testing.T) {
	skills := func() *rapid.Generator[[]int32] {
		return rapid.Map(rapid.SliceOfDistinct(rapid.Int32Range(0, 3), rapid.ID[int32]), func(s []int32) []int32 { slices.Sort(s); return s })
	}
	rapid.Check(t, func(t *rapid.T) {
		gold := &Gold{Kind: Sentences}
		rankings, perfect, links := map[string][]int32{}, map[string][]int32{}, map[string][]linker.Match{}
		for i := range rapid.IntRange(1, 6).Draw(t, "items") {
			item := Item{Text: strings.Repeat("a", i+1), Skills: skills().Draw(t, "labels")}
			gold.Items = append(gold.Items, item)
			rankings[item.Text], perfect[item.Text] = rapid.Permutation([]int32{0, 1, 2, 3}).Draw(t, "ranking"), item.Skills
			for _, skill := range skills().Draw(t, "links") {
				links[item.Text] = append(links[item.Text], linker.Match{Skill: skill, Score: float64(rapid.IntRange(1, 9).Draw(t, "score")) / 10})
			}
		}
		shuffled := &Gold{Kind: Sentences, Items: rapid.Permutation(gold.Items).Draw(t, "shuffled")}
		a, b := mustEvaluate(t, []*Gold{gold}, said(rankings, links)).Files[0], mustEvaluate(t, []*Gold{shuffled}, said(rankings, links)).Files[0]
		for name, value := range values(a) {
			if !near(value, values(b)[name]) || value < 0 || value > 1 {
				t.Fatalf("%s %v, in another order %v", name, value, values(b)[name])
			}
		}
		if a.Links.Counts != b.Links.Counts || !near(a.Links.Reliability.Error, b.Links.Reliability.Error) || !slices.Equal(a.Types, b.Types) || !slices.Equal(a.Links.Curve, b.Links.Curve) {
			t.Fatalf("links %+v, in another order %+v", a.Links, b.Links)
		}
		for name, value := range values(mustEvaluate(t, []*Gold{gold}, said(perfect, nil)).Files[0]) {
			if value != 1 {
				t.Fatalf("%s of the labels themselves is %v", name, value)
			}
		}
	})
}
