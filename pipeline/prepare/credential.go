package prepare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/model"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// Credential prepares a credential of a feed, or says which rule it breaks, in
// the manner of [Preparer.Vacancy].
func (p *Preparer) Credential(feed string, r *source.Credential) (Credential, *source.Violation) {
	c := Credential{Credential: model.Credential{
		Version:      1,
		Source:       feed,
		URL:          webPage(r.URL),
		Kind:         Line(r.Kind),
		Title:        Line(r.Title),
		ProviderID:   withoutContact(r.ProviderID),
		Provider:     Line(r.Provider),
		ProviderNACE: p.codes.naceCode(r.ProviderNACE),
		AwardingBody: Line(r.AwardingBody),
		FirstSeenOn:  p.opts.AsOf,
		RegionLevel:  -1,
	}}
	c.SourceID, c.CredentialID = identity(feed, r.SourceID, r.URL, c.URL, "")
	if c.Title == "" {
		return c, &source.Violation{Rule: source.RuleTitleMissing, Message: "the credential has no title; deliver one"}
	}
	var u unread
	if broken := p.credentialDates(&c, r, &u); broken != nil {
		return c, broken
	}
	u.check("url", c.URL != "", r.URL)
	u.check("provider_nace", c.ProviderNACE != "", r.ProviderNACE)
	p.setDelivery(&c, r, &u)
	setEffort(&c, r, &u)
	setLevel(&c, r, &u)
	p.setStatements(&c, r, &u)
	p.setOccupations(&c, r, &u)
	c.Price, c.Currency = p.codes.price(r.Price, r.Currency, &u)
	p.credentialTexts(&c, r, &u)
	c.NotRead = u.fields()
	c.Conformity, c.ConformityTests = conformity(&c.Credential)
	c.ElementsPresent, c.ElementsMissing = elements(&c.Credential)
	c.Links = links(feed, c.CredentialID, r.Parts)
	c.Claims = p.claims(&c, r)
	return c, nil
}

func (p *Preparer) credentialDates(c *Credential, r *source.Credential, u *unread) *source.Violation {
	d := dates{format: r.DateFormat, unread: u}
	c.StartsOn = d.start("starts_on", r.StartsOn)
	c.EndsOn = d.end("ends_on", r.EndsOn)
	c.ApplicationDeadline = d.remark("application_deadline", r.ApplicationDeadline)
	c.UpdatedOn = d.remark("updated_on", r.UpdatedOn)
	c.QAValidTo = d.remark("qa_valid_to", r.QAValidTo)
	switch {
	case d.broken != nil:
		return d.broken
	case c.EndsOn != 0 && c.EndsOn < c.StartsOn:
		return &source.Violation{Rule: source.RuleDatesReversed, Message: fmt.Sprintf("ends on %s, before it starts on %s; correct the dates", c.EndsOn, c.StartsOn)}
	}
	switch status := fold(r.Status); {
	case containsAny(status, "ceased", "removed", "deprecated", "withdrawn", "cancelled", "canceled", "superseded", "discontinued"):
		c.WithdrawnOn = c.FirstSeenOn
		if c.UpdatedOn != 0 && c.UpdatedOn <= p.opts.AsOf {
			c.WithdrawnOn = c.UpdatedOn
		}
	default:
		u.check("status", containsAny(status, onOffer...), r.Status)
	}
	return nil
}

// onOffer are the words for the life-cycle of what is not withdrawn.
var onOffer = []string{
	"active", "developing", "suspended", "probation", "teach", "open", "current", "available", "published", "live", "running", "valid",
	"planned", "proposed", "approved", "new",
}

func (p *Preparer) setDelivery(c *Credential, r *source.Credential, u *unread) {
	c.DeliveryMode = deliveryMode(r.DeliveryMode)
	c.Schedule = schedule(r.Schedule)
	u.check("delivery_mode", c.DeliveryMode != "", r.DeliveryMode)
	u.check("schedule", c.Schedule != "", r.Schedule)
	at := p.codes.locate(r.Place)
	p.codes.checkPlace(u, r.Place, at)
	c.Country = at.country
	if c.DeliveryMode != "online" { // held nowhere; the country is the provider's
		c.RegionCode, c.RegionScheme, c.RegionLevel = at.region.RegionCode, at.region.RegionScheme, at.region.RegionLevel
	}
	for _, name := range r.Languages {
		code := p.codes.languageCode(name)
		u.check("language", code != "", name)
		if code != "" && !slices.Contains(c.Language, code) {
			c.Language = append(c.Language, code)
		}
	}
}

