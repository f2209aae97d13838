package esco

import (
	"fmt"
	"strings"
)

// levels is the depth of the skills hierarchy.
const levels = 4

// hierarchyRow defines and names the groups of one path of the hierarchy, from
// its top down. Fields at the end may be missing.
func (r *reader) hierarchyRow() {
	var above *concept
	for level := range levels {
		column := fmt.Sprintf("Level %d ", level)
		uri := r.t.get(column + "URI")
		if uri == "" {
			return
		}
		c := r.define(uri, group)
		if c == nil {
			r.bad("%s is a concept, not a group", uri)
			return
		}
		if c.code == "" {
			c.code = r.t.get(column + "code")
		}
		if r.wants(r.in.language) {
			c.name(r.t.get(column+"preferred term"), r.in.language, r.in.release)
		}
		if above != nil {
			c.broader = append(c.broader, above)
		}
		above = c
	}
}

func (r *reader) collectionRow() {
	c := r.concepts[r.t.get("conceptUri")]
	if c == nil || c.subject != skill {
		r.report.UnknownURIs++
		return
	}
	c.flags |= r.in.flag
}

func (r *reader) broaderRow() {
	from, to := r.concepts[r.t.get("conceptUri")], r.concepts[r.t.get("broaderUri")]
	if from == nil || to == nil {
		r.unknownRelations++
		return
	}
	from.broader = append(from.broader, to)
}

func (r *reader) occupationSkillRow() {
	kind := r.t.get("relationType")
	uri, skillURI := r.t.get("occupationUri"), r.t.get("skillUri")
	if !r.knownRelation(kind) {
		return
	}
	from, to := r.concepts[uri], r.concepts[skillURI]
	switch {
	case from == nil || to == nil || from.subject != occupation || to.subject != skill:
		r.unknownRelations++
		r.unresolved[[3]string{kind, strings.Clone(uri), strings.Clone(skillURI)}] = true
	case kind == essential:
		from.essential = append(from.essential, to)
	default:
		from.optional = append(from.optional, to)
	}
}

func (r *reader) skillSkillRow() {
	kind := r.t.get("relationType")
	if !r.knownRelation(kind) {
		return
	}
	from, to := r.concepts[r.t.get("originalSkillUri")], r.concepts[r.t.get("relatedSkillUri")]
	if from == nil || to == nil || from.subject != skill || to.subject != skill {
		r.unknownRelations++
		return
	}
	from.relations = append(from.relations, relation{to: to, essential: kind == essential})
}

func (r *reader) knownRelation(kind string) bool {
	if kind == essential || kind == "optional" {
		return true
	}
	r.bad("relationType %q is neither essential nor optional", kind)
	return false
}
