// Package warehouse stores the datasets of skillsgap as Parquet files in
// snapshots and answers SQL over them as Arrow record batches. Nothing else in
// the project talks to DuckDB.
//
// # Glossary
//
//   - snapshot: one complete state of all datasets, a folder that never changes
//     once it has its final name.
//   - current: the symbolic link to the snapshot that readers open.
//   - draft: a snapshot being written; a folder whose name ends in .tmp.
//   - base: the snapshot that a draft goes on from; see [Latest].
//   - manifest: the list of a snapshot's files with sizes, row counts and
//     SHA-256, and the versions they were made with; manifest.json.
//   - zone: the folder that says who may read a dataset; see [model.Zone].
//   - ledger: the runs, one Parquet file each in warehouse/runs, beside the
//     snapshots because a failed run has none.
//
// # Layout
//
//	warehouse/current -> snapshots/<id>
//	warehouse/snapshots/<id>/manifest.json
//	warehouse/snapshots/<id>/<zone>/<dataset>/data-0.parquet
//	warehouse/snapshots/<id>/<zone>/<dataset>/<partition>=2020-11-01/data-0.parquet
//	warehouse/runs/<run id>.parquet
//
// # Writing, so that a run killed at any instant changes nothing
//
//	Begin:    remove every snapshots/*.tmp, make snapshots/<id>.tmp
//	Continue: name the snapshot to go on from
//	Write:    per partition: order rows by primary key, cut at a fixed row count,
//	          write and fsync each file, hashing on the way; where the snapshot
//	          before has the same bytes, link its file instead
//	          or take a partition's files over without reading them
//	Commit:   write a zero-row file for each dataset that got none
//	          write and fsync manifest.json, fsync all folders
//	          rename <id>.tmp to <id>            (the snapshot exists)
//	          rename a new link onto current     (the snapshot is current)
//	          remove all but the newest snapshots
//
// The bytes of a file depend on the rows alone, not on the order in which they
// came. Rows of one primary key could not be ordered, so two of them are an
// error ([ErrDuplicateKey]).
//
// # Reading, so that SQL of strangers can do no harm
//
//	Open:      resolve current; in-memory DuckDB; a view per dataset over exactly
//	           the files of the manifest; no link may stand in place of one
//	           allow only these files and the ledger,
//	           switch external access off, lock the configuration
//	QueryUser: let DuckDB serialise the text without preparing it, since it
//	           executes leading statements while preparing the last;
//	           not one SELECT over datasets, or a function beyond a few: refuse
//	           watch time and memory from the check to the last row; a statement
//	           that heeds no interruption is abandoned
//
// # Verifying, so that nobody need believe
//
//	Verify: of each snapshot set the files against the manifest (bytes, rows,
//	        versions, columns; none missing, none too many, zones closed)
//	        set the counts of its run in the ledger, of the feeds in the
//	        manifest and of the datasets against each other
//	        run the audits: queries that must return no row
//
// # Versions
//
// Manifest and schema carry a version. What a newer skillsgap wrote is refused
// ([NewerError]). A snapshot of an older schema is read by the next run alone,
// which makes a new one of it; others are told so ([OlderError]). The ledger
// holds files of all schemas.
package warehouse
