package jobs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestLock takes the lock of a workspace where a process that is gone left its
// name, and refuses it to others as long as it is held.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, lockFile), []byte("process 1 on elsewhere since ever\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unlock, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Lock(dir)
	var locked *LockedError
	if !errors.As(err, &locked) || !strings.HasPrefix(locked.Holder, fmt.Sprintf("process %d on ", os.Getpid())) {
		t.Errorf("error = %v, want a *LockedError that names this process", err)
	}
	unlock()
	if unlock, err = Lock(dir); err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	unlock()
}

// TestLockClears takes the lock where a killed run has left files and folders of
// every kind.
func TestLockClears(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]") // no pattern
	stay := []string{
		"warehouse/snapshots/b/manifest.json", "warehouse/runs/b.parquet", "skillsgap.duckdb", "notes.tmp", "out/notes.tmp/page",
		"taxonomy/taxonomy.bin", "inbox/feed.tmp", "inbox/.versions/abc", "out/2026-06-30/new", "out/2026-06-29/old",
	}
	leftovers := []string{
		"warehouse/current.tmp", "warehouse/snapshots/a.tmp/public/x", "warehouse/snapshots/a.scratch.tmp/x", "warehouse/runs/a.parquet.7.tmp",
		"skillsgap.duckdb.7.tmp", "taxonomy/taxonomy.bin.7.tmp", "inbox/.versions/incoming-a", "out/2026-06-30.old/old", "out/2026-06-29.tmp/new",
	}
	for _, name := range slices.Concat(stay[:len(stay)-1], leftovers, []string{"out/2026-06-29.old/old"}) { // killed as it replaced these pages
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	unlock, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	var found []string
	err = fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if !e.IsDir() && path != lockFile {
			found = append(found, path)
		}
		return err
	})
	slices.Sort(stay)
	if err != nil || !slices.Equal(found, stay) {
		t.Errorf("left %v, want %v; %v", found, stay, err)
	}
}

func TestLockErrors(t *testing.T) {
	for err, want := range map[error]string{
		syscall.ENOTSUP: "put the workspace on a local disk",
		syscall.ENOLCK:  "put the workspace on a local disk",
		&fs.PathError{Op: "open", Path: "w/.lock", Err: syscall.EACCES}: "must be writable",
		syscall.EIO: "lock workspace: input/output error",
	} {
		if got := lockError("w", err).Error(); !strings.Contains(got, want) {
			t.Errorf("%v: %q does not say %q", err, got, want)
		}
	}
}

func TestMessage(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "w/x", Err: syscall.ENOSPC}
	for _, test := range []struct {
		err  error
		want string
	}{
		{errors.Join(fmt.Errorf("stage link: %w", full), full, errors.New("a partition has failed")), "stage link: write w/x: no space left on device: free space on that disk and run again"},
		{errors.New("IO Error: Could not write file: No space left on device"), "IO Error: Could not write file: No space left on device: free space on that disk and run again"},
		{syscall.EROFS, "read-only file system: make that disk writable and run again"},
		{errors.Join(errors.New("feed a: wrong"), errors.New("feed b: wrong")), "feed a: wrong\nfeed b: wrong"},
	} {
		if got := Message(test.err); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
}
