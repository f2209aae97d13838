package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/sourcegraph/conc/pool"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// files checks every file that the manifest lists, on all cores.
func (v *verifier) files(ctx context.Context, s *Snapshot) error {
	m := &s.Manifest
	whats := make([]string, len(m.Files))
	err := onAllCores(ctx, len(m.Files), func(i int) (err error) {
		whats[i], err = checkFile(s, &m.Files[i])
		return err
	})
	if err != nil {
		return err
	}
	for i := range m.Files {
		f := &m.Files[i]
		v.Files, v.Bytes, v.Rows = v.Files+1, v.Bytes+f.Size, v.Rows+f.Rows
		if whats[i] != "" {
			v.find(filepath.Join(s.Dir, filepath.FromSlash(f.Path)), whats[i], doRestore)
		}
	}
	if m.isOlder() {
		return nil
	}
	for _, info := range model.Datasets() {
		if len(datasetFiles(m.Files, info)) == 0 {
			v.find(filepath.Join(s.Dir, manifestName), fmt.Sprintf("lists no file of dataset %s", info.Name), doRestore)
		}
	}
	return nil
}

// checkFile returns what is wrong with a file, "" for nothing.
func checkFile(s *Snapshot, f *File) (string, error) {
	name := filepath.Join(s.Dir, filepath.FromSlash(f.Path))
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is missing", nil
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "is no regular file", nil
	case info.Size() != f.Size:
		return fmt.Sprintf("has %d bytes, the manifest says %d", info.Size(), f.Size), nil
	}
	hash, err := hashFile(name)
	switch {
	case err != nil:
		return "", err
	case hash != f.SHA256:
		return fmt.Sprintf("has SHA-256 %s, the manifest says %s", hash, f.SHA256), nil
	}
	return checkParquet(name, f, &s.Manifest), nil
}

// checkParquet sets what a file says of itself against the manifest and the
// model, and returns what is wrong.
func checkParquet(name string, f *File, m *Manifest) string {
	file, closeFile, err := openParquet(name)
	if err != nil {
		return fmt.Sprintf("is no Parquet file (%v)", err)
	}
	defer closeFile() //nolint:errcheck // it was only read
	if file.NumRows() != f.Rows {
		return fmt.Sprintf("has %d rows, the manifest says %d", file.NumRows(), f.Rows)
	}
	dataset := strings.Split(f.Path, "/")[1]
	for _, want := range metadata(m.SchemaVersion, dataset, Versions{m.TaxonomyRelease, m.Taxonomy, m.Linker}) {
		if got, _ := file.Lookup(want.key); got != want.value {
			return fmt.Sprintf("says of itself %s %q, the manifest %q", want.key, got, want.value)
		}
	}
	if m.isOlder() {
		return ""
	}
	at := slices.IndexFunc(model.Datasets(), func(d model.Info) bool { return strings.HasPrefix(f.Path, datasetFolder(d)+"/") })
	if at < 0 {
		return "belongs to no dataset"
	}
	info := model.Datasets()[at]
	month, err := partitionMonth(f.Path, info.Partition)
	if err != nil || month != month.Month() || path.Dir(f.Path) != partitionFolder(info, month) {
		return "does not lie where a file of its dataset lies"
	}
	if parquet.EqualNodes(file.Schema(), schemaOf(info.Row)) {
		return ""
	}
	return fmt.Sprintf("has other columns than dataset %s of schema %d: %s", info.Name, m.SchemaVersion, otherColumns(file.Schema(), schemaOf(info.Row)))
}

// otherColumns names the first columns that two schemas do not share.
func otherColumns(found, want *parquet.Schema) string {
	names := func(s *parquet.Schema) []string {
		var all []string
		for _, f := range s.Fields() {
			all = append(all, f.Name()+" ("+f.Type().String()+")")
		}
		return all
	}
	for i, name := range names(want) {
		if all := names(found); i >= len(all) {
			return "no " + name
		} else if all[i] != name {
			return all[i] + " in the place of " + name
		}
	}
	return "more, or of another form"
}

// tree checks that nothing else lies in the snapshot's folder, and that the zones
// that are not public are closed to others.
func (v *verifier) tree(s *Snapshot) {
	listed := map[string]bool{manifestName: true}
	for _, f := range s.Manifest.Files {
		listed[f.Path] = true
	}
	closed := []string{string(model.Restricted), string(model.Internal)}
	for _, zone := range closed {
		switch info, err := os.Lstat(filepath.Join(s.Dir, zone)); {
		case err != nil:
			v.find(filepath.Join(s.Dir, zone), "is missing", doRestore)
		case info.IsDir() && info.Mode().Perm()&0o077 != 0:
			v.find(filepath.Join(s.Dir, zone), fmt.Sprintf("has permissions %#o: others may read what is not public", info.Mode().Perm()), "run `chmod 700` on it")
		}
	}
	err := filepath.WalkDir(s.Dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(s.Dir, name)
		switch {
		case err != nil:
			return err
		case e.Type()&fs.ModeSymlink != 0:
			v.find(name, "is a symbolic link: a snapshot has none", doRemove)
		case !e.IsDir() && !listed[filepath.ToSlash(below)]:
			v.find(name, "is not in the manifest", doRemove)
		}
		return nil
	})
	if err != nil {
		v.find(s.Dir, fmt.Sprintf("cannot be listed (%v)", err), "correct its permissions")
	}
}

// feedVersions checks that the feed files that a snapshot was made from are kept,
// but for those about single persons.
func (v *verifier) feedVersions(ctx context.Context, m *Manifest) error {
	if v.options.FeedVersions == "" {
		return nil
	}
	var hashes, feeds []string
	for _, f := range m.Feeds {
		for _, file := range f.Files {
			if file.SHA256 != "" && !f.Private && !v.versions[file.SHA256] {
				v.versions[file.SHA256] = true
				hashes, feeds = append(hashes, file.SHA256), append(feeds, f.Name)
			}
		}
	}
	found := make([]string, len(hashes))
	err := onAllCores(ctx, len(hashes), func(i int) (err error) {
		found[i], err = hashFile(filepath.Join(v.options.FeedVersions, hashes[i]))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	for i, hash := range hashes {
		v.FeedFiles++
		where := filepath.Join(v.options.FeedVersions, hash)
		switch found[i] {
		case hash:
		case "":
			v.find(where, fmt.Sprintf("is missing: what feed %s held cannot be read again", feeds[i]), "restore it from a copy; the datasets are whole without it")
		default:
			v.find(where, fmt.Sprintf("is not what feed %s held: its SHA-256 is not its name", feeds[i]), "restore it from a copy, or remove it")
		}
	}
	return nil
}

// hashFile returns the SHA-256 of a file in hex.
func hashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, f, make([]byte, ioBytes)); err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// onAllCores calls do for 0 ≤ i < n until one fails, and returns its error.
func onAllCores(ctx context.Context, n int, do func(i int) error) error {
	p := pool.New().WithMaxGoroutines(runtime.GOMAXPROCS(0)).WithContext(ctx).WithCancelOnError().WithFirstError()
	for i := range n {
		p.Go(func(ctx context.Context) error {
			if err := ctx.Err(); err != nil { // a task that is queued starts all the same
				return err
			}
			return do(i)
		})
	}
	return p.Wait()
}
