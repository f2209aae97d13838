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

// Vacancy prepares a vacancy of a feed, or says which rule it breaks.
func (p *Preparer) Vacancy(feed string, r *source.Vacancy) (Vacancy, *source.Violation) {
	v := Vacancy{Vacancy: model.Vacancy{
		Version:     1,
		Source:      feed,
		URL:         webPage(r.URL),
		Title:       Line(r.Title),
		Employer:    Line(r.Employer),
		NACE:        p.codes.naceCode(r.NACE),
		ISCO08:      p.codes.iscoCode(r.ISCO08),
		Remote:      r.Remote,
		FirstSeenOn: p.opts.AsOf,
		RegionLevel: -1,
	}}
	if v.Title == "" {
		return v, &source.Violation{Rule: source.RuleTitleMissing, Message: "the vacancy has no title; deliver one"}
	}
	if broken := p.vacancyDates(&v, r); broken != nil {
		return v, broken
	}
	openings, broken := readOpenings(r.Openings)
	if broken != nil {
		return v, broken
	}
	v.Openings = openings
	v.OccupationURI = r.OccupationURI
	if v.OccupationURI != "" || v.ISCO08 != "" {
		v.OccupationScore = model.ScoreOf(1)
	}
	v.OccupationTitle = Line(r.OccupationTitle)
	v.setPlace(p.codes.locate(r.Place))
	pay := p.codes.readPay(r.Salary)
	v.SalaryMin, v.SalaryMax, v.Currency, v.SalaryPeriod = pay.min, pay.max, pay.currency, pay.period
	p.vacancyTexts(&v, r)
	return v, nil
}

func (p *Preparer) vacancyDates(v *Vacancy, r *source.Vacancy) *source.Violation {
	d := dates{format: r.DateFormat}
	v.PostedOn = d.start("posted_on", r.PostedOn)
	v.ExpiresOn = d.end("expires_on", r.ExpiresOn)
	switch {
	case d.broken != nil:
		return d.broken
	case v.PostedOn > p.opts.AsOf:
		return &source.Violation{Rule: source.RulePostedAfterAsOf, Message: fmt.Sprintf("posted on %s, after the as-of date %s; a later run reads it", v.PostedOn, p.opts.AsOf)}
	case v.ExpiresOn != 0 && v.ExpiresOn < v.PostedOn:
		v.ExpiresOn = 0 // posted again under its old expiry
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
func readOpenings(s string) (int32, *source.Violation) {
	n, ok := parseNumber(s)
	switch {
	case !ok || n < 1:
		return 1, nil
	case n > maxOpenings:
		return 0, &source.Violation{Rule: source.RuleOpeningsAbsurd, Message: fmt.Sprintf("the vacancy claims %s openings; deliver the number of posts on offer", clip(s))}
	}
	return int32(n), nil
}

func (p *Preparer) vacancyTexts(v *Vacancy, r *source.Vacancy) {
	var t texts
	t.add("title", v.Title)
	t.add("description", joinText(r.Description, r.Responsibilities))
	t.add("requirements", joinText(r.Qualifications, r.Experience))
	skills, stated := p.stated(r.Skills, "required")
	t.add("skills", skills)
	v.Skills = stated
	if v.Language = p.codes.languageCode(r.Language); v.Language == "" {
		v.Language = p.detector.detect(t.sample())
	}

	// The hash is of what the feed says, not of when it was read.
	content := v.Vacancy
	content.FirstSeenOn, content.PostedMonth = 0, v.PostedOn.Month()
	v.ContentHash = contentHash(content, t, v.Skills, v.OccupationTitle, r.Locality)
	v.SourceID = sourceID(r.SourceID, r.URL, v.URL, v.ContentHash)
	v.VacancyID = recordID(v.Source, v.SourceID)
	v.DuplicateKey = duplicateKey(t, v.PostedOn, v.Title, v.Employer, v.Country, v.RegionCode, r.Locality)
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
