package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// The notations of the contact that the feeds of this test plant: whatever is
// left of one matches planted.
var notations = []string{
	"zqplanted@mail.example", "zqplanted @ mail.example", "mailto:zqplanted@mail.example?subject=Job", "Ann Lee <zqplanted@mail.example>",
	"zqplanted [at] mail.example", "zqplanted(at)mail.example", "zqplanted {at} mail (dot) example", "zqplanted at mail dot example",
	"zqplanted&#64;mail.example", "zqplanted&amp;#64;mail.example", "zqplanted&amp;amp;commat;mail.example", "zqplanted\uff20mail.example",
	"zqplanted\u200b@mail.example", "zqplanted%40mail.example", `<a href="mailto:zqplanted@mail.example">Write</a>`, `<img alt="zqplanted@mail.example" src="x">`,
	"&lt;a href=&quot;mailto:zqplanted@mail.example&quot;&gt;Write&lt;/a&gt;", "&amp;lt;b&amp;gt;zqplanted@mail.example&amp;lt;/b&amp;gt;",
	"<!-- zqplanted@mail.example -->", "zqplanted<b>@</b>mail.example",
	"+44 20 7946 0958", "+44 (0)20 7946 0958", "+44 (0) 20-7946-0958", "0044 20 7946 0958", "020 7946 0958", "020/79460958", "(020) 7946-0958", "020.7946.0958",
	"0 2 0 7 9 4 6 0 9 5 8", "02079460958", "tel:+442079460958", `<a href="tel:+442079460958">Ring</a>`, "&#43;44 20 7946 0958", "&amp;#43;44&amp;nbsp;20&amp;nbsp;7946&amp;nbsp;0958",
	"Tel. 79460958", "\uff10\uff12\uff10 \uff17\uff19\uff14\uff16 \uff10\uff19\uff15\uff18", "+44\u00a020\u00a07946\u00a00958", "020&ndash;7946&ndash;0958",
}

// planted finds the address by its name, and the number by its last digits,
// however they are parted; also the ids and names of learners, and their day of
// birth.
var planted = regexp.MustCompile(`(?i)zqplanted|1931[-/. ]?0?7[-/. ]?23|23[-/. ]?0?7[-/. ]?1931|7[^\pL\pN\n,;"|]{0,3}9[^\pL\pN\n,;"|]{0,3}4[^\pL\pN\n,;"|]{0,3}6[^\pL\pN\n,;"|]{0,3}0[^\pL\pN\n,;"|]{0,3}9[^\pL\pN\n,;"|]{0,3}5[^\pL\pN\n,;"|]{0,3}8`)

// TestPlantedContacts runs a night over feeds of every format that hold a
// person's address and number in every field, and looks for them in every byte
// outside the inbox.
func TestPlantedContacts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "work")
	if err := runInit(io.Discard, initOptions{dir: dir}); err != nil {
		t.Fatal(err)
	}
	plantFeeds(t, dir)
	var log bytes.Buffer
	for _, command := range [][]string{{"run", "--verbose"}, {"status"}} {
		root := newRoot()
		root.SetArgs(append(command, "--workspace", dir))
		root.SetOut(&log)
		root.SetErr(&log)
		if err := root.ExecuteContext(t.Context()); err != nil {
			fmt.Fprintln(&log, err)
			if code := exitCode(err); code != exitDegraded {
				t.Fatalf("%v: exit code %d: %v", command, code, err)
			}
		}
	}
	t.Logf("%s", log.Bytes())
	lookFor(t, "what the commands print", log.Bytes())
	lookThroughDatasets(t, dir, "vacancies", "vacancy_texts", "credentials", "credential_texts", "rejects", "runs")
	lookThroughFiles(t, dir)
}

// lookFor reports what is left of the contact in what was found at a place.
func lookFor(t *testing.T, place string, text []byte) {
	for _, at := range planted.FindAllIndex(text, 5) {
		t.Errorf("%s holds …%s…", place, text[max(0, at[0]-60):min(len(text), at[1]+30)])
	}
}

func lookThroughFiles(t *testing.T, dir string) {
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
		if err != nil || name == "inbox" || name == "skillsgap.yaml" { // as delivered, and as configured
			return errorOrSkip(err, entry)
		}
		lookFor(t, "a name of a file", []byte(name))
		if !entry.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(path)
		lookFor(t, name, text)
		files++
		return err
	})
	if err != nil || files < 20 {
		t.Errorf("looked through %d files: %v", files, err)
	}
}

func errorOrSkip(err error, entry fs.DirEntry) error {
	if err == nil && entry.IsDir() {
		return fs.SkipDir
	}
	return err
}

