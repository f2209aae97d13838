package explain

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// shownRecords is how many vacancies, and how many credentials, a table lists.
const shownRecords = 6

// WriteTable writes an explanation for people, about a page long: of the records the
// first ones, those that ask for the skill or teach it before the others, and how many
// more there are.
func (x *Explanation) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", x.Figure, x.Meaning)
	if x.Unit != "" {
		fmt.Fprintf(&b, " [%s]", x.Unit)
	}
	b.WriteString("\n\n")
	for _, k := range x.Row {
		fmt.Fprintf(&b, "  %-16s %s", k.Column, k.Value)
		if k.Name != "" && k.Name != k.Value {
			fmt.Fprintf(&b, "  %s", k.Name)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "\n  value            %s", shown(x.Value))
	if len(x.Low) > 0 && string(x.Low) != "null" {
		fmt.Fprintf(&b, "  (95 %% interval %s to %s)", shown(x.Low), shown(x.High))
	}
	b.WriteByte('\n')
	line(&b, "rests on", x.Base)
	line(&b, "formula", x.Formula)
	if x.PutIn != x.Formula {
		line(&b, "with figures", x.PutIn)
	}
	line(&b, "note", x.Note)
	if len(x.Parts) > 0 {
		b.WriteString("\nParts\n")
		for _, p := range x.Parts {
			fmt.Fprintf(&b, "  %-30s %12s  %s\n", p.Name, shown(p.Value), p.Meaning)
			if p.Command != "" {
				fmt.Fprintf(&b, "  %30s %12s  %s\n", "", "", p.Command)
			}
		}
	}
	if len(x.Compared) > 0 {
		fmt.Fprintf(&b, "\nCompared with %d figures of %s\n", len(x.Compared), x.ComparedWith)
	}
	for i := range x.Populations {
		x.Populations[i].table(&b)
	}
	fmt.Fprintf(&b, "\nSnapshot %s as of %s. --format json and csv give all records and exact figures.\n", x.Snapshot, x.AsOf)
	_, err := io.WriteString(w, b.String())
	return err
}

func line(b *strings.Builder, head, text string) {
	if text != "" {
		fmt.Fprintf(b, "  %-16s %s\n", head, text)
	}
}

// table lists the first records of a population.
func (p *Population) table(b *strings.Builder) {
	if p.Cell != own {
		fmt.Fprintf(b, "\nThe cell %s %s %s, %.7s to %.7s\n", p.Cell, p.Region, p.Occupation, p.First, p.Last)
	}
	asking := len(slices.DeleteFunc(slices.Clone(p.Vacancies), func(v Vacancy) bool { return len(v.Asks) == 0 }))
	if len(p.Vacancies) > 0 {
		fmt.Fprintf(b, "\nVacancies: %d count, %d of them ask for what the figure is about\n", len(p.Vacancies), asking)
	}
	for i := range p.Vacancies[:min(shownRecords, len(p.Vacancies))] {
		v := &p.Vacancies[i]
		fmt.Fprintf(b, "  %.7s  w %s  %s  %s  %s\n", v.Month, strconv.FormatFloat(v.Weight, 'g', 6, 64), clean(v.Title), clean(v.Employer), clean(v.URL))
		for _, a := range v.Asks[:min(3, len(v.Asks))] {
			fmt.Fprintf(b, "      p %s  %s  %s\n", strconv.FormatFloat(a.Probability, 'g', -1, 64), a.Requirement, a.line(a.Skill))
		}
		more(b, len(v.Asks)-3, "skills", "      ")
	}
	more(b, len(p.Vacancies)-shownRecords, "vacancies", "  ")
	teaching := len(slices.DeleteFunc(slices.Clone(p.Credentials), func(c Credential) bool { return len(c.Teaches) == 0 }))
	if len(p.Credentials) > 0 {
		fmt.Fprintf(b, "\nAligned credentials: %d count, %d of them teach what the figure is about\n", len(p.Credentials), teaching)
	}
	for i := range p.Credentials[:min(shownRecords, len(p.Credentials))] {
		c := &p.Credentials[i]
		fmt.Fprintf(b, "  %s  %s  %s\n      %s\n", clean(c.Title), clean(c.Provider), clean(c.URL), c.why())
		for _, t := range c.Teaches[:min(3, len(c.Teaches))] {
			fmt.Fprintf(b, "      %s  %s\n", t.Relation, t.line(t.Skill))
		}
		more(b, len(c.Teaches)-3, "skills", "      ")
	}
	more(b, len(p.Credentials)-shownRecords, "credentials", "  ")
}

// why says in words how a credential counts, and why.
func (c *Credential) why() string {
	where := "in " + c.Region
	if c.Online {
		where = "online"
	}
	places := "places not stated"
	if c.Places > 0 {
		places = fmt.Sprintf("%d places", c.Places)
	}
	why := map[string]string{
		Everyone: "teaches something, and the cell is of all occupations",
		Stated:   "states an occupation of the group",
		Shared:   fmt.Sprintf("shares %d of its %d skills with the group: %s", len(c.Shared), c.Skills, strings.Join(c.Shared[:min(4, len(c.Shared))], ", ")),
	}[c.Aligned]
	return where + ", " + places + "; aligned, for it " + why
}

func (e *Evidence) line(skill string) string {
	return fmt.Sprintf("%s: %s %d-%d %q", clean(skill), e.Field, e.Start, e.End, e.Text)
}

func more(b *strings.Builder, n int, what, indent string) {
	if n > 0 {
		fmt.Fprintf(b, "%s… and %d more %s\n", indent, n, what)
	}
}

// clean makes a text of a feed fit for a terminal: control characters, which could
// steer it, become spaces, and a long one is cut.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > 90 {
		return string(runes[:89]) + "…"
	}
	return text
}
