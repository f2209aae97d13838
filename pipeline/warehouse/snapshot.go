package warehouse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// DefaultKeep is the number of snapshots kept unless [Draft.Keep] says otherwise.
const DefaultKeep = 7

const draftSuffix = ".tmp"

// Draft is a snapshot being written. Its methods, and writers of different
// datasets, may be used by several goroutines. End it with Commit or Abort.
type Draft struct {
	workspace, id, dir string

	mu       sync.Mutex
	versions Versions
	keep     int
	datasets map[string]bool // begun: whether ended
	files    []File
	base     *Snapshot       // the draft goes on from it
	before   map[string]File // of base, by path
	done     bool
}

// Begin starts a snapshot of the workspace and clears what killed runs left
// behind: the caller must be the workspace's only writer. Ids must sort in the
// order of time, as the oldest snapshots are the first to go.
func Begin(workspace, id string) (*Draft, error) {
	if err := checkName(id); err != nil {
		return nil, fmt.Errorf("begin snapshot: %w", err)
	}
	snapshots := snapshotsDir(workspace)
	if err := errors.Join(clearDrafts(snapshots), FinishRewrites(workspace)); err != nil {
		return nil, fmt.Errorf("begin snapshot: %w", err)
	}
	if _, err := os.Lstat(filepath.Join(snapshots, id)); err == nil {
		return nil, fmt.Errorf("begin snapshot %s: it exists already: choose another id", id)
	}
	if err := ensureLedger(workspace); err != nil {
		return nil, fmt.Errorf("begin snapshot: %w", err)
	}
	d := &Draft{
		workspace: workspace, id: id, dir: filepath.Join(snapshots, id+draftSuffix),
		keep: DefaultKeep, datasets: map[string]bool{},
	}
	if err := d.makeZones(); err != nil {
		return nil, fmt.Errorf("begin snapshot: %w", err)
	}
	return d, nil
}

func (d *Draft) makeZones() error {
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return err
	}
	return errors.Join(
		os.Mkdir(filepath.Join(d.dir, string(model.Public)), 0o755),
		os.Mkdir(filepath.Join(d.dir, string(model.Restricted)), 0o700),
		os.Mkdir(filepath.Join(d.dir, string(model.Internal)), 0o700),
	)
}

// SetVersions states what the snapshot is made with. It must come before the
// first row is written, as the versions stand in each file.
func (d *Draft) SetVersions(v Versions) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.datasets) > 0 {
		return errors.New("set versions of snapshot: rows are written already: set them first")
	}
	d.versions = v
	return nil
}

// Keep sets the number of snapshots that remain after Commit, this one included;
// at least 2, since readers may have the one before open.
func (d *Draft) Keep(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keep = max(n, 2)
}

// Rows returns how many rows the draft holds so far.
func (d *Draft) Rows() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	var n int64
	for _, f := range d.files {
		n += f.Rows
	}
	return n
}

// Scratch returns a folder, made on the first call, for what a run must not keep
// in memory. Nobody else can read it, and it goes with the draft.
func (d *Draft) Scratch() (string, error) {
	if err := os.MkdirAll(d.scratch(), 0o700); err != nil {
		return "", fmt.Errorf("make scratch folder: %w", err)
	}
	return d.scratch(), nil
}

func (d *Draft) scratch() string {
	return strings.TrimSuffix(d.dir, draftSuffix) + ".scratch" + draftSuffix
}

// Abort removes what was written. It does nothing after Commit.
func (d *Draft) Abort() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done = true
	if err := errors.Join(os.RemoveAll(d.dir), os.RemoveAll(d.scratch())); err != nil {
		return fmt.Errorf("abort snapshot %s: %w", d.id, err)
	}
	return nil
}

// begin notes that a dataset is being written; each is written once.
func (d *Draft) begin(info model.Info) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return fmt.Errorf("write %s: the snapshot is committed or aborted", info.Name)
	}
	if _, begun := d.datasets[info.Name]; begun {
		return fmt.Errorf("write %s: it is written already in this snapshot", info.Name)
	}
	d.datasets[info.Name] = false
	return nil
}

// end notes that a dataset is complete.
func (d *Draft) end(info model.Info) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.datasets[info.Name] = true
}

func clearDrafts(snapshots string) error {
	entries, err := os.ReadDir(snapshots)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), draftSuffix) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(snapshots, e.Name())))
		}
	}
	return err
}
