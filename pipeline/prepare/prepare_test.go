package prepare_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"pgregory.net/rapid"
)

const skill = "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d"

func TestVacancy(t *testing.T) {
	p := preparer(t, "2024-03-31")
	r := &source.Vacancy{
		SourceID: "V-1", URL: "https://jobs.example.org/1", Title: "Care assistant", Employer: "North Lane Care",
		Description: "<p>You care for residents.</p>", Responsibilities: "Serve meals", Qualifications: "Certificate", Experience: "One year",
		NACE: "87.30", ISCO08: "5321", OccupationTitle: "health care assistant",
		Place:    source.Place{Locality: "Leeds", Country: "UK"},
		PostedOn: "2024-03-01T09:30:00+01:00", ExpiresOn: "2024-04-01", Openings: "3", Language: "English",
		Salary: source.Salary{Min: "21000", Max: "23500", Currency: "GBP", Unit: "YEAR"},
		Skills: []source.StatedSkill{{Name: "personal care"}, {URI: skill, Name: "Python", Relation: "preferred"}, {Name: "personal care"}, {URI: skill}},
	}
	v, broken := p.Vacancy("jobs", r)
	if broken != nil {
		t.Fatal(broken)
	}
	checkVacancy(t, &v)
	low, high := model.Money(2100000), model.Money(2350000)
	march := model.NewDate(2024, 3, 1)
	want := model.Vacancy{
		PostedMonth: march, VacancyID: v.VacancyID, Version: 1, Source: "jobs", SourceID: "V-1", URL: "https://jobs.example.org/1",
		Title: "Care assistant", Employer: "North Lane Care", NACE: "87.30", ISCO08: "5321", OccupationScore: 10000,
		RegionCode: "UKE42", RegionScheme: "NUTS2021", RegionLevel: 3, RegionMethod: "name", Country: "GB",
		PostedOn: march, FirstSeenOn: model.NewDate(2024, 3, 31), ExpiresOn: model.NewDate(2024, 4, 1), Openings: 3, Language: "en",
		SalaryMin: &low, SalaryMax: &high, Currency: "GBP", SalaryPeriod: "year", ContentHash: v.ContentHash,
	}
	if !reflect.DeepEqual(v.Vacancy, want) {
		t.Errorf("got  %+v\nwant %+v", v.Vacancy, want)
	}
	var texts []string
	for _, text := range v.Texts {
		texts = append(texts, text.Field+": "+text.Text)
	}
	wantTexts := []string{"description: You care for residents.\nServe meals", "occupation: health care assistant", "requirements: Certificate\nOne year", "skills: personal care\nPython\n" + skill, "title: Care assistant"}
	if !slices.Equal(texts, wantTexts) {
		t.Errorf("texts %q", texts)
	}
	wantSkills := []prepare.Stated{
		{Name: "personal care", Relation: "required", Field: "skills", Start: 0, End: 13},
		{URI: skill, Name: "Python", Relation: "preferred", Field: "skills", Start: 14, End: 20},
		{URI: skill, Relation: "required", Field: "skills", Start: 21, End: 21 + len(skill)},
	}
	if !slices.Equal(v.Skills, wantSkills) {
		t.Errorf("skills %+v", v.Skills)
	}
}

func TestVacancyRules(t *testing.T) {
	p := preparer(t, "2024-03-31")
	for _, c := range []struct {
		rule string
		v    source.Vacancy
	}{
		{source.RuleTitleMissing, source.Vacancy{Title: "<p> </p>"}},
		{source.RuleDateUnreadable, source.Vacancy{Title: "x", PostedOn: "31/12/2023"}},
		{source.RuleDateUnreadable, source.Vacancy{Title: "x", ExpiresOn: "2024-13-01"}},
		{source.RuleDateUnreadable, source.Vacancy{Title: "x", PostedOn: "2150-01-01"}},
		{source.RulePostedAfterAsOf, source.Vacancy{Title: "x", PostedOn: "2024-04-01"}},
		{source.RuleOpeningsAbsurd, source.Vacancy{Title: "x", Openings: "20000"}},
		{"", source.Vacancy{Title: "x", PostedOn: "2024-03-31"}},
		{"", source.Vacancy{Title: "x", PostedOn: "soon", Openings: "several"}},
		{"", source.Vacancy{Title: "x", PostedOn: "2024-03-01", ExpiresOn: "2024-02-01"}},
	} {
		v, broken := p.Vacancy("jobs", &c.v)
		rule := ""
		if broken != nil {
			rule = broken.Rule
		}
		if rule != c.rule {
			t.Errorf("%+v breaks %q, want %q", c.v, rule, c.rule)
		}
		if rule == "" && (v.Openings != 1 || v.ExpiresOn != 0 || v.PostedMonth != model.NewDate(2024, 3, 1)) {
			t.Errorf("vacancy %+v", v.Vacancy)
		}
	}
}

