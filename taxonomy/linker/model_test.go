package linker

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// craftTexts speak of skills in words that no name has: zeidler goes with
// beekeeping.
func craftTexts() []string {
	var all []string
	for _, place := range []string{"north", "south", "east", "west", "valley", "forest"} { // a sentence is read once
		for _, text := range []string{
			"Zeidler wanted for beekeeping. The zeidler looks after hives.", "A zeidler with a love of bees and honey.",
			"Our zeidler knows beekeeping and swarms of bees.", "Experience as zeidler: honey, hives, swarms.",
		} {
			all = append(all, strings.ReplaceAll(text, ".", " in the "+place+"."))
		}
	}
	return all
}

func saved(t testing.TB, m *Model) (path string, file []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "model.bin")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, file
}

func TestModelRoundTrip(t *testing.T) {
	x := crafts()
	m := trained(t, x, craftTexts()...)
	path, _ := saved(t, m)
	back, err := LoadModel(path)
	if err != nil {
		t.Fatal(err)
	}
	if back.Fingerprint() != m.Fingerprint() {
		t.Error("the model that was loaded has another fingerprint")
	}
	a, _ := linkerOf(t, x, m)
	b, _ := linkerOf(t, x, back)
	if a.Version() != b.Version() {
		t.Errorf("versions %s and %s", a.Version(), b.Version())
	}
	for _, text := range append(craftTexts(), "spruce, glass and stone") {
		if got, want := b.Rank(text, "en", 9), a.Rank(text, "en", 9); len(want) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("Rank(%q) = %+v, before saving %+v", text, got, want)
		}
	}
}

