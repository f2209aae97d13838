package taxonomy

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// Format names a kind of file. A file is: Magic, Version, length of the content,
// SHA-256 of the content, and the content compressed. Numbers are big-endian.
type Format struct {
	Magic   string // four bytes that the file begins with
	Version uint32 // of the content, from 1; a reader takes no newer one
}

const (
	magicSize  = 4
	headerSize = magicSize + 4 + 8 + sha256.Size
	// maxPayload bounds what a file may expand to. ESCO in one language takes
	// 11 MiB, in all its languages some 250.
	maxPayload = 512 << 20
	// minMemory is what the decompressor may use whatever the length: its
	// window is larger than a small payload.
	minMemory = 16 << 20
)

// ErrNewerFormat says that a file was written by a newer program.
var ErrNewerFormat = errors.New("the file was written by a newer skillsgap")

// ErrCorrupt says that a file is of another kind or damaged.
var ErrCorrupt = errors.New("the file is damaged or of another kind")

// Save writes the content to path. A reader, or a crash at any instant, finds
// either the file from before or the whole new one.
func (f Format) Save(path string, content []byte) error {
	if len(content) > maxPayload {
		return fmt.Errorf("%d MiB is more than the %d MiB a file may hold: import fewer languages", len(content)>>20, maxPayload>>20)
	}
	packed, err := f.pack(content)
	if err != nil {
		return err
	}
	return writeAtomically(path, packed)
}

// Load reads what Save wrote. The error wraps ErrNewerFormat, ErrCorrupt or the
// file system's own.
func (f Format) Load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxPayload {
		return nil, fmt.Errorf("%w: it has %d bytes", ErrCorrupt, info.Size())
	}
	packed, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return f.unpack(packed)
}

// pack makes the bytes of a file.
func (f Format) pack(content []byte) ([]byte, error) {
	sum := sha256.Sum256(content)
	packed := []byte(f.Magic)
	packed = binary.BigEndian.AppendUint32(packed, f.Version)
	packed = binary.BigEndian.AppendUint64(packed, uint64(len(content)))
	packed = append(packed, sum[:]...)
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return z.EncodeAll(content, packed), z.Close()
}

// unpack checks the bytes of a file and returns its content.
func (f Format) unpack(packed []byte) ([]byte, error) {
	if len(packed) < headerSize || string(packed[:magicSize]) != f.Magic {
		return nil, fmt.Errorf("%w: it does not begin with a header", ErrCorrupt)
	}
	header, body := packed[magicSize:headerSize], packed[headerSize:]
	version, length := binary.BigEndian.Uint32(header), binary.BigEndian.Uint64(header[4:])
	if version > f.Version {
		return nil, fmt.Errorf("%w (format %d, this one reads up to %d)", ErrNewerFormat, version, f.Version)
	}
	if version == 0 || length == 0 || length > maxPayload {
		return nil, fmt.Errorf("%w: its header states format %d and a length of %d bytes", ErrCorrupt, version, length)
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(max(length, minMemory)))
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	defer z.Close()
	content, err := z.DecodeAll(body, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: decompressing it: %w", ErrCorrupt, err)
	}
	sum := sha256.Sum256(content)
	if uint64(len(content)) != length || !bytes.Equal(sum[:], header[12:]) {
		return nil, fmt.Errorf("%w: its length or checksum does not fit its content", ErrCorrupt)
	}
	return content, nil
}

// writeAtomically writes the content aside, makes it durable, and renames it.
func writeAtomically(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a rename in the folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
