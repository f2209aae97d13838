package warehouse

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestColumnsMakeRows: rows of all kinds of fields, known or not, come back as they
// were written, over several pages and groups of rows.
func TestColumnsMakeRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkRows[model.Record](t)     // lists, dates
		checkRows[model.Vacancy](t)    // money, optional values
		checkRows[model.SkillGap](t)   // pointers, an embedded struct
		checkRows[model.Credential](t) // truth values, lists in a dictionary
	})
}

func checkRows[R any](t *rapid.T) {
	known := rapid.SampledFrom([]int{0, 1, 2, 7})
	var rows []R
	n := 0
	for range rapid.IntRange(0, 60).Draw(t, "rows") {
		var row R
		for _, f := range reflect.VisibleFields(reflect.TypeFor[R]()) {
			if f.Anonymous || f.Tag.Get("parquet") == "-" || known.Draw(t, f.Name) == 0 {
				continue
			}
			fillValue(reflect.ValueOf(&row).Elem().FieldByIndex(f.Index), &n)
			n %= 5
		}
		rows = append(rows, row)
	}
	var file bytes.Buffer
	to := parquet.NewGenericWriter[R](&file, parquet.MaxRowsPerRowGroup(25), parquet.PageBufferSize(200))
	if err := encode(to, ordered[R]{rows: rows}); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	got, done, err := readRows[R](f)
	if err != nil || !done {
		t.Fatalf("done %v, error %v", done, err)
	}
	if d := cmp.Diff(rows, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatal(d)
	}
}

// TestOtherColumns: a row has only the columns that its file has; one that is stored
// as another kind is left to the reader that converts it.
func TestOtherColumns(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.parquet")
	type stored struct {
		ID    string `parquet:"id"`
		Count int64  `parquet:"count"`
		Other string `parquet:"other"`
	}
	var file bytes.Buffer
	to := parquet.NewGenericWriter[stored](&file, fileOptions("a", Versions{})...)
	if err := encode(to, ordered[stored]{rows: []stored{{"a", 1, "x"}, {"b", 2, "y"}}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	type lacking struct {
		ID   string   `parquet:"id"`
		None *float64 `parquet:"none,optional"`
		List []string `parquet:"tags,list"`
	}
	rows, err := readFile[lacking](name)
	if d := cmp.Diff([]lacking{{ID: "a"}, {ID: "b"}}, rows); d != "" || err != nil {
		t.Error(d, err)
	}
	type converted struct {
		ID    string `parquet:"id"`
		Count int32  `parquet:"count"`
	}
	others, err := readFile[converted](name)
	if d := cmp.Diff([]converted{{"a", 1}, {"b", 2}}, others); d != "" || err != nil {
		t.Error(d, err)
	}
}
