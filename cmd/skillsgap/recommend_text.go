package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/skillsgap/skillsgap/pipeline/recommend"
	"github.com/skillsgap/skillsgap/reports"
	"github.com/skillsgap/skillsgap/taxonomy"
)

// heldSkills lists what a person holds.
func heldSkills(t *taxonomy.Taxonomy, language string, held []recommend.Held) []heldSkill {
	all := []heldSkill{}
	for _, h := range held {
		all = append(all, heldSkill{URI: t.Skills[h.Skill].URI, Label: t.SkillName(h.Skill, language), Weight: h.Weight, State: h.State(), Evidence: h.Evidence})
	}
	return all
}

// asked says in words what was asked for.
func (o *recommendOptions) asked(r recommend.Request) []string {
	asked := []string{}
	say := func(format string, args ...any) { asked = append(asked, fmt.Sprintf(format, args...)) }
	if r.Money != nil {
		say("at most %s %s", amount(int64(*r.Money)), r.Currency)
	}
	if r.Hours != nil {
		say("at most %g hours", *r.Hours)
	}
	if r.HoursPerWeek != nil {
		say("at most %g hours a week", *r.HoursPerWeek)
	}
	if r.Weeks != nil {
		say("at most %g weeks", *r.Weeks)
	}
	say("at most %d credentials", r.Credentials)
	if r.Start != 0 {
		say("not before %s", r.Start)
	}
	if r.Finish != 0 {
		say("done by %s", r.Finish)
	}
	for _, list := range [][]string{r.Languages, r.Modes, r.Schedules} {
		if len(list) > 0 {
			say("%s", strings.ReplaceAll(strings.Join(list, " or "), "_", " "))
		}
	}
	if r.EQFLow != 0 {
		say("EQF level %s", o.level)
	}
	if r.Accredited {
		say("valid quality assurance")
	}
	return asked
}

// HeldLine counts what the person holds.
func (a *planAnswer) HeldLine() string {
	held := reachAnswer{Held: a.Held}
	return held.HeldLine()
}

// AskedLine lists what was asked for.
func (a *planAnswer) AskedLine() string { return strings.Join(a.Asked, ", ") }

// SumLine sums the plan up.
func (a *planAnswer) SumLine() string {
	if len(a.Steps) == 0 {
		return "No credential that suits teaches a missing skill."
	}
	return fmt.Sprintf("A %s of %d credentials, %s, %s: %.0f %% of what is missing, by weight. Within these limits nothing gives more than %.0f %%.",
		a.Kind, len(a.Steps), priceText(a.Price, a.Currency), hoursText(a.Hours), 100*a.Gain, 100*a.UpperBound)
}

func priceText(price *float64, currency string) string {
	switch {
	case price == nil:
		return "price not fully stated"
	case *price == 0:
		return "free of charge"
	}
	return amount(int64(*price*100+0.5)) + " " + cmp.Or(currency, "(currency not stated)")
}

func hoursText(hours *float64) string {
	if hours == nil {
		return "hours not fully stated"
	}
	return fmt.Sprintf("%g hours", *hours)
}

// CostLine says what a credential costs and takes.
func (s planStep) CostLine() string {
	price, hours := "price not stated", "hours not stated"
	if s.Price != nil {
		price = priceText(s.Price, s.Currency)
	}
	if s.Hours != nil {
		hours = hoursText(s.Hours)
	}
	return price + ", " + hours
}

// WayLine says how, where and in what language it is taught.
func (s planStep) WayLine() string {
	parts := []string{cmp.Or(s.Mode, "way of teaching not stated")}
	if s.Schedule != "" {
		parts = append(parts, s.Schedule)
	}
	if s.Region != "" {
		parts = append(parts, s.Region)
	}
	if len(s.Language) > 0 {
		parts = append(parts, "in "+strings.Join(s.Language, ", "))
	}
	if s.EQF > 0 {
		parts = append(parts, fmt.Sprintf("EQF %d", s.EQF))
	}
	return strings.ReplaceAll(strings.Join(parts, ", "), "_", " ")
}

// DatesLine says when to apply and when it is held.
func (s planStep) DatesLine() string {
	var parts []string
	if s.Deadline != "" {
		parts = append(parts, "apply by "+s.Deadline)
	}
	if s.Starts != "" {
		parts = append(parts, "on offer from "+s.Starts)
	}
	if s.Ends != "" {
		parts = append(parts, "on offer until "+s.Ends)
	}
	return cmp.Or(strings.Join(parts, ", "), "dates not stated")
}

