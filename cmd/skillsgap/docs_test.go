package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

const docsDir = "../../data/deploy/docs"

// TestDocs compares the pages that are kept with those that the program makes.
func TestDocs(t *testing.T) {
	want := docs()
	if *update {
		writeDocs(t, want)
	}
	kept, err := os.ReadDir(docsDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range kept {
		if want[e.Name()] == "" {
			t.Errorf("%s is made by nothing: remove it", e.Name())
		}
	}
	for name, text := range want {
		if got, err := os.ReadFile(filepath.Join(docsDir, name)); err != nil || string(got) != text {
			t.Errorf("data/deploy/docs/%s is not what the program says (%v); mend it with: go test ./cmd/skillsgap -run TestDocs -update", name, err)
		}
	}
}

// docs returns the files of data/deploy/docs, by name.
func docs() map[string]string {
	files := map[string]string{}
	index := table{head: []string{"page", "what it holds", "at the terminal"}}
	for _, p := range append(topics(), commandsPage(newRoot())) {
		command := "`skillsgap COMMAND --help`"
		if p.name != "" {
			command = "`skillsgap help " + p.name + "`"
		}
		index.rows = append(index.rows, []string{p.file + ".md", p.short, command})
		files[p.file+".md"] = markdown(p)
	}
	files["README.md"] = markdown(page{
		title: "Reference", intro: "Pages of reference. `go test ./cmd/skillsgap -run TestDocs -update` makes them from the\nprogram itself, and without `-update` fails where they are not what it says.",
		sections: []section{{table: index}},
	})
	return files
}

func markdown(p page) string {
	var b strings.Builder
	p.markdown(&b)
	return b.String()
}

func writeDocs(t *testing.T, pages map[string]string) {
	t.Helper()
	if err := os.MkdirAll(docsDir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(docsDir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDocsAreWhole finds what a page would leave its reader asking.
func TestDocsAreWhole(t *testing.T) {
	root := newRoot()
	eachCommand(root, func(c *cobra.Command) {
		if c.Runnable() && !c.HasSubCommands() && (c.Example == "" || !strings.Contains(c.Long, "Exit codes:")) {
			t.Errorf("%s has no example or does not tell its exit codes", c.CommandPath())
		}
	})
	for _, p := range append(topics(), commandsPage(root)) {
		for _, s := range p.sections {
			for _, row := range s.table.rows {
				if len(row) != len(s.table.head) || row[0] == "" || row[len(row)-1] == "" || strings.Contains(strings.Join(row, ""), "\n") {
					t.Errorf("%s: %s: row %q has no name, no meaning or a line break", p.title, s.title, row)
				}
			}
		}
	}
	for _, d := range append(model.Datasets(), model.Runs.Info) {
		hasKey := false
		for _, c := range datasetColumns(d) {
			hasKey = hasKey || c.key
			for source := range strings.SplitSeq(c.source, ", ") {
				if !slices.ContainsFunc(sources(), func(known []string) bool { return known[0] == source }) {
					t.Errorf("%s.%s comes from %q, which is not explained", d.Name, c.name, source)
				}
			}
		}
		if !hasKey || d.Stage == "" {
			t.Errorf("dataset %s has no key or no stage", d.Name)
		}
	}
}

func eachCommand(c *cobra.Command, do func(*cobra.Command)) {
	do(c)
	for _, sub := range c.Commands() {
		eachCommand(sub, do)
	}
}

// TestDocsTellTheTypes compares the dictionary with what DuckDB says of the
// views over a real snapshot.
func TestDocsTellTheTypes(t *testing.T) {
	workspace := t.TempDir()
	draft, err := warehouse.Begin(workspace, "empty")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := draft.Commit(warehouse.Manifest{RunID: "run", AsOf: "2020-11-30"}); err != nil {
		t.Fatal(err)
	}
	db, err := warehouse.Open(t.Context(), workspace, warehouse.Options{Restricted: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	datasets := append(model.Datasets(), model.Runs.Info)
	if len(datasets) != len(db.Datasets()) {
		t.Errorf("the dictionary has %d datasets, the database %v", len(datasets), db.Datasets())
	}
	for _, d := range datasets {
		var got, want []string
		for _, c := range datasetColumns(d) {
			want = append(want, c.name+" "+c.sqlType)
		}
		rows, err := db.Query(t.Context(), "SELECT column_name || ' ' || column_type FROM (DESCRIBE "+d.Name+")")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			for i := range int(rows.Record().NumRows()) {
				line := rows.Record().Column(0).(*array.String).Value(i)
				got = append(got, strings.ReplaceAll(line, `"`, "")) // around names that are words of SQL
			}
		}
		rows.Release()
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s in DuckDB:\n  %s\nin the dictionary:\n  %s", d.Name, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
	}
}
