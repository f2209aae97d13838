package recommend

import (
	"fmt"
	"slices"
	"strings"
)

// reasons says in sentences why a step is in the bundle, and how sure that is.
func (b *problem) reasons(r *Bundle, at int) []string {
	step := &r.Steps[at]
	o := step.Offer
	var says []string
	say := func(format string, args ...any) { says = append(says, fmt.Sprintf(format, args...)) }
	say("It adds %s of what is wanted and closes %d of %d skills%s.", percent(step.Marginal, r.Wanted), len(step.Closed), len(b.wants), b.most(r, at))
	switch {
	case step.RunnerUp == nil:
		say("Nothing else within the limits could stand in its place.")
	case step.Loss <= equal*r.Wanted:
		say("%q in its place would gain as much.", step.RunnerUp.Title)
	default:
		say("%q in its place would gain %s less.", step.RunnerUp.Title, percent(step.Loss, r.Wanted))
	}
	switch {
	case o.Hours == nil:
		say("Its hours are not stated; it is credited as if they were %g.", UnstatedHours)
	case o.Reckoned:
		say("Its hours follow from its ECTS, at %g hours each.", HoursPerECTS)
	}
	if step.Scale < 1 {
		say("It names %d skills, more than its hours allow for: each is credited at %.0f %%.", len(o.Teaches), 100*step.Scale)
	}
	if o.Price == nil {
		say("Its price is not stated.")
	}
	if first := b.neededFor(r, at); first != "" {
		say("It is needed first for %s.", first)
	}
	if shared := b.sharedWith(r, at); shared != "" {
		say("It shares content with %s: what they have in common is counted once.", shared)
	}
	if r.Kind == KindStack {
		say("It is declared to build up to one award with the others, in one credit scheme.")
	}
	if o.Accredited {
		say("Its quality assurance is valid.")
	} else {
		say("No valid quality assurance is stated.")
	}
	return says
}

// most says so where no other candidate adds more at this point.
func (b *problem) most(r *Bundle, at int) string {
	s := b.empty()
	for _, before := range r.Steps[:at] {
		s.add(b.place(before.Offer))
	}
	for _, k := range b.affordable() {
		if !slices.Contains(s.chosen, k) && s.adds(k) > r.Steps[at].Marginal+equal {
			return ""
		}
	}
	return fmt.Sprintf("; none of the %d credentials that suit adds more", r.Considered)
}

func (b *problem) place(o *Offer) int32 {
	return int32(slices.IndexFunc(b.candidates, func(c candidate) bool { return b.pool.catalogue.offers[c.offer].ID == o.ID }))
}

// neededFor names the later steps that need this one.
func (b *problem) neededFor(r *Bundle, at int) string {
	own := b.place(r.Steps[at].Offer)
	var titles []string
	for i := range r.Steps {
		if i != at && slices.Contains(b.candidates[b.place(r.Steps[i].Offer)].closure, own) {
			titles = append(titles, fmt.Sprintf("%q", r.Steps[i].Offer.Title))
		}
	}
	return strings.Join(titles, ", ")
}

// sharedWith names the earlier steps that share content with this one.
func (b *problem) sharedWith(r *Bundle, at int) string {
	own := b.candidates[b.place(r.Steps[at].Offer)].group
	var titles []string
	for i := range r.Steps[:at] {
		if own >= 0 && b.candidates[b.place(r.Steps[i].Offer)].group == own {
			titles = append(titles, fmt.Sprintf("%q", r.Steps[i].Offer.Title))
		}
	}
	return strings.Join(titles, ", ")
}

// percent writes a part of a whole.
func percent(part, whole float64) string {
	share := 100 * part / whole
	if share > 0 && share < 0.5 {
		return "less than 1 %"
	}
	return fmt.Sprintf("%.0f %%", share)
}
