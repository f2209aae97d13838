package warehouse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Snapshot is a complete snapshot of a workspace.
type Snapshot struct {
	Dir      string // absolute
	Manifest Manifest

	unchecked bool      // its files are read without comparing hashes
	whole     *sync.Map // paths of files found to be as they were written; nil: not noted
}

// intact checks that a file of the snapshot is as it was written, once.
func (s *Snapshot) intact(f File) error {
	if s.whole != nil {
		if _, known := s.whole.Load(f.Path); known {
			return nil
		}
	}
	err := intact(s.Dir, f)
	if err == nil && s.whole != nil {
		s.whole.Store(f.Path, true)
	}
	return err
}

// Rows returns how many rows the snapshot holds of a dataset.
func (s *Snapshot) Rows(ds model.Info) int64 {
	var rows int64
	for _, f := range datasetFiles(s.Manifest.Files, ds) {
		rows += f.Rows
	}
	return rows
}

// Latest returns the snapshot from which a run as of a date (YYYY-MM-DD) goes
// on: of those up to the current one, the one with the latest as-of date that is
// not after it, of several the newest. The error is [ErrNoSnapshot] where there
// is none and a [*NewerError] where a newer skillsgap wrote one of them.
func Latest(workspace, asOf string) (*Snapshot, error) {
	all, err := Snapshots(workspace)
	if err != nil {
		return nil, err
	}
	last := "" // a snapshot after it never became current, or was rolled back from
	if target, err := os.Readlink(currentLink(workspace)); err == nil {
		last = filepath.Base(target)
	}
	var latest *Snapshot
	for i := range all {
		m := &all[i].Manifest
		if m.AsOf <= asOf && (last == "" || m.SnapshotID <= last) && (latest == nil || m.AsOf >= latest.Manifest.AsOf) {
			latest = &all[i]
		}
	}
	if latest == nil {
		return nil, ErrNoSnapshot
	}
	return latest, nil
}

// Snapshots lists the complete snapshots of a workspace, the oldest first.
func Snapshots(workspace string) ([]Snapshot, error) {
	dir, err := filepath.Abs(snapshotsDir(workspace))
	if err != nil {
		return nil, fmt.Errorf("list snapshots: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list snapshots: %w", err)
	}
	var all []Snapshot
	for _, e := range entries {
		if !e.IsDir() || strings.HasSuffix(e.Name(), draftSuffix) {
			continue
		}
		folder := filepath.Join(dir, e.Name())
		m, err := readManifest(filepath.Join(folder, manifestName))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("list snapshots: %s: %w", folder, &DamagedError{Reason: "there is no manifest in it", Action: "remove the folder: it is no snapshot"})
		} else if err != nil {
			return nil, err
		}
		all = append(all, Snapshot{Dir: folder, Manifest: m, whole: &sync.Map{}})
	}
	return all, nil
}

// Continue makes the draft go on from a snapshot: files that come out the same
// are links to its files, and [Writer.Carry] and [Writer.Reuse] take over files
// unread. It must come before the first row is written.
func (d *Draft) Continue(base *Snapshot) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.base = base
	d.before = map[string]File{}
	for _, f := range base.Manifest.Files {
		d.before[f.Path] = f
	}
}

// Continues reports whether files of the snapshot before may be taken over as
// they are: it has the same schema and was made with the same versions, which
// stand in each file.
func (d *Draft) Continues() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.base == nil {
		return false
	}
	m := &d.base.Manifest
	return m.SchemaVersion == model.SchemaVersion && (Versions{m.TaxonomyRelease, m.Taxonomy, m.Linker}) == d.versions
}

// Digest is a hash over the files of a dataset that the draft holds, of those
// months for which within is true (nil: of all): what is computed from them
// changes with it alone.
func (d *Draft) Digest(info model.Info, within func(month model.Date) bool) (string, error) {
	return d.Written().Digest(info, within)
}

