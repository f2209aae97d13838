package warehouse

import (
	"errors"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestNoWayAroundProtection tries every way of writing public rows about learners.
func TestNoWayAroundProtection(t *testing.T) {
	learners := model.Regions
	learners.Learners = true
	rows := []model.Region{{RegionCode: "AT"}}
	d := begin(t, t.TempDir(), "s1")
	w := NewWriter(d, learners)
	_, opened := w.Open(0)
	_, reused := w.Reuse(0, "inputs")
	for name, err := range map[string]error{
		"Write": Write(d, learners, rows), "Partition": w.Partition(0, rows), "Open": opened,
		"Carry": w.Carry(0), "Reuse": reused, "Close": w.Close(),
	} {
		if !errors.Is(err, ErrUnprotected) {
			t.Errorf("%s: got %v, want ErrUnprotected", name, err)
		}
	}
	if err := WriteProtected(d, learners, disclosure.Protected[model.Region]{}); err == nil {
		t.Error("rows that nobody protected were written")
	}
	if d.Rows() != 0 {
		t.Errorf("%d rows were written", d.Rows())
	}
}

// TestProtectedRows writes rows made of a protected publication, and keeps them in the
// next snapshot.
func TestProtectedRows(t *testing.T) {
	learners, workspace := model.Regions, t.TempDir()
	learners.Learners = true
	result, err := disclosure.Protect(&disclosure.Publication{
		Name: "p", Dimensions: []disclosure.Dimension{{Name: "region"}},
		Tables: []disclosure.Table{{Name: "t", Measure: "persons", Dimensions: []string{"region"}, Cells: []disclosure.Cell{{At: []string{"AT"}, Value: 20}, {At: []string{"BE"}, Value: 3}}}},
	}, nil, disclosure.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	protected, err := disclosure.Rows(result, []string{"AT", "BE"}, func(r *disclosure.Result, code string) (model.Region, error) {
		row := model.Region{RegionCode: code}
		if _, shown := r.Value("t", code); shown {
			row.Label = "shown"
		}
		return row, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d := begin(t, workspace, "s1")
	if err := WriteProtected(d, learners, protected); err != nil {
		t.Fatal(err)
	}
	commit(t, d)
	base, err := Latest(workspace, "2020-11-30")
	if err != nil {
		t.Fatal(err)
	}
	next := begin(t, workspace, "s2")
	next.Continue(base)
	if err := KeepProtected(next, learners); err != nil {
		t.Fatal(err)
	}
	commit(t, next)
	db := open(t, workspace, Options{})
	if got := texts(t, db, "SELECT region_code, label FROM regions ORDER BY 1"); len(got) != 2 || got[0][1] != "shown" || got[1][1] == "shown" {
		t.Errorf("kept rows are %v", got)
	}
}
