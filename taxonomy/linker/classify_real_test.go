package linker_test

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// polish returns full English ESCO with the names of the Polish crosswalk, and
// Polish vacancies coded by hand: title, description, unit group.
func polish(t testing.TB) (*linker.Linker, [][3]string) {
	t.Helper()
	_, x := real(t, "v1.1.1")
	f, err := os.Open(dataPath(t, "reference", "kzis_esco_crosswalk.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := linker.ReadCrosswalk(f, "pl", ";", linker.CrosswalkColumns{Name: "kzis name", Code: "kzis code", Occupation: "esco code", OccupationName: "esco name"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := linker.New(x, nil, c)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(dataPath(t, "vacancies", "pl_hand_coded.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var coded [][3]string
	title, description, code := slices.Index(rows[0], "job.title"), slices.Index(rows[0], "job.description"), slices.Index(rows[0], "kzis_code6")
	units := linker.NewUnitGroups(x, c)
	for _, r := range rows[1:] {
		group, _ := units.Of(r[code]) // no group is never right
		coded = append(coded, [3]string{r[title], r[description], group})
	}
	return l, coded
}

// TestClassifyPolish measures titles with and without descriptions on every fourth
// of the vacancies; `evaluate classifier` measures all.
func TestClassifyPolish(t *testing.T) {
	l, coded := polish(t)
	for _, tt := range []struct {
		name        string
		described   bool
		unit, major float64 // at least
	}{
		{"titles alone", false, 0.56, 0.715},
		{"titles and descriptions", true, 0.58, 0.73},
	} {
		unit, major, n := 0.0, 0.0, 0.0
		for i := 0; i < len(coded); i += 4 {
			description := ""
			if tt.described {
				description = coded[i][1]
			}
			n++
			matches := l.Classify(coded[i][0], description, "pl", 1)
			if len(matches) == 0 || coded[i][2] == "" {
				continue
			}
			if matches[0].ISCO == coded[i][2] {
				unit++
			}
			if matches[0].ISCO[:1] == coded[i][2][:1] {
				major++
			}
		}
		t.Logf("%s: %.3f right at four digits, %.3f at one", tt.name, unit/n, major/n)
		if unit/n < tt.unit || major/n < tt.major {
			t.Errorf("%s: want at least %.3f and %.3f", tt.name, tt.unit, tt.major)
		}
	}
}

// Whoever asks, and however many at once, the answer is the same.
func TestClassifyIsDeterministic(t *testing.T) {
	l, coded := polish(t)
	coded = coded[:200]
	var runs [2][]linker.OccupationMatch
	var workers sync.WaitGroup
	for i := range runs {
		workers.Go(func() {
			for _, c := range coded {
				runs[i] = append(runs[i], l.Classify(c[0], c[1], "pl", 3)...)
			}
		})
	}
	workers.Wait()
	if !slices.Equal(runs[0], runs[1]) {
		t.Error("two runs differ")
	}
}

func BenchmarkClassifyPolish(b *testing.B) {
	l, coded := polish(b)
	n := 0
	for b.Loop() {
		l.Classify(coded[n%len(coded)][0], "", "pl", 3)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "titles/s")
}
