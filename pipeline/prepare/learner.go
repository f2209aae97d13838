package prepare

import (
	"fmt"
	"regexp"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
	"github.com/skillsgap/skillsgap/pipeline/source/contact"
)

// Learner is a prepared row about a person: one of the rows is set, by the kind of
// its feed. No message about it quotes a value.
type Learner struct {
	Enrolment  *model.Enrolment
	Comparison *model.ComparisonPerson
	FollowUp   *model.FollowUp
	Feedback   *model.Feedback
	Reference  *model.ReferencePopulation

	// OccupationTitle is the name of the occupation, where neither its code nor its
	// URI is given.
	OccupationTitle string
	// NotRead is as for Vacancy.
	NotRead []string
}

// Learner prepares a row of a feed about persons, or says which rule it breaks.
func (p *Preparer) Learner(feed string, kind source.Kind, r *source.Learner) (Learner, *source.Violation) {
	known := p.cells.Get().(*cells)
	defer p.cells.Put(known)
	v := &values{prep: p, row: r, cells: known}
	var l Learner
	switch kind {
	case source.Enrolments:
		l.Enrolment = v.enrolment(feed)
	case source.Comparison:
		l.Comparison = v.comparison(feed)
	case source.FollowUps:
		l.FollowUp = v.followUp(feed)
	case source.FeedbackKind:
		l.Feedback = v.feedback(feed)
	default:
		l.Reference = v.reference(feed)
	}
	l.OccupationTitle, l.NotRead = v.title, v.unread.fields()
	return l, v.broken
}

// values reads the values of a row about a person. Those on which counts depend
// break a rule where they cannot be read, others are noted.
type values struct {
	prep   *Preparer
	row    *source.Learner
	cells  *cells
	title  string
	unread unread
	broken *source.Violation
}

func (v *values) breaks(rule, message string) {
	if v.broken == nil {
		v.broken = &source.Violation{Rule: rule, Message: message}
	}
}

// key is the keyed hash of the person's id.
func (v *values) key() string {
	if saysNothing(v.row.ID) && v.row.ID != "0" {
		v.breaks(source.RuleLearnerMissing, "the id of the person is empty")
		return ""
	}
	return v.cells.keys.of(v.row.Scheme, v.row.ID)
}

// date is [ParseDate] in the format of the feed.
func (v *values) date(s string) (model.Date, bool) {
	d := remember(v.cells.dates, v, cell{"", v.row.DateFormat, s}, func() readDay {
		day, err := ParseDate(s, v.row.DateFormat)
		return readDay{day, err == nil}
	})
	return d.day, d.ok
}

// day reads a date on which counts depend; 0 where there is none.
func (v *values) day(field, s string) model.Date {
	day, ok := v.date(s)
	if !ok {
		v.breaks(source.RuleDateUnreadable, field+" cannot be read as a date; set date_format if the feed has another than ISO 8601")
	}
	return day
}

// past is a day that must not lie after the as-of date.
func (v *values) past(field, s string) model.Date {
	day := v.day(field, s)
	if asOf := v.prep.opts.AsOf; day > asOf {
		v.breaks(source.RuleStartAfterAsOf, fmt.Sprintf("%s lies after the as-of date %s; a later run reads it", field, asOf))
	}
	return day
}

// start is a past day that must be there.
func (v *values) start(field, s string) model.Date {
	day := v.past(field, s)
	if day == 0 {
		v.breaks(source.RuleStartMissing, field+" is empty")
	}
	return day
}

// until is a day of the past, and not before another: else it is not known.
func (v *values) until(field, s string, from model.Date) model.Date {
	day, ok := v.date(s)
	if !ok || day != 0 && (day < from || day > v.prep.opts.AsOf) {
		// A day planned is no day of leaving: after the as-of date it still lasts.
		if !ok || day < from {
			v.unread = append(v.unread, field)
		}
		return 0
	}
	return day
}

// credential is what a row says of the credential. Ids and titles hold no contacts.
func (v *values) credential() string {
	credential := v.ownWords(v.row.Credential, maxCredential)
	if credential == "" {
		v.breaks(source.RuleCredentialMissing, "the credential is empty")
	}
	return credential
}

// maxCredential and maxWords bound what is kept of a feed's own words.
const (
	maxCredential = 300
	maxWords      = 60
)

// fullDate is a day in figures. In words about a person it may be that of birth.
var fullDate = regexp.MustCompile(`\b(?:\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4})\b`)

// ownWords is a line of the feed's own words, contacts and days removed.
func ownWords(s string, most int) string {
	if saysNothing(s) {
		return ""
	}
	words := []rune(Line(fullDate.ReplaceAllString(Line(s), "")))
	return string(words[:min(len(words), most)])
}

