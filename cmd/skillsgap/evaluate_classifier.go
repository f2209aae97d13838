package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/skillsgap/skillsgap/pipeline"
	"github.com/skillsgap/skillsgap/taxonomy/linker"
)

type evaluateClassifierOptions struct {
	gold     string
	language string
	columns  goldColumns
	national bool
}

func newEvaluateClassifier(g *globals) *cobra.Command {
	var o evaluateClassifierOptions
	cmd := &cobra.Command{
		Use:   "classifier --gold FILE",
		Short: "Measure the occupations found for job titles coded by hand",
		Long: `classifier classifies the job titles of a table that people have coded, and
prints how often the ISCO-08 group is right at four digits, three, two and one,
with 95 % bootstrap intervals; how many titles reach the threshold of the datasets;
and how often a probability is right, in ten bins of equal size. Where the table has
descriptions, titles are classified without and with them. The result is the same
at each call.

The table is CSV in UTF-8 with a header line, also as .gz: columns title, isco08 and,
where it has them, description and language. With --national the codes are those of
a national classification: a code belongs to the unit group of its first four
digits if there is one, else to that of the ESCO occupation beside it in the
crosswalks of skillsgap.yaml, else where most codes with these digits go; the map is
printed. Rows whose code leads nowhere are counted and left out.
`,
		Example: "  skillsgap evaluate classifier --gold coded.csv --language en\n" +
			"  skillsgap evaluate classifier --gold coded.csv.gz --language pl --national --title job.title --description job.description --code kzis_code6",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runEvaluateClassifier(cmd, g, o) },
	}
	cmd.Flags().StringVar(&o.gold, "gold", "", "table of titles coded by hand")
	cmd.Flags().StringVar(&o.language, "language", "", "language of the titles, BCP 47 (default: the table's column language; without one, any)")
	cmd.Flags().StringVar(&o.columns.title, "title", "title", "column of the titles")
	cmd.Flags().StringVar(&o.columns.description, "description", "description", "column of the descriptions, if there is one")
	cmd.Flags().StringVar(&o.columns.code, "code", "isco08", "column of the codes")
	cmd.Flags().BoolVar(&o.national, "national", false, "the codes are national ones: find their unit groups by the crosswalks")
	return cmd
}

func runEvaluateClassifier(cmd *cobra.Command, g *globals, o evaluateClassifierOptions) error {
	if o.gold == "" {
		return &usageError{fmt.Errorf("--gold is missing: name the table of titles coded by hand")}
	}
	l, err := g.loadLinker(cmd)
	if err != nil {
		return err
	}
	rows, err := readGoldTitles(o.gold, o.columns)
	if err != nil {
		return &pipeline.InputError{Err: fmt.Errorf("gold %s: %w", o.gold, err)}
	}
	if o.national {
		units := linker.NewUnitGroups(l.taxonomy, l.crosswalks...)
		for i := range rows {
			rows[i].group, _ = units.Of(rows[i].group)
		}
		printUnitGroups(cmd.OutOrStdout(), units)
	}
	for _, language := range goldLanguages(rows, o.language) {
		if err := evaluateTitles(cmd, l.linker, rows, language, o.language == ""); err != nil {
			return err
		}
	}
	return nil
}

// goldLanguages lists the languages to report: the one asked for, else those of
// the rows.
func goldLanguages(rows []goldTitle, asked string) []string {
	if asked != "" {
		return []string{asked}
	}
	seen := map[string]bool{}
	for i := range rows {
		seen[rows[i].language] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// evaluateTitles prints the figures of the rows in a language; of all rows, unless
// own is set.
func evaluateTitles(cmd *cobra.Command, l *linker.Linker, rows []goldTitle, language string, own bool) error {
	var used []goldTitle
	left, described := 0, false
	for _, r := range rows {
		switch {
		case own && r.language != language:
		case r.group == "":
			left++
		default:
			used = append(used, r)
			described = described || r.description != ""
		}
	}
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "Language %s: %d titles, %d left out for want of an ISCO-08 group\n", orAny(language), len(used), left)
	for _, with := range []bool{false, true} {
		if with && !described || len(used) == 0 {
			continue
		}
		answers := make([]classifiedTitle, len(used))
		for i, r := range used {
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			description := ""
			if with {
				description = r.description
			}
			answers[i].gold = r.group
			if m := l.Classify(r.title, description, language, 1); len(m) > 0 {
				answers[i].found, answers[i].probability = m[0].ISCO, m[0].Score
			}
		}
		printTitles(w, answers, map[bool]string{false: "titles alone", true: "titles and descriptions"}[with])
	}
	return nil
}

func orAny(language string) string {
	if language == "" {
		return "not stated"
	}
	return language
}

// printUnitGroups prints where codes go whose first four digits are no unit group.
func printUnitGroups(w io.Writer, units *linker.UnitGroups) {
	exceptions := units.Exceptions()
	fmt.Fprintf(w, "National codes: the first four digits are the unit group, but for\n")
	for _, digits := range slices.Sorted(maps.Keys(exceptions)) {
		fmt.Fprintf(w, "  %s  mostly %s\n", digits, exceptions[digits])
	}
}