func deliveryMode(s string) string {
	words := fold(s)
	switch {
	case containsAny(words, "blend", "hybrid", "mixed", "mixte"):
		return "blended"
	case containsAny(words, "online", "on line", "distance", "virtual", "remote", "e learning", "elearning", "en ligne", "zdaln"):
		return "online"
	case containsAny(words, "inperson", "in person", "face to face", "onsite", "on site", "classroom", "presence", "presentiel", "prasenz", "stacjonarn"):
		return "in_person"
	}
	return ""
}

func schedule(s string) string {
	words := fold(s)
	switch {
	case containsAny(words, "self"):
		return "self_paced"
	case containsAny(words, "evening", "abend", "soir", "wieczor"):
		return "evening"
	case containsAny(words, "weekend", "wochenende", "week end"):
		return "weekend"
	case containsAny(words, "part time", "parttime", "teilzeit", "temps part", "zaoczn"):
		return "part_time"
	case containsAny(words, "full time", "fulltime", "vollzeit", "temps plein", "daytime"):
		return "full_time"
	}
	return ""
}

func containsAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}

// setEffort reads hours, duration and credits. A duration in hours is effort,
// not a calendar span.
func setEffort(c *Credential, r *source.Credential, u *unread) {
	c.Hours = hours(r.Hours)
	u.check("hours", c.Hours != nil, r.Hours)
	c.HoursPerWeek = hours(r.HoursPerWeek)
	u.check("hours_per_week", c.HoursPerWeek != nil, r.HoursPerWeek)
	if n := wholeNumber(r.DurationDays); n > 0 {
		c.DurationDays = &n
	}
	u.check("duration_days", c.DurationDays != nil, r.DurationDays)
	c.Places = wholeNumber(r.Places)
	u.check("places", c.Places > 0, r.Places)
	d, ok := parseDuration(r.Duration)
	u.check("duration", ok, r.Duration)
	if ok {
		if d.days > 0 && c.DurationDays == nil {
			n := int32(math.Round(min(d.days, 1e6)))
			c.DurationDays = &n
		}
		if d.days == 0 && c.Hours == nil {
			c.Hours = rounded(d.hours)
		}
	}
	c.Credits, c.CreditScheme, c.ECTS = number(r.Credits), Line(r.CreditScheme), number(r.ECTS)
	u.check("credits", c.Credits != nil, r.Credits)
	u.check("ects", c.ECTS != nil, r.ECTS)
	if containsAny(fold(c.CreditScheme), "ects", "european credit") {
		c.CreditScheme = "ECTS"
	}
	switch {
	case c.Credits == nil && c.ECTS != nil:
		c.Credits, c.CreditScheme = c.ECTS, "ECTS"
	case c.ECTS == nil && c.CreditScheme == "ECTS":
		c.ECTS = c.Credits
	case c.Credits == nil:
		c.CreditScheme = ""
	}
}

func setLevel(c *Credential, r *source.Credential, u *unread) {
	if i := strings.IndexAny(r.EQFLevel, "12345678"); i >= 0 && !strings.ContainsAny(r.EQFLevel[i+1:], "0123456789") {
		c.EQFLevel = int32(r.EQFLevel[i] - '0')
	}
	u.check("eqf_level", c.EQFLevel != 0, r.EQFLevel)
	c.Level, c.LevelScheme, c.AudienceLevel = Line(r.Level), Line(r.LevelScheme), Line(r.AudienceLevel)
	if code := lastSegment(r.ISCEDF); len(code) >= 2 && len(code) <= 4 && strings.Trim(code, "0123456789") == "" {
		c.ISCEDF = code
	}
	u.check("isced_f", c.ISCEDF != "", r.ISCEDF)
}

// setStatements reads what the source says in words. "none" means that there
// is none, which is more than nothing said.
func (p *Preparer) setStatements(c *Credential, r *source.Credential, u *unread) {
	c.AssessmentType = orNone(r.AssessmentType)
	c.ParticipationForm = Line(r.ParticipationForm)
	c.LearningOutcomes = lines("learning_outcomes", r.LearningOutcomes, u)
	c.Prerequisites = lines("prerequisites", r.Prerequisites, u)
	c.Recognition = Line(r.Recognition)
	c.QAScheme = orNone(r.QAScheme)
	c.QAStatus = p.qaStatus(c, fold(r.QAStatus))
	u.check("qa_status", c.QAStatus != "", r.QAStatus)
	switch fold(r.WorkPlacement) {
	case "yes", "true", "1", "y", "ja", "oui", "tak", "si":
		yes := true
		c.WorkPlacement = &yes
	case "no", "false", "0", "n", "nein", "non", "nie":
		no := false
		c.WorkPlacement = &no
	}
	u.check("work_placement", c.WorkPlacement != nil, r.WorkPlacement)
}

func orNone(s string) string {
	switch text := Line(s); fold(text) {
	case "none", "no", "no assessment", "not assessed", "aucune", "keine", "brak":
		return "none"
	default:
		return text
	}
}

