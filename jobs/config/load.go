package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
)

// maxSize bounds the configuration file; the largest sensible one is a few
// hundred feeds.
const maxSize = 4 << 20

// Error is a mistake in a configuration file: where it is, what is wrong and
// what to do.
type Error struct {
	File         string
	Line, Column int // 0 where the mistake has no single place
	Message      string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Load reads and checks the configuration of the workspace in dir. A mistake is
// an [*Error]; all mistakes found by checking values are reported together.
func Load(dir string) (*Config, error) {
	file := filepath.Join(dir, FileName)
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return Parse(file, text)
}

// Parse reads and checks the configuration in text; file is its name for
// messages.
func Parse(file string, text []byte) (*Config, error) {
	if len(text) > maxSize {
		return nil, &Error{File: file, Message: fmt.Sprintf("is %d bytes; a configuration has at most %d: is this the right file?", len(text), maxSize)}
	}
	var any struct{ Version int }
	switch err := decode(text, &any); {
	case len(bytes.TrimSpace(text)) == 0:
		return nil, &Error{File: file, Message: fmt.Sprintf("is empty: write at least version: %d and feeds: []", Version)}
	case err == nil && any.Version > Version: // before its unknown keys
		return nil, &Error{File: file, Message: fmt.Sprintf("has version %d, newer than this program reads (%d): upgrade skillsgap", any.Version, Version)}
	}
	var c Config
	if err := decode(text, &c, yaml.Strict()); err != nil {
		return nil, decodeError(file, err)
	}
	c.fill()
	if err := c.check(file); err != nil {
		return nil, err
	}
	return &c, nil
}

// decode decodes YAML. The library panics on some text that is no YAML.
func decode(text []byte, into any, options ...yaml.DecodeOption) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("is no YAML that can be read (%v): check indentation and special characters", fault)
		}
	}()
	return yaml.NewDecoder(bytes.NewReader(text), options...).Decode(into)
}

// Save writes the configuration to dir, with a heading for the operator.
func (c *Config) Save(dir string) error {
	text, err := yaml.MarshalWithOptions(c, yaml.Indent(2), yaml.IndentSequence(true))
	if err != nil {
		return fmt.Errorf("encode configuration: %w", err)
	}
	heading := "# Configuration of a skillsgap workspace. Unknown keys are errors.\n" +
		"# Every key and its meaning: skillsgap help configuration.\n"
	if err := replace(filepath.Join(dir, FileName), append([]byte(heading), text...)); err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	return nil
}

// replace writes a file aside and renames it, so that a folder has the whole of
// it or none.
func replace(path string, text []byte) error {
	f, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func decodeError(file string, err error) error {
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) && unknown.Token != nil {
		at := unknown.Token.Position
		key := unknown.Token.Value
		return &Error{File: file, Line: at.Line, Column: at.Column,
			Message: fmt.Sprintf("unknown key %q; the nearest known key is %q", key, Nearest(key, keys()))}
	}
	var placed yaml.Error
	if errors.As(err, &placed) && placed.GetToken() != nil {
		at := placed.GetToken().Position
		return &Error{File: file, Line: at.Line, Column: at.Column, Message: placed.GetMessage()}
	}
	return &Error{File: file, Message: err.Error()}
}

// Nearest returns the candidate with the fewest edits from word, the first in
// order where several are equally near.
func Nearest(word string, candidates []string) string {
	best, distance := "", -1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(c)); distance < 0 || d < distance {
			best, distance = c, d
		}
	}
	return best
}

// keys lists the keys that the format knows, at any depth.
func keys() []string {
	var all []string
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Slice, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
				all = append(all, name)
				walk(t.Field(i).Type)
			}
		}
	}
	walk(reflect.TypeFor[Config]())
	slices.Sort(all)
	return slices.Compact(all)
}

// FeedsYAML returns the part of a configuration that reads feeds.
func FeedsYAML(feeds []Feed) ([]byte, error) {
	text, err := yaml.MarshalWithOptions(map[string][]Feed{"feeds": feeds}, yaml.Indent(2), yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("encode feeds: %w", err)
	}
	return text, nil
}
