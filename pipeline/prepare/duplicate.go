package prepare

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// exact is the kind of duplicates that agree word by word.
const exact = "exact"

// repostDays is how long after a posting another one of the same text repeats
// it. Later it is a vacancy of its own: the post has become free again.
const repostDays = 60

// MarkDuplicates marks each vacancy that repeats another: same title, employer
// and place without regard to case, accents and punctuation, the same texts,
// and posted at most 60 days after it. Where there is no text but the title,
// the posting day must be the same, and so must the URL if both have one.
//
// The one kept is the earliest posted of its 60 days, of several the one with
// the smallest id (without text: one with a URL first); what is posted later
// starts 60 days of its own. An undated one repeats the earliest. The result
// does not depend on the order of vs. It needs DuplicateKey, PostedOn, URL and
// VacancyID alone; marks made before are replaced.
func MarkDuplicates(vs []Vacancy) {
	mark(len(vs), func(i int) candidate {
		return candidate{i: i, key: vs[i].DuplicateKey, id: vs[i].VacancyID, url: vs[i].URL, posted: vs[i].PostedOn}
	}, func(i int, of, kind string) { vs[i].DuplicateOf, vs[i].DuplicateKind = of, kind })
}

// MarkCredentialDuplicates does the same for credentials: same title, kind,
// provider, place, mode, dates and texts, and where there is no text but the
// title, the same URL if both have one.
func MarkCredentialDuplicates(cs []Credential) {
	mark(len(cs), func(i int) candidate {
		return candidate{i: i, key: cs[i].DuplicateKey, id: cs[i].CredentialID, url: cs[i].URL, posted: cs[i].StartsOn}
	}, func(i int, of, kind string) { cs[i].DuplicateOf, cs[i].DuplicateKind = of, kind })
}

// DuplicateKey is equal for records that are exact duplicates, but for the
// time between them and, without text, their URLs.
type DuplicateKey struct {
	hash [sha256.Size]byte
	bare bool // there is no text but the title
}

// candidate is what deciding on duplicates needs of a record.
type candidate struct {
	i      int
	key    DuplicateKey
	id     string
	url    string
	posted model.Date
}

// compare orders records of one key one after the other, the dated first.
func (c candidate) compare(o candidate) int {
	byURL := 0
	if c.key.bare {
		byURL = cmp.Or(knownFirst(c.url == "", o.url == ""), strings.Compare(c.url, o.url))
	}
	return cmp.Or(strings.Compare(string(c.key.hash[:]), string(o.key.hash[:])), knownFirst(c.posted == 0, o.posted == 0),
		cmp.Compare(c.posted, o.posted), byURL, strings.Compare(c.id, o.id))
}

func knownFirst(unknownA, unknownB bool) int {
	switch {
	case unknownA == unknownB:
		return 0
	case unknownB:
		return -1
	}
	return 1
}

func mark(n int, at func(int) candidate, set func(i int, of, kind string)) {
	all := make([]candidate, n)
	for i := range n {
		all[i] = at(i)
	}
	slices.SortFunc(all, candidate.compare)
	for len(all) > 0 {
		end := 1
		for end < len(all) && all[end].key == all[0].key {
			end++
		}
		if all[0].key.bare {
			markBare(all[:end], set)
		} else {
			markReposts(all[:end], set)
		}
		all = all[end:]
	}
}

// markReposts marks records of one key, in order, by the time between them.
func markReposts(group []candidate, set func(i int, of, kind string)) {
	kept := group[0]
	for _, c := range group {
		switch {
		case c.posted == 0 && c.id != group[0].id:
			set(c.i, group[0].id, exact)
		case c.posted-kept.posted <= repostDays && c.id != kept.id:
			set(c.i, kept.id, exact)
		default:
			kept = c
			set(c.i, "", "")
		}
	}
}

// markBare marks records without text, of one key and thus one day, in order:
// those with a URL come first and repeat only one of the same URL.
func markBare(group []candidate, set func(i int, of, kind string)) {
	kept := ""
	for i, c := range group {
		switch {
		case i == 0, c.url != "" && c.url != group[i-1].url:
			kept = c.id
			set(c.i, "", "")
		case c.url == "":
			set(c.i, group[0].id, exact)
		default:
			set(c.i, kept, exact)
		}
	}
}

// duplicateKey hashes what duplicates share: names as keys of comparison,
// texts, which hold skills and outcomes too, as they are; where there are none
// but the title, also the posting day.
func duplicateKey(texts []model.Text, posted model.Date, names ...string) DuplicateKey {
	h := sha256.New()
	put := func(s string) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	for _, name := range names {
		put(fold(name))
	}
	key := DuplicateKey{bare: true}
	for _, t := range texts {
		if t.Field != "title" {
			key.bare = false
			put(t.Field)
			put(t.Text)
		}
	}
	if key.bare {
		put(posted.String())
	}
	h.Sum(key.hash[:0])
	return key
}