// NamedLine says whether employers ask for the credential.
func (s planStep) NamedLine() string {
	switch s.NamedBy {
	case 0:
		return "No vacancy of the occupation here names this credential."
	case 1:
		return "1 vacancy of the occupation here names this credential."
	}
	return fmt.Sprintf("%d vacancies of the occupation here name this credential.", s.NamedBy)
}

// Line names a missing skill with its demand share.
func (s planSkill) Line() string { return fmt.Sprintf("%s (%.0f %%)", s.Label, 100*s.Share) }

func skillNames(skills []planSkill, most int) string {
	var names []string
	for _, s := range skills[:min(most, len(skills))] {
		names = append(names, s.Line())
	}
	if more := len(skills) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return cmp.Or(strings.Join(names, ", "), "none")
}

// ClosesLine names the skills that a step closes.
func (s planStep) ClosesLine() string { return skillNames(s.Closes, len(s.Closes)) }

// Line says who pays by a rule of funding.
func (f planFunding) Line() string {
	if f.Refused != "" {
		return "pays nothing: " + f.Refused
	}
	line := fmt.Sprintf("has up to %s for the person; ", priceText(&f.Available, f.Currency))
	if f.Paid == nil {
		line += "what it pays in all cannot be told, for a price is not stated or in another currency"
	} else {
		line += fmt.Sprintf("pays %s %s, the person %s %s", amount(int64(*f.Paid*100+0.5)), f.Currency, amount(int64(*f.Own*100+0.5)), f.Currency)
	}
	if f.LeaveDays > 0 {
		line += fmt.Sprintf("; %g days of paid leave", f.LeaveDays)
	}
	return line
}

// Line says who pays for one credential.
func (i paidItem) Line(currency string) string {
	if i.Paid == nil {
		return "no figure: " + i.Why
	}
	line := fmt.Sprintf("pays %s %s, the person %s %s", amount(int64(*i.Paid*100+0.5)), currency, amount(int64(*i.Own*100+0.5)), currency)
	if i.Why != "" {
		line += "; " + i.Why
	}
	return line
}

// LeftLine lists what was left out.
func (a *planAnswer) LeftLine() string {
	var parts []string
	for _, l := range a.LeftOut {
		parts = append(parts, fmt.Sprintf("%d %s", l.Credentials, l.Why))
	}
	return strings.Join(parts, "; ")
}

// text writes the answer for a terminal.
func (a *planAnswer) text(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "Plan for %s %s in %s, as of %s\n%s\n", a.Occupation.ISCO, a.Occupation.Label, a.Region, a.AsOf, a.HeldLine())
	fmt.Fprintf(out, "Asked for: %s\nWeights: %s\n\n%s\n", a.AskedLine(), a.Basis, a.SumLine())
	for i, s := range a.Steps {
		fmt.Fprintf(out, "\n%d. %s\n   %s\n", i+1, s.Title, cmp.Or(s.Provider, "provider not stated"))
		fmt.Fprintf(out, "   %s; %s\n   %s\n", s.CostLine(), s.WayLine(), s.DatesLine())
		if s.URL != "" {
			fmt.Fprintf(out, "   %s\n", s.URL)
		}
		fmt.Fprintf(out, "   closes: %s\n", s.ClosesLine())
		for _, entry := range s.Entry {
			fmt.Fprintf(out, "   asks on entry: %s\n", entry)
		}
		for _, reason := range s.Reasons {
			fmt.Fprintf(out, "   - %s\n", reason)
		}
		fmt.Fprintf(out, "   - %s\n", s.NamedLine())
	}
	fmt.Fprintf(out, "\nStays open: %s\n", skillNames(a.Open, 10))
	for _, f := range a.Funding {
		fmt.Fprintf(out, "\nFunding %s: %s\n", f.Name, f.Line())
		for _, i := range f.Items {
			if f.Refused == "" {
				fmt.Fprintf(out, "   %s: %s\n", i.Title, i.Line(f.Currency))
			}
		}
	}
	if len(a.LeftOut) > 0 {
		fmt.Fprintf(out, "\nLeft out, though they teach something missing: %s\n", a.LeftLine())
	}
	for _, note := range a.Notes {
		fmt.Fprintf(out, "\n%s\n", note)
	}
	return out.Flush()
}

// html writes the plan to print for the client.
func (a *planAnswer) html(w io.Writer) error {
	t, err := reports.ParsePage(planPage)
	if err != nil {
		return fmt.Errorf("parse page of recommend: %w", err)
	}
	return t.Execute(w, a)
}
