package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

const (
	someHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	head     = `{"version": 1, "schema_version": 1, "snapshot_id": "s1", `
)

// TestManifestsOfStrangers reads manifests that no run has written.
func TestManifestsOfStrangers(t *testing.T) {
	file := func(path string) string {
		return head + `"files": [{"path": "` + path + `", "size": 1, "rows": 1, "sha256": "` + someHash + `"}]}`
	}
	for name, c := range map[string]struct{ text, want string }{
		"whole":              {file("public/skills/data-0.parquet"), ""},
		"upwards":            {file("../../../etc/passwd"), "does not lie in a dataset"},
		"upwards in between": {file("public/../../x/y"), "does not lie in a dataset"},
		"absolute":           {file("/etc/passwd"), "does not lie in a dataset"},
		"backslashes":        {file(`public\\..\\..\\x/y/z`), "does not lie in a dataset"},
		"a drive":            {file("C:/x/y"), "does not lie in a dataset"},
		"not below a zone":   {file("manifest.json"), "does not lie in a dataset"},
		"empty path":         {file(""), "does not lie in a dataset"},
		"a path twice": {head + `"files": [{"path": "public/a/b", "sha256": "` + someHash + `"}, {"path": "public/a/b", "sha256": "` + someHash + `"}]}`,
			`path "public/a/b" stands twice`},
		"a negative size":    {strings.Replace(file("public/a/b"), `"size": 1`, `"size": -1`, 1), "has -1 bytes and 1 rows"},
		"negative rows":      {strings.Replace(file("public/a/b"), `"rows": 1`, `"rows": -1`, 1), "has 1 bytes and -1 rows"},
		"no hash":            {strings.Replace(file("public/a/b"), someHash, "../../x", 1), `has SHA-256 "../../x"`},
		"a hash in capitals": {strings.Replace(file("public/a/b"), someHash, strings.ToUpper(someHash), 1), "has SHA-256"},
		"a feed's hash":      {head + `"feeds": [{"name": "a", "files": [{"file": "x", "sha256": "../../../x"}]}]}`, `of feed "a" has SHA-256`},
		"a feed twice":       {head + `"feeds": [{"name": "a"}, {"name": "a"}]}`, `feed "a" stands twice`},
		"a feed below 0":     {head + `"feeds": [{"name": "a", "records": -1}]}`, "count below 0"},
		"no id":              {`{"version": 1, "schema_version": 1}`, "cannot be a file name"},
		"an id upwards":      {`{"version": 1, "schema_version": 1, "snapshot_id": "../x"}`, "cannot be a file name"},
		"no version":         {`{"snapshot_id": "s1"}`, "it has no version"},
		"another form":       {head + `"files": {}}`, "cannot unmarshal"},
		"no JSON":            {`PAR1`, "invalid character"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseManifest("manifest.json", []byte(c.text))
			var damaged *DamagedError
			if c.want == "" && err == nil {
				return
			}
			if c.want == "" || !errors.As(err, &damaged) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "read manifest manifest.json: ") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestNewerManifest is told by its versions alone, whatever its form.
func TestNewerManifest(t *testing.T) {
	for text, what := range map[string]string{
		`{"version": 99, "schema_version": "two"}`:                   "manifest",
		`{"version": 99, "files": "elsewhere"}`:                      "manifest",
		`{"version": 1, "schema_version": 99, "files": "elsewhere"}`: "schema",
	} {
		_, err := parseManifest("manifest.json", []byte(text))
		var newer *NewerError
		if !errors.As(err, &newer) || newer.What != what {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// FuzzManifest: what is accepted stays in the snapshot's folder, and is written
// and read as the same.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{
		head + `"files": [{"path": "public/skills/data-0.parquet", "size": 1, "rows": 1, "sha256": "` + someHash + `"}]}`,
		head + `"files": [{"path": "public/../../../x", "sha256": "` + someHash + `"}]}`,
		head + `"feeds": [{"name": "a", "files": [{"file": "x", "sha256": "` + someHash + `"}], "records": 3}]}`,
		`{"version": 99}`,
		`[`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := parseManifest("manifest.json", text)
		if err != nil {
			return
		}
		dir := filepath.FromSlash("/w/snapshots/s1")
		for _, file := range m.Files {
			name := filepath.Join(dir, filepath.FromSlash(file.Path))
			if !strings.HasPrefix(name, dir+string(filepath.Separator)) || file.Size < 0 || file.Rows < 0 {
				t.Errorf("accepted %+v", file)
			}
		}
		for _, feed := range m.Feeds {
			for _, file := range feed.Files {
				if filepath.Base(file.SHA256) != file.SHA256 && file.SHA256 != "" {
					t.Errorf("accepted hash %q", file.SHA256)
				}
			}
		}
		again, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if same, err := parseManifest("manifest.json", again); err != nil || !reflect.DeepEqual(m, same) {
			t.Errorf("read again: %v\n%+v\n%+v", err, m, same)
		}
	})
}

// TestOlderSchemaIsRefused says what to do, where DuckDB would name a column.
func TestOlderSchemaIsRefused(t *testing.T) {
	v := newVerified(t)
	v.manifest(func(m *Manifest) { m.SchemaVersion = 1 })
	_, err := Open(context.Background(), v.workspace, Options{})
	var older *OlderError
	if !errors.As(err, &older) || older.Found != 1 || !strings.Contains(err.Error(), "snapshot s1 was written by schema 1") || !strings.Contains(err.Error(), "run `skillsgap migrate`") {
		t.Errorf("got %v", err)
	}
}

// runOfSchema1 is a row of the ledger as schema 1 had it, as far as is needed.
type runOfSchema1 struct {
	RunID  string `parquet:"run_id,dict"`
	Stage  string `parquet:"stage,dict"`
	RowsIn int64  `parquet:"rows_in"`
}

// TestLedgerSpansSchemas reads runs of this schema and of an older one, and
// writes the older one's zero-row file anew.
func TestLedgerSpansSchemas(t *testing.T) {
	workspace := t.TempDir()
	must(t, os.MkdirAll(runsDir(workspace), 0o755))
	old := parquet.KeyValueMetadata(schemaVersionKey, "1")
	must(t, os.WriteFile(filepath.Join(runsDir(workspace), "r1.parquet"), parquetOf(t, []parquet.WriterOption{old}, runOfSchema1{"r1", "read", 7}), 0o600))
	must(t, os.WriteFile(filepath.Join(runsDir(workspace), emptyLedger), parquetOf[runOfSchema1](t, []parquet.WriterOption{old}), 0o600))
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{}) // with runs of the older schema alone
	if got := text(t, db, "SELECT string_agg(run_id || rows_in || coalesce(withdrawn, -1)) FROM runs"); got != "r17-1" {
		t.Errorf("view of the older run: %s", got)
	}
	appendRuns(t, workspace, model.Run{RunID: "r2", Withdrawn: 3})
	if got := text(t, db, "SELECT string_agg(run_id || coalesce(withdrawn, -1), ' ' ORDER BY run_id) FROM runs"); got != "r1-1 r23" {
		t.Errorf("view of both: %s", got)
	}
	runs, err := ReadRuns(workspace)
	must(t, err)
	if len(runs) != 2 || runs[0].RowsIn != 7 || runs[0].Withdrawn != 0 || runs[1].Withdrawn != 3 {
		t.Errorf("read %+v", runs)
	}
}
