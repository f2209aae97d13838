package linker

// trie finds the names that begin at a token. Its edges are the stems of the
// names' words; all edges lie in one hash map, keyed by node and stem.
type trie struct {
	edges map[uint64]int32
	ends  [][]int32 // by node: the names that end there, best first
}

func newTrie() *trie {
	return &trie{edges: map[uint64]int32{}, ends: make([][]int32, 1)}
}

func edge(node, stem int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(stem)) }

// insert adds a name; names with the same words are to be inserted best first.
func (t *trie) insert(words []nameWord, name int32) {
	node := int32(0)
	for _, w := range words {
		next, ok := t.edges[edge(node, w.stem)]
		if !ok {
			next = int32(len(t.ends))
			t.ends = append(t.ends, nil)
			t.edges[edge(node, w.stem)] = next
		}
		node = next
	}
	t.ends[node] = append(t.ends[node], name)
}

// longest returns the longest name that begins with the first token and that
// accept takes, and how many tokens it covers; none where there is none.
func (t *trie) longest(tokens []token, accept func(name int32, covered []token) bool) (name int32, length int) {
	name, node := none, int32(0)
	for i := range tokens {
		next, ok := t.edges[edge(node, tokens[i].stem)]
		if !ok {
			break
		}
		node = next
		for _, n := range t.ends[node] {
			if accept(n, tokens[:i+1]) {
				name, length = n, i+1
				break
			}
		}
	}
	return name, length
}
