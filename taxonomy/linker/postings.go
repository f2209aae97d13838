package linker

import (
	"cmp"
	"math"
	"slices"
)

// posting says what a stem in a text is worth for a skill.
type posting struct {
	skill     int32
	cosine    float32 // its part of the cosine between the skill's names and the text
	relevance float32 // its BM25 weight over the skill's names and description
}

// The constants of BM25, as they are used everywhere.
const (
	bm25Saturation = 1.2
	bm25Length     = 0.75
)

// post builds the inverted index from stems to skills.
func (x *index) post(counts *wordCounts) {
	having, total := make([]int, len(x.weight)), 0.0
	lengths := make([]float64, len(counts.skills))
	for s, stems := range counts.skills {
		for _, c := range stems {
			having[c.stem]++
			lengths[s] += float64(c.all)
		}
		total += lengths[s]
	}
	average := math.Max(1, total/math.Max(1, float64(len(counts.skills))))
	x.postings = make([][]posting, len(x.weight))
	for s, stems := range counts.skills {
		norm := 0.0
		for _, c := range stems {
			norm += math.Pow(x.tfidf(c), 2)
		}
		norm = math.Max(math.Sqrt(norm), math.SmallestNonzeroFloat32)
		damping := bm25Saturation * (1 - bm25Length + bm25Length*lengths[s]/average)
		for _, c := range stems {
			without := float64(len(counts.skills)-having[c.stem]) + 0.5
			rarity := math.Log(1 + without/(float64(having[c.stem])+0.5))
			x.postings[c.stem] = append(x.postings[c.stem], posting{
				skill:     int32(s),
				cosine:    float32(x.tfidf(c) / norm),
				relevance: float32(rarity * float64(c.all) * (bm25Saturation + 1) / (float64(c.all) + damping)),
			})
		}
	}
	for s := range x.postings {
		x.postings[s] = mostOf(x.postings[s], x.weight[s])
	}
}

// postingLimit is for how many skills a stem brings candidates: the others have it
// among so many words that another stem finds them.
const postingLimit = 256

// mostOf returns the postings for which a stem of that weight says most, by skill.
func mostOf(all []posting, weight float32) []posting {
	if len(all) <= postingLimit {
		return all
	}
	slices.SortFunc(all, func(a, b posting) int {
		return cmp.Or(cmp.Compare(weight*b.cosine+closeRelevance*b.relevance, weight*a.cosine+closeRelevance*a.relevance), cmp.Compare(a.skill, b.skill))
	})
	all = slices.Clone(all[:postingLimit])
	slices.SortFunc(all, func(a, b posting) int { return cmp.Compare(a.skill, b.skill) })
	return all
}

func (x *index) tfidf(c stemCount) float64 {
	if c.inNames == 0 {
		return 0
	}
	return (1 + math.Log(float64(c.inNames))) * float64(x.weight[c.stem])
}
