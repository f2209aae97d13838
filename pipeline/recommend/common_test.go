package recommend

import "testing"

// Half of ten markets ask for teamwork, four for pipes. Nine markets tell of none, nor does a
// share of nothing.
func TestCommon(t *testing.T) {
	const teamwork, pipes, chess = 0, 1, 2
	var markets []Market
	for i := range 10 {
		m := Market{Asked: []Asked{{Skill: chess}}}
		if i < 5 {
			m.Asked = append(m.Asked, Asked{Skill: teamwork, Share: 0.1})
		}
		if i < 4 {
			m.Asked = append(m.Asked, Asked{Skill: pipes, Share: 0.9})
		}
		markets = append(markets, m)
	}
	s := NewSpecificity(markets)
	if !s.Common(teamwork) || s.Common(pipes) || s.Common(chess) || NewSpecificity(markets[:9]).Common(teamwork) {
		t.Errorf("common: teamwork %v, pipes %v, chess %v", s.Common(teamwork), s.Common(pipes), s.Common(chess))
	}
}
