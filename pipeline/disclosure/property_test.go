package disclosure_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp" //nolint:misspell // a path

	"github.com/skillsgap/skillsgap/pipeline/disclosure"
)

// intruder is the test's own sight of a publication without hierarchies: the
// equations between withheld cells, as matrix and right-hand side.
type intruder struct {
	cells []string // withheld
	a     [][]float64
	b     []float64
}

// cellName names a cell by its conditions.
func cellName(t *disclosure.Table, at []string) string {
	s := ""
	for i, c := range at {
		if c != "" {
			s += t.Dimensions[i] + "=" + c + " "
		}
	}
	return s
}

func newIntruder(p *disclosure.Publication) *intruder {
	in, values, withheld := &intruder{}, map[string]int64{}, map[string]bool{}
	name := cellName
	number := map[string]int{}
	for i := range p.Tables {
		for _, c := range p.Tables[i].Cells {
			n := name(&p.Tables[i], c.At)
			if values[n] = c.Value; c.Withheld && !withheld[n] {
				withheld[n], number[n] = true, len(in.cells)
				in.cells = append(in.cells, n)
			}
		}
	}
	for i := range p.Tables {
		t := &p.Tables[i]
		lines := map[string][]string{}
		for k := range t.Dimensions {
			for _, c := range t.Cells {
				if c.At[k] != "" {
					up := slices.Clone(c.At)
					up[k] = ""
					key := fmt.Sprint(name(t, up), "#", k)
					if lines[key] == nil {
						lines[key] = []string{name(t, up)}
					}
					lines[key] = append(lines[key], name(t, c.At))
				}
			}
		}
		for _, line := range lines {
			row, right := make([]float64, len(in.cells)), 0.0
			for k, n := range line {
				sign := -1.0
				if k == 0 {
					sign = 1
				}
				if withheld[n] {
					row[number[n]] += sign
				} else {
					right -= sign * float64(values[n])
				}
			}
			in.a, in.b = append(in.a, row), append(in.b, right)
		}
	}
	in.reduce()
	return in
}

// reduce drops dependent rows by Gaussian elimination.
func (in *intruder) reduce() {
	row := 0
	for c := 0; c < len(in.cells) && row < len(in.a); c++ {
		pivot := slices.IndexFunc(in.a[row:], func(r []float64) bool { return math.Abs(r[c]) > 1e-9 })
		if pivot < 0 {
			continue
		}
		pivot += row
		in.a[row], in.a[pivot], in.b[row], in.b[pivot] = in.a[pivot], in.a[row], in.b[pivot], in.b[row]
		for o := range in.a {
			if f := in.a[o][c] / in.a[row][c]; o != row && f != 0 {
				for k := range in.a[o] {
					in.a[o][k] -= f * in.a[row][k]
				}
				in.b[o] -= f * in.b[row]
			}
		}
		row++
	}
	in.a, in.b = in.a[:row], in.b[:row]
}

// bounds returns the least and greatest value of a cell by gonum's simplex method.
func (in *intruder) bounds(t testing.TB, cell int) (low, high float64) {
	if len(in.a) == 0 {
		return 0, math.Inf(1)
	}
	m := mat.NewDense(len(in.a), len(in.cells), nil)
	used := make([]bool, len(in.cells))
	for i, r := range in.a {
		for j, v := range r {
			m.Set(i, j, v)
			used[j] = used[j] || v != 0
		}
	}
	if !used[cell] || slices.Contains(used, false) {
		t.Fatal("a cell in no equation")
	}
	c := make([]float64, len(in.cells))
	c[cell] = 1
	low, _, err := lp.Simplex(c, m, in.b, 1e-9, nil)
	if err != nil {
		t.Logf("least: %v", err)
		return math.NaN(), math.NaN()
	}
	c[cell] = -1
	high, _, err = lp.Simplex(c, m, in.b, 1e-9, nil)
	if errors.Is(err, lp.ErrUnbounded) {
		return low, math.Inf(1)
	}
	if err != nil {
		t.Logf("greatest: %v", err)
		return math.NaN(), math.NaN()
	}
	return low, -high
}

// sets draws tables of up to four dimensions and about most cells.
func sets(r *rand.Rand, most int) *disclosure.Publication {
	var sizes []int
	cells := 1
	for range 1 + r.IntN(4) {
		if k := 2 + r.IntN(7); cells*(k+1) <= most {
			sizes, cells = append(sizes, k), cells*(k+1)
		}
	}
	if sizes == nil {
		sizes = []int{3}
	}
	p := draw(r, int(math.Exp(3+6*r.Float64())), sizes...)
	all := make([]int, len(sizes))
	for i := range all {
		all[i] = i
	}
	tables := [][]int{all}
	if len(all) > 2 && r.IntN(2) == 0 { // linked tables in place of the whole cross
		tables = [][]int{all[:len(all)-1], all[1:], {0, len(all) - 1}}
	}
	return p.publication("now", tables...)
}

// TestIntervals protects random tables and bounds every withheld cell by a linear
// programme of the test's own.
func TestIntervals(t *testing.T) {
	checked := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := sets(r, 60)
		result, err := disclosure.Protect(p, nil, disclosure.Rule{})
		if err != nil {
			t.Fatal(err)
		}
		in := newIntruder(result.Published())
		truth := map[string]int64{}
		for i := range p.Tables {
			for _, c := range p.Tables[i].Cells {
				truth[cellName(&p.Tables[i], c.At)] = c.Value
			}
		}
		for i, n := range in.cells {
			low, high := in.bounds(t, i)
			if math.IsNaN(low) {
				continue
			}
			checked++
			v := truth[n]
			if high-low < 10-1e-6 || v < 10 && (low > 1e-6 || high < 10-1e-6) {
				t.Errorf("seed %d: cell %s of %d lies between %g and %g", seed, n, v, low, high)
			}
		}
	}
	t.Logf("%d cells bounded", checked)
	if checked < 300 {
		t.Errorf("only %d cells bounded", checked)
	}
}

// TestAuditOfProtected audits 200 sets of random tables of up to 300 cells: nothing may be
// found. With SKILLSGAP_DISCLOSURE_CELLS=2000 they have up to 2,000, which takes long.
func TestAuditOfProtected(t *testing.T) {
	most := 300
	if n, err := strconv.Atoi(os.Getenv("SKILLSGAP_DISCLOSURE_CELLS")); err == nil {
		most = n
	}
	for seed := range uint64(200) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 2))
			p := sets(r, most)
			result, err := disclosure.Protect(p, nil, disclosure.Rule{})
			if err != nil {
				t.Fatal(err)
			}
			findings, err := disclosure.Audit([]*disclosure.Publication{result.Published()}, disclosure.Rule{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings[:min(len(findings), 3)] {
				t.Error(f)
			}
		})
	}
}
