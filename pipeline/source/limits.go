package source

// limits bounds what a feed may take.
type limits struct {
	record   int   // bytes of a line, array element or row
	quoted   int   // bytes of a row with line breaks in quotes
	document int64 // bytes of a file that is one JSON or HTML document
	depth    int   // levels of JSON
	unpacked int64 // bytes of a file after decompression
	ratio    int64 // of sizes after and before decompression, beyond slack
	slack    int64 // bytes after decompression that are free of the ratio
	members  int   // of an archive
	badRows  int   // rows of a table with a quote never closed
}

func defaultLimits() limits {
	return limits{
		record:   16 << 20,
		quoted:   1 << 20,
		document: 256 << 20,
		depth:    64,
		unpacked: 64 << 30,
		ratio:    300,
		slack:    64 << 20,
		members:  200_000,
		badRows:  1000,
	}
}
