package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/jobs/config"
	"github.com/skillsgap/skillsgap/pipeline/source"
)

// topics lists the pages that `skillsgap help NAME` shows.
func topics() []page {
	return []page{configurationPage(), datasetsPage(), fieldsPage(), rulesPage()}
}

// fieldsPage is what a column mapping may name.
func fieldsPage() page {
	p := page{
		name: "fields", file: "feed-fields", title: "Fields of feeds",
		short: "The fields that a feed's columns may be mapped to",
		intro: "Fields that columns and constants of a feed in " + config.FileName + " may name.",
	}
	for _, kind := range []struct {
		name   string
		fields []source.Field
	}{
		{"Vacancies", source.VacancyFields()}, {"Credentials", source.CredentialFields()},
		{"Official totals of vacancies", source.VacancyTotalFields()}, {"Workforce tables", source.WorkforceFields()},
		{"Enrolments", source.LearnerFields(source.Enrolments)}, {"Follow-ups", source.LearnerFields(source.FollowUps)},
		{"Comparison persons", source.LearnerFields(source.Comparison)}, {"Feedback", source.LearnerFields(source.FeedbackKind)},
		{"Reference populations", source.LearnerFields(source.ReferencePopulation)},
	} {
		t := table{head: []string{"field", "holds", "meaning"}}
		for _, f := range kind.fields {
			holds := "one"
			if f.List {
				holds = "a list"
			}
			t.rows = append(t.rows, []string{f.Name, holds, f.Doc})
		}
		p.sections = append(p.sections, section{level: 2, title: kind.name, table: t})
	}
	return p
}

// rulesPage is the rules that a rejected record broke.
func rulesPage() page {
	t := table{head: []string{"rule", "broken where", "what to do"}, prose: 2}
	for _, r := range source.Rules() {
		t.rows = append(t.rows, []string{r.ID, r.Meaning, r.Action})
	}
	return page{
		name: "rules", file: "rules", title: "Rules for records",
		short: "The rules that records must keep, by id",
		intro: `Rules for records of feeds. A record that breaks one is kept in the dataset rejects
and counted in reject_counts. The ids are stable.`,
		sections: []section{{table: t}},
	}
}

// addTopics adds the help and its topics to the commands.
func addTopics(root *cobra.Command) {
	help := newHelp()
	root.SetHelpCommand(help)
	root.AddCommand(help)
	for _, p := range topics() {
		root.AddCommand(newTopic(p))
	}
}

// newTopic is `help NAME`, and `help NAME SECTION` for each part of the page
// that is told apart.
func newTopic(p page) *cobra.Command {
	topic := &cobra.Command{Use: p.name, Short: p.short}
	topic.SetHelpFunc(func(cmd *cobra.Command, _ []string) { p.text(cmd.OutOrStdout()) })
	for _, s := range p.sections {
		if s.apart {
			sub := &cobra.Command{Use: s.title, Short: p.title + ": " + s.title}
			sub.SetHelpFunc(func(cmd *cobra.Command, _ []string) { s.text(cmd.OutOrStdout()) })
			topic.AddCommand(sub)
		}
	}
	return topic
}

// newHelp is the help of commands and topics. Unlike cobra's own it tells a
// mistake.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND or TOPIC]…",
		Short:   "Explain a command or a topic",
		Long:    "help explains a command as its --help does, or shows a topic.\n",
		Example: "  skillsgap help run\n  skillsgap help datasets\n  skillsgap help datasets skill_gaps",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil {
				return &usageError{err}
			}
			if len(rest) == 0 {
				return found.Help()
			}
			err = fmt.Errorf("no help on %q; see %s --help", strings.Join(args, " "), found.CommandPath())
			if names := commandNames(found); len(names) > 0 {
				err = fmt.Errorf("no help on %q; the nearest is %q", strings.Join(args, " "), config.Nearest(rest[0], names))
			}
			return &usageError{err}
		},
	}
}
