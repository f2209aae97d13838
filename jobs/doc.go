// Package jobs runs the stages of a job once, or at the times of its cron
// expression, and keeps the ledger of what they did.
//
//	Run:      take the workspace's lock, or fail with [LockedError]
//	          for each stage of the job: run it, note it in the ledger
//	          note the end, with the warnings of the night
//	          give up what an unfinished night wrote; release the lock
//	Schedule: at each cron time, unless the run before is still going: Run
//
// The lock is the operating system's on an open file, so that it dies with its
// holder and a crash never leaves a workspace locked.
//
// # Glossary
//
//   - job: a named list of stages with an optional cron expression, in
//     skillsgap.yaml.
//   - ledger: warehouse/runs, one file for each run, written after every stage,
//     so that it tells how far a run came that was killed.
package jobs
