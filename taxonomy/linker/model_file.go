package linker

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// modelFormat is that of a model file.
func modelFormat() taxonomy.Format { return taxonomy.Format{Magic: "SGLM", Version: 1} }

// ErrOtherTaxonomy says that a model was trained for another taxonomy.
var ErrOtherTaxonomy = errors.New("the model was trained for another taxonomy")

// Fingerprint identifies the content of the model: the hex SHA-256 of its parts in
// their order, each with its length.
func (m *Model) Fingerprint() string {
	h := sha256.New()
	write := func(length int, part any) {
		fmt.Fprintf(h, "%d ", length)
		_ = binary.Write(h, binary.LittleEndian, part) // a hash never fails, and the parts have fixed sizes
	}
	fmt.Fprintf(h, "%q %q %d ", m.Taxonomy, m.Method, len(m.Languages))
	for i := range m.Languages {
		l := &m.Languages[i]
		fmt.Fprintf(h, "%q %q ", l.Language, l.Stems)
		write(len(l.Pairs), l.Pairs)
		for _, q := range []*quantised{&l.Units, &l.Skills} {
			write(len(q.Scales), q.Scales)
			write(len(q.Values), q.Values)
		}
		for _, n := range l.Nearest {
			write(len(n.Skills), n.Skills)
			write(len(n.Weights), n.Weights)
			write(1, n.Largest)
		}
		write(2, []float32{l.Mean, l.Deviation})
	}
	write(len(m.Boilerplate), m.Boilerplate)
	return hex.EncodeToString(h.Sum(nil))
}

// Save writes the model to path, as [taxonomy.Format.Save] does.
func (m *Model) Save(path string) error {
	content, err := m.encode()
	if err == nil {
		err = modelFormat().Save(path, content)
	}
	if err != nil {
		return fmt.Errorf("save model %s: %w", path, err)
	}
	return nil
}

// LoadModel reads a model that Save wrote. The error wraps
// taxonomy.ErrNewerFormat, taxonomy.ErrCorrupt or the file system's own.
func LoadModel(path string) (*Model, error) {
	content, err := modelFormat().Load(path)
	if err != nil {
		return nil, fmt.Errorf("load model %s: %w", path, err)
	}
	m, err := decodeModel(content)
	if err != nil {
		return nil, fmt.Errorf("load model %s: %w: %w", path, taxonomy.ErrCorrupt, err)
	}
	return m, nil
}

// decodeModel decodes what encode made and checks that its parts fit together.
func decodeModel(content []byte) (*Model, error) {
	m := &Model{}
	if err := gob.NewDecoder(bytes.NewReader(content)).Decode(m); err != nil {
		return nil, err
	}
	if _, _, err := DecodeBoilerplate(m.Boilerplate); err != nil {
		return nil, err
	}
	for i := range m.Languages {
		if err := m.Languages[i].validate(); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Model) encode() ([]byte, error) {
	var content bytes.Buffer
	if err := gob.NewEncoder(&content).Encode(m); err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	return content.Bytes(), nil
}

// validate checks that the parts fit together.
func (m *languageModel) validate() error {
	if !m.Units.valid(len(m.Stems)+len(m.Pairs)) || len(m.Skills.Values)%dimensions != 0 || !m.Skills.valid(len(m.Skills.Values)/dimensions) || len(m.Nearest) != len(m.Stems) {
		return fmt.Errorf("the vectors of %q do not fit its words", m.Language)
	}
	if !within(m.Mean, -2, 2) || !within(m.Deviation, leastDeviation, 2) {
		return fmt.Errorf("the nearness of %q is no cosine", m.Language)
	}
	for _, p := range m.Pairs {
		if max(p[0], p[1]) >= uint32(len(m.Stems)) {
			return fmt.Errorf("a pair of %q names a word that is not there", m.Language)
		}
	}
	for _, n := range m.Nearest {
		if len(n.Skills) != len(n.Weights) || !within(n.Largest, 0, longest) {
			return fmt.Errorf("a word of %q has other weights than skills", m.Language)
		}
		for _, s := range n.Skills {
			if int(s) >= len(m.Skills.Scales) {
				return fmt.Errorf("a word of %q names a skill that is not there", m.Language)
			}
		}
	}
	return nil
}

func (q *quantised) valid(rows int) bool {
	for _, s := range q.Scales {
		if !within(s, 0, longest) {
			return false
		}
	}
	return len(q.Scales) == rows && len(q.Values) == rows*dimensions
}

// longest is far more than a vector is long that was learnt.
const longest = 1 << 20

// within says whether a number lies between two others; NaN does not.
func within(v, least, most float32) bool { return least <= v && v <= most }

// fits checks that the model has a vector for each skill of a taxonomy.
func (m *Model) fits(t *taxonomy.Taxonomy) error {
	if m.Taxonomy != t.Fingerprint() {
		return ErrOtherTaxonomy
	}
	for i := range m.Languages {
		if n := len(m.Languages[i].Skills.Scales); n != len(t.Skills) {
			return fmt.Errorf("%w: the model of %q has %d skills, the taxonomy %d", taxonomy.ErrCorrupt, m.Languages[i].Language, n, len(t.Skills))
		}
	}
	return nil
}
