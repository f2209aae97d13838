package linker

import (
	"bytes"
	_ "embed" // for titles.csv
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// titleFile holds titles that are common in vacancies and that ESCO lacks or
// gives to another occupation. Columns: language, title, occupation (URI) or, where
// the title says no more, ISCO-08 unit group, reason.
//
//go:embed titles.csv
var titleFile []byte

// Lengths of the runs of letters by which words that are not equal are compared.
const (
	shortestRun = 3
	longestRun  = 4
)

// What names count beside one another.
const (
	reviewedShare = 3.0 // of titles.csv: somebody has decided
	officialShare = 1.0 // preferred label, or name of a crosswalk
	otherShare    = 0.5
)

// A run of letters of more names than one in commonest is left out, where there are
// many.
const (
	commonest = 8
	fewNames  = 1000
)

// unknownShare is what a feature that no name has counts of the rarest one.
const unknownShare = 0.3

// title is a name of an occupation, or of an ISCO-08 unit group.
type title struct {
	text       string
	occupation int32   // none for a name of a group
	group      int32   // into classifier.groups
	share      float64 // what it counts beside other names
	roots      []int32
}

// titleIndex holds the names of occupations in one language.
type titleIndex struct {
	lexicon  *lexicon
	known    map[titleKey]bool
	features map[string]int32 // whole words, after "=", and runs of letters
	rarity   []float32        // by feature
	national map[int32]int32  // occupation to the group in which a crosswalk sees it, where that is another
	postings [][]titlePosting // by feature: names that have it, ascending
	profiles
}

type titleKey struct {
	text  string
	group int32
	named bool // of an occupation
}

// titlePosting is the weight of a feature in a name of length 1.
type titlePosting struct {
	name   int32
	weight float32
}

func newTitleIndex(language string) (*titleIndex, error) {
	lexicon, err := newLexicon(language)
	if err != nil {
		return nil, err
	}
	return &titleIndex{lexicon: lexicon, features: map[string]int32{}, known: map[titleKey]bool{}, national: map[int32]int32{}, profiles: profiles{roots: map[string]int32{}}}, nil
}

// addTaxonomy adds the names of occupations and ISCO-08 groups, and the reviewed
// titles.
func (x *titleIndex) addTaxonomy(t *taxonomy.Taxonomy, groups []string) error {
	for i := range t.Occupations {
		o := &t.Occupations[i]
		group, ok := slices.BinarySearch(groups, o.ISCO)
		if !ok {
			continue // in no unit group
		}
		for _, l := range o.Labels {
			share := officialShare
			if l.Kind != taxonomy.Preferred {
				share = otherShare
			}
			if primary(l.Language) == x.lexicon.language {
				x.add(l.Text, int32(i), int32(group), share)
			}
		}
	}
	r := csv.NewReader(bytes.NewReader(titleFile))
	r.FieldsPerRecord = 4
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("read titles.csv: %w", err)
	}
	for _, row := range rows[1:] {
		occupation, code := int32(none), row[2]
		if i, ok := t.OccupationIndex(row[2]); ok {
			occupation, code = i, t.Occupations[i].ISCO
		}
		if group, ok := slices.BinarySearch(groups, code); ok && row[0] == x.lexicon.language {
			x.add(row[1], occupation, int32(group), reviewedShare)
		}
	}
	return nil
}

// add adds a name, and each form of one that gives several ("infirmier/infirmière").
func (x *titleIndex) add(text string, occupation, group int32, share float64) {
	x.addForm(text, occupation, group, share)
	if forms := strings.Split(text, "/"); len(forms) > 1 {
		for _, f := range forms {
			x.addForm(f, occupation, group, share)
		}
	}
}

func (x *titleIndex) addForm(text string, occupation, group int32, share float64) {
	text = strings.TrimSpace(text)
	key := titleKey{strings.ToLower(text), group, occupation != none}
	read := x.read(text, true)
	if x.known[key] || len(read.words) == 0 {
		return
	}
	x.known[key] = true
	n := title{text: text, occupation: occupation, group: group, share: share}
	for _, w := range read.words {
		n.roots = append(n.roots, number(x.roots, w.root))
		w.eachFeature(func(f []byte) { number(x.features, string(f)) })
	}
	x.names = append(x.names, n)
}

// seal weighs what was added and fills the index; no name can be added after it.
func (x *titleIndex) seal(groups []string) {
	having := make([]int, len(x.features))
	vectors := make([][]weighted, len(x.names))
	for i := range x.names {
		vectors[i], _ = x.vector(x.read(x.names[i].text, true))
		for _, f := range vectors[i] {
			having[f.id]++
		}
	}
	x.rarity, x.postings = make([]float32, len(having)), make([][]titlePosting, len(having))
	whole := make([]bool, len(having))
	for feature, f := range x.features {
		whole[f] = feature[0] == '='
	}
	for f, n := range having {
		if !whole[f] && len(x.names) > fewNames && n > len(x.names)/commonest {
			continue // says little and costs most
		}
		x.rarity[f] = float32(math.Log(1 + float64(len(x.names))/float64(n)))
		x.postings[f] = make([]titlePosting, 0, n)
	}
	for i, v := range vectors {
		length := x.length(v, 0)
		for _, f := range v {
			if x.rarity[f.id] == 0 {
				continue
			}
			x.postings[f.id] = append(x.postings[f.id], titlePosting{int32(i), f.weight * x.rarity[f.id] / length})
		}
	}
	x.build(groups)
	x.known = nil
	x.lexicon.seal()
}

// weighted is a feature or root with its weight in a text.
type weighted struct {
	id     int32
	weight float32
}

// vector returns the known features of a title, ascending, and the weight of the
// unknown ones.
func (x *titleIndex) vector(t readTitle) (v []weighted, unknown float32) {
	rarest := log(float32(1 + len(x.names)))
	for _, w := range t.words {
		w.eachFeature(func(f []byte) {
			if id, ok := x.features[string(f)]; ok {
				v = append(v, weighted{id, w.weight})
			} else {
				unknown += unknownShare * w.weight * w.weight * rarest * rarest
			}
		})
	}
	return sumWeights(v), unknown
}

// length is the Euclidean length of a vector of features and of a weight squared.
func (x *titleIndex) length(v []weighted, unknown float32) float32 {
	sum := unknown
	for _, f := range v {
		w := f.weight * x.rarity[f.id]
		sum += w * w
	}
	return float32(math.Sqrt(float64(sum)))
}

// sumWeights sorts by id and adds up the weights of equal ids.
func sumWeights(v []weighted) []weighted {
	slices.SortFunc(v, func(a, b weighted) int { return int(a.id - b.id) })
	summed := v[:0]
	for _, f := range v {
		if last := len(summed) - 1; last >= 0 && summed[last].id == f.id {
			summed[last].weight += f.weight
			continue
		}
		summed = append(summed, f)
	}
	return summed
}
