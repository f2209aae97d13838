package reports

import "testing"

// TestOnlineCredentialsCountOnce: an online credential is compared with each country,
// and what it teaches counts once for each occupation, where vacancies are most.
func TestOnlineCredentialsCountOnce(t *testing.T) {
	figures := func(s *sample) (all [3]map[string]string) {
		db := s.write(t)
		for i, of := range [][2]string{{"alignment", "figures"}, {"alignment", "occupations"}, {"providers", "figures"}} {
			all[i] = answer(t, db, of[0], map[string]string{"section": of[1]})[0]
		}
		return all
	}
	s := newSample()
	before := figures(s)
	s.elsewhere = true
	after := figures(s)
	for i, columns := range [][]string{{"asked", "taught"}, {"skills_asked", "skills_taught", "essential_covered", "essential_skills"}, {"asked", "taught"}} {
		for _, c := range columns {
			if before[i][c] == "" || before[i][c] != after[i][c] {
				t.Errorf("%s: %s, and %s with a second country", c, before[i][c], after[i][c])
			}
		}
	}
}
