package linker

// The parameters of FNV-1a, by which words and sentences are hashed.
const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
	// hashSpread is 2^64 over the golden ratio: by it the high bits depend on all.
	hashSpread = 0x9e3779b97f4a7c15
)

// hashOf hashes a folded word. Words of digits are all the same: dates, sums and
// telephone numbers make no other sentence.
func hashOf(folded string) uint32 {
	h, digits := uint64(hashSeed), true
	for i := range len(folded) {
		digits = digits && folded[i]-'0' < 10
		h = (h ^ uint64(folded[i])) * hashPrime
	}
	if digits {
		return 0
	}
	return uint32(h>>32) ^ uint32(h)
}

// hashOfTokens hashes a sentence: its words in their order, without articles,
// capitals, punctuation and figures.
func hashOfTokens(tokens []token) uint64 {
	h := uint64(hashSeed)
	for i := range tokens {
		h = (h ^ uint64(tokens[i].hash)) * hashPrime
		h ^= h >> 29 // spread what FNV leaves in the low bits
	}
	return h
}

// sketch counts hashes in little memory, never too few (count-min). Counts stop
// at 255. Adding commutes, so that the order does not matter.
type sketch [][]uint8

const (
	sketchRows = 4
	sketchBits = 22
)

func newSketch() sketch {
	s := make(sketch, sketchRows)
	for i := range s {
		s[i] = make([]uint8, 1<<sketchBits)
	}
	return s
}

// cell returns the cell of a hash in a row.
func (s sketch) cell(row int, hash uint64) *uint8 {
	return &s[row][hash*(hashSpread*uint64(2*row+1))>>(64-sketchBits)]
}

func (s sketch) add(hash uint64) {
	for row := range s {
		if c := s.cell(row, hash); *c < 255 {
			*c++
		}
	}
}

func (s sketch) count(hash uint64) uint8 {
	least := uint8(255)
	for row := range s {
		least = min(least, *s.cell(row, hash))
	}
	return least
}
