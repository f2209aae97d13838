package generate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// jobPosting is a schema.org JobPosting.
type jobPosting struct {
	Context            string     `json:"@context"`
	Type               string     `json:"@type"`
	Identifier         propertyID `json:"identifier"`
	URL                string     `json:"url"`
	Title              string     `json:"title"`
	Description        string     `json:"description"`
	Qualifications     string     `json:"qualifications,omitempty"`
	Skills             any        `json:"skills,omitempty"`
	DatePosted         string     `json:"datePosted"`
	ValidThrough       string     `json:"validThrough"`
	EmploymentType     string     `json:"employmentType"`
	HiringOrganization hirer      `json:"hiringOrganization"`
	Industry           string     `json:"industry"`
	JobLocation        place      `json:"jobLocation"`
	BaseSalary         any        `json:"baseSalary,omitempty"`
	TotalJobOpenings   any        `json:"totalJobOpenings,omitempty"`
	InLanguage         string     `json:"inLanguage"`
}

type propertyID struct {
	Type  string `json:"@type"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

type hirer struct {
	Type       string `json:"@type"`
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
	SameAs     string `json:"sameAs"`
}

type place struct {
	Type    string        `json:"@type"`
	Address postalAddress `json:"address"`
}

type postalAddress struct {
	Type            string `json:"@type"`
	AddressLocality string `json:"addressLocality,omitempty"`
	AddressRegion   string `json:"addressRegion,omitempty"`
	PostalCode      string `json:"postalCode,omitempty"`
	AddressCountry  string `json:"addressCountry"`
}

type definedTerm struct {
	Type             string `json:"@type"`
	Name             string `json:"name"`
	TermCode         string `json:"termCode"`
	InDefinedTermSet string `json:"inDefinedTermSet"`
}

type monetaryAmount struct {
	Type     string            `json:"@type"`
	Currency string            `json:"currency"`
	Value    quantitativeValue `json:"value"`
}

type quantitativeValue struct {
	Type     string `json:"@type"`
	MinValue int    `json:"minValue"`
	MaxValue int    `json:"maxValue"`
	UnitText string `json:"unitText"`
}

const escoSkills = "http://data.europa.eu/esco/concept-scheme/skills"

// schemaOrg writes vacancies as JobPostings, one a line.
type schemaOrg struct{ encoder *json.Encoder }

func newSchemaOrg(to io.Writer) *schemaOrg { return &schemaOrg{json.NewEncoder(to)} }

func (s *schemaOrg) write(w *world, v *vacancy) error {
	if err := s.encoder.Encode(newJobPosting(w, v)); err != nil {
		return fmt.Errorf("encode JobPosting %s: %w", v.id, err)
	}
	return nil
}

func newJobPosting(w *world, v *vacancy) *jobPosting {
	p := &jobPosting{
		Context: "https://schema.org", Type: "JobPosting",
		Identifier: propertyID{"PropertyValue", v.employer.name, v.id},
		URL:        "https://example.org/jobs/" + v.id, Title: v.title, Description: v.text.write(v.markup),
		DatePosted: v.posted.String(), ValidThrough: v.expires.String() + "T23:59:59Z",
		EmploymentType:     "FULL_TIME",
		HiringOrganization: hirer{"Organization", v.employer.name, v.employer.id, "https://example.org/employers/" + v.employer.id}, //nolint:misspell // the word of schema.org
		Industry:           v.employer.nace,
		JobLocation:        place{"Place", v.address()},
		InLanguage:         v.language,
	}
	if rest, asks := v.text.split(); v.separateAsks && len(asks) > 1 {
		p.Description, p.Qualifications = rest.write(v.markup), asks[1:].write(v.markup)
	}
	if v.lists && len(v.mentions) > 0 {
		p.Skills = w.skillTerms(v)
	}
	switch {
	case v.salary.from == 0:
	case v.textSalary:
		p.BaseSalary = v.salary.sentence()
	default:
		p.BaseSalary = monetaryAmount{"MonetaryAmount", "EUR", quantitativeValue{"QuantitativeValue", v.salary.from, v.salary.to, strings.ToUpper(v.salary.period())}}
	}
	switch {
	case v.openings > 1 && v.textSalary:
		p.TotalJobOpenings = fmt.Sprint(v.openings)
	case v.openings > 1:
		p.TotalJobOpenings = v.openings
	}
	return p
}

func (v *vacancy) address() postalAddress {
	a := postalAddress{Type: "PostalAddress", AddressCountry: v.region.country}
	if !v.onlyCountry {
		a.AddressLocality, a.AddressRegion, a.PostalCode = v.region.towns[v.town], v.region.official, v.region.postcodes[v.town]
	}
	return a
}

// skillTerms lists the skills as terms of ESCO or as names.
func (w *world) skillTerms(v *vacancy) any {
	if !v.listsURIs {
		names := make([]string, len(v.mentions))
		for i, m := range v.mentions {
			names[i] = m.text
		}
		return names
	}
	terms := make([]definedTerm, len(v.mentions))
	for i, m := range v.mentions {
		terms[i] = definedTerm{"DefinedTerm", m.text, w.taxonomy.Skills[m.skill].URI, escoSkills}
	}
	return terms
}

func (s salary) period() string {
	if s.yearly {
		return "year"
	}
	return "month"
}

// sentence is pay in words, as many feeds give it.
func (s salary) sentence() string {
	return fmt.Sprintf("€%d,%03d to €%d,%03d a %s", s.from/1000, s.from%1000, s.to/1000, s.to%1000, s.period())
}
