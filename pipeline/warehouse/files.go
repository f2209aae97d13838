package warehouse

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

var namePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.+-]{0,199}$`)

// checkName refuses an id that could not be a file name everywhere, or that
// would be taken for a draft.
func checkName(id string) error {
	if !namePattern.MatchString(id) || filepath.Ext(id) == draftSuffix {
		return fmt.Errorf("id %q cannot be a file name: use letters, digits, _ . + -, and no %s at the end", id, draftSuffix)
	}
	return nil
}

// replaceFile writes a file aside and renames it into place; it is on disk when
// the call returns.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(fmt.Sprintf("%s.%d%s", path, os.Getpid(), draftSuffix)) // readers, too, mend skillsgap.duckdb
	if err != nil {
		return err
	}
	// Its bytes before its name: else a name might stand for a part after a crash.
	err = cmp.Or(write(f), f.Sync())
	if err = cmp.Or(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncPath(filepath.Dir(path))
}

// syncPath puts a folder's entries (or a file's bytes) on disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncTree puts the entries of a folder and of all folders below it on disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return syncPath(path)
	})
}
