package outcome

// Comparison is all that [Compare] tells of a [Sample].
type Comparison struct {
	// Treated and Untreated are the persons of the sample, on each side.
	Treated, Untreated int
	// Raw is the plain difference of means or shares; nil with fewer than two
	// persons on a side.
	Raw *Estimate
	// Adjusted is the doubly robust difference for the treated who are left after
	// trimming; nil where too few are. Where the verdict is [NoOverlap] or
	// [NotBalanced] it is there to look into, and not to be published.
	Adjusted *Estimate
	// Change is the doubly robust difference in differences, over the persons whose
	// value before is known; nil where they are too few or not comparable.
	Change *Estimate
	// Balance holds each covariate (each level of a categorical one), in order.
	Balance []Balance
	// Overlap says who is left after trimming.
	Overlap Overlap
	// Sensitivity of the adjusted difference; nil without one.
	Sensitivity *Sensitivity
	// Verdict is what may be said.
	Verdict Verdict
}

// Estimate is a difference, treated less untreated, with its two means.
type Estimate struct {
	// Treated is the mean among the treated; Untreated is that of the untreated,
	// made like the treated except in [Comparison.Raw]. Unit: that of [Measured];
	// of a change, its change since the period before. Shares are 0..1.
	Treated, Untreated float64
	// Value is Treated - Untreated; Low and High are its 95 % interval. Same unit;
	// of shares -1..1.
	Value, Low, High float64
	// StandardError of the value; same unit.
	StandardError float64
	// TreatedPersons and UntreatedPersons are those whom it rests on.
	TreatedPersons, UntreatedPersons int
	// Draws of the bootstrap behind the interval; 0 of an interval by formula.
	Draws int
}

// Balance is the standardised mean difference of one covariate.
type Balance struct {
	// Covariate is its name, followed by " = level" for a level of a categorical
	// one, by " unknown" or " is 0" for a numeric one.
	Covariate string
	// Before is over all persons, After over those left, the untreated weighted.
	// Unit: standard deviations.
	Before, After float64
	// Dropped says who was trimmed: the treated who were, less the treated who
	// are left; 0 where none was. Same unit.
	Dropped float64
}

// Overlap says what trimming and weighting leave of a sample.
type Overlap struct {
	// TreatedDropped are the treated without like among the untreated: the
	// estimate says nothing of them.
	TreatedDropped, UntreatedDropped int
	// Limit is the propensity beyond which a person was dropped, 0..1.
	Limit float64
	// EffectiveSize is the number of equally weighted untreated persons that the
	// weighted ones are worth. Unit: persons.
	EffectiveSize float64
	// LargestWeight is the share of the greatest weight in all weights, 0..1.
	LargestWeight float64
}

// Sensitivity says how strong an unobserved cause of both taking part and the
// outcome would have to be, in risk ratios, to explain a difference away.
type Sensitivity struct {
	// RiskRatio, RiskRatioLow and RiskRatioHigh are the difference as a risk
	// ratio, with its 95 % interval.
	RiskRatio, RiskRatioLow, RiskRatioHigh float64
	// EValue is for the estimate, EValueLimit for the limit of the interval
	// nearer to 1; both at least 1.
	EValue, EValueLimit float64
}

// Verdict is what a comparison may be said to show.
type Verdict struct {
	Code VerdictCode
	// Text is one or two plain sentences with every number and its unit.
	Text string
}

// VerdictCode is a stable name of a kind of verdict.
type VerdictCode string

// Verdicts.
const (
	More         VerdictCode = "more"          // the interval lies above 0
	Less         VerdictCode = "less"          // the interval lies below 0
	NoDifference VerdictCode = "no-difference" // the interval holds 0
	NoComparison VerdictCode = "no-comparison" // one side has no person
	NoCovariates VerdictCode = "no-covariates" // nothing is known that persons could be compared by
	TooFew       VerdictCode = "too-few"       // below MinPersons or MinEvents
	NoOverlap    VerdictCode = "no-overlap"    // trimming leaves less than MinKept, or weights are worth less than MinPersons
	NotBalanced  VerdictCode = "not-balanced"  // a covariate stays beyond MaxSMD
)

// Comparable tells whether overlap and balance hold.
func (c VerdictCode) Comparable() bool { return c == More || c == Less || c == NoDifference }
