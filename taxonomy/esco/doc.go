// Package esco reads the official ESCO CSV bundle into a taxonomy.
//
// It takes any mix of folders, .zip, .csv and .csv.gz files, in any languages and
// releases, and plain tables of preferred labels (conceptUri, lang,
// preferredLabel). A file that does not have its official name is known by its
// header. The name tells the language (skills_fr.csv), which of the collections it
// is, and, with the folders and archives around it, the release
// (esco-v1.1.1-en-csv.zip).
//
// Glossary:
//
//   - release: v1.1.1 and so on. It is read from the path of a file, else stated by
//     the caller, else unknown.
//   - pinned release: the one whose concepts, relations and collections the
//     taxonomy has. Of every other release only labels and descriptions are used.
//   - defining file: a file whose rows make concepts. Rows of any other file that
//     name a concept which no defining file has are counted as unknown.
//
// The hard part is deciding what each file is good for, before reading it:
//
//	for each file: read the header -> kind, language, release
//	pinned     = the newest release that brings skills and occupation-skill relations
//	             (an unknown release counts as the oldest), else the newest known one
//	             that brings relations, else the newest
//	structural = files of the pinned release, and files of unknown release of a kind
//	             that the pinned release does not bring itself
//	defining   = structural files of concepts, in ONE language per kind of concept
//	             (English if there is English): the other languages of a release name
//	             the same concepts, and a translation of an older release must not
//	             bring retired ones back
//	read defining files, the skills hierarchy, the files that only give labels
//	     (newest release first), structural collections and relations; skip the rest
//	label      : for a concept, language and kind of label the newest release speaks
//	             that has such a column for it; older and unknown ones fill gaps only
//
// A release may publish relations for a concept it does not define (v1.1.1 does so
// for one occupation). They are counted in Taxonomy.Unresolved, not kept.
package esco
