package linker

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"
)

// Boilerplate is the set of sentences that many vacancies repeat and that ask for
// nothing: who the employer is, what it pays, how to apply, equal opportunity. It
// holds hashes and counts, no text, and is immutable.
type Boilerplate struct {
	hashes []uint64 // ascending
	counts []uint32 // documents that have the sentence
}

// Document is a text to learn from.
type Document struct {
	Text     string
	Language string // BCP 47; without one no boilerplate is learnt from it
	Employer string // any key that tells employers apart; "" is unknown
}

// When a sentence is boilerplate. One that does ask is repeated as well ("good
// communication skills"), and must not be taken for it.
const (
	// repeatedDocuments is in how many documents it stands.
	repeatedDocuments = 10
	// repeatedAcross is in how many documents it stands if they are of
	// acrossEmployers employers or more.
	repeatedAcross  = 5
	acrossEmployers = 3
	// dullShare is the share of its documents in which it seems to ask for nothing:
	// that depends on the heading above it.
	dullShare = 0.8
	// dullLikely bounds how likely a sentence of no clear kind asks for something;
	// it has dullWords words or more, for shorter ones may be items of a list.
	dullLikely = 0.4
	dullWords  = 6
	// boilerplateLimit bounds the set; it keeps the sentences of most documents.
	boilerplateLimit = 1 << 16
)

// dull says whether a sentence asks for nothing, as far as its words and its
// heading tell. One word alone is too little to tell.
func (s *sentence) dull() bool {
	switch s.about {
	case aboutDemand:
		return false
	case aboutUnclear:
		return s.likely < dullLikely && s.last-s.first >= dullWords
	}
	return s.last-s.first >= 2
}

// LearnBoilerplate finds the boilerplate of documents. It goes through them
// twice, and they must be the same both times; their order does not matter. It
// needs about 16 MiB and 50 bytes for each repeated sentence. An error means that
// the embedded word lists are damaged.
func LearnBoilerplate(documents iter.Seq[Document]) (*Boilerplate, error) {
	l := learner{readers: map[string]*reader{}, seen: map[uint64]bool{}}
	sketch, counts := newSketch(), map[uint64]repetition{}
	err := l.each(documents, func(h uint64, _ string, dull bool) {
		if dull {
			sketch.add(h)
		}
	})
	if err != nil {
		return nil, err
	}
	err = l.each(documents, func(h uint64, employer string, dull bool) {
		if sketch.count(h) < repeatedAcross {
			return
		}
		r := counts[h]
		r.documents++
		if dull {
			r.dull++
		}
		if employer != "" {
			key := uint64(hashSeed)
			for i := range len(employer) {
				key = (key ^ uint64(employer[i])) * hashPrime
			}
			r.employers |= 1 << (key * hashSpread >> 58)
		}
		counts[h] = r
	})
	if err != nil {
		return nil, err
	}
	return newBoilerplate(counts), nil
}

// learner reads the sentences of documents.
type learner struct {
	readers map[string]*reader // by language
	seen    map[uint64]bool    // in the document
}

// reader reads the documents of one language.
type reader struct {
	lexicon *lexicon
	doc     document
}

// each calls see once for each distinct sentence of each document.
func (l *learner) each(documents iter.Seq[Document], see func(hash uint64, employer string, dull bool)) error {
	for d := range documents {
		r, err := l.reader(primary(d.Language))
		if err != nil {
			return err
		}
		if r.lexicon.home == 0 {
			continue // without words nothing tells what a sentence is about
		}
		r.doc.read(r.lexicon, d.Text)
		r.doc.markContext(r.lexicon)
		clear(l.seen)
		for i := range r.doc.sentences {
			s := &r.doc.sentences[i]
			if s.language == r.lexicon.home && !l.seen[s.hash] {
				l.seen[s.hash] = true
				see(s.hash, d.Employer, s.dull())
			}
		}
	}
	return nil
}

func (l *learner) reader(language string) (*reader, error) {
	if r, ok := l.readers[language]; ok {
		return r, nil
	}
	x, err := newLexicon(language)
	if err != nil {
		return nil, fmt.Errorf("learn boilerplate: %w", err)
	}
	x.seal()
	l.readers[language] = &reader{lexicon: x}
	return l.readers[language], nil
}

// repetition counts the documents of a sentence.
type repetition struct {
	documents, dull uint32
	employers       uint64 // a bit for each, by hash: enough to tell a few from one
}

func (r repetition) enough() bool {
	across := bits.OnesCount64(r.employers) >= acrossEmployers
	return float64(r.dull) >= dullShare*float64(r.documents) &&
		(r.documents >= repeatedDocuments || across && r.documents >= repeatedAcross)
}

func newBoilerplate(counts map[uint64]repetition) *Boilerplate {
	type entry struct {
		hash  uint64
		count uint32
	}
	var kept []entry
	for h, r := range counts {
		if r.enough() {
			kept = append(kept, entry{h, r.documents})
		}
	}
	slices.SortFunc(kept, func(a, b entry) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.hash, b.hash)) })
	kept = kept[:min(len(kept), boilerplateLimit)]
	slices.SortFunc(kept, func(a, b entry) int { return cmp.Compare(a.hash, b.hash) })
	b := &Boilerplate{}
	for _, e := range kept {
		b.hashes, b.counts = append(b.hashes, e.hash), append(b.counts, e.count)
	}
	return b
}

// has says whether the sentence of that hash is boilerplate.
func (b *Boilerplate) has(hash uint64) bool {
	if b == nil {
		return false
	}
	_, ok := slices.BinarySearch(b.hashes, hash)
	return ok
}

// Len returns the number of sentences.
func (b *Boilerplate) Len() int { return len(b.hashes) }

// AppendBinary appends the set to data, as [DecodeBoilerplate] reads it: the
// number of sentences, then by ascending hash the distance from the one before
// and the count, all as varints. It never fails.
func (b *Boilerplate) AppendBinary(data []byte) ([]byte, error) {
	data = binary.AppendUvarint(data, uint64(len(b.hashes)))
	last := uint64(0)
	for i, h := range b.hashes {
		data = binary.AppendUvarint(data, h-last)
		data = binary.AppendUvarint(data, uint64(b.counts[i]))
		last = h
	}
	return data, nil
}

// DecodeBoilerplate reads what AppendBinary wrote and returns what follows it in
// data. An error means that data is damaged.
func DecodeBoilerplate(data []byte) (b *Boilerplate, rest []byte, err error) {
	next := func() uint64 {
		v, n := binary.Uvarint(data)
		if n <= 0 {
			err = errors.New("decode boilerplate: the data is damaged; train the model again")
			return 0
		}
		data = data[n:]
		return v
	}
	b = &Boilerplate{}
	last := uint64(0)
	for n := min(next(), boilerplateLimit+1); n > 0 && err == nil; n-- {
		step, count := next(), next()
		if err == nil && (last+step < last || len(b.hashes) == boilerplateLimit || count > 1<<32-1) {
			err = errors.New("decode boilerplate: the data is damaged; train the model again")
		}
		last += step
		b.hashes, b.counts = append(b.hashes, last), append(b.counts, uint32(count))
	}
	if err != nil {
		return nil, nil, err
	}
	return b, data, nil
}
