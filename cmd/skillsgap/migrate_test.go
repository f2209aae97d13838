package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// untar unpacks an archive of testdata: untar FILE DIR.
func untar(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: untar FILE DIR")
	}
	f, err := os.Open(filepath.Join("testdata", args[0]))
	ts.Check(err)
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	ts.Check(err)
	archive := tar.NewReader(unzipped)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		ts.Check(err)
		ts.Check(untarOne(filepath.Join(ts.MkAbs(args[1]), header.Name), header, archive))
	}
}

func untarOne(path string, header *tar.Header, content io.Reader) error {
	switch header.Typeflag {
	case tar.TypeDir:
		return os.MkdirAll(path, header.FileInfo().Mode())
	case tar.TypeSymlink:
		return os.Symlink(header.Linkname, path)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, header.FileInfo().Mode())
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}
