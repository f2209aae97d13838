package outcome

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Contrast says who is compared with whom, and so what a difference may be called.
type Contrast string

// Contrasts.
const (
	// Participants sets those who took part against comparison persons who did
	// not, from the day on which each started or would have started. If the two
	// groups overlap and are balanced, the difference is an estimated effect.
	Participants Contrast = "participants"
	// Completers sets those who completed against those who enrolled and did not
	// complete. Completion is decided after enrolment, by much that no covariate
	// holds, and so the difference is always an adjusted difference.
	Completers Contrast = "completers"
)

// Measured is what is compared.
type Measured struct {
	// Name completes a sentence, as in "income after 12 months".
	Name string
	// Unit of the values, as in "EUR a year". Of a share it is not used: a
	// difference of shares is told in percentage points.
	Unit string
	// Share is true where each value is 0 or 1: the figures are shares then, 0..1,
	// and their differences -1..1.
	Share bool
}

// Person is one person of a [Sample]. Nothing in it says who it is: persons
// are told apart by their values alone, and persons with the same values are
// interchangeable.
type Person struct {
	// Treated is true of a participant, or of a completer; see [Contrast].
	Treated bool
	// Outcome is the value that is compared; persons of whom it is not known are
	// not in the sample. Unit: that of [Measured].
	Outcome float64
	// Before is the same value in the period before the start; NaN is not known.
	Before float64
	// Numeric holds a value for each of [Sample.Numeric]; NaN is not known.
	Numeric []float64
	// Categories holds a level for each of [Sample.Categorical]; "" is not known.
	Categories []string
	// Stratum keeps its number of persons in every bootstrap draw; may be empty.
	Stratum string
	// Cluster holds persons who are drawn together, such as those of one course;
	// a person without one is drawn alone.
	Cluster string
}

// Sample is the persons of one comparison. All covariates are known on the
// day of the (would-be) start: what is decided later must not be among them.
type Sample struct {
	Contrast    Contrast
	Measured    Measured
	Numeric     []string // names of numeric covariates
	Categorical []string // names of categorical covariates
	Persons     []Person // in any order
}

// Options of [Compare]; the zero value is the default.
type Options struct {
	// Draws of the bootstrap; fewer than 2 is [Draws].
	Draws int
	// MostDrawn is the number of persons up to which intervals are drawn; 0 is
	// [MostDrawn].
	MostDrawn int
	// Workers that draw at the same time; 0 is one. The result does not depend on it.
	Workers int
}

// Draws is the default number of bootstrap draws: enough for the 2.5 % and
// 97.5 % quantiles (Efron and Tibshirani 1993, chapter 13, ask for 500 to 1,000).
const Draws = 500

// MostDrawn is the default number of persons up to which intervals are drawn.
// Beyond, where repeating a fit takes long and the normal distribution holds, they
// come from the influence function.
const MostDrawn = 20_000

// Limits below which the data carry no estimate, and beyond which groups are
// not comparable.
const (
	// MinPersons is the least number of persons on each side, before and after
	// trimming, and the least effective number of comparison persons.
	MinPersons = 20
	// MinEvents is the least number of persons with, and without, the outcome on
	// each side where it is a share.
	MinEvents = 5
	// MinKept is the least share of the treated that trimming may leave.
	MinKept = 0.5
	// MaxSMD is the standardised mean difference that balanced groups stay below,
	// for every covariate (Austin 2009).
	MaxSMD = 0.1
)

// Compare compares the treated of a sample with the untreated; see the
// package comment for how. It returns an error only of a malformed sample, or
// when ctx ends: what the data cannot carry is told by the verdict. The same
// persons in another order give the same bits.
func Compare(ctx context.Context, s *Sample, o Options) (Comparison, error) {
	if err := s.check(); err != nil {
		return Comparison{}, fmt.Errorf("compare %s: %w", s.Measured.Name, err)
	}
	if o.Draws < 2 {
		o.Draws = Draws
	}
	persons := s.ordered()
	untreated := untreatedOf(persons)
	c := Comparison{Treated: len(persons) - untreated, Untreated: untreated}
	c.Raw = rawDifference(persons, s.Measured.Share)
	level := question{s: s, share: s.Measured.Share, outcome: func(p *Person) float64 { return p.Outcome },
		before: slices.ContainsFunc(persons, func(p *Person) bool { return !math.IsNaN(p.Before) })}
	a, err := level.answer(ctx, persons, o)
	if err != nil {
		return Comparison{}, err
	}
	c.Adjusted, c.Balance, c.Overlap, c.Sensitivity = a.estimate, a.balance, a.overlap, a.sensitivity
	if level.before {
		if c.Change, err = change(ctx, s, persons, o); err != nil {
			return Comparison{}, err
		}
	}
	c.Verdict = c.judge(s, a.code)
	return c, nil
}

// change is the doubly robust difference in differences: the doubly robust
// difference of the change since the period before, which is not among the
// covariates then. Without covariates it is the plain one of two groups and
// two periods.
//
// Sources: Abadie, A. (2005), Semiparametric difference-in-differences
// estimators, Review of Economic Studies 72, 1-19; Sant'Anna, P. H. C. and Zhao,
// J. (2020), Doubly robust difference-in-differences estimators, Journal of
// Econometrics 219, 101-122, for panel data.
func change(ctx context.Context, s *Sample, persons []*Person, o Options) (*Estimate, error) {
	var known []*Person
	for _, p := range persons {
		if !math.IsNaN(p.Before) {
			known = append(known, p)
		}
	}
	q := question{s: s, plain: true, outcome: func(p *Person) float64 { return p.Outcome - p.Before }}
	a, err := q.answer(ctx, known, o)
	if err != nil || !a.code.Comparable() {
		return nil, err
	}
	return a.estimate, nil
}
