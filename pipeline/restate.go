package pipeline

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
)

// Fields of texts that hold what a source states.
const (
	fieldSkills     = "skills"     // names of skills, one a line
	fieldOccupation = "occupation" // the source's own name of the occupation
)

// statements are what a source states and the rows of its record do not tell
// from what was linked. With them and its texts a record can be linked again that
// no feed lists any more.
type statements struct {
	occupations, isco08s []string
	skills               []prepare.Stated
}

// encode writes statements as a record keeps them.
func (s statements) encode() []string {
	var lines []string
	for _, uri := range s.occupations {
		lines = append(lines, "occupation "+uri)
	}
	for _, code := range s.isco08s {
		lines = append(lines, "isco08 "+code)
	}
	for _, k := range s.skills {
		lines = append(lines, fmt.Sprintf("skill %s %s %d %d", cmp.Or(k.URI, noURI), k.Relation, k.Start, k.End))
	}
	return lines
}

const noURI = "-" // of a skill that is stated by name

// decodeStatements reads what encode has written; the names of skills come from
// the texts.
func decodeStatements(lines []string, texts []model.Text) (statements, error) {
	var s statements
	names := textOf(texts, fieldSkills)
	for _, line := range lines {
		what, rest, _ := strings.Cut(line, " ")
		switch what {
		case "occupation":
			s.occupations = append(s.occupations, rest)
		case "isco08":
			s.isco08s = append(s.isco08s, rest)
		default:
			k := prepare.Stated{Field: fieldSkills}
			_, err := fmt.Sscan(rest, &k.URI, &k.Relation, &k.Start, &k.End)
			if err != nil || k.Start < 0 || k.Start > k.End || k.End > len(names) {
				return s, fmt.Errorf("read what the source states: %q: the snapshot before is damaged, run `skillsgap verify`", line)
			}
			if k.Name = names[k.Start:k.End]; k.URI == noURI {
				k.URI = ""
			}
			s.skills = append(s.skills, k)
		}
	}
	return s, nil
}

// statedSkill is a statement of a skill, guessed from a skill that was found: for
// records of a snapshot of schema 1, which kept no statements.
func statedSkill(uri, method, relation string, e model.Evidence) (prepare.Stated, bool) {
	k := prepare.Stated{Name: e.EvidenceText, Relation: relation, Field: e.EvidenceField, Start: int(e.EvidenceStart), End: int(e.EvidenceEnd)}
	if method == methodStated {
		k.URI = uri
	}
	return k, method != methodLinked
}

// textOf returns the text of a field, "" where there is none.
func textOf(texts []model.Text, field string) string {
	for i := range texts {
		if texts[i].Field == field {
			return texts[i].Text
		}
	}
	return ""
}
