// Package source reads feeds: files of vacancies, credentials or official
// figures in one of several formats, one file of this package per format. It decodes and does
// not judge: dates, money, places stay as the feed wrote them, for package
// prepare.
//
// # Glossary
//
//   - feed: a named set of files of one kind and format, see [Feed].
//   - record: one vacancy or credential of a feed, see [Record].
//   - reject: a record that could not be decoded, with the [Rule] it broke.
//   - member: a file inside an archive, named "archive.zip!member.json".
//   - entity: a JSON object that may be a record; others, such as the
//     organisations beside the courses of a CTDL graph, are context.
//
// # How a feed is read
//
//	for each file, in the order given:
//	    recognise gzip, zip, zstd by their first bytes; for each member:
//	        recognise UTF-16 by its mark or zeros; a record that is not UTF-8 is read as Windows-1252
//	        cut the text into records:
//	            JSON Lines     a line each; a broken line spoils no other
//	            JSON array     an element each, found by brackets and quotes
//	            JSON document  the entities of its @graph, or itself
//	            HTML page      the ld+json scripts in it
//	            CSV, TSV       a row each; a quote never closed spoils one line
//	        decode each record: accept it, or reject it with a rule and go on
//
// Input is hostile until proven otherwise: the length of a record, the nesting
// and number of its values, the size of a file after decompression, its ratio
// to the size before, and the number of members are all bounded (see
// limits.go). Memory holds one record at a time, of a file of any layout. A
// record beyond its limits is a reject; a file that is cut off, unpacks to too
// much or is of another kind (a PDF, an error page) is a [FileError], since half
// a feed would look like a fall in demand. Time is bounded by the context.
//
// # How to add a format
//
// Write kind_name.go with a function that makes a [Record] of raw bytes, name
// it in formats.go, put a sample into testdata and run it through
// sourcetest.Run.
package source
