package warehouse

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestAbandon gives up on a part of a statement that does not end when it is told
// to: its caller, later callers and Close do not wait for it.
func TestAbandon(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	db, err := Open(context.Background(), workspace, Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	end := make(chan struct{})
	defer close(end)
	w := db.watch(context.Background(), time.Millisecond, 0)
	defer w.end()
	if err := w.do(func(context.Context) error { <-end; return nil }); !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v", err)
	}
	if _, err := db.Query(context.Background(), "SELECT 1"); !errors.Is(err, errAbandoned) {
		t.Errorf("afterwards: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(db.spill.dir); err == nil {
		t.Error("the folder for spilling is still there")
	}
	if err := db.pool.Close(); err != nil { // which Close left to the statement
		t.Error(err)
	}
}

func TestMemory(t *testing.T) {
	if resident() == 0 {
		t.Skip("the system does not tell how much memory a process has")
	}
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	for _, query := range []string{
		"SELECT repeat('x', 100000) FROM range(1000000)",              // a result
		"SELECT list(range ORDER BY range DESC) FROM range(50000000)", // DuckDB's own limit
	} {
		db, err := Open(context.Background(), workspace, Options{MemoryLimit: "100MB"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.QueryUser(context.Background(), query); !errors.Is(err, ErrMemory) {
			t.Errorf("%s: %v", query, err)
		}
		abandoned := db.abandoned.Load() // on a busy machine: the statement ends a little later
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		for abandoned && db.pool.Stats().InUse > 0 {
			time.Sleep(10 * time.Millisecond)
		}
		if err := db.pool.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestBytesOf(t *testing.T) {
	for amount, want := range map[string]int64{
		"2GB": 2e9, "1.5 GiB": 3 << 29, "100MB": 1e8, "64KiB": 64 << 10, "7B": 7, "1TB": 1e12, "1 TiB": 1 << 40,
	} {
		if got, err := bytesOf(amount); err != nil || got != want {
			t.Errorf("%s is %d, %v; want %d", amount, got, err, want)
		}
	}
	for _, amount := range []string{"", "GB", "2", "much"} {
		if got, err := bytesOf(amount); err == nil {
			t.Errorf("%q is %d", amount, got)
		}
	}
}

func TestSpillOfKilledProcessGoes(t *testing.T) {
	parent := t.TempDir()
	folder := func(name string) string {
		dir := filepath.Join(parent, name)
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, spillOwner), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	killed, other, alive := folder("skillsgap-killed"), folder("another-program"), folder("skillsgap-alive")
	if err := os.WriteFile(filepath.Join(killed, "duckdb_temp_storage-0.tmp"), []byte("rows"), 0o600); err != nil {
		t.Fatal(err)
	}
	young := filepath.Join(parent, "skillsgap-young")         // has no owner yet
	forgotten := filepath.Join(parent, "skillsgap-forgotten") // never had one
	anHourAgo := time.Now().Add(-61 * time.Minute)
	if err := errors.Join(os.Mkdir(forgotten, 0o700), os.Chtimes(forgotten, anHourAgo, anHourAgo)); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(parent, "target")
	link := filepath.Join(parent, "skillsgap-link")
	if err := errors.Join(os.Mkdir(young, 0o700), os.Symlink(folder("target"), link)); err != nil {
		t.Fatal(err)
	}
	held := flock.New(filepath.Join(alive, spillOwner))
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	defer held.Close()

	s, err := newSpill(parent)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{killed, forgotten} {
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("still there: %s", dir)
		}
	}
	again, err := newSpill(parent) // the first is in use
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{other, alive, young, target, link, s.dir, again.dir} {
		if _, err := os.Stat(dir); err != nil {
			t.Errorf("gone: %s", dir)
		}
	}
	if err := errors.Join(s.remove(), again.remove()); err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(parent, "skillsgap-*")); err != nil || len(left) != 3 {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestSnapshotIsItsManifest checks that what lies in a snapshot beside its files
// is not read, and that a link in the place of one is refused.
func TestSnapshotIsItsManifest(t *testing.T) {
	workspace := t.TempDir()
	d := begin(t, workspace, "s1")
	write(t, d, model.Rejects, model.Reject{Source: "feed"})
	write(t, d, model.Regions, model.Region{RegionCode: "IE"})
	dir := commit(t, d)
	regions := filepath.Join(dir, "public", "regions")
	if err := os.Symlink("data-0.parquet", filepath.Join(regions, "data-1.parquet")); err != nil {
		t.Fatal(err)
	}
	if got := text(t, open(t, workspace, Options{}), "SELECT count(*) FROM regions"); got != "1" {
		t.Errorf("%s regions", got)
	}
	file := filepath.Join(regions, "data-0.parquet")
	var link *LinkError
	refused := func(what string) {
		t.Helper()
		if _, err := Open(context.Background(), workspace, Options{}); !errors.As(err, &link) {
			t.Errorf("%s: %v", what, err)
		}
	}
	swap := func(path, target string) func() {
		t.Helper()
		if err := errors.Join(os.Rename(path, path+".kept"), os.Symlink(target, path)); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := errors.Join(os.Remove(path), os.Rename(path+".kept", path)); err != nil {
				t.Fatal(err)
			}
		}
	}
	back := swap(file, filepath.Join(dir, "internal", "rejects", "data-0.parquet"))
	refused("file")
	back()
	back = swap(regions, regions+".kept")
	refused("folder")
	back()
	back = swap(filepath.Join(runsDir(workspace), emptyLedger), "/etc/passwd")
	refused("ledger")
	back()
	back = swap(currentLink(workspace), t.TempDir())
	refused("current")
	back()
	if got := text(t, open(t, workspace, Options{}), "SELECT region_code FROM regions"); got != "IE" {
		t.Errorf("in the end: %s", got)
	}
}

// TestUntrustedText refuses texts that no command line can hold.
func TestUntrustedText(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))
	u := Untrusted{open(t, workspace, Options{})}
	for query, reason := range map[string]string{
		"SELECT 1\x00; COPY (SELECT 1) TO 'x'":             "no UTF-8 text",
		"SELECT '\xff'":                                    "no UTF-8 text",
		"SELECT 1 IN (" + strings.Repeat("1,", 5e5) + "1)": "1000015 bytes",
		"SELECT " + strings.Repeat("1+", 300) + "1":        "one inside another",
	} {
		var refused *StatementError
		if _, err := u.Query(context.Background(), query); !errors.As(err, &refused) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%.40q: %v", query, err)
		}
	}
	var failed *SQLError
	if _, err := u.Query(context.Background(), "SELECT nothing FROM skills"); !errors.As(err, &failed) {
		t.Errorf("an unknown column: %v", err)
	}
}