// TestEmptyModelRoundTrip keeps the model of a taxonomy without languages.
func TestEmptyModelRoundTrip(t *testing.T) {
	m := trained(t, &taxonomy.Taxonomy{Release: "empty"})
	path, _ := saved(t, m)
	back, err := LoadModel(path)
	if err != nil || back.Fingerprint() != m.Fingerprint() {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestLoadDamagedModel(t *testing.T) {
	path, whole := saved(t, trained(t, crafts(), craftTexts()...))
	load := func(file []byte) error {
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := LoadModel(path)
		return err
	}
	for at := 0; at < len(whole); at += max(1, len(whole)/97) {
		flipped := slices.Clone(whole)
		flipped[at] ^= 0x10
		if err := load(flipped); !errors.Is(err, taxonomy.ErrCorrupt) && !errors.Is(err, taxonomy.ErrNewerFormat) {
			t.Errorf("byte %d flipped: %v", at, err)
		}
		if err := load(whole[:at]); !errors.Is(err, taxonomy.ErrCorrupt) {
			t.Errorf("%d bytes of %d: %v", at, len(whole), err)
		}
	}
	if err := load(append(slices.Clone(whole), 0)); !errors.Is(err, taxonomy.ErrCorrupt) {
		t.Errorf("a byte more: %v", err)
	}
	newer := slices.Clone(whole)
	newer[7]++ // the version
	if err := load(newer); !errors.Is(err, taxonomy.ErrNewerFormat) {
		t.Errorf("a newer version: %v", err)
	}
	if err := (taxonomy.Format{Magic: "SGTX", Version: 1}).Save(path, []byte("content")); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadModel(path); !errors.Is(err, taxonomy.ErrCorrupt) {
		t.Errorf("a file of another kind: %v", err)
	}
	if err := modelFormat().Save(path, []byte("no model")); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadModel(path); !errors.Is(err, taxonomy.ErrCorrupt) {
		t.Errorf("other content behind a sound header: %v", err)
	}
	if _, err := LoadModel(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// tinyModel returns a sound model for crafts made by hand: two stems, one pair.
func tinyModel(x *taxonomy.Taxonomy) *Model {
	n := len(x.Skills)
	skills := make([]float32, n*dimensions)
	for i := range n {
		skills[i*dimensions+i] = 1
	}
	units := make([]float32, 3*dimensions)
	units[0], units[dimensions+1], units[2*dimensions] = 1, 0.5, 0.25
	return &Model{Taxonomy: x.Fingerprint(), Boilerplate: []byte{0}, Languages: []languageModel{{
		Language: "en", Stems: []string{"zeidler", "glass"}, Pairs: [][2]uint32{{0, 1}},
		Units: quantise(units), Skills: quantise(skills), Mean: 0.1, Deviation: 0.2,
		Nearest: []nearest{{Largest: 1, Skills: []uint32{0}, Weights: []byte{255}}, {Largest: 0.5, Skills: []uint32{1, 3}, Weights: []byte{255, 10}}},
	}}}
}

// TestModelParts damages one part of a sound model at a time: loading refuses
// what does not fit in itself, and New what does not fit the taxonomy.
func TestModelParts(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	tests := []struct {
		name   string
		damage func(m *languageModel)
	}{
		{"a stem too few", func(m *languageModel) { m.Stems = m.Stems[:1] }},
		{"a stem too many", func(m *languageModel) { m.Stems = append(m.Stems, "wax") }},
		{"a pair too many", func(m *languageModel) { m.Pairs = append(m.Pairs, [2]uint32{1, 1}) }},
		{"a pair of no stem", func(m *languageModel) { m.Pairs[0][1] = 2 }},
		{"a scale too few", func(m *languageModel) { m.Units.Scales = m.Units.Scales[1:] }},
		{"half a vector", func(m *languageModel) { m.Units.Values = m.Units.Values[dimensions/2:] }},
		{"a skill's scale too few", func(m *languageModel) { m.Skills.Scales = m.Skills.Scales[1:] }},
		{"a part of a skill's vector", func(m *languageModel) { m.Skills.Values = m.Skills.Values[1:] }},
		{"nearest of fewer stems", func(m *languageModel) { m.Nearest = m.Nearest[1:] }},
		{"nearest is no skill", func(m *languageModel) { m.Nearest[1].Skills[1] = 99 }},
		{"nearest far beyond", func(m *languageModel) { m.Nearest[1].Skills[1] = math.MaxUint32 }},
		{"a weight too few", func(m *languageModel) { m.Nearest[1].Weights = m.Nearest[1].Weights[1:] }},
		{"weights without skills", func(m *languageModel) { m.Nearest[1].Skills = nil }},
		{"infinite weight", func(m *languageModel) { m.Nearest[0].Largest = inf }},
		{"no deviation", func(m *languageModel) { m.Deviation = 0 }},
		{"deviation NaN", func(m *languageModel) { m.Deviation = nan }},
		{"infinite deviation", func(m *languageModel) { m.Deviation = inf }},
		{"mean NaN", func(m *languageModel) { m.Mean = nan }},
		{"unit NaN", func(m *languageModel) { m.Units.Scales[0] = nan }},
		{"infinite skill", func(m *languageModel) { m.Skills.Scales[0] = inf }},
		{"negative scale", func(m *languageModel) { m.Skills.Scales[0] = -1 }},
	}
	x := crafts()
	sound, err := tinyModel(x).encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := decodeModel(sound); err != nil {
		t.Fatalf("the sound model: %v", err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := tinyModel(x)
			tt.damage(&m.Languages[0])
			content, err := m.encode()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := decodeModel(content); err == nil {
				t.Error("it is taken")
			}
		})
	}
	m := tinyModel(x)
	m.Boilerplate = []byte{5}
	content, err := m.encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := decodeModel(content); err == nil {
		t.Error("damaged boilerplate is taken")
	}
}

// TestModelOfOtherSkills gives New models that are sound but not of its
// taxonomy.
func TestModelOfOtherSkills(t *testing.T) {
	x := crafts()
	for _, n := range []int{0, 5, 7} {
		m := tinyModel(x)
		m.Languages[0].Skills = quantise(make([]float32, n*dimensions))
		m.Languages[0].Nearest = make([]nearest, 2)
		if _, err := New(x, m); !errors.Is(err, taxonomy.ErrCorrupt) {
			t.Errorf("a model of %d skills for %d: %v", n, len(x.Skills), err)
		}
	}
	other := taxonomyOf("beekeeping")
	if _, err := New(other, tinyModel(x)); !errors.Is(err, ErrOtherTaxonomy) {
		t.Errorf("a model of another taxonomy: %v", err)
	}
	m := tinyModel(x)
	m.Boilerplate = []byte{5}
	if _, err := New(x, m); err == nil {
		t.Error("a model with damaged boilerplate is taken")
	}
}

// TestFingerprint pins one and changes each part in turn.
func TestFingerprint(t *testing.T) {
	x := crafts()
	x.Release = "pinned"
	const want = "014f39ca"
	m := tinyModel(x)
	m.Taxonomy = "pinned"
	if got := m.Fingerprint(); got[:8] != want || len(got) != 64 {
		t.Errorf("fingerprint %s, want %s…: nights would link everything anew", got, want)
	}
	seen := map[string]string{tinyModel(x).Fingerprint(): "nothing"}
	changes := map[string]func(m *Model, l *languageModel){
		"taxonomy":    func(m *Model, _ *languageModel) { m.Taxonomy += "0" },
		"boilerplate": func(m *Model, _ *languageModel) { m.Boilerplate = append(m.Boilerplate, 0) },
		"languages":   func(m *Model, _ *languageModel) { m.Languages = nil },
		"language":    func(_ *Model, l *languageModel) { l.Language = "fr" },
		"stems":       func(_ *Model, l *languageModel) { l.Stems[1] = "glas" },
		"pairs":       func(_ *Model, l *languageModel) { l.Pairs[0] = [2]uint32{1, 0} },
		"units":       func(_ *Model, l *languageModel) { l.Units.Values[3]++ },
		"unit scale":  func(_ *Model, l *languageModel) { l.Units.Scales[1] *= 2 },
		"skills":      func(_ *Model, l *languageModel) { l.Skills.Values[3]++ },
		"skill scale": func(_ *Model, l *languageModel) { l.Skills.Scales[1] *= 2 },
		"largest":     func(_ *Model, l *languageModel) { l.Nearest[0].Largest = 2 },
		"nearest":     func(_ *Model, l *languageModel) { l.Nearest[0].Skills[0] = 1 },
		"weights":     func(_ *Model, l *languageModel) { l.Nearest[0].Weights[0]-- },
		"mean":        func(_ *Model, l *languageModel) { l.Mean = 0.2 },
		"deviation":   func(_ *Model, l *languageModel) { l.Deviation = 0.3 },
	}
	for name, change := range changes {
		m := tinyModel(x)
		change(m, &m.Languages[0])
		f := m.Fingerprint()
		if before, ok := seen[f]; ok {
			t.Errorf("the model with other %s has the fingerprint of that with other %s", name, before)
		}
		seen[f] = name
		if f != m.Fingerprint() {
			t.Errorf("%s: the fingerprint changes by itself", name)
		}
	}
}

// TestQuantise checks that a value comes back within half a step, which is a
// 127th of the largest of its row, and that zero comes back as zero.
func TestQuantise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 4).Draw(t, "rows")
		values := make([]float32, n*dimensions)
		size := rapid.SampledFrom([]float64{0, 1e-30, 1e-3, 1, 1e5}).Draw(t, "size")
		for i := range values {
			values[i] = float32(size * rapid.Float64Range(-1, 1).Draw(t, "value"))
		}
		q := quantise(values)
		back := q.rows()
		if len(q.Scales) != n || len(back) != len(values) || !q.valid(n) {
			t.Fatalf("%d rows come back as %d scales and %d values", n, len(q.Scales), len(back))
		}
		for i, v := range values {
			scale := q.Scales[i/dimensions]
			if math.Abs(float64(back[i]-v)) > float64(scale)*0.5001 || v == 0 && back[i] != 0 {
				t.Fatalf("%v comes back as %v, steps of %v", v, back[i], scale)
			}
		}
	})
}

