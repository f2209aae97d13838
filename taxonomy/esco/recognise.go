package esco

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// content is what a file holds. Files are read in this order.
type content int

const (
	concepts content = iota
	hierarchy
	labels
	collection
	broader
	occupationSkills
	skillSkills
	notNeeded
)

// shape is a header that is known, with the official name of files that have it.
type shape struct {
	content  content
	kind     string   // for people
	name     string   // without language and ending, in lower case
	required []string // columns
	flag     taxonomy.Flags
}

// shapes are tried from top to bottom. An official name decides, else the first
// shape whose columns are all there. The ICT collection of v1.1.0 became the
// digital one.
var shapes = [...]shape{
	{content: occupationSkills, kind: "occupation-skill relations", name: "occupationskillrelations", required: []string{"occupationUri", "relationType", "skillUri"}},
	{content: skillSkills, kind: "skill-skill relations", name: "skillskillrelations", required: []string{"originalSkillUri", "relationType", "relatedSkillUri"}},
	{content: broader, kind: "broader relations of occupations", name: "broaderrelationsoccpillar", required: []string{"conceptUri", "broaderUri"}},
	{content: broader, kind: "broader relations of skills", name: "broaderrelationsskillpillar", required: []string{"conceptUri", "broaderUri"}},
	{content: hierarchy, kind: "skills hierarchy", name: "skillshierarchy", required: []string{"Level 0 URI", "Level 0 preferred term"}},
	{content: notNeeded, kind: "concept schemes", name: "conceptschemes", required: []string{"conceptSchemeUri"}},
	{content: notNeeded, kind: "green shares", name: "greenshareocc", required: []string{"greenShare"}},
	{content: collection, kind: "green collection", name: "greenskillscollection", required: []string{"conceptUri"}, flag: taxonomy.Green},
	{content: collection, kind: "digital collection", name: "digitalskillscollection", required: []string{"conceptUri"}, flag: taxonomy.Digital},
	{content: collection, kind: "ICT collection", name: "ictskillscollection", required: []string{"conceptUri"}, flag: taxonomy.Digital},
	{content: collection, kind: "transversal collection", name: "transversalskillscollection", required: []string{"conceptUri"}, flag: taxonomy.Transversal},
	{content: collection, kind: "language collection", name: "languageskillscollection", required: []string{"conceptUri"}, flag: taxonomy.LanguageSkill},
	{content: collection, kind: "DigComp collection", name: "digcompskillscollection", required: []string{"conceptUri"}, flag: taxonomy.DigComp},
	{content: notNeeded, kind: "other collections", required: []string{"conceptUri", "broaderConceptUri"}},
	{content: concepts, kind: "skills", name: "skills", required: []string{"conceptUri", "skillType", "preferredLabel"}},
	{content: concepts, kind: "occupations", name: "occupations", required: []string{"conceptUri", "iscoGroup", "preferredLabel"}},
	{content: concepts, kind: "ISCO-08 groups", name: "iscogroups", required: []string{"conceptUri", "conceptType", "code", "preferredLabel"}},
	{content: concepts, kind: "skill groups", name: "skillgroups", required: []string{"conceptUri", "conceptType", "preferredLabel"}},
	{content: labels, kind: "labels", required: []string{"conceptUri", "preferredLabel"}},
}

// input is a source that was recognised.
type input struct {
	source
	read func(source, func(*table) error) error
	*shape
	language string  // "" if a column gives it, and for relations
	release  release // what the path, or else the caller, states
	defining bool    // see plan
}

// recogniseAll reads the header of every source.
func recogniseAll(found *finder, stated string) ([]*input, Report, error) {
	var inputs []*input
	var report Report
	for _, s := range found.sources {
		in := &input{source: s, read: found.read, release: releaseOf(s.path)}
		if in.release == (release{}) {
			in.release = statedRelease(stated)
		}
		reason := ""
		err := found.read(s, func(t *table) error {
			var err error
			reason, err = in.recognise(t)
			return err
		})
		if err != nil {
			return nil, Report{}, err
		}
		if reason != "" {
			report.Skipped = append(report.Skipped, SkippedFile{s.path, reason})
			continue
		}
		inputs = append(inputs, in)
	}
	return inputs, report, nil
}

// languageSuffix is the language at the end of a file's name.
var languageSuffix = regexp.MustCompile(`_([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)$`)

// recognise sets what the input holds from header and name. It returns a reason
// if the file is of no use.
func (in *input) recognise(t *table) (reason string, err error) {
	name := strings.ToLower(path.Base(strings.ReplaceAll(in.path, `\`, "/")))
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".csv")
	if m := languageSuffix.FindStringSubmatch(name); m != nil {
		in.language, name = normaliseLanguage(m[1]), strings.TrimSuffix(name, m[0])
	}
	if t.has("lang") || t.has("language") {
		in.language = "" // each row says
	}
	s, err := fit(t, name)
	if err != nil {
		return "", err
	}
	if s == nil && in.explicit {
		return "", &FileError{Path: in.path, Problem: fmt.Sprintf("its header is of no ESCO table: %.200s", strings.Join(t.row, ",")), Advice: "give the files of the ESCO CSV download, or a table with the columns conceptUri, lang, preferredLabel"}
	}
	if s == nil {
		return "its header is of no ESCO table", nil
	}
	in.shape = s
	switch {
	case s.content == notNeeded:
		return s.kind + " are not needed", nil
	case in.namesConcepts() && in.language == "" && !t.has("lang") && !t.has("language"):
		return "", &FileError{Path: in.path, Problem: "its language is unknown", Advice: "end its name with the language, as in skills_fr.csv, or add a column lang"}
	}
	return "", nil
}

// namesConcepts tells files with labels.
func (in *input) namesConcepts() bool {
	return in.content == concepts || in.content == labels || in.content == hierarchy
}

// fit finds the shape of a table; nil if it has none. An official name with a
// header that lacks something is an error: it is the right file, damaged.
func fit(t *table, name string) (*shape, error) {
	for i := range shapes {
		if s := &shapes[i]; s.name == name {
			if missing := s.missing(t); missing != "" && s.content != notNeeded {
				return nil, &FileError{Path: t.path, Problem: fmt.Sprintf("a file of %s needs the column %s", s.kind, missing), Advice: "get the file again from the ESCO portal, or rename it if it is something else"}
			}
			return s, nil
		}
	}
	for i := range shapes {
		if s := &shapes[i]; s.content != collection && s.missing(t) == "" {
			return s, nil // a collection is known only by its name
		}
	}
	return nil, nil
}

// missing names the first required column that the table lacks.
func (s *shape) missing(t *table) string {
	for _, column := range s.required {
		if !t.has(column) {
			return column
		}
	}
	return ""
}

func normaliseLanguage(tag string) string { return strings.ToLower(strings.TrimSpace(tag)) }
