package pipeline

import (
	"cmp"
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/taxonomy"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

// How a fact was found.
const (
	methodStated     = "stated"      // the source gives the URI
	methodStatedName = "stated-name" // the source gives a name in a list of skills
	methodLinked     = "linked"      // found in running text
)

// MinOccupation is the probability of the ISCO-08 unit group below which a title
// is left without occupation. Among the hundred most frequent titles of the health
// feed, read one by one, nearly all above it are right and most below it wrong.
const MinOccupation = 0.3

// linking turns prepared records into facts. It is safe for concurrent use.
type linking struct {
	taxonomy *taxonomy.Taxonomy
	linker   *linker.Linker
	names    *memo[named]                    // of skill names
	titles   *memo[[]linker.OccupationMatch] // of job titles
}

// named is the skill that a name stands for, if any.
type named struct {
	match linker.Match
	ok    bool
}

func newLinking(t *taxonomy.Taxonomy, l *linker.Linker) linking {
	return linking{taxonomy: t, linker: l, names: &memo[named]{}, titles: &memo[[]linker.OccupationMatch]{}}
}

func (l linking) name(name, language string) named {
	return l.names.get(name, language, func(name, language string) named {
		m, ok := l.linker.Name(name, language)
		return named{m, ok}
	})
}

// classify returns the likeliest groups of a title. The answer to a title without a
// description is remembered.
func (l linking) classify(title, description, language string) []linker.OccupationMatch {
	if description != "" {
		return l.linker.Classify(title, description, language, groupsOfTitle)
	}
	return l.titles.get(title, language, func(title, language string) []linker.OccupationMatch {
		return l.linker.Classify(title, "", language, groupsOfTitle)
	})
}

// groupsOfTitle is among how many groups of a title that of its source is looked
// for.
const groupsOfTitle = 5

// found is a skill found in a record, at its best evidence.
type found struct {
	skill    int32
	score    model.Score
	method   string
	relation string
	evidence model.Evidence
}

// occupation fills occupation and ISCO-08 group of a vacancy: as stated, else
// from its title, else from the feed's own category, which is often wider. A
// stated group is kept, and no occupation of another group is taken then.
func (l linking) occupation(v *prepare.Vacancy) {
	if i, ok := l.taxonomy.OccupationIndex(v.OccupationURI); ok {
		v.ISCO08, v.OccupationScore = l.taxonomy.Occupations[i].ISCO, model.ScoreOf(1)
		return
	}
	v.OccupationURI = ""
	if v.ISCO08 != "" {
		v.OccupationScore = model.ScoreOf(1)
	}
	description := textOf(v.Texts, "description")
	for _, title := range []string{v.Title, v.OccupationTitle} {
		for _, m := range l.classify(title, description, v.Language) {
			if m.Score < MinOccupation || v.ISCO08 != "" && v.ISCO08 != m.ISCO {
				continue
			}
			if m.Occupation >= 0 {
				v.OccupationURI = l.taxonomy.Occupations[m.Occupation].URI
			}
			if v.ISCO08 == "" {
				v.ISCO08, v.OccupationScore = m.ISCO, model.ScoreOf(m.Score)
			}
			return
		}
	}
}

// groups adds the ISCO-08 groups of the stated occupations to the stated groups.
func (l linking) groups(occupations, stated []string) []string {
	all := slices.Clone(stated)
	for _, uri := range occupations {
		if i, ok := l.taxonomy.OccupationIndex(uri); ok {
			all = append(all, l.taxonomy.Occupations[i].ISCO)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// vacancy returns the skills of a vacancy: those its source states, and those
// its description and requirements name. Titles name the occupation.
func (l linking) vacancy(v *prepare.Vacancy) []model.VacancySkill {
	fs := l.stated(v.Skills, v.Texts, v.Language)
	for i := range v.Texts {
		if f := v.Texts[i].Field; f == "description" || f == "requirements" {
			fs = append(fs, l.linked(&v.Texts[i], "")...)
		}
	}
	rows := make([]model.VacancySkill, 0, len(fs))
	for _, f := range best(fs, false) {
		rows = append(rows, model.VacancySkill{
			PostedMonth: v.PostedMonth, VacancyID: v.VacancyID, SkillURI: l.taxonomy.Skills[f.skill].URI,
			Score: f.score, Method: f.method, Requirement: f.relation, Evidence: f.evidence,
		})
	}
	return rows
}

// credential returns the skills of a credential: those its source states, and
// those its title, outcomes and description name, which it is taken to teach.
func (l linking) credential(c *prepare.Credential) []model.CredentialSkill {
	language := ""
	if len(c.Language) == 1 {
		language = c.Language[0]
	}
	fs := l.stated(c.Skills, c.Texts, language)
	for i := range c.Texts {
		switch c.Texts[i].Field {
		case "title", "outcomes", "description":
			fs = append(fs, l.linked(&c.Texts[i], "teaches")...)
		case "requirements":
			fs = append(fs, l.linked(&c.Texts[i], "requires")...)
		}
	}
	rows := make([]model.CredentialSkill, 0, len(fs))
	for _, f := range best(fs, true) {
		rows = append(rows, model.CredentialSkill{
			CredentialID: c.CredentialID, SkillURI: l.taxonomy.Skills[f.skill].URI,
			Score: f.score, Method: f.method, Relation: f.relation, Evidence: f.evidence,
		})
	}
	return rows
}

// stated resolves the skills that a record lists by URI or name.
func (l linking) stated(skills []prepare.Stated, texts []model.Text, language string) []found {
	var fs []found
	for _, s := range skills {
		f := found{method: methodStated, score: model.ScoreOf(1), relation: s.Relation}
		i, ok := l.taxonomy.SkillIndex(s.URI)
		if !ok {
			n := l.name(s.Name, language)
			if !n.ok {
				continue
			}
			i, f.method, f.score = n.match.Skill, methodStatedName, model.ScoreOf(n.match.Score)
		}
		f.skill = i
		f.evidence = model.Evidence{EvidenceField: s.Field, EvidenceStart: int32(s.Start), EvidenceEnd: int32(s.End)}
		for j := range texts {
			if texts[j].Field == s.Field {
				f.evidence.EvidenceText = texts[j].Text[s.Start:s.End]
			}
		}
		fs = append(fs, f)
	}
	return fs
}

// linked returns the skills that a text names; without a relation, as the text
// asks for them.
func (l linking) linked(t *model.Text, relation string) []found {
	var fs []found
	for _, m := range l.linker.Link(t.Text, t.Language) {
		fs = append(fs, found{
			skill: m.Skill, score: model.ScoreOf(m.Score), method: methodLinked, relation: cmp.Or(relation, m.Requirement),
			evidence: model.Evidence{EvidenceField: t.Field, EvidenceStart: int32(m.Start), EvidenceEnd: int32(m.End), EvidenceText: t.Text[m.Start:m.End]},
		})
	}
	return fs
}

// best keeps one finding per skill (and relation, where byRelation): stated
// before named before linked, then the higher score, then the earlier place.
func best(fs []found, byRelation bool) []found {
	same := func(a, b found) int {
		c := cmp.Compare(a.skill, b.skill)
		if byRelation {
			c = cmp.Or(c, cmp.Compare(a.relation, b.relation))
		}
		return c
	}
	slices.SortStableFunc(fs, func(a, b found) int {
		return cmp.Or(same(a, b), cmp.Compare(rank(a.method), rank(b.method)), cmp.Compare(b.score, a.score),
			cmp.Compare(a.evidence.EvidenceField, b.evidence.EvidenceField), cmp.Compare(a.evidence.EvidenceStart, b.evidence.EvidenceStart))
	})
	return slices.CompactFunc(fs, func(a, b found) bool { return same(a, b) == 0 })
}

func rank(method string) int {
	return slices.Index([]string{methodStated, methodStatedName, methodLinked}, method)
}
