package taxonomy

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestAnyTaxonomyComesBack: Save then Load is the identity, and keeps the
// fingerprint.
func TestAnyTaxonomyComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "taxonomy.bin")
	rapid.Check(t, func(t *rapid.T) {
		x := draw(t)
		if err := x.Save(path); err != nil {
			t.Fatal(err)
		}
		got, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, x) {
			t.Fatalf("loaded %+v, saved %+v", got, x)
		}
		if got.Fingerprint() != x.Fingerprint() {
			t.Fatal("the fingerprint changed")
		}
	})
}

// FuzzLoad feeds the loader with any bytes: as a file, and as the payload of a
// file, past the checksum.
func FuzzLoad(f *testing.F) {
	payload := sample().payload()
	content, err := format().pack(payload)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add(payload)
	f.Add([]byte(format().Magic))
	f.Add([]byte("\x00\x00\x00\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func([]byte) (*Taxonomy, error){
			func(data []byte) (*Taxonomy, error) {
				content, err := format().unpack(data)
				if err != nil {
					return nil, err
				}
				return parse(string(content))
			},
			func(data []byte) (*Taxonomy, error) { return parse(string(data)) },
		} {
			x, err := read(data)
			if err != nil {
				continue
			}
			if err := x.Validate(); err != nil {
				t.Errorf("a loaded taxonomy is invalid: %v", err)
			}
			x.Search("a", "", 1)
		}
	})
}

// draw makes a random valid taxonomy; empty lists are nil, as Load gives them.
func draw(t *rapid.T) *Taxonomy {
	x := &Taxonomy{
		Release:    rapid.String().Draw(t, "release"),
		Releases:   drawList(t, "releases", rapid.String()),
		Languages:  drawList(t, "languages", rapid.String()),
		Unresolved: RelationCount{Essential: rapid.IntRange(0, 99).Draw(t, "essential"), Optional: rapid.IntRange(0, 99).Draw(t, "optional")},
	}
	for _, uri := range drawKeys(t, "skills") {
		x.Skills = append(x.Skills, Skill{
			URI: uri, Type: SkillType(rapid.String().Draw(t, "type")), ReuseLevel: rapid.String().Draw(t, "level"),
			Flags:   Flags(rapid.Uint8().Draw(t, "flags")),
			Broader: drawList(t, "broader", rapid.String()), Labels: drawLabels(t), Descriptions: drawTexts(t),
		})
	}
	for _, uri := range drawKeys(t, "groups") {
		x.SkillGroups = append(x.SkillGroups, SkillGroup{
			URI: uri, Code: rapid.String().Draw(t, "code"),
			Broader: drawList(t, "broader", rapid.String()), Labels: drawLabels(t),
		})
	}
	for _, uri := range drawKeys(t, "occupations") {
		x.Occupations = append(x.Occupations, Occupation{
			URI: uri, Code: rapid.String().Draw(t, "code"), ISCO: rapid.String().Draw(t, "isco"),
			Broader: drawList(t, "broader", rapid.String()), Labels: drawLabels(t), Descriptions: drawTexts(t),
			Essential: drawIndices(t, len(x.Skills)), Optional: drawIndices(t, len(x.Skills)),
		})
	}
	for _, code := range drawKeys(t, "isco") {
		x.ISCOGroups = append(x.ISCOGroups, ISCOGroup{Code: code, Labels: drawLabels(t)})
	}
	for _, to := range drawIndices(t, len(x.Skills)) {
		x.SkillRelations = append(x.SkillRelations, SkillRelation{To: to, Essential: rapid.Bool().Draw(t, "is essential")})
	}
	return x
}

func drawList[T any](t *rapid.T, label string, item *rapid.Generator[T]) []T {
	items := rapid.SliceOfN(item, 0, 4).Draw(t, label)
	if len(items) == 0 {
		return nil
	}
	return items
}

func drawKeys(t *rapid.T, label string) []string {
	keys := rapid.SliceOfNDistinct(rapid.StringN(1, 8, -1), 0, 5, rapid.ID).Draw(t, label)
	slices.Sort(keys)
	return keys
}

func drawIndices(t *rapid.T, n int) []int32 {
	if n == 0 {
		return nil
	}
	indices := drawList(t, "indices", rapid.Int32Range(0, int32(n-1)))
	slices.Sort(indices)
	return slices.Compact(indices)
}

func drawLabels(t *rapid.T) []Label {
	return drawList(t, "labels", rapid.Custom(func(t *rapid.T) Label {
		return Label{
			Text: rapid.String().Draw(t, "text"), Language: fmt.Sprintf("l%d", rapid.IntRange(0, 3).Draw(t, "language")),
			Kind: LabelKind(rapid.IntRange(0, int(Hidden)).Draw(t, "kind")),
		}
	}))
}

func drawTexts(t *rapid.T) []Text {
	return drawList(t, "texts", rapid.Custom(func(t *rapid.T) Text {
		return Text{Text: rapid.String().Draw(t, "text"), Language: rapid.String().Draw(t, "language")}
	}))
}