// TestDatesLeftOut: dates that no count depends on reject nothing, and ends
// that are none are not stated.
func TestDatesLeftOut(t *testing.T) {
	p := preparer(t, "2024-03-31")
	c, broken := p.Credential("courses", &source.Credential{
		Title: "x", Languages: []string{"en"}, StartsOn: "2024-05-01", EndsOn: "2100-01-01",
		UpdatedOn: "31/12/2023", QAValidTo: "2024-13-01", ApplicationDeadline: "week 7",
	})
	if broken != nil || c.EndsOn != 0 || c.UpdatedOn != 0 || c.QAValidTo != 0 || c.ApplicationDeadline != 0 {
		t.Errorf("%+v, %v", c.Credential, broken)
	}
	v, broken := p.Vacancy("jobs", &source.Vacancy{Title: "x", Language: "en", PostedOn: "2024-03-01", ExpiresOn: "2150-12-31"})
	if broken != nil || v.ExpiresOn != 0 {
		t.Errorf("%+v, %v", v.Vacancy, broken)
	}
}

func TestIdentity(t *testing.T) {
	p, later := preparer(t, "2024-03-31"), preparer(t, "2024-04-30")
	read := func(p *prepare.Preparer, v source.Vacancy) prepare.Vacancy {
		got, broken := p.Vacancy("jobs", &v)
		if broken != nil {
			t.Fatal(broken)
		}
		return got
	}
	base := source.Vacancy{SourceID: "1", Title: "Cook", Description: "You cook.", Language: "en"}
	a, b := read(p, base), read(later, base)
	if a.ContentHash != b.ContentHash || a.VacancyID != b.VacancyID {
		t.Error("identity depends on the as-of date")
	}
	other := base
	other.Description = "You bake."
	if c := read(p, other); c.ContentHash == a.ContentHash || c.VacancyID != a.VacancyID {
		t.Error("other content must give another hash and the same id")
	}
	anonymous := base
	anonymous.SourceID = ""
	if c := read(p, anonymous); c.SourceID != c.ContentHash || c.VacancyID == a.VacancyID {
		t.Errorf("without id and URL the id is %s", c.SourceID)
	}
	anonymous.URL = "https://x.example.org/1"
	if c := read(p, anonymous); c.SourceID != anonymous.URL {
		t.Errorf("without id the id is %s", c.SourceID)
	}
}

func TestLanguageDetected(t *testing.T) {
	p := preparer(t, "2024-03-31")
	for want, text := range map[string]string{
		"en": "You look after the residents and prepare their meals every day.",
		"fr": "Vous accompagnez les résidents et préparez leurs repas tous les jours.",
		"de": "Sie betreuen die Bewohner und bereiten täglich ihre Mahlzeiten zu.",
		"pl": "Opiekujesz się mieszkańcami i codziennie przygotowujesz im posiłki.",
	} {
		v, broken := p.Vacancy("jobs", &source.Vacancy{Title: "X", Description: text})
		if broken != nil || v.Language != want || v.Texts[0].Language != want {
			t.Errorf("%q is %q, want %s", text, v.Language, want)
		}
	}
}

