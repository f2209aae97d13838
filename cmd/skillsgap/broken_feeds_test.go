package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/skillsgap/skillsgap/data"
	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/taxonomy/esco"
)

// brokenFeed is a feed with something wrong in it, and what must become of it.
type brokenFeed struct {
	name   string
	format string // "" is schemaorg
	write  func(path string) error

	warns    string   // in the line of the run's output that names the feed
	accepted int      // records, duplicates included
	rules    []string // of rejects, each once however many records broke it
}

const (
	asTable  = source.FormatTable
	asCTDL   = source.FormatCTDL
	unusable = "can be used: see the dataset rejects"
	cutOff   = "check that the file is complete"
)

// bakerJob returns a good record whose text is that of no other.
func bakerJob(n int) string {
	return fmt.Sprintf(`{"@type":"JobPosting","identifier":"%d","title":"Baker %[1]d","description":"You bake bread of type %[1]d and clean oven %[1]d.","datePosted":"2026-06-02"}`, n)
}

func brokenFeeds() []brokenFeed {
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	jobs := []byte(bakerJob(1) + "\n" + bakerJob(2) + "\n" + bakerJob(3) + "\n")
	mega := strings.Repeat("x", 1<<20)
	bomb := bakerJob(1) + "\n{\"title\":\"" + strings.Repeat("x", 30<<20)
	return []brokenFeed{
		{name: "truncated-gzip", write: writeBytes(packText(gzipWriter, string(jobs))[:100]), warns: cutOff},
		{name: "truncated-zstd", write: writeBytes(packText(zstdWriter, string(jobs))[:60]), warns: cutOff},
		{name: "truncated-zip", write: writeBytes(zipOf("a.json", string(jobs))[:90]), warns: "pack it again"},
		{name: "gzip-bomb", write: writeBytes(packText(gzipWriter, bomb)), warns: "more than 300 times its size"},
		{name: "zstd-bomb", write: writeBytes(packText(zstdWriter, bomb)), warns: "more than 300 times its size"},
		{name: "zip-bomb", write: writeBytes(zipOf("a.json", bomb)), warns: "more than 300 times its size"},
		{name: "packed-thrice", write: writeBytes(packText(gzipWriter, string(packText(gzipWriter, string(packText(gzipWriter, "{}")))))), warns: "packed more than twice"},
		{name: "zip-in-gzip", write: writeBytes(packText(gzipWriter, string(zipOf("a.json", string(jobs))))), warns: "archive inside"},
		{name: "many-members", write: manyMembers, warns: "the list of its members is too long"},
		{name: "members-of-one-name", write: writeBytes(zipOf("a.json", bakerJob(21), "a.json", "{]\n{}", "a.json", "{]")), accepted: 1, rules: []string{source.RuleJSONBroken, source.RuleNotVacancy}},
		{name: "long-line", write: writeRepeated(bakerJob(31)+"\n{", mega, 100, "}\n"+bakerJob(32)+"\n"), accepted: 2, rules: []string{source.RuleTooLong}},
		{name: "long-first-line", write: writeRepeated(`{"title":"`, mega, 20, `"}`+"\n"+bakerJob(33)+"\n"), accepted: 1, rules: []string{source.RuleTooLong}},
		{name: "long-element", write: writeRepeated("["+bakerJob(41)+`,"`, mega, 20, `",`+bakerJob(42)+"]"), accepted: 2, rules: []string{source.RuleTooLong}},
		{name: "long-row", format: asTable, write: writeRepeated("id,job\n1,", mega, 20, "\n2,Baker\n"), accepted: 1, rules: []string{source.RuleTooLong}},
		{name: "quote-never-closed", format: asTable, write: writeRepeated("id,job\n\"1,x\n", mega+"\n", 20, "2,Baker\n"), accepted: 1, rules: []string{source.RuleQuoteOpen, source.RuleColumnCount}},
		{name: "deep-line", write: writeText(bakerJob(51) + "\n{\"a\":" + deep + "}\n"), accepted: 1, rules: []string{source.RuleJSONDepth}},
		{name: "deep-array", write: writeText(deep), warns: unusable, rules: []string{source.RuleJSONDepth}},
		{name: "deep-document", write: writeText("{\n\"a\":" + deep + "}\n"), warns: unusable, rules: []string{source.RuleJSONDepth}},
		{name: "deep-script", write: writeText(`<!DOCTYPE html><script type="application/ld+json">{"@graph":[` + deep + "," + bakerJob(52) + "]}</script>"), accepted: 1, rules: []string{source.RuleJSONDepth}},
		{name: "deep-graph", format: asCTDL, write: writeText("{\n\"@graph\":[" + deep + `,{"@type":"ceterms:Course","ceterms:name":"Baking"}]}`), accepted: 1, rules: []string{source.RuleJSONDepth}},
		{name: "many-values", write: writeText(bakerJob(61) + "\n{\"title\":\"a\",\"x\":[" + strings.Repeat("{},", 2_000_000) + "1]}\n"), accepted: 1, rules: []string{source.RuleTooManyValues}},
		{name: "many-skills", write: writeText(bakerJob(62) + "\n{\"title\":\"a\",\"skills\":\"" + strings.Repeat("a,", 2_000_000) + "\"}\n"), accepted: 1, rules: []string{source.RuleTooManyValues}},
		{name: "long-text", write: writeText(strings.Replace(bakerJob(63), "You", strings.Repeat("Call Ann Lee, 01632 960 123 or ann@example.org. (at) ", 5000), 1)), accepted: 1},
		{name: "flood", write: writeBytes(packText(zstdWriter, strings.Repeat("{}\n", 300_000))), warns: "flood failed"},
		{name: "empty", write: writeText(""), warns: "holds no record"},
		{name: "noise", write: writeBytes(noiseBytes(5000)), warns: "it is binary data"},
		{name: "pdf", write: writeText("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), warns: "it is a PDF document"},
		{name: "image", format: asTable, write: writeBytes(append([]byte("\x89PNG\r\n\x1a\n"), noiseBytes(500)...)), warns: "it is a PNG image"},
		{name: "program", write: writeBytes(append([]byte("\x7fELF"), noiseBytes(500)...)), warns: "it is a program"},
		{name: "spreadsheet", format: asTable, write: writeBytes(zipOf("[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<workbook/>")), warns: "save its table as CSV"},
		{name: "table-as-json", write: writeText("id,job\n1,Baker\n"), warns: "set format: table"},
		{name: "json-as-table", format: asTable, write: writeText(`[{"name":"a"},{"name":"b"}]`), warns: unusable, rules: []string{source.RuleTitleMissing}},
		{name: "error-page", write: writeText("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"), warns: unusable, rules: []string{source.RuleNotVacancy}},
		{name: "error-page-as-table", format: asTable, write: writeText("<html><body>502 Bad Gateway</body></html>"), warns: "it is an HTML page"},
		{name: "rss", write: writeText(`<?xml version="1.0"?><rss><channel/></rss>`), warns: "it is an XML document"},
		{name: "columns-missing", format: asTable, write: writeText("number,title\n1,Baker\n"), warns: "the nearest column is"},
		{name: "many-columns", format: asTable, write: writeText("id,job" + strings.Repeat(",x", 100_000) + "\n1,Baker\n"), warns: "more than 16384 columns"},
		{name: "ragged-rows", format: asTable, write: writeText("id,job\n1\n2,Baker\n3,Cook,x\n"), accepted: 1, rules: []string{source.RuleColumnCount}},
		{name: "zero-bytes", write: writeText(bakerJob(71) + "\n\x00\x00\x00\n" + strings.Replace(bakerJob(72), "bread", "\x00", 1) + "\n"), accepted: 1, rules: []string{source.RuleJSONBroken}},
		{name: "wrong-utf8", write: writeText(strings.Replace(bakerJob(73), "bread", "br\xf6t", 1) + "\n" + strings.Replace(bakerJob(74), "bread", "bröt", 1)), accepted: 2},
		{name: "utf16-unmarked", write: writeText(strings.ReplaceAll(bakerJob(75), "", "\x00")[1:]), accepted: 1},
		{name: "utf32", write: writeText("\xff\xfe\x00\x00{\x00\x00\x00"), warns: "UTF-32"},
		{name: "lone-returns", format: asTable, write: writeText("id,job\r1,Baker\r2,Cook\r"), accepted: 2},
		{name: "huge-numbers", write: writeText(bakerJob(76) + "\n" + `{"@type":"JobPosting","title":"a","totalJobOpenings":1e999999,"baseSalary":{"value":{"minValue":1e400,"maxValue":-1e-400,"unitText":"YEAR"},"currency":"EUR"}}`), accepted: 2},
		{name: "array-cut-off", write: writeText("[" + bakerJob(77) + "," + bakerJob(78)), warns: "it is cut off"},
		{name: "graph-cut-off", format: asCTDL, write: writeText(`{"@graph":[{"@type":"ceterms:Course","ceterms:name":"Baking"}`), warns: "it is cut off"},
		{name: "pipe", write: func(path string) error { return syscall.Mkfifo(path, 0o600) }, warns: "regular file"},
		{name: "folder", write: func(path string) error { return os.Mkdir(path, 0o700) }, warns: "is a folder"},
		{name: "missing", write: func(string) error { return nil }, warns: "no file at"},
	}
}

// TestBrokenFeeds runs a night over broken feeds and a good one: each is told
// what is wrong with it, the good one is published, memory stays bounded.
func TestBrokenFeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("writes and reads some hundred MB")
	}
	dir := t.TempDir()
	feeds := brokenFeeds()
	cfg := bakersWorkspace(t, dir)
	for _, f := range append(feeds, brokenFeed{name: "good", write: writeText(bakerJob(1001) + "\n" + bakerJob(1002) + "\n" + bakerJob(1003) + "\n")}) {
		path := filepath.Join("inbox", f.name)
		if err := f.write(filepath.Join(dir, path)); err != nil {
			t.Fatalf("write %s: %v", f.name, err)
		}
		cfg.Feeds = append(cfg.Feeds, configured(f, path))
	}
	if err := cfg.Save(dir); err != nil {
		t.Fatal(err)
	}
	stderr, code, memory := runCommand(t, "run", "-w", dir)
	if code != exitDegraded || strings.Contains(stderr, "panic") || strings.Contains(stderr, "goroutine ") {
		t.Errorf("exit code %d, want %d:\n%s", code, exitDegraded, stderr)
	}
	if memory > 1<<30 {
		t.Errorf("took %d MiB", memory>>20)
	}
	t.Logf("%d feeds, %d MiB", len(feeds), memory>>20)
	ledger := feedRows(t, dir)
	rules := rejectRules(t, dir)
	for _, f := range feeds {
		t.Run(f.name, func(t *testing.T) { f.check(t, stderr, ledger[f.name], rules[f.name]) })
	}
	if good := ledger["good"]; good["status"] != "ok" || good["accepted"] != "3" {
		t.Errorf("good feed: %v", good)
	}
	if got := queryRows(t, dir, "SELECT title FROM vacancies WHERE source = 'good' ORDER BY title"); len(got) != 3 || got[2]["title"] != "Baker 1003" {
		t.Errorf("vacancies of the good feed: %v", got)
	}
}

