package prepare_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// realData returns the folder of real feeds, or skips the test.
func realData(t testing.TB) string {
	dir := os.Getenv("SKILLSGAP_TESTDATA")
	if dir == "" {
		root, err := os.Getwd()
		for err == nil && !exists(filepath.Join(root, "go.mod")) && root != filepath.Dir(root) {
			root = filepath.Dir(root)
		}
		dir = filepath.Join(root, "..", "shared", "data")
	}
	if exists(dir) {
		return dir
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("no real data at %s: set SKILLSGAP_TESTDATA", dir)
	}
	t.Skipf("no real data at %s: set SKILLSGAP_TESTDATA to run this test", dir)
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func regions(t testing.TB) *prepare.Regions {
	r, err := prepare.LoadRegions(data.Reference)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func preparer(t testing.TB, asOf string) *prepare.Preparer {
	day, err := model.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prepare.New(prepare.Options{AsOf: day, Regions: regions(t)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// prepared is a feed read and prepared.
type prepared struct {
	vacancies   []prepare.Vacancy
	credentials []prepare.Credential
	rejects     []model.Reject
	records     int64
}

func prepareFeed(t testing.TB, p *prepare.Preparer, feed source.Feed) prepared {
	var all prepared
	stats, err := source.Read(t.Context(), feed, func(r source.Record) error {
		var broken *source.Violation
		if r.Vacancy != nil {
			var v prepare.Vacancy
			if v, broken = p.Vacancy(feed.Name, r.Vacancy); broken == nil {
				all.vacancies = append(all.vacancies, v)
			}
		} else {
			var c prepare.Credential
			if c, broken = p.Credential(feed.Name, r.Credential); broken == nil {
				all.credentials = append(all.credentials, c)
			}
		}
		if broken != nil {
			all.rejects = append(all.rejects, source.NewReject(feed.Name, r, broken))
		}
		return nil
	}, func(r model.Reject) error { all.rejects = append(all.rejects, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if n := int64(len(all.vacancies) + len(all.credentials) + len(all.rejects)); n != stats.Records {
		t.Errorf("%d accepted and rejected of %d read", n, stats.Records)
	}
	all.records = stats.Records
	return all
}

func nhsFeed(dir string) source.Feed {
	return source.Feed{Name: "nhs", Kind: source.Vacancies, Format: source.FormatSchemaOrg, Files: []string{filepath.Join(dir, "vacancies", "nhs_jobposting.jsonl.gz")}, Constants: map[string]string{"language": "en"}}
}

func TestRealJobPostings(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	start := time.Now()
	got := prepareFeed(t, preparer(t, "2020-11-30"), nhsFeed(dir))
	t.Logf("%d records in %v", got.records, time.Since(start))
	if len(got.vacancies) != 9700 || len(got.rejects) != 0 {
		t.Errorf("%d vacancies, rejects %+v; want 9700, none", len(got.vacancies), got.rejects)
	}
	levels, paid := map[int32]int{}, 0
	for i := range got.vacancies {
		v := &got.vacancies[i]
		checkVacancy(t, v)
		levels[v.RegionLevel]++
		if v.SalaryMin != nil && v.Currency == "GBP" && v.SalaryPeriod != "" {
			paid++
		}
		if v.Country != "GB" || v.PostedOn == 0 || v.ExpiresOn == 0 || v.Employer == "" {
			t.Errorf("vacancy %s: %+v", v.SourceID, v.Vacancy)
		}
	}
	t.Logf("regions by level %v, with pay %d", levels, paid)
	if levels[-1] != 0 || levels[1]+levels[2]+levels[3] < 9700*7/10 || paid < 8800 {
		t.Errorf("regions by level %v, with pay %d", levels, paid)
	}
	checkNumbers(t, got.vacancies)
	markDuplicates(got.vacancies)
	duplicates := 0
	for _, v := range got.vacancies {
		if v.DuplicateOf != "" {
			duplicates++
		}
	}
	t.Logf("%d exact duplicates", duplicates)
}

// checkVacancy checks what holds for every prepared vacancy.
func checkVacancy(t interface{ Errorf(string, ...any) }, v *prepare.Vacancy) {
	if len(v.VacancyID) != 32 || len(v.ContentHash) != 64 || v.Title == "" || v.Openings < 1 {
		t.Errorf("vacancy %q: id %q, hash %q, openings %d", v.Title, v.VacancyID, v.ContentHash, v.Openings)
	}
	if v.SalaryMin != nil && v.SalaryMax != nil && *v.SalaryMin > *v.SalaryMax {
		t.Errorf("vacancy %s: pay from %d to %d", v.SourceID, *v.SalaryMin, *v.SalaryMax)
	}
	checkTexts(t, v.VacancyID, v.ContentHash, v.Texts, v.Skills)
}

func checkTexts(t interface{ Errorf(string, ...any) }, id, hash string, texts []model.Text, skills []prepare.Stated) {
	byField := map[string]string{}
	for _, text := range texts {
		if text.ID != id || text.ContentHash != hash || text.Text == "" || !utf8.ValidString(text.Text) || !norm.NFC.IsNormalString(text.Text) {
			t.Errorf("text of %s: %+v", id, text)
		}
		if s, e, ok := contact.Email(text.Text); ok {
			t.Errorf("address %q in %s of %s", text.Text[s:e], text.Field, id)
		}
		if s, e, ok := contact.Phone(text.Text); ok {
			t.Errorf("number %q in %s of %s", text.Text[s:e], text.Field, id)
		}
		byField[text.Field] = text.Text
	}
	for _, s := range skills {
		text := byField[s.Field]
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			t.Errorf("span %d..%d in a text of %d bytes", s.Start, s.End, len(text))
		} else if span := text[s.Start:s.End]; span != s.Name && s.Name != "" || strings.Contains(span, "\n") {
			t.Errorf("span of %q is %q", s.Name, span)
		}
	}
}

// numberLike are groups of digits as telephone numbers have them, whatever
// stands around them: a check that shares nothing with package contact.
var numberLike = regexp.MustCompile(`(?:\+|00)\d[\d ()-]{7,}\d|\(?\b0\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}|\b\d{3}[ -]\d{3}[ -]\d{3,4}\b|\b\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}\b`)

// roundAmount is the end of an amount and another one: (10) 000 - 18 000.
var roundAmount = regexp.MustCompile(`^000\D|\D000$`)

// checkNumbers reports the texts that hold what looks like a telephone number.
func checkNumbers(t *testing.T, vacancies []prepare.Vacancy) {
	other := func(r rune) bool { return !strings.ContainsRune("0123456789 ()+-", r) }
	for i := range vacancies {
		for _, text := range vacancies[i].Texts {
			for piece := range strings.FieldsFuncSeq(text.Text, other) {
				if number := numberLike.FindString(piece); len(piece) >= 9 && number != "" && !roundAmount.MatchString(number) {
					t.Errorf("%s of %s holds %q", text.Field, vacancies[i].SourceID, number)
				}
			}
		}
	}
}

func TestRealCourses(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	got := prepareFeed(t, preparer(t, "2020-11-30"), source.Feed{
		Name: "coursera", Kind: source.Credentials, Format: source.FormatTable, Files: []string{filepath.Join(dir, "credentials", "coursera.csv.gz")},
		Table: source.TableOptions{Columns: map[string]string{
			"source_id": "course_id", "title": "name", "skills": "skills", "outcomes": "what_you_learn", "url": "url", "language": "language",
		}},
		Constants: map[string]string{"delivery_mode": "online", "provider": "Coursera"},
	})
	if len(got.credentials) != 3766 || len(got.rejects) != 0 {
		t.Fatalf("%d credentials, rejects %+v; want 3766, none", len(got.credentials), got.rejects)
	}
	outcomes := 0
	for i := range got.credentials {
		c := &got.credentials[i]
		checkTexts(t, c.CredentialID, c.ContentHash, c.Texts, c.Skills)
		if c.DeliveryMode != "online" || c.RegionLevel != -1 || len(c.Skills) == 0 || !slices.Equal(c.Language, []string{"en"}) || c.Conformity != "unknown" {
			t.Errorf("credential %+v", c.Credential)
		}
		if len(c.LearningOutcomes) > 0 {
			outcomes++
		}
	}
	if outcomes != 2047 {
		t.Errorf("%d courses with outcomes, want 2047", outcomes)
	}
}

func TestRealCTDL(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(realData(t), "credentials", "ctdl")
	var files []string
	for _, pattern := range []string{"*.json", "registry/*.json"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	got := prepareFeed(t, preparer(t, "2024-06-30"), source.Feed{Name: "ctdl", Kind: source.Credentials, Format: source.FormatCTDL, Files: files})
	if len(got.rejects) != 0 {
		t.Errorf("rejects %+v", got.rejects)
	}
	conformity := map[string]string{}
	for i := range got.credentials {
		c := &got.credentials[i]
		checkTexts(t, c.CredentialID, c.ContentHash, c.Texts, c.Skills)
		conformity[c.Title] = c.Conformity
		if c.SourceID == "ce-7160aae4-5185-4564-95ab-428419974643" {
			if c.Provider != "Example University" || *c.Price != 99500 || c.Currency != "USD" || c.DeliveryMode != "online" || c.Country != "US" || len(c.Prerequisites) != 1 {
				t.Errorf("course %+v", c.Credential)
			}
		}
		if c.Title == "Digital Skills Revolution" && (len(c.Links) != 1 || c.Links[0].Kind != "prerequisite" || c.Links[0].ToID != c.CredentialID) {
			t.Errorf("links %+v", c.Links)
		}
	}
	want := map[string]string{
		"Personal Growth Mastery": "unknown", "Digital Skills Revolution": "unknown", "Leadership and Innovation Excellence": "unknown",
		"Lifelong Learning Accelerator": "unknown", "Bachelor of Science in Cybersecurity": "full_qualification",
		"Master of Science in Project Management": "full_qualification", "Certified Welder Courses": "unknown",
		"Certified Occupational Therapy Assistant (COTA®)": "unknown",
	}
	for title, is := range want {
		if conformity[title] != is {
			t.Errorf("%s is %q, want %s", title, conformity[title], is)
		}
	}
}

func TestRealPolishVacancies(t *testing.T) {
	t.Parallel()
	dir := realData(t)
	got := prepareFeed(t, preparer(t, "2021-12-31"), source.Feed{
		Name: "pl", Kind: source.Vacancies, Format: source.FormatTable, Files: []string{filepath.Join(dir, "vacancies", "pl_hand_coded.csv.gz")},
		Table: source.TableOptions{
			Columns: map[string]string{
				"source_id": "id_oferty", "url": "url", "title": "job.title", "employer": "employer", "locality": "region", "description": "job.description",
				"salary": "salary", "posted_on": "collection.date", "occupation_title": "kzis_name",
			},
			DateFormat: "spreadsheet",
		},
		Constants: map[string]string{"country": "PL", "language": "pl"},
	})
	levels, paid := map[int32]int{}, 0
	for i := range got.vacancies {
		checkVacancy(t, &got.vacancies[i])
		levels[got.vacancies[i].RegionLevel]++
		if v := &got.vacancies[i]; v.SalaryMin != nil && v.Currency == "PLN" {
			paid++
		}
	}
	checkNumbers(t, got.vacancies)
	for _, r := range got.rejects[:min(5, len(got.rejects))] {
		t.Logf("reject %+v", r)
	}
	t.Logf("%d records, %d rejects, regions by level %v, with pay %d", got.records, len(got.rejects), levels, paid)
	if got.records != 4982 || levels[2]+levels[3]+levels[1] < 4982*6/10 {
		t.Errorf("%d records, regions by level %v", got.records, levels)
	}
}

func BenchmarkJobPostings(b *testing.B) { benchmarkFeed(b, nhsFeed(realData(b))) }

// BenchmarkDetectLanguage is the same without a stated language.
func BenchmarkDetectLanguage(b *testing.B) {
	feed := nhsFeed(realData(b))
	feed.Constants = nil
	benchmarkFeed(b, feed)
}

func benchmarkFeed(b *testing.B, feed source.Feed) {
	p := preparer(b, "2020-11-30")
	records := int64(0)
	for b.Loop() {
		records += prepareFeed(b, p, feed).records
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}
