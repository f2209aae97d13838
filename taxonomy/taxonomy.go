package taxonomy

import (
	"sort"
	"strings"
)

// Flags says in which of ESCO's thematic collections a skill is.
type Flags uint8

// The collections. The values are part of the file format.
const (
	Green         Flags = 1 << iota // skills for the green transition
	Digital                         // digital (ICT) skills
	Transversal                     // transversal skills: the collection, not the reuse level
	LanguageSkill                   // languages
	DigComp                         // skills of the Digital Competence Framework
)

// LabelKind says how a label names its concept.
type LabelKind uint8

// The kinds of label. The values are part of the file format.
const (
	Preferred   LabelKind = iota // the one official name in a language
	Alternative                  // another name that is in use
	Hidden                       // a name to find by and not to show
)

// Label is a name of a concept. Language is a BCP 47 tag such as "en".
type Label struct {
	Text, Language string
	Kind           LabelKind
}

// Text is a description of a concept in one language.
type Text struct {
	Text, Language string
}

// SkillType is ESCO's kind of skill.
type SkillType string

// The types of skill.
const (
	TypeSkill     SkillType = "skill"
	TypeKnowledge SkillType = "knowledge"
	TypeLanguage  SkillType = "language"
	TypeAttitude  SkillType = "attitude"
)

// Skill is an ESCO skill.
type Skill struct {
	URI          string
	Type         SkillType
	ReuseLevel   string // transversal, cross-sector, sector-specific, occupation-specific or ""
	Flags        Flags
	Broader      []string // URIs of groups or skills, ascending
	Labels       []Label  // ordered by language, kind, text
	Descriptions []Text   // ordered by language
}

// SkillGroup is a heading of the skills hierarchy or a field of education.
type SkillGroup struct {
	URI     string
	Code    string   // code in its hierarchy, as S1.2; may be ""
	Broader []string // URIs of groups, ascending
	Labels  []Label  // ordered by language, kind, text
}

// Occupation is an ESCO occupation.
type Occupation struct {
	URI                 string
	Code                string   // ESCO code, as 2654.1.7; may be ""
	ISCO                string   // ISCO-08 unit group, four digits
	Broader             []string // URIs of broader occupations, ascending; empty right below the unit group
	Labels              []Label  // ordered by language, kind, text
	Descriptions        []Text   // ordered by language
	Essential, Optional []int32  // indices into Taxonomy.Skills, ascending
}

// ISCOGroup is a group of ISCO-08: one digit (major group) to four (unit group).
type ISCOGroup struct {
	Code   string
	Labels []Label // ordered by language, kind, text
}

// SkillRelation says that skill To is essential or optional for skill From.
// From and To are indices into Taxonomy.Skills.
type SkillRelation struct {
	From, To  int32
	Essential bool
}

// Taxonomy is the concept graph of one release. It is read-only once built and
// then safe for concurrent use. The order of its lists is part of its contract:
// the methods search in them.
type Taxonomy struct {
	Release        string          // the release whose concepts and relations these are, as "ESCO v1.1.1"
	Releases       []string        // every release that gave something, newest first
	Languages      []string        // languages of the labels, ascending
	Skills         []Skill         // ordered by URI
	SkillGroups    []SkillGroup    // ordered by URI
	Occupations    []Occupation    // ordered by URI
	ISCOGroups     []ISCOGroup     // ordered by code
	SkillRelations []SkillRelation // ordered by From, To
	Unresolved     RelationCount   // published relations one end of which the release does not define
}

// RelationCount counts relations between occupations and skills.
type RelationCount struct {
	Essential, Optional int
}

// SkillIndex returns the position of the skill in Skills.
func (t *Taxonomy) SkillIndex(uri string) (int32, bool) {
	i, ok := sort.Find(len(t.Skills), func(i int) int { return strings.Compare(uri, t.Skills[i].URI) })
	return int32(i), ok
}

// SkillGroupIndex returns the position of the group in SkillGroups.
func (t *Taxonomy) SkillGroupIndex(uri string) (int32, bool) {
	i, ok := sort.Find(len(t.SkillGroups), func(i int) int { return strings.Compare(uri, t.SkillGroups[i].URI) })
	return int32(i), ok
}

// OccupationIndex returns the position of the occupation in Occupations.
func (t *Taxonomy) OccupationIndex(uri string) (int32, bool) {
	i, ok := sort.Find(len(t.Occupations), func(i int) int { return strings.Compare(uri, t.Occupations[i].URI) })
	return int32(i), ok
}

// SkillName returns the skill's preferred label in the language. It falls back
// to the tag without its region (fr for fr-BE), to English, to any language,
// and last to the URI; out of range it returns "".
func (t *Taxonomy) SkillName(i int32, language string) string {
	if i < 0 || int(i) >= len(t.Skills) {
		return ""
	}
	return Name(t.Skills[i].Labels, language, t.Skills[i].URI)
}

// OccupationName returns the occupation's preferred label with the fallbacks of
// SkillName.
func (t *Taxonomy) OccupationName(i int32, language string) string {
	if i < 0 || int(i) >= len(t.Occupations) {
		return ""
	}
	return Name(t.Occupations[i].Labels, language, t.Occupations[i].URI)
}

// ISCOName returns the preferred label of an ISCO-08 group of one to four
// digits with the fallbacks of SkillName; an unknown code gives the code.
func (t *Taxonomy) ISCOName(code, language string) string {
	i, ok := sort.Find(len(t.ISCOGroups), func(i int) int { return strings.Compare(code, t.ISCOGroups[i].Code) })
	if !ok {
		return code
	}
	return Name(t.ISCOGroups[i].Labels, language, code)
}

// Name returns the preferred label in the language, with the fallbacks of
// SkillName; fallback is returned when there is no preferred label at all.
func Name(labels []Label, language, fallback string) string {
	base, _, _ := strings.Cut(language, "-")
	best, bestRank := fallback, 4
	for _, l := range labels {
		if l.Kind != Preferred {
			continue
		}
		rank := 3
		switch l.Language {
		case language:
			return l.Text
		case base:
			rank = 1
		case "en":
			rank = 2
		}
		if rank < bestRank {
			best, bestRank = l.Text, rank
		}
	}
	return best
}

// RelationCount counts the relations between occupations and skills as the
// release publishes them, hence with those in Unresolved.
func (t *Taxonomy) RelationCount() RelationCount {
	count := t.Unresolved
	for i := range t.Occupations {
		count.Essential += len(t.Occupations[i].Essential)
		count.Optional += len(t.Occupations[i].Optional)
	}
	return count
}

// Relations is the sum of RelationCount.
func (t *Taxonomy) Relations() int {
	count := t.RelationCount()
	return count.Essential + count.Optional
}

// UnitGroup returns the occupations of an ISCO-08 unit group, indices into
// Occupations, ascending; none for any other code.
func (t *Taxonomy) UnitGroup(isco string) []int32 {
	var members []int32
	for i := range t.Occupations {
		if isco != "" && t.Occupations[i].ISCO == isco {
			members = append(members, int32(i))
		}
	}
	return members
}
