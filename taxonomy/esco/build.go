package esco

import (
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// subject is a kind of concept.
type subject int

const (
	skill subject = iota
	group
	occupation
	iscoGroup
)

// concept is a concept while it is being put together.
type concept struct {
	uri, code           string // of an ISCO-08 group the code is its digits
	subject             subject
	isco                string
	skillType           taxonomy.SkillType
	reuseLevel          string
	flags               taxonomy.Flags
	broader             []*concept
	labels              []taxonomy.Label
	claims              []claim
	descriptions        []taxonomy.Text
	essential, optional []*concept
	relations           []relation // of a skill to skills
	index               int32      // in the taxonomy's list
}

// claim says which release gives the labels of a kind in a language.
type claim struct {
	language string
	kind     taxonomy.LabelKind
	release  release
}

type relation struct {
	to        *concept
	essential bool
}

// builder collects concepts by URI.
type builder struct {
	languages        []string // to keep; nil for all
	concepts         map[string]*concept
	unresolved       map[[3]string]bool // relation type, occupation, skill
	unknownRelations int
}

func newBuilder(languages []string) *builder {
	b := &builder{concepts: map[string]*concept{}, unresolved: map[[3]string]bool{}}
	for _, l := range languages {
		b.languages = append(b.languages, normaliseLanguage(l))
	}
	return b
}

// wants tells whether labels in the language are kept.
func (b *builder) wants(language string) bool {
	return b.languages == nil || slices.Contains(b.languages, language)
}

// define returns the concept, which is made if it is new; nil if the URI is that
// of another kind of concept.
func (b *builder) define(uri string, s subject) *concept {
	c := b.concepts[uri]
	if c == nil {
		c = &concept{uri: uri, subject: s}
		b.concepts[uri] = c
	}
	if c.subject != s {
		return nil
	}
	return c
}

// name sets the preferred label in a language, unless there is one: files are read
// from new to old.
func (c *concept) name(text, language string, r release) {
	if text != "" && !c.claimed(language, taxonomy.Preferred) {
		c.claims = append(c.claims, claim{language, taxonomy.Preferred, r})
		c.labels = append(c.labels, taxonomy.Label{Text: text, Language: language, Kind: taxonomy.Preferred})
	}
}

// alsoName adds labels of another kind, unless a newer release has spoken. A
// release that has none speaks too: what it took away does not come back.
func (c *concept) alsoName(texts []string, language string, kind taxonomy.LabelKind, r release) {
	own := claim{language, kind, r}
	if !c.claimed(language, kind) {
		c.claims = append(c.claims, own)
	}
	if !slices.Contains(c.claims, own) {
		return
	}
	for _, text := range texts {
		c.labels = append(c.labels, taxonomy.Label{Text: text, Language: language, Kind: kind})
	}
}

// claimed tells whether some release gives the labels of the kind.
func (c *concept) claimed(language string, kind taxonomy.LabelKind) bool {
	return slices.ContainsFunc(c.claims, func(o claim) bool { return o.language == language && o.kind == kind })
}

// describe adds a description, unless there is one in the language.
func (c *concept) describe(text, language string) {
	sameLanguage := func(t taxonomy.Text) bool { return t.Language == language }
	if text != "" && !slices.ContainsFunc(c.descriptions, sameLanguage) {
		c.descriptions = append(c.descriptions, taxonomy.Text{Text: text, Language: language})
	}
}

// splitLabels splits a field of labels, which stand one a line or, in some files,
// between bars.
func splitLabels(field string) []string {
	var texts []string
	for line := range strings.Lines(strings.ReplaceAll(field, " | ", "\n")) {
		if text := strings.TrimSpace(line); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}