// TestConcurrentUse prepares the same records from several goroutines; under
// the race detector it shows that a Preparer can be shared.
func TestConcurrentUse(t *testing.T) {
	p := preparer(t, "2024-03-31")
	record := source.Vacancy{SourceID: "1", Title: "Kok", Description: "Kok gezocht (m/v), start direct, Leiden."}
	want, _ := p.Vacancy("jobs", &record)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if got, broken := p.Vacancy("jobs", &record); broken != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v", got, broken)
			}
		})
	}
	group.Wait()
}

func TestUnknownSkillURI(t *testing.T) {
	p, err := prepare.New(prepare.Options{AsOf: 1, Regions: regions(t), SkillURI: func(string) bool { return false }})
	if err != nil {
		t.Fatal(err)
	}
	v, broken := p.Vacancy("jobs", &source.Vacancy{Title: "x", Language: "en", Skills: []source.StatedSkill{{URI: skill, Name: "Python"}, {URI: skill}}})
	if broken != nil || len(v.Skills) != 1 || v.Skills[0].URI != "" || v.Skills[0].Name != "Python" {
		t.Errorf("skills %+v", v.Skills)
	}
}

func TestNewNeedsDateAndLists(t *testing.T) {
	if _, err := prepare.New(prepare.Options{AsOf: 1}); err == nil {
		t.Error("no error without code lists")
	}
	if _, err := prepare.New(prepare.Options{Regions: regions(t)}); err == nil {
		t.Error("no error without as-of date")
	}
}

func TestMarkDuplicates(t *testing.T) {
	p := preparer(t, "2024-03-31")
	read := func(id, title, posted, locality string) prepare.Vacancy {
		v, broken := p.Vacancy("jobs", &source.Vacancy{
			SourceID: id, Title: title, Description: "You cook.", PostedOn: posted, Language: "en", Place: source.Place{Country: "GB", Locality: locality},
		})
		if broken != nil {
			t.Fatal(broken)
		}
		return v
	}
	vs := []prepare.Vacancy{
		read("undated", "Cook", "", "Leeds"), read("late", "COOK", "2024-03-02", "Leeds"), read("early", "Cook!", "2024-03-01", "leeds"),
		read("elsewhere", "Cook", "2024-03-01", "Headingley"), read("other", "Baker", "2024-03-01", "Leeds"),
	}
	early := vs[2].VacancyID
	for range 5 {
		rand.Shuffle(len(vs), func(i, j int) { vs[i], vs[j] = vs[j], vs[i] })
		markDuplicates(vs)
		for _, v := range vs {
			of := ""
			if v.SourceID == "undated" || v.SourceID == "late" {
				of = early
			}
			if v.DuplicateOf != of {
				t.Errorf("%s repeats %q", v.SourceID, v.DuplicateOf)
			}
		}
	}
}

