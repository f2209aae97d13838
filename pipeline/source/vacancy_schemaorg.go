package source

import (
	"io"
	"slices"
	"strings"
)

// schemaOrg reads schema.org JobPosting objects: JSON Lines, arrays, documents
// with a @graph, HTML pages. The members applicationContact, email and
// telephone are never looked at.
type schemaOrg struct{ out *sink }

func (s *schemaOrg) decode(member string, r io.Reader) error {
	feed := jsonFeed{lim: s.out.lim, encoding: s.out.feed.Table.Encoding, pages: true, yield: s.entity}
	return feed.read(member, r)
}

func (s *schemaOrg) entity(e entity) error {
	if e.broken != nil {
		return s.out.reject(e.raw, e.broken)
	}
	hash := hashOf(e.raw)
	if known := s.out.feed.Known; known != nil && known(hash) {
		return s.out.accept(Record{Bytes: int64(len(e.raw)), Hash: hash})
	}
	o, broken := decodeObject(e.raw)
	if broken != nil {
		return s.out.reject(e.raw, broken)
	}
	types := typeNames(o)
	if !slices.Contains(types, "JobPosting") && (len(types) > 0 || o["title"] == nil) {
		if e.inGraph {
			return nil
		}
		return s.out.reject(e.raw, &Violation{RuleNotVacancy, "the record's @type is not JobPosting; deliver only JobPosting records in this feed"})
	}
	return s.out.vacancy(e.raw, len(e.raw), hash, jobPosting(o))
}

func jobPosting(o object) *Vacancy {
	v := &Vacancy{
		SourceID:         identifierOf(o["identifier"]),
		URL:              firstText(o, "url", "@id", "sameAs"),
		Title:            firstText(o, "title", "name"),
		Description:      textOf(o["description"], ""),
		Employer:         textOf(o["hiringOrganization"], ""),
		PostedOn:         textOf(o["datePosted"], ""),
		ExpiresOn:        textOf(o["validThrough"], ""),
		Openings:         textOf(o["totalJobOpenings"], ""),
		Language:         textOf(o["inLanguage"], ""),
		Qualifications:   joined(o["qualifications"], o["educationRequirements"]),
		Experience:       joined(o["experienceRequirements"]),
		Responsibilities: joined(o["responsibilities"]),
		Salary:           salaryOf(o),
	}
	if v.URL != "" && !strings.Contains(v.URL, "://") {
		v.URL = ""
	}
	v.NACE = industryOf(o)
	v.Place = placeOf(o)
	v.Remote = strings.EqualFold(textOf(o["jobLocationType"], ""), "TELECOMMUTE")
	occupationOf(o, v)
	for _, item := range each(o["skills"]) {
		if len(v.Skills) <= maxListItems {
			addSkills(v, item)
		}
	}
	return v
}

// identifierOf reads text or a PropertyValue, whose name is that of whoever
// gave the identifier.
func identifierOf(v any) string {
	for _, item := range each(v) {
		if o, ok := item.(object); ok {
			if id := firstText(o, "value", "@id", "identifier"); id != "" {
				return id
			}
		} else if id := textOf(item, ""); id != "" {
			return id
		}
	}
	return ""
}

func firstText(o object, keys ...string) string {
	for _, k := range keys {
		if s := textOf(o[k], ""); s != "" {
			return s
		}
	}
	return ""
}

