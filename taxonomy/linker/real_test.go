package linker_test

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"html"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// cases reads a file of test cases: a case per line, its fields between bars.
func cases(t *testing.T, path string, fields int) [][]string {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(line, " | ")
		if len(c) != fields {
			t.Fatalf("%s: %q has %d fields, want %d", path, line, len(c), fields)
		}
		all = append(all, c)
	}
	return all
}

// TestTraps runs testdata/traps.txt against the full English ESCO.
func TestTraps(t *testing.T) {
	l, x := real(t, "v1.1.1")
	known := map[string]bool{"-": true, "*": true}
	for i := range x.Skills {
		known[strings.TrimSpace(x.SkillName(int32(i), "en"))] = true
	}
	all := cases(t, "testdata/traps.txt", 3)
	for _, c := range all {
		got, want, not := namesOf(x, l.Link(c[0], "en")), strings.Split(c[1], "; "), strings.Split(c[2], "; ")
		for _, name := range slices.Concat(want, not) {
			if !known[name] {
				t.Errorf("%q: there is no skill %q", c[0], name)
			}
		}
		for _, name := range want {
			if name != "-" && !slices.Contains(got, name) {
				t.Errorf("%q gives %q; %q is missing", c[0], got, name)
			}
		}
		for _, name := range got {
			if !slices.Contains(want, name) && (slices.Contains(not, name) || slices.Contains(not, "*")) {
				t.Errorf("%q gives %q; %q is wrong", c[0], got, name)
			}
		}
	}
	if len(all) < 200 {
		t.Errorf("%d traps, want at least 200", len(all))
	}
}

