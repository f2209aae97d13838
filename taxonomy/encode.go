package taxonomy

import "encoding/binary"

// payload encodes the content: equal taxonomies give equal bytes.
func (t *Taxonomy) payload() []byte {
	e := &encoder{}
	e.text(t.Release)
	encodeList(e, t.Releases, func(s *string) { e.text(*s) })
	encodeList(e, t.Languages, func(s *string) { e.text(*s) })
	encodeList(e, t.Skills, e.skill)
	encodeList(e, t.SkillGroups, e.group)
	encodeList(e, t.Occupations, e.occupation)
	encodeList(e, t.ISCOGroups, func(g *ISCOGroup) {
		e.text(g.Code)
		encodeList(e, g.Labels, e.label)
	})
	encodeList(e, t.SkillRelations, func(r *SkillRelation) {
		e.number(uint64(r.From))
		e.number(uint64(r.To))
		e.flag(r.Essential)
	})
	e.number(uint64(t.Unresolved.Essential))
	e.number(uint64(t.Unresolved.Optional))
	return e.bytes
}

// encoder appends fields to bytes.
type encoder struct{ bytes []byte }

func encodeList[T any](e *encoder, items []T, item func(*T)) {
	e.number(uint64(len(items)))
	for i := range items {
		item(&items[i])
	}
}

func (e *encoder) number(n uint64) { e.bytes = binary.AppendUvarint(e.bytes, n) }

func (e *encoder) flag(set bool) {
	if set {
		e.number(1)
	} else {
		e.number(0)
	}
}

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	e.bytes = append(e.bytes, s...)
}

func (e *encoder) label(l *Label) {
	e.number(uint64(l.Kind))
	e.text(l.Language)
	e.text(l.Text)
}

func (e *encoder) description(t *Text) {
	e.text(t.Language)
	e.text(t.Text)
}

func (e *encoder) skill(s *Skill) {
	e.text(s.URI)
	e.text(string(s.Type))
	e.text(s.ReuseLevel)
	e.number(uint64(s.Flags))
	encodeList(e, s.Broader, func(uri *string) { e.text(*uri) })
	encodeList(e, s.Labels, e.label)
	encodeList(e, s.Descriptions, e.description)
}

func (e *encoder) group(g *SkillGroup) {
	e.text(g.URI)
	e.text(g.Code)
	encodeList(e, g.Broader, func(uri *string) { e.text(*uri) })
	encodeList(e, g.Labels, e.label)
}

func (e *encoder) occupation(o *Occupation) {
	e.text(o.URI)
	e.text(o.Code)
	e.text(o.ISCO)
	encodeList(e, o.Broader, func(uri *string) { e.text(*uri) })
	encodeList(e, o.Labels, e.label)
	encodeList(e, o.Descriptions, e.description)
	encodeList(e, o.Essential, func(i *int32) { e.number(uint64(*i)) })
	encodeList(e, o.Optional, func(i *int32) { e.number(uint64(*i)) })
}
