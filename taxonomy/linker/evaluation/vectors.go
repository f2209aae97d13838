package evaluation

import (
	"math"
	"slices"
)

// vectors are documents of skills as unit vectors of weighted features: 1 + ln of
// the count, times 1 + ln of (1 + documents) / (1 + documents that have it).
type vectors struct {
	ids       map[string]int32
	documents []document
	rarity    []float64      // by feature
	postings  [][]coordinate // by feature
}

// document belongs to a skill.
type document struct {
	skill    int32
	features []feature // by id
}

// feature is a feature of one document.
type feature struct {
	id     int32
	weight float64
}

// coordinate is the part of a feature in a document's vector.
type coordinate struct {
	document int32
	weight   float32
}

func newVectors() *vectors { return &vectors{ids: map[string]int32{}} }

// add adds a document of a skill; skills come in ascending order.
func (v *vectors) add(skill int32, features []string) {
	for _, f := range features {
		if _, ok := v.ids[f]; !ok {
			v.ids[f] = int32(len(v.ids))
		}
	}
	v.documents = append(v.documents, document{skill: skill, features: v.count(features)})
}

// build weighs the features once all documents are there.
func (v *vectors) build() {
	v.rarity, v.postings = make([]float64, len(v.ids)), make([][]coordinate, len(v.ids))
	for _, d := range v.documents {
		for _, f := range d.features {
			v.rarity[f.id]++
		}
	}
	for id, having := range v.rarity {
		v.rarity[id] = 1 + math.Log(float64(1+len(v.documents))/(1+having))
	}
	for i := range v.documents {
		d := &v.documents[i]
		v.weigh(d.features)
		for _, f := range d.features {
			v.postings[f.id] = append(v.postings[f.id], coordinate{document: int32(i), weight: float32(f.weight)})
		}
		d.features = nil // the postings have them
	}
}

// count returns the known features by id, their counts for weights.
func (v *vectors) count(features []string) []feature {
	var ids []int32
	for _, f := range features {
		if id, ok := v.ids[f]; ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var counted []feature
	for i, id := range ids {
		if i == 0 || id != ids[i-1] {
			counted = append(counted, feature{id: id})
		}
		counted[len(counted)-1].weight++
	}
	return counted
}

// weigh turns counts into a unit vector.
func (v *vectors) weigh(features []feature) {
	norm := 0.0
	for i := range features {
		f := &features[i]
		f.weight = (1 + math.Log(f.weight)) * v.rarity[f.id]
		norm += f.weight * f.weight
	}
	for i := range features {
		features[i].weight /= math.Sqrt(norm)
	}
}

// addBest adds to the score of each skill the largest cosine between the features
// and a document of it.
func (v *vectors) addBest(scores []float64, features []string) {
	query := v.count(features)
	v.weigh(query)
	cosines := make([]float64, len(v.documents))
	for _, f := range query {
		for _, c := range v.postings[f.id] {
			cosines[c.document] += f.weight * float64(c.weight)
		}
	}
	for i := 0; i < len(cosines); { // documents of one skill follow each other
		skill, best := v.documents[i].skill, 0.0
		for ; i < len(cosines) && v.documents[i].skill == skill; i++ {
			best = max(best, cosines[i])
		}
		scores[skill] += best
	}
}
