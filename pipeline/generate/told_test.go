package generate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

var update = flag.Bool("update", false, "write the figures into data/starter/STORY.md")

const (
	figuresStart = "<!-- figures: written by go test ./pipeline/generate -update -->\n"
	figuresEnd   = "<!-- end of figures -->\n"
)

// STORY.md tells the figures that are in the feeds.
func TestStoryIsTold(t *testing.T) {
	path := filepath.Join("..", "..", "data", "starter", "STORY.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), figuresStart)
	_, after, ok2 := strings.Cut(rest, figuresEnd)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for figures", path)
	}
	want := before + figuresStart + figures(t) + figuresEnd + after
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(text) != want {
		t.Errorf("%s tells other figures than the feeds have: run with -update\n%s", path, figures(t))
	}
	for file, records := range map[string]int{
		"`job-board`": len(postings(t)), "`employment-service`": len(tableRows(t, fileEmployment, vacancySeparator, vacancyColumns)),
		"`course-catalogue`":    len(tableRows(t, fileCourseCatalog, credentialSeparator, credentialColumns)),
		"`credential-registry`": 600 - len(tableRows(t, fileCourseCatalog, credentialSeparator, credentialColumns)),
	} {
		count := fmt.Sprint(records)
		if records >= 1000 {
			count = fmt.Sprintf("%d,%03d", records/1000, records%1000)
		}
		if !strings.Contains(string(text), file) || !strings.Contains(string(text), " "+count+" ") {
			t.Errorf("STORY.md does not say that %s has %s records", file, count)
		}
	}
}

func figures(t *testing.T) string {
	w, texts := starterWorld(t), feedTexts(t)
	year := w.options.AsOf.AddMonths(-11)
	var b strings.Builder
	b.WriteString("| truth | unit group, region | skill | vacancies, the year before | share | vacancies, the twelve months | share | credentials aligned | of these teach it |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|\n")
	for _, truth := range w.story {
		if truth.Figure != figureDemand {
			continue
		}
		skill, _ := w.taxonomy.SkillIndex(truth.SkillURI)
		offers, teaching := aligned(w, truth.ISCO08, truth.Region), 0
		for i := range offers {
			if offers[i].teaches(skill) {
				teaching++
			}
		}
		count := func(first, last model.Date) int {
			n := 0
			for _, v := range must(t, soundVacancies) {
				if v.job.isco == truth.ISCO08 && (truth.Region == "" || v.region.code == truth.Region) && v.posted >= first && v.posted <= last {
					n++
				}
			}
			return n
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %.1f %% | %d | %.1f %% | %d | %d |\n", truth.Name,
			strings.TrimSuffix(truth.ISCO08+", "+truth.Region, ", "), w.taxonomy.SkillName(skill, english),
			count(0, year-1), 100*asked(t, w, texts, truth, 0, year-1),
			count(year, w.options.AsOf), 100*asked(t, w, texts, truth, year, w.options.AsOf), len(offers), teaching)
	}
	fmt.Fprintf(&b, "\nRepeats of earlier records: %d. Credentials aligned with 8332 in all regions: %d.\n",
		w.options.Vacancies-8-len(must(t, soundVacancies)), len(aligned(w, "8332", "")))
	return b.String()
}
