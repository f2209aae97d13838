package warehouse

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// verified is a workspace with one snapshot of one feed, as its run left it.
type verified struct {
	t                   *testing.T
	workspace, dir      string
	options             VerifyOptions
	run                 model.Run
	file, version, hash string // a file of the snapshot, the kept version of the feed and its name
}

func newVerified(t *testing.T) *verified {
	t.Helper()
	v := &verified{t: t, workspace: t.TempDir()}
	v.options.FeedVersions = filepath.Join(v.workspace, "versions")
	must(t, os.Mkdir(v.options.FeedVersions, 0o700))
	must(t, os.WriteFile(filepath.Join(v.workspace, "feed"), []byte("jobs"), 0o600))
	hash, err := hashFile(filepath.Join(v.workspace, "feed"))
	must(t, err)
	v.hash, v.version = hash, filepath.Join(v.options.FeedVersions, hash)
	must(t, os.Rename(filepath.Join(v.workspace, "feed"), v.version))

	d := begin(t, v.workspace, "s1")
	must(t, d.SetVersions(Versions{"ESCO v1", "t1", "l1"}))
	day := model.NewDate(2020, 11, 30)
	write(t, d, model.Regions, model.Region{RegionCode: "IE"})
	write(t, d, model.Records,
		model.Record{PostedMonth: day.Month(), Kind: "vacancies", ID: "a", Version: 1, Source: "jobs", FirstSeenOn: day - 1, WithdrawnOn: day},
		model.Record{PostedMonth: day.Month(), Kind: "vacancies", ID: "b", Version: 1, Source: "jobs", FirstSeenOn: day})
	write(t, d, model.RejectCounts, model.RejectCount{Source: "jobs", Rule: "title-missing", Records: 1})
	files := []model.RunInput{{File: "inbox/jobs", SHA256: hash}}
	v.run = model.Run{
		RunID: "r1", Job: "nightly", Stage: "read", Feed: "jobs", AsOf: day, Status: "ok", Inputs: files, Bytes: 4,
		RowsIn: 3, Accepted: 1, Duplicates: 1, Rejected: 1, Withdrawn: 1, RejectedByRule: []model.RejectCount{{Source: "jobs", Rule: "title-missing", Records: 1}},
	}
	v.ledger()
	v.dir, err = d.Commit(Manifest{RunID: "r1", AsOf: "2020-11-30", Feeds: []Feed{{Name: "jobs", AsOf: "2020-11-30", Files: files, Records: 3, Repeats: 1, Rejected: 1, Bytes: 4}}})
	must(t, err)
	must(t, WriteDatabase(v.workspace))
	v.file = filepath.Join(v.dir, "public", "regions", "data-0.parquet")
	return v
}

// ledger writes the run.
func (v *verified) ledger() {
	v.t.Helper()
	appendRuns(v.t, v.workspace, v.run, model.Run{RunID: "r1", Stage: "link", Status: "ok", RowsOut: 4})
}

// manifest rewrites the manifest.
func (v *verified) manifest(change func(*Manifest)) {
	v.t.Helper()
	path := filepath.Join(v.dir, manifestName)
	m, err := readManifest(path)
	must(v.t, err)
	change(&m)
	text, err := json.Marshal(m)
	must(v.t, err)
	must(v.t, os.WriteFile(path, text, 0o600))
}

