// Package reports answers questions with SQL over the public datasets of a
// snapshot, and renders the answers as pages, tables, CSV, JSON and Arrow.
//
// A report is one .sql file: a header in comments, then one SELECT for each of
// its sections. The reports in library/ are built in; files of the same form in
// a user's folder are found beside them, and replace those of the same name.
// SQL here selects, joins and sums integers and decimals only: every measure
// was computed by the stage that owns its formula, so that a page, an export
// and a query of the analyst's own show the same figure.
//
// # Glossary
//
//   - header: the comment lines that say what a report answers and what every
//     column means; a report without a complete header is refused.
//   - section: one SELECT with its columns, shown as one part of the page. The
//     section named "figures" returns one row: the key figures. The section
//     named "nothing" returns a row only where the parameters leave all others
//     without one, and says why.
//   - shared: common table expressions put before every section's SELECT.
//   - kind: how a page shows a column (share, points, integer, …). Kinds never
//     touch CSV, JSON or Arrow, which carry stored values exactly.
//   - group, fold: columns whose value heads the rows that have it in common;
//     rows under a fold are collapsed, rows without one stand open.
//
// An audit, in audits/ or in the folder reports/audits of a workspace, is such a
// file too: its header says in title what holds, in row what a row of its SELECT
// is that shows the contrary, and in action what to do then.
//
// # The header
//
//	-- title: Vacancies by country
//	-- question: Where are the vacancies?
//	-- grain: a country
//	-- parameters:
//	--   source | text | | Name of a feed; empty for all of them
//	-- columns:
//	--   country   | Country   | text    |           | ISO 3166-1 code
//	--   vacancies | Vacancies | integer | vacancies | Vacancies without repeats
//	-- chart: bars label=country value=vacancies | Vacancies by country
//	-- method: Counts the vacancies of every feed.
//	SELECT country, count(*) AS vacancies FROM vacancies
//	WHERE duplicate_of IS NULL AND $source IN ('', source)
//	GROUP BY country ORDER BY vacancies DESC
//
// The keys title, question, method, grain and columns are mandatory: nothing is
// published without saying what it counts and how.
//
// A line starting "-- key:" opens a key, lines indented by two more spaces
// belong to it, and lines indented by four or more go on with the line above.
// The header ends where the SQL begins; a comment just above the SELECT is
// written with /* and */.
// A report of several sections opens each with "-- section: name". See Report,
// Section, Column, Parameter and Chart for the keys and their form.
//
// # From file to page
//
//	Load:   for each folder, for each .sql file: parse, check, keep by name
//	Run:    text = shared + the section's SELECT; bind the parameters by name;
//	        refuse a result whose columns are not those of the header
//	page:   for each section: stream its batches into the CSV beside the page
//	        and, up to a bound, into rows of exact text
//	        split rows by fold, then by group; drop columns without any value
//	        format each cell by the kind of its column, with the one rounding
//	        draw the open rows as the chart
//	Build:  all pages and the index into a temporary folder, then rename it
package reports
