package disclosure_test

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// realData returns the folder of real tables, or skips the test.
func realData(t testing.TB) string {
	dir := os.Getenv("SKILLSGAP_TESTDATA")
	if dir == "" {
		t.Skip("SKILLSGAP_TESTDATA names no folder of real data")
	}
	return dir
}

// readOULAD returns the registrations of the Open University Learning Analytics
// Dataset (Kuzilek, Hlosta and Zdrahal, Scientific Data 2017), each by column.
func readOULAD(t testing.TB) []map[string]string {
	f, err := os.Open(filepath.Join(realData(t), "outcomes", "oulad", "studentInfo.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		r := map[string]string{}
		for i, name := range rows[0] {
			if r[name] = row[i]; row[i] == "" {
				r[name] = "not stated"
			}
		}
		out = append(out, r)
	}
	return out
}

// crossed counts rows by all combinations of dimensions and their totals.
func crossed(name string, rows []map[string]string, dimensions ...string) disclosure.Table {
	table := disclosure.Table{Name: name, Measure: "registrations", Dimensions: dimensions}
	counts, at := map[string]int64{}, map[string][]string{}
	for _, r := range rows {
		for mask := range 1 << len(dimensions) {
			cell, key := make([]string, len(dimensions)), ""
			for i, d := range dimensions {
				if mask&(1<<i) != 0 {
					cell[i] = r[d]
				}
				key += cell[i] + "|"
			}
			counts[key]++
			at[key] = cell
		}
	}
	for key, n := range counts {
		table.Cells = append(table.Cells, disclosure.Cell{At: at[key], Value: n})
	}
	return table
}

// TestOULAD measures what protection costs on real tables: of the cells that have no
// need of it, at most 15 % may be lost.
func TestOULAD(t *testing.T) {
	rows := readOULAD(t)
	if len(rows) != 32_593 {
		t.Fatalf("%d registrations", len(rows))
	}
	for _, attribute := range []bool{false, true} {
		p := &disclosure.Publication{Name: "oulad"}
		for _, d := range []string{"gender", "age_band", "disability", "region", "imd_band", "code_module"} {
			p.Dimensions = append(p.Dimensions, disclosure.Dimension{Name: d})
		}
		p.Dimensions = append(p.Dimensions, disclosure.Dimension{Name: "final_result", Attribute: attribute})
		for _, pair := range [][2]string{{"gender", "age_band"}, {"disability", "region"}, {"imd_band", "code_module"}} {
			p.Tables = append(p.Tables, crossed(pair[0], rows, pair[0], pair[1], "final_result"))
		}
		result, err := disclosure.Protect(p, nil, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		s := result.Summary()
		lost := float64(s.LostSafe) / float64(s.Safe)
		t.Logf("attribute %v: %+v, lost %.1f %%", attribute, s, 100*lost)
		if lost > 0.15 {
			t.Errorf("%.1f %% of the cells above the threshold are lost", 100*lost)
		}
	}
}
