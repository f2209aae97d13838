package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestEmptySnapshotIsReadable(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{Restricted: true})
	for _, name := range db.Datasets() {
		if got := text(t, db, "SELECT count(*) FROM "+identifier(name)); got != "0" {
			t.Errorf("%s has %s rows", name, got)
		}
	}
	for _, d := range model.Datasets() {
		if d.Partition == "" {
			continue
		}
		got := text(t, db, "SELECT column_type FROM (DESCRIBE "+d.Name+") WHERE column_name = $name", sql.Named("name", d.Partition))
		if got != "DATE" {
			t.Errorf("%s.%s has type %s", d.Name, d.Partition, got)
		}
	}
}

// TestGlobs reads datasets as any other tool does: by globs below current.
func TestGlobs(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	write(t, d, model.Vacancies, model.Vacancy{VacancyID: "v", PostedMonth: model.NewDate(2020, 11, 1)})
	commit(t, d)
	e, err := startEngine(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	for _, d := range model.Datasets() {
		var rows int
		glob := filepath.Join(workspace, "warehouse", "current", string(d.Zone), d.Name, "**", "*.parquet")
		if err := e.pool.QueryRow("SELECT count(*) FROM read_parquet(?)", glob).Scan(&rows); err != nil || rows != strings.Count(d.Name, "vacancies") {
			t.Errorf("%s: %d rows, %v", d.Name, rows, err)
		}
	}
}

// TestOpenKeepsItsSnapshot checks that a snapshot which becomes current later
// does not change what an open database answers.
func TestOpenKeepsItsSnapshot(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	d := begin(t, workspace, "s2")
	write(t, d, model.Regions, model.Region{RegionCode: "IE"})
	commit(t, d)
	if got := text(t, db, "SELECT count(*) FROM regions"); got != "0" || db.Manifest().SnapshotID != "s1" {
		t.Errorf("%s regions in %s", got, db.Manifest().SnapshotID)
	}
}

func TestOpenNeedsASnapshot(t *testing.T) {
	if _, err := Open(context.Background(), t.TempDir(), Options{}); !errors.Is(err, ErrNoSnapshot) {
		t.Errorf("got %v", err)
	}
}

// TestPrivateZones checks that neither views nor file names reach the private
// zones without consent.
func TestPrivateZones(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	write(t, d, model.Rejects, model.Reject{Source: "feed"})
	dir := commit(t, d)
	public := open(t, workspace, Options{})
	for _, from := range []string{
		"rejects",
		literal(filepath.Join(dir, "internal", "rejects", "data-0.parquet")),
		literal(dir + "/public/../internal/rejects/data-0.parquet"),
		literal(filepath.Join(workspace, "warehouse", "current", "internal", "rejects", "data-0.parquet")),
		"read_text(" + literal(filepath.Join(dir, manifestName)) + ")",
	} {
		if _, err := public.Query(context.Background(), "FROM "+from); err == nil {
			t.Errorf("read %s", from)
		}
	}
	private := open(t, workspace, Options{Restricted: true})
	if got := text(t, private, "SELECT source FROM rejects"); got != "feed" {
		t.Errorf("with consent: %s", got)
	}
}

// TestSandbox lets statements of an attacker run as trusted SQL: the second
// line of defence. What DuckDB cannot stop is in TestQueryUser.
func TestSandbox(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{MemoryLimit: "100MB", Threads: 1})
	out := filepath.Join(t.TempDir(), "out")
	for _, query := range []string{
		"SELECT * FROM read_csv('/etc/passwd')",
		"SELECT * FROM read_text('/etc/passwd')",
		"SELECT * FROM glob('/etc/*')",
		"SELECT * FROM 'https://example.org/x.parquet'",
		"COPY (SELECT 1) TO " + literal(out),
		"ATTACH " + literal(out),
		"SET enable_external_access = true",
		"SET lock_configuration = false",
		"SET allowed_directories = ['/']",
		"INSTALL httpfs",
		"LOAD httpfs",
	} {
		if r, err := db.Query(context.Background(), query); err == nil {
			r.Release()
			t.Errorf("ran %s", query)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
	want := []string{"1", "95.3 MiB", "UTC"}
	if got := texts(t, db, "SELECT current_setting('threads'), current_setting('memory_limit'), current_setting('TimeZone')")[0]; !slices.Equal(got, want) {
		t.Errorf("settings %v, want %v", got, want)
	}
}

func TestQueryUser(t *testing.T) {
	workspace := t.TempDir()
	dir := commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	target := literal(filepath.Join(dir, "public", "written"))
	for _, query := range []string{
		"SELECT 1",
		"SELECT 1;",
		"WITH a AS (SELECT 1) FROM a",
		"FROM skills",
		"VALUES ($a)",
		"DESCRIBE skills",
		"SHOW TABLES",
		"SELECT * FROM range(3), unnest([1, 2])",
	} {
		r, err := db.QueryUser(context.Background(), query, sql.Named("a", "x"))
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		r.Release()
	}
	for query, reason := range map[string]string{
		"":                             "0 statements",
		"SELEC 1":                      "syntax error",
		"SELECT 1; SELECT 2":           "2 statements",
		"COPY (SELECT 1) TO " + target: "no SELECT",
		"COPY (SELECT 1) TO " + target + "; SELECT 1": "no SELECT",
		"EXPLAIN COPY (SELECT 1) TO " + target:        "no SELECT",
		"ATTACH " + target:                            "no SELECT",
		"PRAGMA database_list":                        "no SELECT",
		"CREATE TABLE t (i int)":                      "no SELECT",
		"SELECT * FROM enable_logging(storage := 'file', storage_path := " + target + ")": `"enable_logging"`,
		"SELECT (WITH a AS (FROM System.Main.ENABLE_LOGGING()) SELECT count(*) FROM a)":   `"enable_logging"`,
		"DESCRIBE FROM query('FROM checkpoint()')":                                        `"query"`,
		"SELECT * FROM read_csv('/etc/passwd')":                                           `"read_csv"`,
	} {
		_, err := db.QueryUser(context.Background(), query)
		var refused *StatementError
		if !errors.As(err, &refused) || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(reason)) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "public", "written")); err == nil {
		t.Error("a file was written")
	}
	if got := text(t, db, "SELECT 1"); got != "1" {
		t.Errorf("after all that, 1 is %s", got)
	}
}

