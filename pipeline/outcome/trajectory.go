package outcome

import (
	"slices"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// sequence is a table of states on entry and after: in which dimension each stands, -1 for
// none.
type sequence struct {
	name  string // employment or occupation
	at    horizon
	entry int
	after [3]int // after 6, 12 and 24 months
}

// steps are the horizons of a sequence.
var steps = [...]horizon{after6, after12, after24}

// addSequences plans the states that leavers go through: their status at every step, else on
// entry and at the last one; their major group of ISCO-08 on entry and at each. The answer
// whether they work, and the status on entry, are dimensions too, since a state tells them.
func (p *outcomePlan) addSequences() {
	var status, occupation [len(steps)]column
	entered := newColumn(newDimension("occupation on entry", true), len(p.spells))
	for i := range p.spells {
		status := p.entry[1].Categories[p.entry[1].codes[i]]
		entered.codes[i] = entered.code(majorName(status, p.l.taken[p.spells[i].first].major))
	}
	for k, h := range steps {
		status[k] = newColumn(newDimension("status "+h.String(), true), len(p.spells))
		occupation[k] = newColumn(newDimension("occupation "+h.String(), true), len(p.spells))
		for i := range p.spells {
			at := &p.seen[h][i]
			name := [...]string{NotKnown, employed, unemployed, inactive}[at.status]
			status[k].codes[i] = status[k].code(name)
			occupation[k].codes[i] = occupation[k].code(majorName(name, at.major))
		}
	}
	for k, h := range steps {
		works := slices.IndexFunc(p.asked, func(a asked) bool { return a.name == employed && a.at == h })
		if works < 0 || !p.asked[works].answered() {
			continue
		}
		answer := p.asked[works].column
		columns := append(append([]column{p.entry[0]}, status[:k+1]...), answer)
		s := sequence{name: employment, at: h, after: [3]int{-1, -1, -1}}
		for step := range k + 1 {
			s.after[step] = step + 1
		}
		if !p.addSequence(s, columns) && k > 0 {
			s.after = [3]int{-1, -1, -1}
			s.after[k] = 1
			p.addSequence(s, []column{p.entry[0], status[k], answer})
		}
		s = sequence{name: "occupation", at: h, after: [3]int{-1, -1, -1}}
		s.after[k] = 1
		p.addSequence(s, []column{entered, occupation[k], p.entry[1], answer})
	}
}

func (p *outcomePlan) addSequence(s sequence, columns []column) bool {
	rows := p.mature[s.at.String()]
	t := tabulation{rows: rows, measure: measureLeavers(s.at), columns: columns, roles: roles{time: -1, answer: -1, completion: -1, groups: []int{0}, sequence: &s}}
	return p.add(t)
}

// majorName names the major group of ISCO-08 in which a person works.
func majorName(status string, major byte) string {
	switch {
	case status == NotKnown:
		return NotKnown
	case status != employed:
		return notEmployed
	case major == 0:
		return NotKnown
	}
	return string(rune(major))
}

// SequenceKey says which states a row of trajectories is of.
type SequenceKey struct{ at place }

// Sequences lists the rows of the dataset trajectories.
func (o *Outcomes) Sequences() []SequenceKey {
	var keys []SequenceKey
	for _, t := range o.Tables {
		s := t.roles.sequence
		if s == nil {
			continue
		}
		last := s.after[slices.Index(steps[:], s.at)]
		for i := range t.Cells {
			at := t.Cells[i].At
			if !slices.ContainsFunc(at[last+1:], func(c int32) bool { return c != whole }) {
				keys = append(keys, SequenceKey{place{t, at}})
			}
		}
	}
	return keys
}

// Sequence makes a row of trajectories from protected figures.
func (o *Outcomes) Sequence(f *Figures, k SequenceKey) model.Trajectory {
	t := k.at.table
	s := t.roles.sequence
	state := func(place int) string {
		switch {
		case place < 0:
			return ""
		case k.at.at[place] == whole:
			return model.Total
		}
		return t.Dimensions[place].Categories[k.at.at[place]]
	}
	row := model.Trajectory{
		UnitKind: unitAll, UnitCode: model.Total, Sequence: s.name, Horizon: s.at.String(), OnEntry: state(s.entry),
		After6: state(s.after[0]), After12: state(s.after[1]), After24: state(s.after[2]),
		Participants: f.value(t.Name, t.Names(k.at.at)), Release: model.Release{ReleasedOn: o.l.basis.Release},
	}
	if row.Participants == nil {
		row.Suppressed, row.Rule = true, RuleDisclosure
	}
	return row
}
