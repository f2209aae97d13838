package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy/linker/evaluation"
)

// results returns the results of a kind: of each file, then pooled.
func (a *evaluateLinkerAnswer) results(kind evaluation.Kind) []evaluation.Result {
	all := slices.Concat(a.Files, a.Pooled)
	return slices.DeleteFunc(all, func(r evaluation.Result) bool { return r.Kind != kind })
}

// headline returns the figures by which linkers are compared.
func (a *evaluateLinkerAnswer) headline() []grid {
	var grids []grid
	for _, kind := range []evaluation.Kind{evaluation.Sentences, evaluation.Names} {
		if g := a.ranking(kind); len(g.rows) > 0 {
			grids = append(grids, g)
		}
	}
	if g := a.links(); len(g.rows) > 0 {
		grids = append(grids, g)
	}
	return grids
}

// someOf lists the first few names.
func someOf(names []string) string {
	const few = 3
	if len(names) <= few {
		return strings.Join(names, "; ")
	}
	return strings.Join(names[:few], "; ") + "; …"
}

// ranking sets the rankings of a kind beside each other.
func (a *evaluateLinkerAnswer) ranking(kind evaluation.Kind) grid {
	g := grid{title: fmt.Sprintf("Ranking of all skills, %s, %s, for %s with a label: per cent, 95 %% interval of %d draws.", a.Release, a.Language, kind, a.Draws)}
	for _, r := range a.results(kind) {
		if len(r.Ranking) == 0 {
			continue
		}
		g.head = []string{string(kind)}
		ours, theirs, difference := []string{fmt.Sprintf("%s (%d)", r.Name, r.Labelled)}, []string{"… plain TF-IDF"}, []string{"… difference (better in)"}
		for _, m := range r.Ranking {
			g.head = append(g.head, m.Name)
			ours = append(ours, estimate(&m.Linker))
			if m.Baseline != nil {
				theirs = append(theirs, estimate(m.Baseline))
				difference = append(difference, fmt.Sprintf("%+.1f, %+.1f to %+.1f (%s)", 100*m.Difference.Value, 100*m.Difference.Low, 100*m.Difference.High, percent(m.Difference.Better)))
			}
		}
		if len(r.Unknown) > 0 {
			g.notes = append(g.notes, fmt.Sprintf("%s: the release does not have %d of the labels, which count as not found: %s", r.Name, len(r.Unknown), someOf(r.Unknown)))
		}
		g.rows = append(g.rows, ours)
		if len(theirs) > 1 {
			g.rows = append(g.rows, theirs, difference)
		}
	}
	return g
}

// links sets the links at the threshold beside each other.
func (a *evaluateLinkerAnswer) links() grid {
	g := grid{
		title: fmt.Sprintf("Links with a score of %.2f or more: per cent; skills found in a sentence that carries none; expected calibration error of links from %.2f.", a.Threshold, evaluation.LeastScore),
		head:  []string{"links", "precision", "recall", "F1", "found where none is", "calibration error"},
	}
	for _, r := range a.results(evaluation.Sentences) {
		if r.Links == nil {
			continue
		}
		carried := "–"
		if e := r.Links.Carried; e != nil {
			carried = fmt.Sprintf("%.2f (%.2f–%.2f)", e.Value, e.Low, e.High)
		}
		g.rows = append(g.rows, []string{
			fmt.Sprintf("%s (%d + %d without)", r.Name, r.Labelled, r.Items-r.Labelled),
			estimate(r.Links.Precision), estimate(r.Links.Recall), estimate(r.Links.F1), carried, fmt.Sprintf("%.3f", r.Links.Reliability.Error),
		})
	}
	return g
}

// details returns what the headline does not tell, of the pooled sentences or of
// the only file of them.
func (a *evaluateLinkerAnswer) details() []grid {
	results := a.results(evaluation.Sentences)
	if len(results) == 0 || results[len(results)-1].Links == nil {
		return nil
	}
	r := results[len(results)-1]
	types := grid{title: r.Name + ", by type of skill", head: []string{"type", "labels", "links", "precision", "recall", "in the first 5"}}
	for _, t := range r.Types {
		types.rows = append(types.rows, []string{t.Name, fmt.Sprint(t.Labels), fmt.Sprint(t.Links), percent(t.Precision), percent(t.Recall), percent(t.InFive)})
	}
	curve := grid{title: r.Name + ", at other thresholds", head: []string{"threshold", "precision", "recall", "F1", "found where none is"}}
	for _, p := range r.Links.Curve {
		curve.rows = append(curve.rows, []string{fmt.Sprintf("%.2f", p.Threshold), percent(p.Precision), percent(p.Recall), percent(p.F1), fmt.Sprintf("%.2f", p.Carried)})
	}
	bins := grid{title: fmt.Sprintf("%s, reliability of links from %.2f", r.Name, evaluation.LeastScore), head: []string{"mean score", "right", "links"}}
	for _, b := range r.Links.Reliability.Bins {
		bins.rows = append(bins.rows, []string{fmt.Sprintf("%.3f", b.Score), fmt.Sprintf("%.3f", b.Right), fmt.Sprint(b.Links)})
	}
	return slices.DeleteFunc([]grid{types, curve, bins}, func(g grid) bool { return len(g.rows) == 0 })
}

// estimate prints a share with its interval in per cent.
func estimate(e *evaluation.Estimate) string {
	if e == nil {
		return "–"
	}
	return fmt.Sprintf("%.1f (%.1f–%.1f)", 100*e.Value, 100*e.Low, 100*e.High)
}

func percent(share float64) string { return fmt.Sprintf("%.1f", 100*share) }
