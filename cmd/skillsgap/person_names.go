package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// nearestNames is how many candidates a message lists for a name.
const nearestNames = 5

// exactName is the least score of [taxonomy.Taxonomy.Search] of a label that is
// the name, but for case and diacritics.
const exactName = 0.9

// findSkill returns the skill of that URI or name. A preferred name goes before
// an alternative one.
func findSkill(t *taxonomy.Taxonomy, name string) (int32, error) {
	if i, ok := t.SkillIndex(name); ok {
		return i, nil
	}
	hit, err := findName(t, name, "skill", taxonomy.KindSkill)
	if err != nil {
		return 0, err
	}
	i, _ := t.SkillIndex(hit.URI)
	return i, nil
}

// occupationName is an ESCO occupation or an ISCO-08 unit group that was named.
type occupationName struct {
	Code    string  `json:"code"` // URI, or the four digits of the group
	Label   string  `json:"label"`
	ISCO    string  `json:"isco08"`
	members []int32 // the occupation, or those of the group: indices into Taxonomy.Occupations
}

// unitGroupCode is how the code of an ISCO-08 unit group looks.
var unitGroupCode = regexp.MustCompile(`^\d{4}$`)

// findOccupation returns the occupation of that URI or name, or the ISCO-08 unit
// group of that code.
func findOccupation(t *taxonomy.Taxonomy, name, language string) (occupationName, error) {
	if i, ok := t.OccupationIndex(name); ok {
		return occupationNamed(t, i, language), nil
	}
	if group := t.UnitGroup(name); len(group) > 0 {
		return occupationName{Code: name, Label: t.ISCOName(name, language), ISCO: name, members: group}, nil
	}
	if unitGroupCode.MatchString(name) {
		return occupationName{}, &usageError{fmt.Errorf("occupation %q: the taxonomy has no occupation in an ISCO-08 unit group of that code", name)}
	}
	hit, err := findName(t, name, "occupation", taxonomy.KindOccupation)
	if err != nil {
		return occupationName{}, err
	}
	i, _ := t.OccupationIndex(hit.URI)
	return occupationNamed(t, i, language), nil
}

func occupationNamed(t *taxonomy.Taxonomy, i int32, language string) occupationName {
	o := &t.Occupations[i]
	return occupationName{Code: o.URI, Label: t.OccupationName(i, language), ISCO: o.ISCO, members: []int32{i}}
}

// findName returns the one concept of a kind that has the name: by a preferred
// label, else by another. None or several are a usage error that lists the
// nearest.
func findName(t *taxonomy.Taxonomy, name, what string, kind taxonomy.Kind) (taxonomy.Hit, error) {
	var named, near []taxonomy.Hit
	for _, h := range t.Search(name, "", len(t.Skills)+len(t.SkillGroups)+len(t.Occupations)) { // best first
		switch {
		case h.Kind != kind:
		case h.Score >= exactName && (len(named) == 0 || h.Score == named[0].Score):
			named = append(named, h)
		default:
			near = append(near, h)
		}
	}
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return taxonomy.Hit{}, &usageError{fmt.Errorf("%s %q is the name of several; give the URI of one:%s", what, name, listed(t, named))}
	case len(near) == 0:
		near = byWord(t, name, kind)
	}
	if len(near) > 0 {
		return taxonomy.Hit{}, &usageError{fmt.Errorf("no %s is called %q; the nearest:%s", what, name, listed(t, near))}
	}
	return taxonomy.Hit{}, &usageError{fmt.Errorf("no %s is called %q; the nearest name is %q; `skillsgap taxonomy search` finds others by single words", what, name, config.Nearest(name, names(t, kind)))}
}

// byWord returns concepts that have a word of the name, of its longest words first.
func byWord(t *taxonomy.Taxonomy, name string, kind taxonomy.Kind) []taxonomy.Hit {
	words := strings.Fields(name)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var all []taxonomy.Hit
	for _, word := range words {
		for _, h := range t.Search(word, "", nearestNames*3) {
			if len(word) > 3 && h.Kind == kind && !slices.ContainsFunc(all, func(o taxonomy.Hit) bool { return o.URI == h.URI }) {
				all = append(all, h)
			}
		}
	}
	return all
}

// names returns the preferred names of all concepts of a kind, in any language.
func names(t *taxonomy.Taxonomy, kind taxonomy.Kind) []string {
	var all []string
	add := func(labels []taxonomy.Label) {
		for _, l := range labels {
			if l.Kind == taxonomy.Preferred {
				all = append(all, l.Text)
			}
		}
	}
	if kind == taxonomy.KindSkill {
		for i := range t.Skills {
			add(t.Skills[i].Labels)
		}
		return all
	}
	for i := range t.Occupations {
		add(t.Occupations[i].Labels)
	}
	return all
}

// listed writes the first hits as lines: URI, English name, and the name that is near
// where it is another one.
func listed(t *taxonomy.Taxonomy, hits []taxonomy.Hit) string {
	var lines strings.Builder
	for _, h := range hits[:min(len(hits), nearestNames)] {
		name := h.Label
		if i, ok := t.SkillIndex(h.URI); ok {
			name = t.SkillName(i, "en")
		} else if i, ok := t.OccupationIndex(h.URI); ok {
			name = t.OccupationName(i, "en")
		}
		fmt.Fprintf(&lines, "\n  %s  %s", h.URI, name)
		if name != h.Label {
			fmt.Fprintf(&lines, " (%s)", h.Label)
		}
	}
	return lines.String()
}
