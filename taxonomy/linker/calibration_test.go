package linker

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

var update = flag.Bool("update", false, "write calibration.csv.gz")

// observed is how many candidates of a sentence the calibration file keeps,
// besides those that are right.
const observed = 64

// annotated is a sentence of a vacancy with the official names of its skills.
type annotated struct {
	sentence string
	names    []string
}

// TestCalibrationFile checks that the calibration file holds the features that
// the annotated sentences have now; -update trains a model and writes it anew.
// Nearness changes with each training and is not compared.
func TestCalibrationFile(t *testing.T) {
	root := os.Getenv("SKILLSGAP_TESTDATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(root); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no test data at %s", root)
		}
		t.Skipf("no test data at %s: set SKILLSGAP_TESTDATA to run this test", root)
	}
	x, _, err := esco.Import([]string{filepath.Join(root, "esco", "esco-v1.1.0-en-csv.zip"), filepath.Join(root, "esco", "esco-v1.1.0-relations-csv.zip")}, []string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	l, trained := calibrationLinkers(t, x)
	var sentences [][]observation
	for _, set := range []string{"tech", "house"} {
		for _, a := range readAnnotated(t, filepath.Join(root, "eval", "decorte", set+"_validation_annotations.csv")) {
			sentences = append(sentences, observe(l, trained, x, a, len(sentences)))
		}
	}
	file := calibrationOf(sentences)
	if *update {
		if err := os.WriteFile("calibration.csv.gz", packed(t, file), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := withoutNearness(unpacked(t, calibrationFile))
	if got := withoutNearness(file); !slices.Equal(got, want) {
		t.Errorf("calibration.csv.gz has %d rows that are not what the sentences have now, %d rows: run this test with -update", len(want), len(got))
	}
}

// calibrationLinkers returns the English index without a model, and with one where
// the file is to be written.
func calibrationLinkers(t *testing.T, x *taxonomy.Taxonomy) (plain, trained *index) {
	if *update {
		calibrationFile = packed(t, calibrationOf(nil)) // the columns may be others
	}
	l, err := New(x, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !*update {
		return l.indexes[0], l.indexes[0]
	}
	m, err := Train(t.Context(), x, func(func(Document) bool) {}, func(what string) { t.Log(what) })
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(x, m)
	if err != nil {
		t.Fatal(err)
	}
	return l.indexes[0], other.indexes[0]
}

// readAnnotated reads annotations grouped by sentence.
func readAnnotated(t *testing.T, path string) []annotated {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []annotated
	at := map[string]int{}
	for _, row := range rows[1:] {
		i, ok := at[row[0]]
		if !ok {
			i = len(all)
			at[row[0]] = i
			all = append(all, annotated{sentence: row[0]})
		}
		all[i].names = append(all[i].names, row[3])
	}
	return all
}

// observe returns the candidates that words alone find for a sentence, the likeliest
// first by a plain sum, for the order must not depend on what is fitted to it.
func observe(x, trained *index, t *taxonomy.Taxonomy, a annotated, number int) []observation {
	w, learnt := &worker{}, &worker{}
	w.doc.read(x.lexicon, a.sentence)
	w.rank(x, a.sentence)
	learnt.doc.read(trained.lexicon, a.sentence)
	learnt.rank(trained, a.sentence)
	slices.SortFunc(w.scored, func(a, b scored) int {
		return cmp.Or(cmp.Compare(plainSum(&b.features), plainSum(&a.features)), cmp.Compare(a.skill, b.skill))
	})
	var all []observation
	for i, s := range w.scored {
		if trained.embedding != nil && learnt.length > 0 {
			s.features[featNearness] = trained.embedding.nearness(learnt.place, s.skill)
		}
		right := slices.Contains(a.names, strings.TrimSpace(t.SkillName(s.skill, "en")))
		if right || i < observed {
			all = append(all, observation{
				sentence: number, fold: FoldOf(a.sentence), first: s.window.first, last: s.window.last,
				sound: w.sound(x, &s), right: right, features: s.features,
			})
		}
	}
	return all
}

func plainSum(f *features) float32 {
	return f[featFit] + f[featOfficial] + f[featHint] + f[featCosine]
}

func calibrationOf(sentences [][]observation) []string {
	lines := []string{strings.Join(calibrationColumns(), ",")}
	flag := map[bool]int{true: 1}
	for _, os := range sentences {
		for _, o := range os {
			fields := []int{o.sentence, o.fold, o.first, o.last, flag[o.sound], flag[o.right]}
			for _, f := range o.features {
				fields = append(fields, int(math.Round(float64(f)*1000)))
			}
			lines = append(lines, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(fields)), ","), "[]"))
		}
	}
	return lines
}

func withoutNearness(lines []string) []string {
	var all []string
	for _, l := range lines {
		fields := strings.Split(l, ",")
		all = append(all, strings.Join(slices.Delete(fields, 6+featNearness, 7+featNearness), ","))
	}
	return all
}

func packed(t *testing.T, lines []string) []byte {
	var file bytes.Buffer
	z, err := gzip.NewWriterLevel(&file, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write([]byte(strings.Join(lines, "\n") + "\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func unpacked(t *testing.T, file []byte) []string {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(z); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(text.String(), "\n"), "\n")
}
