package outcome

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
)

// ordered returns the persons of s, the untreated first, in an order that
// depends on their values alone; those with the same values are interchangeable.
func (s *Sample) ordered() []*Person {
	persons := make([]*Person, len(s.Persons))
	for i := range s.Persons {
		persons[i] = &s.Persons[i]
	}
	slices.SortFunc(persons, comparePersons)
	return persons
}

func comparePersons(a, b *Person) int {
	switch {
	case a.Treated == b.Treated:
	case a.Treated:
		return 1
	default:
		return -1
	}
	return cmp.Or(
		slices.Compare(a.Numeric, b.Numeric),
		slices.Compare(a.Categories, b.Categories),
		cmp.Compare(a.Before, b.Before),
		cmp.Compare(a.Outcome, b.Outcome),
		cmp.Compare(a.Stratum, b.Stratum),
		cmp.Compare(a.Cluster, b.Cluster),
	)
}

// seed is made of the content of ordered persons, so that the same sample is
// always drawn from in the same way.
func seed(persons []*Person) (high, low uint64) {
	h := fnv.New128a()
	number := func(v float64) {
		if math.IsNaN(v) {
			v = math.NaN() // of all that are no numbers one
		}
		_ = binary.Write(h, binary.BigEndian, v+0) // -0 is 0
	}
	for _, p := range persons {
		for _, v := range p.Numeric {
			number(v)
		}
		number(p.Before)
		number(p.Outcome)
		for _, text := range append([]string{p.Stratum, p.Cluster}, p.Categories...) {
			h.Write([]byte(text))
			h.Write([]byte{0})
		}
		_ = binary.Write(h, binary.BigEndian, p.Treated)
	}
	sum := h.Sum(nil)
	return binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])
}