func (f *brokenFeed) check(t *testing.T, stderr string, row map[string]string, rules map[string]bool) {
	told := false
	for line := range strings.Lines(stderr) {
		told = told || strings.Contains(line, "feed "+f.name) && strings.Contains(line, f.warns)
	}
	if f.warns != "" && !told {
		t.Errorf("nothing in the output names the feed and %q", f.warns)
	}
	count := func(column string) int {
		n, err := strconv.Atoi(row[column])
		if err != nil {
			t.Errorf("%s of the run: %v", column, err)
		}
		return n
	}
	read, accepted, rejected := count("rows_in"), count("accepted")+count("duplicates"), count("rejected")
	if read != accepted+rejected {
		t.Errorf("counts do not reconcile: %v", row)
	}
	if accepted != f.accepted || (rejected > 0) != (len(f.rules) > 0) || (row["status"] == "ok") != (accepted > 0 || f.name == "empty") {
		t.Errorf("run %v, want %d accepted, rejects by %v", row, f.accepted, f.rules)
	}
	if len(rules) != len(f.rules) {
		t.Errorf("rules %v, want %v", rules, f.rules)
	}
	for _, rule := range f.rules {
		if !rules[rule] {
			t.Errorf("no reject by rule %s, only by %v", rule, rules)
		}
	}
}

