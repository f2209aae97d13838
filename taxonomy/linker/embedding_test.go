package linker

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

func TestUnitsOf(t *testing.T) {
	e := &embedding{rows: []int32{0, none, 1}, pairs: map[uint64]int32{pairKey(0, 2): 2, pairKey(1, 2): 3}}
	tests := []struct{ stems, want []int32 }{
		{nil, nil},
		{[]int32{0}, []int32{0}},
		{[]int32{1}, nil},
		{[]int32{0, 2}, []int32{0, 1, 2}},
		{[]int32{2, 0}, []int32{1, 0}}, // a pair has an order
		{[]int32{1, 2}, []int32{1, 3}}, // a pair may know what its stem does not
		{[]int32{0, 7, 2}, []int32{0, 1}},
		{[]int32{2, 2}, []int32{1, 1}},
	}
	for _, tt := range tests {
		if got := e.unitsOf(nil, tt.stems); !slices.Equal(got, tt.want) {
			t.Errorf("units of %v are %v, want %v", tt.stems, got, tt.want)
		}
	}
	if got := e.unitsOf([]int32{9}, []int32{0}); !slices.Equal(got, []int32{9, 0}) {
		t.Errorf("not appended: %v", got)
	}
}

// TestEncode checks that a text gives a vector of length 1 in the direction of
// the sum of its units, whatever their order.
func TestEncode(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	e := &embedding{units: make([]float32, 20*dimensions)}
	for i := range e.units[:19*dimensions] { // the last unit has no direction
		e.units[i] = float32(r.NormFloat64())
	}
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOf(rapid.Int32Range(0, 19)).Draw(t, "units")
		v, w := make(vector, dimensions), make(vector, dimensions)
		v[0] = 7 // what was there before does not matter
		length := e.encode(v, units)
		if length == 0 {
			if inner(v, v) != 0 || slices.ContainsFunc(units, func(u int32) bool { return u < 19 }) {
				t.Fatalf("no direction, but %v", v)
			}
			return
		}
		if math.Abs(float64(inner(v, v))-1) > 1e-5 {
			t.Fatalf("length %v", inner(v, v))
		}
		e.encode(w, rapid.Permutation(units).Draw(t, "order"))
		if inner(v, w) < 1-1e-5 {
			t.Fatalf("another order gives another direction: cosine %v", inner(v, w))
		}
	})
}

// TestStandardise checks that texts are about as near as nothing to skills of
// which they do not speak, and far nearer to their own.
func TestStandardise(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	const n = 400
	e := &embedding{units: make([]float32, n*dimensions), skills: make([]float32, n*dimensions)}
	var examples []example
	for i := range int32(n) {
		for d := range dimensions {
			row(e.skills, i)[d] = float32(r.NormFloat64()) + 0.5 // all lean to one side
			row(e.units, i)[d] = row(e.skills, i)[d] + float32(r.NormFloat64())
		}
		row(e.skills, i).normalise()
		examples = append(examples, example{skill: i, units: []int32{i}})
	}
	e.standardise(examples)
	v, sum, squares, own, pairs := make(vector, dimensions), 0.0, 0.0, 0.0, 0.0
	for i := range int32(n) {
		e.encode(v, []int32{i})
		own += float64(e.nearness(v, i)) / n
		for j := range int32(n) {
			if j != i {
				near := float64(e.nearness(v, j))
				sum, squares, pairs = sum+near, squares+near*near, pairs+1
			}
		}
	}
	if mean := sum / pairs; math.Abs(mean) > 0.03 {
		t.Errorf("strangers are %v near", mean)
	}
	if deviation := math.Sqrt(squares / pairs); math.Abs(deviation-0.1) > 0.02 {
		t.Errorf("strangers deviate by %v, want a tenth", deviation)
	}
	if own < 0.3 {
		t.Errorf("texts are %v near their own skill", own)
	}
}

// TestStandardiseOfLittle has too little to measure a deviation from.
func TestStandardiseOfLittle(t *testing.T) {
	for n := range 4 {
		e := &embedding{units: make([]float32, dimensions), skills: make([]float32, 4*dimensions)}
		e.units[0] = 1
		var examples []example
		for i := range n { // all texts lie equally near all skills
			row(e.skills, int32(i))[0] = 1
			examples = append(examples, example{skill: int32(i), units: []int32{0}})
		}
		e.standardise(examples)
		if e.mean != 0 || e.deviation != 1 {
			t.Errorf("%d examples: mean %v, deviation %v", n, e.mean, e.deviation)
		}
	}
}

