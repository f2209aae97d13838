package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

func TestCheckStages(t *testing.T) {
	for _, c := range []struct{ stages, want string }{
		{"concepts read link measure shortage publish report", ""},
		{"concepts read link measure shortage publish", ""},
		{"report", ""},
		{"concepts read link measur", `unknown stage "measur"; the nearest is "measure"`},
		{"read concepts", `stage "read" needs "concepts" before it`},
		{"concepts read link publish", `stage "publish" needs "measure" before it`},
		{"concepts concepts", `stage "concepts" stands after "concepts"`},
	} {
		err := CheckStages("nightly", strings.Fields(c.stages))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want %q", c.stages, err, c.want)
		}
	}
}

func TestFeedFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "a.csv", "odd[1].csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, VersionsDir, "kept"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "inbox", "c.csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"inbox/*": "c.csv", "?.csv": "a.csv b.csv", "odd[1].csv": "odd[1].csv", filepath.Join(dir, "a*"): "a.csv"} {
		files, err := FeedFiles(dir, config.Feed{Name: "f", Path: path})
		if err != nil {
			t.Error(err)
		}
		var names []string
		for _, f := range files {
			names = append(names, filepath.Base(f))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	for _, path := range []string{"none*.csv", "[", "."} {
		var input *InputError
		if files, err := FeedFiles(dir, config.Feed{Name: "f", Path: path}); !errors.As(err, &input) {
			t.Errorf("%s: %v, %v, want an *InputError", path, files, err)
		}
	}
}

func TestBestKeepsTheStrongestEvidence(t *testing.T) {
	at := func(field string, start int32) model.Evidence {
		return model.Evidence{EvidenceField: field, EvidenceStart: start}
	}
	fs := []found{
		{skill: 2, score: 9000, method: methodLinked, relation: "teaches", evidence: at("title", 0)},
		{skill: 1, score: 7000, method: methodLinked, relation: "teaches", evidence: at("description", 40)},
		{skill: 1, score: 7000, method: methodLinked, relation: "teaches", evidence: at("description", 4)},
		{skill: 1, score: 6000, method: methodStatedName, relation: "teaches", evidence: at("skills", 0)},
		{skill: 2, score: 9500, method: methodLinked, relation: "requires", evidence: at("requirements", 0)},
		{skill: 2, score: 9500, method: methodLinked, relation: "teaches", evidence: at("outcomes", 0)},
	}
	type kept struct {
		Skill           int32
		Relation, Field string
	}
	list := func(fs []found) (ks []kept) {
		for _, f := range fs {
			ks = append(ks, kept{f.skill, f.relation, f.evidence.EvidenceField})
		}
		return ks
	}
	want := []kept{{1, "teaches", "skills"}, {2, "requires", "requirements"}, {2, "teaches", "outcomes"}}
	if d := cmp.Diff(want, list(best(append([]found(nil), fs...), true))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]kept{{1, "teaches", "skills"}, {2, "teaches", "outcomes"}}, list(best(fs, false))); d != "" {
		t.Error(d)
	}
}

func TestProfilesJoinOccupationsOfAGroup(t *testing.T) {
	got := (&taxonomy.Taxonomy{Occupations: []taxonomy.Occupation{
		{URI: "o1", ISCO: "2221", Essential: []int32{1, 5}, Optional: []int32{3}},
		{URI: "o2", ISCO: "2212", Essential: []int32{5, 7}},
	}}).Profiles()
	want := map[string][]int32{"o1": {1, 3, 5}, "o2": {5, 7}, "2221": {1, 3, 5}, "2212": {5, 7}, "22": {1, 3, 5, 7}, "2": {1, 3, 5, 7}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestEarlierOfTwoLastDays(t *testing.T) {
	for _, c := range []struct{ a, b, want model.Date }{{0, -1, 0}, {5, -1, 5}, {0, 4, 4}, {5, 4, 4}, {3, 4, 3}} {
		if got := earlier(c.a, c.b); got != c.want {
			t.Errorf("earlier(%d, %d) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
