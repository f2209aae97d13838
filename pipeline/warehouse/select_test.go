package warehouse

import (
	"database/sql"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSelect: every value comes as it is stored, an order as it is asked for.
func TestSelect(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	type skill struct {
		URI   string  `json:"uri"`
		Score float64 `json:"score"`
	}
	type row struct {
		N      int64    `json:"n"`
		Third  float64  `json:"third"`
		Day    *string  `json:"day"`
		Skills []skill  `json:"skills"`
		Price  *float64 `json:"price"`
	}
	got, err := Select[row](t.Context(), db, `SELECT n, n / 3 AS third, CASE n WHEN 1 THEN DATE '2026-06-01' END AS day,
		[{uri: $uri, score: 0.8125::DECIMAL(5,4)}] AS skills, NULL::DECIMAL(18,2) AS price FROM range(1, 3) t(n) ORDER BY n`, sql.Named("uri", `a"b`))
	if err != nil {
		t.Fatal(err)
	}
	day := "2026-06-01"
	want := []row{{1, 1.0 / 3, &day, []skill{{`a"b`, 0.8125}}, nil}, {2, 2.0 / 3, nil, []skill{{`a"b`, 0.8125}}, nil}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	type number struct{ X float64 }
	for _, x := range []float64{0.1, math.Nextafter(1, 2), 1e-300, 123456789.123456789, -1.0 / 7} {
		got, err := Select[number](t.Context(), db, "SELECT $x::DOUBLE AS x", sql.Named("x", x))
		if err != nil || len(got) != 1 || got[0].X != x {
			t.Errorf("%v came as %v, %v", x, got, err)
		}
	}
	if _, err := Select[number](t.Context(), db, "SELECT 'a' AS x"); err == nil {
		t.Error("a text became a number")
	}
}
