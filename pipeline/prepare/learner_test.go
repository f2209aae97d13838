package prepare

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// enrolled prepares an enrolment that keeps all rules but for what change does.
func enrolled(t testing.TB, change func(*source.Learner)) (*model.Enrolment, []string, *source.Violation) {
	row := &source.Learner{ID: "1", Credential: "c", StartedOn: "2025-09-01"}
	change(row)
	l, broken := statisticPreparer(t).Learner("feed", source.Enrolments, row)
	return l.Enrolment, l.NotRead, broken
}

func TestPersonValues(t *testing.T) {
	yes, no := true, false
	money := func(n model.Money) *model.Money { return &n }
	for _, c := range []struct {
		name   string
		set    func(*source.Learner)
		got    func(*model.Enrolment) any
		want   any
		unread string
	}{
		{"a birth date", func(l *source.Learner) { l.BirthDate = "1995-09-02" }, func(e *model.Enrolment) any { return e.AgeBand }, "18-29", ""},
		{"the thirtieth birthday", func(l *source.Learner) { l.BirthDate = "1995-09-01" }, func(e *model.Enrolment) any { return e.AgeBand }, "30-54", ""},
		{"a year of birth", func(l *source.Learner) { l.BirthDate = "1970" }, func(e *model.Enrolment) any { return e.AgeBand }, "55+", ""},
		{"born long ago", func(l *source.Learner) { l.BirthDate = "1938-04-01" }, func(e *model.Enrolment) any { return e.AgeBand }, "55+", ""},
		{"born after the start", func(l *source.Learner) { l.BirthDate = "2030-01-01" }, func(e *model.Enrolment) any { return e.AgeBand }, "", "birth_date"},
		{"an age", func(l *source.Learner) { l.Age = "17" }, func(e *model.Enrolment) any { return e.AgeBand }, "0-17", ""},
		{"a band of ESF+", func(l *source.Learner) { l.AgeBand = "55 and over" }, func(e *model.Enrolment) any { return e.AgeBand }, "55+", ""},
		{"a band of another division", func(l *source.Learner) { l.AgeBand = "55<=" }, func(e *model.Enrolment) any { return e.AgeBand }, "55+", ""},
		{"a band with a dash", func(l *source.Learner) { l.AgeBand = "35 – 55" }, func(e *model.Enrolment) any { return e.AgeBand }, "35-55", ""},
		{"under 25", func(l *source.Learner) { l.AgeBand = "Under 25" }, func(e *model.Enrolment) any { return e.AgeBand }, "0-24", ""},
		{"a gender", func(l *source.Learner) { l.Gender = "Woman" }, func(e *model.Enrolment) any { return e.Gender }, "female", ""},
		{"a gender of no list", func(l *source.Learner) { l.Gender = "zz" }, func(e *model.Enrolment) any { return e.Gender }, "", "gender"},
		{"an ISCED level", func(l *source.Learner) { l.Education = "ISCED 5" }, func(e *model.Enrolment) any { return e.Education }, "5-8", ""},
		{"ISCED levels", func(l *source.Learner) { l.Education = "levels 3-4" }, func(e *model.Enrolment) any { return e.Education }, "3-4", ""},
		{"levels across", func(l *source.Learner) { l.Education = "2-3" }, func(e *model.Enrolment) any { return e.Education }, "", "education"},
		{"own words", func(l *source.Learner) { l.Education = "HE Qualification" }, func(e *model.Enrolment) any { return e.Education }, "HE Qualification", ""},
		{"a student", func(l *source.Learner) { l.Employment = "Student" }, func(e *model.Enrolment) any { return e.Employment }, "inactive", ""},
		{"long-term unemployed", func(l *source.Learner) { l.Employment = "Long-term unemployed" }, func(e *model.Enrolment) any { return e.Employment }, "long_term_unemployed", ""},
		{"no", func(l *source.Learner) { l.Disability = "No" }, func(e *model.Enrolment) any { return e.Disability }, "no", ""},
		{"yes", func(l *source.Learner) { l.Disability = "1" }, func(e *model.Enrolment) any { return e.Disability }, "yes", ""},
		{"not asked", func(l *source.Learner) { l.Disability = "n/a" }, func(e *model.Enrolment) any { return e.Disability }, "", ""},
		{"perhaps", func(l *source.Learner) { l.Disability = "perhaps" }, func(e *model.Enrolment) any { return e.Disability }, "", "disability"},
		{"income of a year", func(l *source.Learner) { l.IncomeBefore, l.IncomePeriod, l.Currency = "24 000", "year", "EUR" }, func(e *model.Enrolment) any { return e.IncomeBefore }, money(200000), ""},
		{"no income", func(l *source.Learner) { l.IncomeBefore, l.Currency = "0", "EUR" }, func(e *model.Enrolment) any { return e.IncomeBefore }, money(0), ""},
		{"income of no period", func(l *source.Learner) { l.IncomeBefore, l.Currency = "2000", "EUR" }, func(e *model.Enrolment) any { return e.IncomeBefore }, (*model.Money)(nil), "income_period"},
		{"a level 3 region", func(l *source.Learner) { l.RegionCode = "IE061" }, func(e *model.Enrolment) any { return e.RegionCode }, "IE06", ""},
		{"a region of no list", func(l *source.Learner) { l.Region = "East Anglian Region" }, func(e *model.Enrolment) any { return e.RegionName }, "East Anglian Region", ""},
		{"certified", func(l *source.Learner) { l.Status = "Pass" }, func(e *model.Enrolment) any { return e.Completed }, &yes, ""},
		{"withdrawn", func(l *source.Learner) { l.Status = "Withdrawn" }, func(e *model.Enrolment) any { return e.Completed }, &no, ""},
		{"still there", func(l *source.Learner) { l.Status = "enrolled" }, func(e *model.Enrolment) any { return e.Completed }, (*bool)(nil), ""},
		{"what is stated goes first", func(l *source.Learner) { l.Status, l.Completed = "Withdrawn", "yes" }, func(e *model.Enrolment) any { return e.Completed }, &yes, ""},
		{"an award", func(l *source.Learner) { l.CertifiedOn = "2026-01-01" }, func(e *model.Enrolment) any { return e.Certified }, &yes, ""},
		{"a planned end", func(l *source.Learner) { l.EndedOn = "2026-12-01" }, func(e *model.Enrolment) any { return e.EndedOn }, model.Date(0), ""},
		{"an end before the start", func(l *source.Learner) { l.EndedOn = "2025-08-01" }, func(e *model.Enrolment) any { return e.EndedOn }, model.Date(0), "ended_on"},
		{"who pays", func(l *source.Learner) { l.Funding = "Individual Learning Account" }, func(e *model.Enrolment) any { return e.Funding }, "individual_learning_account", ""},
		{"a contact for a credential", func(l *source.Learner) { l.Credential = "Welding, zq@mail.example" }, func(e *model.Enrolment) any { return strings.Contains(e.Credential, "zq") }, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, unread, broken := enrolled(t, c.set)
			if broken != nil {
				t.Fatal(broken)
			}
			if got := c.got(e); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if got := strings.Join(unread, " "); got != c.unread {
				t.Errorf("not read: %q, want %q", got, c.unread)
			}
		})
	}
}

