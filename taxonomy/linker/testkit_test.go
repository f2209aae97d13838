package linker

import (
	"fmt"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// taxonomyOf returns an English taxonomy of fields of knowledge. Each line is
// one: its official name, other names after semicolons, its description after a
// colon.
func taxonomyOf(lines ...string) *taxonomy.Taxonomy {
	t := &taxonomy.Taxonomy{Release: "test", Languages: []string{"en"}}
	for i, line := range lines {
		names, text, _ := strings.Cut(line, ":")
		s := taxonomy.Skill{URI: fmt.Sprintf("http://example.org/skill/%02d", i), Type: taxonomy.TypeKnowledge}
		for j, name := range strings.Split(names, ";") {
			s.Labels = append(s.Labels, taxonomy.Label{Text: strings.TrimSpace(name), Language: "en", Kind: taxonomy.LabelKind(min(j, 1))})
		}
		if text != "" {
			s.Descriptions = []taxonomy.Text{{Text: strings.TrimSpace(text), Language: "en"}}
		}
		t.Skills = append(t.Skills, s)
	}
	return t
}

// crafts is a taxonomy whose words are far from everyday ones.
func crafts() *taxonomy.Taxonomy {
	return taxonomyOf(
		"beekeeping; apiculture; keeping of bees: Hives, swarms and honey of bees.",
		"glass engraving; engraving of glass: Cutting pictures into glass with a wheel.",
		"stone engraving: Cutting letters into stone.",
		"glass blowing: Forming molten glass with a pipe.",
		"violin making; lutherie: Building violins of spruce and maple.",
		"organ building: Building pipes and bellows of organs.",
	)
}

// linkerOf returns a linker, and its English index.
func linkerOf(t testing.TB, x *taxonomy.Taxonomy, m *Model) (*Linker, *index) {
	t.Helper()
	l, err := New(x, m)
	if err != nil {
		t.Fatal(err)
	}
	return l, l.indexes[0]
}

// trained trains a model from texts, each repeated a dozen times in other words'
// company, for a sentence counts once.
func trained(t testing.TB, x *taxonomy.Taxonomy, texts ...string) *Model {
	t.Helper()
	m, err := Train(t.Context(), x, documentsOf(texts...), nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func documentsOf(texts ...string) func(func(Document) bool) {
	return func(yield func(Document) bool) {
		for _, text := range texts {
			if !yield(Document{Text: text, Language: "en"}) {
				return
			}
		}
	}
}

// twoNeeds is crafts with two occupations that need glass engraving.
func twoNeeds() *taxonomy.Taxonomy {
	t := crafts()
	for i, isco := range []string{"7316", "7315"} {
		t.Occupations = append(t.Occupations, taxonomy.Occupation{
			URI: fmt.Sprintf("http://example.org/occupation/%02d", i), ISCO: isco,
			Labels: []taxonomy.Label{{Text: "engraver " + isco, Language: "en"}}, Essential: []int32{1},
		})
	}
	return t
}