// joined returns the texts of several values, a line each. Of objects it takes
// description, credentialCategory or name.
func joined(values ...any) string {
	var lines []string
	for _, v := range values {
		for _, item := range each(v) {
			if o, ok := item.(object); ok {
				lines = append(lines, firstText(o, "description", "credentialCategory", "name", "@value"))
			} else {
				lines = append(lines, textOf(item, ""))
			}
		}
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// placeOf reads the first location that has an address; a remote vacancy
// without one is where its applicants must be.
func placeOf(o object) Place {
	for _, item := range each(o["jobLocation"]) {
		location, ok := item.(object)
		if !ok {
			if s := textOf(item, ""); s != "" {
				return Place{Locality: s}
			}
			continue
		}
		switch address := first(location["address"]).(type) {
		case string:
			return Place{Locality: address}
		case object:
			return addressOf(address)
		}
		if location["addressLocality"] != nil || location["addressCountry"] != nil {
			return addressOf(location)
		}
	}
	for _, item := range each(o["applicantLocationRequirements"]) {
		if name := textOf(item, ""); name != "" {
			return Place{Country: name}
		}
	}
	return Place{}
}

func addressOf(a object) Place {
	return Place{
		Locality:   textOf(a["addressLocality"], ""),
		Region:     textOf(a["addressRegion"], ""),
		PostalCode: textOf(a["postalCode"], ""),
		Country:    textOf(a["addressCountry"], ""),
	}
}

// salaryOf reads a number, a sentence, or a MonetaryAmount in its many shapes.
func salaryOf(o object) Salary {
	s := Salary{Currency: textOf(o["salaryCurrency"], "")}
	amount, ok := first(o["baseSalary"]).(object)
	if !ok {
		s.Value = textOf(o["baseSalary"], "")
		return s
	}
	value, ok := first(amount["value"]).(object)
	if !ok {
		value = amount
	}
	s.Min, s.Max = textOf(value["minValue"], ""), textOf(value["maxValue"], "")
	s.Value = textOf(value["value"], "")
	s.Unit = firstText(value, "unitText", "unitCode")
	if c := firstText(amount, "currency"); c != "" {
		s.Currency = c
	}
	return s
}

// industryOf returns a NACE code if the record has one. The divisions of ISIC
// are those of NACE.
func industryOf(o object) string {
	for _, item := range each(o["industry"]) {
		if term, ok := item.(object); ok {
			if strings.Contains(strings.ToUpper(textOf(term["inDefinedTermSet"], "")+textOf(term["inCodeSet"], "")), "NACE") {
				return firstText(term, "termCode", "codeValue")
			}
		} else if s := textOf(item, ""); s != "" {
			return s
		}
	}
	if isic := textOf(objectOf(o["hiringOrganization"])["isicV4"], ""); len(isic) >= 2 {
		return isic[:2]
	}
	return ""
}

// occupationOf reads occupationalCategory and relevantOccupation: text, a
// CategoryCode or DefinedTerm, an Occupation.
func occupationOf(o object, v *Vacancy) {
	for _, key := range []string{"occupationalCategory", "relevantOccupation"} {
		for _, item := range each(o[key]) {
			term, ok := item.(object)
			if !ok {
				addOccupation(v, textOf(item, ""), "", "")
				continue
			}
			if inner := objectOf(term["occupationalCategory"]); inner != nil {
				term = inner
			}
			set := firstText(term, "inCodeSet", "inDefinedTermSet")
			addOccupation(v, firstText(term, "@id", "url", "codeValue", "termCode"), set, textOf(term["name"], ""))
		}
	}
}

func addOccupation(v *Vacancy, code, set, name string) {
	isco, isISCO := iscoOfURI(code)
	switch {
	case isESCOOccupation(code) && v.OccupationURI == "":
		v.OccupationURI = canonicalESCO(code)
	case isISCO && v.ISCO08 == "":
		v.ISCO08 = isco
	case strings.Contains(strings.ToUpper(set), "ISCO") && v.ISCO08 == "":
		v.ISCO08 = code
	case set == "" && name == "":
		name = code
	}
	if v.OccupationTitle == "" {
		v.OccupationTitle = name
	}
}

// An item of a skills list that is longer is a sentence, or a part of one.
const (
	maxSkillBytes = 80
	maxSkillWords = 8
)

func isProse(item string) bool {
	return !isESCOSkill(item) && (len(item) > maxSkillBytes || len(strings.Fields(item)) > maxSkillWords ||
		strings.ContainsAny(item, "<>") || strings.Contains(item, "&lt;"))
}

// addSkills reads an item of skills: a DefinedTerm, a URI, a name, or a list
// of names in one string. Sentences go to the qualifications.
func addSkills(v *Vacancy, item any) {
	if term, ok := item.(object); ok {
		s := StatedSkill{Name: textOf(term["name"], "")}
		for _, key := range []string{"@id", "url", "termCode", "sameAs"} {
			if uri := textOf(term[key], ""); isESCOSkill(uri) {
				s.URI = canonicalESCO(uri)
			}
		}
		if s != (StatedSkill{}) {
			v.Skills = append(v.Skills, s)
		}
		return
	}
	text := textOf(item, "")
	items := splitList(text, "", false)
	if slices.ContainsFunc(items, isProse) {
		v.Qualifications = strings.TrimSpace(v.Qualifications + "\n" + text)
		return
	}
	for _, name := range items {
		v.Skills = append(v.Skills, skillOf(name, ""))
	}
}
