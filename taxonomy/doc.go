// Package taxonomy holds the concept graph of one pinned ESCO release:
// skills, skill groups, occupations, ISCO-08 groups and the relations between
// them, with their names in every imported language.
//
// Glossary:
//
//   - skill: an ESCO concept of the skills pillar that can be asked for or
//     taught. Knowledge, language skills and attitudes count as skills too.
//   - skill group: a heading of the skills hierarchy (code S1.2) or of the
//     ISCED-F fields of education; it is never asked for itself.
//   - occupation: an ESCO occupation; it lies in one ISCO-08 unit group.
//   - ISCO-08 group: a group of occupations, named by one to four digits.
//   - collection: a thematic list that ESCO publishes (green, digital, ...);
//     a skill's Flags say in which collections it is.
//   - essential, optional: what ESCO says of a skill for an occupation.
//   - index: the position of a skill in Taxonomy.Skills, or of an occupation in
//     Taxonomy.Occupations. It is stable for one taxonomy, not between releases.
//
// Package esco fills a Taxonomy from the official files; Save and Load keep it
// in one compact file.
//
// The hard part is the file, which must load in well under a second and must
// not be trusted:
//
//	file    = magic, format version, payload length, SHA-256 of payload, zstd(payload)
//	payload = the fields in declared order; a number is a varint, a text is its
//	          length and bytes, a list is its length and items
//	load:     check magic, refuse a newer version, check the length against the
//	          limit, decompress within that bound, compare length and checksum;
//	          keep the payload as ONE string and let every text be a slice of it,
//	          so that a hundred thousand labels cost no copy and no allocation
//	fingerprint = the same SHA-256: equal content, equal fingerprint
package taxonomy
