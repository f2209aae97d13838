package warehouse

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// ManifestVersion is the version of manifest.json. Readers refuse a newer one.
const ManifestVersion = 2

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

// OlderError says that a snapshot has the schema of an older skillsgap: this one
// reads it only to make a new snapshot of it.
type OlderError struct {
	Snapshot     string // its id
	Found, Known int    // its schema version; that of this program
}

// Error says what was found and what to do.
func (e *OlderError) Error() string {
	return fmt.Sprintf("snapshot %s was written by schema %d, this skillsgap has schema %d: run `skillsgap migrate`", e.Snapshot, e.Found, e.Known)
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
	Program         string `json:"program"` // fingerprint of the program: another one may compute other rows
	// LearnerMark tells which secrets the keys of learners were made with, without
	// telling the secrets; "" where no feed is about single persons.
	LearnerMark string `json:"learner_mark,omitempty"`
	// Forgotten counts the rows about persons that were removed from the snapshot
	// since: it cannot be made again from its feeds.
	Forgotten int64  `json:"forgotten,omitempty"`
	Feeds     []Feed `json:"feeds"` // in the order of the configuration
	Files     []File `json:"files"` // ordered by path
}

// Feed says what a snapshot knows of a feed: its last complete reading.
type Feed struct {
	Name        string           `json:"name"`
	AsOf        string           `json:"as_of"`       // of the run that read it
	Preparation string           `json:"preparation"` // fingerprint of what, besides the files, decides what is read
	Files       []model.RunInput `json:"files"`
	Records     int64            `json:"records"`             // read
	Repeats     int64            `json:"repeats"`             // of these, listed twice with the same content
	Superseded  int64            `json:"superseded"`          // of these, listed again with other content
	Rejected    int64            `json:"rejected"`            // of these
	Bytes       int64            `json:"bytes"`               // of the files
	Private     bool             `json:"private,omitempty"`   // about single persons: no version of its files is kept
	Forgotten   int64            `json:"forgotten,omitempty"` // rows removed since it was read
}

// File is a file of a snapshot.
type File struct {
	Path   string `json:"path"` // below the snapshot's folder, with forward slashes
	Size   int64  `json:"size"` // bytes
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`           // of its bytes, in hex
	Inputs string `json:"inputs,omitempty"` // fingerprint of what it was computed from, with the other files of its partition
	Part   string `json:"part,omitempty"`   // fingerprint of what the part of its partition was computed from
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

// CheckReadable returns an [*OlderError] for a snapshot whose schema is not the
// present one.
func (m *Manifest) CheckReadable() error {
	if m.isOlder() {
		return &OlderError{Snapshot: m.SnapshotID, Found: m.SchemaVersion, Known: model.SchemaVersion}
	}
	return nil
}

// isOlder tells whether an older skillsgap made the snapshot; a newer one's is not
// read at all.
func (m *Manifest) isOlder() bool { return m.SchemaVersion < model.SchemaVersion }

func readManifest(path string) (Manifest, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	return parseManifest(path, text)
}

// parseManifest reads a manifest, whoever wrote it; path is its name for
// messages. The paths of one that is accepted stay below the snapshot's folder.
func parseManifest(path string, text []byte) (Manifest, error) {
	var v struct {
		Version       int `json:"version"`
		SchemaVersion int `json:"schema_version"`
	}
	err := json.Unmarshal(text, &v)
	switch { // before its form, which only a newer program knows
	case v.Version > ManifestVersion:
		return Manifest{}, &NewerError{Path: path, What: "manifest", Found: v.Version, Known: ManifestVersion}
	case v.SchemaVersion > model.SchemaVersion:
		return Manifest{}, &NewerError{Path: path, What: "schema", Found: v.SchemaVersion, Known: model.SchemaVersion}
	case err == nil && (v.Version < 1 || v.SchemaVersion < 1):
		err = errors.New("it has no version")
	}
	var m Manifest
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err == nil {
		err = m.check()
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest %s: %w", path, &DamagedError{Reason: err.Error()})
	}
	return m, nil
}

// DamagedError says that a manifest, or a file that it lists, is not as a run
// wrote it.
type DamagedError struct {
	Reason string
	Action string // what to do; "" is to restore or remove the snapshot
}

// Error says what is wrong with it and what to do.
func (e *DamagedError) Error() string {
	return e.Reason + ": " + cmp.Or(e.Action, "the file is damaged: restore the snapshot from a copy, or remove its folder and run `skillsgap run`")
}

// check refuses what no run writes, above all paths that lead out of the
// snapshot.
func (m *Manifest) check() error {
	if err := checkName(m.SnapshotID); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	seen := make(map[string]bool, len(m.Files))
	for _, f := range m.Files {
		switch {
		case !fs.ValidPath(f.Path) || strings.ContainsAny(f.Path, `\:`) || strings.Count(f.Path, "/") < 2:
			return fmt.Errorf("path %q does not lie in a dataset of the snapshot", f.Path)
		case seen[f.Path]:
			return fmt.Errorf("path %q stands twice", f.Path)
		case f.Size < 0 || f.Rows < 0:
			return fmt.Errorf("file %q has %d bytes and %d rows", f.Path, f.Size, f.Rows)
		case !isHash(f.SHA256):
			return fmt.Errorf("file %q has SHA-256 %q", f.Path, f.SHA256)
		}
		seen[f.Path] = true
	}
	return checkFeeds(m.Feeds)
}

func checkFeeds(feeds []Feed) error {
	seen := make(map[string]bool, len(feeds))
	for i := range feeds {
		f := &feeds[i]
		switch {
		case seen[f.Name]:
			return fmt.Errorf("feed %q stands twice", f.Name)
		case f.Records < 0 || f.Repeats < 0 || f.Rejected < 0 || f.Bytes < 0:
			return fmt.Errorf("feed %q has a count below 0", f.Name)
		}
		for _, file := range f.Files {
			if file.SHA256 != "" && !isHash(file.SHA256) {
				return fmt.Errorf("file %q of feed %q has SHA-256 %q", file.File, f.Name, file.SHA256)
			}
		}
		seen[f.Name] = true
	}
	return nil
}

// isHash tells whether s is a SHA-256 in hex, as it stands in names of files.
func isHash(s string) bool {
	bytes, err := hex.DecodeString(s)
	return err == nil && len(bytes) == sha256.Size && s == strings.ToLower(s)
}

const manifestName = "manifest.json"

func snapshotsDir(workspace string) string { return filepath.Join(workspace, "warehouse", "snapshots") }
func runsDir(workspace string) string      { return filepath.Join(workspace, "warehouse", "runs") }
func currentLink(workspace string) string  { return filepath.Join(workspace, "warehouse", "current") }
