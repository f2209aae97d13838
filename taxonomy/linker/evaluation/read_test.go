package evaluation

import (
	"bytes"
	"compress/gzip"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// smallTaxonomy has four skills, of English and French names.
func smallTaxonomy() *taxonomy.Taxonomy {
	t := &taxonomy.Taxonomy{Release: "small", Languages: []string{"en", "fr"}}
	for _, s := range []struct {
		uri, english, other, french, text string
		kind                              taxonomy.SkillType
		flags                             taxonomy.Flags
	}{
		{"http://example.org/0", "Java (computer programming)", "Java 8", "Java", "A language for computers.", taxonomy.TypeKnowledge, 0},
		{"http://example.org/1", "lead a team", "direct a team", "diriger une équipe", "Guide staff.", taxonomy.TypeSkill, taxonomy.Transversal},
		{"http://example.org/2", "weld  metal ", "", "souder", "Join parts with heat.", taxonomy.TypeSkill, 0},
		{"http://example.org/3", "Danish", "", "danois", "The language of Denmark.", taxonomy.TypeLanguage, taxonomy.LanguageSkill},
	} {
		labels := []taxonomy.Label{{Text: s.english, Language: "en"}}
		if s.other != "" {
			labels = append(labels, taxonomy.Label{Text: s.other, Language: "en", Kind: taxonomy.Alternative})
		}
		labels = append(labels, taxonomy.Label{Text: s.french, Language: "fr"})
		t.Skills = append(t.Skills, taxonomy.Skill{
			URI: s.uri, Type: s.kind, Flags: s.flags, Labels: labels,
			Descriptions: []taxonomy.Text{{Text: s.text, Language: "en"}},
		})
	}
	return t
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, language, file string
		want                 Gold
	}{
		{
			"annotations, a sentence in two places", "en",
			"sentence,span,sub_span,label\n" +
				"Java and teams,java,,Java (computer programming)\n" +
				"We are great,great,,LABEL NOT PRESENT\n" +
				"Java and teams ,teams,,lead a team\n" +
				"Java and teams,teams,,lead a team\n" +
				"We are great,we,,UNDERSPECIFIED\n",
			Gold{Kind: Sentences, Items: []Item{{Text: "Java and teams", Skills: []int32{0, 1}}, {Text: "We are great"}}},
		},
		{
			"lists of Python and JSON, an index column, white space and case", "en",
			",sentence,skills\n" +
				"0,\"Weld, lead\",\"['Weld metal', \"\"LEAD a team\"\"]\"\n" +
				"1,None,\"['UNK']\"\n2,Nothing,[]\n" +
				"3,One,\"[\"\"Danish\"\", \"\"UNK\"\"]\"\n",
			Gold{Kind: Sentences, Items: []Item{{Text: "Weld, lead", Skills: []int32{1, 2}}, {Text: "None"}, {Text: "Nothing"}, {Text: "One", Skills: []int32{3}}}},
		},
		{
			"unknown labels, one twice in a sentence", "en",
			"sentence,label\nA,juggle\nA,juggle\nA,Danish\nB,juggle\nB,direct a team\n",
			Gold{
				Kind: Sentences, Items: []Item{{Text: "A", Skills: []int32{3}, Unknown: 1}, {Text: "B", Unknown: 2}},
				Unknown: []string{"direct a team", "juggle"},
			},
		},
		{
			"labels of another language", "fr", "\ufeffsentence,label\nOn soude,Souder\n",
			Gold{Kind: Sentences, Items: []Item{{Text: "On soude", Skills: []int32{2}}}},
		},
		{
			"names, of one relation", "en",
			"query_id,query,esco_uri,relation\n" +
				"1,Schweißen,http://example.org/2,skos:exactMatch\n" +
				"1,Schweißen,http://example.org/9,skos:exactMatch\n" +
				"1,Schweißen,http://example.org/1,skos:closeMatch\n" +
				"2,Führen,http://example.org/1,skos:broadMatch\n",
			Gold{
				Kind: Names, Items: []Item{{Text: "Schweißen", Skills: []int32{2}, Unknown: 1}},
				Unknown: []string{"http://example.org/9"},
			},
		},
		{
			"names without relations", "en", "esco_uri,query\nhttp://example.org/3,Dansk\n",
			Gold{Kind: Names, Items: []Item{{Text: "Dansk", Skills: []int32{3}}}},
		},
	} {
		r := NewReader(smallTaxonomy(), c.language, "skos:exactMatch")
		for _, file := range []string{c.file, zipped(t, c.file)} {
			got, err := r.Read("gold", strings.NewReader(file))
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			c.want.Name = "gold"
			if d := cmp.Diff(&c.want, got); d != "" {
				t.Errorf("%s: -want +got\n%s", c.name, d)
			}
		}
	}
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"", "gold.csv: the file is empty"},
		{"\x1f\x8bno gzip", "gold.csv: unzip: "},
		{"text,label\nA,B\n", "gold.csv:1: the columns are text, label: want sentence, label or sentence, skills or query, esco_uri"},
		{"sentence,label\n", "gold.csv: no row counts: nothing to measure on"},
		{"query,esco_uri,relation\nA,http://example.org/1,skos:broadMatch\n", "gold.csv: no row counts: nothing to measure on"},
		{"sentence,label\nA,Danish\n ,Danish\n", "gold.csv:3: the sentence is empty"},
		{"sentence,label\nA,Danish\nB\n", "gold.csv:3: wrong number of fields"},
		{"sentence,label\n\"A,Danish\n", `gold.csv:2: extraneous or missing " in quoted-field`},
		{"sentence,skills\n\"A\nB\",\"[]\"\nC,Danish\n", `gold.csv:4: skills "Danish": write a list of names: ["one", "another"]`},
		{"query,esco_uri\nA,\n", "gold.csv:2: query or esco_uri is empty"},
	} {
		_, err := NewReader(smallTaxonomy(), "en", "skos:exactMatch").Read("gold.csv", strings.NewReader(c.file))
		var file *FileError
		if !errors.As(err, &file) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q gives %v, want %s", c.file, err, c.want)
		}
	}
}

