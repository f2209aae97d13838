package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// eachMember opens a file, unpacks it by its first bytes, and calls read for
// each member, or for the file itself. It returns the file's hash and size.
func eachMember(feed *Feed, path string, lim limits, read func(member string, r io.Reader) error) (model.RunInput, int64, error) {
	input := model.RunInput{File: path}
	f, err := openFile(feed, path)
	if err != nil {
		return input, 0, err
	}
	defer f.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, io.LimitReader(f, lim.unpacked+1))
	if size > lim.unpacked {
		return input, 0, &FileError{File: path, Action: "deliver it in parts", Err: fmt.Errorf("it is larger than %d GiB", lim.unpacked>>30)}
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return input, 0, &FileError{File: path, Action: "check that it is a regular, readable file", Err: err}
	}
	input.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return input, size, unpack(path, f, size, lim, read)
}

// openFile opens a file of a feed. It refuses a pipe or device before opening
// it, which may wait for ever.
func openFile(feed *Feed, path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		what := "a device, pipe or socket"
		if info.IsDir() {
			what = "a folder"
		}
		return nil, &FileError{File: path, Action: "deliver a regular file", Err: errors.New("it is " + what)}
	}
	open := feed.Open
	if open == nil {
		open = os.Open
	}
	f, err := open(path)
	if err != nil {
		return nil, &FileError{File: path, Action: "check path and permissions", Err: err}
	}
	return f, nil
}
