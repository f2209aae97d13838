package prepare

import (
	"cmp"
	"crypto/sha256"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// exact is the kind of duplicates that agree word by word.
const exact = "exact"

// MarkDuplicates marks each vacancy that repeats another: same title, employer
// and place without regard to case, accents and punctuation, and the same
// texts. The one kept is the earliest posted, of several the one with the
// smallest id; undated ones count as latest. The result does not depend on the
// order of vs. It needs DuplicateKey, PostedOn and VacancyID alone; marks made
// before are replaced.
func MarkDuplicates(vs []Vacancy) {
	mark(len(vs), func(i int) candidate {
		return candidate{key: vs[i].DuplicateKey, id: vs[i].VacancyID, posted: vs[i].PostedOn}
	}, func(i int, of, kind string) { vs[i].DuplicateOf, vs[i].DuplicateKind = of, kind })
}

// MarkCredentialDuplicates does the same for credentials: same title, kind,
// provider, place, mode, dates and texts. The one kept starts first.
func MarkCredentialDuplicates(cs []Credential) {
	mark(len(cs), func(i int) candidate {
		return candidate{key: cs[i].DuplicateKey, id: cs[i].CredentialID, posted: cs[i].StartsOn}
	}, func(i int, of, kind string) { cs[i].DuplicateOf, cs[i].DuplicateKind = of, kind })
}

// DuplicateKey is equal for records that are exact duplicates.
type DuplicateKey [sha256.Size]byte

// candidate is what deciding on duplicates needs of a record.
type candidate struct {
	key    DuplicateKey
	id     string
	posted model.Date
}

func (c candidate) before(o candidate) bool {
	return cmp.Or(compareKnownFirst(c.posted, o.posted), strings.Compare(c.id, o.id)) < 0
}

func compareKnownFirst(a, b model.Date) int {
	if (a == 0) != (b == 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

func mark(n int, at func(int) candidate, set func(i int, of, kind string)) {
	kept := make(map[DuplicateKey]candidate, n)
	all := make([]candidate, n)
	for i := range n {
		all[i] = at(i)
		if k, ok := kept[all[i].key]; !ok || all[i].before(k) {
			kept[all[i].key] = all[i]
		}
	}
	for i, c := range all {
		if k := kept[c.key]; k.id != c.id {
			set(i, k.id, exact)
		} else {
			set(i, "", "")
		}
	}
}

// duplicateKey hashes what duplicates share: names as keys of comparison,
// texts, which hold skills and outcomes too, as they are.
func duplicateKey(texts []model.Text, names ...string) DuplicateKey {
	h := sha256.New()
	put := func(s string) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	for _, name := range names {
		put(fold(name))
	}
	for _, t := range texts {
		if t.Field != "title" {
			put(t.Field)
			put(t.Text)
		}
	}
	return DuplicateKey(h.Sum(nil))
}
