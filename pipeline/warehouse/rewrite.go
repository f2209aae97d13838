package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// What a rewriting prepares beside what it replaces. The manifest is put there last:
// where it is, the rest is whole.
const (
	nextManifest   = "manifest.next.json"
	nextRestricted = string(model.Restricted) + ".next"
)

// Rewrite replaces datasets of the restricted zone of a snapshot, the only change
// that a snapshot ever sees: a person is forgotten, or keys are renewed. write writes
// them into a draft; the others stay as they are. amend changes the manifest. The
// caller must be the workspace's only writer. A process killed meanwhile leaves the
// snapshot as it was, or [FinishRewrites] completes it.
func Rewrite(s *Snapshot, write func(*Draft) error, amend func(*Manifest)) (err error) {
	workspace := filepath.Dir(filepath.Dir(filepath.Dir(s.Dir)))
	if err := finishRewrite(s.Dir); err != nil {
		return fmt.Errorf("rewrite snapshot %s: %w", s.Manifest.SnapshotID, err)
	}
	d := &Draft{
		workspace: workspace, id: s.Manifest.SnapshotID, dir: s.Dir + ".rewrite" + draftSuffix, datasets: map[string]bool{},
		versions: Versions{s.Manifest.TaxonomyRelease, s.Manifest.Taxonomy, s.Manifest.Linker},
	}
	if err := errors.Join(os.RemoveAll(d.dir), d.makeZones()); err != nil {
		return fmt.Errorf("rewrite snapshot %s: %w", s.Manifest.SnapshotID, err)
	}
	defer func() { err = errors.Join(err, d.Abort()) }()
	if err := write(d); err != nil {
		return err
	}
	m := s.Manifest
	m.Files = slices.Clone(d.files)
	for _, f := range s.Manifest.Files {
		zone, dataset, _ := strings.Cut(filepath.ToSlash(filepath.Dir(f.Path)), "/")
		if _, written := d.datasets[dataset]; written {
			continue
		}
		m.Files = append(m.Files, f)
		if zone != string(model.Restricted) {
			continue
		}
		to := filepath.Join(d.dir, filepath.FromSlash(f.Path))
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o700), os.Link(filepath.Join(s.Dir, filepath.FromSlash(f.Path)), to)); err != nil {
			return fmt.Errorf("rewrite snapshot %s: %w", s.Manifest.SnapshotID, err)
		}
	}
	slices.SortFunc(m.Files, byPath)
	amend(&m)
	if err := putNext(d, s.Dir, &m); err != nil {
		return fmt.Errorf("rewrite snapshot %s: %w", s.Manifest.SnapshotID, err)
	}
	s.Manifest = m
	return nil
}

// putNext puts the rewritten zone and its manifest in place.
func putNext(d *Draft, dir string, m *Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("encode manifest: %w", err)
	}
	restricted := filepath.Join(d.dir, string(model.Restricted))
	if err := errors.Join(syncTree(restricted), os.Rename(restricted, filepath.Join(dir, nextRestricted))); err != nil {
		return err
	}
	if err := replaceFile(filepath.Join(dir, nextManifest), func(f io.Writer) error {
		_, err := f.Write(append(text, '\n'))
		return err
	}); err != nil {
		return err
	}
	if err := syncPath(dir); err != nil {
		return err
	}
	return finishRewrite(dir)
}

// FinishRewrites completes the rewritings of snapshots that a killed process has
// prepared, and removes those that it has not.
func FinishRewrites(workspace string) error {
	entries, err := os.ReadDir(snapshotsDir(workspace))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasSuffix(e.Name(), draftSuffix) {
			err = errors.Join(err, finishRewrite(filepath.Join(snapshotsDir(workspace), e.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("finish the rewriting of a snapshot: %w", err)
	}
	return nil
}

func finishRewrite(dir string) error {
	next := filepath.Join(dir, nextRestricted)
	if _, err := os.Stat(filepath.Join(dir, nextManifest)); errors.Is(err, fs.ErrNotExist) {
		return os.RemoveAll(next)
	} else if err != nil {
		return err
	}
	if _, err := os.Stat(next); err == nil {
		restricted := filepath.Join(dir, string(model.Restricted))
		if err := errors.Join(os.RemoveAll(restricted), os.Rename(next, restricted)); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.Rename(filepath.Join(dir, nextManifest), filepath.Join(dir, manifestName)), syncPath(dir))
}
