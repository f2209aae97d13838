// Package disclosure decides what of tables about persons may be published, so that
// nobody learns of a person what she has not told. It is pure: tables go in, the same
// tables with some cells withheld come out, in a type that nobody else can make.
//
// # Glossary
//
//   - cell: a count of persons (or a sum over persons, a magnitude), known by what is
//     measured and its conditions, such as gender=f and region=AT13. Cells of different
//     tables with the same conditions are one cell.
//   - line: the knowledge that a whole is the sum of its parts along a dimension; where
//     parts overlap, that it is at least each and at most the sum of all.
//   - virtual cell: a total that no table gives, but that follows from those given; two
//     tables may share it. It is never shown.
//   - sensitive: not to be shown for its own sake. By the threshold rule a count of 1 to
//     9 persons (by default), or a sum over as few; by the dominance rule, (1,k), a sum of
//     which one person contributes more than 85 %; by group disclosure, see below.
//     That most persons of a cell are of one provider is no such thing: a provider is no
//     person.
//   - complementary: withheld so that a sensitive cell cannot be computed.
//   - protection interval: what the bounds of a sensitive cell must contain.
//   - release: a publication as it is remembered, to be set against later ones.
//   - level: the cells of one measure with conditions on the same dimensions, equally
//     deep in each: a degree of detail, such as region by gender.
//   - block: withheld cells that are connected by lines.
//   - layer: one sight of the cells: a publication, or the difference of two.
//
// # Zeros
//
// A zero says that there is nobody to be harmed, and is shown. The exception is group
// disclosure: where all persons of a small group (fewer than 20 by default, twice the
// threshold) have the same category of an attribute, the zeros of the other categories tell
// of each of them. There all categories, zeros included, are sensitive, but for those that
// nobody of a wider group has, for all to see. Zeros are never
// complements: who knows that somewhere nobody can be would not be misled.
//
// # What is not known
//
// That a result is not known tells nothing of a person: counts with such a condition
// ([Dimension.NotStated]) are not sensitive. Small ones are not shown, but may follow
// from others, and those withheld for others need no width.
//
// # What is protected, and against whom
//
// The intruder knows every cell shown, in this publication and all earlier ones, all lines, and
// that no count is below 0. He does not know why a cell is withheld: a publication has
// one mark for all. After [Protect] the least and the greatest value that he can find
// for a withheld cell, by any means, are such that
//
//   - those of a sensitive count contain 0 and the threshold: [0, 10]. He can neither
//     tell that it is there nor that it is small;
//   - those of a category that all of a group of 10 or more have are at least the
//     threshold apart from the group: it may be that 10 have another;
//   - those of any other withheld count are at least the threshold apart;
//   - those of a sensitive sum x contain 0.85 x and x/0.85, those of any other withheld
//     sum are at least 0.15 x apart.
//
// Between two publications, no change of a count by 1 to 9 persons can be told: not of a
// cell shown in both, which is withheld in the later one instead until it has changed by
// 10 since it was last shown, and not by computing it. There the intruder
// is even granted the knowledge of which cells have grown and which have shrunk;
// the bounds of each small change that is not shown must still contain 0 and 10. What
// was shown once stays known: readers may go on using the value of the earlier
// release. Differences to each earlier release are looked at one by one, not all together.
//
// Not protected against: knowledge of who was counted, groups so small that an intruder
// belongs to them as one of few (a threshold below 3 is refused), and inference
// from the algorithm itself.
//
// # How cells are chosen
//
//	withhold what is sensitive; virtual cells are withheld by nature
//	leave out levels of more than 400 cells most of which are sensitive
//	until nothing more has to be withheld:
//	  swaps:  for each withheld cell that lacks room, wide ones first:
//	            persons exchange categories, there and back, so that no total changes:
//	            of the swaps that bring the cell as far as it must go, or some of the
//	            way, withhold the shown cells of the one of least cost; a cell costs 1,
//	            a little for its persons, and 1 for each way in which it is divided
//	            a swap is a point that an intruder thinks possible: it proves something
//	            of all cells that it moves, and is checked in every line
//	  lines:  in each line by itself, of each layer:
//	            one withheld cell alone, or too little room in the others for a
//	            sensitive one to reach the threshold?
//	            withhold the shown cell of the line with the least cost for the room
//	            it gives
//	  proofs: for each withheld cell not yet seen to reach as far up and down as it must:
//	            drive it and all others around it there, by linear programming;
//	            each point on the way proves something of all
//	            still not? withhold the shown cells of the cheapest move of cells that
//	            brings it there (Kelly, Golden and Assad), or of a swap that changes
//	            totals, or the cell that by the prices of the programme gives most room
//	            tried again and again? leave out, of more than 400 withheld cells
//	            that are connected with it, the most detailed level with the greatest
//	            share of sensitive cells, and at last the cell's own
//	show again, the greatest first, what turns out not to be needed
//	withhold totals that give away a sensitive cell of a level that is left out
//
// The true numbers are a point of what the intruder thinks possible, so the search
// starts there, needs no first phase, and every point it reaches is a witness. Wholes whose
// parts are all in the programme are left out of it, since they follow and cannot be
// negative where parts are not; dependent equations drop out in the reduction to a
// tableau. Points that fail the equations through rounding prove nothing and are
// dropped. Where more than 600 cells are connected, the farther ones are taken as
// fixed: what is proved then holds all the more, at the price of some cells more.
//
// The order of tables and cells does not matter: cells are numbered by their conditions.
//
// # What is left out
//
// A level that is left out is as if nobody had asked for it: none of its cells is published,
// not even a zero, and none of its lines holds. Its totals stay, and are protected as
// before. A sensitive cell of it must not follow from these totals by bounds that are carried
// along lines: else totals are withheld too. Narrower bounds, by linear programming,
// are not looked for there, nor in any other cross that is not published.
//
// # Audit
//
// [Audit] knows nothing but what is published. It finds numbers that fit, then the least
// and the greatest for each withheld cell, in the same way.
//
// # Sources
//
// L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control (2001): rules,
// intervals, group disclosure. A. Hundepool and others, Statistical Disclosure Control
// (2012): threshold and dominance rules, protection levels, linked and hierarchical
// tables. M. Fischetti and J. J. Salazar, Solving the cell suppression problem on
// tabular data with linear constraints, Management Science 47 (2001): the attacker's
// programmes. J. P. Kelly, B. L. Golden and A. A. Assad, Cell suppression: disclosure
// protection for sensitive tabular data, Networks 22 (1992), and J. Geurts, Heuristics for
// cell suppression in tables (Statistics Netherlands, 1992): the cheapest move. D. Repsilber,
// Preservation of confidentiality in aggregated data (2nd International Seminar on Statistical
// Confidentiality, Luxembourg 1994): hypercubes.
package disclosure
