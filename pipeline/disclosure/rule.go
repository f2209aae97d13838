package disclosure

import "fmt"

// Rule says what is protected, and how far. Its zero value means the defaults.
type Rule struct {
	// Threshold is the least number of persons whose count may be shown, 0
	// excepted; 10 by default, at least 3.
	Threshold int64
	// Dominance is the greatest share of a sum that one person may have; 0.85 by default.
	Dominance float64
	// Group is the size up to which a group is small: that all its persons have
	// the same category of an attribute is protected. Twice the threshold by
	// default; below the threshold it has no meaning, as the group's count is withheld.
	Group int64
}

// withDefaults returns the rule with its defaults filled in.
func (r Rule) withDefaults() (Rule, error) {
	if r.Threshold == 0 {
		r.Threshold = 10
	}
	if r.Dominance == 0 {
		r.Dominance = 0.85
	}
	if r.Group == 0 {
		r.Group = 2 * r.Threshold
	}
	switch {
	case r.Threshold < 3:
		return r, fmt.Errorf("threshold %d: want at least 3, below which a member of a pair learns the other", r.Threshold)
	case !(r.Dominance > 0.5 && r.Dominance < 1):
		return r, fmt.Errorf("dominance %g: want a share between 0.5 and 1", r.Dominance)
	}
	return r, nil
}

// small tells whether a count is too small to be shown.
func (r Rule) small(count int64) bool { return count > 0 && count < r.Threshold }
