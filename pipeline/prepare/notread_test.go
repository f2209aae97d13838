package prepare_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/skillsgap/skillsgap/pipeline/prepare"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"pgregory.net/rapid"
)

// strict returns a preparer to which no URI of ESCO is known but skill and
// occupation.
func strict(t testing.TB) *prepare.Preparer {
	p, err := prepare.New(prepare.Options{
		AsOf: 19813, Regions: regions(t),
		SkillURI:      func(uri string) bool { return uri == skill },
		OccupationURI: func(uri string) bool { return uri == occupation },
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	occupation = "http://data.europa.eu/esco/occupation/ccd0a1d9-afda-43d9-b901-96344886e14d"
	elsewhere  = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000"
	stranger   = "http://data.europa.eu/esco/occupation/00000000-0000-4000-8000-000000000000"
)

// britain is where records are whose region is asked for.
var britain = source.Place{Country: "GB"}

func at(change func(*source.Place)) source.Place {
	p := britain
	change(&p)
	return p
}

func TestVacancyNotRead(t *testing.T) {
	p := strict(t)
	for _, c := range []struct {
		want string // fields, parted by spaces
		v    source.Vacancy
	}{
		{"", source.Vacancy{}},
		{"url", source.Vacancy{URL: "www.example.org/7"}},
		{"", source.Vacancy{URL: "https://example.org/7"}},
		{"nace", source.Vacancy{NACE: "04.1"}},
		{"nace", source.Vacancy{NACE: "Healthcare"}},
		{"", source.Vacancy{NACE: "86.10"}},
		{"isco08", source.Vacancy{ISCO08: "532101"}},
		{"", source.Vacancy{ISCO08: "5321.1"}},
		{"occupation_uri", source.Vacancy{OccupationURI: stranger}},
		{"occupation_uri", source.Vacancy{OccupationURI: "cook"}},
		{"", source.Vacancy{OccupationURI: strings.Replace(occupation, "http:", "https:", 1)}},
		{"country", source.Vacancy{Place: source.Place{Country: "Atlantis"}}},
		{"", source.Vacancy{Place: source.Place{Country: "Irlande"}}},
		{"country", source.Vacancy{Place: source.Place{Country: "XX", RegionCode: "IE06"}}},
		{"region", source.Vacancy{Place: at(func(p *source.Place) { p.Region = "Atlantis" })}},
		{"region", source.Vacancy{Place: at(func(p *source.Place) { p.Region, p.Locality = "Atlantis", "Leeds" })}},
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.Region = "Devon" })}},
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.Region = "England" })}}, // the country, in other words
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.Region, p.Locality = "West Yorkshire", "Nowhere Lane" })}},
		{"locality", source.Vacancy{Place: at(func(p *source.Place) { p.Locality = "Nowhere Lane" })}},
		{"locality", source.Vacancy{Place: source.Place{Locality: "Leeds"}}}, // of no country
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.Locality = "United Kingdom" })}},
		{"region_code", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "UKX99" })}},
		{"region_code", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "DE21" })}}, // of another country
		{"region_code", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "GB-ENG" })}},
		{"region_code", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "Atlantis" })}},
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "GB" })}},
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "UKK4" })}},
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.RegionCode = "Devon" })}},
		{"", source.Vacancy{Place: at(func(p *source.Place) { p.PostalCode = "LS1 4AP" })}}, // no field of its own is made of it
		{"posted_on", source.Vacancy{PostedOn: "last week"}},
		{"expires_on", source.Vacancy{ExpiresOn: "until filled"}},
		{"expires_on", source.Vacancy{PostedOn: "2024-03-01", ExpiresOn: "2024-02-01"}},
		{"", source.Vacancy{PostedOn: "0000-00-00", ExpiresOn: "9999-12-31"}},
		{"", source.Vacancy{ExpiresOn: "2150-12-31"}},
		{"openings", source.Vacancy{Openings: "several"}},
		{"openings", source.Vacancy{Openings: "Band 5"}},
		{"openings", source.Vacancy{Openings: "0.5"}},
		{"", source.Vacancy{Openings: "0"}},
		{"language", source.Vacancy{Language: "Elvish"}},
		{"", source.Vacancy{Language: "anglais"}},
		{"salary", source.Vacancy{Salary: source.Salary{Value: "negotiable"}}},
		{"", source.Vacancy{Salary: source.Salary{Value: "negotiable", Min: "21000"}}},
		{"salary_max salary_min", source.Vacancy{Salary: source.Salary{Min: "low", Max: "high"}}},
		{"", source.Vacancy{Salary: source.Salary{Min: "0.00", Max: "21000"}}},
		{"currency", source.Vacancy{Salary: source.Salary{Currency: "doubloons", Value: "12"}}},
		{"", source.Vacancy{Salary: source.Salary{Currency: "GBP", Unit: "YEAR"}}},
		{"salary_period", source.Vacancy{Salary: source.Salary{Value: "12", Unit: "piece"}}},
		{"skills", source.Vacancy{Skills: []source.StatedSkill{{URI: elsewhere}, {URI: elsewhere, Name: "Python"}, {URI: skill}, {Name: "no skill at all"}}}},
		{"skills_preferred", source.Vacancy{Skills: []source.StatedSkill{{URI: elsewhere, Relation: "preferred"}}}},
		{"", source.Vacancy{Description: "??", Employer: "#!", Qualifications: "%", Experience: "x", OccupationTitle: "zzz"}},
		{"isco08 nace openings", source.Vacancy{Openings: "many", NACE: "99999", ISCO08: "cook", URL: "n/a", Language: "-", Salary: source.Salary{Value: "None"}}},
	} {
		c.v.Title = "x"
		v, broken := p.Vacancy("jobs", &c.v)
		if got := strings.Join(v.NotRead, " "); broken != nil || got != c.want {
			t.Errorf("%+v: not read %q, want %q, %v", c.v, got, c.want, broken)
		}
	}
}

