package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/recommend"
)

// listedSkills is how many skills of an occupation the table and the page name.
const listedSkills = 6

// text writes the answer for a terminal.
func (a *reachAnswer) text(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, a.HeldLine())
	if a.Prior != nil {
		a.Prior.text(out)
	}
	fmt.Fprintf(out, "\nOccupations within reach in %s, twelve months to %s\n", a.Region, a.Month[:7])
	for i, o := range a.Occupations {
		fmt.Fprintf(out, "\n%d. %s %s: distance %.2f, %s\n", i+1, o.ISCO, o.Label, o.Distance, o.CoveredLine())
		fmt.Fprintf(out, "   %s\n   %s\n", o.MarketLine(), o.OutlookLine())
		fmt.Fprintf(out, "   has:     %s\n   missing: %s\n", skillLine(o.HeldSkills), skillLine(o.Missing))
	}
	if len(a.Occupations) == 0 {
		fmt.Fprintln(out, "\nNone.")
	}
	for _, note := range a.AllNotes() {
		fmt.Fprintf(out, "\n%s\n", note)
	}
	return out.Flush()
}

// HeldLine counts what the person holds.
func (a *reachAnswer) HeldLine() string {
	count := map[string]int{}
	for _, h := range a.Held {
		count[h.State]++
	}
	return fmt.Sprintf("%d skills held, of which %d are proven by credentials, %d declared and %d assumed (counted at %.1f or less)",
		len(a.Held), count[recommend.StateProven], count[recommend.StateDeclared], count[recommend.StateAssumed], recommend.WeightAssumed)
}

// AllNotes says what the answer leaves out.
func (a *reachAnswer) AllNotes() []string {
	notes := a.Notes
	if a.OutOfReach > 0 {
		notes = append(notes[:len(notes):len(notes)], fmt.Sprintf("%d occupations with figures are out of reach: more than %.0f %% of the way, or nothing but transversal skills in common.", a.OutOfReach, 100*recommend.MaxDistance))
	}
	return notes
}

// CoveredLine says what part of the occupation the person covers.
func (o reachOccupation) CoveredLine() string {
	line := fmt.Sprintf("%.0f %% of its skills by weight", 100*o.Covered)
	line += fmt.Sprintf(", %.0f %% proven, %.0f %% declared", 100*o.Proven, 100*o.Declared)
	if o.Former {
		line += "; the former occupation"
	}
	if !o.Within {
		line += "; out of reach"
	}
	return line
}

// MarketLine says what the weights rest on.
func (o reachOccupation) MarketLine() string {
	return fmt.Sprintf("weights: %.0f %% from %d vacancies in %s, the rest from ESCO", 100*o.LocalPart, o.Vacancies, o.MarketRegion)
}

// OutlookLine says what work there is and what it pays.
func (o reachOccupation) OutlookLine() string {
	line := fmt.Sprintf("%s: %d posts in twelve months", o.MarketRegion, o.Openings)
	switch {
	case o.Growth != nil:
		line += fmt.Sprintf(", %+.0f %% against the twelve before (%d)", 100*(*o.Growth-1), *o.OpeningsBefore)
	case o.Partial:
		line += ", not compared with the twelve before, as the last month is not over"
	default:
		line += ", the twelve before are not known"
	}
	for _, wage := range o.Wages {
		line += fmt.Sprintf("; median pay %s %s %s (%d vacancies)", amount(int64(wage.Median)), wage.Currency, per(wage.Period), wage.Vacancies)
	}
	if len(o.Wages) == 0 {
		line += fmt.Sprintf("; pay is not given, fewer than %d vacancies state it", recommend.MinWages)
	}
	return line
}

// per writes a period of pay after its amount.
func per(period string) string {
	if period == "hour" {
		return "an hour"
	}
	return "a " + period
}

// amount writes hundredths as units, with thousands apart: whole where nothing is lost
// and they are 100 or more, or none, so that amounts add up as they are shown.
func amount(hundredths int64) string {
	digits, decimals := fmt.Sprint(hundredths/100), ""
	if hundredths != 0 && (hundredths < 100*100 || hundredths%100 != 0) {
		decimals = fmt.Sprintf(".%02d", hundredths%100)
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, groups...), " ") + decimals
}

// skillLine names the first skills and counts the others.
func skillLine(skills []reachSkill) string {
	var names []string
	for _, s := range skills[:min(listedSkills, len(skills))] {
		names = append(names, s.Line())
	}
	if more := len(skills) - listedSkills; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return cmp.Or(strings.Join(names, ", "), "none")
}

// Line names the skill with what matters about it.
func (s reachSkill) Line() string {
	about := []string{fmt.Sprintf("%.1f %%", 100*s.Weight)}
	if s.State != "" {
		about = append(about, s.State)
	}
	if s.Nearest != "" && s.Held == 0 {
		about = append(about, "near: "+s.Nearest)
	}
	return fmt.Sprintf("%s (%s)", s.Label, strings.Join(about, "; "))
}

func (p *priorAnswer) text(out io.Writer) {
	fmt.Fprintf(out, "\nPrior learning for %s %s: %s\n", p.Occupation.ISCO, p.Occupation.Label, p.Line())
	for _, s := range p.Skills {
		fmt.Fprintf(out, "  %-8s %s", s.State, s.Label)
		if e := s.EvidenceText(); e != "" {
			fmt.Fprintf(out, "  [%s]", e)
		}
		fmt.Fprintln(out)
	}
}

// Line says how much is covered, with its base.
func (p *priorAnswer) Line() string {
	if p.Share == nil {
		return "ESCO calls no skill essential for it"
	}
	return fmt.Sprintf("%d of %d essential skills proven (%.0f %%), %d declared and %d assumed and still to be shown, %d near, %d open", p.Proven, p.Essential, 100**p.Share, p.Declared, p.Assumed, p.Near, p.Open)
}

// EvidenceText says what shows the skill, or the one near to it, best first.
func (s priorSkill) EvidenceText() string {
	line := evidenceLine(s.Evidence)
	if s.Nearest != "" {
		line = s.Nearest + " by " + line
	}
	return line
}

// evidenceLine lists reasons, the heaviest first.
func evidenceLine(evidence []recommend.Evidence) string {
	var lines []string
	for _, e := range evidence {
		line := e.Kind
		if e.Source != "" {
			line += " " + e.Source
		}
		if e.Text != "" {
			line += fmt.Sprintf(": %q", e.Text)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

// Shown says what shows that the person holds the skill.
func (h heldSkill) Shown() string { return evidenceLine(h.Evidence) }

// First returns the skills that a page names.
func (o reachOccupation) First(skills []reachSkill) []reachSkill {
	return skills[:min(2*listedSkills, len(skills))]
}
