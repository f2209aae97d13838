package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"pgregory.net/rapid"
)

// readText reads text as a feed within limits small enough to reach.
func readText(t testing.TB, feed Feed, lim limits, name string, text []byte) ([]Record, []model.Reject, error) {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	feed.Files = []string{path}
	var records []Record
	var rejects []model.Reject
	stats, err := read(t.Context(), feed, lim,
		func(r Record) error { records = append(records, r); return nil },
		func(r model.Reject) error { rejects = append(rejects, r); return nil })
	if int64(len(records)+len(rejects)) != stats.Records {
		t.Errorf("%d records + %d rejects are not %d", len(records), len(rejects), stats.Records)
	}
	return records, rejects, err
}

func smallLimits() limits {
	return limits{record: 400, quoted: 300, depth: 8, values: 50, columns: 20, page: 1000, index: 4000, listing: 10_000, unpacked: 100_000, ratio: 50, slack: 10_000, members: 3, badRows: 5}
}

var jobsFeed = Feed{Name: "jobs", Kind: Vacancies, Format: FormatSchemaOrg}

func TestLimits(t *testing.T) {
	job := func(s string) string { return `{"@type":"JobPosting","title":"` + s + `"}` }
	long := job(strings.Repeat("x", 500))
	for _, c := range []struct {
		name, file, text string
		records          int
		rules            []string
	}{
		{"long line", "a.jsonl", job("a") + "\n" + long + "\n" + job("b"), 2, []string{RuleTooLong}},
		{"long first line", "a.jsonl", long + "\n" + job("b"), 1, []string{RuleTooLong}},
		{"long element", "a.json", "[" + job("a") + "," + long + ",\n" + job("b") + "]", 2, []string{RuleTooLong}},
		{"deep line", "a.jsonl", `{"a":` + strings.Repeat("[", 9) + strings.Repeat("]", 9) + "}\n" + job("b"), 1, []string{RuleJSONDepth}},
		{"deep document", "a.json", "{\n\"a\":" + strings.Repeat("[", 9) + strings.Repeat("]", 9) + "}\n", 0, []string{RuleJSONDepth}},
		{"broken first line", "a", "{\"@type\":\"JobPosting\n" + job("b"), 1, []string{RuleJSONBroken}},
		{"broken element", "a", "[" + job("a") + `,{"x":"unclosed},` + "\n" + `"y":1},` + job("b") + "]", 2, []string{RuleJSONBroken}},
		{"several arrays", "a", "[" + job("a") + "]\n[" + job("b") + "],", 2, nil},
		{"stray text", "a", "{\n" + job("a")[1:] + "\n-- end of page 1\n" + job("b"), 2, []string{RuleJSONBroken}},
		{"many values", "a.jsonl", `{"title":"a","x":[` + strings.Repeat("1,", 60) + "1]}", 0, []string{RuleTooManyValues}},
		{"spacious object", "a", "{\n" + strings.Repeat(" ", 5000) + "}\n" + job("b"), 1, []string{RuleTooLong}},
		{"spacious line", "a", "{" + strings.Repeat(" ", 5000) + "}\n" + job("b"), 1, []string{RuleTooLong}},
		{"large graph", "a", `{"@graph":[` + strings.Repeat(job("a")+",", 60) + long + "]}", 60, []string{RuleTooLong}},
		{"large graph in an envelope", "a", `{"x":{"@graph":[0]},"decoded_resource":{"@graph":` + "\n[" + strings.Repeat(job("a")+",", 60) + job("b") + `]},"y":"` + strings.Repeat("y", 5000) + "\"}\n" + job("c"), 62, nil},
		{"line that is an array of envelopes", "a.jsonl", `[{"decoded_resource":{"@graph":[` + job("a") + `]}},{"decoded_resource":` + job("b") + "}]", 2, nil},
		{"graph cut off in a line", "a.jsonl", `{"@graph":[` + job("a") + "\n" + job("b"), 2, []string{RuleJSONBroken}},
		{"object cut off", "a", "{\n" + job("a")[1:30], 0, []string{RuleJSONBroken}},
		{"lone carriage returns", "a.jsonl", job("a") + "\r" + job("b") + "\r", 2, nil},
		{"UTF-16 without a mark", "a.jsonl", strings.ReplaceAll(job("a"), "", "\x00")[1:], 1, nil},
		{"UTF-16 without a mark, big end first", "a.jsonl", strings.TrimSuffix(strings.ReplaceAll(job("a"), "", "\x00"), "\x00"), 1, nil},
		{"mixed encodings", "a.jsonl", job("K\xf6chin") + "\n" + job("Köchin"), 2, nil},
		{"zero bytes", "a.jsonl", job("a\x00") + "\n" + job("b"), 1, []string{RuleJSONBroken}},
		{"same key twice", "a.jsonl", `{"@type":"Event","@type":"JobPosting","title":"a"}`, 1, nil},
		{"huge number", "a.jsonl", `{"title":"a","totalJobOpenings":1e999999}`, 1, nil},
		{"two documents", "a", "{\n\"@type\":\"JobPosting\",\"title\":\"a\"}\n{\"@type\":\"JobPosting\",\n\"title\":\"b\"}", 2, nil},
		{"one line", "a", job("a"), 1, nil},
		{"number", "a.jsonl", "7\n" + job("b"), 1, []string{RuleJSONBroken}},
		{"other type", "a.jsonl", `{"@type":"Event","title":"a"}`, 0, []string{RuleNotVacancy}},
		{"type left out", "a.jsonl", `{"title":"a"}`, 1, nil},
		{"Windows-1252", "a.jsonl", job("Köchin")[:31] + "\xf6\"}", 1, nil},
		{"empty", "a", "", 0, nil},
		{"no-break space, then an object", "a.jsonl", "\u00a0\n" + job("a"), 1, nil},
		{"no-break space in Windows-1252", "a.jsonl", "\xa0\n" + job("a"), 1, nil},
		{"blank", "a", " \n\n", 0, nil},
		{"page without data", "a", "<html><body>x</body></html>", 0, []string{RuleNotVacancy}},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, rejects, err := readText(t, jobsFeed, smallLimits(), c.file, []byte(c.text))
			var rules []string
			for _, r := range rejects {
				rules = append(rules, r.Rule)
			}
			if err != nil || len(records) != c.records || !reflect.DeepEqual(rules, c.rules) {
				t.Errorf("%d records, rules %v, error %v; want %d, %v", len(records), rules, err, c.records, c.rules)
			}
		})
	}
}

