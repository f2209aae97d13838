package esco

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/skillsgap/skillsgap/taxonomy"
)

// essential is the value of the column relationType; the other is optional.
const essential = "essential"

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)

// reader takes the rows of one input into the builder.
type reader struct {
	*builder
	in     *input
	t      *table
	report FileReport
}

// read reads an input from the first row to the last.
func (b *builder) read(in *input) (FileReport, error) {
	r := &reader{builder: b, in: in, report: FileReport{Path: in.path, Kind: in.kind, Language: in.language, Release: in.release.name}}
	err := in.read(in.source, func(t *table) error {
		r.t = t
		for {
			more, err := t.next()
			if err != nil || !more {
				return err
			}
			r.report.Rows++
			r.row()
		}
	})
	return r.report, err
}

// row takes the current row.
func (r *reader) row() {
	switch r.in.content {
	case concepts, labels:
		r.conceptRow()
	case hierarchy:
		r.hierarchyRow()
	case collection:
		r.collectionRow()
	case broader:
		r.broaderRow()
	case occupationSkills:
		r.occupationSkillRow()
	case skillSkills:
		r.skillSkillRow()
	}
}

// bad counts a row that lacks what it needs.
func (r *reader) bad(format string, args ...any) {
	if r.report.BadRows == 0 {
		r.report.FirstBad = fmt.Sprintf("line %d: ", r.t.line) + fmt.Sprintf(format, args...)
	}
	r.report.BadRows++
}

// language is the language of the current row's labels.
func (r *reader) language() string {
	for _, column := range []string{"lang", "language"} {
		if l := r.t.get(column); l != "" {
			return normaliseLanguage(l)
		}
	}
	return r.in.language
}

// conceptRow defines a concept or looks it up, and names it.
func (r *reader) conceptRow() {
	uri := r.t.get("conceptUri")
	if uri == "" {
		r.bad("no conceptUri")
		return
	}
	c := r.concepts[uri]
	if r.in.defining {
		c = r.defineRow(uri)
		if c == nil {
			return
		}
	} else if c == nil {
		r.report.UnknownURIs++
		return
	}
	language := r.language()
	if !languageTag.MatchString(language) {
		r.bad("%q is no language tag such as en", language)
		return
	}
	if !r.wants(language) {
		return
	}
	c.name(r.t.get("preferredLabel"), language, r.in.release)
	if r.t.has("altLabels") {
		c.alsoName(splitLabels(r.t.get("altLabels")), language, taxonomy.Alternative, r.in.release)
	}
	if r.t.has("hiddenLabels") {
		c.alsoName(splitLabels(r.t.get("hiddenLabels")), language, taxonomy.Hidden, r.in.release)
	}
	c.describe(r.t.get("description"), language)
}

// defineRow makes the concept of the row; nil if the row is bad.
func (r *reader) defineRow(uri string) *concept {
	subject, ok := r.subject()
	if !ok {
		r.bad("conceptType %q is unknown", r.t.get("conceptType"))
		return nil
	}
	code, isco := r.t.get("code"), ""
	switch subject {
	case occupation:
		isco = unitGroup(r.t.get("iscoGroup"), code)
		if isco == "" {
			r.bad("occupation %s has no ISCO-08 unit group of four digits", uri)
			return nil
		}
	case iscoGroup:
		code = strings.TrimPrefix(code, "C")
		if !digits(code, 1, 4) {
			r.bad("ISCO-08 group %s has no code of one to four digits", uri)
			return nil
		}
	}
	c := r.define(uri, subject)
	if c == nil {
		r.bad("%s is already a concept of another kind", uri)
		return nil
	}
	c.code, c.isco, c.reuseLevel = code, isco, r.t.get("reuseLevel")
	c.skillType = skillType(r.t.get("skillType"))
	return c
}

// subject tells the kind of concept of the row by its column conceptType, else by
// the other columns.
func (r *reader) subject() (subject, bool) {
	switch strings.ToLower(r.t.get("conceptType")) {
	case "knowledgeskillcompetence":
		return skill, true
	case "occupation":
		return occupation, true
	case "skillgroup":
		return group, true
	case "iscogroup":
		return iscoGroup, true
	case "":
		if r.t.has("skillType") {
			return skill, true
		}
		return occupation, r.t.has("iscoGroup")
	}
	return 0, false
}

// skillType maps ESCO's words; what is unknown or empty is a skill.
func skillType(word string) taxonomy.SkillType {
	switch {
	case strings.HasPrefix(word, "knowledge"):
		return taxonomy.TypeKnowledge
	case strings.HasPrefix(word, "language"):
		return taxonomy.TypeLanguage
	case strings.HasPrefix(word, "attitude"):
		return taxonomy.TypeAttitude
	}
	return taxonomy.TypeSkill
}

// unitGroup is the ISCO-08 unit group of an occupation: its column, else the
// beginning of its code; "" if neither has four digits.
func unitGroup(column, code string) string {
	code, _, _ = strings.Cut(code, ".")
	for _, isco := range []string{strings.TrimPrefix(column, "C"), code} {
		if digits(isco, 4, 4) {
			return isco
		}
	}
	return ""
}

func digits(s string, least, most int) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, "0123456789") == ""
}
