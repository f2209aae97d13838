package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ManifestVersion is the version of manifest.json. Readers refuse a newer one.
const ManifestVersion = 1

// ErrNoSnapshot says that a workspace has no current snapshot: nothing has run
// in it yet.
var ErrNoSnapshot = errors.New("no snapshot in the warehouse: run `skillsgap run` first")

// NewerError says that a file was written by a newer skillsgap than this one.
type NewerError struct {
	Path         string // the file
	What         string // what has the version: "manifest" or "schema"
	Found, Known int    // its version; the newest that this program reads
}

// Error says what was found and what to do.
func (e *NewerError) Error() string {
	return fmt.Sprintf("%s has %s version %d, this skillsgap reads up to %d: install a newer skillsgap", e.Path, e.What, e.Found, e.Known)
}

// Versions are the fingerprints of what a snapshot was made with. They stand in
// the metadata of every file of it.
type Versions struct {
	TaxonomyRelease string // as "ESCO v1.1.1"
	Taxonomy        string // fingerprint of the taxonomy's content
	Linker          string // fingerprint of the linker and its model
}

// Manifest describes a snapshot: where it comes from and every file of it.
type Manifest struct {
	Version         int    `json:"version"` // of the manifest's own form
	SnapshotID      string `json:"snapshot_id"`
	RunID           string `json:"run_id"`
	AsOf            string `json:"as_of"` // YYYY-MM-DD
	SchemaVersion   int    `json:"schema_version"`
	TaxonomyRelease string `json:"taxonomy_release"`
	Taxonomy        string `json:"taxonomy"`
	Linker          string `json:"linker"`
	Files           []File `json:"files"` // ordered by path
}

// File is a file of a snapshot.
type File struct {
	Path   string `json:"path"` // below the snapshot's folder, with forward slashes
	Size   int64  `json:"size"` // bytes
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of its bytes, in hex
}

// CurrentManifest reads the manifest of the workspace's current snapshot. The
// error is [ErrNoSnapshot] where there is none and a [*NewerError] where a
// newer skillsgap wrote it.
func CurrentManifest(workspace string) (Manifest, error) {
	_, m, err := current(workspace)
	return m, err
}

// current returns the current snapshot's folder, absolute and free of links,
// and its manifest.
func current(workspace string) (string, Manifest, error) {
	dir, err := filepath.EvalSymlinks(currentLink(workspace))
	if errors.Is(err, fs.ErrNotExist) {
		return "", Manifest{}, fmt.Errorf("open warehouse of %s: %w", workspace, ErrNoSnapshot)
	}
	if err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		return "", Manifest{}, fmt.Errorf("resolve current snapshot: %w", err)
	}
	m, err := readManifest(filepath.Join(dir, manifestName))
	return dir, m, err
}

func readManifest(path string) (Manifest, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, fmt.Errorf("read manifest %s: %w", path, err)
	}
	switch {
	case m.Version > ManifestVersion:
		return Manifest{}, &NewerError{Path: path, What: "manifest", Found: m.Version, Known: ManifestVersion}
	case m.SchemaVersion > model.SchemaVersion:
		return Manifest{}, &NewerError{Path: path, What: "schema", Found: m.SchemaVersion, Known: model.SchemaVersion}
	case m.Version < 1 || m.SchemaVersion < 1:
		return Manifest{}, fmt.Errorf("read manifest %s: no version: the file is damaged", path)
	}
	return m, nil
}

const manifestName = "manifest.json"

func snapshotsDir(workspace string) string { return filepath.Join(workspace, "warehouse", "snapshots") }
func runsDir(workspace string) string      { return filepath.Join(workspace, "warehouse", "runs") }
func currentLink(workspace string) string  { return filepath.Join(workspace, "warehouse", "current") }