// No message about a row of a person may quote what stands in it.
func TestNoValueOfAPersonIsQuoted(t *testing.T) {
	prep := statisticPreparer(t)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]source.Kind{source.Enrolments, source.Comparison, source.FollowUps, source.FeedbackKind}).Draw(t, "kind")
		row := &source.Learner{ID: "zq1"}
		v := reflect.ValueOf(row).Elem()
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.String && rapid.Bool().Draw(t, "filled") {
				v.Field(i).SetString(rapid.SampledFrom([]string{"zq 2026-13-45", "zq", "2030-01-01", "-7", "1e99"}).Draw(t, "value"))
			}
		}
		l, broken := prep.Learner("feed", kind, row)
		if broken != nil && (strings.Contains(broken.Message, "zq") || strings.Contains(broken.Message, "2030") || strings.Contains(broken.Message, "1e99")) {
			t.Errorf("message %q", broken.Message)
		}
		if l.Enrolment != nil && l.Enrolment.LearnerKey == row.ID {
			t.Error("the id is kept")
		}
	})
}

func TestLearnerKeys(t *testing.T) {
	one, two := []byte(strings.Repeat("a", 32)), []byte(strings.Repeat("b", 32))
	key := LearnerKey([][]byte{one}, "", " 4711 ")
	for name, other := range map[string]string{
		"of another secret": LearnerKey([][]byte{two}, "", "4711"), "of another scheme": LearnerKey([][]byte{one}, "x", "4711"), "of another id": LearnerKey([][]byte{one}, "", "4712"),
	} {
		if key == other {
			t.Errorf("the key is that %s", name)
		}
	}
	if got := LearnerKey([][]byte{one}, "", "4711"); got != key || len(got) != 64 {
		t.Errorf("key %q, then %q", key, got)
	}
	if got, want := LearnerKey([][]byte{one, two}, "", "4711"), RenewLearnerKey(two, key); got != want {
		t.Errorf("renewed %q, want %q", got, want)
	}
}

