// Package prepare turns records as feeds give them into rows: text without
// markup and contacts, dates, money, durations, codes, regions, stable ids and
// hashes. It rejects what cannot be a row, and marks exact duplicates.
//
// # Glossary
//
//   - block: a paragraph, list item, heading or table cell; a line of text.
//   - stated skill: a skill that the record itself lists, see [Stated].
//   - finest known region: the region of the highest level that the record
//     determines; a name that several regions bear determines what they share.
//   - as-of date: the run's date; nothing is posted after it.
//
// # From HTML to text
//
//	while the text shows escaped tags (&lt;p&gt;): unescape it
//	for each token of HTML:
//	    a block's start or end breaks the line; scripts and styles are dropped
//	    an element that HTML does not know stays as text: List<String>
//	without any block element, the line breaks of the text are kept
//	lines: white space to one space, bullets off, empty lines out, NFC
//	contacts out, see package contact
//
// Of a text 128 KiB are read, of a list a thousand items.
//
// # From a place to a region
//
//	code:    a NUTS code, or as much of it as is known
//	name:    locality and region, parted by commas: the last part must be the
//	         name of a region or larger town in the country; parts before it
//	         may refine it, or show that the record is at several places
//	country: else the country alone
//
// The same place from a feed's constants has the method constant. A place that
// bears no region's name gets no region below its country: a guess would be
// worse than a gap.
//
// # What repeats another record
//
// Records of the same title, employer, place and text are one vacancy, if they
// are posted within 60 days of its first posting: the same text a year later
// offers the post anew.
//
//	order the records of one key by posting day, the undated last, then by id
//	keep the first; each later one
//	    at most 60 days after the one kept repeats it
//	    beyond that is kept, and starts 60 days of its own
//	an undated one repeats the first
//
// Where there is no text but the title, much less speaks for a repetition: the
// posting day must be the same, and the URL if both have one.
//
// # What is rejected and what is left out
//
// A record without title, posted after the as-of date, with more than 10,000
// openings, or ending before it starts is rejected: a measure that counts it
// would be wrong. So is one whose posting, expiry, start or end is present but
// unreadable, since these say when it is open. Anything else that cannot be
// read (a salary "negotiable", an unknown code, the day of the last change, the
// last day of quality assurance or for applications) is left out and the record
// kept. A date of the year 9999 or up to 1900 is not stated, and an expiry or
// end from 2100 on is none. An expiry before the posting is left
// out too: such advertisements were posted again under their old data.
//
// The fields left out are named in NotRead, so that nothing is lost without
// being counted: a field is there if its value says something, and no column
// of the row could be filled with it. "-", "n/a", "unknown", 0 and the like say
// nothing. Names of places are read if a region below the country is found by
// them, or if they only name the country again. Texts and names of persons and
// things are always read, and the postcode never is.
package prepare
