// Package outcome tells what became of learners, and whether training helped,
// as pure functions. It reads no file and no clock, and knows no learner by name
// or key.
//
// # Who takes credentials, and what became of them?
//
// [Learners] holds coded participations, [Learners.Uptake] and [Learners.Outcomes] count
// them into tables, which are protected elsewhere and come back as [Figures]; rows are made
// of these alone.
//
//	code every enrolment that began before the release: person, unit, groups, result
//	join those of a person in a credential into a spell: first start, last exit
//	for each horizon: is it before the release? what do follow-ups near it tell?
//	for each table: count its finest cells
//	  a group with a category of few persons, crossed with another? leave the table out
//	  more than a twentieth below the threshold? take small credentials and providers
//	  together, tell less of results; still? leave the table out
//	  add finest cells to every wider one
//	for each row: figures of its place, as shown; rates, intervals, weights
//
// # Did it help?
//
// [Compare] sets treated persons against untreated ones. Two comparisons are
// made, and never confused ([Contrast]): participants against comparison
// persons, and completers against those who did not complete. Only the first
// may be called an estimated effect, and only if overlap and balance hold.
//
// # Glossary
//
//   - treated, untreated: participants and comparison persons, or completers
//     and non-completers.
//   - covariate: what was known of a person on the day of the start, or of the
//     day on which a comparison person would have started.
//   - ATT, the average effect on the treated: their mean outcome, less what it
//     would have been without treatment. It is what all estimates here are of.
//   - propensity: the probability of being treated, given the covariates
//     (Rosenbaum, P. R. and Rubin, D. B. (1983), Biometrika 70, 41-55).
//   - outcome regression: the expected outcome of the untreated, given the
//     covariates.
//   - doubly robust: right if either of the two is right.
//   - overlap: treated and untreated persons with like covariates exist.
//   - balance: weighted, the two sides have like means ([MaxSMD]).
//   - standardised mean difference: difference of means in pooled standard
//     deviations.
//   - effective sample size: the number of equally weighted persons that
//     weighted ones are worth.
//
// # How two sides are compared
//
//	order persons by their values; seed the bootstrap from them
//	raw difference: Welch, or Newcombe for shares
//	fewer than MinPersons on a side, or than MinEvents with or without: no figure
//	expand covariates into columns, by one rule for all data:
//	  numeric:     the value; "is 0" if often 0; "unknown" if often unknown;
//	               unknown values lie at the mean of the treated, never at 0
//	  categorical: each level, rare ones together; unknown is a level
//	  squares of numeric columns, if there are enough persons for them
//	  centre on the mean of the treated, divide by the pooled deviation
//	trim: ridge propensity; drop treated persons without like, and untreated
//	  ones unlike all treated; too few left: no figure
//	expand the covariates of those left again, and estimate:
//	  ridge propensity -> odds as weights of the untreated
//	  calibrate the weights so that means of all covariates meet those of the
//	    treated (squares are left to the propensity and the regression)
//	  ridge outcome regression among the untreated
//	  untreated mean = Σ over treated of regression / n + Σ weight · residual
//	repeat that on each bootstrap draw; interval = 2.5 % to 97.5 % of draws
//	the same for the change since the period before, where that is known
//	verdict: comparable, and then: does the interval hold 0?
//
// Products of two covariates are no columns: in samples as small as those of one
// credential they cost more persons than they gain in likeness. Whoever
// expects one gives it as a covariate of its own.
//
// # What this cannot know
//
// Whatever moved a person to take part and is not among the covariates stays in
// the estimate. [Sensitivity] says how strong it would have to be. A change
// since the period before ([Comparison.Change]) removes what stays the same in
// a person, and rests on both sides having moved alike otherwise. The
// interval holds for the persons left after trimming; where many are dropped, it
// no longer speaks of all participants.
package outcome
