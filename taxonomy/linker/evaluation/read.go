package evaluation

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// FileError is a mistake in a gold file.
type FileError struct {
	Name string
	Line int // from 1; 0 for the file as a whole
	Err  error
}

func (e *FileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.Name, e.Line, e.Err)
}

func (e *FileError) Unwrap() error { return e.Err }

// Reader reads gold files against one release.
type Reader struct {
	taxonomy *taxonomy.Taxonomy
	official map[string]int32 // by preferred label
	relation string
}

// NewReader returns a reader of files whose labels are preferred labels of t in a
// language, given as in Taxonomy.Languages. Of files that map names to skills only
// the rows of that relation count; "" takes them all.
func NewReader(t *taxonomy.Taxonomy, language, relation string) *Reader {
	return &Reader{taxonomy: t, official: officialNames(t, language), relation: relation}
}

// Read reads a CSV file, compressed with gzip or not. The header says which of
// three forms it has; other columns are not read:
//
//	sentence, label          a row for each annotation; rows of one sentence belong together
//	sentence, skills         a list of labels, as in JSON or Python
//	query, esco_uri[, relation]  a name and the skill it means; rows of one name belong together
//
// A label of "", UNK, UNDERSPECIFIED or LABEL NOT PRESENT is none. An error is a
// [FileError].
func (r *Reader) Read(name string, file io.Reader) (*Gold, error) {
	text, err := decompressed(file)
	if err != nil {
		return nil, &FileError{Name: name, Err: err}
	}
	rows := csv.NewReader(text)
	rows.ReuseRecord = true
	head, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, &FileError{Name: name, Err: errors.New("the file is empty")}
	}
	if err != nil {
		return nil, fileError(name, err)
	}
	add, g, err := r.form(name, head)
	if err != nil {
		return nil, &FileError{Name: name, Line: 1, Err: err}
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fileError(name, err)
		}
		if err := add(row); err != nil {
			line, _ := rows.FieldPos(0)
			return nil, &FileError{Name: name, Line: line, Err: err}
		}
	}
	if len(g.gold.Items) == 0 {
		return nil, &FileError{Name: name, Err: errors.New("no row counts: nothing to measure on")}
	}
	return g.done(), nil
}

// fileError takes the line out of what the CSV reader says.
func fileError(name string, err error) error {
	if e := (*csv.ParseError)(nil); errors.As(err, &e) {
		return &FileError{Name: name, Line: e.Line, Err: e.Err}
	}
	return &FileError{Name: name, Err: err}
}

// decompressed unpacks what begins as gzip does and leaves out a byte order mark.
func decompressed(file io.Reader) (io.Reader, error) {
	text := bufio.NewReader(file)
	if start, _ := text.Peek(2); string(start) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(text)
		if err != nil {
			return nil, fmt.Errorf("unzip: %w", err)
		}
		text = bufio.NewReader(unzipped)
	}
	if start, _ := text.Peek(3); string(start) == "\ufeff" {
		_, _ = text.Discard(len("\ufeff")) // was peeked: is there
	}
	return text, nil
}

// form finds the form of a file by its header: what to do with a row.
func (r *Reader) form(name string, head []string) (add func(row []string) error, g *gathering, err error) {
	column := func(want string) int {
		return slices.IndexFunc(head, func(h string) bool { return strings.TrimSpace(h) == want })
	}
	sentence, label, skills := column("sentence"), column("label"), column("skills")
	query, uri, relation := column("query"), column("esco_uri"), column("relation")
	switch {
	case sentence >= 0 && label >= 0:
		g = newGathering(name, Sentences)
		return func(row []string) error { return r.labelled(g, row[sentence], []string{row[label]}) }, g, nil
	case sentence >= 0 && skills >= 0:
		g = newGathering(name, Sentences)
		return func(row []string) error {
			labels, err := parseList(row[skills])
			if err != nil {
				return fmt.Errorf("skills %q: %w", row[skills], err)
			}
			return r.labelled(g, row[sentence], labels)
		}, g, nil
	case query >= 0 && uri >= 0:
		g = newGathering(name, Names)
		return func(row []string) error {
			if relation >= 0 && r.relation != "" && strings.TrimSpace(row[relation]) != r.relation {
				return nil
			}
			return r.named(g, row[query], row[uri])
		}, g, nil
	}
	return nil, nil, fmt.Errorf("the columns are %s: want sentence, label or sentence, skills or query, esco_uri", strings.Join(head, ", "))
}

// labelled adds a sentence with official names.
func (r *Reader) labelled(g *gathering, sentence string, labels []string) error {
	if sentence = strings.TrimSpace(sentence); sentence == "" {
		return errors.New("the sentence is empty")
	}
	i := g.item(sentence)
	for _, label := range labels {
		switch label = strings.Join(strings.Fields(label), " "); label {
		case "", "UNK", "UNDERSPECIFIED", "LABEL NOT PRESENT":
			continue
		}
		skill, known := r.official[plainly(label)]
		g.add(i, label, skill, known)
	}
	return nil
}

// named adds a name with the skill that it means.
func (r *Reader) named(g *gathering, query, uri string) error {
	query, uri = strings.TrimSpace(query), strings.TrimSpace(uri)
	if query == "" || uri == "" {
		return errors.New("query or esco_uri is empty")
	}
	skill, known := r.taxonomy.SkillIndex(uri)
	g.add(g.item(query), uri, skill, known)
	return nil
}
