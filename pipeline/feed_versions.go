package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/warehouse"
)

// VersionsDir is where a workspace keeps what its feeds held, each file under the
// SHA-256 of its bytes: a night reads these copies, so that what it has read is
// what is kept, even if a feed is replaced meanwhile. They are kept as long as a
// snapshot that was made from them.
const VersionsDir = "inbox/.versions"

const incomingPrefix = "incoming-"

// keptFiles are the hashes of a feed's files and, where the workspace keeps
// versions, their copies, by path.
type keptFiles struct {
	hashes []string // in the order of the files; "" for what is no regular file
	copies map[string]string
}

// open opens the copy of a file.
func (k *keptFiles) open(path string) (*os.File, error) {
	if kept, ok := k.copies[path]; ok {
		path = kept
	}
	return os.Open(path)
}

// keepVersions hashes files and copies them into the workspace's versions, where
// they are to be kept.
func (n *Night) keepVersions(ctx context.Context, files []string, keep bool) (*keptFiles, error) {
	dir := n.path(VersionsDir)
	if keep {
		if err := errors.Join(os.MkdirAll(dir, 0o700), SyncFolder(filepath.Dir(dir))); err != nil {
			return nil, fmt.Errorf("keep versions of feeds: %w", err)
		}
	}
	kept := &keptFiles{make([]string, len(files)), map[string]string{}}
	for i, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() {
			continue // the reader says what is wrong with it
		}
		if kept.hashes[i], err = copyHashed(ctx, file, io.Discard); err != nil {
			return nil, fmt.Errorf("read feed file: %w", err)
		}
		if keep {
			if kept.copies[file], err = keepVersion(ctx, dir, file, kept.hashes[i], incomingPrefix+n.RunID); err != nil {
				return nil, err
			}
		}
	}
	return kept, nil
}

// keepVersion copies a file into dir, unless it is there, and returns its copy.
func keepVersion(ctx context.Context, dir, file, hash, incoming string) (string, error) {
	kept := filepath.Join(dir, hash)
	if _, err := os.Stat(kept); err == nil {
		return kept, nil
	}
	to, err := os.OpenFile(filepath.Join(dir, incoming), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return "", fmt.Errorf("keep version of feed file: %w", err)
	}
	again, err := copyHashed(ctx, file, to)
	if err = errors.Join(err, to.Sync(), to.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("keep version of feed file %s: %w", file, err), os.Remove(to.Name()))
	}
	if again != hash {
		return "", errors.Join(fmt.Errorf("feed file %s is being written: deliver it under another name and rename it when it is complete", file), os.Remove(to.Name()))
	}
	if err := errors.Join(os.Rename(to.Name(), kept), SyncFolder(dir)); err != nil {
		return "", fmt.Errorf("keep version of feed file: %w", err)
	}
	return kept, nil
}

// SyncFolder puts the entries of a folder on disk, so that the names in it outlast a loss of power.
func SyncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// readerFunc is an io.Reader.
type readerFunc func([]byte) (int, error)

func (read readerFunc) Read(p []byte) (int, error) { return read(p) }

// copyHashed copies a file and returns the hash of its bytes, in hex.
func copyHashed(ctx context.Context, file string, to io.Writer) (hash string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(h, to), readerFunc(func(p []byte) (int, error) {
		if err := context.Cause(ctx); err != nil {
			return 0, err
		}
		return f.Read(p)
	}))
	return hex.EncodeToString(h.Sum(nil)), err
}

// dropVersions removes the versions that no kept snapshot was made from.
func (n *Night) dropVersions() error {
	entries, err := os.ReadDir(n.path(VersionsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("remove old versions of feeds: %w", err)
	}
	snapshots, err := warehouse.Snapshots(n.Workspace)
	if err != nil {
		return fmt.Errorf("remove old versions of feeds: %w", err)
	}
	needed := map[string]bool{}
	for i := range snapshots {
		for _, feed := range snapshots[i].Manifest.Feeds {
			for _, file := range feed.Files {
				needed[file.SHA256] = *n.Config.Inbox.KeepVersions && !feed.Private
			}
		}
	}
	for _, e := range entries {
		name := e.Name()
		if ours := strings.HasPrefix(name, incomingPrefix) || len(name) == 2*sha256.Size; ours && !needed[name] {
			err = errors.Join(err, os.Remove(n.path(VersionsDir, name)))
		}
	}
	return err
}
