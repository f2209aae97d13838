package generate

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// What streams are for: records of different kinds never share one.
const (
	vacancyStream uint64 = iota + 1
	credentialStream
	identifierStream
	linkedVacancyStream
	linkedCredentialStream
	learnerStream
	comparisonStream
	feedbackStream
	answerStream
	comparedAnswerStream
)

// stream returns the random numbers of one record: the same whatever else is
// generated.
func stream(seed, kind uint64, number int) *rand.Rand {
	return rand.New(rand.NewPCG(scramble(seed+kind), scramble(uint64(number)+kind<<48)))
}

// scramble spreads neighbouring numbers over all of uint64 (SplitMix64).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fixed returns a number from 0 to below 1 that belongs to the names: a
// property of a thing rather than a draw.
func fixed(names ...string) float64 {
	return float64(fixedInt(names...)>>11) / (1 << 53)
}

func fixedInt(names ...string) uint64 {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n))
		h.Write([]byte{0})
	}
	return scramble(h.Sum64())
}

// even returns the ith of three series that fill the cube from 0 to 1 evenly
// and still hit no pattern (R3 of Roberts): what is drawn by them gets its
// share of the records sooner than by chance.
func even(i int) (a, b, c float64) {
	const g = 1.22074408460575947536 // g*g*g*g = g + 1
	at := func(step float64) float64 {
		_, part := math.Modf(0.5 + float64(i)*step)
		return part
	}
	return at(1 / g), at(1 / (g * g)), at(1 / (g * g * g))
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// own returns an element of from that belongs to the names.
func own[T any](from []T, names ...string) T {
	return from[fixedInt(names...)%uint64(len(from))]
}

// weights draws places of a list by weight.
type weights []float64 // running sums

func (w *weights) add(weight float64) { *w = append(*w, w.total()+weight) }

func (w weights) total() float64 {
	if len(w) == 0 {
		return 0
	}
	return w[len(w)-1]
}

func (w weights) draw(r *rand.Rand) int { return w.at(r.Float64()) }

// at returns the place at a part, from 0 to below 1, of the total weight.
func (w weights) at(part float64) int {
	at := part * w.total()
	low, high := 0, len(w)-1
	for low < high {
		if mid := (low + high) / 2; w[mid] <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
