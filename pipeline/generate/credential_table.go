package generate

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// credentialColumns are the columns of the table of credentials: our field,
// their name.
var credentialColumns = [][2]string{
	{"source_id", "code"}, {"title", "course"}, {"kind", "type"}, {"provider", "organiser"}, {"provider_id", "organiser_code"},
	{"description", "summary"}, {"skills", "competences"}, {"learning_outcomes", "outcomes"},
	{"hours", "study_hours"}, {"ects", "ects"}, {"eqf_level", "eqf"}, {"price", "fee"}, {"currency", "fee_currency"},
	{"places", "seats"}, {"starts_on", "from"}, {"ends_on", "until"}, {"region_code", "nuts2"}, {"locality", "town"}, {"country", "country"},
	{"language", "taught_in"}, {"delivery_mode", "delivery"}, {"schedule", "timetable"}, {"assessment_type", "assessment"},
	{"prerequisites", "entry"}, {"recognition", "recognition"}, {"qa_scheme", "quality_label"}, {"qa_valid_to", "label_until"},
	{"isco08s", "isco"}, {"updated_on", "changed"}, {"url", "link"},
}

const credentialSeparator = ','

// credentialTable writes credentials as rows.
type credentialTable struct{ rows *csv.Writer }

func newCredentialTable(to io.Writer) (*credentialTable, error) {
	t := &credentialTable{csv.NewWriter(to)}
	t.rows.Comma = credentialSeparator
	return t, t.rows.Write(theirs(credentialColumns))
}

func (t *credentialTable) write(c *credential) error {
	if err := t.rows.Write(row(credentialColumns, c.cells())); err != nil {
		return fmt.Errorf("write row of credential %s: %w", c.id, err)
	}
	return nil
}

func (t *credentialTable) close() error {
	t.rows.Flush()
	return t.rows.Error()
}

func (c *credential) cells() map[string]string {
	cells := map[string]string{
		"source_id": c.id, "title": c.title, "kind": c.kind, "provider": c.provider.name, "provider_id": c.provider.id,
		"description": c.description, "language": c.language, "delivery_mode": c.mode, "schedule": c.schedule,
		"assessment_type": c.assessment, "prerequisites": c.prerequisite, "recognition": c.recognition,
		"qa_scheme": c.qaScheme, "qa_valid_to": c.qaValidTo.String(), "starts_on": c.starts.String(), "ends_on": c.ends.String(),
		"updated_on": c.updated.String(), "url": "https://example.org/credentials/" + c.id,
		"hours": amount(c.hours), "ects": amount(c.ects), "eqf_level": amount(float64(c.eqf)), "places": amount(float64(c.places)),
	}
	if c.region != nil {
		cells["region_code"], cells["locality"], cells["country"] = c.region.code, c.region.towns[c.town], c.region.country
	}
	if c.price >= 0 {
		cells["price"], cells["currency"] = strconv.Itoa(c.price), "EUR"
	}
	if c.statesJob {
		cells["isco08s"] = c.job.isco
	}
	if !c.listsNone {
		var names []string
		for _, m := range c.mentions {
			names = append(names, m.text)
		}
		cells["skills"] = strings.Join(names, listSeparator)
	}
	if !c.outcomesNone {
		cells["learning_outcomes"] = strings.Join(c.outcomes, listSeparator)
	}
	return cells
}

// amount writes a number; 0, not stated, is empty.
func amount(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