func TestCredentialNotRead(t *testing.T) {
	p := strict(t)
	for _, c := range []struct {
		want string
		c    source.Credential
	}{
		{"", source.Credential{Kind: "?", Provider: "?", AwardingBody: "?", Recognition: "?", Level: "?", AudienceLevel: "?"}},
		{"url", source.Credential{URL: "example.org"}},
		{"provider_nace", source.Credential{ProviderNACE: "school"}},
		{"country", source.Credential{Place: source.Place{Country: "Atlantis"}}},
		{"region", source.Credential{DeliveryMode: "online", Place: at(func(p *source.Place) { p.Region = "Atlantis" })}},
		{"language", source.Credential{Languages: []string{"en", "Elvish", "Dwarvish"}}},
		{"text_language", source.Credential{TextLanguage: "Elvish"}},
		{"delivery_mode", source.Credential{DeliveryMode: "by owl"}},
		{"schedule", source.Credential{Schedule: "whenever"}},
		{"hours", source.Credential{Hours: "a few"}},
		{"hours", source.Credential{Hours: "P6W"}},
		{"hours_per_week", source.Credential{HoursPerWeek: "many"}},
		{"duration", source.Credential{Duration: "12"}},
		{"duration_days", source.Credential{DurationDays: "soon"}},
		{"credits", source.Credential{Credits: "plenty"}},
		{"ects", source.Credential{ECTS: "five"}},
		{"eqf_level", source.Credential{EQFLevel: "9"}},
		{"eqf_level", source.Credential{EQFLevel: "4-5"}},
		{"isced_f", source.Credential{ISCEDF: "Informatics"}},
		{"price", source.Credential{Price: "on request"}},
		{"price", source.Credential{Price: "€100 or €200"}},
		{"", source.Credential{Price: "0", Currency: "EUR"}},
		{"currency", source.Credential{Price: "12", Currency: "doubloons"}},
		{"work_placement", source.Credential{WorkPlacement: "perhaps"}},
		{"", source.Credential{WorkPlacement: "no"}},
		{"qa_status", source.Credential{QAStatus: "pending"}},
		{"", source.Credential{QAStatus: "none"}},
		{"qa_valid_to", source.Credential{QAValidTo: "next year"}},
		{"application_deadline", source.Credential{ApplicationDeadline: "week 7"}},
		{"updated_on", source.Credential{UpdatedOn: "31/12/2023"}},
		{"starts_on", source.Credential{StartsOn: "any time"}},
		{"ends_on", source.Credential{EndsOn: "never"}},
		{"occupation_uris", source.Credential{OccupationURIs: []string{occupation, stranger}}},
		{"isco08s", source.Credential{ISCO08s: []string{"5321", "9999"}}},
		{"places", source.Credential{Places: "enough"}},
		{"", source.Credential{Places: "20 places"}},
		{"status", source.Credential{Status: "zombie"}},
		{"", source.Credential{Status: "Active"}},
		{"", source.Credential{Status: "Ceased"}},
		{"learning_outcomes prerequisites skills", source.Credential{
			LearningOutcomes: make([]string, 1001), Prerequisites: make([]string, 1001), Skills: make([]source.StatedSkill, 1001),
		}},
		{"skills skills_assessed skills_required", source.Credential{Skills: []source.StatedSkill{
			{URI: elsewhere}, {URI: elsewhere, Relation: "assesses"}, {URI: elsewhere, Relation: "requires"}, {URI: elsewhere, Relation: "teaches"},
		}}},
	} {
		c.c.Title = "x"
		got, broken := p.Credential("courses", &c.c)
		if fields := strings.Join(got.NotRead, " "); broken != nil || fields != c.want {
			t.Errorf("%+v: not read %q, want %q, %v", c.c, fields, c.want, broken)
		}
	}
}

