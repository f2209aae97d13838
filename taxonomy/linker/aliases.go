package linker

import (
	"bytes"
	_ "embed" // for aliases.csv
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// aliasFile holds what was learnt by reading what the linker finds in real
// texts. Columns: language, action, name, skill (URI, may be empty), reason.
// Actions:
//
//	skill    the name means the skill: whoever reads it would say so
//	name     vacancies say it so: as good as an alternative name of the taxonomy
//	hint     the name often means the skill: it ranks it, but is no evidence alone
//	drop     the label is no evidence in a text (with a URI: not of that skill)
//	nothing  the phrase means no skill, nor does any name inside it
//	aside    the sentence that has the phrase speaks of benefits, of how to
//	         apply and the like, and asks for nothing
//
//go:embed aliases.csv
var aliasFile []byte

// alias is a row of the file.
type alias struct {
	language, action, name, skill string
}

// loadAliases reads the rows of one language.
func loadAliases(language string) ([]alias, error) {
	r := csv.NewReader(bytes.NewReader(aliasFile))
	r.FieldsPerRecord = 5
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read aliases.csv: %w", err)
	}
	var aliases []alias
	for _, row := range rows[1:] {
		if row[4] == "" {
			return nil, fmt.Errorf("read aliases.csv: %q has no reason", row[2])
		}
		if row[0] == language {
			aliases = append(aliases, alias{language: row[0], action: row[1], name: row[2], skill: row[3]})
		}
	}
	return aliases, nil
}

// drops says which labels are no evidence: by label in small letters, the URIs of
// the skills, "" for all.
type drops map[string][]string

func dropsOf(aliases []alias) drops {
	d := drops{}
	for _, a := range aliases {
		if a.action == "drop" {
			key := strings.ToLower(a.name)
			d[key] = append(d[key], a.skill)
		}
	}
	return d
}

func (d drops) has(label, uri string) bool {
	for _, skill := range d[strings.ToLower(strings.TrimSpace(label))] {
		if skill == "" || skill == uri {
			return true
		}
	}
	return false
}

// addReviewed adds the names of the file. A skill that the taxonomy lacks is
// passed over: the file serves any release.
func (s *nameSet) addReviewed(t *taxonomy.Taxonomy, aliases []alias) error {
	for _, a := range aliases {
		n := name{text: a.name, skill: none}
		switch a.action {
		case "skill", "name", "hint":
			i, ok := t.SkillIndex(a.skill)
			if !ok {
				continue
			}
			n.kind, n.skill = map[string]kind{"skill": reviewed, "name": spoken, "hint": hint}[a.action], i
		case "nothing":
			n.kind = nothing
		case "aside":
			n.kind = aside
		case "drop":
			continue
		default:
			return fmt.Errorf("read aliases.csv: unknown action %q of %q", a.action, a.name)
		}
		s.add(n, a.name)
	}
	return nil
}
