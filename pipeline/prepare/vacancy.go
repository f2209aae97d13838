package prepare

import (
	"fmt"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// maxOpenings is the most posts that one advertisement can offer. More would
// outweigh a region.
const maxOpenings = 10_000

// Vacancy prepares a vacancy of a feed, or says which rule it breaks: then the
// row has its id alone, if the record has one of its own.
func (p *Preparer) Vacancy(feed string, r *source.Vacancy) (Vacancy, *source.Violation) {
	v := Vacancy{Vacancy: model.Vacancy{
		Version:       1,
		Source:        feed,
		URL:           webPage(r.URL),
		Title:         Line(r.Title),
		Employer:      Line(r.Employer),
		NACE:          p.codes.naceCode(r.NACE),
		OccupationURI: p.occupationURI(r.OccupationURI),
		ISCO08:        p.codes.iscoCode(r.ISCO08),
		Remote:        r.Remote,
		FirstSeenOn:   p.opts.AsOf,
		RegionLevel:   -1,
	}}
	v.SourceID, v.VacancyID = identity(feed, r.SourceID, r.URL, v.URL, "")
	if v.Title == "" {
		return v, &source.Violation{Rule: source.RuleTitleMissing, Message: "the vacancy has no title; deliver one"}
	}
	var u unread
	if broken := p.vacancyDates(&v, r, &u); broken != nil {
		return v, broken
	}
	openings, broken := readOpenings(r.Openings, &u)
	if broken != nil {
		return v, broken
	}
	v.Openings = openings
	u.check("url", v.URL != "", r.URL)
	u.check("nace", v.NACE != "", r.NACE)
	u.check("occupation_uri", v.OccupationURI != "", r.OccupationURI)
	u.check("isco08", v.ISCO08 != "", r.ISCO08)
	if v.OccupationURI != "" || v.ISCO08 != "" {
		v.OccupationScore = model.ScoreOf(1)
	}
	v.OccupationTitle = Line(r.OccupationTitle)
	at := p.codes.locate(r.Place)
	v.setPlace(at)
	p.codes.checkPlace(&u, r.Place, at)
	pay := p.codes.readPay(r.Salary, &u)
	v.SalaryMin, v.SalaryMax, v.Currency, v.SalaryPeriod = pay.min, pay.max, pay.currency, pay.period
	p.vacancyTexts(&v, r, &u)
	v.NotRead = u.fields()
	return v, nil
}

func (p *Preparer) vacancyDates(v *Vacancy, r *source.Vacancy, u *unread) *source.Violation {
	d := dates{format: r.DateFormat, unread: u}
	v.PostedOn = d.start("posted_on", r.PostedOn)
	v.ExpiresOn = d.end("expires_on", r.ExpiresOn)
	switch {
	case d.broken != nil:
		return d.broken
	case v.PostedOn > p.opts.AsOf:
		return &source.Violation{Rule: source.RulePostedAfterAsOf, Message: fmt.Sprintf("posted on %s, after the as-of date %s; a later run reads it", v.PostedOn, p.opts.AsOf)}
	case v.ExpiresOn != 0 && v.ExpiresOn < v.PostedOn:
		v.ExpiresOn = 0 // posted again under its old expiry
		u.check("expires_on", false, r.ExpiresOn)
	}
	v.PostedMonth = v.PostedOn.Month()
	if v.PostedOn == 0 {
		v.PostedMonth = p.opts.AsOf.Month()
	}
	return nil
}

func (v *Vacancy) setPlace(at location) {
	v.Country, v.RegionMethod = at.country, at.method
	v.RegionCode, v.RegionScheme, v.RegionLevel = at.region.RegionCode, at.region.RegionScheme, at.region.RegionLevel
}

// readOpenings returns 1 for what is no number.
func readOpenings(s string, u *unread) (int32, *source.Violation) {
	n, ok := parseCount(s)
	switch {
	case !ok || n < 1:
		u.check("openings", false, s)
		return 1, nil
	case n > maxOpenings:
		return 0, &source.Violation{Rule: source.RuleOpeningsAbsurd, Message: fmt.Sprintf("the vacancy claims %s openings; deliver the number of posts on offer", clip(s))}
	}
	return int32(n), nil
}

func (p *Preparer) vacancyTexts(v *Vacancy, r *source.Vacancy, u *unread) {
	var t texts
	t.add("title", v.Title)
	t.add("description", joinText(r.Description, r.Responsibilities))
	t.add("requirements", joinText(r.Qualifications, r.Experience))
	skills, stated := p.stated(r.Skills, "required", u)
	t.add("skills", skills)
	v.Skills = stated
	if v.Language = p.codes.languageCode(r.Language); v.Language == "" {
		u.check("language", false, r.Language)
		v.Language = p.detector.detect(t.sample())
	}

	// The hash is of what the feed says, not of when it was read.
	content := v.Vacancy
	content.SourceID, content.VacancyID = "", ""
	content.FirstSeenOn, content.PostedMonth = 0, v.PostedOn.Month()
	v.ContentHash = contentHash(content, t, v.Skills, v.OccupationTitle, r.Locality)
	v.SourceID, v.VacancyID = identity(v.Source, r.SourceID, r.URL, v.URL, v.ContentHash)
	v.DuplicateKey = duplicateKey(t, v.PostedOn, v.Title, v.Employer, v.Country, v.RegionCode, r.Locality)
	t.add("occupation", v.OccupationTitle) // the feed's category says nothing of its own
	v.Texts = t.finish(v.VacancyID, v.ContentHash, v.Language, v.PostedMonth)
}

// joinText prepares several texts and puts them under one another.
func joinText(parts ...string) string {
	var lines []string
	for _, part := range parts {
		if text := Text(part); text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}