// qaStatus is the status as of the run's date: a validity that has ended is
// expired whatever the source still says. A status in words that are not
// listed, as "pending", is none: not even a scheme makes it valid.
func (p *Preparer) qaStatus(c *Credential, stated string) string {
	words := strings.Fields(stated)
	listed := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	denied := listed("not", "no", "non", "never")
	switch {
	case !denied && listed("withdrawn", "revoked", "ceased"):
		return "withdrawn"
	case !denied && listed("suspended"):
		return "suspended"
	case c.QAValidTo != 0 && c.QAValidTo < p.opts.AsOf, !denied && listed("expired"):
		return "expired"
	case stated == "" && (c.QAValidTo != 0 || c.QAScheme != "" && c.QAScheme != "none"),
		stated != "" && !slices.ContainsFunc(words, func(w string) bool {
			return !slices.Contains([]string{"valid", "active", "accredited", "current", "currently"}, w)
		}):
		return "valid"
	}
	return ""
}

func (p *Preparer) setOccupations(c *Credential, r *source.Credential, u *unread) {
	for _, stated := range r.OccupationURIs {
		uri := p.occupationURI(stated)
		u.check("occupation_uris", uri != "", stated)
		if uri != "" {
			c.OccupationURIs = append(c.OccupationURIs, uri)
		}
	}
	for _, code := range r.ISCO08s {
		isco := p.codes.iscoCode(code)
		u.check("isco08s", isco != "", code)
		if isco != "" && !slices.Contains(c.ISCO08s, isco) {
			c.ISCO08s = append(c.ISCO08s, isco)
		}
	}
}

func (p *Preparer) credentialTexts(c *Credential, r *source.Credential, u *unread) {
	var t texts
	t.add("title", c.Title)
	t.add("description", Text(r.Description))
	t.add("outcomes", strings.Join(c.LearningOutcomes, "\n"))
	t.add("requirements", strings.Join(c.Prerequisites, "\n"))
	skills, stated := p.stated(r.Skills, "teaches", u)
	t.add("skills", skills)
	c.Skills = stated
	language := p.codes.languageCode(r.TextLanguage)
	u.check("text_language", language != "", r.TextLanguage)
	if language == "" && len(c.Language) == 1 {
		language = c.Language[0]
	}
	if language == "" {
		language = p.detector.detect(t.sample())
	}
	// The hash is of what the feed says, not of the day it was read.
	content := c.Credential
	content.SourceID, content.CredentialID = "", ""
	content.FirstSeenOn, content.WithdrawnOn, content.QAStatus = 0, 0, ""
	parts := []any{content, t, c.Skills, r.Parts, r.Status, r.QAStatus, r.Locality, language}
	if len(r.Claims) > 0 { // without any the hash is that of before claims were read
		parts = append(parts, r.Claims)
	}
	c.ContentHash = contentHash(parts...)
	c.SourceID, c.CredentialID = identity(c.Source, r.SourceID, r.URL, c.URL, c.ContentHash)
	c.DuplicateKey = duplicateKey(t, c.StartsOn, c.Title, c.Kind, c.ProviderID, c.Provider, c.Country, c.RegionCode, r.Locality, c.DeliveryMode,
		c.StartsOn.String(), c.EndsOn.String())
	c.Texts = t.finish(c.CredentialID, c.ContentHash, language, p.opts.AsOf.Month())
}

// links turns declared links into links between ids, ordered and each once,
// whichever side declares it: an equivalence is from the smaller id to the
// larger.
func links(feed, id string, parts []source.LinkRef) []Link {
	var all []Link
	for _, part := range parts {
		other := recordID(feed, withoutContact(part.ID))
		if part.ID == "" || other == id {
			continue
		}
		l := Link{FromID: id, ToID: other, Kind: part.Kind, Declared: true}
		switch part.Kind {
		case "has_part":
			l.FromID, l.ToID, l.Kind = other, id, "part_of"
		case "requires":
			l.FromID, l.ToID, l.Kind = other, id, "prerequisite"
		case "equivalent":
			l.FromID, l.ToID = min(id, other), max(id, other)
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b Link) int {
		return cmp.Or(strings.Compare(a.FromID, b.FromID), strings.Compare(a.ToID, b.ToID), strings.Compare(a.Kind, b.Kind))
	})
	return slices.Compact(all)
}

// lines prepares the items of a list of sentences, each once.
func lines(field string, items []string, u *unread) []string {
	u.check(field, len(items) <= maxItems, "the items beyond those read")
	var all []string
	for _, item := range items[:min(len(items), maxItems)] {
		if text := Line(item); text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

func wholeNumber(s string) int32 {
	if n, ok := parseCount(s); ok && n <= 1e6 {
		return int32(n)
	}
	return 0
}
