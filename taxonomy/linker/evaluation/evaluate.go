package evaluation

import (
	"context"
	"fmt"
	"slices"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// Ranker returns the skills that a text may speak of, best first, Depth of them
// if it can. One that learns from annotations must not use those of the text: it
// may choose by the text which part of them to use.
type Ranker func(text string) []linker.Match

// System is what is measured.
type System struct {
	Rank Ranker
	// Link returns the skills that the text asks for with that score or more.
	// Without it, links are not measured.
	Link      func(text string, least float64) []linker.Match
	Threshold float64 // the score from which a link counts
	Baseline  Ranker  // what Rank is compared with; nil for nothing
}

// Report is what was measured on some files.
type Report struct {
	Threshold float64  `json:"threshold"`
	Draws     int      `json:"draws"`
	Seed      uint64   `json:"seed"`
	Files     []Result `json:"files"`
	// Pooled holds, for each kind of which there are several files, all items
	// together.
	Pooled []Result `json:"pooled,omitempty"`
}

// Result is what was measured on the items of a file, or of several.
type Result struct {
	Name     string    `json:"name"`
	Kind     Kind      `json:"kind"`
	Items    int       `json:"items"`
	Labelled int       `json:"labelled"` // items with a label
	Labels   int       `json:"labels"`
	Unknown  []string  `json:"unknown,omitempty"` // labels that the release does not have
	Ranking  []Measure `json:"ranking,omitempty"` // none without a label
	Links    *Links    `json:"links,omitempty"`   // of sentences
	Types    []Type    `json:"types,omitempty"`   // of sentences
}

// Measure is a mean over the items with a label.
type Measure struct {
	Name       string      `json:"name"` // as in the package comment
	Linker     Estimate    `json:"linker"`
	Baseline   *Estimate   `json:"baseline,omitempty"`
	Difference *Difference `json:"difference,omitempty"` // linker - baseline
}

// Evaluate measures a system on gold files of the taxonomy. The only error is that
// of the context, which is looked at before each item.
func Evaluate(ctx context.Context, t *taxonomy.Taxonomy, files []*Gold, s System, b Bootstrap) (*Report, error) {
	r := &Report{Threshold: s.Threshold, Draws: b.Draws, Seed: b.Seed}
	m := measurer{taxonomy: t, system: s, bootstrap: b}
	seen := make([][]outcome, len(files))
	for i, g := range files {
		var err error
		if seen[i], err = m.observe(ctx, g); err != nil {
			return nil, err
		}
		r.Files = append(r.Files, m.result(g, seen[i]))
	}
	for _, kind := range []Kind{Sentences, Names} {
		if pool, all, n := pooled(kind, files, seen); n > 1 {
			r.Pooled = append(r.Pooled, m.result(pool, all))
		}
	}
	return r, nil
}

// pooled puts the files of a kind together, with their number.
func pooled(kind Kind, files []*Gold, seen [][]outcome) (pool *Gold, all []outcome, n int) {
	pool = &Gold{Name: "pooled", Kind: kind}
	for i, g := range files {
		if g.Kind != kind {
			continue
		}
		pool.Items, pool.Unknown = append(pool.Items, g.Items...), append(pool.Unknown, g.Unknown...)
		all, n = append(all, seen[i]...), n+1
	}
	slices.Sort(pool.Unknown)
	pool.Unknown = slices.Compact(pool.Unknown)
	return pool, all, n
}

// measurer holds what the measures of all files have in common.
type measurer struct {
	taxonomy  *taxonomy.Taxonomy
	system    System
	bootstrap Bootstrap
}

// outcome is what the system makes of an item.
type outcome struct {
	item            *Item
	ranks, baseline []int          // of the labels
	top             []linker.Match // first five of the ranking
	links           []linker.Match // at the threshold
	wide            []linker.Match // at LeastScore
}

// LeastScore is the score from which links count for reliability and curve.
const LeastScore = 0.05

// observe asks the system about each item.
func (m *measurer) observe(ctx context.Context, g *Gold) ([]outcome, error) {
	seen := make([]outcome, len(g.Items))
	for i := range g.Items {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("evaluate %s: %w", g.Name, err)
		}
		item := &g.Items[i]
		o := outcome{item: item}
		if item.Labels() > 0 {
			ranking := first(m.system.Rank(item.Text), Depth)
			o.ranks, o.top = Ranks(item, ranking), first(ranking, 5)
			if m.system.Baseline != nil {
				o.baseline = Ranks(item, first(m.system.Baseline(item.Text), Depth))
			}
		}
		if m.system.Link != nil && g.Kind == Sentences {
			o.links = m.system.Link(item.Text, m.system.Threshold)
			o.wide = m.system.Link(item.Text, LeastScore)
		}
		seen[i] = o
	}
	return seen, nil
}

func first(ranking []linker.Match, n int) []linker.Match { return ranking[:min(n, len(ranking))] }

// result sums up the outcomes of the items of g.
func (m *measurer) result(g *Gold, seen []outcome) Result {
	r := Result{Name: g.Name, Kind: g.Kind, Items: len(g.Items), Unknown: g.Unknown}
	var with, without []outcome
	for _, o := range seen {
		if n := o.item.Labels(); n > 0 {
			r.Labels += n
			with = append(with, o)
		} else {
			without = append(without, o)
		}
	}
	if r.Labelled = len(with); r.Labelled > 0 {
		r.Ranking = m.ranking(g.Kind, with)
	}
	if m.system.Link != nil && g.Kind == Sentences {
		r.Links = m.links(with, without)
		r.Types = m.types(with)
	}
	return r
}

// ranking measures the rankings of items with a label, at least one.
func (m *measurer) ranking(kind Kind, with []outcome) []Measure {
	var all []Measure
	add := func(name string, value func(ranks []int, labels int) float64) {
		ours, differences, theirs := make([]float64, len(with)), make([]float64, len(with)), make([]float64, len(with))
		for i, o := range with {
			ours[i], theirs[i] = value(o.ranks, o.item.Labels()), value(o.baseline, o.item.Labels())
			differences[i] = ours[i] - theirs[i]
		}
		measure := Measure{Name: name, Linker: m.bootstrap.Estimate(len(with), meanOf(ours))}
		if m.system.Baseline != nil {
			baseline, difference := m.bootstrap.Estimate(len(with), meanOf(theirs)), m.bootstrap.Difference(differences)
			measure.Baseline, measure.Difference = &baseline, &difference
		}
		all = append(all, measure)
	}
	for _, cut := range []struct {
		k         int
		rp, names string
	}{{1, "RP@1", "hit@1"}, {5, "RP@5", "hit@5"}, {10, "RP@10", "hit@10"}} {
		if kind == Names {
			add(cut.names, func(ranks []int, _ int) float64 { return Hit(ranks, cut.k) })
		} else {
			add(cut.rp, func(ranks []int, labels int) float64 { return RPrecision(ranks, cut.k, labels) })
		}
	}
	add("MRR", func(ranks []int, _ int) float64 { return ReciprocalRank(ranks) })
	return all
}
