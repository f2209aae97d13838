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
		"`enrolments`":           len(learnerRows(t, fileEnrolments, &enrolmentSheet)),
		"`comparison`":           len(learnerRows(t, fileComparison, &comparisonSheet)),
		"`follow-ups`":           len(learnerRows(t, fileFollowUps, &followUpSheet)),
		"`feedback`":             len(learnerRows(t, fileFeedback, &feedbackSheet)),
		"`reference-population`": len(learnerRows(t, fileReference, &referenceSheet)),
		"`course-catalogue`":     len(tableRows(t, fileCourseCatalog, credentialSeparator, credentialColumns)),
		"`credential-registry`":  600 - len(tableRows(t, fileCourseCatalog, credentialSeparator, credentialColumns)),
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
	return b.String() + learnerFigures(t)
}

// learnerFigures are the planted figures about learners, as least squares and
// plain shares find them in the tables.
func learnerFigures(t *testing.T) string {
	w, all := starterWorld(t), learnersOf(t)
	var b strings.Builder
	b.WriteString("\n| truth | figure | naive | adjusted by least squares | learners with an answer |\n|---|---|---|---|---|\n")
	line := func(name, figure, months, what, format string, some []observed, treated func(*observed) bool) {
		naive, difference, se, n := adjusted(t, some, months, what, treated)
		fmt.Fprintf(&b, "| %s | %s | "+format+" | "+format+" ± "+format+" | %d |\n", name, figure, naive, difference, 1.96*se, n)
	}
	for _, truth := range w.story {
		switch {
		case truth.Name != truthEffect && truth.Name != truthNoEffect:
		case truth.Figure == "income_12m":
			line(truth.Name, truth.Figure, "12", "income", "%.0f", against(all, truth.SourceID), takes(truth.SourceID))
		default:
			line(truth.Name, truth.Figure, "6", employed, "%.3f", against(all, truth.SourceID), takes(truth.SourceID))
		}
	}
	line(truthSelection, "employed_6m", "6", employed, "%.3f", leavers(all), completes)
	b.WriteString("\n| claim | claimed | in work of those who answered | of all leavers |\n|---|---|---|---|\n")
	participations := w.learners()
	for _, name := range []string{truthClaim, truthKept} {
		rows := truths(t, w, name)
		answered, truly := inWork(w, participations, rows[0].SourceID, 6)
		fmt.Fprintf(&b, "| %s | %.0f %% | %.1f %% | %.1f %% |\n", name, 100*rows[0].From, 100*answered, 100*truly)
	}
	return b.String()
}
