package warehouse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	spillPrefix = "skillsgap-"
	spillOwner  = "owner.lock" // in the folder, locked while its process lives
)

// spill is a folder for DuckDB's temporary files. A process that is killed
// leaves it behind, with a lock that nobody holds: the next one removes it.
type spill struct {
	dir  string
	lock *flock.Flock
}

// newSpill makes a folder in parent, or in the system's temporary folder for
// "", and removes those of processes that are gone.
func newSpill(parent string) (*spill, error) {
	if parent == "" {
		parent = os.TempDir()
	}
	dir, err := os.MkdirTemp(parent, spillPrefix)
	if err != nil {
		return nil, err
	}
	if made, err := os.Stat(dir); err == nil {
		clearSpills(parent, made.ModTime())
	}
	// Locked aside, then renamed: a lock that others can see is always held.
	aside := filepath.Join(dir, spillOwner+draftSuffix)
	s := &spill{dir: dir, lock: flock.New(aside)}
	locked, err := s.lock.TryLock()
	if err == nil && !locked {
		err = errors.New("another process holds a lock that was just made")
	}
	if err == nil {
		err = os.Rename(aside, filepath.Join(dir, spillOwner))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", dir, err), s.remove())
	}
	return s, nil
}

func (s *spill) remove() error { return errors.Join(s.lock.Close(), os.RemoveAll(s.dir)) }

// clearSpills removes the folders of processes that are gone. What is not
// surely one of these, or belongs to another user, stays; so does, until the
// next time, what cannot be removed. A folder without a lock whose process was
// killed while it made one is empty, and not of this hour.
func clearSpills(parent string, now time.Time) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return // they stay until the next time
	}
	for _, e := range entries {
		match, _ := filepath.Match(spillPrefix+"*", e.Name())
		dir := filepath.Join(parent, e.Name())
		owner := filepath.Join(dir, spillOwner)
		info, err := os.Lstat(owner)
		if folder, unseen := e.Info(); match && e.IsDir() && errors.Is(err, fs.ErrNotExist) && unseen == nil && now.Sub(folder.ModTime()) > time.Hour {
			_ = os.Remove(dir) // fails where it is not empty
		}
		if !match || !e.IsDir() || err != nil || !info.Mode().IsRegular() {
			continue
		}
		lock := flock.New(owner, flock.SetFlag(os.O_RDWR))
		if locked, err := lock.TryLock(); err != nil || !locked {
			continue
		}
		_ = (&spill{dir: dir, lock: lock}).remove()
	}
}
