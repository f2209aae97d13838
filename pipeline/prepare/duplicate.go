package prepare

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Exact is the kind of duplicates that agree word by word.
const Exact = "exact"

// repostDays is how long after a posting another one of the same text repeats
// it. Later it is a vacancy of its own: the post has become free again.
const repostDays = 60

// Candidate is what deciding on duplicates needs of a record.
type Candidate struct {
	Key       string // DuplicateKey of the prepared record
	ID        string
	URL       string     // asked only where there is no text but the title
	StartedOn model.Date // posting day of a vacancy, first day of a credential
	Withdrawn bool       // it yields to one that is not
}

// Duplicates returns for each candidate the id of the one that it repeats, ""
// where it repeats none: vacancies of the same title, employer and place
// without regard to case, accents and punctuation and with the same texts,
// posted at most 60 days after it; credentials of the same title, kind,
// provider, place, mode, dates and texts. Where there is no text but the title,
// the day must be the same, and so must the URL if both have one.
//
// The one kept is the earliest of its 60 days, of several the one with the
// smallest id (without text: one with a URL first); what is posted later starts
// 60 days of its own. An undated one repeats the earliest. The result does not
// depend on the order of cs.
func Duplicates(cs []Candidate) []string {
	all := repeated(cs)
	slices.SortFunc(all, candidate.compare)
	of := make([]string, len(cs))
	for len(all) > 0 {
		end := 1
		for end < len(all) && all[end].Key == all[0].Key {
			end++
		}
		if HasTitleOnly(all[0].Key) {
			markBare(all[:end], of)
		} else {
			markReposts(all[:end], of)
		}
		all = all[end:]
	}
	return of
}

// repeated returns the candidates whose key another has too: most have one of their own.
func repeated(cs []Candidate) []candidate {
	first := make(map[string]int, len(cs)) // place of the first of a key; taken once it is among all
	const taken = -1
	var all []candidate
	for i := range cs {
		at, known := first[cs[i].Key]
		if !known {
			first[cs[i].Key] = i
			continue
		}
		if at != taken {
			all = append(all, candidate{&cs[at], at})
			first[cs[i].Key] = taken
		}
		all = append(all, candidate{&cs[i], i})
	}
	return all
}

// candidate is a Candidate with its place.
type candidate struct {
	*Candidate
	i int
}

// compare orders records of one key one after the other, the dated first.
func (c candidate) compare(o candidate) int {
	byURL := 0
	if HasTitleOnly(c.Key) {
		byURL = cmp.Or(falseFirst(c.URL == "", o.URL == ""), strings.Compare(c.URL, o.URL))
	}
	return cmp.Or(strings.Compare(c.Key, o.Key), byURL, falseFirst(c.Withdrawn, o.Withdrawn), falseFirst(c.StartedOn == 0, o.StartedOn == 0),
		cmp.Compare(c.StartedOn, o.StartedOn), strings.Compare(c.ID, o.ID))
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// markReposts marks records of one key, in order, by the time between them.
func markReposts(group []candidate, of []string) {
	kept := group[0]
	for _, c := range group {
		switch {
		case c.StartedOn == 0 && c.ID != group[0].ID:
			of[c.i] = group[0].ID
		case abs(c.StartedOn-kept.StartedOn) <= repostDays && c.ID != kept.ID:
			of[c.i] = kept.ID
		default:
			kept = c
		}
	}
}

// abs serves withdrawn records, which come last and may have started earlier.
func abs(days model.Date) model.Date { return max(days, -days) }

// markBare marks records without text, of one key and thus one day, in order:
// those with a URL come first and repeat only one of the same URL.
func markBare(group []candidate, of []string) {
	kept := ""
	for i, c := range group {
		switch {
		case i == 0, c.URL != "" && c.URL != group[i-1].URL:
			kept = c.ID
		case c.URL == "":
			of[c.i] = group[0].ID
		default:
			of[c.i] = kept
		}
	}
}

// duplicateKey hashes what duplicates share: names as keys of comparison,
// texts, which hold skills and outcomes too, as they are; where there are none
// but the title, also the posting day.
func duplicateKey(texts []model.Text, posted model.Date, names ...string) string {
	h := sha256.New()
	put := func(s string) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	for _, name := range names {
		put(fold(name))
	}
	mark := bareMark
	for _, t := range texts {
		if t.Field != "title" {
			mark = ""
			put(t.Field)
			put(t.Text)
		}
	}
	if mark == bareMark {
		put(posted.String())
	}
	return hex.EncodeToString(h.Sum(nil)[:16]) + mark
}

// bareMark ends the key of a record that has no text but its title.
const bareMark = "-title"

// HasTitleOnly tells from its key whether a record has no text but its title, so
// that its URL tells it from others.
func HasTitleOnly(key string) bool { return strings.HasSuffix(key, bareMark) }