func (v *values) enrolment(feed string) *model.Enrolment {
	r := v.row
	e := &model.Enrolment{Source: feed, Credential: v.credential()}
	e.StartedOn = v.start("started_on", r.StartedOn)
	e.Person = v.person(e.StartedOn)
	e.IncomeBefore, e.IncomeEarlier, e.Currency = v.incomes()
	e.EndedOn = v.until("ended_on", r.EndedOn, e.StartedOn)
	e.CertifiedOn = v.until("certified_on", r.CertifiedOn, e.StartedOn)
	e.Provider = v.ownWords(r.Provider, maxCredential)
	e.ProviderNACE = v.nace("provider_nace", r.ProviderNACE)
	e.Completed, e.Certified = v.attained(e.CertifiedOn)
	e.Funding = v.word("funding", r.Funding, fundings)
	if price, ok := v.amount("price_paid", r.PricePaid); ok {
		if e.PriceCurrency = v.currency("price_currency", r.PriceCurrency); e.PriceCurrency != "" {
			e.PricePaid = v.money(price)
		}
	}
	return e
}

// attained tells whether a participation is completed, and whether it is certified:
// as stated, else by its status. Who is certified has completed.
func (v *values) attained(certifiedOn model.Date) (completed, certified *bool) {
	completed, certified = v.flag("completed", v.row.Completed), v.flag("certified", v.row.Certified)
	yes, no := &v.cells.yes, &v.cells.no
	if certified == nil && certifiedOn != 0 {
		certified = yes
	}
	switch v.word("status", v.row.Status, statuses) {
	case "certified":
		completed, certified = stated(completed, yes), stated(certified, yes)
	case "completed":
		completed = stated(completed, yes)
	case "left":
		completed, certified = stated(completed, no), stated(certified, no)
	}
	if certified != nil && *certified {
		completed = stated(completed, yes)
	}
	return completed, certified
}

// stated is the answer that a row gives, else the one that follows.
func stated(answer, follows *bool) *bool {
	if answer != nil {
		return answer
	}
	return follows
}

func (v *values) comparison(feed string) *model.ComparisonPerson {
	index := v.start("index_on", v.row.IndexOn)
	c := &model.ComparisonPerson{Source: feed, IndexOn: index, Person: v.person(index)}
	c.IncomeBefore, c.IncomeEarlier, c.Currency = v.incomes()
	return c
}

func (v *values) followUp(feed string) *model.FollowUp {
	r := v.row
	f := &model.FollowUp{Source: feed, LearnerKey: v.key(), Credential: v.ownWords(r.Credential, maxCredential), ObservedOn: v.past("observed_on", r.ObservedOn), MonthsAfter: v.months()}
	if f.ObservedOn == 0 && f.MonthsAfter == nil {
		v.breaks(source.RuleHorizonMissing, "neither observed_on nor months_after is given")
	}
	f.Employment = v.word("employment", r.Employment, employments)
	f.JobSearch = v.flag("job_search", r.JobSearch)
	f.InTraining = v.flag("further_learning", r.FurtherLearning)
	f.Qualification = v.flag("qualification", r.Qualification)
	f.Improved = v.flag("situation_improved", r.SituationImproved)
	f.Related = v.flag("related_to_training", r.RelatedToWork)
	f.ISCO08, f.OccupationURI = v.occupation()
	f.NACE = v.nace("nace", r.NACE)
	f.Income = v.income("income", r.Income)
	if f.Income != nil {
		f.Currency = v.currency("currency", r.Currency)
	}
	return f
}

// maxMonths bounds the months after leaving.
const maxMonths = 600

func (v *values) months() *int32 {
	n, ok := v.amount("months_after", v.row.MonthsAfter)
	if !ok {
		return nil
	}
	if n > maxMonths || n != float64(int32(n)) {
		v.breaks(source.RuleLearnerUnclear, "months_after is no whole number of months from 0 to 600")
		return nil
	}
	return &v.cells.months[int32(n)]
}

func (v *values) feedback(feed string) *model.Feedback {
	r := v.row
	f := &model.Feedback{Source: feed, LearnerKey: v.key(), Credential: v.credential(), GivenOn: v.past("given_on", r.GivenOn), Text: fullDate.ReplaceAllString(contact.Remove(Text(r.Text)), "")}
	low, high := 1.0, 5.0
	if n, ok := v.amount("scale_min", r.ScaleMin); ok {
		low = n
	}
	if n, ok := v.amount("scale_max", r.ScaleMax); ok {
		high = n
	}
	f.Quality, f.Effect = v.opinion("quality", r.Quality, low, high), v.opinion("effect", r.Effect, low, high)
	if f.Quality == nil && f.Effect == nil && f.Text == "" {
		v.breaks(source.RuleLearnerUnclear, "the opinion has neither quality nor effect on its scale, nor a text")
	}
	return f
}

// opinion is a mark on a scale, from 0 for the worst to 1 for the best, which may
// be the lower number.
func (v *values) opinion(field, s string, worst, best float64) *model.Score {
	n, ok := v.amount(field, s)
	if !ok {
		return nil
	}
	if low, high := min(worst, best), max(worst, best); n < low || n > high || low == high {
		v.unread = append(v.unread, field)
		return nil
	}
	score := model.ScoreOf((n - worst) / (best - worst))
	return &score
}
