package linker

// judgements remembers what the words of sentences speak of, for real feeds repeat
// them. It forgets everything when it is full.
type judgements struct {
	spans map[uint64]span // by keyOfTokens
	links []found
}

// span is a part of judgements.links.
type span struct{ first, last int32 }

const (
	judgementLimit = 1 << 16
	// remembered is the probability from which links are remembered; the more
	// faint ones are many.
	remembered = 0.05
)

func (j *judgements) find(key uint64) ([]found, bool) {
	s, ok := j.spans[key]
	return j.links[s.first:s.last], ok
}

func (j *judgements) add(key uint64, links []found) {
	if j.spans == nil || len(j.spans) >= judgementLimit {
		j.spans, j.links = make(map[uint64]span, judgementLimit), j.links[:0]
	}
	s := span{first: int32(len(j.links))}
	for _, l := range links {
		if l.score >= remembered {
			j.links = append(j.links, l)
		}
	}
	s.last = int32(len(j.links))
	j.spans[key] = s
}

// keyOfTokens hashes all of a sentence on which its links depend.
func keyOfTokens(tokens []token, shouting bool) uint64 {
	h := uint64(hashSeed)
	mix := func(v uint64) {
		h = (h ^ v) * hashPrime
		h ^= h >> 29
	}
	for i := range tokens {
		t := &tokens[i]
		mix(pairKey(t.stem, t.lemma))
		mix(pairKey(t.light, int32(t.class)))
		mix(uint64(t.letters)<<1 | uint64(btoi(t.broken)))
	}
	mix(uint64(btoi(shouting)))
	return h
}