// replace puts another file in the place of v.file, which the manifest then fits.
func (v *verified) replace(content []byte) {
	v.t.Helper()
	must(v.t, os.Remove(v.file))
	must(v.t, os.WriteFile(v.file, content, 0o600))
	hash, err := hashFile(v.file)
	must(v.t, err)
	v.manifest(func(m *Manifest) {
		for i := range m.Files {
			if m.Files[i].Path == "public/regions/data-0.parquet" {
				m.Files[i].Size, m.Files[i].SHA256 = int64(len(content)), hash
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func parquetOf[R any](t *testing.T, options []parquet.WriterOption, rows ...R) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[R](&b, options...)
	_, err := w.Write(rows)
	must(t, errors.Join(err, w.Close()))
	return b.Bytes()
}

// damages are ways in which a workspace is no longer as its run left it, each
// with the finding.
var damages = map[string]struct {
	damage func(*verified)
	want   string
}{
	"a byte is another": {func(v *verified) {
		content, err := os.ReadFile(v.file)
		must(v.t, err)
		content[len(content)/2] ^= 1
		must(v.t, os.WriteFile(v.file, content, 0o600))
	}, "regions/data-0.parquet: has SHA-256"},
	"cut short":      {func(v *verified) { must(v.t, os.Truncate(v.file, 100)) }, "regions/data-0.parquet: has 100 bytes, the manifest says"},
	"gone":           {func(v *verified) { must(v.t, os.Remove(v.file)) }, "regions/data-0.parquet: is missing"},
	"no Parquet":     {func(v *verified) { v.replace([]byte("PAR1 but no")) }, "is no Parquet file"},
	"other rows":     {func(v *verified) { v.manifest(func(m *Manifest) { m.Files[0].Rows += 7 }) }, "rows, the manifest says"},
	"other versions": {func(v *verified) { v.manifest(func(m *Manifest) { m.Linker = "l2" }) }, `says of itself skillsgap.linker "l1", the manifest "l2"`},
	"other columns": {func(v *verified) {
		v.replace(parquetOf(v.t, fileOptions("regions", Versions{"ESCO v1", "t1", "l1"}), struct {
			Code string `parquet:"region_code"`
		}{"IE"}))
	}, "has other columns than dataset regions of schema"},
	"another dataset": {func(v *verified) {
		v.replace(parquetOf(v.t, fileOptions("skills", Versions{"ESCO v1", "t1", "l1"}), model.Region{RegionCode: "IE"}))
	}, `says of itself skillsgap.dataset "skills"`},
	"another folder": {func(v *verified) {
		old := filepath.Join(v.dir, "internal", "records", "posted_month=2020-11-01")
		must(v.t, os.Rename(old, filepath.Join(filepath.Dir(old), "posted_month=2020-11-02")))
		v.manifest(func(m *Manifest) {
			for i := range m.Files {
				m.Files[i].Path = strings.Replace(m.Files[i].Path, "2020-11-01", "2020-11-02", 1)
			}
		})
	}, "posted_month=2020-11-02/data-0.parquet: does not lie where a file of its dataset lies"},
	"a dataset without file": {func(v *verified) {
		must(v.t, os.RemoveAll(filepath.Dir(v.file)))
		v.manifest(func(m *Manifest) {
			var kept []File
			for _, f := range m.Files {
				if !strings.HasPrefix(f.Path, "public/regions/") {
					kept = append(kept, f)
				}
			}
			m.Files = kept
		})
	}, "lists no file of dataset regions"},
	"one too many":      {func(v *verified) { must(v.t, os.WriteFile(v.file+".bak", nil, 0o600)) }, "data-0.parquet.bak: is not in the manifest: remove it"},
	"a link":            {func(v *verified) { must(v.t, os.Symlink(v.workspace, filepath.Join(v.dir, "public", "all"))) }, "public/all: is a symbolic link"},
	"an open zone":      {func(v *verified) { must(v.t, os.Chmod(filepath.Join(v.dir, "restricted"), 0o750)) }, "restricted: has permissions 0750"},
	"no zone":           {func(v *verified) { must(v.t, os.RemoveAll(filepath.Join(v.dir, "restricted"))) }, "restricted: is missing"},
	"another snapshot":  {func(v *verified) { v.manifest(func(m *Manifest) { m.SnapshotID = "s0" }) }, "manifest.json: is of snapshot s0"},
	"no manifest":       {func(v *verified) { must(v.t, os.Remove(filepath.Join(v.dir, manifestName))) }, "warehouse/current: leads to snapshot s1, which is not there or not complete"},
	"a broken manifest": {func(v *verified) { must(v.t, os.WriteFile(filepath.Join(v.dir, manifestName), []byte("{"), 0o600)) }, "manifest.json: unexpected end"},
	"an older schema":   {func(v *verified) { v.manifest(func(m *Manifest) { m.SchemaVersion = 1 }) }, "run `skillsgap migrate`"},
	"no database":       {func(v *verified) { must(v.t, os.Remove(filepath.Join(v.workspace, DatabaseName))) }, "skillsgap.duckdb: is missing or out of date"},
	"current is a folder": {func(v *verified) {
		must(v.t, os.Remove(currentLink(v.workspace)))
		must(v.t, os.Mkdir(currentLink(v.workspace), 0o700))
	}, "warehouse/current: is no symbolic link"},
	"current is absolute": {func(v *verified) {
		must(v.t, os.Remove(currentLink(v.workspace)))
		must(v.t, os.Symlink(v.dir, currentLink(v.workspace)))
	}, "warehouse/current: leads to /"},
	"no version":      {func(v *verified) { must(v.t, os.Remove(v.version)) }, "is missing: what feed jobs held cannot be read again"},
	"another version": {func(v *verified) { must(v.t, os.WriteFile(v.version, []byte("?"), 0o600)) }, "is not what feed jobs held"},
	"a file beside snapshots": {func(v *verified) {
		v.options.All = true
		must(v.t, os.WriteFile(filepath.Join(snapshotsDir(v.workspace), "s0"), nil, 0o600))
	}, "warehouse/snapshots/s0: is no folder of a snapshot: remove it"},
	"an older one that is damaged": {func(v *verified) {
		v.options.All = true
		must(v.t, os.Mkdir(filepath.Join(snapshotsDir(v.workspace), "s0"), 0o700))
	}, "warehouse/snapshots/s0: holds no manifest"},
	"no ledger": {func(v *verified) { must(v.t, os.Remove(filepath.Join(runsDir(v.workspace), "r1.parquet"))) }, "warehouse/runs: knows nothing of run r1"},
	"a broken ledger": {func(v *verified) {
		must(v.t, os.WriteFile(filepath.Join(runsDir(v.workspace), "r0.parquet"), []byte("PAR1"), 0o600))
	}, "warehouse/runs: read runs: read "},
	"read more":                {func(v *verified) { v.run.RowsIn++; v.ledger() }, "feed jobs: read, rejected, bytes, repeats of the manifest are 3 1 4 1"},
	"repeated less":            {func(v *verified) { v.run.Duplicates = 0; v.ledger() }, "feed jobs: read, rejected, bytes, repeats"},
	"read another file":        {func(v *verified) { v.run.Inputs[0].File = "inbox/other"; v.ledger() }, "feed jobs: the manifest lists"},
	"read another feed":        {func(v *verified) { v.run.Feed = "posts"; v.ledger() }, "feed posts: the ledger of run r1 has read it, the manifest does not list it"},
	"a feed that was not read": {func(v *verified) { v.run.Feed = "posts"; v.ledger() }, "feed jobs: the manifest lists it, the ledger of run r1 does not"},
	"records of no feed": {func(v *verified) {
		v.run.Feed = "posts"
		v.ledger()
		v.manifest(func(m *Manifest) { m.Feeds[0].Name = "posts" })
	}, "feed jobs: the datasets hold 2 records of it, the manifest does not list it"},
	"rejected by other rule": {func(v *verified) { v.run.RejectedByRule[0].Rule = "json-broken"; v.ledger() }, "rejected records: reject_counts holds"},
	"withdrawn more":         {func(v *verified) { v.run.Withdrawn = 2; v.ledger() }, "feed jobs: the ledger has withdrawn 2, records withdrawn that day in the datasets 1"},
	"records are missing": {func(v *verified) {
		v.manifest(func(m *Manifest) { m.Feeds[0].Records = 5 })
		v.run.RowsIn, v.run.Accepted = 5, 3
		v.ledger()
	}, "feed jobs: distinct records read 3, versions of records in the datasets 2"},
	"wrote other rows": {func(v *verified) {
		appendRuns(v.t, v.workspace, v.run, model.Run{RunID: "r1", Stage: "link", Status: "ok", RowsOut: 9})
	}, "rows: the stages wrote 9, the manifest lists, with those forgotten since, 4"},
	"an audit": {func(v *verified) {
		v.options.Audits = []Audit{{Name: "none", Title: "There is no region", Row: "a region", Action: "leave", SQL: "SELECT region_code FROM regions"}}
	}, "audit none, snapshot s1: not so: There is no region: 1 rows, each a region; the first: region_code=IE: leave"},
	"an audit of nothing": {func(v *verified) {
		v.options.Audits = []Audit{{Name: "none", SQL: "SELECT 1; SELECT 2"}}
	}, "audit none, snapshot s1: statement refused: 2 statements"},
}

func TestVerifyFindsDamage(t *testing.T) {
	for name, c := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVerified(t)
			c.damage(v)
			found, err := Verify(context.Background(), v.workspace, v.options)
			must(t, err)
			for _, f := range found.Findings {
				if strings.Contains(f.String(), c.want) {
					return
				}
			}
			t.Errorf("found %v, want %q", found.Findings, c.want)
		})
	}
}

func TestVerifyWhole(t *testing.T) {
	v := newVerified(t)
	v.options.All = true
	must(t, os.Mkdir(filepath.Join(snapshotsDir(v.workspace), "s2"+draftSuffix), 0o700)) // of a run that goes on
	v.options.Audits = []Audit{{Name: "none", SQL: "SELECT 1 FROM regions WHERE region_code <> 'IE'"}}
	found, err := Verify(context.Background(), v.workspace, v.options)
	must(t, err)
	if len(found.Findings) > 0 || len(found.Notes) > 0 {
		t.Errorf("found %v, noted %v", found.Findings, found.Notes)
	}
	if found.Snapshots != 1 || found.Files != len(model.Datasets()) || found.Rows != 4 || found.Feeds != 1 || found.FeedFiles != 1 || found.Audits != 1 {
		t.Errorf("checked %+v", found)
	}
	if _, err := Verify(context.Background(), t.TempDir(), v.options); !errors.Is(err, ErrNoSnapshot) {
		t.Errorf("without a snapshot: %v", err)
	}
}

// TestVerifyWhileRunPublishes tells damage from a snapshot that a run replaced
// meanwhile.
func TestVerifyWhileRunPublishes(t *testing.T) {
	v := newVerified(t)
	must(t, os.Remove(v.file))
	next := &verifier{workspace: v.workspace, versions: map[string]bool{}}
	ids, err := next.targets()
	must(t, err)
	if next.moved() {
		t.Error("moved before the run")
	}
	commit(t, begin(t, v.workspace, "s2"))
	if len(ids) != 1 || ids[0] != "s1" || !next.moved() {
		t.Errorf("checked %v, moved %v", ids, next.moved())
	}
}

// TestVerifyWithoutFeeds verifies what a run made that read no feed.
func TestVerifyWithoutFeeds(t *testing.T) {
	v := newVerified(t)
	appendRuns(t, v.workspace, model.Run{RunID: "r1", Stage: "link", Status: "ok", RowsOut: 4})
	found, err := Verify(context.Background(), v.workspace, v.options)
	must(t, err)
	if len(found.Findings) > 0 {
		t.Errorf("found %v", found.Findings)
	}
}
