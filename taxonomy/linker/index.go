package linker

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// index holds all names of one language, ready to be found. It is read-only once
// built.
type index struct {
	lexicon   *lexicon
	names     []name // best first: see order
	words     []nameWord
	types     []taxonomy.SkillType // by skill
	prior     []float32            // by skill: log of the number of occupations that need it
	weight    []float32            // by stem: 0 for function words, up to 1 for the rarest
	spread    []int32              // by light form: descriptions that have it in small letters
	texts     int                  // descriptions
	trie      *trie
	heaviest  [][]int32 // by stem: names of several words whose heaviest it is
	bySkill   [][]int32 // names of each skill
	postings  [][]posting
	embedding *embedding // nil: nothing was learnt
	combiner  combiner
	likeness  func() *likeness // built when first asked for; nil where words do
	workers   *sync.Pool       // of *worker
}

// newIndex builds the index of one language.
func newIndex(t *taxonomy.Taxonomy, language string, needed []int32) (*index, error) {
	lexicon, err := newLexicon(language)
	if err != nil {
		return nil, err
	}
	aliases, err := loadAliases(language)
	if err != nil {
		return nil, err
	}
	set := &nameSet{lexicon: lexicon, form: make([]byte, 0, maxTokenBytes)}
	if err := set.addReviewed(t, aliases); err != nil {
		return nil, err
	}
	set.addLabels(t, dropsOf(aliases))
	x := &index{lexicon: lexicon, names: set.names, words: set.words}
	x.workers = newWorkers()
	for i, n := range needed {
		x.types = append(x.types, t.Skills[i].Type)
		x.prior = append(x.prior, float32(math.Log1p(float64(n))))
	}
	counts := x.countWords(t)
	x.texts = counts.texts
	x.weigh(counts)
	x.drop()
	x.judge(t)
	x.order()
	x.unite()
	x.build()
	x.post(counts)
	lexicon.seal()
	return x, nil
}

func newWorkers() *sync.Pool { return &sync.Pool{New: func() any { return &worker{} }} }

// wordsOf returns the words of a name.
func (x *index) wordsOf(n *name) []nameWord { return x.words[n.first : n.first+int32(n.length)] }

// weigh gives each stem its weight, half by its rarity among names and half by
// its rarity in the descriptions.
func (x *index) weigh(c *wordCounts) {
	functions := make([]bool, len(x.lexicon.stems))
	for _, w := range x.words {
		functions[w.stem] = functions[w.stem] || w.function
	}
	x.weight = make([]float32, len(functions))
	for s := range x.weight {
		if !functions[s] {
			x.weight[s] = (idf(len(x.names), c.names[s]) + idf(c.texts, c.descriptions[s])) / 2
		}
	}
	for i := range x.names {
		for _, w := range x.wordsOf(&x.names[i]) {
			x.names[i].mass += x.weight[w.stem]
			if w.class&light == 0 {
				x.names[i].core += x.weight[w.stem]
			}
		}
	}
}

// order sorts the names so that of two that read alike the better comes first:
// one that is not dropped, then by kind, then that of the skill which more occupations need, then by URI,
// which is the order of the skills.
func (x *index) order() {
	prior := func(n *name) float32 {
		if n.skill == none {
			return 0
		}
		return x.prior[n.skill]
	}
	slices.SortStableFunc(x.names, func(a, b name) int {
		return cmp.Or(cmp.Compare(btoi(a.dropped), btoi(b.dropped)), cmp.Compare(a.kind, b.kind), cmp.Compare(prior(&b), prior(&a)), cmp.Compare(a.skill, b.skill))
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// unite keeps the first of the names that read alike: one name, one skill. What
// names no skill takes no name away.
func (x *index) unite() {
	seen := make(map[string]bool, len(x.names))
	x.names = slices.DeleteFunc(x.names, func(n name) bool {
		if n.skill == none || n.kind == hint {
			return false
		}
		key := x.keyOf(&n)
		known := seen[key]
		seen[key] = true
		return known
	})
}

// drop drops the names that read like a dropped name of the same skill.
func (x *index) drop() {
	dropped := map[string][]int32{} // by key: skills
	for i := range x.names {
		if n := &x.names[i]; n.dropped {
			key := x.keyOf(n)
			dropped[key] = append(dropped[key], n.skill)
		}
	}
	for i := range x.names {
		n := &x.names[i]
		n.dropped = n.dropped || n.kind >= preferred && slices.Contains(dropped[x.keyOf(n)], n.skill)
	}
}

// keyOf is equal for names that read alike.
func (x *index) keyOf(n *name) string {
	var key []byte
	for _, w := range x.wordsOf(n) {
		form := w.lemma
		if n.content == 1 {
			form = w.light
		}
		key = binary.AppendVarint(key, int64(form))
	}
	if n.acronym {
		key = append(key, 0)
	}
	return string(key)
}

// build fills the trie and the other ways to the names.
func (x *index) build() {
	x.trie = newTrie()
	x.heaviest = make([][]int32, len(x.weight))
	x.bySkill = make([][]int32, len(x.types))
	for i := range x.names {
		n, id := &x.names[i], int32(i)
		words := x.wordsOf(n)
		if n.kind != hint {
			x.trie.insert(words, id)
		}
		if n.skill == none {
			continue
		}
		x.bySkill[n.skill] = append(x.bySkill[n.skill], id)
		if n.content < 2 || n.kind == hint {
			continue
		}
		top := words[0].stem
		for _, w := range words {
			if x.weight[w.stem] > x.weight[top] {
				top = w.stem
			}
		}
		x.heaviest[top] = append(x.heaviest[top], id)
	}
}
