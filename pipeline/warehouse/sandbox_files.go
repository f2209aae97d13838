package warehouse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// LinkError says that a symbolic link leads out of the warehouse, or inside it
// to what may belong to another zone: nothing is read through it.
type LinkError struct{ Path, Target string }

// Error says where the link leads and what to do.
func (e *LinkError) Error() string {
	return fmt.Sprintf("%s leads to %s: a warehouse is not read through links: remove it and run `skillsgap run` again", e.Path, e.Target)
}

// checkCurrent refuses a link current that leads elsewhere than to one of the
// workspace's snapshots.
func checkCurrent(workspace string) error {
	link := currentLink(workspace)
	target, err := filepath.EvalSymlinks(link)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // there is no snapshot, which current says
	}
	if err != nil {
		return fmt.Errorf("resolve current snapshot: %w", err)
	}
	snapshots, err := filepath.EvalSymlinks(snapshotsDir(workspace)) // may itself lie on another disk
	if err != nil || filepath.Dir(target) != snapshots {
		return errors.Join(err, &LinkError{Path: link, Target: target})
	}
	return nil
}

// filesOf returns the files of a dataset that the manifest lists. None of them is
// reached through a link, so that a link in the public zone shows nothing else.
// The ledger is in no manifest; its runs are seen as they end.
func (db *DB) filesOf(d model.Info) ([]string, error) {
	if d.Name == model.Runs.Name {
		return nil, checkLedger(db.ledger())
	}
	var files []string
	for _, f := range datasetFiles(db.manifest.Files, d) {
		file := filepath.Join(db.dir, filepath.FromSlash(f.Path))
		if err := checkNoLink(file); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s lists no file of %s: the snapshot is damaged", filepath.Join(db.dir, manifestName), d.Name)
	}
	return files, nil
}

// checkLedger refuses links in the ledger's folder.
func checkLedger(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read ledger: %w", err)
	}
	for _, e := range entries {
		if e.Type()&fs.ModeSymlink != 0 {
			return checkNoLink(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}

// checkNoLink refuses a file that a link stands for or leads to, below a folder
// that is free of links.
func checkNoLink(file string) error {
	target, err := filepath.EvalSymlinks(file)
	if err != nil {
		return fmt.Errorf("find file of the snapshot: %w", err)
	}
	if target != file {
		return &LinkError{Path: file, Target: target}
	}
	return nil
}
