// Package pipeline is the page to read first: it holds the stages of a night
// in order and is the only package that wires the rooms of the house together.
//
//	concepts   taxonomy and code lists     -> skills, skill_labels, occupations, regions
//	read       feeds -> records -> rows    -> rejects, reject_counts, field_counts; the history for link
//	link       text -> skills, titles -> occupations
//	                                       -> vacancies, vacancy_texts, vacancy_skills, vacancy_credentials,
//	                                          credentials, credential_texts, credential_skills, credential_links, records
//	measure    facts -> figures            -> cells, skill_demand, skill_supply, skill_gaps
//	shortage   official figures, demand -> calibration, shortage, skill_shortage
//	align      facts, figures -> alignment
//	recommend  facts, figures -> recommendations
//	outcomes   learners -> uptake, outcomes, trajectories, adjusted_comparisons, held_cells
//	changes    facts and figures of two days -> gap_changes
//	publish    draft -> snapshot, skillsgap.duckdb
//	report     snapshot -> pages in out/<as-of date>/
//
// A stage is one file stage_<name>.go with one value in [Stages]. Stages never
// call one another: they hand over datasets of the night's draft snapshot (read
// and link, which must not write a text before it is complete, share the history
// and prepared rows through [Night]). What a stage did goes into the ledger, a
// row for the stage and one for each feed.
//
// # A night does only what is new
//
// A night goes on from the snapshot before, its base. What it writes is the same
// as if it did all the work again:
//
//	concepts   program and taxonomy as in the base?      take over the files
//	read       for each feed:
//	             files and configuration as in the base? it lists what it listed
//	             else decode every record, hash it:
//	               hash known?                           the record is unchanged
//	               else prepare it; it is new, or a version
//	             a full feed lists a record no more?     it is withdrawn today
//	           find duplicates among the newest versions of all
//	link       for each month:
//	             nothing in it touched?                  take over the files
//	             else rows of the base, and of what was prepared; link the latter
//	           credentials named in vacancies, for each month:
//	             texts, and titles of the catalogues, as in the base? take over the files
//	             else find them
//	measure    for each month:
//	             facts of its window as in the base?     take over the files
//	             else measure
//	align      facts and figures as in the base?          take over the file
//	recommend  likewise
//
// Another program, taxonomy or linker takes nothing over: it prepares what feeds
// list, and links again from the stored texts what they list no more. That the
// two ways give the same bytes is tested.
//
// # Glossary
//
//   - night: one run of a job over one workspace as of one date.
//   - base: the snapshot from which a night goes on; see [warehouse.Latest].
//   - draft: the snapshot being written; nothing of it is visible until publish.
//   - history: every version of every record that the night knows.
//   - version: a content of a record. The newest counts, the others stay as rows.
//   - withdrawn: no longer listed by a feed that lists all it offers.
//   - as-of date: the day whose knowledge the figures state; nothing posted
//     later counts. It is given, never read from a clock.
package pipeline