func TestOpenings(t *testing.T) {
	p := strict(t)
	for text, want := range map[string]int32{
		"3": 3, "3 posts": 3, "12 Stellen": 12, "2 miejsca": 2, "1,200 vacancies": 1200, " 4 open positions ": 4, "5x": 5, "3 weeks": 1, "2-3": 1, "1 of 3 posts": 1,
	} {
		v, broken := p.Vacancy("jobs", &source.Vacancy{Title: "x", Openings: text})
		if broken != nil || v.Openings != want || slices.Contains(v.NotRead, "openings") != (want == 1) {
			t.Errorf("%q: %d openings, not read %q, %v", text, v.Openings, v.NotRead, broken)
		}
	}
}

// TestNotReadHolds: whatever a feed says, the fields not read are fields that
// a feed can fill, in order, each once, and so are the rows of broken records.
func TestNotReadHolds(t *testing.T) {
	p := strict(t)
	value := rapid.SampledFrom([]string{"", "?", "none", "a few", "7", "Leeds", "GB", "Atlantis", "en", "2024-01-01", "soon", "€ 5", skill, elsewhere, "4711", "x, y"})
	rapid.Check(t, func(t *rapid.T) {
		v, c := source.Vacancy{Title: "x"}, source.Credential{Title: "x"}
		for _, record := range []any{&v, &c, &v.Salary, &v.Place, &c.Place} {
			fill(t, value, reflect.ValueOf(record).Elem())
		}
		row, broken := p.Vacancy("jobs", &v)
		checkNotRead(t, row.NotRead, source.VacancyFields(), broken)
		if v.SourceID != "" && row.SourceID == "" || (row.SourceID == "") != (row.VacancyID == "") {
			t.Fatalf("%+v has the id %q, %q, %v", v, row.SourceID, row.VacancyID, broken)
		}
		course, broken := p.Credential("courses", &c)
		checkNotRead(t, course.NotRead, source.CredentialFields(), broken)
		if c.SourceID != "" && course.SourceID == "" || (course.SourceID == "") != (course.CredentialID == "") {
			t.Fatalf("%+v has the id %q, %q, %v", c, course.SourceID, course.CredentialID, broken)
		}
	})
}

// fill sets the texts and lists of texts of a record, and its skills.
func fill(t *rapid.T, value *rapid.Generator[string], record reflect.Value) {
	for i := range record.NumField() {
		switch f := record.Field(i).Addr().Interface().(type) {
		case *string:
			if record.Type().Field(i).Name != "DateFormat" {
				*f = value.Draw(t, record.Type().Field(i).Name)
			}
		case *[]string:
			*f = rapid.SliceOfN(value, 0, 3).Draw(t, "list")
		case *[]source.StatedSkill:
			for _, uri := range rapid.SliceOfN(value, 0, 3).Draw(t, "skills") {
				*f = append(*f, source.StatedSkill{URI: uri, Relation: value.Draw(t, "relation")})
			}
		}
	}
}

func checkNotRead(t *rapid.T, notRead []string, known []source.Field, broken *source.Violation) {
	if broken != nil {
		return
	}
	if !slices.IsSorted(notRead) || len(slices.Compact(slices.Clone(notRead))) != len(notRead) {
		t.Fatalf("not read: %q", notRead)
	}
	for _, name := range notRead {
		if !slices.ContainsFunc(known, func(f source.Field) bool { return f.Name == name }) {
			t.Fatalf("not read: %q, which is no field", name)
		}
	}
}

// TestBrokenRecordHasItsID: a record that is listed but broken is known by its
// id, so that it is not taken for withdrawn.
func TestBrokenRecordHasItsID(t *testing.T) {
	p := strict(t)
	good, _ := p.Vacancy("jobs", &source.Vacancy{SourceID: "7", Title: "x"})
	for _, v := range []source.Vacancy{{SourceID: "7"}, {SourceID: "7", Title: "x", PostedOn: "31/12/2023"}, {SourceID: "7", Title: "x", Openings: "20000"}} {
		if row, broken := p.Vacancy("jobs", &v); broken == nil || row.VacancyID != good.VacancyID || row.SourceID != "7" {
			t.Errorf("%+v has the id %q, %v", v, row.VacancyID, broken)
		}
	}
	if row, broken := p.Vacancy("jobs", &source.Vacancy{}); broken == nil || row.VacancyID != "" {
		t.Errorf("a record without id has the id %q", row.VacancyID)
	}
	course, _ := p.Credential("courses", &source.Credential{URL: "https://example.org/7", Title: "x"})
	if row, broken := p.Credential("courses", &source.Credential{URL: "https://example.org/7"}); broken == nil || row.CredentialID != course.CredentialID {
		t.Errorf("the broken course has the id %q, %v", row.CredentialID, broken)
	}
}

// TestReadAllocatesNothing: a record of which everything is read has no list of
// what is not.
func TestReadAllocatesNothing(t *testing.T) {
	v, broken := strict(t).Vacancy("jobs", &source.Vacancy{Title: "x", NACE: "86", Language: "en", Place: source.Place{Locality: "Leeds", Country: "GB"}})
	if broken != nil || v.NotRead != nil {
		t.Errorf("not read %v, %v", v.NotRead, broken)
	}
}
