package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// personOptions are the flags that say what a person can do.
type personOptions struct {
	have           []string
	credentials    []string
	fromOccupation string
	text           string
}

const personHelp = `A person's skills are named (--have), taken from credentials in the catalogues
(--have-credential), from a former occupation or from a text such as a CV. Proven
is what a credential held more likely teaches than not; what is named is declared.
The essential skills of a former occupation, what a text speaks of and what a mere
attendance taught are assumed and count for less. Names are those of ESCO in
any imported language, or URIs; a name with a comma stands in quotes:
--have '"plan, do and check",teamwork'.
`

// flags adds the flags to a command.
func (o *personOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&o.have, "have", nil, "skills held, by name or URI, separated by commas")
	cmd.Flags().StringArrayVar(&o.credentials, "have-credential", nil, "credential held, by credential_id, source_id or title; may be repeated")
	cmd.Flags().StringVar(&o.fromOccupation, "from-occupation", "", "former occupation, by name, URI or ISCO-08 unit group")
	cmd.Flags().StringVar(&o.text, "text", "", "file with a text about the person, - for standard input")
}

// person is what is known of a person.
type person struct {
	held        []recommend.Held // ascending by skill
	former      *occupationName  // nil where none was named
	credentials []heldCredential
	notes       []string // what could not be used, and why
}

// errNobody says that no flag tells anything of the person.
var errNobody = &usageError{errors.New("nothing is known of the person: say what they can do with --have, --have-credential, --from-occupation or --text")}

// readPerson reads what the flags say of a person. A name that is none, or that
// of several, is a usage error that lists the nearest.
func (g *globals) readPerson(cmd *cobra.Command, t *taxonomy.Taxonomy, language string, o personOptions) (*person, error) {
	p, h := &person{}, &recommend.Holdings{}
	for _, name := range o.have {
		skill, err := findSkill(t, name)
		if err != nil {
			return nil, err
		}
		h.Add(skill, recommend.Evidence{Kind: recommend.EvidenceDeclared, Weight: recommend.WeightDeclared})
	}
	if len(o.credentials) > 0 {
		if err := g.readHeldCredentials(t, o.credentials, p, h); err != nil {
			return nil, err
		}
	}
	if o.fromOccupation != "" {
		former, err := findOccupation(t, o.fromOccupation, language)
		if err != nil {
			return nil, err
		}
		p.former = &former
		for _, s := range recommend.EssentialSkills(t, former.members) {
			h.Add(s, recommend.Evidence{Kind: recommend.EvidenceOccupation, ID: former.Code, Source: former.Label, Weight: recommend.WeightAssumed})
		}
	}
	if o.text != "" {
		if err := g.readHeldText(cmd, o.text, p, h); err != nil {
			return nil, err
		}
	}
	if len(o.have)+len(o.credentials) == 0 && o.fromOccupation == "" && o.text == "" {
		return nil, errNobody
	}
	p.held = h.All()
	return p, nil
}

// maxPersonText bounds a text about a person, in bytes.
const maxPersonText = 4 << 20

// readHeldText adds the skills that a text speaks of.
func (g *globals) readHeldText(cmd *cobra.Command, path string, p *person, h *recommend.Holdings) error {
	text, err := personText(cmd, path)
	if err != nil {
		return err
	}
	l, err := g.loadLinker(cmd)
	if err != nil {
		return err
	}
	matches := l.linker.Link(text, "")
	for _, m := range matches {
		h.Add(m.Skill, recommend.Evidence{
			Kind: recommend.EvidenceText, Source: filepath.Base(path), Text: text[m.Start:m.End],
			Weight: round4(recommend.WeightAssumed * m.Score),
		})
	}
	if len(matches) == 0 {
		p.notes = append(p.notes, fmt.Sprintf("no skill was found in %s", path))
	}
	return nil
}

// personText reads the text of flag --text.
func personText(cmd *cobra.Command, path string) (string, error) {
	in := cmd.InOrStdin()
	if path != "-" {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return "", &pipeline.InputError{Err: fmt.Errorf("--text %s: there is no such file", path)}
		}
		if err != nil {
			return "", &pipeline.InputError{Err: fmt.Errorf("open text: %w", err)}
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxPersonText+1))
	switch {
	case err != nil:
		return "", &pipeline.InputError{Err: fmt.Errorf("read text %s: %w", path, err)}
	case len(text) > maxPersonText:
		return "", &pipeline.InputError{Err: fmt.Errorf("--text %s: it has more than %d MiB: give the text of one person", path, maxPersonText>>20)}
	case !utf8.Valid(text):
		return "", &pipeline.InputError{Err: fmt.Errorf("--text %s: it is not plain UTF-8 text: save it as text, not as a document of a word processor", path)}
	}
	return string(text), nil
}

// personAnswer is what a command says about a person.
type personAnswer interface {
	text(io.Writer) error
	html(io.Writer) error
}

// printAnswer writes an answer in a format: table, json or html.
func printAnswer(cmd *cobra.Command, path, format string, answer personAnswer) error {
	return toOutput(cmd, path, func(w io.Writer) error {
		switch format {
		case "json":
			encode := json.NewEncoder(w)
			encode.SetEscapeHTML(false)
			encode.SetIndent("", "  ")
			return encode.Encode(answer)
		case "html":
			return answer.html(w)
		}
		return answer.text(w)
	})
}
