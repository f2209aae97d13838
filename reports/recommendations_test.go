package reports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
)

// TestHoursReckonedAreNotStated: what follows from ECTS is told apart.
func TestHoursReckonedAreNotStated(t *testing.T) {
	db := smallSample().write(t)
	figures := answer(t, db, "recommendations", map[string]string{"section": "figures"})[0]
	if stated, reckoned := fmt.Sprint(figures["hours_stated"]), fmt.Sprint(figures["hours_reckoned"]); stated != "1" || reckoned != "1" {
		t.Errorf("%s credentials state their hours and of %s they are reckoned, want 1 and 1", stated, reckoned)
	}
	var notes []string
	for _, row := range answer(t, db, "recommendations", map[string]string{"section": "bundles"}) {
		notes = append(notes, fmt.Sprint(row["credited_part"]))
	}
	if got := fmt.Sprintf("%q", notes); got != `["credited at 50 %" "reckoned from ECTS"]` {
		t.Errorf("notes %s", got)
	}
}

// sampleRecommendations are a bundle of two and one of a single credential.
func sampleRecommendations() []model.Recommendation {
	id := func(i int) string { return fmt.Sprintf("%032x", i+1) }
	price, hours, loss := model.Money(15000), 64.0, 0.05
	first := model.Recommendation{
		BundleID: "b1", Kind: "bundle", Month: sampleMonth, RegionCode: "FR10", RegionLevel: 2, OccupationCode: "2512", OccupationLevel: "isco4",
		Rank: 1, CredentialID: id(3), SkillsClosed: []string{skillURI(11), skillURI(12)}, MarginalGain: 0.4, CumulativeGain: 0.4, Wanted: 1, UpperBound: 0.75,
		Price: &price, Currency: "EUR", Hours: &hours, Credited: 0.5, RunnerUpID: id(4), RunnerUpLoss: &loss,
		NotClosed: []string{skillURI(13), skillURI(14), skillURI(15), skillURI(16)}, Reasons: []string{"It adds 40 % of what is wanted."},
	}
	second := first
	second.Rank, second.CredentialID, second.MarginalGain, second.CumulativeGain = 2, id(5), 0.2, 0.6
	second.SkillsClosed, second.NotClosed = []string{skillURI(13)}, []string{skillURI(14), skillURI(15), skillURI(16)}
	second.Price, second.Currency, second.Hours, second.RunnerUpID, second.RunnerUpLoss, second.Credited = nil, "", nil, "", nil, 1
	ects := 50.0
	second.Hours, second.HoursReckoned = &ects, true
	country := first
	country.BundleID, country.RegionCode, country.RegionLevel, country.UpperBound = "b2", "FR", 0, 0.4
	return []model.Recommendation{first, second, country}
}

func TestRecommendationsChooseAmongBundles(t *testing.T) {
	db := smallSample().write(t)
	for _, c := range []struct {
		params string
		want   []string // titles
	}{
		{"", []string{"Course 3", "Course 5"}},
		{"region_level=country", []string{"Course 3"}},
		{"region=fr10", []string{"Course 3", "Course 5"}},
		{"occupation=7", nil},
		{"max_price=150", []string{"Course 3"}}, // the other one's is not stated
		{"max_price=149", nil},
		{"max_hours=64", []string{"Course 3", "Course 5"}},
		{"max_hours=50", []string{"Course 5"}}, // reckoned from ECTS
		{"delivery_mode=in_person", []string{"Course 5"}},
		{"provider=provider 3", []string{"Course 3"}},
		{"accredited=yes", nil},
	} {
		params := map[string]string{"section": "bundles"}
		if name, value, ok := strings.Cut(c.params, "="); ok {
			params[name] = value
		}
		rows := answer(t, db, "recommendations", params)
		var titles []string
		for _, row := range rows {
			titles = append(titles, fmt.Sprint(row["title"]))
		}
		if fmt.Sprint(titles) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", c.params, titles, c.want)
		}
	}
	row := answer(t, db, "recommendations", map[string]string{"section": "bundles"})[0]
	const want = "Île-de-France · Software developers (2512): 60 % of the gaps; at most 75 % is possible. Stays open: administer ICT networks, cloud technologies, cyber security"
	if fmt.Sprint(row["bundle"]) != want {
		t.Errorf("heading %v, want %s", row["bundle"], want)
	}
	if got := fmt.Sprint(row["closes"]); got != "debug software, use Python (computer programming)" {
		t.Errorf("closes %s", got)
	}
}
