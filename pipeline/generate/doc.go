// Package generate writes synthetic feeds: files of vacancies and credentials
// such as an institution would receive, for the starter workspace and for
// benchmarks. It knows the taxonomy and nothing of the stages that read its
// files. Every record carries an address below https://example.org/, every
// organisation has the word example in its name.
//
// # Glossary
//
//   - job: an ESCO occupation as the generator advertises it: its frequency and
//     the rate at which each skill is asked.
//   - slot: the place of a credential in the plan: for whom, where, by whom.
//   - programme: a credential as learners take it; participation: a learner in it.
//   - truth: something planted on purpose, listed in data/starter/story.csv and
//     told in data/starter/STORY.md; see [Story].
//   - seeds: regions, clusters, names and phrases in data/starter/seeds.
//
// # How a vacancy comes about
//
//	stream := PCG(seed, number of the record)     // no record depends on another's draws
//	date from the number: records are in order of posting
//	one in fifty repeats an earlier record of its feed under a new id
//	region and job by weight, spread evenly; employer, language, title drawn
//	for each skill of the job:
//	    rate := base x region's factor, or the planted rate of that month
//	    asked with that probability, under its preferred or another label
//	text := employer's introduction, role, tasks, requirements, benefits, …
//	        each skill in a phrase that suits the form of its label
//	feed of the employer -> JobPosting line or table row
//
// # Linked facts
//
// [Linked] draws what comes after linking instead of feeds: vacancies and
// credentials with skills, evidence and records, a month after the other in key
// order, so that a million of them need no memory. Occupations follow Zipf's
// law; employers are few great and many small ones, and ask some skills of an
// occupation more than others; scores spread as a calibrated linker's.
//
// # How the credentials come about
//
//	plan: planted credentials, then those of the balanced group, then one group
//	      after the other; one in five online, the others region after region
//	skills drawn by a weight of the group's own, not by demand; in the balanced
//	      group spread evenly at the rate at which they are asked
//	catalogue of the provider -> CTDL graph or table
//
// # How the learners come about
//
//	sixty credentials, those of the story first, each with a profile: who takes it
//	for each learner a stream of random numbers of its own:
//	    age, gender, education, work, pay in two years, groups, by the profile
//	    who pays; whether the person completes: by education, work, pay, who pays
//	    career: work and pay at 0, 6, 12, 24 months by the same, plus the effect
//	    planted; one luck runs through all waves
//	    whether each wave is answered: by work on entry and completion
//	one in eleven takes a second credential, none of the story
//	comparison persons likewise, of another profile, without effect
//	-> tables with columns, words and date formats of their own, and with names and
//	   contacts in columns that no mapping names
//
// Given what the tables say of a person on entry, outcomes depend neither on
// taking part nor on completing nor on answering, but for the effect: whoever
// adjusts for it all recovers what is planted, and naive differences mislead.
package generate
