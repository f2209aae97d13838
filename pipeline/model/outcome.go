package model

import "cmp"

// Outcome is what became of those who left a unit: an indicator at a horizon
// after leaving. All leavers are in the base, not only completers; only those
// whose horizon lies before the release. A person who comes back to a credential
// counts once: first start, last exit; one who takes two counts in each.
type Outcome struct {
	LearnerGroup
	Cohort    Date   `parquet:"cohort,optional,date" desc:"first day of the quarter of leaving; null: all mature cohorts together"`
	Horizon   string `parquet:"horizon,dict" desc:"leaving (within four weeks), 6m, 12m, 24m, q2 or q4 (second or fourth calendar quarter after that of leaving); any: whenever it was said"`
	Indicator string `parquet:"indicator,dict" desc:"EECR01 to EECR06, employed, employed_related, employed_related_said, further_learning, credential_attained, income, income_change, median_income, feedback_quality or feedback_effect"`

	Definition   string `parquet:"definition,dict" desc:"id of the definition"`
	Base         string `parquet:"base,dict" desc:"who is in the denominator, in words"`
	Unit         string `parquet:"unit,dict" desc:"of the values: share (0..1), score (0..1) or currency per month"`
	Currency     string `parquet:"currency,optional,dict" desc:"ISO 4217 code of incomes and costs: that of most; others count as not stated"`
	Participants *int64 `parquet:"participants,optional" desc:"the base: mature leavers of whom the indicator is defined" unit:"leavers"`
	Respondents  *int64 `parquet:"respondents,optional" desc:"of these, known: what the value is over" unit:"leavers"`

	Completers               *int64 `parquet:"completers,optional" desc:"of the base, known to have completed" unit:"leavers"`
	CompletersRespondents    *int64 `parquet:"completers_respondents,optional" desc:"of these, known" unit:"leavers"`
	NonCompleters            *int64 `parquet:"non_completers,optional" desc:"of the base, known not to have completed" unit:"leavers"`
	NonCompletersRespondents *int64 `parquet:"non_completers_respondents,optional" desc:"of these, known" unit:"leavers"`

	ResponseRate *float64 `parquet:"response_rate,optional" desc:"respondents over participants: shown whatever the value" unit:"0..1"`
	Value        *float64 `parquet:"value,optional" desc:"share, mean or median among respondents" unit:"unit"`
	ValueLow     *float64 `parquet:"value_low,optional" desc:"lower end of its 95 % interval: Wilson's of a share, Student's of a mean, none of a median" unit:"unit"`
	ValueHigh    *float64 `parquet:"value_high,optional" desc:"upper end" unit:"unit"`

	CompletersValue    *float64 `parquet:"completers_value,optional" desc:"the same among completers; null for pairs of groups" unit:"unit"`
	CompletersLow      *float64 `parquet:"completers_low,optional" desc:"lower end of its 95 % interval" unit:"unit"`
	CompletersHigh     *float64 `parquet:"completers_high,optional" desc:"upper end" unit:"unit"`
	NonCompletersValue *float64 `parquet:"non_completers_value,optional" desc:"the same among those who did not complete" unit:"unit"`
	NonCompletersLow   *float64 `parquet:"non_completers_low,optional" desc:"lower end of its 95 % interval" unit:"unit"`
	NonCompletersHigh  *float64 `parquet:"non_completers_high,optional" desc:"upper end" unit:"unit"`

	Weighted     *float64 `parquet:"weighted,optional" desc:"value with non-response weights: respondents stand for the leavers like them on entry who were not reached" unit:"unit"`
	WeightedLow  *float64 `parquet:"weighted_low,optional" desc:"lower end of its 95 % Wilson interval on the effective number of respondents" unit:"unit"`
	WeightedHigh *float64 `parquet:"weighted_high,optional" desc:"upper end" unit:"unit"`

	CostBase        *int64   `parquet:"cost_base,optional" desc:"respondents whose price is stated in currency; of employed at 6m for TOTAL alone" unit:"leavers"`
	CostEmployed    *int64   `parquet:"cost_employed,optional" desc:"of these, in employment at six months" unit:"leavers"`
	CostPerEmployed *float64 `parquet:"cost_per_employed,optional" desc:"what was paid for all of cost_base, over cost_employed" unit:"currency"`
	Release
}

// Trajectory is how many leavers went through which states: a status or a group
// of occupations on entry and at horizons after leaving.
type Trajectory struct {
	UnitKind     string `parquet:"unit_kind,dict" desc:"all"`
	UnitCode     string `parquet:"unit_code,dict" desc:"as in uptake"`
	Sequence     string `parquet:"sequence,dict" desc:"employment (status in the labour market) or occupation (major group of ISCO-08)"`
	Horizon      string `parquet:"horizon,dict" desc:"6m, 12m or 24m: the last step; leavers whose horizon lies before the release"`
	OnEntry      string `parquet:"on_entry,dict" desc:"on entry: employed, unemployed, inactive (not_employed: either); first digit of ISCO-08, not_employed; not_known; TOTAL: any"`
	After6       string `parquet:"after_6m,optional,dict" desc:"the same six months after leaving, not_known for who was not reached; TOTAL: any; null where the sequence holds no such step"`
	After12      string `parquet:"after_12m,optional,dict" desc:"after twelve months likewise"`
	After24      string `parquet:"after_24m,optional,dict" desc:"after 24 months likewise"`
	Participants *int64 `parquet:"participants,optional" desc:"leavers of the sequence" unit:"leavers"`
	Release
}

