package jobs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// lockFile is the file whose lock the one writer of a workspace holds. The lock
// is the system's and ends with the process, so that the file of a dead one locks
// nothing; what stands in it is for people.
const lockFile = ".lock"

// LockedError says that another run writes to the workspace.
type LockedError struct {
	Workspace string
	Holder    string // the process, its host and since when, as it says itself; "" if it does not
}

func (e *LockedError) Error() string {
	holder := "another run"
	if e.Holder != "" {
		holder += " (" + e.Holder + ")"
	}
	return fmt.Sprintf("workspace %s is in use by %s: wait for it to end, or stop it", e.Workspace, holder)
}

// Lock makes the caller the workspace's only writer and removes what a killed one
// has left, or fails with a [*LockedError]. The returned function gives the lock
// back.
func Lock(workspace string) (unlock func(), err error) {
	path := filepath.Join(workspace, lockFile)
	lock := flock.New(path)
	held, err := lock.TryLock()
	if err != nil {
		return nil, lockError(workspace, err)
	}
	if !held {
		holder, _ := os.ReadFile(path) // it tells more, or nothing
		return nil, &LockedError{workspace, strings.TrimSpace(string(holder))}
	}
	unlock = func() { lock.Unlock() } //nolint:errcheck // it dies with the process at the latest
	if err := clearLeft(workspace); err != nil {
		unlock()
		return nil, fmt.Errorf("remove what a killed run left: %w", err)
	}
	host, _ := os.Hostname()
	holder := fmt.Sprintf("process %d on %s since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
	_ = os.WriteFile(path, []byte(holder), 0o600) // on a full disk the lock holds all the same
	return unlock, nil
}

// lockError says what to do where a workspace cannot be locked.
func lockError(workspace string, err error) error {
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK) || errors.Is(err, syscall.EINVAL) {
		return fmt.Errorf("lock workspace %s: its file system has no locks (%w): put the workspace on a local disk, or mount it with locks", workspace, err)
	}
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("lock workspace: %w: it must be writable for whoever runs skillsgap", err)
	}
	return fmt.Errorf("lock workspace: %w", err)
}

// left are the files and folders that a killed writer leaves behind, each made
// aside to be renamed.
var left = []string{
	"warehouse/*.tmp", "warehouse/runs/*.tmp", "warehouse/snapshots/*.tmp", "skillsgap.duckdb.*.tmp",
	"taxonomy/taxonomy.bin.*.tmp", "inbox/.versions/incoming-*", "out/????-??-??.tmp",
}

// clearLeft removes what a killed writer has left, and puts pages back that it
// was about to replace. Only the holder of the lock may call it.
func clearLeft(workspace string) error {
	var errs []error
	for _, pattern := range append(left, "out/????-??-??.old") {
		found, err := fs.Glob(os.DirFS(workspace), pattern) // the workspace's own name is no pattern
		errs = append(errs, err)
		for _, name := range found {
			path := filepath.Join(workspace, filepath.FromSlash(name))
			if pages, old := strings.CutSuffix(path, ".old"); old && os.Rename(path, pages) == nil {
				continue
			}
			errs = append(errs, os.RemoveAll(path))
		}
	}
	return errors.Join(errs...)
}
