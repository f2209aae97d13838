// Package model holds the rows that travel between the stages of skillsgap
// and rest in its warehouse: one Go struct for each dataset, with its Parquet
// tags and one description per column, from which the data dictionary is made.
//
// # Glossary
//
//   - dataset: a table with one fixed schema, named in [Datasets].
//   - zone: who may read a dataset: [Public], [Restricted] (learner rows) or
//     [Internal] (texts, rejected records).
//   - partition: the month folder in which a row lies; the partition column is
//     not repeated inside the files.
//   - cell: region x occupation (or sector) x month x period, the grain of all
//     measures; see [CellKey].
//
// # Tags
//
// `parquet:"name,…"` fixes name and physical type, `desc:"…"` is the meaning,
// `unit:"…"` the unit where the column has one, `source:"…"` where the values
// come from if not from [Info.Source]. A field tagged `parquet:"-"`
// with `partition:"name"` is the partition column. "optional" columns are null
// where the fact is not known: a string, date or number of value zero is
// written as null unless the field is a pointer, in which case nil is null.
package model