// lookThroughDatasets reads every column of every dataset: Parquet files are
// compressed. Those that are named must not be empty.
func lookThroughDatasets(t *testing.T, dir string, filled ...string) {
	db, err := warehouse.Open(t.Context(), dir, warehouse.Options{Restricted: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, d := range append(model.Datasets(), model.Runs.Info) {
		rows, err := db.Query(t.Context(), "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM "+d.Name)
		if err != nil {
			t.Errorf("read %s: %v", d.Name, err)
			continue
		}
		found := int64(0)
		for rows.Next() {
			found += rows.Record().NumRows()
			lookThrough(t, d.Name, rows.Record())
		}
		if rows.Err() != nil {
			t.Errorf("read %s: %v", d.Name, rows.Err())
		}
		rows.Release()
		if found == 0 && slices.Contains(filled, d.Name) {
			t.Errorf("%s is empty: nothing is tested", d.Name)
		}
	}
}

func lookThrough(t *testing.T, dataset string, rec arrow.Record) {
	for i, column := range rec.Columns() {
		for row := range column.Len() {
			if !column.IsNull(row) {
				lookFor(t, dataset+"."+rec.ColumnName(i), []byte(column.ValueStr(row)))
			}
		}
	}
}

// plantFeeds puts a feed of each format into the inbox and configures them.
func plantFeeds(t *testing.T, dir string) {
	var config strings.Builder
	config.WriteString("version: 1\nas_of: 2026-06-30\nthresholds: {cell_vacancies: 1, skill_links: 1}\nfeeds:\n")
	feed := func(name string, kind source.Kind, format, file string, content []byte, columns []source.Field) {
		if err := os.WriteFile(filepath.Join(dir, "inbox", file), content, 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&config, "  - name: %s\n    kind: %s\n    format: %s\n    path: inbox/%s\n", name, kind, format, file)
		for i, c := range columns {
			if i == 0 {
				config.WriteString("    columns:\n")
			}
			fmt.Fprintf(&config, "      %s: %[1]s\n", c.Name)
		}
	}
	jobs, courses := plantedJobs(t), plantedCourses(t)
	feed("jobs", source.Vacancies, source.FormatSchemaOrg, "jobs.jsonl", jobs, nil)
	feed("page", source.Vacancies, source.FormatSchemaOrg, "page.html", plantedPage(jobs), nil)
	feed("archive", source.Vacancies, source.FormatSchemaOrg, "jobs.zip", plantedArchive(t, jobs), nil)
	feed("table", source.Vacancies, source.FormatTable, "table.csv", plantedTable(t, source.VacancyFields()), source.VacancyFields())
	feed("objects", source.Vacancies, source.FormatTable, "objects.jsonl", plantedObjects(t, source.VacancyFields()), source.VacancyFields())
	feed("courses", source.Credentials, source.FormatCTDL, "courses.json", courses, nil)
	feed("catalogue", source.Credentials, source.FormatTable, "catalogue.csv", plantedTable(t, source.CredentialFields()), source.CredentialFields())
	feed("headless", source.Vacancies, source.FormatTable, "headless.csv", []byte("zqplanted@mail.example,+44 20 7946 0958\n1,2\n"), source.VacancyFields()[:1])
	if err := os.WriteFile(filepath.Join(dir, "skillsgap.yaml"), []byte(config.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// object is a JSON object.
type object = map[string]any

func lines(t *testing.T, objects []object) []byte {
	var b bytes.Buffer
	for _, o := range objects {
		line, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// plantedJobs plants each notation in every member of a JobPosting, one of
// which is accepted and one breaks a rule, and one is no JSON.
func plantedJobs(t *testing.T) []byte {
	var all []object
	for i, contact := range notations {
		job := object{
			"@type": "JobPosting", "identifier": object{"name": contact, "value": letters(i) + " " + contact}, "title": "Cook " + letters(i) + " " + contact,
			"url": "https://jobs.example/" + fmt.Sprint(i) + "?apply=" + contact + "#" + contact, "datePosted": "2026-06-02", "directApply": contact,
			"description": "<p>You will cook and clean.</p><p>" + contact + "</p><p>Write to " + contact + " today. You like food.</p>", "employmentType": contact,
			"hiringOrganization": object{"name": "Kitchen " + contact, "email": contact, "telephone": contact}, "industry": contact, "totalJobOpenings": contact,
			"jobLocation":    object{"address": object{"addressLocality": "Leeds " + contact, "addressRegion": contact, "postalCode": contact, "addressCountry": "GB"}},
			"qualifications": "A certificate, see " + contact, "educationRequirements": object{"credentialCategory": contact}, "experienceRequirements": contact,
			"responsibilities": "Serve meals " + contact, "skills": []any{"cooking " + contact, object{"@type": "DefinedTerm", "name": contact}}, "inLanguage": contact,
			"occupationalCategory": "Cooks " + contact, "baseSalary": object{"currency": contact, "value": object{"value": contact, "minValue": contact, "maxValue": contact, "unitText": contact}},
			"applicationContact": object{"email": contact, "name": "Ann Lee " + contact}, contact: contact,
		}
		broken := object{"validThrough": "2026-13-45, write to " + contact}
		for key, value := range job {
			broken[key] = value
		}
		all = append(all, job, broken, object{"@type": "JobPosting " + contact, "title": contact}, object{"@type": "JobPosting", "title": "Cook", "datePosted": "2026-06-02", "totalJobOpenings": "20000"})
	}
	text := lines(t, all)
	for _, contact := range notations {
		text = fmt.Appendf(text, `{"@type":"JobPosting","title":"Cook %s"`+"\n", strings.ReplaceAll(contact, `"`, "'"))
	}
	return text
}

func plantedPage(jobs []byte) []byte {
	first, _, _ := bytes.Cut(jobs, []byte("\n"))
	return []byte(`<html><body>zqplanted@mail.example<script type="application/ld+json">` + string(first) + `</script></body></html>`)
}

// plantedArchive holds a broken member, of a name that is an address.
func plantedArchive(t *testing.T, jobs []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("jobs/zqplanted@mail.example +44 20 7946 0958.jsonl")
	if err == nil {
		_, err = w.Write(jobs)
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plantedCourses is the same as plantedJobs in CTDL.
func plantedCourses(t *testing.T) []byte {
	var graph []object
	for i, contact := range notations {
		alignment := object{"ceterms:targetNodeName": object{"en": "cooking " + contact}, "ceterms:targetNodeDescription": object{"en": contact}, "ceterms:frameworkName": contact}
		graph = append(graph, object{
			"@id": fmt.Sprint("https://courses.example/", i, "?", contact), "@type": "ceterms:MicroCredential", "ceterms:ctid": contact, "ceterms:name": object{"en": "Cooking " + contact},
			"ceterms:description": object{"en": "Learn to cook. " + contact}, "ceterms:subjectWebpage": "https://courses.example/" + fmt.Sprint(i) + "?" + contact,
			"ceterms:ownedBy": object{"@id": "school " + contact, "ceterms:name": "School " + contact}, "ceterms:offeredBy": object{"ceterms:name": contact}, "ceterms:subject": alignment,
			"ceterms:teaches": []any{alignment}, "ceterms:assesses": []any{contact}, "ceterms:assessmentMethodDescription": contact, "ceterms:learningMethodType": alignment,
			"ceterms:requires": []any{object{"ceterms:condition": contact, "ceterms:description": contact}}, "ceterms:entryCondition": []any{object{"ceterms:condition": "Age 16. " + contact}},
			"ceterms:availableAt":  object{"ceterms:addressLocality": contact, "ceterms:addressRegion": contact, "ceterms:email": contact, "ceterms:addressCountry": "GB"},
			"ceterms:accreditedBy": object{"ceterms:name": contact}, "ceterms:recognizedBy": object{"ceterms:name": contact}, "ceterms:educationLevel": alignment, "ceterms:audienceLevelType": alignment,
			"ceterms:estimatedCost": object{"ceterms:price": contact, "ceterms:currency": contact}, "ceterms:isPartOf": contact, "ceterms:deliveryType": contact, "ceterms:inLanguage": "en",
			"ceterms:occupationType": object{"ceterms:targetNode": contact, "ceterms:frameworkName": "ISCO", "ceterms:codedNotation": contact}, contact: contact,
		}, object{"@id": fmt.Sprint("https://courses.example/broken", i), "@type": "ceterms:Badge", "ceterms:name": contact, "ceterms:dateEffective": "1.5.24, write to " + contact, "ceterms:description": contact})
	}
	text, err := json.Marshal(object{"@graph": graph})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// cell returns what a field of a planted record holds: i counts the records,
// of which every second has readable dates.
func cell(field source.Field, i int) string {
	contact := notations[i/2%len(notations)]
	switch {
	case field.Name == "title":
		return "Cook " + letters(i) + " " + contact
	case field.Name == "provider_id":
		return "school " + contact
	case field.Name == "source_id" || field.Name == "url" && i%4 < 2:
		return contact + " " + letters(i)
	case field.Name == "url":
		return "https://zqplanted:+442079460958@jobs.example/" + letters(i) + "/zqplanted@mail.example"
	case slices.Contains([]string{"posted_on", "expires_on", "starts_on", "ends_on", "openings"}, field.Name) && i%2 == 0:
		return ""
	}
	return contact
}

// letters tells records apart without a digit.
func letters(i int) string { return string([]byte{'a' + byte(i/26), 'a' + byte(i%26)}) }

func plantedTable(t *testing.T, fields []source.Field) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := make([]string, len(fields))
	for i := range 4*len(notations) + 1 {
		for j, f := range fields {
			if row[j] = f.Name; i > 0 {
				row[j] = cell(f, i-1)
			}
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return append(b.Bytes(), "zqplanted@mail.example,one,cell,too,few\n\"zqplanted@mail.example +44 20 7946 0958,never closed\n"...)
}

func plantedObjects(t *testing.T, fields []source.Field) []byte {
	var all []object
	for i := range 4 * len(notations) {
		o := object{}
		for _, f := range fields {
			o[f.Name] = cell(f, i)
		}
		all = append(all, o)
	}
	return lines(t, all)
}
