package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/source"
)

// TestPlantedLearners runs nights over tables of learners that hold a person's id,
// name, address, number and day of birth, some of them broken, and looks for these in
// every byte outside the inbox, and in all that is printed.
func TestPlantedLearners(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "work")
	if err := runInit(io.Discard, initOptions{dir: dir}); err != nil {
		t.Fatal(err)
	}
	plantLearners(t, dir)
	var log bytes.Buffer
	for _, command := range [][]string{
		{"run", "--verbose"}, {"status"}, {"verify"}, {"rekey"}, {"run", "--verbose", "--as-of", "2026-07-01"}, {"forget", "nobody"}, {"verify", "--all"},
		{"query", "SELECT * FROM enrolments"}, {"query", "--restricted", "SELECT * FROM enrolments"}, {"query", "--restricted", "SELECT * FROM rejects"},
	} {
		root := newRoot()
		root.SetArgs(append(command, "--workspace", dir))
		root.SetOut(&log)
		root.SetErr(&log)
		if err := root.ExecuteContext(t.Context()); err != nil {
			fmt.Fprintln(&log, err)
			if code := exitCode(err); code == exitInternal || code == exitUsage {
				t.Fatalf("%v: exit code %d: %v", command, code, err)
			}
		}
	}
	t.Logf("%s", log.Bytes())
	lookFor(t, "what the commands print", log.Bytes())
	lookThroughDatasets(t, dir, "enrolments", "follow_ups", "comparison", "feedback", "rejects", "runs")
	lookThroughFiles(t, dir)
}

// plantLearners configures, for each kind of feed about single persons, a table with
// good and broken rows, one of JSON, one without a header, and one that is no table.
func plantLearners(t *testing.T, dir string) {
	var config strings.Builder
	config.WriteString("version: 1\nas_of: 2026-06-30\nfeeds:\n")
	feed := func(name string, kind source.Kind, content string) {
		if err := os.WriteFile(filepath.Join(dir, "inbox", name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&config, "  - name: %s\n    kind: %s\n    format: table\n    path: inbox/%s\n    columns:\n", strings.ReplaceAll(name, ".", "-"), kind, name)
		for _, f := range source.LearnerFields(kind) {
			fmt.Fprintf(&config, "      %s: %[1]s\n", f.Name)
		}
	}
	for _, kind := range []source.Kind{source.Enrolments, source.FollowUps, source.Comparison, source.FeedbackKind} {
		name := strings.ReplaceAll(string(kind), "_", "")
		header, rows, objects := plantedLearners(kind)
		feed(name+".csv", kind, header+rows)
		feed(name+".jsonl", kind, objects)
		feed(name+".headless.csv", kind, rows)
		feed(name+".broken.csv", kind, header+"zqplanted-1,\"zqplanted@mail.example\n")
		feed(name+".page.csv", kind, "<html><body>zqplanted@mail.example 1931-07-23</body></html>")
	}
	if err := os.WriteFile(filepath.Join(dir, "skillsgap.yaml"), []byte(config.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// plantedLearners returns a header, rows and JSON objects. Each value that can hold a
// contact has one in some row; a value that cannot be read is one of the person's.
func plantedLearners(kind source.Kind) (header, rows, objects string) {
	good := map[string]string{
		"started_on": "2025-09-01", "index_on": "2025-09-01", "observed_on": "2026-03-01", "months_after": "6", "given_on": "2026-03-01",
		"birth_date": "1931-07-23", "credential": "Welding", "quality": "4", "text": "Well taught. Write to zqplanted@mail.example or ring +44 20 7946 0958.",
	}
	names := []string{"name", "mail", "born"}
	for _, f := range source.LearnerFields(kind) {
		names = append(names, f.Name)
	}
	header = strings.Join(names, ",") + "\n"
	for broken := range len(names) {
		var cells, members []string
		for i, name := range names {
			value := good[name]
			switch {
			case name == "name":
				value = "Zqplanted Person"
			case name == "mail":
				value = "zqplanted@mail.example"
			case name == "born":
				value = "23.07.1931"
			case name == "learner":
				value = fmt.Sprintf("zqplanted-%d", broken)
			case i == broken: // what stands in the wrong column
				value = []string{"zqplanted@mail.example", "1931-07-23", "23/07/1931 zqplanted@mail.example"}[broken%3]
			}
			cells = append(cells, value)
			members = append(members, fmt.Sprintf("%q:%q", name, value))
		}
		rows += strings.Join(cells, ",") + "\n"
		objects += "{" + strings.Join(members, ",") + "}\n"
	}
	return header, rows, objects + "{\"learner\": zqplanted-7\n"
}
