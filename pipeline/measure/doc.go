// Package measure computes demand, supply and gap: every formula of skillsgap
// as a pure function, and the [Measurer] that applies them to all published
// cells of a month. It reads no file and no clock.
//
// # Glossary
//
//   - cell: region x occupation (or sector) x month x period, see
//     [model.CellKey]. Regions are countries, NUTS 1 and NUTS 2; occupations
//     are all, ISCO-08 groups of 1, 2 and 4 digits and, nationally, ESCO
//     occupations; sectors are NACE sections of all occupations.
//   - period: [OneMonth], the month of posting; [TwelveMonths], the twelve
//     months that end with it.
//   - window before: of the twelve months, the twelve before them.
//   - posting: a vacancy that is not a duplicate. Its weight w is its openings, or
//     what these stand for among the official totals.
//   - asks, teaches: a posting asks for a skill, and an offer teaches it, with
//     probability p. Probabilities and weights are whole ten-thousandths, as they
//     are stored, and so all sums over postings and offers are exact integers: the
//     same in any order of the input, and in the SQL of whoever recomputes them.
//   - cluster: the postings of an employer in a cell, one alone where it names none.
//   - offer: a credential on offer. Its places are those of one start; they
//     count once in every period in which the offer is open, for how many
//     starts a period has is seldom known.
//   - aligned: an offer counts as supply for an occupation if it states an
//     occupation of the group, or if enough of what it teaches are ESCO skills
//     of the group ([taxonomy.Aligned]). All offers that teach anything are aligned
//     with all occupations. None is aligned with a sector, for none says which
//     sector it is for: sector cells have demand alone.
//   - supply base of a cell: the aligned offers that are open in the period
//     and are local (in the cell's region) or online. An online offer enters
//     the cells of every region, also of its own, as online and only so.
//   - demand share D, supply share S: of all openings of the cell, those
//     asking for the skill; of its supply base, what teaches the skill.
//
// # How a month is measured
//
//	New: number all codes; order postings by employer; align offers with
//	     each occupation group, once
//	Period:
//	  for each region level, for each region, in order of code:
//	    put the region's postings of the period and of the window before into
//	      one bucket per occupation group and per section
//	    for each bucket with n_effective >= MinCell, in key order:
//	      demand: add up its postings' asks in one array indexed by skill
//	        (postings come ordered by employer, so a cluster is new to a
//	        skill exactly when it differs from the one seen last, whose sums
//	        are then settled: its part of variances and of dominance)
//	      supply: add up the aligned offers likewise
//	      for each skill touched, in order of URI:
//	        keep its sums, if asked by MinLinks postings, or taught at all, or
//	        asked often enough in both windows together that its growth is
//	        told; else count it as left out
//	      keep the demand shares for the narrower cells
//	    compute the region's rows from the sums, by the formulas: what is of
//	      all skills of a cell together first, ranks and false discoveries
//
// Time is proportional to links x levels, plus rows. Beyond the index, memory
// is that of one region's rows ([Period.Region]) or of all the month's
// ([Measurer.Month]).
//
// # What intervals leave out
//
// Intervals of shares and gaps take vacancies for independent draws. Where an
// employer's vacancies ask alike, they hold the true share less often than in 95 of
// 100 cases: in a simulation with sixty employers and a correlation of .1 within
// each, in 82 to 86. Growth, and what is called emerging or declining, is clustered
// by employer and does not share that weakness. The order of skills is that of the
// data, not of a forecast.
package measure