func TestConfiguration(t *testing.T) {
	for want, feed := range map[string]Feed{
		`nearest is "posted_on"`:      {Kind: Vacancies, Format: FormatTable, Table: TableOptions{Columns: map[string]string{"posted": "x"}}},
		`unknown format "xml"`:        {Kind: Vacancies, Format: "xml"},
		"does not carry credentials":  {Kind: Credentials, Format: FormatSchemaOrg},
		"needs columns":               {Kind: Vacancies, Format: FormatTable},
		`unknown kind "jobs"`:         {Kind: "jobs", Format: FormatTable},
		`nearest is "country"`:        {Kind: Credentials, Format: FormatCTDL, Constants: map[string]string{"contry": "GB"}},
		"use one character":           {Kind: Vacancies, Format: FormatTable, Table: TableOptions{Separator: "::", Columns: map[string]string{"title": "t"}}},
		`nearest column is "headline`: {Kind: Vacancies, Format: FormatTable, Table: TableOptions{Columns: map[string]string{"title": "headlin"}}},
		`unknown encoding "ebcdic"`:   {Kind: Vacancies, Format: FormatTable, Table: TableOptions{Encoding: "ebcdic", Columns: map[string]string{"title": "headline"}}},
	} {
		_, _, err := readText(t, feed, defaultLimits(), "a.csv", []byte("id,headline\n1,x\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want %q", feed, err, want)
		}
	}
}

