// Package recommend chooses credentials: which of those on offer, taken together,
// teach most of what is wanted, within what a person or a programme can spend. It
// reads no file and no clock.
//
// # Glossary
//
//   - offer: a credential on offer, see [Offer].
//   - target: the skills wanted, each with a weight g_s; see [Want]. For a region
//     and occupation these are the positive training-provision gaps; for a person
//     the skills missing of an occupation, weighted by regional demand.
//   - credit p_ms: how far offer m is trusted to teach skill s, 0 to 1. It is the
//     probability that m teaches s, scaled down so that all credits of m together
//     do not exceed its hours over [SkillHours]: a course of 5 hours that names 32
//     skills does not teach them. A probability below [LeastCredit] counts for nothing.
//     Where a skill near s is taught, its credit times the nearness counts, the
//     greatest only; see [taxonomy.Closeness]. An offer is credited only where more
//     than general skills speaks for it; see [Target].
//   - general: ESCO's transversal and language skills, those that it gives to many unit
//     groups ([taxonomy.WidespreadPart]), and those that most occupations ask for
//     ([Specificity.Common]).
//   - content shared: offers that declare one to be part of the other or each other's
//     equivalent, and repeats of one course by one provider. Of these the greatest
//     credit counts, not their combination, and hours of a common part count once.
//   - gain F(C) = sum over s of g_s (1 - product over m in C of (1 - p_ms)), the
//     product over groups of shared content. F is monotone and submodular: a sum of
//     concave functions of sums of maxima.
//   - limits: money, hours, weeks, hours per week, a last day, number of credentials. What is not
//     known of an offer never counts as zero: an offer without a price is left out
//     under a limit of money, and so on, and that is said.
//   - bundle: the offers chosen. It is a stack where each is joined to another by a
//     declared link, with one credit scheme and levels at most a step apart.
//   - needs: offers that an offer declares as prerequisites. They are held already or
//     chosen along with it, and over before it begins, where the days are known.
//   - bound: no choice within the limits has a greater gain.
//
// # How a bundle is chosen
//
//	candidates: offers that teach a wanted skill (by an index), suit the request
//	            (region, language, mode, level, dates, …), with what they need
//	up to 25:   branch and bound, exact
//	more:       for each combination of rungs of the ladder (see [Request.Rungs]):
//	              of the candidates that cost no more than the rung, shortlist 25:
//	              those that lazy greedy takes first by gain, and by gain per money,
//	              per hour and per week, in turn
//	              branch and bound over the shortlist, under the true limits
//	            take the best; the shortlists do not depend on the limits, which
//	            only decide how many are looked at, so no limit that rises makes
//	            the gain fall
//	then:       exchange a credential for another of equal gain where that makes a
//	            stack, or else costs less
//	bound:      gain of each greedy prefix plus the fractional knapsack of what the
//	            others would add to it; the least over prefixes and limits
//	branch and bound:
//	  visit(chosen, open):
//	    keep chosen if it is better
//	    drop from open what does not fit into what is left
//	    stop if gain(chosen) + knapsack bound of open is not better
//	    j = the open offer that adds most
//	    visit(chosen + j and what it needs, open - j)
//	    visit(chosen, open - j and what needs it)
//
// Lazy greedy is that of Leskovec et al., Cost-effective outbreak detection in
// networks (KDD 2007); gain, or gain per cost, or the best single offer, whichever is
// best, is after Khuller, Moss and Naor, The budgeted maximum coverage problem (1999),
// and Sviridenko (Operations Research Letters 32, 2004); the bound is Nemhauser, Wolsey and Fisher's (1978), by prefixes.
package recommend