func TestNearestOf(t *testing.T) {
	const skills = 2 * nearestLimit
	e := &embedding{units: make([]float32, dimensions), skills: make([]float32, skills*dimensions)}
	e.units[0] = 2
	for i := range skills { // half lie on the other side
		row(e.skills, int32(i))[0] = float32(i-nearestLimit+8) / skills
	}
	n := e.nearestOf(0)
	if len(n.Skills) != nearestLimit || n.Skills[0] != skills-1 || n.Weights[0] != math.MaxUint8 || len(n.Weights) != len(n.Skills) {
		t.Fatalf("got %+v", n)
	}
	if !slices.IsSortedFunc(n.Weights, func(a, b byte) int { return int(b) - int(a) }) {
		t.Errorf("not the nearest first: %v", n.Weights)
	}
	if least := n.Skills[len(n.Skills)-1]; least != skills-nearestLimit {
		t.Errorf("the last kept is %d", least)
	}
	e.units[0] = 0
	if n := e.nearestOf(0); len(n.Skills) != 0 {
		t.Errorf("a stem without direction is near %v", n.Skills)
	}
}

// FuzzLoadModel decodes content that a header with a right checksum would let
// through. What decoding takes, New takes or refuses, and links.
func FuzzLoadModel(f *testing.F) {
	x := crafts()
	for _, m := range []*Model{{}, {Boilerplate: []byte{0}}, tinyModel(x), trained(f, x, craftTexts()...)} {
		content, err := m.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
		f.Add(content[:len(content)/2])
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		m, err := decodeModel(content)
		if err != nil {
			return
		}
		m.Taxonomy = x.Fingerprint()
		l, err := New(x, m)
		if err != nil {
			return
		}
		for _, matches := range [][]Match{l.LinkMin("zeidler: glass engraving, apiculture", "en", 0), l.Rank("zeidler glass zeidler glass bees", "en", 9)} {
			for _, m := range matches {
				if !(m.Score >= 0 && m.Score <= 1) {
					t.Errorf("score %v", m.Score)
				}
			}
		}
	})
}
