package linker

// The parameters of FNV-1a, by which words and sentences are hashed.
const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
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
	}
	return h
}
