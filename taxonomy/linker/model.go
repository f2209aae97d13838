package linker

import (
	"cmp"
	"math"
	"slices"
)

// Model is what training learnt: see [Train]. It belongs to one taxonomy.
type Model struct {
	Taxonomy  string // fingerprint of the taxonomy that it was trained for
	Method    string // version of the linker, without taxonomy and model, that trained it
	Languages []languageModel
	// Boilerplate is a [Boilerplate] as AppendBinary writes it.
	Boilerplate []byte
}

// languageModel is what was learnt of one language.
type languageModel struct {
	Language  string
	Stems     []string
	Pairs     [][2]uint32 // places in Stems
	Units     quantised   // of stems, then of pairs
	Skills    quantised
	Nearest   []nearest // by stem
	Mean      float32   // see embedding
	Deviation float32
}

// nearest are the skills for which a stem says most, with weights in 1/255 of
// the largest.
type nearest struct {
	Largest float32
	Skills  []uint32
	Weights []byte
}

// quantised are vectors in a byte a dimension: each value is that many times the
// scale of its row.
type quantised struct {
	Scales []float32
	Values []byte // of int8
}

// nearestLimit is how many skills are kept for a stem.
const nearestLimit = 32

// quantise stores rows of vectors.
func quantise(rows []float32) quantised {
	q := quantised{Values: make([]byte, len(rows))}
	for i := 0; i < len(rows); i += dimensions {
		largest := float32(0)
		for _, v := range rows[i : i+dimensions] {
			largest = max(largest, max(v, -v))
		}
		scale := largest / math.MaxInt8
		q.Scales = append(q.Scales, scale)
		for j, v := range rows[i : i+dimensions] {
			if scale > 0 {
				q.Values[i+j] = byte(int8(math.Round(float64(v / scale))))
			}
		}
	}
	return q
}

// rows returns the vectors that quantise stored.
func (q *quantised) rows() []float32 {
	rows := make([]float32, len(q.Values))
	for i, v := range q.Values {
		rows[i] = float32(int8(v)) * q.Scales[i/dimensions]
	}
	return rows
}

// store fills the model from an embedding with vectors for these stems.
func (m *languageModel) store(x *index, e *embedding, stems []int32) {
	names := make([]string, len(x.lexicon.stems))
	for s, i := range x.lexicon.stems {
		names[i] = s
	}
	for _, s := range stems {
		m.Stems = append(m.Stems, names[s])
	}
	pairs := make([]uint64, len(e.pairs))
	for k, r := range e.pairs {
		pairs[int(r)-len(stems)] = k
	}
	for _, k := range pairs {
		m.Pairs = append(m.Pairs, [2]uint32{uint32(e.rows[k>>32]), uint32(e.rows[uint32(k)])})
	}
	m.Units, m.Skills = quantise(e.units), quantise(e.skills)
	m.Mean, m.Deviation = e.mean, e.deviation
	m.Nearest = make([]nearest, len(stems))
	inParallel(len(stems), func(i int) { m.Nearest[i] = e.nearestOf(int32(i)) })
}

// nearestOf returns the skills for which a unit says most.
func (e *embedding) nearestOf(unit int32) nearest {
	v := row(e.units, unit)
	best := make([]near, 0, nearestLimit+1)
	for s := range int32(len(e.skills) / dimensions) {
		weight := inner(v, row(e.skills, s))
		if weight <= 0 || len(best) == nearestLimit && weight <= best[nearestLimit-1].weight {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, weight, func(n near, w float32) int { return cmp.Or(cmp.Compare(w, n.weight), -1) })
		best = slices.Insert(best, at, near{skill: s, weight: weight})
		best = best[:min(len(best), nearestLimit)]
	}
	n := nearest{}
	for _, b := range best {
		n.Largest = max(n.Largest, b.weight)
		n.Skills = append(n.Skills, uint32(b.skill))
		n.Weights = append(n.Weights, byte(math.Round(float64(b.weight/n.Largest*math.MaxUint8))))
	}
	return n
}

// embed gives the index what the model learnt of its language, if anything.
func (x *index) embed(all *Model) {
	at := slices.IndexFunc(all.Languages, func(m languageModel) bool { return m.Language == x.lexicon.language })
	if at < 0 || len(all.Languages[at].Stems) == 0 {
		return
	}
	m := &all.Languages[at]
	e := &embedding{pairs: make(map[uint64]int32, len(m.Pairs)), units: m.Units.rows(), skills: m.Skills.rows(), mean: m.Mean, deviation: m.Deviation}
	numbers := make([]int32, len(m.Stems))
	for i, s := range m.Stems {
		numbers[i] = number(x.lexicon.stems, s)
	}
	extra := len(x.lexicon.stems) - len(x.weight) // stems that no name has weigh nothing
	x.weight = append(x.weight, make([]float32, extra)...)
	x.postings = append(x.postings, make([][]posting, extra)...)
	x.heaviest = append(x.heaviest, make([][]int32, extra)...)
	e.rows, e.nearest = make([]int32, len(x.lexicon.stems)), make([][]near, len(x.lexicon.stems))
	for i := range e.rows {
		e.rows[i] = none
	}
	for i, s := range numbers {
		e.rows[s] = int32(i)
		n := &m.Nearest[i]
		for j, skill := range n.Skills {
			e.nearest[s] = append(e.nearest[s], near{skill: int32(skill), weight: n.Largest * float32(n.Weights[j]) / math.MaxUint8})
		}
	}
	for i, p := range m.Pairs {
		e.pairs[pairKey(numbers[p[0]], numbers[p[1]])] = int32(len(m.Stems) + i)
	}
	x.embedding = e
}
