package taxonomy

import "fmt"

// Validate checks what the methods rely on: lists strictly ascending by URI or
// code, and indices of relations within Skills and ascending. Save and Load
// call it; code that builds a Taxonomy by hand may.
func (t *Taxonomy) Validate() error {
	if err := ascending("skill", len(t.Skills), func(i int) string { return t.Skills[i].URI }); err != nil {
		return err
	}
	if err := ascending("skill group", len(t.SkillGroups), func(i int) string { return t.SkillGroups[i].URI }); err != nil {
		return err
	}
	if err := ascending("occupation", len(t.Occupations), func(i int) string { return t.Occupations[i].URI }); err != nil {
		return err
	}
	if err := ascending("ISCO-08 group", len(t.ISCOGroups), func(i int) string { return t.ISCOGroups[i].Code }); err != nil {
		return err
	}
	return t.validateRelations()
}

// ascending checks n keys for strictly ascending order, which also excludes
// duplicates and all empty keys but one.
func ascending(what string, n int, key func(int) string) error {
	previous := ""
	for i := range n {
		if k := key(i); k <= previous {
			return fmt.Errorf("%s %d: %q does not come after %q", what, i, k, previous)
		} else {
			previous = k
		}
	}
	return nil
}

func (t *Taxonomy) validateRelations() error {
	for i := range t.Occupations {
		o := &t.Occupations[i]
		for _, list := range [][]int32{o.Essential, o.Optional} {
			previous := int32(-1)
			for _, s := range list {
				if s <= previous || int(s) >= len(t.Skills) {
					return fmt.Errorf("occupation %s: skill %d is out of range or out of order", o.URI, s)
				}
				previous = s
			}
		}
	}
	for i, r := range t.SkillRelations {
		if min(r.From, r.To) < 0 || int(max(r.From, r.To)) >= len(t.Skills) {
			return fmt.Errorf("skill relation %d: %d to %d is out of range", i, r.From, r.To)
		}
	}
	return nil
}
