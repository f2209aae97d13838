package warehouse

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

func TestCommitWritesEveryDatasetAndAManifest(t *testing.T) {
	workspace := t.TempDir()
	if _, err := CurrentManifest(workspace); !errors.Is(err, ErrNoSnapshot) {
		t.Fatalf("before the first run: %v", err)
	}
	d := begin(t, workspace, "s1")
	versions := Versions{TaxonomyRelease: "ESCO v1.1.1", Taxonomy: "t1", Linker: "l1"}
	if err := d.SetVersions(versions); err != nil {
		t.Fatal(err)
	}
	write(t, d, model.Regions, model.Region{RegionCode: "IE"})
	if err := d.SetVersions(versions); err == nil {
		t.Error("versions were set after rows were written")
	}
	if _, err := d.Commit(Manifest{Taxonomy: "t2"}); err == nil {
		t.Error("committed with versions that are not those of the files")
	}
	dir := commit(t, d)
	if _, err := d.Commit(Manifest{}); err == nil {
		t.Error("committed twice")
	}
	if err := d.Abort(); err != nil {
		t.Fatal(err)
	}

	m, err := CurrentManifest(workspace)
	if err != nil {
		t.Fatal(err)
	}
	if m.SnapshotID != "s1" || m.RunID != "run-s1" || m.AsOf != "2020-11-30" || m.SchemaVersion != model.SchemaVersion ||
		m.TaxonomyRelease != "ESCO v1.1.1" || m.Taxonomy != "t1" || m.Linker != "l1" {
		t.Errorf("manifest: %+v", m)
	}
	var paths []string
	for _, f := range m.Files {
		paths = append(paths, f.Path)
		data, err := os.ReadFile(filepath.Join(dir, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); f.SHA256 != hex.EncodeToString(sum[:]) || f.Size != int64(len(data)) {
			t.Errorf("%s: manifest has size %d and hash %s", f.Path, f.Size, f.SHA256)
		}
		if want := int64(strings.Count(f.Path, "/regions/")); f.Rows != want {
			t.Errorf("%s: %d rows in manifest, want %d", f.Path, f.Rows, want)
		}
	}
	if got := onDisk(t, dir); !slices.Equal(got, paths) {
		t.Errorf("on disk %v\nmanifest %v", got, paths)
	}
	for _, want := range []string{
		"public/regions/data-0.parquet",
		"public/vacancies/posted_month=1970-01-01/data-0.parquet",
		"internal/vacancy_texts/posted_month=1970-01-01/data-0.parquet",
	} {
		if !slices.Contains(paths, want) {
			t.Errorf("no %s", want)
		}
	}
	if target, _ := os.Readlink(filepath.Join(workspace, "warehouse", "current")); target != "snapshots/s1" {
		t.Errorf("current -> %s, want a relative link", target)
	}
}

// onDisk lists the Parquet files below a folder in order.
func onDisk(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".parquet" {
			relative, _ := filepath.Rel(dir, path)
			paths = append(paths, filepath.ToSlash(relative))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestZonesArePrivate(t *testing.T) {
	dir := commit(t, begin(t, t.TempDir(), "s1"))
	for zone, want := range map[model.Zone]fs.FileMode{model.Public: 0o755, model.Restricted: 0o700, model.Internal: 0o700} {
		info, err := os.Stat(filepath.Join(dir, string(zone)))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got&^want != 0 {
			t.Errorf("zone %s has mode %o, want %o", zone, got, want)
		}
	}
}

func TestUncommittedDraftChangesNothing(t *testing.T) {
	workspace := t.TempDir()
	commit(t, begin(t, workspace, "s1"))

	killed := begin(t, workspace, "s2") // never committed, as by a power cut
	write(t, killed, model.Regions, model.Region{RegionCode: "FR"})
	if err := os.Symlink("snapshots/s2", currentLink(workspace)+draftSuffix); err != nil {
		t.Fatal(err)
	}
	if m, err := CurrentManifest(workspace); err != nil || m.SnapshotID != "s1" {
		t.Fatalf("current is %s, %v", m.SnapshotID, err)
	}

	aborted := begin(t, workspace, "s3")
	if _, err := os.Stat(killed.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the killed draft is still there: %v", err)
	}
	if err := aborted.Abort(); err != nil {
		t.Fatal(err)
	}
	if err := Write(aborted, model.Regions, nil); err == nil {
		t.Error("wrote to an aborted draft")
	}
	if _, err := Begin(workspace, "s1"); err == nil {
		t.Error("began a snapshot that exists")
	}
	commit(t, begin(t, workspace, "s4"))
	if names := snapshotNames(t, workspace); !slices.Equal(names, []string{"s1", "s4"}) {
		t.Errorf("snapshots %v", names)
	}
}

func snapshotNames(t *testing.T, workspace string) []string {
	t.Helper()
	entries, err := os.ReadDir(snapshotsDir(workspace))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestKeepsTheNewestSnapshotsAndTheCurrent(t *testing.T) {
	workspace := t.TempDir()
	for _, id := range []string{"b1", "b2", "b3", "a0"} { // a0: an id that sorts as the oldest
		d := begin(t, workspace, id)
		d.Keep(2)
		commit(t, d)
	}
	if names := snapshotNames(t, workspace); !slices.Equal(names, []string{"a0", "b2", "b3"}) {
		t.Errorf("kept %v", names)
	}
}

func TestManifestOfNewerVersionIsRefused(t *testing.T) {
	for _, c := range []struct{ name, key, want string }{
		{"manifest", "version", "manifest version 99"},
		{"schema", "schema_version", "schema version 99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			workspace := t.TempDir()
			path := filepath.Join(commit(t, begin(t, workspace, "s1")), manifestName)
			edit(t, path, c.key, 99)
			_, err := CurrentManifest(workspace)
			var newer *NewerError
			if !errors.As(err, &newer) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "install a newer") {
				t.Errorf("got %v", err)
			}
			edit(t, path, c.key, 0)
			if _, err := CurrentManifest(workspace); err == nil {
				t.Error("version 0 was read")
			}
		})
	}
}

func edit(t *testing.T, path, key string, value any) {
	t.Helper()
	var m map[string]any
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	m[key] = value
	text, err = json.Marshal(m)
	if err == nil {
		err = os.WriteFile(path, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestNamesThatAreNoFileNames(t *testing.T) {
	for _, id := range []string{"", ".", "..", "a/b", "a.tmp", "_x", "ä", "a b", strings.Repeat("a", 201)} {
		if _, err := Begin(t.TempDir(), id); err == nil {
			t.Errorf("began snapshot %q", id)
		}
	}
}