func TestParseList(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
		ok   bool
	}{
		{`[]`, nil, true},
		{` [ ] `, nil, true},
		{`['one']`, []string{"one"}, true},
		{`["one", 'two' ,"th,r]ee"]`, []string{"one", "two", "th,r]ee"}, true},
		{`["the owner's"]`, []string{"the owner's"}, true},
		{`['the owner\'s']`, []string{"the owner's"}, true},
		{`['a', ]`, []string{"a"}, true},
		{`one`, nil, false},
		{``, nil, false},
		{`[`, nil, false},
		{`[one]`, nil, false},
		{`['one'`, nil, false},
		{`['one]`, nil, false},
		{`['one\']`, nil, false},
		{`['one' 'two']`, nil, false},
	} {
		got, err := parseList(c.text)
		if (err == nil) != c.ok || err == nil && !slices.Equal(got, c.want) {
			t.Errorf("parseList(%s) = %q, %v; want %q, %v", c.text, got, err, c.want, c.ok)
		}
	}
}

// FuzzRead gives the reader any bytes: it answers with an error or with items that
// keep what Gold promises.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"sentence,label\nA,Danish\nA,juggle\n",
		"sentence,skills\nA,\"['Danish', 'UNK']\"\n",
		"query,esco_uri,relation\nDansk,http://example.org/3,skos:exactMatch\n",
		"\ufeffsentence,label\n\"a\nb\",x\n",
		"\x1f\x8b",
	} {
		f.Add([]byte(seed))
	}
	t := smallTaxonomy()
	reader := NewReader(t, "en", "skos:exactMatch")
	f.Fuzz(func(tt *testing.T, file []byte) {
		g, err := reader.Read("gold", bytes.NewReader(file))
		if err != nil {
			var where *FileError
			if !errors.As(err, &where) {
				tt.Fatalf("%v is no FileError", err)
			}
			return
		}
		seen, unknown := map[string]bool{}, 0
		for _, item := range g.Items {
			if item.Text == "" || seen[item.Text] {
				tt.Fatalf("text %q is empty or there twice", item.Text)
			}
			seen[item.Text], unknown = true, unknown+item.Unknown
			if !slices.IsSorted(item.Skills) || len(slices.Compact(slices.Clone(item.Skills))) != len(item.Skills) {
				tt.Fatalf("skills %v of %q", item.Skills, item.Text)
			}
			for _, skill := range item.Skills {
				if skill < 0 || int(skill) >= len(t.Skills) {
					tt.Fatalf("skill %d of %q", skill, item.Text)
				}
			}
		}
		if len(g.Items) == 0 || !slices.IsSorted(g.Unknown) || unknown < len(g.Unknown) {
			tt.Fatalf("%+v", g)
		}
	})
}