// AdjustedComparison sets two groups of persons against one another: participants
// against comparison persons, or completers against those who did not complete.
type AdjustedComparison struct {
	UnitKind   string `parquet:"unit_kind,dict" desc:"as in uptake"`
	UnitCode   string `parquet:"unit_code,dict" desc:"as in uptake"`
	Horizon    string `parquet:"horizon,dict" desc:"6m, 12m or 24m: after leaving; of participants and comparison persons after the (would-be) start"`
	Indicator  string `parquet:"indicator,dict" desc:"employed or income"`
	Comparison string `parquet:"comparison,dict" desc:"participants_comparison: participants against comparison persons; completers_non_completers: completers against those who did not complete"`
	Naming     string `parquet:"naming,optional,dict" desc:"what the adjusted difference may be called: estimated effect, of participants where overlap and balance hold; else adjusted difference; null without one"`
	Method     string `parquet:"method,dict" desc:"how it is computed"`
	Unit       string `parquet:"unit,dict" desc:"of the differences: share (-1..1) or currency per month"`
	Currency   string `parquet:"currency,optional,dict" desc:"ISO 4217 code of incomes"`

	Treated   *int64 `parquet:"treated,optional" desc:"participants, or completers, of whom the outcome is known" unit:"persons"`
	Untreated *int64 `parquet:"untreated,optional" desc:"comparison persons, or non-completers, likewise" unit:"persons"`

	DifferenceRaw          *float64 `parquet:"difference_raw,optional" desc:"plain difference of means or shares" unit:"unit"`
	DifferenceRawLow       *float64 `parquet:"difference_raw_low,optional" desc:"lower end of its 95 % interval" unit:"unit"`
	DifferenceRawHigh      *float64 `parquet:"difference_raw_high,optional" desc:"upper end" unit:"unit"`
	DifferenceAdjusted     *float64 `parquet:"difference_adjusted,optional" desc:"doubly robust difference for the treated whom trimming leaves" unit:"unit"`
	DifferenceAdjustedLow  *float64 `parquet:"difference_adjusted_low,optional" desc:"lower end of its 95 % interval" unit:"unit"`
	DifferenceAdjustedHigh *float64 `parquet:"difference_adjusted_high,optional" desc:"upper end" unit:"unit"`
	Change                 *float64 `parquet:"change,optional" desc:"doubly robust difference in differences, over those whose value before the start is known" unit:"unit"`
	ChangeLow              *float64 `parquet:"change_low,optional" desc:"lower end of its 95 % interval" unit:"unit"`
	ChangeHigh             *float64 `parquet:"change_high,optional" desc:"upper end" unit:"unit"`

	BalanceMaxSMDBefore *float64 `parquet:"balance_max_smd_before,optional" desc:"greatest standardised mean difference of a covariate before weighting" unit:"standard deviations"`
	BalanceMaxSMD       *float64 `parquet:"balance_max_smd,optional" desc:"the same after weighting: balanced below 0.1" unit:"standard deviations"`
	Overlap             *float64 `parquet:"overlap,optional" desc:"share of the treated whom trimming leaves" unit:"0..1"`
	ESS                 *float64 `parquet:"ess,optional" desc:"effective number of the untreated once weighted" unit:"persons"`
	EValue              *float64 `parquet:"e_value,optional" desc:"how strong, as a risk ratio with both, an unobserved cause must be to explain the adjusted difference away" unit:"risk ratio"`
	EValueLimit         *float64 `parquet:"e_value_limit,optional" desc:"the same for the limit of the interval nearer to no difference" unit:"risk ratio"`
	VerdictCode         string   `parquet:"verdict_code,optional,dict" desc:"more, less, no-difference, no-comparison, too-few, no-overlap or not-balanced; null where withheld"`
	Verdict             string   `parquet:"verdict,optional" desc:"what may be said, in English"`
	Release
}

func compareOutcome(a, b *Outcome) int {
	return cmp.Or(a.Compare(&b.LearnerGroup), cmp.Compare(a.Cohort, b.Cohort), cmp.Compare(a.Horizon, b.Horizon), cmp.Compare(a.Indicator, b.Indicator))
}

func compareTrajectory(a, b *Trajectory) int {
	return cmp.Or(cmp.Compare(a.UnitKind, b.UnitKind), cmp.Compare(a.UnitCode, b.UnitCode), cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.Horizon, b.Horizon),
		cmp.Compare(a.OnEntry, b.OnEntry), cmp.Compare(a.After6, b.After6), cmp.Compare(a.After12, b.After12), cmp.Compare(a.After24, b.After24))
}

func compareAdjusted(a, b *AdjustedComparison) int {
	return cmp.Or(cmp.Compare(a.UnitKind, b.UnitKind), cmp.Compare(a.UnitCode, b.UnitCode), cmp.Compare(a.Horizon, b.Horizon),
		cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Comparison, b.Comparison))
}

// HeldCell is a figure about persons of a release, whether published or withheld: later
// releases are protected against what can be told by setting them beside this one.
type HeldCell struct {
	Release Date   `parquet:"release,date" desc:"day of the release"`
	Key     string `parquet:"key" desc:"measure and conditions: participations|gender=female"`
	Value   int64  `parquet:"value" desc:"count, or sum in hundredths"`
	Persons int64  `parquet:"persons" desc:"of a sum, those it is over" unit:"persons"`
	Shown   bool   `parquet:"shown" desc:"it was published"`
}

func compareHeld(a, b *HeldCell) int {
	return cmp.Or(cmp.Compare(a.Release, b.Release), cmp.Compare(a.Key, b.Key))
}
