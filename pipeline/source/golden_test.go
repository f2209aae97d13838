package source_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestDecoded compares every record of a sample, field by field, with its
// golden file.
func TestDecoded(t *testing.T) {
	jobs := source.Feed{Name: "jobs", Kind: source.Vacancies, Format: source.FormatSchemaOrg}
	registry := source.Feed{Name: "registry", Kind: source.Credentials, Format: source.FormatCTDL}
	for sample, feed := range map[string]source.Feed{
		"jobposting.jsonl": jobs, "ctdl_graph.json": registry, "vacancies.csv": csvFeed(),
		"credentials.tsv": tsvFeed(), "vacancies_table.ndjson": ndjsonFeed(),
		"vacancy_totals.csv": officialFeed(), "workforce.ndjson": workforceFeed(),
	} {
		t.Run(sample, func(t *testing.T) {
			feed.Files = []string{filepath.Join("testdata", sample)}
			var b bytes.Buffer
			_, err := source.Read(t.Context(), feed, func(r source.Record) error {
				var record any = r.Vacancy
				switch {
				case r.Credential != nil:
					record = r.Credential
				case r.Statistic != nil:
					record = r.Statistic
				}
				return writeStated(&b, record)
			}, func(r model.Reject) error { t.Errorf("reject %+v", r); return nil })
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", sample+".golden")
			if *update {
				if err := os.WriteFile(golden, b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("decoded:\n%s\nwant (go test -update rewrites it):\n%s", b.Bytes(), want)
			}
		})
	}
}

// writeStated writes the fields of a record that are stated, one a line.
func writeStated(b *bytes.Buffer, record any) error {
	var all bytes.Buffer
	enc := json.NewEncoder(&all)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(record); err != nil {
		return err
	}
	for line := range strings.Lines(all.String()) {
		bare := strings.TrimSuffix(strings.TrimSpace(line), ",")
		if !strings.HasSuffix(bare, `: ""`) && !strings.HasSuffix(bare, ": null") && !strings.HasSuffix(bare, ": false") {
			b.WriteString(line)
		}
	}
	return nil
}