// Digest is [Draft.Digest] of a snapshot.
func (s *Snapshot) Digest(info model.Info, within func(month model.Date) bool) (string, error) {
	files := slices.SortedFunc(slices.Values(s.Manifest.Files), byPath)
	h := sha256.New()
	for _, f := range datasetFiles(files, info) {
		month, err := partitionMonth(f.Path, info.Partition)
		if err != nil {
			return "", err
		}
		if within == nil || within(month) {
			fmt.Fprintln(h, f.Path, f.SHA256)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Carry takes over the files of a month (0 for a dataset without partitions) of
// the snapshot before. It needs [Draft.Continues]. A file that is not as it was
// written is a [*DamagedError].
func (w *Writer[R]) Carry(month model.Date) error {
	if err := w.begin(); err != nil {
		return err
	}
	return w.take(w.draft.filesBefore(w.dataset.Info, month))
}

// Reuse takes over the files of a month where they were computed from the same
// inputs, and reports whether it has. Else the files that are written for that
// month note the inputs for the next run.
func (w *Writer[R]) Reuse(month model.Date, inputs string) (bool, error) {
	if !w.Reusable(month, inputs) {
		return false, w.begin()
	}
	return true, w.Carry(month)
}

// Reusable tells whether [Writer.Reuse] would take a month over, and takes note of
// the inputs. A damaged file is computed again.
func (w *Writer[R]) Reusable(month model.Date, inputs string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.inputs == nil {
		w.inputs = map[model.Date]string{}
	}
	w.inputs[month] = inputs
	files := w.draft.filesBefore(w.dataset.Info, month)
	other := func(f File) bool { return f.Inputs != inputs || w.draft.base.intact(f) != nil }
	return len(files) > 0 && !slices.ContainsFunc(files, other) && w.draft.Continues()
}

// intact checks that a file of a snapshot is as it was written.
func intact(dir string, f File) error {
	hash, err := hashFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
	if err != nil {
		return err
	}
	if hash != f.SHA256 {
		return &DamagedError{Reason: f.Path + " is not as it was written", Action: "snapshots share files: `skillsgap verify --all` tells which are whole; link warehouse/current to the newest of them, or restore the warehouse from a copy"}
	}
	return nil
}

// take links files of the snapshot before into the draft.
func (w *Writer[R]) take(files []File) error {
	for _, f := range files {
		if err := errors.Join(w.draft.base.intact(f), w.draft.carry(f)); err != nil {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.failed = true
			return fmt.Errorf("take over %s of snapshot %s: %w", f.Path, w.draft.base.Manifest.SnapshotID, err)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files += len(files)
	return nil
}

// filesBefore lists the files of a partition in the snapshot before, but for
// zero-row files that are there for readers alone.
func (d *Draft) filesBefore(info model.Info, month model.Date) []File {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.base == nil {
		return nil
	}
	folder := partitionFolder(info, month) + "/"
	var files []File
	for _, f := range d.base.Manifest.Files {
		if strings.HasPrefix(f.Path, folder) && (f.Rows > 0 || f.Inputs != "") {
			files = append(files, f)
		}
	}
	return files
}

// carry links a file of the snapshot before into the draft.
func (d *Draft) carry(f File) error {
	from, to := filepath.Join(d.base.Dir, filepath.FromSlash(f.Path)), filepath.Join(d.dir, filepath.FromSlash(f.Path))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if err := os.Link(from, to); err != nil { // not every file system has links
		if err := copyFile(from, to); err != nil {
			return err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files = append(d.files, f)
	return nil
}

// add notes a written file; where it is the same as before, it becomes a link.
func (d *Draft) add(f File) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files = append(d.files, f)
	before, known := d.before[f.Path]
	if !known || before.SHA256 != f.SHA256 || d.base.intact(before) != nil {
		return nil
	}
	to := filepath.Join(d.dir, filepath.FromSlash(f.Path))
	link := to + draftSuffix
	if os.Link(filepath.Join(d.base.Dir, filepath.FromSlash(f.Path)), link) != nil {
		return nil // what was written stays
	}
	return os.Rename(link, to)
}

// copyFile copies a file and puts it on disk.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
