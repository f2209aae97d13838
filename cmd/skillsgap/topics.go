package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/pipeline/source"
)

// newFieldsTopic is `help fields`: what a column mapping may name.
func newFieldsTopic() *cobra.Command {
	var b strings.Builder
	for _, kind := range []struct {
		name   string
		fields []source.Field
	}{{"vacancies", source.VacancyFields()}, {"credentials", source.CredentialFields()}} {
		fmt.Fprintf(&b, "Fields that columns and constants of a feed of %s may name:\n\n", kind.name)
		tab := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, f := range kind.fields {
			fmt.Fprintf(tab, "  %s\t%s\n", f.Name, f.Doc)
		}
		tab.Flush()
		b.WriteString("\n")
	}
	return &cobra.Command{Use: "fields", Short: "The fields that a feed's columns may be mapped to", Long: b.String()}
}

// newRulesTopic is `help rules`: the rules that a rejected record broke.
func newRulesTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString("Rules for records of feeds. A record that breaks one is kept in the dataset\nrejects and counted in reject_counts. The ids are stable.\n\n")
	for _, r := range source.Rules() {
		fmt.Fprintf(&b, "  %s\n      %s\n      %s\n", r.ID, r.Meaning, r.Action)
	}
	return &cobra.Command{Use: "rules", Short: "The rules that records must keep, by id", Long: b.String()}
}