func TestCredential(t *testing.T) {
	p := preparer(t, "2024-03-31")
	c, broken := p.Credential("courses", &source.Credential{
		SourceID: "C-1", Kind: "MicroCredential", Title: "Warehouse operative", Description: "Learn it.", Provider: "North Lane College",
		ProviderID: "ce-9", Place: source.Place{Locality: "Galway", Country: "Ireland"}, Languages: []string{"English", "en-IE", "Irish"},
		TextLanguage: "en-US", DeliveryMode: "BlendedDelivery", Schedule: "Evenings", Hours: "PT60H", HoursPerWeek: "5", Duration: "12 weeks",
		Credits: "5", CreditScheme: "ECTS credit points", EQFLevel: "Level 4", ISCEDF: "http://data.europa.eu/snb/isced-f/1041",
		Price: "450.0", Currency: "Euro", AssessmentType: "Practical test", LearningOutcomes: []string{"Pack goods", "Pack goods", "Count stock"},
		Prerequisites: []string{"Age 16"}, QAScheme: "Quality Board", QAValidTo: "2025-12-31", WorkPlacement: "yes",
		OccupationURIs: []string{"http://data.europa.eu/esco/occupation/x"}, ISCO08s: []string{"4321", "9999"},
		StartsOn: "2024-05-01", EndsOn: "2024-07-24", Places: "20",
		Skills: []source.StatedSkill{{Name: "stock keeping", Relation: "assesses"}, {Name: "packing"}},
		Parts:  []source.LinkRef{{Kind: "requires", ID: "C-0"}, {Kind: "has_part", ID: "C-2"}, {Kind: "part_of", ID: "C-3"}, {Kind: "part_of", ID: "C-1"}},
	})
	if broken != nil {
		t.Fatal(broken)
	}
	checkTexts(t, c.CredentialID, c.ContentHash, c.Texts, c.Skills)
	five, sixty, weekly, days, price, yes := 5.0, 60.0, 5.0, int32(84), model.Money(45000), true
	want := model.Credential{
		CredentialID: c.CredentialID, Version: 1, Source: "courses", SourceID: "C-1", Kind: "MicroCredential", Conformity: "micro_credential",
		ConformityTests: []string{"assessment=pass", "volume=pass", "stand_alone_value=pass", "quality_assurance=pass"},
		Title:           "Warehouse operative", ProviderID: "ce-9", Provider: "North Lane College", Country: "IE", RegionCode: "IE042", RegionScheme: "NUTS2021",
		RegionLevel: 3, Language: []string{"en", "ga"}, DeliveryMode: "blended", Schedule: "evening", Hours: &sixty, HoursPerWeek: &weekly,
		DurationDays: &days, Credits: &five, CreditScheme: "ECTS", ECTS: &five, EQFLevel: 4, ISCEDF: "1041", Price: &price, Currency: "EUR",
		AssessmentType: "Practical test", LearningOutcomes: []string{"Pack goods", "Count stock"}, Prerequisites: []string{"Age 16"},
		WorkPlacement: &yes, QAScheme: "Quality Board", QAStatus: "valid", QAValidTo: model.NewDate(2025, 12, 31),
		OccupationURIs: []string{"http://data.europa.eu/esco/occupation/x"}, ISCO08s: []string{"4321"},
		StartsOn: model.NewDate(2024, 5, 1), EndsOn: model.NewDate(2024, 7, 24), Places: 20, FirstSeenOn: model.NewDate(2024, 3, 31),
		ElementsPresent: []string{"title", "issuer_country", "awarding_body", "learning_outcomes", "workload", "level", "assessment_type", "participation_form", "qa_type"},
		ContentHash:     c.ContentHash,
	}
	if !reflect.DeepEqual(c.Credential, want) {
		t.Errorf("got  %+v\nwant %+v", c.Credential, want)
	}
	kinds := map[string]int{}
	for _, l := range c.Links {
		kinds[l.Kind]++
		if fromHere := l.FromID == c.CredentialID; !l.Declared || l.FromID == l.ToID || !fromHere && l.ToID != c.CredentialID {
			t.Errorf("link %+v", l)
		}
	}
	if !reflect.DeepEqual(kinds, map[string]int{"prerequisite": 1, "part_of": 2}) {
		t.Errorf("links %+v", c.Links)
	}
	if c.Skills[0].Relation != "assesses" || c.Skills[1].Relation != "teaches" {
		t.Errorf("skills %+v", c.Skills)
	}
}

func TestCredentialRules(t *testing.T) {
	p := preparer(t, "2024-03-31")
	for rule, c := range map[string]source.Credential{
		source.RuleTitleMissing:   {},
		source.RuleDateUnreadable: {Title: "x", StartsOn: "1.5.24"},
		source.RuleDatesReversed:  {Title: "x", StartsOn: "2024-05-01", EndsOn: "2024-04-01"},
	} {
		if _, broken := p.Credential("courses", &c); broken == nil || broken.Rule != rule || broken.Message == "" {
			t.Errorf("%+v: %v, want %s", c, broken, rule)
		}
	}
}

