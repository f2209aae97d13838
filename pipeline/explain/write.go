package explain

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// WriteJSON writes an explanation with all records as one JSON object.
func (x *Explanation) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(x)
}

// WriteCSV writes an explanation as a table: a line for the figure, one for each
// part, and one for each record and skill of it; a record without a skill has one
// line. Columns that a line has no use for are empty.
func (x *Explanation) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{
		{"kind", "cell", "name", "value", "meaning", "id", "version", "title", "organisation", "url", "posted_month", "openings", "weight", "official", "open",
			"online", "places", "aligned", "skills", "skill_uri", "skill", "probability", "requirement", "evidence_field", "evidence_start", "evidence_end", "evidence_text"},
		{"figure", "", x.Figure, shownExactly(x.Value), x.Meaning},
	}
	for _, k := range x.Row {
		lines = append(lines, []string{"key", "", k.Column, k.Value, k.Name})
	}
	for _, p := range x.Parts {
		lines = append(lines, []string{"part", "", p.Name, shownExactly(p.Value), p.Meaning})
	}
	for _, p := range x.Compared {
		lines = append(lines, []string{"compared", "", p.Name, shownExactly(p.Value), p.Meaning, p.Of})
	}
	for i := range x.Populations {
		p := &x.Populations[i]
		for j := range p.Vacancies {
			lines = append(lines, p.Vacancies[j].lines(p.Cell)...)
		}
		for j := range p.Credentials {
			lines = append(lines, p.Credentials[j].lines(p.Cell)...)
		}
	}
	for _, line := range lines {
		full := make([]string, len(lines[0]))
		copy(full, line)
		if err := out.Write(full); err != nil {
			return fmt.Errorf("write explanation: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

func (v *Vacancy) lines(cell string) [][]string {
	official := ""
	if v.Official != nil {
		official = strconv.FormatBool(*v.Official)
	}
	line := []string{"vacancy", cell, "", "", "", v.VacancyID, strconv.Itoa(int(v.Version)), v.Title, v.Employer, v.URL, v.Month,
		strconv.FormatInt(v.Openings, 10), strconv.FormatFloat(v.Weight, 'g', -1, 64), official, strconv.FormatBool(v.Open), "", "", "", ""}
	if len(v.Asks) == 0 {
		return [][]string{line}
	}
	var lines [][]string
	for _, a := range v.Asks {
		lines = append(lines, append(line[:len(line):len(line)], a.SkillURI, a.Skill, strconv.FormatFloat(a.Probability, 'g', -1, 64), a.Requirement, a.Field, strconv.Itoa(int(a.Start)), strconv.Itoa(int(a.End)), a.Text))
	}
	return lines
}

func (c *Credential) lines(cell string) [][]string {
	line := []string{"credential", cell, "", "", "", c.CredentialID, strconv.Itoa(int(c.Version)), c.Title, c.Provider, c.URL, "", "", "", "", "",
		strconv.FormatBool(c.Online), strconv.FormatInt(c.Places, 10), c.Aligned, strconv.Itoa(c.Skills)}
	if len(c.Teaches) == 0 {
		return [][]string{line}
	}
	var lines [][]string
	for _, t := range c.Teaches {
		lines = append(lines, append(line[:len(line):len(line)], t.SkillURI, t.Skill, strconv.FormatFloat(t.Probability, 'g', -1, 64), t.Relation, t.Field, strconv.Itoa(int(t.Start)), strconv.Itoa(int(t.End)), t.Text))
	}
	return lines
}

// shownExactly is a value as text: "" for null, texts without quotes.
func shownExactly(value json.RawMessage) string {
	var text string
	switch {
	case string(value) == "null":
		return ""
	case json.Unmarshal(value, &text) == nil:
		return text
	}
	return string(value)
}
