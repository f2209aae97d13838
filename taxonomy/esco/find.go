package esco

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Bounds on hostile input. The largest file of v1.1.1 has 21 MiB, a language of
// it 43 MiB.
const (
	maxFileBytes  = 256 << 20 // one file, decompressed
	maxTotalBytes = 4 << 30   // all files, decompressed
	maxFiles      = 10_000
)

// source is a file that was found and may be a table.
type source struct {
	path     string // for people, and for the release
	explicit bool   // named by the caller, not found in a folder or archive
	open     func() (io.ReadCloser, error)
}

// finder collects sources and keeps the archives open that they are in.
type finder struct {
	sources  []source
	archives []io.Closer
	limit    int64 // bytes that a source may have
	total    int64 // bytes read of all sources
}

func newFinder() *finder { return &finder{limit: maxFileBytes} }

// close closes the archives, which were only read.
func (f *finder) close() {
	for _, a := range f.archives {
		_ = a.Close()
	}
}

// addPath adds a file, or the files of a folder.
func (f *finder) addPath(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return &FileError{Path: name, Problem: "cannot be read", Err: err, Advice: "give the folder or the .zip files of the ESCO CSV download"}
	}
	if info.IsDir() {
		return f.addFolder(os.DirFS(name), name)
	}
	return f.addFile(os.DirFS(filepath.Dir(name)), filepath.Base(name), name, true)
}

// addFolder adds the tables and archives of a folder and of those below it. The
// prefix goes before the paths shown.
func (f *finder) addFolder(fsys fs.FS, prefix string) error {
	return fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		shown := path.Join(filepath.ToSlash(prefix), name)
		switch {
		case err != nil:
			return &FileError{Path: shown, Problem: "cannot be read", Err: err, Advice: "check its permissions"}
		case entry.IsDir() && name != "." && hidden(name):
			return fs.SkipDir
		case entry.IsDir() || hidden(name) || !isTable(name) && !hasEnding(name, ".zip"):
			return nil
		}
		return f.addFile(fsys, name, shown, false)
	})
}

// hidden tells files that the systems of archive makers leave behind.
func hidden(name string) bool {
	return strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX")
}

func isTable(name string) bool { return hasEnding(name, ".csv") || hasEnding(name, ".csv.gz") }

func hasEnding(name, ending string) bool { return strings.HasSuffix(strings.ToLower(name), ending) }

// addFile adds a file: an archive by its content, anything else as a table.
func (f *finder) addFile(fsys fs.FS, name, shown string, explicit bool) error {
	file, err := fsys.Open(name)
	if err != nil {
		return &FileError{Path: shown, Problem: "cannot be read", Err: err, Advice: "check its permissions"}
	}
	at, random := file.(io.ReaderAt)
	if random {
		var start [4]byte
		if n, _ := at.ReadAt(start[:], 0); string(start[:n]) == "PK\x03\x04" {
			f.archives = append(f.archives, file)
			return f.addArchive(file, at, shown)
		}
	}
	if err := file.Close(); err != nil {
		return &FileError{Path: shown, Problem: "cannot be read", Err: err, Advice: "check the disk"}
	}
	return f.add(source{path: shown, explicit: explicit, open: func() (io.ReadCloser, error) { return fsys.Open(name) }})
}

// addArchive adds the tables of a zip archive.
func (f *finder) addArchive(file fs.File, at io.ReaderAt, shown string) error {
	info, err := file.Stat()
	if err != nil {
		return &FileError{Path: shown, Problem: "cannot be read", Err: err, Advice: "check the disk"}
	}
	archive, err := zip.NewReader(at, info.Size())
	if err != nil {
		return &FileError{Path: shown, Problem: "is a damaged zip archive", Err: err, Advice: "download it again"}
	}
	for _, entry := range archive.File {
		if !isTable(entry.Name) || hidden(entry.Name) {
			continue
		}
		if err := f.add(source{path: shown + "/" + entry.Name, open: entry.Open}); err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) add(s source) error {
	for _, other := range f.sources {
		if other.path == s.path {
			return nil // given twice
		}
	}
	if len(f.sources) == maxFiles {
		return &FileError{Path: s.path, Problem: fmt.Sprintf("is one of more than %d tables", maxFiles), Advice: "give only the files of ESCO"}
	}
	f.sources = append(f.sources, s)
	return nil
}

// read opens the source as a table and hands it to use. Gzip is known by its
// content.
func (f *finder) read(s source, use func(*table) error) (err error) {
	file, err := s.open()
	if err != nil {
		return &FileError{Path: s.path, Problem: "cannot be opened", Err: err, Advice: "check that the file is whole and not encrypted"}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	raw := bufio.NewReader(file)
	var content io.Reader = raw
	if start, _ := raw.Peek(2); string(start) == "\x1f\x8b" {
		if content, err = gzip.NewReader(raw); err != nil {
			return &FileError{Path: s.path, Problem: "is damaged gzip", Err: err, Advice: "get the file again"}
		}
	}
	t, err := newTable(s.path, &bounded{reader: content, left: f.limit, total: &f.total})
	if err != nil {
		return err
	}
	return use(t)
}

var errTooLarge = errors.New("it expands to more than any ESCO file has")

// bounded reads at most so many bytes of a file, and of all files together.
type bounded struct {
	reader io.Reader
	left   int64
	total  *int64
}

// Read fails with errTooLarge beyond the bounds.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.reader.Read(p)
	b.left -= int64(n)
	*b.total += int64(n)
	if b.left < 0 || *b.total > maxTotalBytes {
		return 0, errTooLarge
	}
	return n, err
}
