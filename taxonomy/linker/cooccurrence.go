package linker

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas"
	blasgo "gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"
)

// sparseRow is a row of a symmetric matrix, by ascending column.
type sparseRow struct {
	columns []int32
	values  []float64
}

// cooccurrence returns the positive pointwise mutual information of the stems
// that places numbers (none: left out), seen together within contextWords, the
// nearer the more. Source: Levy, Goldberg and Dagan, "Improving Distributional
// Similarity with Lessons Learned from Word Embeddings", TACL 3, 2015.
func cooccurrence(c *corpus, places []int32, n int) []sparseRow {
	together, alone, total := map[uint64]float64{}, make([]float64, n), 0.0
	for _, stems := range c.sentences {
		for i, s := range stems {
			for j := i + 1; j < min(len(stems), i+1+contextWords); j++ {
				a, b := places[s], places[stems[j]]
				if a == none || b == none || a == b {
					continue
				}
				near := 1 / float64(j-i)
				together[pairKey(min(a, b), max(a, b))] += near
				alone[a] += near
				alone[b] += near
				total += 2 * near
			}
		}
	}
	keys := make([]uint64, 0, len(together))
	for k := range together {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	rows := make([]sparseRow, n)
	for _, k := range keys {
		a, b := int32(k>>32), int32(uint32(k))
		if v := math.Log(together[k] * total / alone[a] / alone[b]); v > 0 {
			rows[a].add(b, v)
			rows[b].add(a, v)
		}
	}
	return rows
}

func (r *sparseRow) add(column int32, value float64) {
	r.columns, r.values = append(r.columns, column), append(r.values, value)
}

// How the factors are found: by so many rounds, from so many more directions
// than are kept.
const (
	powerRounds = 3
	oversample  = 16
)

// factors returns, for each row of a symmetric matrix, its coordinates along the
// strongest eigenvectors, by the root of the strength. Source: Halko, Martinsson
// and Tropp, "Finding Structure with Randomness", SIAM Review 53, 2011.
func factors(rows []sparseRow, r *rand.Rand) ([]float32, error) {
	n := len(rows)
	width := min(n, dimensions+oversample)
	y, next := mat.NewDense(n, width, nil), mat.NewDense(n, width, nil)
	for i := range n {
		for j := range width {
			y.Set(i, j, r.NormFloat64())
		}
	}
	for range powerRounds {
		multiply(rows, y, next)
		if err := orthonormalise(next); err != nil {
			return nil, err
		}
		y, next = next, y
	}
	multiply(rows, y, next)
	var small, u mat.Dense
	small.Mul(y.T(), next)
	strengths, vectors, err := eigen(&small)
	if err != nil {
		return nil, err
	}
	u.Mul(y, vectors)
	out := make([]float32, n*dimensions)
	for i := range n {
		for j := range min(dimensions, width) {
			out[i*dimensions+j] = float32(u.At(i, j) * math.Sqrt(math.Abs(strengths[j])))
		}
	}
	return out, nil
}

// multiply sets out to the product of the sparse and the dense matrix.
func multiply(rows []sparseRow, y, out *mat.Dense) {
	inParallel(len(rows), func(i int) {
		sum := out.RawRowView(i)
		clear(sum)
		for k, c := range rows[i].columns {
			blasgo.Implementation{}.Daxpy(len(sum), rows[i].values[k], y.RawRowView(int(c)), 1, sum, 1)
		}
	})
}

// orthonormalise makes the columns orthonormal, by the Cholesky factor of their
// products, twice, for the sake of precision.
func orthonormalise(a *mat.Dense) error {
	rows, columns := a.Dims()
	for range 2 {
		var products mat.Dense
		products.Mul(a.T(), a)
		trace := mat.Trace(&products)
		symmetric := mat.NewSymDense(columns, nil)
		for i := range columns {
			for j := i; j < columns; j++ {
				symmetric.SetSym(i, j, products.At(i, j))
			}
			symmetric.SetSym(i, i, products.At(i, i)+1e-12*trace+math.SmallestNonzeroFloat64)
		}
		var factor mat.Cholesky
		if !factor.Factorize(symmetric) {
			return fmt.Errorf("factorise co-occurrence of %d stems: the text is too little or too uniform", rows)
		}
		var upper mat.TriDense
		factor.UTo(&upper)
		blasgo.Implementation{}.Dtrsm(blas.Right, blas.Upper, blas.NoTrans, blas.NonUnit, rows, columns, 1, upper.RawTriangular().Data, upper.RawTriangular().Stride, a.RawMatrix().Data, a.RawMatrix().Stride)
	}
	return nil
}

// eigen returns the eigenvalues and vectors of a matrix that is symmetric but
// for rounding, strongest first.
func eigen(a *mat.Dense) ([]float64, *mat.Dense, error) {
	n, _ := a.Dims()
	symmetric := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			symmetric.SetSym(i, j, (a.At(i, j)+a.At(j, i))/2)
		}
	}
	var e mat.EigenSym
	if !e.Factorize(symmetric, true) {
		return nil, nil, fmt.Errorf("factorise co-occurrence: %d eigenvalues do not converge", n)
	}
	values := e.Values(nil)
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(math.Abs(values[j]), math.Abs(values[i])) })
	strengths, sorted := make([]float64, n), mat.NewDense(n, n, nil)
	for to, from := range order {
		strengths[to] = values[from]
		sorted.SetCol(to, mat.Col(nil, from, &vectors))
	}
	return strengths, sorted, nil
}
