package warehouse

import (
	"bytes"
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
		var runs []int // of unknown and known rows, in turn
		for range rapid.IntRange(1, 4).Draw(t, "blocks") {
			y := rapid.IntRange(1, 31).Draw(t, "y")
			runs = append(runs, y, rapid.SampledFrom([]int{y, y, 1, 64 - y}).Draw(t, "known"), rapid.IntRange(1, 130).Draw(t, "unknown"), rapid.IntRange(0, 70).Draw(t, "known again"))
		}
		checkNulls(t, runs)
	})
	checkNulls(t, []int{1, 1, 126})
}

type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func checkNulls(t failer, runs []int) {
	t.Helper()
	var rows []model.Vacancy
	unknown := 0
	for i, n := range runs {
		for range n {
			v := model.Vacancy{VacancyID: "v"}
			if i%2 == 1 {
				v.URL, v.ExpiresOn = "https://example.org/", 18000
			} else {
				unknown++
			}
			rows = append(rows, v)
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
	for _, column := range []string{"url", "expires_on"} {
		leaf, _ := f.Schema().Lookup(column)
		chunk := f.RowGroups()[0].ColumnChunks()[leaf.ColumnIndex].(*parquet.FileColumnChunk)
		if nulls := int(chunk.NullCount()); nulls != unknown {
			t.Fatalf("%s: %d nulls of %d rows in runs %v, want %d", column, nulls, len(rows), runs, unknown)
		}
	}
}
