// Package evaluation measures a linker on texts that people have annotated.
//
// Glossary:
//
//   - gold: texts with the skills that people found in them. There are two kinds,
//     sentences of vacancies and names of skills from another list.
//   - item: one text of the gold. An item without any label carries no skill of
//     the release; what a linker finds in it is wrong.
//   - label: a skill of an item. A label that the release does not have can be
//     found by nobody; it is counted, and stays in every denominator.
//   - ranking: all skills ordered for one item, best first.
//   - links: the skills that a linker claims for an item at a threshold.
//
// What is measured, in terms of an item with n labels:
//
//	RP@k       labels among the first k of the ranking / min(k, n)
//	hit@k      1 if a label is among the first k, else 0
//	MRR        1 / rank of the first label, 0 where none is in the first Depth
//	           the mean of each over the items with a label
//	precision  links that are labels / links
//	recall     links that are labels / labels
//	           both over all links of the items with a label (micro)
//	carried    links / items, over the items without a label
//	reliability links by score in bins of equal number: the mean score of a bin
//	           beside the share that is right
//
// Items are drawn with replacement for the intervals: 95 in 100 of the values so
// drawn lie inside. Two rankers are compared on the same draws.
//
// [Baseline] is a plain ranker to compare with. Everything is a pure function of
// its arguments and the seed.
package evaluation
