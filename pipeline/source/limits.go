package source

// limits bounds what a feed may take.
type limits struct {
	record   int   // bytes of a line, array element or row
	quoted   int   // bytes of a row with line breaks in quotes
	depth    int   // levels of JSON
	values   int   // JSON values of a record
	columns  int   // of a table
	page     int   // bytes of an element of an HTML page
	index    int64 // bytes of the ids and names that references need
	unpacked int64 // bytes of a file after decompression
	ratio    int64 // of sizes after and before decompression, beyond slack
	slack    int64 // bytes after decompression that are free of the ratio
	members  int   // of an archive
	listing  int64 // bytes of the list of members of an archive
	badRows  int   // rows of a table with a quote never closed
}

func defaultLimits() limits {
	return limits{
		record:   16 << 20,
		quoted:   1 << 20,
		depth:    64,
		values:   100_000,
		columns:  16_384, // those of the widest spreadsheet
		page:     4 << 20,
		index:    256 << 20,
		unpacked: 64 << 30,
		ratio:    300,
		slack:    16 << 20,
		members:  200_000,
		listing:  32 << 20,
		badRows:  1000,
	}
}

// maxListItems bounds each list of a record.
const maxListItems = 10_000