func TestReferencePopulation(t *testing.T) {
	row := func(breakdown, category, persons string) (*model.ReferencePopulation, *source.Violation) {
		r := &source.Learner{Breakdown: breakdown, Category: category, Persons: persons, PeriodFrom: "2025", PeriodTo: "2025"}
		r.RegionCode = "IE"
		l, broken := statisticPreparer(t).Learner("feed", source.ReferencePopulation, r)
		return l.Reference, broken
	}
	for _, c := range [][4]string{
		{"gender", "Women", "", "gender "}, {"gender", "f", "12", "gender female"}, {"age_band", "under 18", "12", "age_band 0-17"}, {"education", "ISCED 0-2", "12", "education 0-2"},
		{"disability", "no", "12", "disability no"}, {"employment", "retired", "12", "employment inactive"}, {"total", "", "12", "TOTAL TOTAL"}, {"hobby", "chess", "12", "hobby "},
	} {
		got, broken := row(c[0], c[1], c[2])
		if text := got.Breakdown + " " + got.Category; text != c[3] {
			t.Errorf("%v: %q, want %q", c, text, c[3])
		}
		if wrong := c[2] == "" || strings.HasSuffix(c[3], " "); wrong != (broken != nil) {
			t.Errorf("%v: broken %v", c, broken)
		}
	}
	if got, _ := row("gender", "f", "12"); got.PeriodFrom != model.NewDate(2025, time.January, 1) || got.PeriodTo != model.NewDate(2025, time.December, 1) || got.Persons != 12 {
		t.Errorf("%+v", got)
	}
}

// What a cell was read as holds for no other cell: a row is read by a preparer that has
// read others as by one that has not.
func TestRowsDoNotDependOnThoseBefore(t *testing.T) {
	opts := statisticPreparer(t).opts
	opts.LearnerSecrets = [][]byte{[]byte("one"), []byte("two")}
	newPreparer := func() *Preparer {
		p, err := New(opts)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	used := newPreparer()
	values := []string{"", " ", "zq", "0", "1", "7", "yes", "No", "n/a", "f", "ISCED 3-4", "2-3", "employed", "long-term unemployed", "Pass", "withdrawn", "voucher", "month", "year", "EUR", "euro", "24 000", "1,5", "2025-09-01", "01/09/2025", "1970", "IE", "IE061", "2512", "86.10", "Welding, zq@mail.example", "55 and over"}
	fields := reflect.TypeFor[source.Learner]()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]source.Kind{source.Enrolments, source.Comparison, source.FollowUps, source.FeedbackKind}).Draw(t, "kind")
		row := &source.Learner{}
		v := reflect.ValueOf(row).Elem()
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.String && fields.Field(i).Name != "DateFormat" {
				v.Field(i).SetString(rapid.SampledFrom(values).Draw(t, fields.Field(i).Name))
			}
		}
		row.RegionCode, row.Country = rapid.SampledFrom(values).Draw(t, "region code"), rapid.SampledFrom(values).Draw(t, "country")
		row.DateFormat = rapid.SampledFrom([]string{"", "DD/MM/YYYY"}).Draw(t, "format")
		got, gotBroken := used.Learner("feed", kind, row)
		want, wantBroken := newPreparer().Learner("feed", kind, row)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotBroken, wantBroken) {
			t.Errorf("read %+v, %v; by a new preparer %+v, %v", got, gotBroken, want, wantBroken)
		}
		if got.Enrolment != nil && row.ID != "" && got.Enrolment.LearnerKey != "" {
			if key := LearnerKey(opts.LearnerSecrets, row.Scheme, row.ID); got.Enrolment.LearnerKey != key {
				t.Errorf("key %q, want %q", got.Enrolment.LearnerKey, key)
			}
		}
	})
}
