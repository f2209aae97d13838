package reports

import (
	"strconv"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestUnknownIsNotZero: where no training is aligned and no year before is known, the
// key figures are empty and say why; where some skills are not tested, the others are
// the base.
func TestUnknownIsNotZero(t *testing.T) {
	s := newSample()
	for i := range s.cells {
		if c := &s.cells[i]; c.RegionCode == "DE" {
			c.SupplyUnit, c.Coverage, c.SupplyCredentials = nil, nil, 0
		}
	}
	digital, tested := 0, 0
	for i := range s.gaps {
		g := &s.gaps[i]
		if g.RegionCode == "DE" {
			*g = model.SkillGap{CellKey: g.CellKey, SkillURI: g.SkillURI, DemandShare: g.DemandShare, Uncovered: true}
		}
		if g.RegionCode == "FR" && g.OccupationCode == model.Total && g.Digital {
			if digital++; digital%2 == 0 {
				g.Emerging, g.Declining = nil, nil
			} else {
				tested++
			}
		}
	}
	db := s.write(t)
	for _, c := range []struct {
		report, region string
		want           string // columns and values; "" is null
	}{
		{"skill-gaps", "DE", "skills_short= skills_uncovered= compared=0 no_gaps=not_known:_no_training_is_aligned"},
		{"twin-transition", "DE", "short= emerging= compared=0 tested=0 no_gaps=not_known:_no_training_is_aligned no_year_before=not_known:_too_few_vacancies,_or_none,_a_year_before"},
		{"twin-transition", "FR", "no_gaps= no_year_before= tested=" + strconv.Itoa(tested) + " compared=" + strconv.Itoa(digital)},
	} {
		row := answer(t, db, c.report, map[string]string{"section": "figures", "region": c.region, "skills": map[string]string{"twin-transition": "digital", "skill-gaps": "all"}[c.report]})[0]
		for _, pair := range strings.Fields(c.want) {
			name, want, _ := strings.Cut(pair, "=")
			if got := strings.ReplaceAll(row[name], " ", "_"); got != want {
				t.Errorf("%s in %s: %s is %q, want %q", c.report, c.region, name, got, want)
			}
		}
	}
}
