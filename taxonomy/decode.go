package taxonomy

import "errors"

// parse decodes a payload. Empty lists come back nil. Every text is a slice of
// the payload, which therefore stays in memory as long as the taxonomy does.
func parse(payload string) (*Taxonomy, error) {
	d := &decoder{rest: payload}
	t := &Taxonomy{
		Release:     d.text(),
		Releases:    decodeList(d, d.text),
		Languages:   decodeList(d, d.text),
		Skills:      decodeList(d, d.skill),
		SkillGroups: decodeList(d, d.group),
		Occupations: decodeList(d, d.occupation),
		ISCOGroups: decodeList(d, func() ISCOGroup {
			return ISCOGroup{Code: d.text(), Labels: decodeList(d, d.label)}
		}),
		SkillRelations: decodeList(d, func() SkillRelation {
			return SkillRelation{From: d.index(), To: d.index(), Essential: d.number(1) == 1}
		}),
		Unresolved: RelationCount{Essential: int(d.index()), Optional: int(d.index())},
	}
	if d.err == nil && d.rest != "" {
		d.err = errors.New("bytes after the end")
	}
	if d.err != nil {
		return nil, d.err
	}
	return t, t.Validate()
}

var errDamaged = errors.New("a field does not fit")

// decoder takes fields off the front of rest. After the first error every field
// is zero and every list empty.
type decoder struct {
	rest string
	err  error
}

// preallocate is the most items a list makes room for before they are read: a
// false count must not cost memory.
const preallocate = 1 << 14

func decodeList[T any](d *decoder, item func() T) []T {
	n := d.number(uint64(len(d.rest))) // an item takes a byte at least
	if n == 0 {
		return nil
	}
	items := make([]T, 0, min(n, preallocate))
	for range n {
		items = append(items, item())
		if d.err != nil {
			return nil
		}
	}
	return items
}

// number reads a number of at most limit.
func (d *decoder) number(limit uint64) uint64 {
	var n uint64
	for shift := 0; shift < 64 && shift/7 < len(d.rest); shift += 7 {
		b := d.rest[shift/7]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			d.rest = d.rest[shift/7+1:]
			if n > limit {
				return d.fail()
			}
			return n
		}
	}
	return d.fail()
}

func (d *decoder) fail() uint64 {
	if d.err == nil {
		d.err = errDamaged
	}
	d.rest = ""
	return 0
}

func (d *decoder) index() int32 { return int32(d.number(1<<31 - 1)) }

func (d *decoder) text() string {
	n := d.number(uint64(len(d.rest)))
	if n > uint64(len(d.rest)) { // the number itself took bytes
		n = d.fail()
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) label() Label {
	return Label{Kind: LabelKind(d.number(uint64(Hidden))), Language: d.text(), Text: d.text()}
}

func (d *decoder) description() Text { return Text{Language: d.text(), Text: d.text()} }

func (d *decoder) skill() Skill {
	return Skill{
		URI: d.text(), Type: SkillType(d.text()), ReuseLevel: d.text(), Flags: Flags(d.number(1<<8 - 1)),
		Broader: decodeList(d, d.text), Labels: decodeList(d, d.label), Descriptions: decodeList(d, d.description),
	}
}

func (d *decoder) group() SkillGroup {
	return SkillGroup{URI: d.text(), Code: d.text(), Broader: decodeList(d, d.text), Labels: decodeList(d, d.label)}
}

func (d *decoder) occupation() Occupation {
	return Occupation{
		URI: d.text(), Code: d.text(), ISCO: d.text(),
		Broader: decodeList(d, d.text), Labels: decodeList(d, d.label), Descriptions: decodeList(d, d.description),
		Essential: decodeList(d, d.index), Optional: decodeList(d, d.index),
	}
}
