package evaluation

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Kind says what the texts of a gold file are.
type Kind string

// The kinds of gold.
const (
	Sentences Kind = "sentences" // of vacancies, with any number of skills
	Names     Kind = "names"     // of skills in another list, each with at least one
)

// Gold is an annotated file.
type Gold struct {
	Name    string
	Kind    Kind
	Items   []Item   // in the order of the file, each text once
	Unknown []string // labels that the release does not have, ascending
}

// Item is a text with the skills that people found in it.
type Item struct {
	Text    string
	Skills  []int32 // indices into Taxonomy.Skills, ascending
	Unknown int     // labels that the release does not have
}

// Labels is the number of labels, known to the release or not.
func (i *Item) Labels() int { return len(i.Skills) + i.Unknown }

// gathering collects the rows of one file into items.
type gathering struct {
	gold    *Gold
	at      map[string]int // by text: its item
	unknown map[string][]int
}

func newGathering(name string, kind Kind) *gathering {
	return &gathering{gold: &Gold{Name: name, Kind: kind}, at: map[string]int{}, unknown: map[string][]int{}}
}

// item returns the place of a text's item.
func (g *gathering) item(text string) int {
	i, ok := g.at[text]
	if !ok {
		i = len(g.gold.Items)
		g.at[text] = i
		g.gold.Items = append(g.gold.Items, Item{Text: text})
	}
	return i
}

// add adds a label to an item, once; skill counts if the label is known.
func (g *gathering) add(i int, label string, skill int32, known bool) {
	item := &g.gold.Items[i]
	if known {
		if at, found := slices.BinarySearch(item.Skills, skill); !found {
			item.Skills = slices.Insert(item.Skills, at, skill)
		}
		return
	}
	if !slices.Contains(g.unknown[label], i) {
		g.unknown[label] = append(g.unknown[label], i)
		item.Unknown++
	}
}

// done returns what was gathered.
func (g *gathering) done() *Gold {
	for label := range g.unknown {
		g.gold.Unknown = append(g.gold.Unknown, label)
	}
	slices.Sort(g.gold.Unknown)
	return g.gold
}

// officialNames maps the preferred labels of a language to their skills; case and
// runs of white space do not count.
func officialNames(t *taxonomy.Taxonomy, language string) map[string]int32 {
	names := make(map[string]int32, len(t.Skills))
	for i := range t.Skills {
		for _, l := range t.Skills[i].Labels {
			if l.Kind == taxonomy.Preferred && l.Language == language {
				names[plainly(l.Text)] = int32(i)
			}
		}
	}
	return names
}

func plainly(label string) string { return strings.ToLower(strings.Join(strings.Fields(label), " ")) }