func TestTimeout(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{Timeout: 50 * time.Millisecond})
	if _, err := db.Query(context.Background(), "SELECT count(*) FROM range(1000000000000)"); !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v", err)
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Query(canceled, "SELECT 1"); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	r, err := db.Query(context.Background(), "FROM range(100000)")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	time.Sleep(60 * time.Millisecond) // reading is part of it
	for r.Next() {
	}
	if !errors.Is(r.Err(), ErrTimeout) {
		t.Errorf("slow reader: %v", r.Err())
	}
}

func TestBatches(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db := open(t, workspace, Options{})
	r, err := db.Query(context.Background(), "SELECT range AS n FROM range($n)", sql.Named("n", 2*recordRows+1))
	if err != nil {
		t.Fatal(err)
	}
	r.Retain()
	r.Release() // still one reference
	defer r.Release()
	var sizes []int64
	var last arrow.Record
	for r.Next() {
		sizes = append(sizes, r.Record().NumRows())
		if last != nil {
			last.Release()
		}
		last = r.Record()
		last.Retain() // survives Next
	}
	defer last.Release()
	if r.Err() != nil || !slices.Equal(sizes, []int64{recordRows, recordRows, 1}) {
		t.Errorf("batches %v, %v", sizes, r.Err())
	}
	if got := last.Column(0).(*array.Int64).Value(0); got != 2*recordRows {
		t.Errorf("last row is %d", got)
	}
}

func TestReleasingEarlyLeavesNothing(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	checked := memory.NewCheckedAllocator(memory.DefaultAllocator)
	db, err := Open(context.Background(), workspace, Options{Allocator: checked})
	if err != nil {
		t.Fatal(err)
	}
	r, err := db.Query(context.Background(), "FROM range(100000)")
	if err != nil || !r.Next() {
		t.Fatal(err)
	}
	r.Release()
	if _, err := os.Stat(db.spill.dir); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	checked.AssertSize(t, 0)
	if _, err := os.Stat(db.spill.dir); err == nil {
		t.Error("the folder for spilling is still there")
	}
}

// TestOddFolders opens workspaces whose paths mean something to SQL, to globs
// or to Hive partitions.
func TestOddFolders(t *testing.T) {
	for _, name := range []string{"it's", "env=prod", "a [b]*", "what?", "new\nline", `a "b" {c};`, "50%zz"} {
		t.Run(name, func(t *testing.T) {
			workspace := filepath.Join(t.TempDir(), name)
			d := begin(t, workspace, "s1")
			write(t, d, model.Vacancies, model.Vacancy{VacancyID: "v", PostedMonth: model.NewDate(2020, 11, 1)})
			commit(t, d)
			db := open(t, workspace, Options{})
			if got := text(t, db, "SELECT posted_month FROM vacancies"); got != "2020-11-01" {
				t.Errorf("month %s", got)
			}
			if got := text(t, db, "SELECT count(*) FROM (DESCRIBE vacancies) WHERE column_name = 'env'"); got != "0" {
				t.Error("the folder became a column")
			}
			if err := WriteDatabase(workspace); err != nil {
				t.Error(err)
			}
			if DatabaseStale(workspace) {
				t.Error("stale at once")
			}
		})
	}
}
