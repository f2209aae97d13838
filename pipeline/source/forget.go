package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Forget removes the rows of a person from the files of a table about persons and
// returns how many it has removed, and from which files. Each file is written anew
// beside itself and renamed; one without such a row stays as it is. A row that cannot
// be read is removed where it holds the id. Rows of JSON come out a line each. The
// error is a *[FileError] for a zip archive, or a file declared to be of another
// encoding than UTF-8, that holds such rows: they are to be removed by hand.
func Forget(ctx context.Context, feed Feed, id, scheme string) (rows int64, changed []string, err error) {
	id, scheme = strings.TrimSpace(id), strings.TrimSpace(scheme)
	for _, path := range feed.Files {
		f := &forgetting{id: id, scheme: scheme, path: path}
		if err := f.file(ctx, &feed); err != nil {
			return rows, changed, err
		}
		if f.rows > 0 {
			rows, changed = rows+f.rows, append(changed, path)
		}
	}
	return rows, changed, nil
}

// forgetting is the rewriting of a file.
type forgetting struct {
	id, scheme, path string
	rows             int64
	table            *table
	to               *bufio.Writer
}

func (f *forgetting) file(ctx context.Context, feed *Feed) (err error) {
	out := newSink(ctx, feed, defaultLimits(), nil, nil)
	if f.table, err = newTable(out); err != nil {
		return err
	}
	aside, err := os.CreateTemp(filepath.Dir(f.path), ".forget-*") // readable by its owner alone
	if err != nil {
		return fmt.Errorf("rewrite %s: %w", f.path, err)
	}
	defer os.Remove(aside.Name()) // it is gone where it was renamed
	packed, finish, err := packer(f.path, aside)
	if err != nil {
		return errors.Join(err, aside.Close())
	}
	f.to = bufio.NewWriter(packed)
	_, _, err = eachMember(feed, f.path, defaultLimits(), wrap(ctx, f.member))
	err = errors.Join(err, f.to.Flush(), finish(), aside.Sync(), aside.Close())
	if err != nil || f.rows == 0 {
		return err
	}
	if isArchive(f.path) || feed.Table.Encoding != "" && !strings.EqualFold(feed.Table.Encoding, "utf-8") {
		return &FileError{File: f.path, Err: fmt.Errorf("%d rows of the person are in it, and it is a zip archive or not in UTF-8", f.rows), Action: "remove the rows by hand, or delete the file"}
	}
	if info, err := os.Stat(f.path); err == nil {
		if err := os.Chmod(aside.Name(), info.Mode().Perm()); err != nil {
			return fmt.Errorf("rewrite %s: %w", f.path, err)
		}
	}
	if err := os.Rename(aside.Name(), f.path); err != nil {
		return fmt.Errorf("rewrite %s: %w", f.path, err)
	}
	return nil
}

func isArchive(path string) bool {
	head := make([]byte, 4)
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	n, _ := io.ReadFull(f, head)
	return isZip(head[:n])
}

// packer packs as a file is packed: by gzip, zstd or not at all.
func packer(path string, to io.Writer) (io.Writer, func() error, error) {
	head := make([]byte, 4)
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("rewrite %s: %w", path, err)
	}
	n, _ := io.ReadFull(f, head)
	if err := f.Close(); err != nil {
		return nil, nil, fmt.Errorf("rewrite %s: %w", path, err)
	}
	switch {
	case bytes.HasPrefix(head[:n], gzipMagic):
		z := gzip.NewWriter(to)
		return z, z.Close, nil
	case bytes.HasPrefix(head[:n], zstdMagic):
		z, err := zstd.NewWriter(to)
		if err != nil {
			return nil, nil, fmt.Errorf("rewrite %s: %w", path, err)
		}
		return z, z.Close, nil
	}
	return to, func() error { return nil }, nil
}

func (f *forgetting) member(member string, r io.Reader) error {
	t := f.table
	br, err := textReader(r, t.out.feed.Table.Encoding)
	if err != nil {
		return err
	}
	start, _ := br.Peek(recogniseBytes)
	if start = bytes.TrimSpace(start); len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		feed := jsonFeed{lim: t.out.lim, yield: f.entity}
		return feed.read(member, br)
	}
	return t.eachRow(member, br, f.line, func(raw []byte, at func(string) []string, broken *Violation) error {
		return f.keep(raw, at, broken != nil)
	})
}

func (f *forgetting) entity(e entity) error {
	o, broken := object(nil), e.broken
	if broken == nil {
		o, broken = decodeObject(e.raw)
	}
	return f.keep(e.raw, func(field string) []string {
		return lookup(o, strings.Split(f.table.out.feed.Table.Columns[field], "."))
	}, broken != nil)
}

// keep writes a row unless it is the person's.
func (f *forgetting) keep(raw []byte, at func(field string) []string, broken bool) error {
	its := broken && bytes.Contains(raw, []byte(f.id))
	if !broken {
		feed := f.table.out.feed
		value := func(field string) string {
			text := feed.Constants[field]
			if _, mapped := feed.Table.Columns[field]; mapped {
				if cell := strings.TrimSpace(strings.Join(f.table.translate(field, at(field)), ", ")); cell != "" {
					text = cell
				}
			}
			return strings.TrimSpace(text)
		}
		its = value("learner") == f.id && value("learner_scheme") == f.scheme
	}
	if its {
		f.rows++
		return nil
	}
	return f.line(raw)
}

func (f *forgetting) line(raw []byte) error {
	if _, err := f.to.Write(append(bytes.TrimRight(raw, "\r\n"), '\n')); err != nil {
		return fmt.Errorf("rewrite %s: %w", f.path, err)
	}
	return nil
}