// TestCooccurrence works a corpus by hand. Places: stem 0 is left out, 1 to 3 are
// numbered 0 to 2.
func TestCooccurrence(t *testing.T) {
	c := &corpus{sentences: [][]int32{{1, 2}, {1, 2}, {1, 0, 3}, {3}, {2, 2}}}
	rows := cooccurrence(c, []int32{none, 0, 1, 2}, 3)
	// Seen together: 0 and 1 twice next to each other, 0 and 2 once, two apart.
	// A stem with itself does not count. Total: 2 * (1 + 1 + 1/2) = 5.
	want := map[[2]int32]float64{
		{0, 1}: math.Log(2 * 5 / 2.5 / 2),
		{0, 2}: math.Log(0.5 * 5 / 2.5 / 0.5),
	}
	got := 0
	for a := range rows {
		for k, b := range rows[a].columns {
			got++
			if w, ok := want[[2]int32{min(int32(a), b), max(int32(a), b)}]; !ok || math.Abs(rows[a].values[k]-w) > 1e-12 {
				t.Errorf("%d with %d: %v, want %v", a, b, rows[a].values[k], w)
			}
		}
	}
	if got != 2*len(want) {
		t.Errorf("%d values, want each of %d twice", got, len(want))
	}
}

// TestCooccurrenceIsSymmetric checks random corpora.
func TestCooccurrenceIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 8
		c := &corpus{sentences: rapid.SliceOf(rapid.SliceOfN(rapid.Int32Range(0, n-1), 1, 12)).Draw(t, "sentences")}
		places := make([]int32, n)
		for i := range places {
			places[i] = int32(i)
		}
		dense := mat.NewDense(n, n, nil)
		for a, r := range cooccurrence(c, places, n) {
			if !slices.IsSorted(r.columns) || len(slices.Compact(slices.Clone(r.columns))) != len(r.columns) {
				t.Fatalf("columns %v", r.columns)
			}
			for k, b := range r.columns {
				if r.values[k] <= 0 {
					t.Fatalf("value %v", r.values[k])
				}
				dense.Set(a, int(b), r.values[k])
			}
		}
		if !mat.Equal(dense, dense.T()) {
			t.Fatal("not symmetric")
		}
	})
}

// TestFactors gives a matrix with few directions of which all matter: the
// coordinates give it back.
func TestFactors(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const n, rank = 60, 5
	basis := mat.NewDense(n, rank, nil)
	for i := range n {
		for j := range rank {
			basis.Set(i, j, r.NormFloat64())
		}
	}
	var whole mat.Dense
	whole.Mul(basis, basis.T())
	rows := make([]sparseRow, n)
	for i := range n {
		for j := range n {
			rows[i].add(int32(j), whole.At(i, j))
		}
	}
	got, err := factors(rows, r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range int32(n) {
		for j := range int32(n) {
			if v := float64(inner(row(got, i), row(got, j))); math.Abs(v-whole.At(int(i), int(j))) > 1e-3 {
				t.Fatalf("%d, %d: %v, want %v", i, j, v, whole.At(int(i), int(j)))
			}
		}
	}
}

// TestFactorsOfNothing takes matrices that have no directions.
func TestFactorsOfNothing(t *testing.T) {
	for _, n := range []int{1, 2, dimensions, dimensions + oversample + 1} {
		got, err := factors(make([]sparseRow, n), rand.New(rand.NewPCG(1, 1)))
		if err != nil || len(got) != n*dimensions || slices.ContainsFunc(got, func(v float32) bool { return v != 0 }) {
			t.Errorf("%d empty rows: %v", n, err)
		}
	}
}

func TestOrthonormalise(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	a := mat.NewDense(50, 7, nil)
	for i := range 50 {
		for j := range 7 {
			a.Set(i, j, r.NormFloat64()*math.Pow(10, float64(j-3)))
		}
	}
	if err := orthonormalise(a); err != nil {
		t.Fatal(err)
	}
	var products mat.Dense
	products.Mul(a.T(), a)
	for i := range 7 {
		for j := range 7 {
			if math.Abs(products.At(i, j)-float64(btoi(i == j))) > 1e-9 {
				t.Errorf("product of columns %d and %d: %v", i, j, products.At(i, j))
			}
		}
	}
}

// TestLearn checks that learning parts skills that begin in one place.
func TestLearn(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	const n = 40
	e := &embedding{units: make([]float32, n*dimensions), skills: make([]float32, n*dimensions)}
	var examples []example
	for i := range int32(n) {
		for d := range dimensions {
			row(e.units, i)[d] = 1 + float32(r.NormFloat64())/4
			row(e.skills, i)[d] = 1 + float32(r.NormFloat64())/4
		}
		row(e.skills, i).normalise()
		for range 20 {
			examples = append(examples, example{skill: i, units: []int32{i}})
		}
	}
	var losses []float64
	if err := e.learn(t.Context(), examples, r, func(_ int, loss float64) { losses = append(losses, loss) }); err != nil {
		t.Fatal(err)
	}
	if len(losses) != epochs || losses[epochs-1] > losses[0]/2 || losses[epochs-1] < 0 {
		t.Errorf("losses %v", losses)
	}
	v := make(vector, dimensions)
	for i := range int32(n) {
		e.encode(v, []int32{i})
		if own := e.nearestOf(i).Skills[0]; own != uint32(i) {
			t.Errorf("text %d lies nearest to skill %d", i, own)
		}
	}
}