func TestConformity(t *testing.T) {
	p := preparer(t, "2024-03-31")
	for _, c := range []struct {
		want   string
		failed string
		c      source.Credential
	}{
		{"micro_credential", "", source.Credential{Kind: "Badge", AssessmentType: "exam", ECTS: "4", QAScheme: "Board"}},
		{"unknown", "", source.Credential{Kind: "MicroCredential", AssessmentType: "exam", QAScheme: "Board"}},
		{"unknown", "", source.Credential{}},
		{"full_qualification", "volume", source.Credential{Kind: "BachelorDegree"}},
		{"full_qualification", "volume", source.Credential{Kind: "MicroCredential", ECTS: "120", AssessmentType: "exam", QAScheme: "Board"}},
		{"full_qualification", "volume", source.Credential{Kind: "Certificate", Hours: "1500"}},
		{"unknown", "", source.Credential{Kind: "Certificate", Hours: "1100"}},
		{"attendance_only", "assessment", source.Credential{Kind: "Badge", AssessmentType: "none", ECTS: "1", QAScheme: "Board"}},
		{"attendance_only", "assessment", source.Credential{Kind: "CertificateOfParticipation"}},
		{"short_course", "quality_assurance", source.Credential{Kind: "Certificate", AssessmentType: "exam", ECTS: "4", QAScheme: "Board", QAValidTo: "2024-03-30"}},
		{"short_course", "quality_assurance", source.Credential{Kind: "Certificate", AssessmentType: "exam", ECTS: "4", QAScheme: "none"}},
		{"short_course", "stand_alone_value", source.Credential{Kind: "Course module", AssessmentType: "exam", ECTS: "4", QAScheme: "Board"}},
		{"unknown", "", source.Credential{Kind: "LearningOpportunityProfile", AssessmentType: "exam", ECTS: "4", QAScheme: "Board"}},
	} {
		c.c.Title, c.c.Languages = "x", []string{"en"}
		got, broken := p.Credential("courses", &c.c)
		if broken != nil {
			t.Fatal(broken)
		}
		var failed []string
		for _, test := range got.ConformityTests {
			if name, ok := strings.CutSuffix(test, "=fail"); ok {
				failed = append(failed, name)
			}
		}
		if got.Conformity != c.want || strings.Join(failed, " ") != c.failed {
			t.Errorf("%+v is %s by %v, want %s", c.c, got.Conformity, got.ConformityTests, c.want)
		}
		if len(got.ElementsPresent)+len(got.ElementsMissing) != 9 {
			t.Errorf("elements %v, %v", got.ElementsPresent, got.ElementsMissing)
		}
	}
}

func TestOnlineHasNoRegion(t *testing.T) {
	p := preparer(t, "2024-03-31")
	c, broken := p.Credential("courses", &source.Credential{Title: "x", DeliveryMode: "OnlineOnly", Languages: []string{"en"},
		Status: "Ceased", Place: source.Place{Locality: "Leeds", Country: "GB"}})
	if broken != nil || c.Country != "GB" || c.RegionLevel != -1 || c.RegionCode != "" || c.WithdrawnOn != model.NewDate(2024, 3, 31) {
		t.Errorf("credential %+v", c.Credential)
	}
}

func TestWithdrawn(t *testing.T) {
	p := preparer(t, "2024-03-31")
	asOf := model.NewDate(2024, 3, 31)
	for _, c := range []struct {
		status, updated string
		want            model.Date
	}{
		{"Ceased", "", asOf},
		{"Ceased", "2023-06-01T10:00:00Z", model.NewDate(2023, 6, 1)},
		{"Removed", "2024-06-01", asOf},
		{"Active", "2023-06-01", 0},
	} {
		got, broken := p.Credential("courses", &source.Credential{Title: "x", Languages: []string{"en"}, Status: c.status, UpdatedOn: c.updated})
		if broken != nil || got.WithdrawnOn != c.want {
			t.Errorf("%+v: withdrawn on %s, want %s, %v", c, got.WithdrawnOn, c.want, broken)
		}
	}
}

