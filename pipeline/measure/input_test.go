package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/measure"
	"github.com/skillsgap/skillsgap/pipeline/model"
)

const skillCount = 8

func region(t *rapid.T) [measure.RegionLevels]string {
	parts := strings.Split(rapid.SampledFrom([]string{"", "AT", "AT/AT1", "AT/AT1/AT11", "AT/AT1/AT13", "AT/AT2/AT21", "BE/BE1/BE10"}).Draw(t, "region"), "/")
	var codes [measure.RegionLevels]string
	copy(codes[:], parts)
	return codes
}

func day(t *rapid.T, label string) model.Date {
	if rapid.Bool().Draw(t, label+" stated") {
		return month.AddMonths(rapid.IntRange(-20, 3).Draw(t, label))
	}
	return 0
}

var postings = rapid.Custom(func(t *rapid.T) measure.Posting {
	p := measure.Posting{
		Month: month.AddMonths(rapid.IntRange(-14, 1).Draw(t, "month")), Regions: region(t),
		ISCO:       rapid.SampledFrom([]string{"", "2512", "2511", "5321"}).Draw(t, "isco"),
		Occupation: rapid.SampledFrom([]string{"", "coder", "nurse"}).Draw(t, "occupation"),
		Section:    rapid.SampledFrom([]string{"", "J", "U"}).Draw(t, "section"),
		Openings:   rapid.Int32Range(0, 5).Draw(t, "openings"),
		Employer:   rapid.SampledFrom([]string{"", "Alpha", "Beta"}).Draw(t, "employer"),
		OpenUntil:  day(t, "until"),
	}
	for s := range int32(skillCount) {
		if rapid.IntRange(0, 2).Draw(t, "asked") == 0 {
			p.Skills = append(p.Skills, measure.Ask{Skill: s, Probability: rapid.Int16Range(1, measure.Certain).Draw(t, "probability")})
		}
	}
	return p
})

var offers = rapid.Custom(func(t *rapid.T) measure.Offer {
	o := measure.Offer{
		Regions: region(t), Online: rapid.Bool().Draw(t, "online"),
		Places: rapid.Int32Range(0, 30).Draw(t, "places"), From: day(t, "from"), To: day(t, "to"),
	}
	if isco := rapid.SampledFrom([]string{"", "25", "2512", "5321"}).Draw(t, "isco"); isco != "" {
		o.ISCOs = []string{isco}
	}
	for s := range int32(skillCount) {
		if rapid.Bool().Draw(t, "taught") {
			o.Skills = append(o.Skills, measure.Ask{Skill: s, Probability: rapid.Int16Range(1, measure.Certain).Draw(t, "taught with")})
		}
	}
	return o
})

func input(t *rapid.T) *measure.Input {
	in := &measure.Input{
		Postings: rapid.SliceOfN(postings, 0, 40).Draw(t, "postings"),
		Offers:   rapid.SliceOfN(offers, 0, 12).Draw(t, "offers"),
		Profiles: map[string][]int32{"2": {0, 1, 2, 3}, "2512": {0, 1}, "nurse": {4, 5, 6}},
	}
	for s := range skillCount {
		in.Skills = append(in.Skills, measure.Skill{URI: fmt.Sprint("skill", s), Digital: s == 0, Green: s == 1, Transversal: s == 2})
	}
	return in
}

func TestWrongInputIsRefused(t *testing.T) {
	skills := []measure.Skill{{URI: "a"}, {URI: "b"}}
	ask := func(skill int32, probability int16) *measure.Input {
		return &measure.Input{Skills: skills, Postings: []measure.Posting{{Month: month, Skills: []measure.Ask{{Skill: 0, Probability: 1}, {Skill: skill, Probability: probability}}}}}
	}
	for name, c := range map[string]struct {
		in   *measure.Input
		opts measure.Options
		want string
	}{
		"order of skills":  {in: &measure.Input{Skills: []measure.Skill{{URI: "b"}, {URI: "a"}}}, want: `skill 1, "a", comes after "b"`},
		"no such skill":    {in: ask(2, 1), want: "posting 0: skill 2: want an index into 2 skills"},
		"skill twice":      {in: ask(0, 1), want: "skill 0 twice"},
		"probability 0":    {in: ask(1, 0), want: "probability 0"},
		"probability 2":    {in: ask(1, 20_000), want: "probability 20000"},
		"weight below 0":   {in: &measure.Input{Postings: []measure.Posting{{Month: month, Weight: -1}}}, want: "weight -1"},
		"no month":         {in: &measure.Input{Postings: []measure.Posting{{}}}, want: "no month"},
		"openings below 0": {in: &measure.Input{Postings: []measure.Posting{{Month: month, Openings: -1}}}, want: "-1 openings"},
		"places below 0":   {in: &measure.Input{Offers: []measure.Offer{{ID: "x", Places: -1}}}, want: `offer "x": -1 places`},
		"taught twice":     {in: &measure.Input{Skills: skills, Offers: []measure.Offer{{ID: "x", Skills: []measure.Ask{{Skill: 1, Probability: 1}, {Skill: 1, Probability: 1}}}}}, want: `offer "x": skill 1 twice`},
		"profile":          {in: &measure.Input{Skills: skills, Profiles: map[string][]int32{"25": {-1}}}, want: "profile of 25: skill -1"},
		"threshold":        {in: &measure.Input{}, opts: measure.Options{MinLinks: -1}, want: "want none below 0"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := measure.New(c.in, c.opts); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want … %s …", err, c.want)
			}
		})
	}
}