// TestCSVAgreesWithLibrary writes tables with encoding/csv and reads them back.
func TestCSVAgreesWithLibrary(t *testing.T) {
	cell := rapid.StringOf(rapid.RuneFrom([]rune("ab\",;\n\té ")))
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(2, 4).Draw(rt, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 8).Draw(rt, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(rows); err != nil {
			rt.Fatal(err)
		}
		br, err := textReader(bytes.NewReader(b.Bytes()), "")
		if err != nil {
			rt.Fatal(err)
		}
		rd := &csvReader{lines: lineReader{br, 1 << 20}, lim: defaultLimits(), separator: ','}
		var got [][]string
		for {
			cells, _, broken, err := rd.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || broken != nil {
				rt.Fatal(err, broken)
			}
			got = append(got, cells)
		}
		want, err := csv.NewReader(&b).ReadAll()
		if err != nil || !reflect.DeepEqual(got, want) {
			rt.Fatalf("got %q, want %q, %v", got, want, err)
		}
	})
}

func TestRejectRawIsClean(t *testing.T) {
	raw := `{"title":"Nurse","applicationContact":{"name":"Ann Lee","email":"ann@example.org"},"description":"Call 01632 960123. ` + strings.Repeat("ż", 3000)
	r := NewReject("jobs", Record{File: "f", Number: 3, Raw: []byte(raw)}, &Violation{RuleJSONBroken, "broken"})
	if len(r.Raw) > rawBytes || strings.Contains(r.Raw, "Ann Lee") || strings.Contains(r.Raw, "960123") || !strings.Contains(r.Raw, "Nurse") {
		t.Errorf("raw of %d bytes: %q", len(r.Raw), r.Raw[:200])
	}
	if strings.Contains(r.Raw, "\ufffd") {
		t.Error("raw is cut inside a character")
	}
}

func TestRejectHoldsNoContact(t *testing.T) {
	for _, raw := range []string{
		`{"title":"Nurse","ContactPoint":{"name":"Secret Person","place":{"name":"Secret Town","list":[{"a":"}"}]}},"x":1}`,
		`{"title":"Nurse","recruiter":"Secret Person","x":1}`,
		`{"title":"Nurse","contactName": "Secret \" Person" , "x":1}`,
		`{"title":"Nurse","applicationContact":[{"name":["Secret Person"]}],"x":1}`,
		`{"x":1,"title":"Nurse","schema:contactPoint":{"name":"Secret Person`,
	} {
		r := NewReject("jobs", Record{Raw: []byte(raw)}, &Violation{RuleDateUnreadable, `date "secret@example.org" is broken`})
		if strings.Contains(r.Raw, "Secret") || !strings.Contains(r.Raw, `"x":1`) || !strings.Contains(r.Raw, "Nurse") {
			t.Errorf("raw %s", r.Raw)
		}
		if strings.Contains(r.Message, "secret") || !strings.Contains(r.Message, "is broken") {
			t.Errorf("message %s", r.Message)
		}
	}
}

func TestTableKeepsMappedColumns(t *testing.T) {
	feed := Feed{Name: "t", Kind: Vacancies, Format: FormatTable, Table: TableOptions{Columns: map[string]string{"title": "job", "posted_on": "day"}}}
	records, _, err := readText(t, feed, defaultLimits(), "a.csv", []byte("job,who,day\nCook,Secret Person,soon\n"))
	if err != nil || len(records) != 1 || string(records[0].Raw) != "day=soon\njob=Cook\n" || records[0].Bytes != 23 {
		t.Errorf("records %+v, %v", records, err)
	}
	for name, text := range map[string]string{"a.csv": "job,who,day\nCook,Secret Person\n", "a.jsonl": `{"job":"Cook","who":"Secret Person"`} {
		_, rejects, err := readText(t, feed, defaultLimits(), name, []byte(text))
		if err != nil || len(rejects) != 1 || strings.Contains(rejects[0].Raw, "Secret") {
			t.Errorf("rejects %+v, %v", rejects, err)
		}
	}
}

func TestIdentifierIsNoName(t *testing.T) {
	records, _, err := readText(t, jobsFeed, defaultLimits(), "a.jsonl", []byte(`{"@type":"JobPosting","title":"a","identifier":{"@type":"PropertyValue","name":"North Lane Care"}}`))
	if err != nil || len(records) != 1 || records[0].Vacancy.SourceID != "" {
		t.Errorf("records %+v, %v", records, err)
	}
}

func TestRulesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] || r.Meaning == "" || r.Action == "" {
			t.Errorf("rule %+v", r)
		}
		seen[r.ID] = true
	}
}