func TestQAStatus(t *testing.T) {
	p := preparer(t, "2024-03-31")
	for _, c := range []struct{ status, scheme, validTo, want string }{
		{"Valid", "", "", "valid"}, {"currently accredited", "", "", "valid"}, {"active", "", "", "valid"}, {"current", "", "", "valid"},
		{"", "Board", "", "valid"}, {"", "", "2025-01-01", "valid"}, {"", "none", "", ""}, {"", "", "", ""},
		{"valid", "", "2024-03-30", "expired"}, {"expired", "", "", "expired"}, {"suspended", "Board", "", "suspended"},
		{"withdrawn", "", "", "withdrawn"}, {"revoked", "", "", "withdrawn"}, {"ceased", "", "", "withdrawn"},
		{"pending", "Board", "", ""}, {"not accredited", "Board", "", ""}, {"none", "", "", ""}, {"rejected", "", "2025-01-01", ""},
		{"inactive", "", "", ""}, {"invalid", "", "", ""}, {"not suspended", "", "", ""}, {"formerly accredited", "", "", ""},
	} {
		got, broken := p.Credential("courses", &source.Credential{Title: "x", Languages: []string{"en"}, QAStatus: c.status, QAScheme: c.scheme, QAValidTo: c.validTo})
		if broken != nil || got.QAStatus != c.want {
			t.Errorf("%+v is %q, %v", c, got.QAStatus, broken)
		}
	}
}

// TestLinksFromBothSides: the same links declared here, there and twice are
// the same rows.
func TestLinksFromBothSides(t *testing.T) {
	p := preparer(t, "2024-03-31")
	links := func(id string, parts ...source.LinkRef) []prepare.Link {
		c, broken := p.Credential("courses", &source.Credential{SourceID: id, Title: "x", Languages: []string{"en"}, Parts: parts})
		if broken != nil {
			t.Fatal(broken)
		}
		return c.Links
	}
	whole := links("whole", source.LinkRef{Kind: "has_part", ID: "part"}, source.LinkRef{Kind: "has_part", ID: " part"}, source.LinkRef{Kind: "equivalent", ID: "part"})
	part := links("part", source.LinkRef{Kind: "part_of", ID: "whole"}, source.LinkRef{Kind: "equivalent", ID: "whole"})
	if len(whole) != 2 || !slices.Equal(whole, part) {
		t.Errorf("links %+v and %+v", whole, part)
	}
	mail := links("ann@example.org", source.LinkRef{Kind: "part_of", ID: "whole"})
	if back := links("whole", source.LinkRef{Kind: "has_part", ID: "ann@example.org"}); !slices.Equal(mail, back) {
		t.Errorf("links %+v and %+v", mail, back)
	}
}

// TestAnyRecord prepares records of random fields: none panics, and what holds
// for every row holds.
func TestAnyRecord(t *testing.T) {
	p := preparer(t, "2024-03-31")
	piece := rapid.SampledFrom([]string{"", "Cook", "<p>", "&lt;b&gt;", "ann@example.org", "01632 960123", "2024-01-01", "€ 5", "-", "7", "Leeds", "GB", "en", ",", " ", "\n", "P1Y", skill, "\xff", "none"})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "s"), "") })
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) string { return text.Draw(t, name) }
		skills := []source.StatedSkill{{Name: draw("skill")}, {Name: draw("skill"), URI: draw("uri")}}
		v, broken := p.Vacancy("jobs", &source.Vacancy{
			SourceID: draw("id"), URL: draw("url"), Title: draw("title"), Description: draw("text"), Employer: draw("employer"), Skills: skills,
			Place: source.Place{Locality: draw("place"), Country: draw("country"), RegionCode: draw("code")}, Language: "en",
			PostedOn: draw("posted"), Openings: draw("openings"), Salary: source.Salary{Value: draw("pay"), Min: draw("min"), Max: draw("max")},
		})
		if broken == nil {
			checkVacancy(t, &v)
		}
		c, broken := p.Credential("courses", &source.Credential{
			SourceID: draw("id"), Title: draw("title"), Kind: draw("kind"), Hours: draw("hours"), Duration: draw("duration"), Credits: draw("credits"),
			Price: draw("price"), LearningOutcomes: []string{draw("outcome"), draw("outcome")}, Languages: []string{"en"}, Skills: skills,
			StartsOn: draw("start"), EndsOn: draw("end"), EQFLevel: draw("level"), Places: draw("places"),
		})
		if broken == nil {
			checkTexts(t, c.CredentialID, c.ContentHash, c.Texts, c.Skills)
		}
	})
}
