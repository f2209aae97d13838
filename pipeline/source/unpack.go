package source

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"

	"github.com/klauspost/compress/zstd"
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// unpack calls read for each member of an archive of so many bytes, or for
// what f holds, packed or not.
func unpack(name string, f io.ReaderAt, size int64, lim limits, read func(member string, r io.Reader) error) error {
	u := &unpacker{lim: lim, packed: size, read: read}
	start := make([]byte, 4)
	n, _ := f.ReadAt(start, 0)
	if isZip(start[:n]) {
		return u.archive(name, f)
	}
	return u.stream(name, io.NewSectionReader(f, 0, size), 2)
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
		return u.stream(name, &bounded{u, name, zr}, layers-1)
	case bytes.HasPrefix(head, zstdMagic) && layers > 0:
		zr, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return packError(name, err)
		}
		defer zr.Close()
		return u.stream(name, &bounded{u, name, zr}, layers-1)
	case isZip(head):
		return packError(name, errors.New("an archive inside a packed file"))
	case bytes.HasPrefix(head, gzipMagic), bytes.HasPrefix(head, zstdMagic):
		return packError(name, errors.New("it is packed more than twice"))
	}
	head, _ = br.Peek(recogniseBytes)
	if what := recognise(head); what != "" {
		return wrongKind(name, what)
	}
	return u.read(name, br)
}

// archive reads the members of a zip file in the order they are listed.
func (u *unpacker) archive(name string, f io.ReaderAt) error {
	listing := &boundedAt{f, u.lim.listing}
	zr, err := zip.NewReader(listing, u.packed)
	if err != nil {
		return packError(name, err)
	}
	listing.left = math.MaxInt64 // for the members
	if len(zr.File) > u.lim.members {
		return packError(name, fmt.Errorf("%d members, more than %d", len(zr.File), u.lim.members))
	}
	for _, m := range zr.File {
		if m.Name == "[Content_Types].xml" || m.Name == "mimetype" {
			return wrongKind(name, "an Office document (xlsx, docx, ods): save its table as CSV")
		}
	}
	names := memberNames{}
	for _, m := range zr.File {
		if m.FileInfo().IsDir() || isLitter(m.Name) {
			continue
		}
		if err := u.member(name+"!"+names.unique(m.Name), m); err != nil {
			return err
		}
	}
	return nil
}

// memberNames counts the names given out for members of an archive.
type memberNames map[string]int

// unique makes a name of its own of that of a member: an archive may hold
// several of one name.
func (names memberNames) unique(name string) string {
	const most = 250
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return unicode.ReplacementChar
		}
		return r
	}, name)
	if len(name) > most {
		name = "…" + strings.ToValidUTF8(name[len(name)-most:], "") // the end has the extension
	}
	unique := name
	for names[unique] > 0 {
		names[name]++
		unique = fmt.Sprintf("%s#%d", name, names[name])
	}
	names[unique] = 1
	return unique
}

// boundedAt fails once more than left bytes are read.
type boundedAt struct {
	r    io.ReaderAt
	left int64
}

func (b *boundedAt) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errors.New("the list of its members is too long")
	}
	return b.r.ReadAt(p, off)
}

func (u *unpacker) member(name string, m *zip.File) error {
	if m.Flags&1 != 0 {
		return packError(name, errors.New("it is encrypted"))
	}
	r, err := m.Open()
	if err != nil {
		return packError(name, err)
	}
	defer r.Close()
	return u.stream(name, &bounded{u, name, r}, 1)
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
	u    *unpacker
	name string
	r    io.Reader
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	u := b.u
	u.total += int64(n)
	switch {
	case u.total > u.lim.unpacked:
		return n, &FileError{File: b.name, Action: "deliver it in parts", Err: fmt.Errorf("it unpacks to more than %d GiB", u.lim.unpacked>>30)}
	case u.total > u.lim.slack && u.total/max(u.packed, 1) > u.lim.ratio:
		return n, packError(b.name, fmt.Errorf("it unpacks to more than %d times its size, as no text does: it may be made to fill memory", u.lim.ratio))
	}
	return n, err
}
