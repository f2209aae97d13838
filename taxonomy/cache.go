package taxonomy

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// The file: magic, format version, payload length, SHA-256 of the payload, and
// the payload compressed. Numbers are big-endian.
const (
	magic         = "SGTX"
	formatVersion = 1
	headerSize    = len(magic) + 4 + 8 + sha256.Size
	// maxPayload bounds what a file may expand to. ESCO in one language takes
	// 11 MiB, in all its languages some 250.
	maxPayload = 512 << 20
	// minMemory is what the decompressor may use whatever the length: its
	// window is larger than a small payload.
	minMemory = 16 << 20
)

// ErrNewerFormat says that a file was written by a newer program.
var ErrNewerFormat = errors.New("the file was written by a newer skillsgap")

// ErrCorrupt says that a file is not a taxonomy or is damaged.
var ErrCorrupt = errors.New("the file is not a whole taxonomy file")

// Fingerprint identifies the content: the hex SHA-256 of its encoding. It is
// equal for equal content on every machine. It is computed anew at each call
// (some 0.1 s for full ESCO), so callers that need it often keep it.
func (t *Taxonomy) Fingerprint() string {
	sum := sha256.Sum256(t.payload())
	return hex.EncodeToString(sum[:])
}

// Save writes the taxonomy to path. A reader, or a crash at any instant, finds
// either the file from before or the whole new one.
func (t *Taxonomy) Save(path string) error {
	if err := t.Validate(); err != nil {
		return fmt.Errorf("save taxonomy: %w", err)
	}
	payload := t.payload()
	if len(payload) > maxPayload {
		return fmt.Errorf("save taxonomy: %d MiB is more than the %d MiB a file may hold: import fewer languages", len(payload)>>20, maxPayload>>20)
	}
	content, err := pack(payload)
	if err == nil {
		err = writeAtomically(path, content)
	}
	if err != nil {
		return fmt.Errorf("save taxonomy %s: %w", path, err)
	}
	return nil
}

// Load reads a taxonomy that Save wrote; lists that were empty are nil. The
// error wraps ErrNewerFormat, ErrCorrupt or the file system's own.
func Load(path string) (*Taxonomy, error) {
	t, err := load(path)
	switch {
	case errors.Is(err, ErrNewerFormat):
		return nil, fmt.Errorf("load taxonomy %s: %w: use that skillsgap, or import the taxonomy again with this one", path, err)
	case err != nil:
		return nil, fmt.Errorf("load taxonomy %s: %w: import the taxonomy again with `skillsgap taxonomy import`", path, err)
	}
	return t, nil
}

func load(path string) (*Taxonomy, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxPayload {
		return nil, fmt.Errorf("%w: it has %d bytes", ErrCorrupt, info.Size())
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return unpack(content)
}

// pack makes the content of a file.
func pack(payload []byte) ([]byte, error) {
	sum := sha256.Sum256(payload)
	content := []byte(magic)
	content = binary.BigEndian.AppendUint32(content, formatVersion)
	content = binary.BigEndian.AppendUint64(content, uint64(len(payload)))
	content = append(content, sum[:]...)
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return z.EncodeAll(payload, content), z.Close()
}

// unpack checks the content of a file and parses it.
func unpack(content []byte) (*Taxonomy, error) {
	if len(content) < headerSize || string(content[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: it does not begin with a header", ErrCorrupt)
	}
	header, body := content[len(magic):headerSize], content[headerSize:]
	version, length := binary.BigEndian.Uint32(header), binary.BigEndian.Uint64(header[4:])
	if version > formatVersion {
		return nil, fmt.Errorf("%w (format %d, this one reads up to %d)", ErrNewerFormat, version, formatVersion)
	}
	if version == 0 || length == 0 || length > maxPayload {
		return nil, fmt.Errorf("%w: its header states format %d and a length of %d bytes", ErrCorrupt, version, length)
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(max(length, minMemory)))
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	defer z.Close()
	payload, err := z.DecodeAll(body, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: decompressing it: %w", ErrCorrupt, err)
	}
	sum := sha256.Sum256(payload)
	if uint64(len(payload)) != length || !bytes.Equal(sum[:], header[12:]) {
		return nil, fmt.Errorf("%w: its length or checksum does not fit its content", ErrCorrupt)
	}
	t, err := parse(string(payload))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return t, nil
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
