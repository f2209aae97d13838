// Package explain answers what a figure rests on: what its column means, the stored
// value, the formula with the figures put in, the parts it is made of and the
// records behind it, down to the words of an advertisement that ask for a skill.
//
// # Glossary
//
//   - figure: a value of a column in one row of a public dataset.
//   - address: what names a figure: dataset.column, and key=value for the columns of
//     the row's key.
//   - part: a figure, or a sum over the records, that stands in the formula.
//   - population: the records of a cell over its period: the vacancies and aligned
//     credentials that count, each with the skills that the figure is about.
//
// # How a figure is explained
//
//	find the row that the address names; the newest month and twelve months
//	  unless it says otherwise; a region, occupation or skill by code or name
//	look up how the column is made (recipes): its formula, its parts, whose
//	  records it rests on
//	read these records from the facts of the same snapshot, by SQL that selects
//	  and nothing more
//	weigh the vacancies as the night did, where there are official totals
//	add up what the formula names, and put all figures into it
//
// No formula is computed here: measure computed the value that is shown, and
// whoever recomputes it from the printed records comes to the same number.
//
// A figure that is made of learners' records has a meaning and a value, but no
// records: they are shown to nobody.
package explain
