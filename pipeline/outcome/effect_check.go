package outcome

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// check tells what is wrong with a sample. It names no person and no value.
func (s *Sample) check() error {
	if s.Contrast != Participants && s.Contrast != Completers {
		return fmt.Errorf("contrast %q: want %s or %s", s.Contrast, Participants, Completers)
	}
	names := slices.Concat(s.Numeric, s.Categorical)
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		return fmt.Errorf("covariates %q: one is named twice", names)
	}
	for i := range s.Persons {
		if err := s.checkPerson(&s.Persons[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sample) checkPerson(p *Person) error {
	switch {
	case len(p.Numeric) != len(s.Numeric):
		return fmt.Errorf("a person has %d numeric covariates, want %d", len(p.Numeric), len(s.Numeric))
	case len(p.Categories) != len(s.Categorical):
		return fmt.Errorf("a person has %d categorical covariates, want %d", len(p.Categories), len(s.Categorical))
	case math.IsNaN(p.Outcome) || math.IsInf(p.Outcome, 0):
		return errors.New("the outcome of a person is not a number: leave out whose outcome is not known")
	case math.IsInf(p.Before, 0) || slices.ContainsFunc(p.Numeric, func(v float64) bool { return math.IsInf(v, 0) }):
		return errors.New("a covariate of a person is infinite: use NaN where it is not known")
	case s.Measured.Share && p.Outcome != 0 && p.Outcome != 1:
		return errors.New("the outcome of a person is neither 0 nor 1, and is said to make a share")
	}
	return nil
}
