// Package pipeline is the page to read first: it holds the stages of a night
// in order and is the only package that wires the rooms of the house together.
//
//	concepts   taxonomy and code lists     -> skills, skill_labels, occupations, regions
//	read       feeds -> records -> rows    -> rejects, reject_counts; prepared rows for link
//	link       text -> skills, titles -> occupations
//	                                       -> vacancies, vacancy_texts, vacancy_skills,
//	                                          credentials, credential_texts, credential_skills, credential_links
//	measure    facts -> figures            -> cells, skill_demand, skill_supply, skill_gaps
//	publish    draft -> snapshot, skillsgap.duckdb
//	report     snapshot -> pages in out/<as-of date>/
//
// A stage is one file stage_<name>.go with one value in [Stages]. Stages never
// call one another: they hand over datasets of the night's draft snapshot (read
// and link, which must not write a text before it is complete, share prepared
// rows through [Night]). What a stage did goes into the ledger, a row for the
// stage and one for each feed.
//
// # Glossary
//
//   - night: one run of a job over one workspace as of one date.
//   - draft: the snapshot being written; nothing of it is visible until publish.
//   - as-of date: the day whose knowledge the figures state; nothing posted
//     later counts. It is given, never read from a clock.
package pipeline
