package pipeline

import (
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// consultancy is a taxonomy in which "consultant" alone decides nothing, with a
// crosswalk that knows a group only.
func consultancy(t *testing.T) linking {
	t.Helper()
	x := &taxonomy.Taxonomy{Release: "small", Languages: []string{"en"}, Occupations: []taxonomy.Occupation{
		{URI: "http://example.org/1", ISCO: "2511", Labels: []taxonomy.Label{{Text: "ICT consultant", Language: "en"}}},
		{URI: "http://example.org/2", ISCO: "2421", Labels: []taxonomy.Label{{Text: "management consultant", Language: "en"}}},
	}, ISCOGroups: []taxonomy.ISCOGroup{{Code: "4224"}}}
	l, err := linker.New(x, nil, linker.Crosswalk{Language: "pl", Rows: []linker.CrosswalkRow{{Code: "422401", Name: "Recepcjonista"}}})
	if err != nil {
		t.Fatal(err)
	}
	return newLinking(x, l)
}

func TestOccupation(t *testing.T) {
	l := consultancy(t)
	for _, tt := range []struct {
		name, title, description, language, stated string
		uri, isco                                  string
	}{
		{"one title, this description", "Consultant", "You are an ICT consultant: ICT is your life.", "en", "", "http://example.org/1", "2511"},
		{"one title, that description", "Consultant", "You are a management consultant: management is your life.", "en", "", "http://example.org/2", "2421"},
		{"only the group is known", "Recepcjonistka", "", "pl", "", "", "4224"},
		{"a stated group is kept", "ICT consultant", "", "en", "2421", "", "2421"},
		{"a title that names nothing", "Zzyzx", "You are an ICT consultant.", "en", "", "", ""},
	} {
		v := &prepare.Vacancy{}
		v.Title, v.Language, v.ISCO08 = tt.title, tt.language, tt.stated
		v.Texts = []model.Text{{Field: "description", Text: tt.description}}
		l.occupation(v)
		if v.OccupationURI != tt.uri || v.ISCO08 != tt.isco {
			t.Errorf("%s: got %q, %q, want %q, %q", tt.name, v.OccupationURI, v.ISCO08, tt.uri, tt.isco)
		}
		if sure := v.OccupationScore == model.ScoreOf(1); sure != (tt.stated != "") {
			t.Errorf("%s: score %v", tt.name, v.OccupationScore)
		}
	}
}
