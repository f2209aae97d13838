package linker_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// Each reviewed title is given once, with a reason, to an occupation or unit group
// that ESCO has.
func TestReviewedTitles(t *testing.T) {
	_, x := real(t, "v1.1.1")
	file, err := os.Open("titles.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[2]string]bool{}
	for _, row := range rows[1:] {
		title := [2]string{row[0], strings.ToLower(row[1])}
		_, occupation := x.OccupationIndex(row[2])
		group := len(row[2]) == 4 && slices.ContainsFunc(x.ISCOGroups, func(g taxonomy.ISCOGroup) bool { return g.Code == row[2] })
		switch {
		case seen[title]:
			t.Errorf("%q is given twice", row[:2])
		case !occupation && !group:
			t.Errorf("%q: ESCO has no %s", row[:2], row[2])
		case row[3] == "":
			t.Errorf("%q has no reason", row[:2])
		}
		seen[title] = true
	}
}
