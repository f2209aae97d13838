package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/skillsgap/skillsgap/"

// layers says, for each package (the longest matching prefix counts), which of
// our packages it may import directly. A package that no line names may not
// exist: a new room is given its place in the house here, in .golangci.yml and
// in ARCHITECTURE.md.
var layers = map[string][]string{
	"data":                       {},
	"jobs/config":                {},
	"taxonomy":                   {},
	"taxonomy/esco":              {"taxonomy"},
	"taxonomy/linker":            {"taxonomy"},
	"taxonomy/linker/evaluation": {"taxonomy", "taxonomy/linker"},
	"pipeline/model":             {"taxonomy"},
	"pipeline/source":            {"pipeline/source/contact", "pipeline/model"},
	"pipeline/source/contact":    {},
	"pipeline/source/sourcetest": {"pipeline/source", "pipeline/model"},
	"pipeline/prepare":           {"pipeline/source", "pipeline/source/contact", "pipeline/model"},
	"pipeline/measure":           {"pipeline/model", "taxonomy"},
	"pipeline/recommend":         {"pipeline/model", "taxonomy"},
	"pipeline/outcome":           {"pipeline/model", "taxonomy"},
	"pipeline/disclosure":        {"pipeline/model", "taxonomy"},
	"pipeline/explain":           {"jobs/config", "taxonomy", "pipeline/model", "pipeline/prepare", "pipeline/measure", "pipeline/warehouse"},
	"pipeline/generate":          {"pipeline/model", "taxonomy", "data"},
	"pipeline/warehouse":         {"pipeline/model", "pipeline/disclosure"},
	"reports":                    {"pipeline/warehouse", "pipeline/model"},
	"reports/web":                {"reports", "pipeline/warehouse", "pipeline/model"},
	"pipeline":                   {"data", "jobs/config", "taxonomy", "taxonomy/esco", "taxonomy/linker", "pipeline/model", "pipeline/source", "pipeline/prepare", "pipeline/measure", "pipeline/recommend", "pipeline/outcome", "pipeline/disclosure", "pipeline/generate", "pipeline/warehouse", "reports"},
	"jobs":                       {"jobs/config", "pipeline", "pipeline/model", "pipeline/warehouse", "reports"},
}

// homes says which of our packages may import a dependency.
var homes = map[string][]string{
	"github.com/marcboeker/go-duckdb":    {"pipeline/warehouse"},
	"github.com/parquet-go/parquet-go":   {"pipeline/warehouse", "pipeline/source"},
	"github.com/apache/arrow/go/v15":     {"pipeline/warehouse", "reports", "reports/web"},
	"github.com/sourcegraph/conc":        {"pipeline", "pipeline/warehouse", "taxonomy/linker", "reports"},
	"gonum.org/v1/gonum":                 {"taxonomy/linker", "pipeline/measure", "pipeline/outcome"},
	"github.com/go-co-op/gocron":         {"jobs"},
	"github.com/goccy/go-yaml":           {"jobs/config"},
	"github.com/spf13/cobra":             {"cmd/skillsgap"},
	"github.com/duckdb/duckdb-go":        {},
	"github.com/apache/arrow-go/v18":     {},
	"github.com/marcboeker/go-duckdb/v2": {"pipeline/warehouse"},
}

// TestLayers proves the import rules on the packages as they are, also where no
// linter is installed.
func TestLayers(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < 5 {
		t.Fatalf("go list found only %d packages", len(lines))
	}
	for _, line := range lines {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(fields[0], module)
		allowed, known := layers[pkg]
		if !known && !strings.HasPrefix(pkg, "cmd/") {
			t.Errorf("package %s has no place in the house: add it to the layers", pkg)
		}
		for _, imported := range fields[1:] {
			own, ours := strings.CutPrefix(imported, module)
			if ours && !strings.HasPrefix(pkg, "cmd/") && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s, which its layer does not allow", pkg, own)
			}
			for dependency, rooms := range homes {
				if (imported == dependency || strings.HasPrefix(imported, dependency+"/")) && !slices.Contains(rooms, pkg) {
					t.Errorf("%s imports %s, whose home is %v", pkg, imported, rooms)
				}
			}
		}
	}
}
