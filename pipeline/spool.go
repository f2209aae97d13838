package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// spool keeps prepared vacancies, whose texts are large, on disk between reading
// and linking: a file a month, a line a vacancy.
type spool struct {
	dir     func() (string, error)
	months  map[model.Date]*spooled
	written int32
}

// spooled is what is spooled of a month.
type spooled struct {
	places []int32 // of its lines
	buffer bytes.Buffer
}

const spoolBytes = 1 << 20 // of a month, held before they are written

// add keeps an encoded vacancy of a month and returns its place.
func (s *spool) add(month model.Date, line []byte) (int32, error) {
	m := s.months[month]
	if m == nil {
		m = &spooled{}
		s.months[month] = m
	}
	place := s.written
	s.written++
	m.places = append(m.places, place)
	m.buffer.Write(line)
	m.buffer.WriteByte('\n')
	if m.buffer.Len() < spoolBytes {
		return place, nil
	}
	return place, s.flush(month, m)
}

func (s *spool) file(month model.Date) (string, error) {
	dir, err := s.dir()
	return filepath.Join(dir, fmt.Sprintf("%d.jsonl", month)), err
}

func (s *spool) flush(month model.Date, m *spooled) error {
	name, err := s.file(month)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("keep prepared records: %w", err)
	}
	if _, err := m.buffer.WriteTo(f); err != nil {
		return errors.Join(fmt.Errorf("keep prepared records: %w", err), f.Close())
	}
	return f.Close()
}

// lines returns what was kept of a month, by place.
func (s *spool) lines(month model.Date) (map[int32][]byte, error) {
	m := s.months[month]
	if m == nil {
		return nil, nil
	}
	name, err := s.file(month)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read prepared records: %w", err)
	}
	text = append(text, m.buffer.Bytes()...)
	lines := make(map[int32][]byte, len(m.places))
	for _, place := range m.places {
		lines[place], text, _ = bytes.Cut(text, []byte{'\n'})
	}
	delete(s.months, month)
	return lines, nil
}
