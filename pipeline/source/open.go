package source

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

// eachMember opens a file, unpacks it by its first bytes, and calls read for
// each member, or for the file itself. It returns the file's hash and size.
func eachMember(path string, lim limits, read func(member string, r io.Reader) error) (model.RunInput, int64, error) {
	input := model.RunInput{File: path}
	f, err := os.Open(path)
	if err != nil {
		return input, 0, &FileError{File: path, Action: "check path and permissions", Err: err}
	}
	defer f.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return input, 0, &FileError{File: path, Action: "check that it is a regular, readable file", Err: err}
	}
	input.SHA256 = hex.EncodeToString(hash.Sum(nil))
	u := &unpacker{lim: lim, packed: size, read: read}
	if head := peekFile(f); isZip(head) {
		return input, size, u.archive(path, f)
	}
	return input, size, u.stream(path, f, 2)
}

var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

func peekFile(f io.ReaderAt) []byte {
	head := make([]byte, 4)
	n, _ := f.ReadAt(head, 0)
	return head[:n]
}

// unpacker unpacks one file of a feed.
type unpacker struct {
	lim    limits
	packed int64 // size on disk
	total  int64 // bytes unpacked
	read   func(string, io.Reader) error
}

// stream reads r, unpacking up to the given number of layers.
func (u *unpacker) stream(name string, r io.Reader, layers int) error {
	br := bufio.NewReader(r)
	head, _ := br.Peek(4) // a shorter file has no magic
	switch {
	case bytes.HasPrefix(head, gzipMagic) && layers > 0:
		zr, err := gzip.NewReader(br)
		if err != nil {
			return packError(name, err)
		}
		return u.stream(name, &bounded{u, zr}, layers-1)
	case bytes.HasPrefix(head, zstdMagic) && layers > 0:
		zr, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return packError(name, err)
		}
		defer zr.Close()
		return u.stream(name, &bounded{u, zr}, layers-1)
	case isZip(head):
		return packError(name, errors.New("an archive inside a packed file"))
	}
	return u.read(name, br)
}

// archive reads the members of a zip file in the order they are listed.
func (u *unpacker) archive(name string, f *os.File) error {
	zr, err := zip.NewReader(f, u.packed)
	if err != nil {
		return packError(name, err)
	}
	if len(zr.File) > u.lim.members {
		return packError(name, fmt.Errorf("%d members, more than %d", len(zr.File), u.lim.members))
	}
	for _, m := range zr.File {
		if m.FileInfo().IsDir() || isLitter(m.Name) {
			continue
		}
		member := name + "!" + strings.ToValidUTF8(m.Name, "\ufffd")
		if err := u.member(member, m); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacker) member(name string, m *zip.File) error {
	r, err := m.Open()
	if err != nil {
		return packError(name, err)
	}
	defer r.Close()
	return u.stream(name, &bounded{u, r}, 1)
}

// isLitter reports whether a member is something that archivers of desktop
// systems add.
func isLitter(name string) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") || base == "Thumbs.db"
}

func packError(name string, err error) error {
	return &FileError{File: name, Action: "pack it again as gzip, zstd or a plain zip, or deliver it unpacked", Err: err}
}

// bounded counts what comes out of a decompressor and fails when it is more
// than the file can be meant to hold.
type bounded struct {
	u *unpacker
	r io.Reader
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	u := b.u
	u.total += int64(n)
	if u.total > u.lim.unpacked || u.total > u.lim.slack && u.total/max(u.packed, 1) > u.lim.ratio {
		return n, fmt.Errorf("unpacks to more than %d times its size", u.total/max(u.packed, 1))
	}
	return n, err
}