// bakersWorkspace makes a workspace with the starter's taxonomy and no feeds.
func bakersWorkspace(t *testing.T, dir string) config.Config {
	t.Helper()
	if err := runInit(io.Discard, initOptions{dir: dir, empty: true}); err != nil {
		t.Fatal(err)
	}
	bundle, err := fs.Sub(data.Starter, "starter/taxonomy")
	if err != nil {
		t.Fatal(err)
	}
	taxonomy, _, err := esco.ImportFS(bundle, starterRelease, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := taxonomy.Save(filepath.Join(dir, pipeline.TaxonomyFile)); err != nil {
		t.Fatal(err)
	}
	cfg := config.Default()
	cfg.AsOf = "2026-06-30"
	return cfg
}

func configured(f brokenFeed, path string) config.Feed {
	c := config.Feed{Name: f.name, Kind: string(source.Vacancies), Format: source.FormatSchemaOrg, Path: path}
	switch f.format {
	case asTable:
		c.Format, c.Columns = asTable, map[string]string{"source_id": "id", "title": "job"}
	case asCTDL:
		c.Format, c.Kind = asCTDL, string(source.Credentials)
	}
	return c
}

// runCommand runs the program in a process of its own and returns its errors,
// exit code and greatest use of memory in bytes.
func runCommand(t *testing.T, args ...string) (stderr string, code int, memory int64) {
	t.Helper()
	cmd := exec.Command("skillsgap", args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("no resource usage")
	}
	return errs.String(), cmd.ProcessState.ExitCode(), usage.Maxrss << 10
}

func queryRows(t *testing.T, dir, statement string) []map[string]string {
	t.Helper()
	out, err := exec.Command("skillsgap", "query", "-w", dir, "--restricted", "--format", "csv", statement).Output()
	if err != nil {
		t.Fatalf("query %s: %v", statement, err)
	}
	lines, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func feedRows(t *testing.T, dir string) map[string]map[string]string {
	t.Helper()
	byFeed := map[string]map[string]string{}
	for _, row := range queryRows(t, dir, "SELECT feed, status, rows_in, accepted, duplicates, rejected FROM runs WHERE feed IS NOT NULL") {
		byFeed[row["feed"]] = row
	}
	return byFeed
}

func rejectRules(t *testing.T, dir string) map[string]map[string]bool {
	t.Helper()
	byFeed := map[string]map[string]bool{}
	for _, row := range queryRows(t, dir, "SELECT DISTINCT source, rule FROM rejects") {
		if byFeed[row["source"]] == nil {
			byFeed[row["source"]] = map[string]bool{}
		}
		byFeed[row["source"]][row["rule"]] = true
	}
	return byFeed
}

func writeBytes(content []byte) func(string) error {
	return func(path string) error { return os.WriteFile(path, content, 0o600) }
}

func writeText(content string) func(string) error { return writeBytes([]byte(content)) }

// writeRepeated writes a file that repeats a text so many times in the middle.
func writeRepeated(before, middle string, times int, after string) func(string) error {
	return func(path string) error {
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		_, err = f.WriteString(before)
		for range times {
			_, err2 := f.WriteString(middle)
			err = errors.Join(err, err2)
		}
		_, err2 := f.WriteString(after)
		return errors.Join(err, err2, f.Close())
	}
}

// manyMembers writes an archive of more members than memory should hold, by
// repeating the listing of one.
func manyMembers(path string) error {
	archive := zipOf("a.json", "{}")
	list, end := bytes.Index(archive, []byte("PK\x01\x02")), bytes.Index(archive, []byte("PK\x05\x06"))
	entry := archive[list:end]
	const members = 10<<16 + 1 // the field for their number holds the lowest 16 bits
	var b bytes.Buffer
	b.Write(archive[:list])
	for range members {
		b.Write(entry)
	}
	size := uint32(members * len(entry))
	b.Write(archive[end : end+8])
	b.Write([]byte{1, 0, 1, 0, byte(size), byte(size >> 8), byte(size >> 16), byte(size >> 24)})
	b.Write(archive[end+16:])
	return os.WriteFile(path, b.Bytes(), 0o600)
}

func gzipWriter(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func zstdWriter(w io.Writer) io.WriteCloser {
	z, _ := zstd.NewWriter(w) // fails for options alone
	return z
}

func packText(packer func(io.Writer) io.WriteCloser, content string) []byte {
	var b bytes.Buffer
	w := packer(&b)
	_, _ = io.WriteString(w, content) // memory takes it all
	_ = w.Close()
	return b.Bytes()
}

// zipOf packs members: names and contents in turn.
func zipOf(members ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, _ := z.Create(members[i])
		_, _ = io.WriteString(w, members[i+1])
	}
	_ = z.Close()
	return b.Bytes()
}

// noiseBytes is bytes that are no text.
func noiseBytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * i * 7)
	}
	return b
}
