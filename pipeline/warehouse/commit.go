package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// Commit completes the snapshot and makes it the current one. It takes run id
// and as-of date from m, versions from SetVersions (m may repeat them), and fills
// in the rest. It returns the snapshot's folder; where that is "", what was
// current before still is.
func (d *Draft) Commit(m Manifest) (string, error) {
	if err := d.complete(); err != nil {
		return "", fmt.Errorf("commit snapshot %s: %w", d.id, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	dir, err := d.publish(m)
	if err != nil {
		return "", fmt.Errorf("commit snapshot %s: %w", d.id, err)
	}
	d.done = true
	if err := prune(d.workspace, d.keep); err != nil {
		return dir, fmt.Errorf("remove old snapshots: %w", err)
	}
	return dir, nil
}

// complete checks that no dataset is half written and gives each that got no
// rows its zero-row file, so that no glob of a reader is empty.
func (d *Draft) complete() error {
	d.mu.Lock()
	ended := maps.Clone(d.datasets)
	d.mu.Unlock()
	for _, info := range model.Datasets() {
		done, begun := ended[info.Name]
		switch {
		case done:
			continue
		case begun:
			return fmt.Errorf("%s is not complete: its writer failed or is not closed", info.Name)
		}
		if err := d.begin(info); err != nil {
			return err
		}
		if err := d.writeEmpty(info); err != nil {
			return err
		}
		d.end(info)
	}
	return nil
}

func (d *Draft) publish(m Manifest) (string, error) {
	if d.done {
		return "", errors.New("it is committed or aborted already")
	}
	if v := (Versions{m.TaxonomyRelease, m.Taxonomy, m.Linker}); v != (Versions{}) && v != d.versions {
		return "", errors.New("the manifest's versions are not those of its files: use SetVersions")
	}
	slices.SortFunc(d.files, byPath)
	m.Version, m.SnapshotID, m.SchemaVersion, m.Files = ManifestVersion, d.id, model.SchemaVersion, d.files
	m.TaxonomyRelease, m.Taxonomy, m.Linker = d.versions.TaxonomyRelease, d.versions.Taxonomy, d.versions.Linker
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return "", fmt.Errorf("encode manifest: %w", err)
	}
	if err := os.RemoveAll(d.scratch()); err != nil {
		return "", err
	}
	if err := replaceFile(filepath.Join(d.dir, manifestName), func(f io.Writer) error {
		_, err := f.Write(append(text, '\n'))
		return err
	}); err != nil {
		return "", err
	}
	if err := syncTree(d.dir); err != nil {
		return "", err
	}
	dir := strings.TrimSuffix(d.dir, draftSuffix)
	if err := os.Rename(d.dir, dir); err != nil {
		return "", err
	}
	if err := syncPath(filepath.Dir(dir)); err != nil {
		return "", err
	}
	return dir, swapCurrent(d.workspace, d.id)
}

// swapCurrent makes current point at a snapshot. The target is relative, so
// that the workspace may be moved; a rename, so that current always exists.
func swapCurrent(workspace, id string) error {
	link := currentLink(workspace)
	next := link + draftSuffix
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Symlink(filepath.Join("snapshots", id), next); err != nil {
		return err
	}
	if err := os.Rename(next, link); err != nil {
		return err
	}
	return syncPath(filepath.Dir(link))
}

// prune removes the oldest snapshots beyond the newest keep, never the current, nor
// that of the latest as-of date, nor the newest of an earlier date, with which a run
// compares however often it is done again. Each is renamed before it is removed: half
// a snapshot is never listed.
func prune(workspace string, keep int) error {
	target, err := os.Readlink(currentLink(workspace))
	if err != nil {
		return err
	}
	all, err := Snapshots(workspace) // the oldest first
	if err != nil {
		return err
	}
	last := 0 // from which the next run goes on, however many runs look back
	for i := range all {
		if all[i].Manifest.AsOf >= all[last].Manifest.AsOf {
			last = i
		}
	}
	before := -1
	for i := range all {
		if asOf := all[i].Manifest.AsOf; asOf < all[last].Manifest.AsOf && (before < 0 || asOf >= all[before].Manifest.AsOf) {
			before = i
		}
	}
	for i, s := range all[:max(0, len(all)-keep)] {
		if i == last || i == before || s.Manifest.SnapshotID == filepath.Base(target) {
			continue
		}
		dir := s.Dir
		if err := os.Rename(dir, dir+draftSuffix); err != nil {
			return err
		}
		if err := os.RemoveAll(dir + draftSuffix); err != nil {
			return err
		}
	}
	return nil
}
