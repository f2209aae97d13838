package linker

import (
	"math"

	blas "gonum.org/v1/gonum/blas/gonum"
)

// dimensions is the length of the vectors.
const dimensions = 128

// vector is a point in the space of an embedding.
type vector []float32

func inner(a, b vector) float32 { return blas.Implementation{}.Sdot(len(a), a, 1, b, 1) }

// addScaled adds factor times b to a.
func (a vector) addScaled(factor float32, b vector) {
	blas.Implementation{}.Saxpy(len(b), factor, b, 1, a, 1)
}

// normalise scales the vector to length 1 and returns the length that it had.
func (a vector) normalise() float32 {
	length := float32(math.Sqrt(float64(inner(a, a))))
	if length > 0 {
		blas.Implementation{}.Sscal(len(a), 1/length, a, 1)
	}
	return length
}

// embedding places the units of texts (stems, and pairs of neighbouring stems)
// and the skills of one language in one space. A text lies in the direction of
// the sum of its units, and a skill is the nearer the smaller the angle.
type embedding struct {
	rows    []int32          // by stem: its row in units, or none
	pairs   map[uint64]int32 // by pairKey: the same
	units   []float32        // rows of vectors; their lengths are weights
	skills  []float32        // rows of vectors of length 1, by skill; 0 for one without a name
	nearest [][]near         // by stem: the skills for which it says most
	// mean and deviation of the cosine between a text and a skill of which it
	// does not speak
	mean, deviation float32
}

// near is what a stem alone says for a skill.
type near struct {
	skill  int32
	weight float32
}

// pairKey joins two stems to one key.
func pairKey(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

func row(rows []float32, i int32) vector {
	return rows[int(i)*dimensions : int(i+1)*dimensions]
}

// unitsOf appends the rows of the units of content stems.
func (e *embedding) unitsOf(units, stems []int32) []int32 {
	for i, s := range stems {
		if int(s) < len(e.rows) && e.rows[s] != none {
			units = append(units, e.rows[s])
		}
		if i > 0 {
			if r, ok := e.pairs[pairKey(stems[i-1], s)]; ok {
				units = append(units, r)
			}
		}
	}
	return units
}

// encode sets v to the direction of a text with these units and returns the
// length of their sum.
func (e *embedding) encode(v vector, units []int32) float32 {
	clear(v)
	for _, u := range units {
		v.addScaled(1, row(e.units, u))
	}
	return v.normalise()
}

// nearness says how much nearer a text in that direction lies to a skill than
// texts mostly do, in tens of deviations.
func (e *embedding) nearness(text vector, skill int32) float32 {
	return (inner(text, row(e.skills, skill)) - e.mean) / e.deviation / 10
}

// strangers is from how many pairs of a text and a skill the mean and deviation
// of the cosine are taken.
const strangers = 20_000

// leastDeviation is the least that is taken for one: it keeps nearness finite
// where all texts lie equally near.
const leastDeviation = 1e-3

// standardise measures how near texts lie to skills of which they do not speak:
// example i to the skill of an example far from it in order.
func (e *embedding) standardise(examples []example) {
	e.mean, e.deviation = 0, 1
	v, sum, squares, n := make(vector, dimensions), 0.0, 0.0, 0.0
	for k := range min(strangers, len(examples)) {
		i := k * len(examples) / min(strangers, len(examples))
		other := examples[(i+len(examples)/2)%len(examples)]
		if e.encode(v, examples[i].units) == 0 || other.skill == examples[i].skill {
			continue
		}
		cosine := float64(inner(v, row(e.skills, other.skill)))
		sum, squares, n = sum+cosine, squares+cosine*cosine, n+1
	}
	if n > 1 {
		mean := sum / n
		if deviation := math.Sqrt(max(0, squares/n-mean*mean)); deviation >= leastDeviation {
			e.mean, e.deviation = float32(mean), float32(deviation)
		}
	}
}
