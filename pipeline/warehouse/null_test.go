package warehouse

import (
	"bytes"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestNullsAreNulls: whatever the pattern of known and unknown values, as many
// nulls lie in the file as there are unknown values. GenericWriter.Write of
// parquet-go v0.32.0 breaks this: after a run of y values that begins y rows
// into a block of 64, it writes the rest of the block as values.
func TestNullsAreNulls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkNulls(t, drawRuns(t), drawRuns(t))
	})
	checkNulls(t, []int{1, 1, 126}, []int{1, 1, 126})
	checkNulls(t, []int{3, 3, 4, 10, 44}, []int{10, 10, 44}) // what mends the one breaks the other
}

// drawRuns draws lengths of runs of unknown and known rows, in turn.
func drawRuns(t *rapid.T) []int {
	var runs []int
	for range rapid.IntRange(1, 4).Draw(t, "blocks") {
		y := rapid.IntRange(1, 31).Draw(t, "y")
		runs = append(runs, y, rapid.SampledFrom([]int{y, y, 1, 64 - y}).Draw(t, "known"), rapid.IntRange(1, 130).Draw(t, "unknown"), rapid.IntRange(0, 70).Draw(t, "known again"))
	}
	return runs
}

type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// isKnown tells of each row whether it is known.
func isKnown(runs []int) []bool {
	var known []bool
	for i, n := range runs {
		known = append(known, slices.Repeat([]bool{i%2 == 1}, n)...)
	}
	return known
}

// checkNulls writes rows of two optional columns that are known in runs.
func checkNulls(t failer, urls, days []int) {
	t.Helper()
	withURL, withDay := isKnown(urls), isKnown(days)
	rows := make([]model.Vacancy, max(len(withURL), len(withDay)))
	unknown := map[string]int{"url": len(rows), "expires_on": len(rows)}
	for i := range rows {
		if i < len(withURL) && withURL[i] {
			rows[i].URL = "https://example.org/"
			unknown["url"]--
		}
		if i < len(withDay) && withDay[i] {
			rows[i].ExpiresOn = 18000
			unknown["expires_on"]--
		}
	}
	var file bytes.Buffer
	if err := encode(parquet.NewGenericWriter[model.Vacancy](&file), ordered[model.Vacancy]{rows: rows}); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range unknown {
		leaf, _ := f.Schema().Lookup(column)
		chunk := f.RowGroups()[0].ColumnChunks()[leaf.ColumnIndex].(*parquet.FileColumnChunk)
		if nulls := int(chunk.NullCount()); nulls != want {
			t.Fatalf("%s: %d nulls of %d rows, known in runs %v and %v, want %d", column, nulls, len(rows), urls, days, want)
		}
	}
}
