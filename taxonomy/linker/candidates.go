package linker

import "math"

// candidate is a skill that shares words with a sentence, or lies near it.
type candidate struct {
	skill             int32
	cosine, relevance float32
	learned           float32 // what the stems one by one say for it
	found             int32   // its best find in the sentence, or none
}

// How many skills are looked at closely for a sentence.
const (
	rankLimit = 256
	linkLimit = 64
)

// Weights of the closeness by which candidates are chosen.
const (
	closeRelevance = 0.05
	closeLearned   = 0.5
)

func (c *candidate) closeness() float32 {
	return c.cosine + closeRelevance*c.relevance + closeLearned*c.learned
}

// candidates fills the pool with the skills closest to the sentence that the
// finder holds, about limit of them, and those that found has.
func (w *worker) candidates(x *index, limit int) {
	if len(w.slots) != len(x.types) {
		w.slots = make([]int32, len(x.types))
	}
	w.pool = w.pool[:0]
	norm := float32(0)
	for _, s := range w.finder.stems {
		weight := x.weight[s]
		norm += weight * weight
		for _, p := range x.postings[s] {
			c := w.candidate(p.skill)
			c.cosine += weight * p.cosine
			c.relevance += p.relevance
		}
	}
	if x.embedding != nil && w.length > 0 {
		for _, s := range w.stems {
			if int(s) < len(x.embedding.nearest) {
				for _, n := range x.embedding.nearest[s] {
					w.candidate(n.skill).learned += n.weight / w.length
				}
			}
		}
	}
	for i := range w.found {
		c := w.candidate(x.names[w.found[i].name].skill)
		if c.found == none || w.found[i].score > w.found[c.found].score {
			c.found = int32(i)
		}
	}
	norm = max(float32(math.Sqrt(float64(norm))), leastWeight)
	for i := range w.pool {
		w.pool[i].cosine /= norm
		w.slots[w.pool[i].skill] = 0
	}
	w.choose(limit)
}

// candidate returns the candidate for a skill, a new one where there is none.
// It is good until the next call.
func (w *worker) candidate(skill int32) *candidate {
	at := w.slots[skill]
	if at == 0 {
		w.pool = append(w.pool, candidate{skill: skill, found: none})
		at = int32(len(w.pool))
		w.slots[skill] = at
	}
	return &w.pool[at-1]
}

// choose drops from the pool what is less close than about the limit-th: closeness
// is counted in classes, and all of the last class stay.
func (w *worker) choose(limit int) {
	most := float32(0)
	for i := range w.pool {
		most = max(most, w.pool[i].closeness())
	}
	if len(w.pool) <= limit || most <= 0 {
		return
	}
	var counts [closenessClasses]int
	for i := range w.pool {
		counts[closenessClass(w.pool[i].closeness()/most)]++
	}
	least, kept := closenessClasses-1, counts[closenessClasses-1]
	for least > 0 && kept+counts[least-1] <= limit {
		least--
		kept += counts[least]
	}
	chosen := w.pool[:0]
	for _, c := range w.pool {
		if c.found != none || closenessClass(c.closeness()/most) >= least {
			chosen = append(chosen, c)
		}
	}
	w.pool = chosen
}

const closenessClasses = 512

func closenessClass(share float32) int {
	return min(closenessClasses-1, max(0, int(share*closenessClasses)))
}
