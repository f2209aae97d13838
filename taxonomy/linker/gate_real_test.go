package linker

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLikelihoodOnSentences measures how well likelihood tells sentences that
// carry a skill from those that carry none: the area under the curve, that is how
// often a sentence with a skill is likelier than one without.
func TestLikelihoodOnSentences(t *testing.T) {
	root := os.Getenv("SKILLSGAP_TESTDATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, "eval", "skillskape", "dev.csv"))
	if os.IsNotExist(err) && os.Getenv("CI") != "true" {
		t.Skip("no test data: set SKILLSGAP_TESTDATA to run this test")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	x, d := sealed(t, "en"), &document{}
	var with, without []float32
	for _, row := range rows[1:] {
		d.read(x, row[1])
		d.markContext(x)
		most := float32(0)
		for i := range d.sentences {
			most = max(most, d.sentences[i].likely)
		}
		if strings.Contains(row[2], "UNK") {
			without = append(without, most)
		} else {
			with = append(with, most)
		}
	}
	above := 0.0
	slices.Sort(without)
	for _, p := range with {
		lower, _ := slices.BinarySearch(without, p)
		higher, _ := slices.BinarySearchFunc(without, p, func(a, b float32) int {
			if a <= b {
				return -1
			}
			return 1
		})
		above += float64(lower+higher) / 2
	}
	area := above / float64(len(with)) / float64(len(without))
	t.Logf("%d sentences with a skill, %d without: area under the curve %.3f", len(with), len(without), area)
	if area < 0.70 {
		t.Errorf("area %.3f, want 0.70 or more", area)
	}
}
