package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commandsPage is the reference of the commands, made from what --help says.
func commandsPage(root *cobra.Command) page {
	p := page{
		file: "commands", title: "Commands",
		short: "Every command: usage, flags with defaults, examples, exit codes",
		intro: strings.TrimSpace(strings.TrimSuffix(root.Long, exitCodesHelp)),
		sections: []section{
			{level: 2, title: "Flags of every command", table: flagTable(root.PersistentFlags())},
			{level: 2, title: "Exit codes", intro: strings.TrimPrefix(strings.TrimSpace(exitCodesHelp), "Exit codes: ")},
		},
	}
	for _, c := range root.Commands() {
		p.addCommand(c)
	}
	return p
}

// addCommand adds the sections of a command and of those below it. Help topics
// have pages of their own.
func (p *page) addCommand(c *cobra.Command) {
	if !c.Runnable() {
		return
	}
	description := strings.TrimSpace(strings.TrimSuffix(c.Long, exitCodesHelp))
	p.sections = append(p.sections,
		section{level: 2, title: c.CommandPath(), intro: c.Short + ".\n\n" + description},
		section{intro: c.UseLine(), code: true},
	)
	if flags := flagTable(c.LocalNonPersistentFlags()); len(flags.rows) > 0 {
		p.sections = append(p.sections, section{table: flags})
	}
	if c.Example != "" {
		p.sections = append(p.sections, section{intro: unindent(c.Example), code: true})
	}
	for _, sub := range c.Commands() {
		p.addCommand(sub)
	}
}

func flagTable(flags *pflag.FlagSet) table {
	t := table{head: []string{"flag", "value", "default", "meaning"}, prose: 1}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		value, meaning := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name += fmt.Sprintf(", -%s", f.Shorthand)
		}
		standard := strings.Trim(f.DefValue, "[]")
		if strings.Contains(meaning, "(default") { // told in words
			standard = ""
		}
		t.rows = append(t.rows, []string{name, value, standard, meaning})
	})
	return t
}

// unindent takes away the indent that examples have in --help.
func unindent(s string) string {
	return strings.TrimPrefix(strings.ReplaceAll(s, "\n  ", "\n"), "  ")
}
