// Package data embeds the data files that skillsgap ships: code lists of
// standards in reference/ and the starter workspace in starter/. It imports
// nothing of skillsgap and holds no code but the file systems.
//
// # Reference files
//
// Every file is UTF-8, semicolon-separated, with a header line.
//
//   - regions.csv: NUTS 2021 regions of levels 1 to 3, one name each. British
//     codes are the last that NUTS published; since 2021 the United Kingdom
//     uses the same regions under other codes (ITL).
//   - places.csv: larger towns whose region bears another name.
//   - countries.csv: ISO 3166-1 codes and names, the English one first, several
//     languages, separated by |.
//   - languages.csv: BCP 47 codes and names likewise.
//   - currencies.csv: ISO 4217 codes with names and signs found in feeds.
//   - isco08.csv: the unit groups of ISCO-08.
//   - nace.csv: the sections of NACE Rev. 2 and the divisions they span.
package data

import "embed"

// Reference holds the code lists, below reference/.
//
//go:embed reference
var Reference embed.FS
