package disclosure_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// TestOrder shuffles tables, dimensions and cells: the same is withheld.
func TestOrder(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 4))
		p := draw(r, 1500, 3, 4, 5).publication("p", []int{0, 1}, []int{1, 2}, []int{0, 2})
		want, err := disclosure.Protect(p, nil, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		r.Shuffle(len(p.Tables), func(i, j int) { p.Tables[i], p.Tables[j] = p.Tables[j], p.Tables[i] })
		r.Shuffle(len(p.Dimensions), func(i, j int) { p.Dimensions[i], p.Dimensions[j] = p.Dimensions[j], p.Dimensions[i] })
		for i := range p.Tables {
			cells := p.Tables[i].Cells
			r.Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
		}
		got, err := disclosure.Protect(p, nil, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Release(), want.Release()) {
			t.Errorf("seed %d: another order withholds other cells", seed)
		}
	}
}

// TestRefused gives figures that contradict each other.
func TestRefused(t *testing.T) {
	table := func(name string, cells ...disclosure.Cell) disclosure.Table {
		return disclosure.Table{Name: name, Measure: "persons", Dimensions: []string{"d"}, Cells: cells}
	}
	a, b, total := disclosure.Cell{At: []string{"a"}, Value: 20}, disclosure.Cell{At: []string{"b"}, Value: 30}, disclosure.Cell{At: []string{""}, Value: 55}
	other, below := a, disclosure.Cell{At: []string{"a"}, Value: -1}
	other.Value = 21
	for want, tables := range map[string][]disclosure.Table{
		"give what is left as a category":   {table("t", a, b, total)},
		"another table gives another value": {table("t", a), table("u", other)},
		"two of that name":                  {table("t", a), table("t", a)},
		"below 0":                           {table("t", below)},
		"want a category for each":          {table("t", disclosure.Cell{})},
		"not declared":                      {{Name: "t", Dimensions: []string{"e"}}},
	} {
		p := &disclosure.Publication{Dimensions: []disclosure.Dimension{{Name: "d"}}, Tables: tables}
		if _, err := disclosure.Protect(p, nil, disclosure.Rule{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, err := disclosure.Protect(&disclosure.Publication{}, nil, disclosure.Rule{Threshold: 2}); err == nil {
		t.Error("a threshold of 2 was taken")
	}
}

// TestRows makes rows of shown figures alone.
func TestRows(t *testing.T) {
	p := &disclosure.Publication{Dimensions: []disclosure.Dimension{{Name: "d"}}, Tables: []disclosure.Table{{
		Name: "t", Measure: "persons", Dimensions: []string{"d"},
		Cells: []disclosure.Cell{{At: []string{"a"}, Value: 20}, {At: []string{"b"}, Value: 3}},
	}}}
	result, err := disclosure.Protect(p, nil, disclosure.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := disclosure.Rows(result, []string{"a", "b", "c"}, func(r *disclosure.Result, key string) (int64, error) {
		if v, shown := r.Value("t", key); shown {
			return v, nil
		}
		return -1, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rows.Open(); err != nil || !reflect.DeepEqual(got, []int64{20, -1, -1}) {
		t.Errorf("rows are %v, %v", got, err)
	}
	if _, err := disclosure.Rows(&disclosure.Result{}, []int{1}, func(*disclosure.Result, int) (int, error) { return 1, nil }); err == nil {
		t.Error("rows were made of a result that is not of Protect")
	}
}

// TestAuditFinds audits tables that tell too much.
func TestAuditFinds(t *testing.T) {
	cells := func(a, b, total int64, withheld ...int) *disclosure.Publication {
		p := &disclosure.Publication{Name: "p", Dimensions: []disclosure.Dimension{{Name: "d"}}, Tables: []disclosure.Table{{
			Name: "t", Measure: "persons", Dimensions: []string{"d"},
			Cells: []disclosure.Cell{{At: []string{"a"}, Value: a}, {At: []string{"b"}, Value: b}, {At: []string{""}, Value: total}},
		}}}
		for _, i := range withheld {
			p.Tables[0].Cells[i].Withheld, p.Tables[0].Cells[i].Value = true, 0
		}
		return p
	}
	for want, published := range map[string][]*disclosure.Publication{
		"shown, below the threshold":     {cells(5, 20, 25)},
		"between 5 and 5":                {cells(5, 20, 25, 0)},
		"between 0 and 8":                {cells(5, 3, 8, 0, 1)},
		"change by 4 since an earlier":   {cells(20, 20, 40), cells(24, 40, 64)},
		"change by 3 since an earlier":   {cells(20, 20, 40), cells(23, 40, 63, 0)},
		"change by -2 since an earlier ": {cells(20, 20, 40), cells(18, 40, 58)},
	} {
		findings, err := disclosure.Audit(published, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range findings {
			found = found || strings.Contains(f.String(), want)
		}
		if !found {
			t.Errorf("found %v, want %q", findings, want)
		}
	}
	if _, err := disclosure.Audit([]*disclosure.Publication{cells(5, 20, 26)}, disclosure.Rule{}); err == nil {
		t.Error("contradictory tables were audited")
	}
}
