package generate

import (
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// soundVacancies draws the vacancies of the starter once, those that repeat an
// earlier one and the spoilt ones left out.
var soundVacancies = sync.OnceValues(func() ([]vacancy, error) {
	tax, err := starterTaxonomy()
	if err != nil {
		return nil, err
	}
	w, err := newWorld(tax, StarterOptions())
	if err != nil {
		return nil, err
	}
	var all []vacancy
	seen := map[string]bool{}
	for i := range w.options.Vacancies {
		v := w.vacancy(i)
		key := v.title + v.employer.id + v.region.code + v.text.write(plainText)
		if faultOf(i) == sound && !seen[key] {
			all = append(all, v)
			seen[key] = true
		}
	}
	return all, nil
})

func TestStarterCounts(t *testing.T) {
	board := postings(t)
	service := tableRows(t, fileEmployment, vacancySeparator, vacancyColumns)
	if n := len(board) + len(service); n != 16000 {
		t.Errorf("%d vacancies: want 16,000", n)
	}
	if len(service) < 5000 || len(board) < 5000 {
		t.Errorf("%d JobPostings and %d rows: want a good part of each", len(board), len(service))
	}
	languages, ids := map[string]int{}, map[string]bool{}
	for _, p := range board {
		languages[p["inLanguage"].(string)]++
		ids[p["identifier"].(map[string]any)["value"].(string)] = true
		if !strings.HasPrefix(p["url"].(string), "https://example.org/") {
			t.Fatalf("%v is not marked as synthetic", p["url"])
		}
	}
	faulty := 0
	for _, row := range service {
		languages[row["language"]]++
		ids[row["source_id"]] = true
		if row["title"] == "" || strings.Contains(row["posted_on"], "/") || row["posted_on"] > "2026-06-30" ||
			row["openings"] == "1000000" || len(row) < len(vacancyColumns) {
			faulty++
		}
	}
	if faulty != 8 {
		t.Errorf("%d spoilt rows: STORY.md says 8", faulty)
	}
	if len(ids) != 16000 {
		t.Errorf("%d ids", len(ids))
	}
	if languages[english] < 5000 || languages[french] < 5000 || languages[english]+languages[french] != 16000 {
		t.Errorf("languages %v", languages)
	}
	if sound := len(must(t, soundVacancies)); sound < 15600 || sound > 15750 {
		t.Errorf("%d vacancies without repeats: want about 98 %% of 16,000", sound)
	}
}

func TestStarterShares(t *testing.T) {
	w := starterWorld(t)
	regions, jobs, months := map[string]float64{}, map[string]float64{}, map[model.Date]float64{}
	employers := map[string]map[string]bool{}
	cells := map[[2]string][2]float64{} // openings and their squares in the last twelve months
	for _, v := range must(t, soundVacancies) {
		regions[v.region.code]++
		jobs[v.job.uri]++
		months[v.posted.Month()]++
		if employers[v.region.code] == nil {
			employers[v.region.code] = map[string]bool{}
		}
		employers[v.region.code][v.employer.name] = true
		if v.posted >= w.options.AsOf.AddMonths(-11) && !v.onlyCountry {
			sums := cells[[2]string{v.region.code, v.job.isco}]
			n := float64(v.openings)
			cells[[2]string{v.region.code, v.job.isco}] = [2]float64{sums[0] + n, sums[1] + n*n}
		}
	}
	between(t, "largest to smallest region", ratio(regions), 1.9, 2.1)
	between(t, "most to least frequent occupation", ratio(jobs), 2.8, 3.2)
	if len(regions) != 6 || len(jobs) < 44 || len(months) != 24 {
		t.Errorf("%d regions, %d occupations, %d months", len(regions), len(jobs), len(months))
	}
	for code, names := range employers {
		if len(names) != 150 {
			t.Errorf("%s: %d employers: want 150", code, len(names))
		}
	}
	passing := 0
	for _, sums := range cells {
		if sums[0]*sums[0]/sums[1] >= 30 {
			passing++
		}
	}
	t.Logf("%d of %d cells region x unit group have at least 30 effective vacancies in twelve months", passing, len(cells))
	between(t, "share of cells published", float64(passing)/float64(6*len(w.groups)), 0.9, 1)
}

func TestStarterCredentials(t *testing.T) {
	w := starterWorld(t)
	catalogue := tableRows(t, fileCourseCatalog, credentialSeparator, credentialColumns)
	online, total, priced, timed, placed := 0, 0, 0, 0, 0
	providers := map[string]bool{}
	for _, row := range catalogue {
		total++
		providers[row["provider"]] = true
		for field, counter := range map[string]*int{"price": &priced, "hours": &timed, "places": &placed} {
			if row[field] != "" {
				*counter++
			}
		}
		if row["delivery_mode"] == "online" {
			online++
		}
		if mark, _, _ := strings.Cut(row["provider"], " "); mark != w.names[english].mark && mark != w.names[french].mark {
			t.Fatalf("provider %q is not marked as synthetic", row["provider"])
		}
	}
	inTable := total
	uris, names, programmes := 0, 0, 0
	for _, e := range graph(t) {
		if e["ceterms:ctid"] == nil {
			continue
		}
		total++
		providers[e["ceterms:offeredBy"].([]any)[0].(string)] = true
		if e["ceterms:availableOnlineAt"] != nil {
			online++
		}
		if e["ceterms:hasPart"] != nil {
			programmes++
		}
		skills, _ := e["ceterms:teaches"].([]any)
		if skills == nil {
			skills = e["ceterms:requires"].([]any)[0].(map[string]any)["ceterms:targetCompetency"].([]any)
		}
		if skills[0].(map[string]any)["ceterms:targetNode"] != nil {
			uris++
		} else {
			names++
		}
		if id := e["ceterms:ctid"].(string); len(id) != 39 || id != strings.ToLower(id) || !strings.HasPrefix(id, "ce-") {
			t.Errorf("%s is no CTID", id)
		}
	}
	if total != 600 || online != 120 {
		t.Errorf("%d credentials, %d online: want 600 and 120", total, online)
	}
	if inTable < 240 || inTable > 360 || len(providers) < 38 || len(providers) > 44 || uris < 50 || names < 50 || programmes < 10 {
		t.Errorf("%d of 600 in the table, %d providers, %d with URIs, %d with names, %d programmes", inTable, len(providers), uris, names, programmes)
	}
	for what, n := range map[string]int{"price": priced, "hours": timed, "places": placed} {
		between(t, "rows that state "+what, float64(n)/float64(inTable), 0.8, 0.99)
	}
}

// Every skill is named by one of its labels, and the name stands in the text.
func TestMentionsAreLabels(t *testing.T) {
	w := starterWorld(t)
	for i := range 1000 {
		checkMentions(t, w, i)
	}
	plan := w.plan()
	for i := range plan {
		c := w.credential(plan, &plan[i])
		for n, m := range c.mentions {
			checkLabel(t, w.taxonomy, m, c.language)
			if !strings.Contains(c.outcomes[n], m.text) && !strings.Contains(c.outcomes[n], capital(m.text)) {
				t.Errorf("outcome %q does not name %q", c.outcomes[n], m.text)
			}
		}
	}
}

func checkMentions(t *testing.T, w *world, i int) {
	t.Helper()
	v := w.vacancy(i)
	text := v.text.write(plainText)
	for _, m := range v.mentions {
		checkLabel(t, w.taxonomy, m, v.language)
		if !strings.Contains(text, m.text) && !strings.Contains(text, capital(m.text)) {
			t.Errorf("vacancy %s does not name %q", v.id, m.text)
		}
	}
	if strings.ContainsAny(text, "{}") {
		t.Errorf("vacancy %s has a gap in its text: %s", v.id, text)
	}
}

func checkLabel(t *testing.T, tax *taxonomy.Taxonomy, m mention, language string) {
	t.Helper()
	found := slices.ContainsFunc(tax.Skills[m.skill].Labels, func(l taxonomy.Label) bool {
		return l.Language == language && plain(l.Text) == m.text
	})
	if !found {
		t.Errorf("%q is no %s label of %s", m.text, language, tax.Skills[m.skill].URI)
	}
}

// What is said besides skills names no skill.
func TestPhrasesNameNoSkill(t *testing.T) {
	w := starterWorld(t)
	for language, phrases := range w.phrases {
		for i := range w.taxonomy.Skills {
			eachName(w.taxonomy.Skills[i].Labels, language, func(label string) {
				for place, all := range phrases {
					for _, phrase := range all {
						if strings.Contains(spaced(phrase), spaced(label)) {
							t.Errorf("[%s] %q names %q", place, phrase, label)
						}
					}
				}
			})
		}
	}
}

// spaced is the text in lower case with single spaces around its words.
func spaced(text string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ") + " "
}

func ratio(counts map[string]float64) float64 {
	low, high := math.Inf(1), 0.0
	for _, n := range counts {
		low, high = min(low, n), max(high, n)
	}
	return high / low
}

func between(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if !(got >= low && got <= high) {
		t.Errorf("%s is %.3f: want %.3f to %.3f", what, got, low, high)
	}
}
