package taxonomy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// format is that of a taxonomy file.
func format() Format { return Format{Magic: "SGTX", Version: 1} }

// Fingerprint identifies the content: the hex SHA-256 of its encoding. It is
// equal for equal content on every machine. It is computed anew at each call
// (some 0.1 s for full ESCO), so callers that need it often keep it.
func (t *Taxonomy) Fingerprint() string {
	sum := sha256.Sum256(t.payload())
	return hex.EncodeToString(sum[:])
}

// Save writes the taxonomy to path, as [Format.Save] does.
func (t *Taxonomy) Save(path string) error {
	err := t.Validate()
	if err == nil {
		err = format().Save(path, t.payload())
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
	content, err := format().Load(path)
	if err != nil {
		return nil, err
	}
	t, err := parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return t, nil
}