// TestReviewedFiles checks that what aliases.csv names is in ESCO.
func TestReviewedFiles(t *testing.T) {
	_, x := real(t, "v1.1.1")
	labels := map[string]bool{}
	for i := range x.Skills {
		for _, l := range x.Skills[i].Labels {
			labels[strings.ToLower(strings.TrimSpace(l.Text))] = true
		}
	}
	for _, row := range readCSV(t, "aliases.csv")[1:] {
		if _, ok := x.SkillIndex(row[3]); row[3] != "" && !ok {
			t.Errorf("alias %q: there is no skill %s", row[2], row[3])
		}
		if row[0] == "en" && row[1] == "drop" && !labels[strings.ToLower(row[2])] {
			t.Errorf("there is no label %q to drop", row[2])
		}
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// gold is a vacancy sentence with the official names of its skills.
type gold struct {
	sentence string
	labels   []string
}

// readGold reads annotations grouped by sentence, without those that name no
// label.
func readGold(t *testing.T, path string) []gold {
	t.Helper()
	var all []gold
	at := map[string]int{}
	for _, row := range readCSV(t, path)[1:] {
		sentence, label := row[0], row[3]
		if label == "" || label == "LABEL NOT PRESENT" || label == "UNDERSPECIFIED" {
			continue
		}
		i, ok := at[sentence]
		if !ok {
			i = len(all)
			at[sentence] = i
			all = append(all, gold{sentence: sentence})
		}
		if !slices.Contains(all[i].labels, label) {
			all[i].labels = append(all[i].labels, label)
		}
	}
	return all
}

// TestRankOnGold measures Rank on annotated vacancy sentences: RP@k is the hits
// among the first k by the smaller of k and the number of labels, MRR the mean
// reciprocal rank of the first hit.
func TestRankOnGold(t *testing.T) {
	l, x := real(t, "v1.1.0")
	var all []gold
	for _, name := range []string{"tech", "house"} {
		all = append(all, readGold(t, dataPath(t, "eval", "decorte", name+"_validation_annotations.csv"))...)
	}
	cuts := []int{1, 5, 10}
	precision, mrr := make([]float64, len(cuts)), 0.0
	for _, g := range all {
		hits := ranksOf(x, l.Rank(g.sentence, "en", 1000), g.labels)
		for i, k := range cuts {
			n := 0
			for _, rank := range hits {
				if rank <= k {
					n++
				}
			}
			precision[i] += float64(n) / float64(min(k, len(g.labels))) / float64(len(all))
		}
		if len(hits) > 0 {
			mrr += 1 / float64(hits[0]) / float64(len(all))
		}
	}
	t.Logf("%d sentences: RP@1 %.3f, RP@5 %.3f, RP@10 %.3f, MRR %.3f", len(all), precision[0], precision[1], precision[2], mrr)
	if precision[1] < 0.60 {
		t.Errorf("RP@5 is %.3f, want at least 0.60", precision[1])
	}
}

// ranksOf returns the ranks of the labels among the matches, ascending.
func ranksOf(x *taxonomy.Taxonomy, matches []linker.Match, labels []string) []int {
	var ranks []int
	for i, m := range matches {
		if slices.Contains(labels, x.SkillName(m.Skill, "en")) {
			ranks = append(ranks, i+1)
		}
	}
	return ranks
}

func TestRankAcceptance(t *testing.T) {
	l, x := real(t, "v1.1.1")
	text := "Experience with patient-centred care and MRSA screening"
	got := l.Rank(text, "en", 5)
	at := slices.IndexFunc(got, func(m linker.Match) bool { return x.SkillName(m.Skill, "en") == "person centred care" })
	if len(got) != 5 || at < 0 {
		t.Fatalf("got %+v", got)
	}
	if evidence := text[got[at].Start:got[at].End]; evidence != "patient-centred care" {
		t.Errorf("evidence %q", evidence)
	}
}

func TestNameOnReal(t *testing.T) {
	l, x := real(t, "v1.1.1")
	for _, c := range cases(t, "testdata/names.txt", 2) {
		got := "-"
		if m, ok := l.Name(c[0], "en"); ok {
			got = x.SkillName(m.Skill, "en")
		}
		if got != c[1] {
			t.Errorf("Name(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestClassifyOnReal(t *testing.T) {
	l, _ := real(t, "v1.1.1")
	for _, c := range cases(t, "testdata/titles.txt", 2) {
		got := "-"
		if matches := l.Classify(c[0], "", "en", 1); len(matches) > 0 && matches[0].Score >= 0.3 {
			got = matches[0].ISCO
		}
		if got != c[1] {
			t.Errorf("Classify(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// vacancyTexts returns real descriptions, roughly freed from HTML.
func vacancyTexts(t testing.TB, limit int) []string {
	t.Helper()
	f, err := os.Open(dataPath(t, "vacancies", "nhs_jobposting.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	block, tag := regexp.MustCompile(`(?i)</?(p|br|li|div|ul|h\d)[^>]*>`), regexp.MustCompile(`<[^>]*>`)
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	var texts []string
	for len(texts) < limit && lines.Scan() {
		var posting struct{ Description string }
		if err := json.Unmarshal(lines.Bytes(), &posting); err != nil {
			t.Fatal(err)
		}
		text := block.ReplaceAllString(html.UnescapeString(posting.Description), "\n")
		texts = append(texts, html.UnescapeString(tag.ReplaceAllString(text, "")))
	}
	return texts
}

func TestLinkRealVacancies(t *testing.T) {
	l, _ := real(t, "v1.1.1")
	texts := vacancyTexts(t, 300)
	links := 0
	for _, text := range texts {
		matches := l.Link(text, "en")
		checkMatches(t, text, matches)
		links += len(matches)
	}
	perText := float64(links) / float64(len(texts))
	t.Logf("%.1f skills in a vacancy", perText)
	if perText < 1.5 || perText > 10 {
		t.Errorf("%.1f skills in a vacancy are too few or too many", perText)
	}
}

func BenchmarkNew(b *testing.B) {
	_, x := real(b, "v1.1.1")
	for b.Loop() {
		if _, err := linker.New(x, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLink(b *testing.B) {
	l, _ := real(b, "v1.1.1")
	texts := vacancyTexts(b, 500)
	n, bytes := 0, 0
	for b.Loop() {
		text := texts[n%len(texts)]
		l.Link(text, "en")
		n, bytes = n+1, bytes+len(text)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(bytes)/float64(n), "bytes/doc")
}

func BenchmarkRank(b *testing.B) {
	l, _ := real(b, "v1.1.1")
	for b.Loop() {
		l.Rank("Experience with patient-centred care and MRSA screening", "en", 10)
	}
}

func BenchmarkClassify(b *testing.B) {
	l, _ := real(b, "v1.1.1")
	for b.Loop() {
		l.Classify("Senior Staff Nurse - Intensive Care (Band 6)", "", "en", 3)
	}
}
